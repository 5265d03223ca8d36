import { Hazard } from '../../../domain/primitives.ts';
import { tableOf } from '../../documents/table.ts';
import { stormIdOf } from '../gdacs/gdacs-values.ts';

/** Words of a name, in the order in which they count: "Floods and Landslides" is a flood first, as its GLIDE code is. */
const hazardWords: readonly [RegExp, Hazard][] = [
  [/\bflash floods?\b|\bcrues? soudaines?\b/i, 'FF'],
  [
    /\b(tropical (cyclones?|storms?|depressions?)|typhoons?|hurricanes?|cyclones?|huracán|ciclón|ouragan)\b/i,
    'TC',
  ],
  [/\btsunamis?\b/i, 'TS'],
  [/\b(earthquakes?|séismes?|terremotos?)\b/i, 'EQ'],
  [/\b(volcan\w*|volcán|eruptions?)\b/i, 'VO'],
  [/\b(floods?|flooding|inondations?|inundaciones)\b/i, 'FL'],
  [/\b(droughts?|sécheresse|sequía)\b/i, 'DR'],
  [/\bmud ?slides?\b/i, 'MS'],
  [/\b(land ?slides?|glissements?|deslizamientos?)\b/i, 'LS'],
  [/\bavalanches?\b/i, 'AV'],
  [/\b(wild ?fires?|forest fires?|bush ?fires?)\b/i, 'WF'],
  [/\bfires?\b/i, 'FR'],
  [
    /\b(epidemics?|outbreaks?|cholera|dengue|ebola|measles|polio|plague|meningitis|covid-19|malaria|fever)\b/i,
    'EP',
  ],
  [/\b(locusts?|insects?|armyworm)\b/i, 'IN'],
  [/\b(cold (wave|snap)|dzud|severe winter)\b/i, 'CW'],
  [/\bheat ?waves?\b/i, 'HT'],
  [/\bstorm surges?\b/i, 'SS'],
  [/\btornado(es)?\b/i, 'TO'],
  [/\b(snow ?storms?|storms?|hail|tempêtes?)\b/i, 'ST'],
  [/\b(food (insecurity|security)|famine|hunger)\b/i, 'FA'],
  [/\b(refugee|displacement|conflict|crisis)\b/i, 'CE'],
  [/\b(accidents?|explosions?|collapse|spill)\b/i, 'AC'],
];

/** ReliefWeb's types are GLIDE codes but for a few. */
const codes = tableOf<Hazard>({
  ...Object.fromEntries(Hazard.options.map(code => [code, code])),
  CC: 'CE',
  TE: 'AC',
  LA: 'LS',
  SA: 'AV',
  SN: 'AV',
  CY: 'TC',
});

/** The hazard of a type's code ("FL"); undefined when it is none that is known. */
export const hazardOfCode = (code: string | undefined): Hazard | undefined =>
  code === undefined ? undefined : codes.get(code.trim().toUpperCase());

/** The hazard that a name or a type's name tells in words. */
export const hazardInWords = (words: string | undefined): Hazard | undefined =>
  words === undefined ? undefined : hazardWords.find(([pattern]) => pattern.test(words))?.[1];

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The span that stands at the end of a name ("Chad: Floods - Aug 2024", "Drought - 2015-2017", "Floods - Nov 2015-Dec
 * 2016"): the first moment of its first month or year, and the first moment after it. Undefined when there is none.
 */
export const spanInName = (name: string): { fromAt: string; untilAt: string } | undefined => {
  const tail = name.slice(-40);
  const marks = [...tail.matchAll(/(?:\b([A-Z][a-z]{2})[a-z]{0,6}\.?\s+)?\b(19\d\d|20\d\d)\b/g)];
  const first = marks[0];
  const last = marks.at(-1);
  if (!first || !last) return undefined;
  const monthOf = (word: string | undefined) => months.indexOf(word?.toLowerCase() ?? '');
  const from = monthOf(first[1]);
  const until = monthOf(last[1]);
  return {
    fromAt: new Date(Date.UTC(Number(first[2]), Math.max(0, from), 1)).toISOString(),
    untilAt: new Date(Date.UTC(Number(last[2]), until < 0 ? 12 : until + 1, 1)).toISOString(),
  };
};

/** `storm:` id of a name like "Typhoon Gaemi - Jul 2024"; none for names of two storms. */
export const stormInName = (name: string, year: string): string | undefined =>
  stormIdOf(
    name.match(
      /\b(?:Tropical (?:Cyclone|Storm|Depression)|Typhoon|Hurricane|Cyclone) ((?!Season)\p{Lu}[\p{L}'’-]+)\s*(?::|-|–|\()/u,
    )?.[1],
    year,
  );
