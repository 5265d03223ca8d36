/** Control characters and marks that turn the reading direction: they could repaint a terminal or hide a word; halves of characters, which no store takes. */
const invisible = /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Printable ASCII with single blanks between words, as most names, codes and titles are: nothing is to be done to it. */
const plain = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** One line of a feed's text, at most 300 characters, safe for a terminal; HTML stays as it was written. */
export const plainText = (text = ''): string => {
  if (text.length <= 300 && plain.test(text)) return text;
  // Only the head of a long text is looked at, and half a character at the cut is none.
  return text
    .slice(0, 4_000)
    .replace(invisible, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
    .replace(/\p{Cs}$/u, '');
};

/** A number written as a feed writes one ("6.3", "38.7 km (24.0 miles)"); undefined when there is none. */
export const leadingNumber = (text: string | undefined): number | undefined => {
  const digits = text?.trim().match(/^[+-]?\d+(?:\.\d+)?/)?.[0];
  return digits === undefined ? undefined : Number(digits);
};
