import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segments, toAscii, toGsm } from '../../functions/notices/gsm.ts';

describe('the length of an SMS', () => {
  const table: [name: string, text: string, encoding: string, count: number, units: number][] = [
    ['nothing', '', 'GSM-7', 1, 0],
    ['one full segment', 'a'.repeat(160), 'GSM-7', 1, 160],
    ['one septet more', 'a'.repeat(161), 'GSM-7', 2, 161],
    ['two full segments', 'a'.repeat(306), 'GSM-7', 2, 306],
    ['two and one', 'a'.repeat(307), 'GSM-7', 3, 307],
    ['the euro sign takes two', '€'.repeat(80), 'GSM-7', 1, 160],
    ['an escape is not divided', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3, 306],
    ['an escape that fits', `${'a'.repeat(151)}€${'a'.repeat(153)}`, 'GSM-7', 2, 306],
    ['brackets take two', '[]{}\\~^|', 'GSM-7', 1, 16],
    ['Türkiye is GSM', 'Türkiye', 'GSM-7', 1, 7],
    ['a small c with cedilla is not', 'ç', 'UCS-2', 1, 1],
    ['a capital one is', 'Ç', 'GSM-7', 1, 1],
    ['one full Japanese segment', 'あ'.repeat(70), 'UCS-2', 1, 70],
    ['one character more', 'あ'.repeat(71), 'UCS-2', 2, 71],
    ['two full', 'あ'.repeat(134), 'UCS-2', 2, 134],
    ['two and one', 'あ'.repeat(135), 'UCS-2', 3, 135],
    ['one Japanese character changes all', `${'a'.repeat(70)}あ`, 'UCS-2', 2, 71],
    ['a surrogate pair is two units', '👍'.repeat(35), 'UCS-2', 1, 70],
    ['and is not divided', `${'あ'.repeat(66)}👍${'あ'.repeat(66)}`, 'UCS-2', 3, 134],
  ];
  it.each(table)('%s', (_, text, encoding, count, units) => {
    expect(segments(text)).toEqual({ encoding, segments: count, units });
  });

  it('never falls when text is added, and never holds more than its segments can', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.string({ unit: 'grapheme' }),
        (text, more) => {
          const length = segments(text);
          expect(segments(text + more).segments).toBeGreaterThanOrEqual(length.segments);
          const room = length.encoding === 'GSM-7' ? [160, 153] : [70, 67];
          expect(length.units).toBeLessThanOrEqual(
            length.segments === 1 ? room[0]! : room[1]! * length.segments,
          );
        },
      ),
    );
  });
});

describe('characters for the GSM alphabet', () => {
  it.each([
    ['“Quoted” – it’s… done', '"Quoted" - it\'s... done'],
    ['Pazarcık, Kahramanmaraş', 'Pazarcik, Kahramanmaras'],
    ['Türkiye', 'Türkiye'],
    ['Curaçao', 'Curacao'],
    ['São Tomé', 'Sao Tomé'],
    ['Łódź', 'Lódz'.normalize('NFC').replace('ó', 'o')],
    ['a\u00a0b\u202fc', 'a b c'],
  ])('%j becomes %j', (text, plain) => {
    expect(toGsm(text)).toBe(plain);
    expect(segments(toGsm(text)).encoding).toBe('GSM-7');
  });

  it('leaves what has no such form', () => expect(toGsm('成田 Narita')).toBe('成田 Narita'));

  it('changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => void expect(toGsm(toGsm(text))).toBe(toGsm(text))),
    );
  });

  it('makes ASCII for subjects', () => {
    expect(toAscii('Türkiye – Saint-Barthélemy, Åland, Straße, 成田 €')).toBe(
      'Turkiye - Saint-Barthelemy, Aland, Strasse,  ',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => void expect(toAscii(text)).toMatch(/^[ -~]*$/)),
    );
  });
});
