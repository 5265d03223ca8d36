import * as z from 'zod';
import type { Alert } from '../../../domain/alert.ts';
import type { Hazard, Level } from '../../../domain/primitives.ts';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { instantOfIso } from '../../documents/times.ts';
import { geometryOf } from '../../geography/geojson.ts';
import { capHazard } from '../cap/cap-hazard.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { fieldOf, isObject, List, placesOf, Text, textIn } from '../json-fields.ts';

const Feature = z.object({
  geometry: z.unknown().optional(),
  properties: z.object({
    id: Text,
    area: Text,
    awareness_level: Text,
    certainty: Text,
    event: Text,
    eventAwarenessName: Text,
    eventEndingTime: Text,
    incidentName: Text,
    riskMatrixColor: Text,
    severity: Text,
    status: Text,
    title: Text,
    type: Text,
  }),
  when: z.object({ interval: List }).nullish(),
});
type Properties = z.infer<typeof Feature>['properties'];

/** The event codes of MET Norway (docs of metalerts 2.0). */
const hazards = tableOf<Hazard>({
  blowingsnow: 'CW',
  drivingconditions: 'CW',
  flood: 'FL',
  forestfire: 'WF',
  gale: 'VW',
  ice: 'CW',
  icing: 'CW',
  landslide: 'LS',
  lightning: 'ST',
  polarlow: 'VW',
  rain: 'ST',
  rainflood: 'FL',
  snow: 'CW',
  stormsurge: 'SS',
  wind: 'VW',
});

const hazardOf = ({ event, eventAwarenessName }: Properties): Hazard =>
  hazards.get((event ?? '').toLowerCase().replace(/[^a-z]/g, '')) ??
  capHazard({ event: event ?? '', headline: eventAwarenessName ?? '', eventCodes: [] });

const levels = tableOf<readonly [Level, string]>({
  extreme: ['Red', 'cap-severity-extreme'],
  red: ['Red', 'cap-severity-extreme'],
  severe: ['Orange', 'cap-severity-severe'],
  orange: ['Orange', 'cap-severity-severe'],
  moderate: ['Green', 'cap-severity-moderate'],
  yellow: ['Green', 'cap-severity-moderate'],
  minor: ['Green', 'cap-severity-minor'],
  green: ['Green', 'cap-severity-minor'],
});

/** The severity of the CAP message behind the feature, by the rule for CAP; else the colour, of which it is the same scale. */
const levelOf = (
  properties: Properties,
): { level: Level; levelRule: string; word: string; field: string } => {
  const [, colour = '', graded = ''] = (properties.awareness_level ?? '').split(';').map(part => part.trim());
  const fields = [
    [properties.severity, 'severity'],
    [graded, 'awareness_level'],
    [properties.riskMatrixColor, 'riskMatrixColor'],
    [colour, 'awareness_level'],
  ] as const;
  for (const [word, field] of fields) {
    const known = levels.get((word ?? '').toLowerCase());
    if (!known || word === undefined) continue;
    const unlikely = /^unlikely$/i.test(properties.certainty ?? '');
    const [level, levelRule] = unlikely ? (['Green', 'cap-certainty-unlikely'] as const) : known;
    return { level, levelRule, word: plainText(word), field };
  }
  return { level: 'Unknown', levelRule: 'cap-severity-unknown', word: '', field: 'severity' };
};

/**
 * The moment in the id, UTC: "…20260306192210.079" (when it was made) or "…260306220000.0833_1_0" (from when on the bulletin
 * holds, up to half an hour after it was made). Later versions have later ones, and a feature has no other time of its own.
 */
const instantOfIdentifier = (id: string): string | undefined => {
  const match = id.match(/\.((?:20)?\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.[\w.-]+$/);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return instantOfIso(`${year!.padStart(4, '20')}-${month}-${day}T${hour}:${minute}:${second}Z`);
};

const statusOf = (word: string | undefined): Alert['status'] => {
  if (word === undefined || /^actual$/i.test(word)) return 'Actual';
  if (/^exercise$/i.test(word)) return 'Exercise';
  throw new ItemIgnored(`status ${plainText(word)}`);
};

const readFeature = (value: unknown, changedAt: string | undefined, language: string): AlertDraft => {
  const parsed = Feature.safeParse(value);
  if (!parsed.success) throw new ItemRejected('properties: not as expected');
  const { geometry, properties, when } = parsed.data;
  const { id } = properties;
  if (id === undefined) throw new ItemRejected('properties.id: none');
  const status = statusOf(properties.status);
  const [fromAt, untilAt] = (when?.interval ?? []).map(moment => instantOfIso(textIn(moment)));
  const identifiedAt = instantOfIdentifier(id);
  const revision = identifiedAt ?? changedAt ?? fromAt;
  if (revision === undefined) throw new ItemRejected('neither id nor when.interval has a time');
  // Nothing in a list was made after the list.
  const sentAt = changedAt !== undefined && changedAt < revision ? changedAt : revision;
  const endingAt = instantOfIso(properties.eventEndingTime);
  const type = properties.type?.toLowerCase();
  const cancelled = type === 'cancel';
  const { outlines } = geometryOf(geometry);
  const { word, field, ...judged } = levelOf(properties);
  const area = plainText(properties.area);
  const called = plainText(properties.event ?? properties.eventAwarenessName) || 'weather';
  const expiresAt = endingAt ?? untilAt ?? null;
  return draftOf({
    source: 'MET Norway',
    sourceId: id,
    revision,
    status,
    // A version has an id of its own and the list does not say which one it follows; that one runs out by itself.
    messageType: cancelled ? 'Cancel' : type === 'update' ? 'Update' : 'Alert',
    references: cancelled ? [`MET Norway:${id}`] : [],
    ownIds: [`metno:${id}`],
    strongIds: [`cap:noreply@met.no,${id}`],
    hazard: hazardOf(properties),
    ...judged,
    sourceLevel: word === '' ? null : { scale: 'MET Norway severity', value: word },
    titles: {
      [language]: properties.title ?? `${plainText(properties.eventAwarenessName) || called}, ${area}`,
      ...(language.startsWith('en')
        ? {}
        : {
            en: `${called}${word === '' ? '' : ` (${word.toLowerCase()})`}, ${area === '' ? 'Norway' : area}`,
          }),
    },
    sentAt,
    occurredAt: fromAt ?? sentAt,
    expiresAt,
    outlines,
    areas:
      area === ''
        ? []
        : [
            {
              name: area,
              state: cancelled ? 'over' : 'live',
              level: judged.level,
              codes: [],
              startsAt: fromAt ?? null,
              endsAt: expiresAt,
            },
          ],
    // Warnings for the open sea are for ships, whatever country is near.
    countryHints: { codes: ['NO'], names: '' },
    places: placesOf({
      title: properties.title === undefined ? 'properties/event' : 'properties/title',
      hazard: properties.event === undefined ? 'properties/eventAwarenessName' : 'properties/event',
      level: word === '' ? undefined : `properties/${field}`,
      sentAt: 'properties/id',
      occurredAt: fromAt ? 'when/interval[0]' : 'properties/id',
      expiresAt: endingAt ? 'properties/eventEndingTime' : untilAt && 'when/interval[1]',
      footprint: outlines.length > 0 ? 'geometry/coordinates' : undefined,
      status: properties.status && 'properties/status',
      messageType: properties.type && 'properties/type',
      areas: area === '' ? undefined : 'properties/area',
      countries: 'properties/id',
    }),
  });
};

const isAlert = (value: unknown): boolean => {
  const properties = fieldOf(value, 'properties');
  const id = textIn(fieldOf(properties, 'id')) ?? '';
  // 2.49.0.1.578 is the branch of Norway in the register of alerting authorities.
  return (
    isObject(properties) &&
    (/^(urn:oid:)?2\.49\.0\.1\.578\./.test(id) || fieldOf(properties, 'eventAwarenessName') !== undefined)
  );
};

const featuresIn = (document: FeedDocument): { place: string; value: unknown }[] => {
  if (document.kind !== 'json') return [];
  const { value } = document;
  const features = fieldOf(value, 'features');
  if (Array.isArray(features))
    return features.map((item, index) => ({ place: `features[${index}]`, value: item }));
  return isAlert(value) ? [{ place: '$', value }] : [];
};

const changedAtIn = (document: FeedDocument): string | undefined =>
  document.kind === 'json' ? instantOfIso(textIn(fieldOf(document.value, 'lastChange'))) : undefined;

/** Warnings of MET Norway (api.met.no/weatherapi/metalerts, current.json and all.json). */
export const metnoGeojson: Format = {
  name: 'metno-geojson',
  // A day without warnings is an empty list, which only this service dates with "lastChange".
  recognises: document => {
    const features = featuresIn(document);
    return (
      features.some(({ value }) => isAlert(value)) ||
      (document.kind === 'json' &&
        Array.isArray(fieldOf(document.value, 'features')) &&
        features.length === 0 &&
        changedAtIn(document) !== undefined)
    );
  },
  read: document => {
    const changedAt = changedAtIn(document);
    const language = document.kind === 'json' ? textIn(fieldOf(document.value, 'lang')) : undefined;
    const tag = /^[a-z]{2,3}(-[a-z]{2})?$/i.test(language ?? '') ? language!.toLowerCase() : 'und';
    return featuresIn(document).map(({ place, value }) => {
      const id = textIn(fieldOf(fieldOf(value, 'properties'), 'id'));
      return readItem(place, plainText(id), () => readFeature(value, changedAt, tag));
    });
  },
  madeAt: changedAtIn,
};
