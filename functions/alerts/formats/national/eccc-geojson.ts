import * as z from 'zod';
import type { Hazard, Level } from '../../../domain/primitives.ts';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso } from '../../documents/times.ts';
import { geometryOf } from '../../geography/geojson.ts';
import { capHazard } from '../cap/cap-hazard.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { fieldOf, isObject, placesOf, Text, textIn } from '../json-fields.ts';

const Feature = z.object({
  id: Text,
  geometry: z.unknown().optional(),
  properties: z.object({
    id: Text,
    alert_code: Text,
    alert_type: Text,
    alert_name_en: Text,
    alert_name_fr: Text,
    alert_short_name_en: Text,
    publication_datetime: Text,
    expiration_datetime: Text,
    validity_datetime: Text,
    event_end_datetime: Text,
    risk_colour_en: Text,
    risk_colour_fr: Text,
    feature_name_en: Text,
    feature_name_fr: Text,
    feature_id: Text,
    province: Text,
    status_en: Text,
    status_fr: Text,
  }),
});
type Properties = z.infer<typeof Feature>['properties'];

/** Hazards that the words of CAP messages miss or take for another. */
const words: readonly (readonly [RegExp, Hazard])[] = [
  [/freezing rain|freezing drizzle|flash freeze|blowing snow|squall|verglas/i, 'CW'],
  [/rainfall|wreckhouse|thunderstorm/i, 'ST'],
  [/fog|air quality|dust|smog|brouillard/i, 'OT'],
  [/storm surge|coastal flooding/i, 'SS'],
  [/hurricane|tropical storm|tropical cyclone|ouragan/i, 'TC'],
  [/les suêtes|wind|vent/i, 'VW'],
];

const hazardOf = (name: string): Hazard =>
  words.find(([pattern]) => pattern.test(name))?.[1] ??
  capHazard({ event: name, headline: '', eventCodes: [] });

/**
 * Since 2025 the colour is the impact expected: yellow may cause localised damage, orange significant damage over an area, red
 * extensive damage and danger to life. Statements, advisories and watches without a colour warn of no damage yet.
 */
const levelOf = (properties: Properties): { level: Level; levelRule: string } => {
  const colour = (properties.risk_colour_en ?? properties.risk_colour_fr ?? '').toLowerCase();
  if (/^(yellow|jaune)$/.test(colour)) return { level: 'Green', levelRule: 'eccc-risk-yellow' };
  if (colour === 'orange') return { level: 'Orange', levelRule: 'eccc-risk-orange' };
  if (/^(red|rouge)$/.test(colour)) return { level: 'Red', levelRule: 'eccc-risk-red' };
  if (/^(green|grey|gray|vert|gris)$/.test(colour))
    return { level: 'Green', levelRule: `eccc-risk-${colour}` };
  return /^warning$/i.test(properties.alert_type ?? '')
    ? { level: 'Unknown', levelRule: 'eccc-warning-without-colour' }
    : { level: 'Green', levelRule: 'eccc-no-warning' };
};

const readFeature = (value: unknown): AlertDraft => {
  const parsed = Feature.safeParse(value);
  if (!parsed.success) throw new ItemRejected('properties: not as expected');
  const { id, geometry, properties } = parsed.data;
  const key = properties.id ?? id;
  if (key === undefined) throw new ItemRejected('properties.id: none');
  const publishedAt = instantOfIso(properties.publication_datetime);
  if (publishedAt === undefined) throw new ItemRejected('properties.publication_datetime: no time');
  const name = properties.alert_name_en ?? properties.alert_short_name_en ?? properties.alert_name_fr ?? '';
  if (/\btest\b/i.test(name)) throw new ItemIgnored(`${plainText(name)}: a test`);

  const validAt = instantOfIso(properties.validity_datetime);
  const eventEndAt = instantOfIso(properties.event_end_datetime);
  const staleAt = instantOfIso(properties.expiration_datetime);
  const ended = /^(ended|cancel+ed|terminé|annulé)/i.test(properties.status_en ?? properties.status_fr ?? '');
  const expiresAt = eventEndAt ?? staleAt ?? null;
  const judged = levelOf(properties);
  const zone = plainText(properties.feature_name_en ?? properties.feature_name_fr);
  const { outlines } = geometryOf(geometry);
  const alertId = key.endsWith(`_${properties.feature_id}`)
    ? key.slice(0, key.lastIndexOf('_'))
    : key.replace(/_fea.*$/, '');
  const region = [zone, plainText(properties.province)].filter(part => part !== '').join(', ');
  const titled = (text: string | undefined, place: string | undefined) =>
    text === undefined
      ? {}
      : { title: [plainText(text), plainText(place)].filter(part => part !== '').join(', ') };
  const english = titled(properties.alert_name_en ?? properties.alert_short_name_en, region).title;
  const french = titled(properties.alert_name_fr, properties.feature_name_fr).title;
  const colour = properties.risk_colour_en ?? properties.risk_colour_fr;
  const scale =
    colour === undefined
      ? 'alert_type'
      : properties.risk_colour_en === undefined
        ? 'risk_colour_fr'
        : 'risk_colour_en';
  const word = colour ?? properties.alert_type;
  return draftOf({
    source: 'ECCC',
    sourceId: key,
    revision: publishedAt,
    ownIds: [`eccc:${key}`],
    // One warning covers many zones, each with an end of its own.
    strongIds: [`incident:ECCC,${alertId}`],
    hazard: hazardOf(name),
    ...judged,
    sourceLevel:
      word === undefined
        ? null
        : { scale: colour === undefined ? 'ECCC type of alert' : 'ECCC risk colour', value: plainText(word) },
    titles: {
      ...(english === undefined ? {} : { en: english }),
      ...(french === undefined ? {} : { fr: french }),
    },
    sentAt: publishedAt,
    occurredAt: validAt ?? publishedAt,
    endedAt: ended ? publishedAt : null,
    expiresAt,
    outlines,
    areas:
      zone === ''
        ? []
        : [
            {
              name: zone,
              state: ended ? 'over' : 'live',
              level: judged.level,
              codes: properties.feature_id === undefined ? [] : [`ECCC:${plainText(properties.feature_id)}`],
              startsAt: validAt ?? null,
              endsAt: ended ? publishedAt : expiresAt,
            },
          ],
    countryHints: { codes: ['CA'], names: '' },
    places: placesOf({
      title:
        english === undefined
          ? french && 'properties/alert_name_fr'
          : properties.alert_name_en
            ? 'properties/alert_name_en'
            : 'properties/alert_short_name_en',
      hazard: properties.alert_name_en
        ? 'properties/alert_name_en'
        : properties.alert_short_name_en
          ? 'properties/alert_short_name_en'
          : properties.alert_name_fr && 'properties/alert_name_fr',
      level: word && `properties/${scale}`,
      sentAt: 'properties/publication_datetime',
      occurredAt: validAt ? 'properties/validity_datetime' : 'properties/publication_datetime',
      endedAt: ended ? (properties.status_en ? 'properties/status_en' : 'properties/status_fr') : undefined,
      expiresAt: eventEndAt ? 'properties/event_end_datetime' : staleAt && 'properties/expiration_datetime',
      footprint: outlines.length > 0 ? 'geometry/coordinates' : undefined,
      areas:
        zone === ''
          ? undefined
          : properties.feature_name_en
            ? 'properties/feature_name_en'
            : 'properties/feature_name_fr',
      countries: properties.province && 'properties/province',
    }),
  });
};

const featuresIn = (document: FeedDocument): { place: string; value: unknown }[] => {
  if (document.kind !== 'json') return [];
  const { value } = document;
  const features = fieldOf(value, 'features');
  if (Array.isArray(features))
    return features.map((item, index) => ({ place: `features[${index}]`, value: item }));
  return isAlert(value) ? [{ place: '$', value }] : [];
};

const isAlert = (value: unknown): boolean => {
  const properties = fieldOf(value, 'properties');
  return (
    isObject(properties) &&
    textIn(fieldOf(properties, 'publication_datetime')) !== undefined &&
    (fieldOf(properties, 'alert_code') !== undefined || fieldOf(properties, 'alert_type') !== undefined)
  );
};

/** Weather alerts of Environment and Climate Change Canada (api.weather.gc.ca, collection weather-alerts): one feature a zone. */
export const ecccGeojson: Format = {
  name: 'eccc-geojson',
  recognises: document => featuresIn(document).some(({ value }) => isAlert(value)),
  read: document =>
    featuresIn(document).map(({ place, value }) => {
      const id = textIn(fieldOf(fieldOf(value, 'properties'), 'id')) ?? textIn(fieldOf(value, 'id'));
      return readItem(place, plainText(id), () => readFeature(value));
    }),
  madeAt: document =>
    document.kind === 'json' ? instantOfIso(textIn(fieldOf(document.value, 'timeStamp'))) : undefined,
};
