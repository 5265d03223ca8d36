import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { rolesOfBearer, webhookSecret } from '../../functions/runtime/sender.ts';

process.env.AWS_REGION ??= 'eu-central-1';
const secrets = mockClient(SecretsManagerClient);
const claims = { client_id: 'relief-desk', 'cognito:groups': ['desk'], sub: 'ito' };
let own: CryptoKeyPair;
let foreign: CryptoKeyPair;
let published: object;
let issuers = 0;

/** An issuer whose keys have not been fetched yet. */
const anIssuer = () => ({
  TOKEN_ISSUER: 'https://id.relief.example/pool',
  TOKEN_AUDIENCE: 'relief-desk',
  TOKEN_KEYS_URL: `https://id.relief.example/keys/${++issuers}`,
});
const sign = (
  payload: JWTPayload = claims,
  { key = own.privateKey, issuer = 'https://id.relief.example/pool', expires = '1h' as string | null } = {},
) => {
  const token = new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).setIssuer(issuer);
  return (expires === null ? token : token.setExpirationTime(expires)).sign(key);
};
const keysAre = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', vi.fn(answer));

beforeAll(async () => {
  own = await generateKeyPair('RS256', { extractable: true });
  foreign = await generateKeyPair('RS256', { extractable: true });
  published = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
});
beforeEach(() => keysAre(async () => Response.json(published)));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a bearer token', () => {
  it('tells the roles, whether it names its audience or its client', async () => {
    expect(await rolesOfBearer(`Bearer ${await sign()}`, anIssuer())).toEqual(['desk']);
    const { client_id: _client, ...others } = claims;
    expect(
      await rolesOfBearer(`bearer ${await sign({ ...others, aud: 'relief-desk' })}`, anIssuer()),
    ).toEqual(['desk']);
  });

  it('tells no role when it has none', async () => {
    const { 'cognito:groups': _groups, ...others } = claims;
    expect(await rolesOfBearer(`Bearer ${await sign(others)}`, anIssuer())).toEqual([]);
  });

  it.each<[string, () => Promise<string | undefined>]>([
    ['that is missing', async () => undefined],
    ['of another scheme', async () => 'Basic aXRvOml0bw=='],
    ['that is no token', async () => 'Bearer abc'],
    ['that has expired', async () => `Bearer ${await sign(claims, { expires: '-1m' })}`],
    ['that never expires', async () => `Bearer ${await sign(claims, { expires: null })}`],
    ['for another audience', async () => `Bearer ${await sign({ ...claims, client_id: 'other' })}`],
    ['of another issuer', async () => `Bearer ${await sign(claims, { issuer: 'https://id.other.example' })}`],
    ['signed with another key', async () => `Bearer ${await sign(claims, { key: foreign.privateKey })}`],
    [
      'that is not signed',
      async () =>
        `Bearer ${new UnsecuredJWT(claims).setIssuer('https://id.relief.example/pool').setExpirationTime('1h').encode()}`,
    ],
    [
      'whose roles were changed',
      async () => {
        const [head, , signature] = (await sign()).split('.');
        const body = Buffer.from(JSON.stringify({ ...claims, 'cognito:groups': ['approver'] }));
        return `Bearer ${head}.${body.toString('base64url')}.${signature}`;
      },
    ],
  ])('%s is refused', async (_what, header) => {
    await expect(rolesOfBearer(await header(), anIssuer())).rejects.toMatchObject({
      name: 'Problem',
      status: 401,
    });
  });

  it.each<[string, () => Promise<Response>]>([
    ['cannot be reached', async () => Promise.reject(new TypeError('fetch failed'))],
    ['answers 500', async () => new Response('', { status: 500 })],
    ['answers a page', async () => new Response('<html>')],
  ])('is not called wrong while the issuer %s', async (_what, answer) => {
    keysAre(answer);
    await expect(rolesOfBearer(`Bearer ${await sign()}`, anIssuer())).rejects.toMatchObject({
      name: 'TemporarilyUnavailable',
    });
  });
});

describe('the webhook secret', () => {
  beforeEach(() => secrets.reset());

  it('is asked for again after five minutes, so that a rotated one is soon believed', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    secrets.on(GetSecretValueCommand).resolvesOnce({ SecretString: 'old' }).resolves({ SecretString: 'new' });
    expect(await webhookSecret('arn:secret:1')).toBe('old');
    vi.advanceTimersByTime(299_000);
    expect(await webhookSecret('arn:secret:1')).toBe('old');
    vi.advanceTimersByTime(2_000);
    expect(await webhookSecret('arn:secret:1')).toBe('new');
    expect(secrets.commandCalls(GetSecretValueCommand)[0]?.args[0].input).toEqual({
      SecretId: 'arn:secret:1',
    });
  });

  it('must be there', async () => {
    secrets.on(GetSecretValueCommand).resolves({});
    await expect(webhookSecret('arn:secret:2')).rejects.toThrow('the webhook secret is empty');
  });
});
