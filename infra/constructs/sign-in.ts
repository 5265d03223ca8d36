import { Duration, Stack } from 'aws-cdk-lib';
import { OAuthScope, type UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Config, TokenIssuer } from '../config.ts';

/** How the console gets a token, and how the API knows a good one. */
export class SignIn extends Construct {
  readonly tokens: TokenIssuer;
  /** The console's client of the user pool; null when the tokens come from another issuer. */
  readonly client: UserPoolClient | null;

  constructor(scope: Construct, id: string, config: Config, users: UserPool | null) {
    super(scope, id);
    if (!users) {
      if (!config.tokens) throw new Error('tokens: neither a user pool nor another issuer is given');
      this.tokens = config.tokens;
      this.client = null;
      return;
    }
    const hosted = config.signInPrefix !== null && config.consoleUrls.length > 0;
    this.client = new UserPoolClient(this, 'Console', {
      userPool: users,
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      authFlows: { userSrp: true },
      // A shift is twelve hours; a stolen access token is good for one.
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
      disableOAuth: !hosted,
      ...(hosted && {
        oAuth: {
          flows: { authorizationCodeGrant: true },
          scopes: [OAuthScope.OPENID, OAuthScope.PROFILE],
          callbackUrls: config.consoleUrls,
          logoutUrls: config.consoleUrls,
        },
      }),
    });
    const { region, urlSuffix } = Stack.of(this);
    const issuer = `https://cognito-idp.${region}.${urlSuffix}/${users.userPoolId}`;
    this.tokens = {
      issuer,
      audience: this.client.userPoolClientId,
      keysUrl: `${issuer}/.well-known/jwks.json`,
    };
  }
}
