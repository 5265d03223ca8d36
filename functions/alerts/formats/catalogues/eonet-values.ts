import type { Measure } from '../../../domain/alert.ts';
import type { Hazard } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { ItemIgnored, ItemRejected } from '../format.ts';
import { glideId, stormIdOf } from '../gdacs/gdacs-values.ts';

/** What EONET says in its own words; v2.1 numbers the categories, v3 names them. */
type Said = { title: string; categories: readonly string[]; sourceUrls: readonly string[] };

const cyclones =
  /\b(tropical (cyclone|storm|depression)|subtropical (storm|depression)|(super )?typhoon|hurricane|cyclone)\b/i;

/** Fires that someone lit on purpose, under a plan: "Prescribed Fire RX Flowing 24, Clay, Minnesota". */
const prescribed = /\bprescribed (fire|burn)|\bcontrolled burn|\bRX\b|^rx /;

const isPrescribed = (title: string) => prescribed.test(title) || /\bprescribed (fire|burn)/i.test(title);

const isCyclone = ({ title, sourceUrls }: Said) =>
  cyclones.test(title) || sourceUrls.some(url => /\/jtwc\/|nhc\.noaa\.gov|eventtype=TC\b/i.test(url));

const temperature = (title: string): Hazard =>
  /\bheat/i.test(title) ? 'HT' : /\b(cold|freez|frost)/i.test(title) ? 'CW' : 'ET';

const byCategory = tableOf<(said: Said) => Hazard>({
  drought: () => 'DR',
  dusthaze: () => 'OT',
  earthquakes: () => 'EQ',
  floods: ({ title }) => (/\bflash flood/i.test(title) ? 'FF' : 'FL'),
  landslides: ({ title }) => (/\bavalanche/i.test(title) ? 'AV' : 'LS'),
  manmade: () => 'AC',
  severestorms: said => (isCyclone(said) ? 'TC' : /\btornado/i.test(said.title) ? 'TO' : 'ST'),
  snow: () => 'ST',
  tempextremes: ({ title }) => temperature(title),
  volcanoes: () => 'VO',
  wildfires: ({ title }) => {
    if (isPrescribed(title)) throw new ItemIgnored('a prescribed fire: lit on purpose');
    return 'WF';
  },
  sealakeice: () => {
    throw new ItemIgnored('sea and lake ice: an iceberg or an ice field, nobody is in need');
  },
  watercolor: () => {
    throw new ItemIgnored('water colour: an observation, nobody is in need');
  },
});

/** The numbers of v1 to v2.1. */
const numbered = tableOf({
  '6': 'drought',
  '7': 'dusthaze',
  '8': 'wildfires',
  '9': 'floods',
  '10': 'severestorms',
  '12': 'volcanoes',
  '13': 'watercolor',
  '14': 'landslides',
  '15': 'sealakeice',
  '16': 'earthquakes',
  '17': 'snow',
  '18': 'tempextremes',
  '19': 'manmade',
});

/** The hazard of the first category that is known. Throws ItemIgnored for what is no disaster, ItemRejected for the unknown. */
export const eonetHazard = (said: Said): Hazard => {
  for (const category of said.categories) {
    const hazardOf = byCategory.get(numbered.get(category) ?? category.toLowerCase());
    if (hazardOf) return hazardOf(said);
  }
  const names = plainText(said.categories.join(', '));
  throw new ItemRejected(names === '' ? 'no category' : `category "${names}" is none that EONET has`);
};

const basins = tableOf({ al: 'AL', ep: 'EP', cp: 'CP', wp: 'WP', io: 'IO', sh: 'SH' });

/** JTWC and NHC number storms by basin and season: "…/jtwc/products/wp0819.tcw", "…/archive/2024/al09/…". */
const atcfIn = (url: string): string | undefined => {
  const jtwc = url.match(/\/jtwc\/products\/([a-z]{2})(\d\d)(\d\d)[a-z]*\./i);
  const nhc = url.match(/nhc\.noaa\.gov\/archive\/(\d{4})\/(al|ep|cp)(\d\d)/i);
  const [basin, number, year] = jtwc
    ? [jtwc[1], jtwc[2], `20${jtwc[3]}`]
    : nhc
      ? [nhc[2], nhc[3], nhc[1]]
      : [];
  const code = basins.get(basin?.toLowerCase() ?? '');
  return code === undefined ? undefined : `atcf:${code}${number}${year}`;
};

/** Ids in other books that a link of a source names. */
const idsIn = (url: string): string[] => {
  const plain = url.replaceAll('&amp;', '&');
  const ids: (string | undefined)[] = [atcfIn(plain)];
  if (/^https?:\/\/(www\.)?gdacs\.org\//i.test(plain)) {
    const type = plain.match(/[?&]eventtype=([A-Z]{2})\b/i)?.[1];
    const number = plain.match(/[?&]eventid=(\d{1,12})\b/i)?.[1];
    ids.push(type && number && `gdacs:${type.toUpperCase()}${number}`);
  }
  const usgs = plain.match(/earthquake\.usgs\.gov\/earthquakes\/eventpage\/([a-z]{2}[a-z0-9]{4,14})\b/i)?.[1];
  const emsr = plain.match(/copernicus\.eu\/[^?#]*\b(EMSR\d{1,5})\b/i)?.[1];
  const volcano = plain.match(/volcano\.si\.edu\/[^#]*[?&]vn=(\d{4,8})\b/i)?.[1];
  const glide = plain.match(/reliefweb\.int\/disaster\/([a-z]{2}-\d{4}-\d{6}-[a-z]{3})\b/i)?.[1];
  const storm = plain.match(/nhc\.noaa\.gov\/archive\/(\d{4})\/([A-Z][A-Z-]+)\.shtml/i);
  const fire = plain.match(/irwin\.doi\.gov\/observer\/incidents\/(\d{4}-[A-Z0-9]{2,10}-\w{1,12})\b/i)?.[1];
  const inciweb = plain.match(/inciweb\.(?:nwcg|wildfire)\.gov\/incident\/(\d{1,9})\b/i)?.[1];
  ids.push(
    usgs && `usgs:${usgs.toLowerCase()}`,
    emsr && `emsr:${emsr.toUpperCase()}`,
    volcano && `volcano:gvp-${volcano}`,
    glideId(glide),
    storm ? stormIdOf(storm[2], storm[1]!) : undefined,
    fire && `incident:IRWIN,${fire}`,
    inciweb && `incident:InciWeb,${inciweb}`,
  );
  return ids.flatMap(id => id || []);
};

/** Ids of other books: by the links of the sources, and for a storm by the name in the title and the year of its track. */
export const eonetStrongIds = (said: Said, hazard: Hazard, year: string): string[] => {
  const name =
    hazard === 'TC'
      ? said.title.match(
          /\b(?:storm|depression|typhoon|hurricane|cyclone)\s+([\p{L}'’-]+)\s*(?:\([^)]*\))?\s*$/iu,
        )?.[1]
      : undefined;
  const storm = stormIdOf(name, year);
  return [...new Set([...said.sourceUrls.flatMap(idsIn), ...(storm === undefined ? [] : [storm])])];
};

/** The size that EONET gives for a position in time, in the units used here; nothing for units of icebergs. */
export const eonetMeasures = (hazard: Hazard, value: number | undefined, unit: string): Measure[] => {
  if (value === undefined || value < 0) return [];
  const kind = unit.toLowerCase();
  if (/^(kts?|knots?)$/.test(kind))
    return [{ name: 'windKmh', value: Math.round(value * 1.852), unit: 'km/h' }];
  if (/^acres?$/.test(kind))
    return [{ name: 'areaKm2', value: Number((value * 0.004_046_856).toFixed(3)), unit: 'km2' }];
  if (/^(ha|hectares?)$/.test(kind))
    return [{ name: 'areaKm2', value: Number((value / 100).toFixed(3)), unit: 'km2' }];
  if (/^(km\^?2|km²|sq km)$/.test(kind)) return [{ name: 'areaKm2', value, unit: 'km2' }];
  if (hazard === 'EQ' && /^m([a-z]{1,3})?$/.test(kind)) return [{ name: 'magnitude', value, unit: 'M' }];
  return [];
};
