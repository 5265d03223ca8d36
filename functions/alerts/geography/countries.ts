import type { Ring } from '../../domain/alert.ts';
import type { CountryCode, Position } from '../../domain/primitives.ts';
import { isNearLand } from './coasts.ts';
import spellings from './country-names.json' with { type: 'json' };

/** What a message says about its countries, before it is turned into codes. */
export type CountryHints = {
  /** Two- or three-letter codes, in the feed's order. */
  codes: readonly string[];
  /** A list in words ("Bulgaria, Iraq, Iran, Turkey"), or nothing. */
  names: string;
};

/** A name without accents, signs and capitals ("Côte d'Ivoire" is "cote d ivoire"), as country-names.json has them. */
export const foldedName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

/** Names that feeds still use, or use for short, and world-countries does not have. */
const otherNames: Readonly<Record<string, CountryCode>> = {
  turkey: 'TUR',
  laos: 'LAO',
  'czech republic': 'CZE',
  korea: 'KOR',
  'democratic people s republic of korea': 'PRK',
  'democratic republic of congo': 'COD',
  'congo democratic republic': 'COD',
  macedonia: 'MKD',
  'the former yugoslav republic of macedonia': 'MKD',
  swaziland: 'SWZ',
  'cape verde': 'CPV',
  'east timor': 'TLS',
  burma: 'MMR',
  palestine: 'PSE',
  'occupied palestinian territory': 'PSE',
  'micronesia federated states': 'FSM',
  'saint vincent and the grenadines': 'VCT',
  'st vincent and the grenadines': 'VCT',
  'st lucia': 'LCA',
  'st kitts and nevis': 'KNA',
  'virgin islands u s': 'VIR',
  'us virgin islands': 'VIR',
  alaska: 'USA',
  hawaii: 'USA',
};

/**
 * Codes by folded name. country-names.json is a 30 KB extract of world-countries, whose own file would add 700 KB to
 * every bundle and ten milliseconds to a cold start; a test keeps the two equal.
 */
const codes = new Map<string, CountryCode>(Object.entries(otherNames));
for (const [code, names] of Object.entries(spellings))
  for (const name of names.split('|')) codes.set(name, code);

/** The same few names come in every poll; folding one costs more than all the rest that is done with it. */
const known = new Map<string, CountryCode | null>();
const mostKnown = 2000;

const codeOf = (name: string): CountryCode | undefined => {
  // The longest name of a country has 59 letters.
  if (name.length > 100) return undefined;
  const before = known.get(name);
  if (before !== undefined) return before ?? undefined;
  const code = codes.get(foldedName(name));
  if (known.size >= mostKnown) known.clear();
  known.set(name, code ?? null);
  return code;
};

/** What feeds write where they have no country; it says nothing for or against the other words of the list. */
const noCountry =
  /^(\[?unknown\]?|off-?\s?shore|at sea|open sea|high seas|international waters|n\/?a|none|null|-+)$/i;

/** ISO 3166 writes "Korea, Republic of": such a pair is one name, not two. "Honduras and Belize" are two, unless one is called so. */
const namesIn = (list: string): string[] => {
  if (codeOf(list) !== undefined) return [list];
  const names: string[] = [];
  for (const piece of list.split(/[,;/|\n]/)) {
    const part = piece.trim();
    const before = names.at(-1);
    if (part === '' || noCountry.test(part)) continue;
    if (before !== undefined && /\bof( the)?$/i.test(part)) names[names.length - 1] = `${part} ${before}`;
    else if (/\s(and|&)\s/.test(part) && codeOf(part) === undefined)
      names.push(...part.split(/\s(?:and|&)\s/));
    else names.push(part);
  }
  return names;
};

/** Country lists of honest feeds have some hundred letters; of a longer one the head is read. */
const longestList = 5000;

/** The countries that a message names, as alpha-3 codes, first its own codes, then its words. Unknown names are left out. */
export const countriesNamed = (hints: CountryHints): CountryCode[] => {
  if (hints.codes.length === 0 && hints.names === '') return [];
  const fromCodes: CountryCode[] = [];
  for (const written of hints.codes) {
    const code = written.trim();
    const country = code.length === 2 || code.length === 3 ? codeOf(code) : undefined;
    if (country !== undefined) fromCodes.push(country);
  }
  const fromNames = namesIn(hints.names.slice(0, longestList)).map(codeOf);
  // "Southeast Of Honshu, Japan" is a direction, not a country: words count alone only when all of them are names.
  const trusted = fromCodes.length > 0 || !fromNames.includes(undefined);
  return [...new Set([...fromCodes, ...(trusted ? fromNames.flatMap(code => code ?? []) : [])])];
};

type Coder = typeof import('@rapideditor/country-coder');
type Around = ReturnType<Coder['featuresContaining']>;

/** Loaded when the first position needs it: its map takes 70 ms that many cold starts can do without. */
let coder: Coder | undefined;

/** Where the map follows who holds the land and the United Nations do not: Crimea (resolution 68/262), Northern Cyprus (541). */
const asTheUnSay: Readonly<Record<string, CountryCode>> = { Q7835: 'UKR', Q23681: 'CYP' };

/** From the smallest that holds the point outwards, the first with a code of its own: Puerto Rico before the United States. */
const codeAround = (around: Around): CountryCode | undefined => {
  for (const { properties } of around) {
    const told = asTheUnSay[properties.wikidata];
    if (told !== undefined) return told;
    const isCountry = properties.level !== 'subterritory' && properties.iso1A3 !== undefined;
    if (isCountry && /^[A-Z]{3}$/.test(properties.iso1A3!)) return properties.iso1A3;
  }
  return undefined;
};

/** A feed brings the same events poll after poll. */
const visited = new Map<string, CountryCode | null>();
const mostVisited = 5000;

const codeAt = (map: Coder, longitude: number, latitude: number): CountryCode | undefined => {
  const key = `${longitude},${latitude}`;
  const before = visited.get(key);
  if (before !== undefined) return before ?? undefined;
  // The map gives away the seas: half of them belong to somebody there, a quarter further than 400 km from any land.
  const code = isNearLand({ longitude, latitude })
    ? codeAround(map.featuresContaining([longitude, latitude]))
    : undefined;
  if (visited.size >= mostVisited) visited.clear();
  visited.set(key, code ?? null);
  return code;
};

/** Corners of an area that are looked up when its middle lies at sea; enough for the coasts that a cyclone reaches. */
const mostCorners = 60;

/**
 * The country or territory whose land or waters near the coast (some 120 km) hold the point, nothing on the open sea; of
 * an area around a point at sea, those of its corners.
 */
export const countriesAt = async (
  position: Position,
  footprint: readonly Ring[] | null = null,
): Promise<CountryCode[]> => {
  coder ??= await import('@rapideditor/country-coder');
  const code = codeAt(coder, position.longitude, position.latitude);
  if (code !== undefined || footprint === null) return code === undefined ? [] : [code];
  const corners = footprint.flat();
  const step = Math.ceil(corners.length / mostCorners);
  const found = new Set<CountryCode>();
  for (let at = 0; at < corners.length; at += step) {
    const [longitude, latitude] = corners[at]!;
    const there = codeAt(coder, longitude, latitude);
    if (there !== undefined) found.add(there);
  }
  return [...found];
};
