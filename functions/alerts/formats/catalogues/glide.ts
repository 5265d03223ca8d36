import * as z from 'zod';
import type { Measure } from '../../../domain/alert.ts';
import { Hazard } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfUtc, shifted } from '../../documents/times.ts';
import { positionOf } from '../../geography/geography.ts';
import { type AlertDraft, draftOf, type Format, ItemRejected, readItem } from '../format.ts';
import { glideId } from '../gdacs/gdacs-values.ts';
import { fieldOf, isObject, Numeric, placesOf, Text, textIn } from '../json-fields.ts';

const Entry = z.object({
  event: Text,
  number: Text,
  geocode: Text,
  docid: Text,
  year: Numeric,
  month: Numeric,
  day: Numeric,
  latitude: Numeric,
  longitude: Numeric,
  location: Text,
  magnitude: Text,
  duration: Numeric,
  killed: Numeric,
  injured: Numeric,
  affected: Numeric,
  homeless: Numeric,
  source: Text,
  status: Text,
});
type Entry = z.infer<typeof Entry>;

/** "FL-2024-000199-ESP", which the API gives in three parts, or whole in `number`. */
const numberOf = ({ event, number, geocode }: Entry): string => {
  if (number === undefined) throw new ItemRejected('no number');
  const whole = /^[A-Z]{2}-/i.test(number) ? number : `${event ?? ''}-${number}-${geocode ?? ''}`;
  const id = glideId(whole);
  if (id === undefined)
    throw new ItemRejected(`"${plainText(whole)}" is no GLIDE number (like EQ-2023-000015-TUR)`);
  return id.slice('glide:'.length);
};

/** Year, month and day; the time of day beside them has no zone that is documented, so it is not read. */
const dayOf = ({ year, month, day }: Entry, remarks: string[]): string => {
  if (year === undefined || !Number.isInteger(year)) throw new ItemRejected('no year');
  const known = [month, day].map(part => (part !== undefined && part > 0 ? part : undefined));
  const [m = 1, d = 1] = known;
  const two = (part: number) => String(part).padStart(2, '0');
  const at = instantOfUtc(`${year}-${two(m)}-${two(d)}T00:00:00Z`);
  if (at === undefined) throw new ItemRejected(`${year}-${month}-${day} is no date`);
  if (known.includes(undefined)) remarks.push('no month or no day: its first one stands for it');
  return at;
};

const tolls = [
  ['killed', 'deaths'],
  ['injured', 'injured'],
  ['affected', 'affected'],
  ['homeless', 'homeless'],
] as const;

/** Zero stands for "not entered"; the magnitude is one only for a quake. */
const measuresOf = (entry: Entry, hazard: Hazard): { measures: Measure[]; place: string | undefined } => {
  const measures: Measure[] = [];
  const keys: string[] = [];
  const magnitude = Number(entry.magnitude?.match(/^[A-Za-z\s]{0,4}(\d{1,2}(?:\.\d+)?)/)?.[1] ?? 0);
  if (hazard === 'EQ' && magnitude > 0 && magnitude <= 10) {
    measures.push({ name: 'magnitude', value: magnitude, unit: 'M' });
    keys.push('magnitude');
  }
  for (const [key, name] of tolls) {
    const value = entry[key];
    if (value === undefined || value <= 0) continue;
    measures.push({ name, value, unit: 'people' });
    keys.push(key);
  }
  return { measures, place: keys[0] };
};

/** Duration is in days; a year is the longest that is believed of what was typed by hand. */
const untilOf = (occurredAt: string, days: number | undefined): string | null =>
  days !== undefined && days > 0 && days <= 366 ? shifted(occurredAt, Math.round(days * 24 * 3600)) : null;

const readEntry = (value: unknown): AlertDraft => {
  const entry = Entry.parse(isObject(value) ? value : {});
  const number = numberOf(entry);
  const code = number.slice(0, 2);
  const hazard = Hazard.safeParse(code);
  if (!hazard.success) throw new ItemRejected(`event type "${code}" is none that GLIDE has`);
  const remarks: string[] = [];
  const occurredAt = dayOf(entry, remarks);
  const { measures, place } = measuresOf(entry, hazard.data);
  const position = positionOf(entry.latitude, entry.longitude) ?? null;
  const where = entry.location ?? number.slice(-3);
  return draftOf({
    source: 'GLIDE',
    sourceId: number,
    // GLIDE corrects its entries by hand and says neither when nor how often.
    revision: (entry.docid ?? '').replace(/\D/g, '').slice(0, 12).padStart(12, '0'),
    ownIds: [`glide:${number}`],
    hazard: hazard.data,
    level: 'Unknown',
    levelRule: 'glide-no-scale',
    sourceLevel: null,
    titles: { en: `${number}, ${plainText(where)}` },
    sentAt: occurredAt,
    occurredAt,
    observedUntilAt: untilOf(occurredAt, entry.duration),
    position,
    countryHints: { codes: [number.slice(-3)], names: '' },
    measures,
    remarks,
    places: placesOf({
      title: entry.location === undefined ? 'number' : 'location',
      hazard: entry.event === undefined ? 'number' : 'event',
      sentAt: 'year',
      occurredAt: 'year',
      position: position === null ? undefined : 'latitude',
      countries: entry.geocode === undefined ? 'number' : 'geocode',
      measures: place,
    }),
  });
};

const isEntry = (value: unknown): boolean =>
  textIn(fieldOf(value, 'number')) !== undefined &&
  ['event', 'geocode', 'docid'].filter(key => fieldOf(value, key) !== undefined).length >= 2;

const entriesIn = (
  value: unknown,
): { entries: readonly unknown[]; placeOf: (index: number) => string } | undefined => {
  const set = fieldOf(value, 'glideset');
  if (Array.isArray(set)) return { entries: set, placeOf: index => `glideset[${index}]` };
  if (isObject(set)) return { entries: [set], placeOf: () => 'glideset' };
  if (Array.isArray(value) && value.slice(0, 20).some(isEntry))
    return { entries: value, placeOf: index => `$[${index}]` };
  return isEntry(value) ? { entries: [value], placeOf: () => '$' } : undefined;
};

/** The list of glidenumber.net (`jsonglideset.jsp`): numbers given by hand, hours to days after an event. */
export const glide: Format = {
  name: 'glide',
  recognises: document => document.kind === 'json' && entriesIn(document.value) !== undefined,
  read: document => {
    const found = document.kind === 'json' ? entriesIn(document.value) : undefined;
    return (found?.entries ?? []).map((entry, index) =>
      readItem(found!.placeOf(index), plainText(textIn(fieldOf(entry, 'number'))), () => readEntry(entry)),
    );
  },
};
