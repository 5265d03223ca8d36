import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { secrets } from './clients.ts';
import { Problem, TemporarilyUnavailable } from './errors.ts';

let known: { arn: string; value: string; until: number } | undefined;

/** The webhook's secret, asked for again every five minutes, so that a rotated one is soon believed. */
export async function webhookSecret(arn: string): Promise<string> {
  if (known?.arn === arn && Date.now() < known.until) return known.value;
  const { SecretString } = await secrets().send(new GetSecretValueCommand({ SecretId: arn }));
  if (!SecretString) throw new Error('the webhook secret is empty');
  known = { arn, value: SecretString, until: Date.now() + 300_000 };
  return SecretString;
}

type Issuer = { TOKEN_ISSUER: string; TOKEN_AUDIENCE: string; TOKEN_KEYS_URL: string };
let keys: { url: string; set: ReturnType<typeof createRemoteJWKSet> } | undefined;

/** The roles of a bearer token, checked against the issuer's keys; 401 when it is not to be believed, TemporarilyUnavailable when that cannot be told now. */
export async function rolesOfBearer(header: string | undefined, issuer: Issuer): Promise<string[]> {
  const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
  const refused = new Problem(
    401,
    'Not signed in',
    'Sign the message (x-relief-signature) or send a valid bearer token.',
  );
  if (!token) throw refused;
  if (keys?.url !== issuer.TOKEN_KEYS_URL)
    keys = { url: issuer.TOKEN_KEYS_URL, set: createRemoteJWKSet(new URL(issuer.TOKEN_KEYS_URL)) };
  try {
    const { payload } = await jwtVerify(token, keys.set, {
      issuer: issuer.TOKEN_ISSUER,
      requiredClaims: ['exp'],
    });
    if (payload.aud !== issuer.TOKEN_AUDIENCE && payload.client_id !== issuer.TOKEN_AUDIENCE) throw refused;
    return (payload['cognito:groups'] as string[] | undefined) ?? [];
  } catch (error) {
    if (saysNothingOfTheToken(error)) throw new TemporarilyUnavailable('the key set cannot be read');
    throw refused;
  }
}

/** The issuer's keys could not be fetched: the caller may well be who they say, and should try again. */
const saysNothingOfTheToken = (error: unknown): boolean =>
  !(error instanceof Problem) &&
  (!(error instanceof errors.JOSEError) || ['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC'].includes(error.code));
