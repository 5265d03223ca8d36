import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createKey,
  createLink,
  createReplyCode,
  firstPart,
  parseToken,
  sameKey,
} from '../../functions/notices/reply-code.ts';
import { readSms } from '../../functions/notices/sms-answer.ts';

describe('reply codes', () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('look like K7-2QF, for any randomness', () => {
    fc.assert(
      fc.property(fc.infiniteStream(unit), stream => {
        const code = createReplyCode(() => stream.next().value as number);
        expect(code).toMatch(/^[BCDFGHJKMPQRSTVWXZ][2-9]-[2-9][BCDFGHJKMPQRSTVWXZ2-9]{2}$/);
      }),
    );
  });

  it('are read back from an SMS, whole and shortened, with yes and with no', () => {
    for (let count = 0; count < 300; count += 1) {
      const code = createReplyCode(Math.random);
      expect(readSms(`${code} YES`)).toEqual({ code, answer: 'yes', rest: '' });
      expect(readSms(`${code.toLowerCase().replace('-', '')}no`)).toEqual({ code, answer: 'no', rest: '' });
      expect(readSms(`${firstPart(code)} はい`)).toEqual({ code: firstPart(code), answer: 'yes', rest: '' });
    }
  });

  it('of one person differ already in their first part, as long as there is room', () => {
    const codes: string[] = [];
    for (let count = 0; count < 200; count += 1) codes.push(createReplyCode(Math.random, codes));
    expect(new Set(codes).size).toBe(200);
    expect(new Set(codes.slice(0, 144).map(firstPart)).size).toBe(144);
  });

  it('says so when the randomness never gives a free one', () => {
    const code = createReplyCode(() => 0);
    expect(() => createReplyCode(() => 0, [code])).toThrow(RangeError);
  });
});

describe('links', () => {
  const bytes = (count: number) => randomBytes(count);

  it('are taken apart into locator and key, however they were typed', () => {
    const link = createLink(bytes);
    const key = createKey(bytes);
    expect(parseToken(link + key)).toEqual({ link, key });
    expect(parseToken(` ${(link + key).toUpperCase().replaceAll('0', 'O').replaceAll('1', 'l')} `)).toEqual({
      link,
      key,
    });
  });

  it('have a key of 80 bits', () => {
    expect(createKey(bytes)).toHaveLength(16);
    const seen = new Set(Array.from({ length: 500 }, () => createKey(bytes)).join(''));
    expect(seen.size).toBe(32);
  });

  it.each([
    '',
    'abc',
    'a'.repeat(23),
    'a'.repeat(25),
    'u'.repeat(24),
    '../../../../etc/passwd..',
    'é'.repeat(24),
  ])('refuse %j', token => expect(parseToken(token)).toBeNull());

  it('compare keys', () => {
    expect(sameKey('abcd', 'abcd')).toBe(true);
    expect(sameKey('abcd', 'abce')).toBe(false);
    expect(sameKey('abcd', 'abcde')).toBe(false);
    expect(sameKey('', '')).toBe(true);
  });
});
