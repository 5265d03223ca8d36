import { CODE_DIGITS, CODE_LETTERS, firstPart } from './reply-code.ts';
import { DOUBT_SIGNS, FILLER_WORDS, NO_WORDS, OPT_OUT_WORDS, YES_WORDS } from './sms-words.ts';

/** Why an SMS is neither a yes nor a no. */
export type UnclearReason =
  | 'no answer word'
  | 'yes and no'
  | 'more than an answer'
  | 'question'
  | 'opt-out word'
  | 'several codes';

/** What an SMS says. `code` is "K7-2QF" or, shortened by the person, "K7". `rest` is what an unclear text said beside the code. */
export type SmsAnswer =
  | { code: string | null; answer: 'yes' | 'no'; rest: '' }
  | { code: string | null; answer: 'unclear'; rest: string; reason: UnclearReason };

const CODE_ANY = CODE_LETTERS + CODE_DIGITS;
// What people put between the two parts; the long vowel mark stands where a Japanese keyboard has the dash.
const DASHES = '\\s\\-_.‐‑‒–—―ー−';
const CODE = new RegExp(
  `(?<![A-Z0-9])([${CODE_LETTERS}][${CODE_DIGITS}])` +
    `(?:[${DASHES}]{0,3}([${CODE_DIGITS}][${CODE_ANY}]{2}))?(?![${CODE_ANY}01])`,
  'g',
);

/** Half width, upper case, plain apostrophes, hiragana for katakana, no invisible characters. */
function fold(text: string): string {
  return text
    .replaceAll(/[‘’ʼ`´]/g, "'")
    .normalize('NFKC')
    .replaceAll(/\u200b|\u200c|\u2060|\ufeff|\ufe0e|\ufe0f|[\u{1f3fb}-\u{1f3ff}]/gu, '')
    .toUpperCase()
    .replaceAll(/(?<![A-Z])'|'(?![A-Z])/g, ' ')
    .replaceAll(/[ァ-ヶ]/g, letter => String.fromCodePoint(letter.codePointAt(0)! - 0x60));
}

type Meaning = 'yes' | 'no' | 'filler' | 'opt-out' | 'doubt';

const LEXICON: readonly { phrase: string; meaning: Meaning }[] = [
  ...YES_WORDS.map(phrase => ({ phrase, meaning: 'yes' as const })),
  ...NO_WORDS.map(phrase => ({ phrase, meaning: 'no' as const })),
  ...FILLER_WORDS.map(phrase => ({ phrase, meaning: 'filler' as const })),
  ...OPT_OUT_WORDS.map(phrase => ({ phrase, meaning: 'opt-out' as const })),
  ...DOUBT_SIGNS.map(phrase => ({ phrase, meaning: 'doubt' as const })),
].sort((a, b) => b.phrase.length - a.phrase.length);

const isLatin = (character: string | undefined): boolean =>
  character !== undefined && /[\p{Script=Latin}\d']/u.test(character);
// Punctuation, and pictures that carry no answer.
const SILENT = /[\s\p{P}=+<>|~^$ー]|\p{Extended_Pictographic}|\u200d/u;

/** Reads from left to right, the longest known phrase first; Latin words only whole, Japanese ones anywhere. */
function meaningsOf(text: string): (Meaning | 'unknown')[] {
  const meanings: (Meaning | 'unknown')[] = [];
  let at = 0;
  while (at < text.length) {
    const known = LEXICON.find(({ phrase }) => {
      if (!text.startsWith(phrase, at)) return false;
      const isWhole = !isLatin(text[at - 1]) && !isLatin(text[at + phrase.length]);
      return isWhole || !isLatin(phrase[0]);
    });
    if (known) {
      meanings.push(known.meaning);
      at += known.phrase.length;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at)!);
    if (!SILENT.test(character)) meanings.push('unknown');
    at += character.length;
  }
  return meanings;
}

/**
 * Reads an answering SMS in English or Japanese. Only a text that holds nothing but a code, an answer and
 * courtesies is a yes or a no; a condition, a question or a second thought makes it unclear, and a person decides.
 */
export function readSms(text: string): SmsAnswer {
  const folded = fold(text).replaceAll(/\s+/g, ' ').trim();
  const codes = [...folded.matchAll(CODE)];
  const named = new Set(codes.map(([, first, second]) => (second ? `${first}-${second}` : first!)));
  const full = [...named].filter(code => code.length > 2);
  // "K7-2QF … K7": the short form repeats the full one.
  const distinct = [...named].filter(code => code.length > 2 || !full.some(one => firstPart(one) === code));
  const code = distinct.length === 1 ? distinct[0]! : null;
  const words = folded.replaceAll(CODE, ' ').replaceAll(/\s+/g, ' ').trim();
  const unclear = (reason: UnclearReason): SmsAnswer => ({
    code,
    answer: 'unclear',
    rest: withoutCode(text),
    reason,
  });

  const meanings = meaningsOf(words);
  const has = (meaning: Meaning | 'unknown') => meanings.includes(meaning);
  if (has('opt-out')) return unclear('opt-out word');
  if (distinct.length > 1) return unclear('several codes');
  if (has('doubt')) return unclear('question');
  if (has('yes') && has('no')) return unclear('yes and no');
  if (!has('yes') && !has('no')) return unclear(has('unknown') ? 'more than an answer' : 'no answer word');
  if (has('unknown')) return unclear('more than an answer');
  return { code, answer: has('yes') ? 'yes' : 'no', rest: '' };
}

/** The person's own words for the note, as typed, without the code; at most 500 characters. */
function withoutCode(text: string): string {
  const plain = text.normalize('NFKC');
  const gone = plain.replaceAll(new RegExp(CODE.source, 'gi'), ' ').replaceAll(/\s+/g, ' ').trim();
  return gone.slice(0, 500);
}

/** Why an SMS names no offer: the caller asks for the (full) code, and never guesses. */
export type NotNamed = 'no offers' | 'no code' | 'unknown code' | 'ambiguous code';

/**
 * The one offer that an SMS names, among the offers of the person (or employer) whose phone sent it.
 * A shortened code counts only while a single offer begins with it.
 */
export function resolveOffer<O extends { code: string }>(
  sms: Pick<SmsAnswer, 'code'>,
  offers: readonly O[],
): { offer: O; how: 'full code' | 'short code' } | { none: NotNamed } {
  if (offers.length === 0) return { none: 'no offers' };
  const { code } = sms;
  if (code === null) return { none: 'no code' };
  const isFull = code.length > 2;
  const matching = offers.filter(offer => (isFull ? offer.code === code : firstPart(offer.code) === code));
  if (matching.length > 1) return { none: 'ambiguous code' };
  const offer = matching[0];
  return offer ? { offer, how: isFull ? 'full code' : 'short code' } : { none: 'unknown code' };
}
