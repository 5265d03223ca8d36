import type { CountryCode, Language } from '../domain/primitives.ts';
import countries from '../needs/countries.json' with { type: 'json' };

// Intl names countries by their alpha-2 code only.
const byCode: Readonly<Record<string, { alpha2: string }>> = countries;

// The Japanese names that the relief services use, not the long ones of CLDR.
const SHORT_JA: Readonly<Record<string, string>> = { HK: '香港', MO: 'マカオ', MM: 'ミャンマー' };

const japanese = new Intl.DisplayNames(['ja'], { type: 'region', fallback: 'none' });

/** A country as a sentence to the reader needs it; `name` is its English name and stands in where the language has none. */
export function countryName(code: CountryCode | null, name: string, language: Language): string {
  if (language === 'en') return withArticle(name);
  const alpha2 = code !== null && Object.hasOwn(byCode, code) ? byCode[code]!.alpha2 : undefined;
  if (alpha2 === undefined) return name;
  return SHORT_JA[alpha2] ?? japanese.of(alpha2) ?? name;
}

const TAKES_ARTICLE =
  /^(Bahamas|Comoros|Gambia|Maldives|Netherlands|Philippines|Seychelles)$|Islands$|^United |Republic$/;

/** "the Philippines". */
function withArticle(name: string): string {
  return TAKES_ARTICLE.test(name) ? `the ${name}` : name;
}
