import * as z from 'zod';
import type { Hazard } from '../../../domain/primitives.ts';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfUtc, latestOf } from '../../documents/times.ts';
import { geometryOf } from '../../geography/geojson.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { gdacsStatus } from '../gdacs/gdacs-values.ts';
import { Flag, fieldOf, isObject, List, placesOf, Text, textIn } from '../json-fields.ts';
import { geometryOfWkt } from './wkt.ts';

const Activation = z.object({
  code: Text,
  name: Text,
  countries: List,
  category: z.unknown().optional(),
  subCategory: Text,
  eventTime: Text,
  activationTime: Text,
  lastUpdate: Text,
  closed: Flag,
  drmPhase: Text,
  gdacsId: z.unknown().optional(),
  centroid: z.unknown().optional(),
  extent: z.unknown().optional(),
  aois: List,
});
type Activation = z.infer<typeof Activation>;

const wordsFor: readonly [RegExp, Hazard][] = [
  [/tsunami/i, 'TS'],
  [/tropical|hurricane|typhoon|cyclone/i, 'TC'],
  [/flash flood/i, 'FF'],
  [/flood/i, 'FL'],
  [/wild ?fire|forest fire|bush ?fire/i, 'WF'],
  [/earthquake|ground shaking|seismic/i, 'EQ'],
  [/volcan/i, 'VO'],
  [/avalanche/i, 'AV'],
  [/mud ?(slide|flow)/i, 'MS'],
  [/mass movement|land ?slide|rock ?fall/i, 'LS'],
  [/drought/i, 'DR'],
  [/storm surge/i, 'SS'],
  [/tornado/i, 'TO'],
  [/storm|wind/i, 'ST'],
  [/heat/i, 'HT'],
  [/cold/i, 'CW'],
  [/epidemic|disease/i, 'EP'],
  [/insect|locust/i, 'IN'],
  [/humanitarian|conflict|refugee/i, 'CE'],
  [/industrial|transport|accident|oil spill|explosion|dam/i, 'AC'],
  [/fire/i, 'FR'],
];

const hazardIn = (words: string | undefined): Hazard | undefined =>
  words === undefined ? undefined : wordsFor.find(([pattern]) => pattern.test(words))?.[1];

/** "Storm" says less than "Tropical cyclone" beside it, and "Other" nothing; the name comes last, it is written freely. */
const hazardOf = (activation: Activation, remarks: string[]): { hazard: Hazard; place: string } => {
  const { category } = activation;
  const word = textIn(category) ?? textIn(fieldOf(category, 'name')) ?? textIn(fieldOf(category, 'slug'));
  const place = isObject(category)
    ? textIn(fieldOf(category, 'name')) === undefined
      ? 'category/slug'
      : 'category/name'
    : 'category';
  const broad = hazardIn(word);
  if (broad === 'ST' || broad === 'FL' || broad === undefined) {
    const fine = hazardIn(activation.subCategory);
    if (fine !== undefined) return { hazard: fine, place: 'subCategory' };
    const named = hazardIn(activation.name);
    if (broad === undefined || (broad === 'ST' && named === 'TC') || (broad === 'FL' && named === 'FF'))
      if (named !== undefined) return { hazard: named, place: 'name' };
  }
  if (broad !== undefined) return { hazard: broad, place };
  remarks.push(`category "${plainText(word)}" is none that is known`);
  return { hazard: 'OT', place: word === undefined ? 'code' : place };
};

/** "EQ1552874", "FL 1102983", "1102983" with the type of the activation; undefined for anything else. */
const gdacsIdOf = (value: unknown, hazard: Hazard): string | undefined => {
  const [, type, number] = textIn(value)?.match(/^([A-Za-z]{2})?[\s_-]*(\d{3,12})$/) ?? [];
  if (number === undefined) return undefined;
  return `gdacs:${type?.toUpperCase() ?? (hazard === 'FF' ? 'FL' : hazard)}${number}`;
};

const namesOf = (countries: readonly unknown[]): string =>
  countries
    .flatMap(
      country =>
        textIn(country) ?? textIn(fieldOf(country, 'short_name')) ?? textIn(fieldOf(country, 'name')) ?? [],
    )
    .join('; ');

/** Geometries come as well-known text, and as GeoJSON where another service passes them on. */
const drawn = (value: unknown) => (isObject(value) ? geometryOf(value) : geometryOfWkt(textIn(value)));

/** The areas that were asked to be mapped; the box around them all stands in when they are not told. */
const areasOf = (activation: Activation) => {
  const own = activation.aois.flatMap((aoi, index) => {
    const { outlines } = drawn(fieldOf(aoi, 'extent') ?? fieldOf(aoi, 'geometry'));
    const key = fieldOf(aoi, 'extent') === undefined ? 'geometry' : 'extent';
    return outlines.map(outline => ({ outline, place: `aois[${index}]/${key}` }));
  });
  if (own.length > 0) return { outlines: own.map(area => area.outline), place: own[0]!.place };
  const { outlines } = drawn(activation.extent);
  return { outlines, place: outlines.length > 0 ? 'extent' : undefined };
};

/** The newest product: what a detail has instead of the time of its last change. */
const deliveredIn = (activation: Activation): { at: string; place: string } | undefined => {
  let newest: { at: string; place: string } | undefined;
  for (const [a, aoi] of activation.aois.entries()) {
    const products = fieldOf(aoi, 'products');
    for (const [p, product] of (Array.isArray(products) ? products : []).entries()) {
      const at = instantOfUtc(textIn(fieldOf(fieldOf(product, 'version'), 'deliveryTime')));
      if (at !== undefined && (newest === undefined || at > newest.at))
        newest = { at, place: `aois[${a}]/products[${p}]/version/deliveryTime` };
    }
  }
  return newest;
};

const readActivation = (value: unknown): AlertDraft => {
  const activation = Activation.parse(isObject(value) ? value : {});
  const code = activation.code?.toUpperCase();
  if (code === undefined || !/^EMS[RN]\d+$/.test(code)) throw new ItemRejected('no code of the form EMSR123');
  const phase = activation.drmPhase?.toLowerCase();
  if (code.startsWith('EMSN')) throw new ItemIgnored('risk and recovery mapping: no response to an event');
  if (phase !== undefined && phase !== 'response')
    throw new ItemIgnored(`phase ${plainText(phase)}: no response to an event`);
  const remarks: string[] = [];
  const activatedAt = instantOfUtc(activation.activationTime);
  const eventAt = instantOfUtc(activation.eventTime);
  const occurredAt = eventAt ?? activatedAt;
  if (occurredAt === undefined) throw new ItemRejected('neither eventTime nor activationTime is a time');
  if (eventAt === undefined) remarks.push('no time of the event: that of the activation stands for it');
  const updatedAt = instantOfUtc(activation.lastUpdate);
  const delivered = updatedAt === undefined ? deliveredIn(activation) : undefined;
  const startedPlace = activatedAt === undefined ? 'eventTime' : 'activationTime';
  const sentAt = updatedAt ?? latestOf([delivered?.at, activatedAt ?? occurredAt])!;
  const sentPlace =
    updatedAt !== undefined ? 'lastUpdate' : delivered?.at === sentAt ? delivered.place : startedPlace;
  const { hazard, place: hazardPlace } = hazardOf(activation, remarks);
  const name = activation.name ?? code;
  const status =
    gdacsStatus(name) === 'Exercise' || /\b(EU ?MODEX|training)\b/i.test(name) ? 'Exercise' : 'Actual';
  const { position } = drawn(activation.centroid);
  const { outlines, place: areaPlace } = areasOf(activation);
  const gdacsId = gdacsIdOf(activation.gdacsId, hazard);
  if (gdacsId === undefined && textIn(activation.gdacsId) !== undefined)
    remarks.push(`GDACS id "${plainText(textIn(activation.gdacsId))}" is none`);
  const names = namesOf(activation.countries);
  const isClosed = activation.closed === true;
  // A list tells less than the detail of the same state, and one list less than the other.
  const fullness = Number(eventAt !== undefined) + 2 * Number(activation.aois.length > 0);
  return draftOf({
    source: 'Copernicus EMS',
    sourceId: code,
    revision: `${sentAt}/${Number(isClosed)}/${fullness}`,
    status,
    ownIds: [`emsr:${code}`],
    strongIds: gdacsId === undefined ? [] : [gdacsId],
    hazard,
    level: 'Unknown',
    levelRule: 'copernicus-ems-no-scale',
    sourceLevel: null,
    titles: { en: name },
    sentAt,
    occurredAt,
    endedAt: isClosed ? sentAt : null,
    position,
    outlines,
    countryHints: { codes: [], names },
    remarks,
    places: placesOf({
      title: activation.name === undefined ? 'code' : 'name',
      hazard: hazardPlace,
      sentAt: sentPlace,
      occurredAt: eventAt === undefined ? 'activationTime' : 'eventTime',
      endedAt: isClosed ? 'closed' : undefined,
      status: status === 'Actual' ? undefined : 'name',
      position: position === null ? undefined : 'centroid',
      footprint: areaPlace,
      countries: names === '' ? undefined : 'countries',
    }),
  });
};

const isActivation = (value: unknown): boolean => {
  const code = fieldOf(value, 'code');
  return (
    typeof code === 'string' &&
    /^EMS[RN]\d+$/i.test(code) &&
    ['activationTime', 'eventTime', 'centroid', 'aois'].some(key => fieldOf(value, key) !== undefined)
  );
};

const entriesIn = (
  value: unknown,
): { entries: readonly unknown[]; placeOf: (index: number) => string } | undefined => {
  const results = fieldOf(value, 'results');
  if (Array.isArray(results)) return { entries: results, placeOf: index => `results[${index}]` };
  if (Array.isArray(value)) return { entries: value, placeOf: index => `$[${index}]` };
  return isActivation(value) ? { entries: [value], placeOf: () => '$' } : undefined;
};

const isPageOf = (value: unknown) =>
  ['next', 'previous'].some(key => {
    const url = fieldOf(value, key);
    return typeof url === 'string' && /^https?:\/\/[a-z.]*emergency\.copernicus\.eu\//i.test(url);
  });

/** Activations of the Copernicus Emergency Management Service: the lists of rapid mapping and of all services, and details. */
export const copernicusEms: Format = {
  name: 'copernicus-ems',
  recognises: document => {
    if (document.kind !== 'json') return false;
    const found = entriesIn(document.value);
    return found !== undefined && (found.entries.slice(0, 20).some(isActivation) || isPageOf(document.value));
  },
  read: (document: FeedDocument) => {
    const found = document.kind === 'json' ? entriesIn(document.value) : undefined;
    return (found?.entries ?? []).map((entry, index) =>
      readItem(found!.placeOf(index), plainText(textIn(fieldOf(entry, 'code'))), () => readActivation(entry)),
    );
  },
};
