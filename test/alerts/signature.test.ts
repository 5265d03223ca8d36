import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signatureFault } from '../../functions/alerts/signature.ts';

const SECRET = 'a secret of the webhook';
const NOW = Date.parse('2026-03-02T00:00:00.000Z');
const AT = NOW / 1000;
const body = Buffer.from('<alert>…</alert>');
const mac = (at: number | string, bytes: Uint8Array = body, secret = SECRET) =>
  createHmac('sha256', secret).update(`${at}.`).update(bytes).digest('hex');
const header = (at: number | string = AT, bytes?: Uint8Array, secret?: string) =>
  `t=${at},v1=${mac(at, bytes, secret)}`;
const fault = (text: string, bytes: Uint8Array = body, nowMs = NOW) =>
  signatureFault(text, bytes, SECRET, nowMs);

describe('the signature of a webhook', () => {
  it('is believed for five minutes either way', () => {
    expect(fault(header())).toBeUndefined();
    expect(fault(` ${header()} `)).toBeUndefined();
    for (const seconds of [-300, 300]) expect(fault(header(AT + seconds))).toBeUndefined();
    for (const seconds of [-301, 301, 86_400]) expect(fault(header(AT + seconds))).toBe('outside the window');
  });

  it.each([
    ['another secret', header(AT, body, 'another')],
    ['another body', header(AT, Buffer.from('<alert/>'))],
    ['another time than was signed', `t=${AT},v1=${mac(AT - 1)}`],
    ['the body alone', `t=${AT},v1=${createHmac('sha256', SECRET).update(body).digest('hex')}`],
  ])('is wrong with %s', (_what, text) => {
    expect(fault(text)).toBe('wrong');
  });

  it.each([
    ['nothing', ''],
    ['no time', `v1=${mac(AT)}`],
    ['no code', `t=${AT}`],
    ['another version', `t=${AT},v0=${mac(AT)}`],
    ['a short code', `t=${AT},v1=${mac(AT).slice(2)}`],
    ['capitals', `t=${AT},v1=${mac(AT).toUpperCase()}`],
    ['a time with a fraction', header('1772409600.5')],
    ['a negative time', header('-1')],
    ['two codes', `${header()},v1=${mac(AT)}`],
    ['a line more', `${header()}\nx`],
  ])('is malformed with %s', (_what, text) => {
    expect(fault(text)).toBe('malformed');
  });

  it('holds for one body only, and for no body when it was made for one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 60 }), (signed, sent) => {
        const same = Buffer.from(signed).equals(Buffer.from(sent));
        expect(fault(header(AT, signed), sent)).toBe(same ? undefined : 'wrong');
      }),
    );
  });

  it('is never a reason to throw', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(fault(text)).toBe('malformed');
      }),
    );
  });
});
