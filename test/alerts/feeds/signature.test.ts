import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSignature, type SignedBody, sendersOf } from '../../../functions/alerts/feeds/signature.ts';

const SECRET = 'a secret of the first sender, long enough';
const OLD_SECRET = 'the secret that it had before, long enough';
const NOW = Date.parse('2026-03-02T00:00:00.000Z');
const AT = NOW / 1000;
const body = Buffer.from('<alert>…</alert>');
const senders = sendersOf(
  JSON.stringify({
    senders: {
      'civil-protection': { secret: SECRET, believes: ['*@civil.example'] },
      changing: {
        secret: 'the new secret of another, long enough',
        previousSecret: OLD_SECRET,
        believes: [],
      },
    },
    spare: 'of no sender',
  }),
);

type By = { at?: number | string; bytes?: Uint8Array; secret?: string; senderId?: string };
const code = ({ at = AT, bytes = body, secret = SECRET, senderId = 'civil-protection' }: By = {}) =>
  createHmac('sha256', secret).update(`${at}.${senderId}.`).update(bytes).digest('hex');
const header = (by: By = {}) => `t=${by.at ?? AT},v1=${code(by)}`;
const check = (signed: Partial<SignedBody> = {}, nowMs = NOW) =>
  checkSignature({ senderId: 'civil-protection', signature: header(), body, ...signed }, senders, nowMs);
const WRONG = { fault: 'wrong' };
const MALFORMED = { fault: 'malformed' };

describe('a signed body', () => {
  it('comes on the channel of its sender, who is believed about its own sources', () => {
    expect(check()).toEqual({
      channel: { channelId: 'webhook/civil-protection', believes: ['*@civil.example'] },
    });
    expect(check({ signature: ` ${header()} ` })).toHaveProperty('channel');
  });

  it('is believed for five minutes either way', () => {
    for (const seconds of [-300, 0, 300])
      expect(check({ signature: header({ at: AT + seconds }) })).toHaveProperty('channel');
    for (const seconds of [-301, 301, 86_400])
      expect(check({ signature: header({ at: AT + seconds }) })).toEqual({ fault: 'outside the window' });
  });

  it('is believed with the secret of before while a sender changes over', () => {
    const by = { senderId: 'changing', secret: OLD_SECRET };
    expect(check({ senderId: 'changing', signature: header(by) })).toHaveProperty('channel');
    const other = { senderId: 'changing', secret: SECRET };
    expect(check({ senderId: 'changing', signature: header(other) })).toEqual(WRONG);
  });

  it.each<[string, Partial<SignedBody>]>([
    ['another secret', { signature: header({ secret: OLD_SECRET }) }],
    ['another body', { signature: header({ bytes: Buffer.from('<alert/>') }) }],
    ['another time than was signed', { signature: `t=${AT},v1=${code({ at: AT - 1 })}` }],
    ['a signature made for another sender', { signature: header({ senderId: 'changing' }) }],
    ['the name of another sender', { senderId: 'changing' }],
    [
      'no time in what was signed',
      { signature: `t=${AT},v1=${createHmac('sha256', SECRET).update(body).digest('hex')}` },
    ],
    [
      'the form of before, without a sender',
      { signature: `t=${AT},v1=${createHmac('sha256', SECRET).update(`${AT}.`).update(body).digest('hex')}` },
    ],
    ['the spare secret of nobody', { signature: header({ secret: 'of no sender' }) }],
  ])('is wrong with %s', (_what, signed) => {
    expect(check(signed)).toEqual(WRONG);
  });

  it('of an unknown sender is wrong, and not in another way', () => {
    for (const senderId of ['unknown', 'spare', 'constructor', 'senders'])
      for (const secret of [SECRET, '', 'undefined'])
        expect(check({ senderId, signature: header({ senderId, secret }) })).toEqual(WRONG);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['no time', `v1=${code()}`],
    ['no code', `t=${AT}`],
    ['another version', `t=${AT},v0=${code()}`],
    ['a short code', `t=${AT},v1=${code().slice(2)}`],
    ['capitals', `t=${AT},v1=${code().toUpperCase()}`],
    ['a time with a fraction', header({ at: '1772409600.5' })],
    ['a negative time', header({ at: '-1' })],
    ['two codes', `${header()},v1=${code()}`],
    ['a line more', `${header()}\nx`],
  ])('is malformed with %s', (_what, signature) => {
    expect(check({ signature })).toEqual(MALFORMED);
  });

  it.each(['', 'Civil-Protection', 'a.b', '-a', 'a b', '__proto__', 'x'.repeat(41)])(
    'is malformed with the sender "%s"',
    senderId => {
      expect(check({ senderId, signature: header({ senderId }) })).toEqual(MALFORMED);
    },
  );

  it('holds for one body, one sender and one time only', () => {
    const part = fc.record({
      bytes: fc.uint8Array({ maxLength: 20 }),
      senderId: fc.constantFrom('civil-protection', 'changing'),
      at: fc.integer({ min: AT - 300, max: AT + 300 }),
    });
    fc.assert(
      fc.property(part, part, (signed, sent) => {
        const secret = signed.senderId === 'changing' ? OLD_SECRET : SECRET;
        const signature = `t=${sent.at},v1=${code({ ...signed, secret })}`;
        const same =
          Buffer.from(signed.bytes).equals(Buffer.from(sent.bytes)) &&
          signed.senderId === sent.senderId &&
          signed.at === sent.at;
        const checked = check({ senderId: sent.senderId, signature, body: sent.bytes });
        expect('channel' in checked).toBe(same);
      }),
    );
  });

  it('is never a reason to throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (signature, senderId) => {
        expect(check({ signature, senderId })).toEqual(MALFORMED);
      }),
    );
  });
});

describe('the secret with the senders', () => {
  const valid = { secret: SECRET, believes: ['USGS'] };
  const read = (entries: object) => sendersOf(JSON.stringify({ senders: entries }));

  it('may know nobody', () => {
    expect(read({})).toEqual({ known: new Map(), faulty: [] });
  });

  it('with one bad entry turns off that sender alone', () => {
    const { known, faulty } = read({
      good: valid,
      short: { ...valid, secret: 'short' },
      silent: { secret: SECRET },
      'No Id': valid,
      nothing: null,
    });
    expect([...known.keys()]).toEqual(['good']);
    expect(faulty.sort()).toEqual(['No Id', 'nothing', 'short', 'silent']);
  });

  it.each(['', 'one secret for all, as it was before', '[]', '{"senders":[]}', 'null'])(
    'is refused as "%s", and never shown',
    text => {
      expect(() => sendersOf(text)).toThrow(/^the webhook secret is not JSON with "senders"$/);
    },
  );
});
