// GSM 03.38 (3GPP TS 23.038, section 6.2.1): one septet each.
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
// The extension table: an escape and a septet, never divided between two segments.
const EXTENSION = new Set('\f^{}\\[~]|€');

/** How a text travels: its alphabet, how many SMS it is billed as, and its length in septets or UTF-16 units. */
export type SmsLength = { encoding: 'GSM-7' | 'UCS-2'; segments: number; units: number };

/** Counts a text as the network does: 160 septets or 70 UTF-16 units alone, 153 or 67 in each of several parts. */
export function segments(text: string): SmsLength {
  const characters = [...text];
  const isGsm = characters.every(character => BASIC.has(character) || EXTENSION.has(character));
  const sizes = characters.map(character => {
    if (isGsm) return EXTENSION.has(character) ? 2 : 1;
    return character.length;
  });
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const encoding = isGsm ? 'GSM-7' : 'UCS-2';
  if (units <= (isGsm ? 160 : 70)) return { encoding, segments: 1, units };
  // A character of two units that does not fit moves to the next part whole, so parts are filled one by one.
  const room = isGsm ? 153 : 67;
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > room) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding, segments: parts, units };
}

const PLAIN = new Map<string, string>([
  ...[...'‘’‚‛ʼ`´′'].map(mark => [mark, "'"] as const),
  ...[...'“”„‟″«»'].map(mark => [mark, '"'] as const),
  ...[...'‐‑‒–—―−'].map(mark => [mark, '-'] as const),
  ...[...'\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t'].map(mark => [mark, ' '] as const),
  ...[...'\u200b\u2060\ufeff\u00ad'].map(mark => [mark, ''] as const),
  ...([
    ['…', '...'],
    ['•', '-'],
    ['·', '-'],
    ['×', 'x'],
    ['✓', ''],
    ['ı', 'i'],
    ['ł', 'l'],
    ['Ł', 'L'],
    ['đ', 'd'],
    ['Đ', 'D'],
    ['œ', 'oe'],
    ['Œ', 'OE'],
    ['þ', 'th'],
    ['Þ', 'Th'],
    ['ð', 'd'],
    ['Ð', 'D'],
  ] as const),
]);

const isInGsm = (character: string): boolean => BASIC.has(character) || EXTENSION.has(character);

/** Puts typographic characters and foreign accents into the GSM alphabet; what has no such form stays (and makes the text UCS-2). */
export function toGsm(text: string): string {
  return [...text.normalize('NFC')].map(toGsmCharacter).join('');
}

function toGsmCharacter(character: string): string {
  if (isInGsm(character)) return character;
  const plain = PLAIN.get(character);
  if (plain !== undefined) return plain;
  const bare = character.normalize('NFD').replaceAll(/\p{Mn}/gu, '');
  return [...bare].every(isInGsm) ? bare : character;
}

/** ASCII for e-mail subjects, which SNS demands; a character without an ASCII form is left out. */
export function toAscii(text: string): string {
  const bare = toGsm(text)
    .replaceAll('ß', 'ss')
    .replaceAll(/[Ææ]/g, 'ae')
    .replaceAll('Ø', 'O')
    .replaceAll('ø', 'o')
    .normalize('NFD');
  return [...bare].filter(character => character >= ' ' && character <= '~').join('');
}
