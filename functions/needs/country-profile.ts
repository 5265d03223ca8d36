import type { CountryProfile } from '../domain/need.ts';
import type { CountryCode } from '../domain/primitives.ts';
import countries from './countries.json' with { type: 'json' };
import groups from './country-groups.json' with { type: 'json' };

/** `languages`: codes with a blank between them. */
type Country = { alpha2: string; name: string; languages: string };
const byCode: Readonly<Record<string, Country>> = countries;
const leastDeveloped = new Set<string>(groups.leastDeveloped.countries);
const smallIsland = new Set<string>(groups.smallIsland.countries);

/**
 * What is known of a country that helps to decide who goes; null for a code that no country has.
 * Names and languages are countries.json, a 20 KB extract of world-countries (whose own file would add 700 KB to every
 * bundle; a test keeps the two equal). The UN's groups are country-groups.json, as no maintained package has them.
 */
export function profileOf(country: CountryCode): CountryProfile | null {
  const known = Object.hasOwn(byCode, country) ? byCode[country] : undefined;
  if (!known) return null;
  return {
    country,
    name: known.name,
    languages: known.languages.split(' ').filter(code => code !== ''),
    leastDeveloped: leastDeveloped.has(country),
    smallIsland: smallIsland.has(country),
    timeZone: onlyTimeZone(known.alpha2),
  };
}

/** The country's IANA zone when it has just one; which of several applies depends on the place. */
function onlyTimeZone(alpha2: string): string | null {
  // Node 20 has the zones of a region as a property, newer ones as a method.
  const region = new Intl.Locale(`und-${alpha2}`) as Intl.Locale & {
    timeZones?: string[];
    getTimeZones?: () => string[] | undefined;
  };
  const zones = region.getTimeZones?.() ?? region.timeZones ?? [];
  return zones.length === 1 ? (zones[0] ?? null) : null;
}
