import * as z from 'zod';
import type { Instant, Language } from '../domain/primitives.ts';
import { Language as LanguageSchema, PhoneNumber } from '../domain/primitives.ts';
import { CellFault } from './csv-file.ts';
import { readDay, startOfDay } from './days.ts';
import { languageCode, similarLanguageCode } from './language-codes.ts';

/** Readers of single cells. Each takes the trimmed text and throws a CellFault that says what would be right. */

/** Full-width letters and digits, which Japanese input methods write, count as plain ones. */
const plain = (text: string): string => text.normalize('NFKC').trim();

export const someText =
  (what: string) =>
  (text: string | undefined): string => {
    if (!text) throw new CellFault(`${what} is missing`);
    return text.normalize('NFC');
  };

/** The reader applied to a cell that has text; null for a blank cell, undefined for a column that the file lacks. */
export const unlessBlank =
  <T>(reader: (text: string) => T) =>
  (text: string | undefined): T | null | undefined =>
    text === undefined ? undefined : text === '' ? null : reader(text);

/** Parts of a cell that holds several things, separated by `|`. */
export const parts = (text: string): string[] =>
  text
    .split('|')
    .map(part => part.trim())
    .filter(part => part !== '');

export const id = (text: string | undefined): string => {
  const read = plain(text ?? '');
  if (read === '') throw new CellFault('the id is missing');
  if (!/^[A-Za-z0-9-]{1,40}$/.test(read))
    throw new CellFault(`\`${read}\` is not an id (up to 40 letters, digits and hyphens)`);
  return read;
};

export const oneOf =
  <T extends string>(...words: T[]) =>
  (text: string): T => {
    const read = plain(text).toLowerCase();
    const word = words.find(each => each === read);
    if (!word) throw new CellFault(`\`${text}\` is not one of ${words.join(', ')}`);
    return word;
  };

/** The language in which somebody is written to. */
export const writtenLanguage = (text: string): Language => oneOf(...LanguageSchema.options)(text);

/** Codes of languages, separated by `|`, a space or a comma. */
export const languages = (text: string): string[] => {
  const codes = plain(text)
    .split(/[|\s,;]+/)
    .filter(code => code !== '')
    .map(code => {
      const read = languageCode(code);
      if (read) return read;
      const similar = similarLanguageCode(code);
      throw new CellFault(
        `\`${code}\` is not a language code (${similar ? `${similar} is` : 'two letters, as in ISO 639-1'})`,
      );
    });
  return [...new Set(codes)];
};

export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const read = plain(text);
    const number = Number(read);
    if (!/^\d+$/.test(read) || number < least || number > most)
      throw new CellFault(`\`${text}\` is not a whole number from ${least} to ${most}`);
    return number;
  };

export const decimal =
  (least: number, most: number) =>
  (text: string | undefined): number => {
    const read = plain(text ?? '');
    if (read === '') throw new CellFault('the number is missing');
    // A decimal comma is a number in half of the world, and in none of it a separator of thousands here.
    const number = Number(read.replace(',', '.'));
    if (!/^-?\d+([.,]\d+)?$/.test(read) || number < least || number > most)
      throw new CellFault(`\`${read}\` is not a number from ${least} to ${most}`);
    return number;
  };

export const yesOrNo = (text: string): boolean => oneOf('yes', 'no')(text) === 'yes';

/** An IANA zone, in the spelling of Node's own list where that differs in capitals alone. */
export const timeZoneName = (text: string): string => {
  const read = plain(text);
  try {
    // An offset like +09:00 says nothing of summer time.
    if (!/^[A-Za-z]/.test(read)) throw new RangeError(read);
    const known = new Intl.DateTimeFormat('en', { timeZone: read }).resolvedOptions().timeZone;
    return known.toLowerCase() === read.toLowerCase() ? known : read;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CellFault(`\`${read}\` is not a time zone (Asia/Tokyo is)`);
  }
};

/** A country as ISO 3166 alpha-3. */
export const country =
  (isCountry: (code: string) => boolean) =>
  (text: string): string => {
    const code = plain(text).toUpperCase();
    if (!/^[A-Z]{3}$/.test(code) || !isCountry(code))
      throw new CellFault(`\`${text}\` is not a country code (three letters, as in ISO 3166)`);
    return code;
  };

/** A code of letters, digits and hyphens: `Yellow fever` is `yellow-fever`. */
export const hyphenated = (text: string): string =>
  plain(text)
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');

/** A day, or a moment as ISO 8601 in UTC. Of a day `begins` takes the start, `ends` the end, in the desk's zone. */
export const moment =
  (which: 'begins' | 'ends', timeZone: string) =>
  (text: string): Instant => {
    const read = plain(text);
    const day = readDay(read);
    if (day) return startOfDay(day, timeZone, which === 'ends' ? 1 : 0);
    if (z.iso.datetime().safeParse(read).success) return new Date(read).toISOString();
    throw new CellFault(`\`${read}\` is not a date (2026-03-31 is)`);
  };

/** An international number in E.164, however it is grouped. The number itself is in no reason: it is personal data. */
export const phone = (text: string): string => {
  const read = plain(text)
    .replace(/[\s().\-\u2010-\u2015\u2212]/g, '')
    .replace(/^00/, '+');
  if (PhoneNumber.safeParse(read).success) return read;
  throw new CellFault(
    read.startsWith('+')
      ? 'not a telephone number: 7 to 15 digits after the +'
      : 'not an international telephone number: write + and the country code first, and the cell as text',
  );
};

export const emailAddress = (text: string): string => {
  const read = plain(text);
  if (!z.email().safeParse(read).success) throw new CellFault('not an e-mail address');
  return read;
};
