import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { instantOfUtc, latestOf } from '../../documents/times.ts';
import {
  type AlertDraft,
  draftOf,
  type Format,
  ItemIgnored,
  ItemRejected,
  type ReadItem,
  readItem,
} from '../format.ts';
import { glideId } from '../gdacs/gdacs-values.ts';
import { fieldOf, isObject, placesOf, textIn } from '../json-fields.ts';
import { hazardInWords, hazardOfCode, spanInName, stormInName } from './reliefweb-names.ts';

/** Lists ask for as many or as few fields as they like; the least is the id and the name. A field of another kind counts as absent. */
type Disaster = {
  id: string | undefined;
  name: string | undefined;
  status: string | undefined;
  glide: string | undefined;
  primaryType: unknown;
  type: unknown;
  primaryCountry: unknown;
  countries: readonly unknown[];
  date: unknown;
};

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Read by hand: lists have a thousand entries, and checking them by a schema took as long as all the rest. */
const disasterOf = (fields: unknown): Disaster => ({
  id: textIn(fieldOf(fields, 'id')),
  name: textIn(fieldOf(fields, 'name')),
  status: textIn(fieldOf(fields, 'status')),
  glide: textIn(fieldOf(fields, 'glide')),
  primaryType: fieldOf(fields, 'primary_type'),
  type: listIn(fieldOf(fields, 'type'))[0],
  primaryCountry: fieldOf(fields, 'primary_country'),
  countries: listIn(fieldOf(fields, 'country')),
  date: fieldOf(fields, 'date'),
});

/** The states in the order in which a disaster goes through them; older answers say "current" and "archive". */
const states = tableOf({
  external: { rank: 1, isOver: false },
  alert: { rank: 2, isOver: false },
  ongoing: { rank: 3, isOver: false },
  current: { rank: 3, isOver: false },
  'alert-archive': { rank: 4, isOver: true },
  past: { rank: 4, isOver: true },
  archive: { rank: 4, isOver: true },
  'external-archive': { rank: 4, isOver: true },
});

/** Before every date: an answer without dates must not take the place of one that has them. */
const undated = '0000-00-00T00:00:00.000Z';

/** The places where a hazard may be told, the exact ones first; the words of a name are looked at last, being slow. */
const hazardPlaces: readonly (readonly [
  place: string,
  read: (disaster: Disaster) => AlertDraft['hazard'] | undefined,
])[] = [
  ['primary_type/code', ({ primaryType }) => hazardOfCode(textIn(fieldOf(primaryType, 'code')))],
  ['type[0]/code', ({ type }) => hazardOfCode(textIn(fieldOf(type, 'code')))],
  ['glide', ({ glide }) => hazardOfCode(glide?.slice(0, 2))],
  ['primary_type/name', ({ primaryType }) => hazardInWords(textIn(fieldOf(primaryType, 'name')))],
  ['type[0]', ({ type }) => hazardInWords(textIn(fieldOf(type, 'name')) ?? textIn(type))],
  ['name', ({ name }) => hazardInWords(name)],
];

const hazardOf = (disaster: Disaster, remarks: string[]) => {
  for (const [place, read] of hazardPlaces) {
    const hazard = read(disaster);
    if (hazard !== undefined) return { hazard, place };
  }
  remarks.push('no type that is known, and no hazard in its name');
  return { hazard: 'OT' as const, place: 'name' };
};

/** Countries by code; the country of a GLIDE number or the name before the colon when there is nothing else. */
const countriesOf = (disaster: Disaster) => {
  const codes = disaster.countries.flatMap(country => textIn(fieldOf(country, 'iso3')) ?? []);
  if (codes.length > 0) return { codes, names: '', place: 'country' };
  const primary = textIn(fieldOf(disaster.primaryCountry, 'iso3'));
  if (primary !== undefined) return { codes: [primary], names: '', place: 'primary_country/iso3' };
  const named = textIn(fieldOf(disaster.primaryCountry, 'name'));
  if (named !== undefined) return { codes: [], names: named, place: 'primary_country/name' };
  const ofGlide = glideId(disaster.glide)?.slice(-3);
  const inName = disaster.name?.match(/^([^:]{2,60}):/)?.[1] ?? '';
  // "Southeast Asia" and "Tropical Storm Filipo" stand before a colon too: names count only when all of them are known.
  return {
    codes: ofGlide === undefined ? [] : [ofGlide],
    names: inName,
    place: ofGlide === undefined ? (inName === '' ? undefined : 'name') : 'glide',
  };
};

const timesOf = ({ date, name = '' }: Disaster, remarks: string[]) => {
  const eventAt = instantOfUtc(textIn(fieldOf(date, 'event')));
  const createdAt = instantOfUtc(textIn(fieldOf(date, 'created')));
  const changedAt = instantOfUtc(textIn(fieldOf(date, 'changed')));
  const began = eventAt ?? createdAt;
  const lastAt = changedAt ?? createdAt;
  const span = began !== undefined && lastAt !== undefined ? undefined : spanInName(name);
  const occurredAt = began ?? span?.fromAt;
  if (occurredAt === undefined) throw new ItemRejected('no date, and no month or year in its name');
  if (began === undefined)
    remarks.push('no date: the time is the first day of the month or year in its name');
  const beganPlace = eventAt !== undefined ? 'date/event' : createdAt !== undefined ? 'date/created' : 'name';
  const lastPlace = changedAt !== undefined ? 'date/changed' : 'date/created';
  return {
    occurredAt,
    occurredPlace: beganPlace,
    sentAt: lastAt ?? occurredAt,
    sentPlace: lastAt === undefined ? beganPlace : lastPlace,
    changedAt: lastAt,
    span,
  };
};

const readDisaster = (value: unknown, within: string, outerId: string | undefined): AlertDraft => {
  const disaster = disasterOf(value);
  const id = disaster.id ?? outerId;
  if (id === undefined || !/^\d+$/.test(id)) throw new ItemRejected('no id');
  if (disaster.name === undefined) throw new ItemRejected('no name');
  const status = disaster.status?.toLowerCase();
  if (status === 'draft') throw new ItemIgnored('a draft: not published');
  const remarks: string[] = [];
  const state = status === undefined ? undefined : states.get(status);
  if (status !== undefined && !state)
    remarks.push(`status "${plainText(status)}" is none that is known; it counts as live`);
  const glide = glideId(disaster.glide);
  if (disaster.glide !== undefined && glide === undefined)
    remarks.push(`GLIDE number "${plainText(disaster.glide)}" is not well formed`);
  const { hazard, place: hazardPlace } = hazardOf(disaster, remarks);
  const times = timesOf(disaster, remarks);
  const countries = countriesOf(disaster);
  // ReliefWeb does not say when it ended, only that it has: by the last change, else within the time in its name.
  const endedAt = !state?.isOver
    ? null
    : (times.changedAt ?? latestOf([times.occurredAt, times.span?.untilAt]) ?? times.occurredAt);
  const storm = hazard === 'TC' ? stormInName(disaster.name, times.occurredAt.slice(0, 4)) : undefined;
  const placed = (place: string | undefined) => (place === undefined ? undefined : `${within}${place}`);
  return draftOf({
    source: 'ReliefWeb',
    sourceId: id,
    revision: `${times.changedAt ?? undated}/${state?.rank ?? 0}`,
    ownIds: [`reliefweb:${id}`],
    strongIds: [glide, storm].flatMap(strongId => strongId ?? []),
    hazard,
    level: 'Unknown',
    levelRule: 'reliefweb-no-scale',
    sourceLevel:
      status === undefined ? null : { scale: 'ReliefWeb disaster status', value: plainText(status) },
    titles: { en: disaster.name },
    sentAt: times.sentAt,
    occurredAt: times.occurredAt,
    endedAt,
    // The only positions here are the middles of countries, and those are not where it happened.
    position: null,
    countryHints: { codes: countries.codes, names: countries.names },
    remarks,
    places: placesOf({
      title: placed('name'),
      hazard: placed(hazardPlace),
      sentAt: placed(times.sentPlace),
      occurredAt: placed(times.occurredPlace),
      endedAt: endedAt === null ? undefined : placed('status'),
      countries: placed(countries.place),
    }),
  });
};

/** Reports name the disasters that they are about; each of those is read as far as it is told. */
const readReport = (fields: unknown, place: string, id: string): ReadItem[] => {
  const disasters = fieldOf(fields, 'disaster');
  if (!Array.isArray(disasters) || disasters.length === 0)
    return [
      readItem(place, id, () => {
        throw new ItemIgnored('a report that names no disaster');
      }),
    ];
  return disasters.map((disaster, index) =>
    readItem(`${place}/fields/disaster[${index}]`, plainText(textIn(fieldOf(disaster, 'id'))), () =>
      readDisaster(disaster, '', undefined),
    ),
  );
};

/** Reports have a title where disasters have a name. */
const isReport = (fields: unknown) =>
  fieldOf(fields, 'name') === undefined &&
  (fieldOf(fields, 'title') !== undefined || fieldOf(fields, 'disaster') !== undefined);

const entriesIn = (
  value: unknown,
): { entries: readonly unknown[]; placeOf: (index: number) => string } | undefined => {
  const data = fieldOf(value, 'data');
  if (Array.isArray(data)) return { entries: data, placeOf: index => `data[${index}]` };
  if (isObject(data)) return { entries: [data], placeOf: () => 'data' };
  if (isObject(fieldOf(value, 'fields'))) return { entries: [value], placeOf: () => '$' };
  return Array.isArray(value) ? { entries: value, placeOf: index => `$[${index}]` } : undefined;
};

const hostPattern = /^https?:\/\/(api\.|www\.)?reliefweb\.int\//i;

const isEntry = (value: unknown): boolean => {
  const fields = fieldOf(value, 'fields');
  if (!isObject(fields)) return false;
  const links = [fieldOf(value, 'href'), fieldOf(fields, 'url'), fieldOf(fields, 'url_alias')];
  if (links.some(link => typeof link === 'string' && hostPattern.test(link))) return true;
  const isNamed = typeof fieldOf(fields, 'name') === 'string' && textIn(fieldOf(value, 'id')) !== undefined;
  return isNamed && ['glide', 'primary_type', 'status'].some(key => fieldOf(fields, key) !== undefined);
};

const isOfReliefWeb = (value: unknown) => {
  const href = fieldOf(value, 'href');
  return typeof href === 'string' && hostPattern.test(href);
};

/** The API of reliefweb.int, v1 and v2: lists of disasters, one disaster, and reports that name disasters. */
export const reliefweb: Format = {
  name: 'reliefweb',
  recognises: document => {
    if (document.kind !== 'json') return false;
    const found = entriesIn(document.value);
    return found !== undefined && (isOfReliefWeb(document.value) || found.entries.slice(0, 20).some(isEntry));
  },
  read: (document: FeedDocument) => {
    const found = document.kind === 'json' ? entriesIn(document.value) : undefined;
    return (found?.entries ?? []).flatMap((entry, index) => {
      const place = found!.placeOf(index);
      const fields = fieldOf(entry, 'fields');
      const outerId = textIn(fieldOf(entry, 'id'));
      const id = plainText(outerId ?? textIn(fieldOf(fields, 'id')));
      if (isReport(fields)) return readReport(fields, place, id);
      return [
        readItem(place, id, () => {
          if (!isObject(fields)) throw new ItemRejected('no fields: only its id and a link');
          return readDisaster(fields, 'fields/', outerId);
        }),
      ];
    });
  },
};
