import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';

/** The audience and issuer that the API's authoriser accepts. */
export interface Authoriser {
  issuer: string;
  audience: string;
}

/** Who a development token is for. */
export interface Bearer {
  name: string;
  /** The desk's roles, as Cognito groups. */
  groups: string[];
  /** @default 12, a shift */
  hours?: number;
}

/** Signs and checks development tokens. They have the form of the cloud's, from a key that this machine alone has. */
export interface Tokens {
  sign(bearer: Bearer): Promise<string>;
  /** The claims of a good token; undefined for any other. */
  verify(token: string): Promise<Record<string, unknown> | undefined>;
  keySet(): Promise<{ keys: JWK[] }>;
}

const algorithm = 'RS256';

/** A new private key, PKCS 8 in PEM. */
export const newPrivateKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

/** Tokens for one authoriser. The key is read when it is first needed; `now` is in epoch milliseconds. */
export function createTokens(
  { issuer, audience }: Authoriser,
  privateKey: () => string,
  now: () => number,
): Tokens {
  const once = async () => {
    const jose = await import('jose');
    const pem = privateKey();
    const jwk = await jose.exportJWK(createPublicKey(pem));
    const kid = await jose.calculateJwkThumbprint(jwk);
    return {
      jose,
      key: await jose.importPKCS8(pem, algorithm),
      kid,
      jwk: { ...jwk, kid, alg: algorithm, use: 'sig' } satisfies JWK,
    };
  };
  let loading: ReturnType<typeof once> | undefined;
  const load = () => {
    loading ??= once();
    return loading;
  };

  return {
    async sign({ name, groups, hours = 12 }) {
      const { jose, key, kid } = await load();
      const issuedAt = Math.floor(now() / 1000);
      return new jose.SignJWT({
        name,
        username: name,
        'cognito:groups': groups,
        token_use: 'access',
        client_id: audience,
      })
        .setProtectedHeader({ alg: algorithm, kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(name)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + Math.round(hours * 3600))
        .sign(key);
    },
    async verify(token) {
      const { jose, jwk } = await load();
      try {
        const { payload } = await jose.jwtVerify(token, await jose.importJWK(jwk, algorithm), {
          issuer,
          audience,
          algorithms: [algorithm],
          requiredClaims: ['exp', 'sub'],
          currentDate: new Date(now()),
        });
        return payload;
      } catch (error) {
        if (error instanceof jose.errors.JOSEError) return undefined;
        throw error;
      }
    },
    async keySet() {
      const { jwk } = await load();
      return { keys: [jwk] };
    },
  };
}
