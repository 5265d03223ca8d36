import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Letters of reply codes: no vowel (no words), none that looks like a digit, and neither Y nor N,
 * so that a code can stand right before an answer ("K7YES", "K7NO") and never be taken for one.
 */
export const CODE_LETTERS = 'BCDFGHJKMPQRSTVWXZ';

/** Digits of reply codes: without 0 and 1, which are read as letters. */
export const CODE_DIGITS = '23456789';

const pick = (alphabet: string, random: () => number): string =>
  alphabet[Math.min(alphabet.length - 1, Math.floor(random() * alphabet.length))]!;

/**
 * A code such as "K7-2QF" that names one offer of one person: letter, digit, dash, digit, two of both.
 * `random` gives numbers in [0, 1). `taken` are the codes of the person's other offers: none of them is
 * repeated and, as long as there is room, no first part either, so that "K7 YES" stays unambiguous.
 */
export function createReplyCode(random: () => number, taken: readonly string[] = []): string {
  const codes = new Set(taken);
  const firstParts = new Set(taken.map(firstPart));
  const firstPartsAreUsedUp = firstParts.size >= CODE_LETTERS.length * CODE_DIGITS.length;
  const both = CODE_LETTERS + CODE_DIGITS;
  for (let tries = 0; tries < 1000; tries += 1) {
    const first = pick(CODE_LETTERS, random) + pick(CODE_DIGITS, random);
    const code = `${first}-${pick(CODE_DIGITS, random)}${pick(both, random)}${pick(both, random)}`;
    if (!codes.has(code) && (firstPartsAreUsedUp || !firstParts.has(first))) return code;
  }
  throw new RangeError('No free reply code was found: the source of randomness repeats itself.');
}

/** "K7" of "K7-2QF": what people type when they are in a hurry. */
export function firstPart(code: string): string {
  return code.slice(0, 2);
}

// Crockford's base 32 in lower case: i, l, o and u are missing, so nothing is misread when copied by hand.
const BASE_32 = '0123456789abcdefghjkmnpqrstvwxyz';
const LINK_LENGTH = 8;
// 16 characters of 5 bits: 80 bits that nobody guesses.
const KEY_LENGTH = 16;

const base32 = (length: number, randomBytes: (count: number) => Uint8Array): string =>
  Array.from(randomBytes(length), byte => BASE_32[byte % 32]!).join('');

/** Locator of an answer page (40 bits): finds the offer, and opens nothing without a key. */
export function createLink(randomBytes: (count: number) => Uint8Array): string {
  return base32(LINK_LENGTH, randomBytes);
}

/** Secret half of an answer link (80 bits), one for the member and another for the employer. */
export function createKey(randomBytes: (count: number) => Uint8Array): string {
  return base32(KEY_LENGTH, randomBytes);
}

/** Takes the token of `/a/{token}` apart; forgives case and look-alikes of a link copied by hand. Null when it is none. */
export function parseToken(token: string): { link: string; key: string } | null {
  const text = token.trim().toLowerCase().replaceAll('o', '0').replaceAll(/[il]/g, '1');
  if (text.length !== LINK_LENGTH + KEY_LENGTH) return null;
  if ([...text].some(character => !BASE_32.includes(character))) return null;
  return { link: text.slice(0, LINK_LENGTH), key: text.slice(LINK_LENGTH) };
}

/** Compares keys in a time that tells nothing about where they differ. */
export function sameKey(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
