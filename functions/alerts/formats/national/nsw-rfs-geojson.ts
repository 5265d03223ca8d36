import * as z from 'zod';
import type { Level } from '../../../domain/primitives.ts';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso } from '../../documents/times.ts';
import { geometryOf } from '../../geography/geojson.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { fieldOf, isObject, placesOf, Text, textIn } from '../json-fields.ts';
import { australianLevel } from './australian-warning.ts';

const Feature = z.object({
  geometry: z.unknown().optional(),
  properties: z.object({ title: Text, category: Text, guid: Text, pubDate: Text, description: Text }),
});

/** The fields that stand as "NAME: value <br />" inside the description; its HTML has nothing else. */
const fieldsOf = (description: string): Map<string, string> =>
  new Map(
    description
      .slice(0, 5000)
      .split(/<br\s*\/?>|\n/i)
      .flatMap(line => {
        const match = line.match(/^\s*([A-Z][A-Z ]{1,30}):\s*(.*?)\s*$/);
        return match ? [[match[1]!, plainText(match[2])] as const] : [];
      }),
  );

/** "18/02/2018 12:11:00 AM": day first, in UTC, as UPDATED beside it shows (11:11 in Sydney's summer). */
const instantOfPublication = (text: string | undefined): string | undefined => {
  const match = text?.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))? ?([AP]M)?$/i);
  if (!match) return undefined;
  const [, day, month, year, hourText, minute, second = '00', half] = match;
  const hour = half ? (Number(hourText) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hourText);
  const two = (part: string | number) => String(part).padStart(2, '0');
  return hour > 23
    ? undefined
    : instantOfIso(`${year}-${two(month!)}-${two(day!)}T${two(hour)}:${minute}:${second}Z`);
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Made when the first such time is read: that takes as long as reading some hundred messages. */
let clock: Intl.DateTimeFormat | undefined;

/** The day of the month and the hour at that moment in Sydney. */
const inSydney = (at: Date): { day: number; hour: number } => {
  clock ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Australia/Sydney',
    hourCycle: 'h23',
    day: '2-digit',
    hour: '2-digit',
  });
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return { day: parts.get('day') ?? Number.NaN, hour: parts.get('hour') ?? Number.NaN };
};

/** "18 Feb 2018 11:11", the wall clock of Sydney: ten hours before UTC, eleven in summer; the later one counts when it stood twice. */
const instantOfSydney = (text: string | undefined): string | undefined => {
  const match = text?.match(/^(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4}) (\d{1,2}):(\d\d)$/);
  if (!match) return undefined;
  const [, day, monthName, year, hour, minute] = match;
  const month = months.indexOf(monthName!.toLowerCase());
  if (month < 0 || Number(hour) > 23) return undefined;
  const wall = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute));
  for (const hours of [10, 11]) {
    const at = new Date(wall - hours * 3_600_000);
    const there = inSydney(at);
    if (there.hour === Number(hour) && there.day === Number(day)) return at.toISOString();
  }
  return undefined;
};

/** Most incidents of a summer have no step at all; the steps are those of all Australian services. */
const levelOf = (word: string): { level: Level; levelRule: string } =>
  /^(not applicable|none)$/i.test(word)
    ? { level: 'Green', levelRule: 'australian-warning-none' }
    : australianLevel(word);

const readIncident = (value: unknown): AlertDraft => {
  const parsed = Feature.safeParse(value);
  if (!parsed.success) throw new ItemRejected('properties: not as expected');
  const { geometry, properties } = parsed.data;
  const fields = fieldsOf(properties.description ?? '');
  const described = properties.description === undefined ? undefined : 'properties/description';
  const field = (name: string) => fields.get(name) ?? '';
  // "https://incidents.rfs.nsw.gov.au/api/v1/incidents/366937"
  const id = properties.guid?.slice(0, 300).match(/(\d+)\D*$/)?.[1];
  if (id === undefined) throw new ItemRejected('properties.guid: no number of an incident');
  const publishedAt = instantOfPublication(properties.pubDate);
  const updatedAt = instantOfSydney(field('UPDATED'));
  const sentAt = publishedAt ?? updatedAt;
  if (sentAt === undefined) throw new ItemRejected('neither pubDate nor UPDATED is a time');

  const type = field('TYPE');
  const word = field('ALERT LEVEL') || plainText(properties.category);
  if (/hazard reduction|planned burn|prescribed|burn off|pile burn/i.test(`${type} ${word}`))
    throw new ItemIgnored(`${type || word}: a planned fire`);
  const isBush = /bush|grass|scrub|forest|wild\s?fire|pine|peat/i.test(type);
  if (!isBush && /^no$/i.test(field('FIRE'))) throw new ItemIgnored(`${type || 'incident'}: no fire`);
  if (
    !isBush &&
    /structure|vehicle|transport|equipment|motor|mva|alarm|hazmat|rescue|medical|chimney|rubbish|bin\b/i.test(
      type,
    )
  )
    throw new ItemIgnored(`${type}: work of the local brigade, no bush fire`);

  const judged = levelOf(word);
  const { position, outlines } = geometryOf(geometry);
  const hectares = field('SIZE')
    .match(/^([\d,]+(?:\.\d+)?)\s*ha\b/i)?.[1]
    ?.replaceAll(',', '');
  const size = hectares === undefined ? undefined : Number(hectares);
  const status = field('STATUS');
  const out = /^(out|closed|extinguished|safe)$/i.test(status);
  const title = plainText(properties.title ?? field('LOCATION'));
  return draftOf({
    source: 'NSW RFS',
    sourceId: id,
    revision: sentAt,
    ownIds: [`incident:NSW RFS,${id}`],
    hazard: isBush ? 'WF' : 'FR',
    ...judged,
    sourceLevel: word === '' ? null : { scale: 'Australian Warning System', value: word },
    titles: {
      en: [title, [type || 'Fire', status].filter(part => part !== '').join(', ')]
        .filter(part => part !== '')
        .join(': '),
    },
    sentAt,
    // When it began to burn is not said.
    occurredAt: sentAt,
    observedUntilAt: sentAt,
    endedAt: out ? sentAt : null,
    position,
    outlines,
    measures: size !== undefined && size > 0 ? [{ name: 'areaKm2', value: size / 100, unit: 'km2' }] : [],
    countryHints: { codes: ['AU'], names: '' },
    places: placesOf({
      title: properties.title === undefined ? described : 'properties/title',
      hazard: described,
      level:
        field('ALERT LEVEL') === '' ? properties.category && 'properties/category' : 'properties/description',
      sentAt: publishedAt ? 'properties/pubDate' : 'properties/description',
      occurredAt: publishedAt ? 'properties/pubDate' : 'properties/description',
      endedAt: out ? 'properties/description' : undefined,
      position: position ? 'geometry' : undefined,
      footprint: outlines.length > 0 ? 'geometry' : undefined,
      measures: size !== undefined && size > 0 ? 'properties/description' : undefined,
      countries: described ?? 'properties/guid',
    }),
  });
};

const isIncident = (value: unknown): boolean => {
  const properties = fieldOf(value, 'properties');
  const description = textIn(fieldOf(properties, 'description'));
  return (
    isObject(properties) &&
    description !== undefined &&
    /\bALERT LEVEL:/.test(description) &&
    /\b(RESPONSIBLE AGENCY|COUNCIL AREA):/.test(description)
  );
};

const featuresIn = (document: FeedDocument): unknown[] => {
  const features = document.kind === 'json' ? fieldOf(document.value, 'features') : undefined;
  return Array.isArray(features) ? features : [];
};

/** Major incidents of the New South Wales Rural Fire Service (majorIncidents.json): fires with their fields inside HTML. */
export const nswRfsGeojson: Format = {
  name: 'nsw-rfs-geojson',
  recognises: document => featuresIn(document).some(isIncident),
  read: document =>
    featuresIn(document).map((value, index) => {
      const id = textIn(fieldOf(fieldOf(value, 'properties'), 'guid'));
      return readItem(`features[${index}]`, plainText(id), () => readIncident(value));
    }),
};
