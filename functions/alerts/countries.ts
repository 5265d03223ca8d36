import type { CountryCode, Position } from '../domain/primitives.ts';

/** What a message says about its countries, before it is turned into codes. */
export type CountryHints = {
  /** Two- or three-letter codes, in the feed's order. */
  codes: readonly string[];
  /** A list in words ("Bulgaria, Iraq, Iran, Turkey"), or nothing. */
  names: string;
};

type Atlas = { codeOf: (nameOrCode: string) => CountryCode | undefined };

const folded = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/&/g, 'and')
    .replace(/[^\p{L}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

/** Loaded when the first message needs it: the list takes some milliseconds that most cold starts can do without. */
let atlas: Promise<Atlas> | undefined;
const loadAtlas = () => {
  atlas ??= import('world-countries').then(module => {
    const codes = new Map<string, CountryCode>();
    const add = (name: string, code: CountryCode) => {
      const key = folded(name);
      if (key !== '' && !codes.has(key)) codes.set(key, code);
    };
    // Kosovo has no ISO code; XKX is the one in common use, and the one that points are given.
    const countries = module.default.map(c => (c.cca3 === 'UNK' ? { ...c, cca3: 'XKX' } : c));
    for (const country of countries) {
      add(country.cca3, country.cca3);
      add(country.cca2, country.cca3);
      add(country.name.common, country.cca3);
      add(country.name.official, country.cca3);
    }
    // Other spellings come last, so that none takes the place of a country's own name.
    for (const country of countries)
      for (const spelling of country.altSpellings) if (spelling.length > 3) add(spelling, country.cca3);
    // Names that feeds still use and the list does not have.
    add('Turkey', 'TUR');
    add('Laos', 'LAO');
    add('Czech Republic', 'CZE');
    add('Korea', 'KOR');
    return { codeOf: name => codes.get(folded(name)) };
  });
  return atlas;
};

/** ISO 3166 writes "Korea, Republic of": such a pair is one name, not two. */
const namesIn = (list: string): string[] => {
  const parts = list
    .split(/[,;]/)
    .map(part => part.trim())
    .filter(part => part !== '');
  const names: string[] = [];
  for (const part of parts) {
    const before = names.at(-1);
    if (before !== undefined && /\bof( the)?$/i.test(part)) names[names.length - 1] = `${part} ${before}`;
    else names.push(part);
  }
  return names;
};

/** The countries that a message names, as alpha-3 codes, first its own codes, then its words. Unknown names are left out. */
export const countriesNamed = async ({ codes, names }: CountryHints): Promise<CountryCode[]> => {
  const wanted = codes.map(code => code.trim()).filter(code => /^[A-Za-z]{2,3}$/.test(code));
  if (wanted.length === 0 && names.trim() === '') return [];
  const { codeOf } = await loadAtlas();
  const fromCodes = wanted.flatMap(code => codeOf(code) ?? []);
  const fromNames = namesIn(names).map(codeOf);
  // "Southeast Of Honshu, Japan" is a direction, not a country: words count alone only when all of them are names.
  const trusted = fromCodes.length > 0 || !fromNames.includes(undefined);
  return [...new Set([...fromCodes, ...(trusted ? fromNames.flatMap(code => code ?? []) : [])])];
};

let coder: Promise<typeof import('@rapideditor/country-coder')> | undefined;

/** The country or territory whose land or coastal water holds the point; nothing on the open sea. */
export const countriesAt = async (position: Position): Promise<CountryCode[]> => {
  coder ??= import('@rapideditor/country-coder');
  const { iso1A3Code } = await coder;
  const code = iso1A3Code([position.longitude, position.latitude], { level: 'territory' });
  return code && /^[A-Z]{3}$/.test(code) ? [code] : [];
};
