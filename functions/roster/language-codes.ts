const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/**
 * The code of a language as the roster keeps it: ISO 639-1 where there is one, else 639-3, lower case ("TR" and "tur"
 * are "tr"). Null when no language has this code (by the Unicode CLDR that comes with Node).
 */
export const languageCode = (text: string): string | null => {
  const code = text.toLowerCase();
  if (!/^[a-z]{2,3}$/.test(code)) return null;
  // The canonical form may carry a script ("sh" is "sr-Latn"): the roster keeps the language.
  const language = new Intl.Locale(code).language;
  return language !== 'und' && names.of(language) ? language : null;
};

/** A code that may have been meant, from the first two letters: `TR` for `TRK`. */
export const similarLanguageCode = (text: string): string | null => {
  const start = text.slice(0, 2);
  return languageCode(start) ? start : null;
};
