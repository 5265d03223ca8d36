import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadingNumber, plainText } from '../../../functions/alerts/documents/plain-text.ts';

describe('text of feeds for people', () => {
  it('makes one line without anything that a terminal would act on', () => {
    expect(plainText(' Flood\r\n\twarning \u001b[31mred\u001b[0m ')).toBe('Flood warning [31mred [0m');
    expect(plainText('drill\u202eecalper')).toBe('drill ecalper');
    expect(plainText(undefined)).toBe('');
  });

  it('is short and never ends in half a character', () => {
    expect(plainText('x'.repeat(1_000_000))).toHaveLength(300);
    const text = plainText(`x${'🌊'.repeat(300)}`);
    expect([text.length, text.at(-1)]).toEqual([299, '\udf0a']);
    const unit = fc.constantFrom('a', ' ', '🌊', '\ud83c', '\udf0a', '\u001b', '\u202e', '\ufeff');
    fc.assert(
      fc.property(fc.string({ unit }), fc.nat(400), (part, fill) => {
        const plain = plainText('x'.repeat(fill) + part);
        expect(/[\p{Cc}\p{Cs}]/u.test(plain)).toBe(false);
        expect(plain.length).toBeLessThanOrEqual(300);
      }),
    );
  });

  it('reads a number at the beginning only', () => {
    expect(leadingNumber(' 38.70 km (24.05 mi)')).toBe(38.7);
    expect(leadingNumber('M 6.3')).toBeUndefined();
  });
});
