import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso } from '../../documents/times.ts';
import { geometryOf } from '../../geography/geojson.ts';
import { type Format, ItemRejected, readItem } from '../format.ts';
import { fieldOf, isObject, textIn } from '../json-fields.ts';
import { alertDraftOf } from './cap-draft.ts';
import {
  type CapMessage,
  type CapPair,
  type CapReference,
  emptyArea,
  emptyInfo,
  emptyMessage,
} from './cap-message.ts';

type Item = {
  place: string;
  /** Where the fields stand inside the item. */
  base: '' | 'properties/';
  value: unknown;
  fields: unknown;
};

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

const isAlert = (fields: unknown): boolean =>
  isObject(fields) &&
  (fieldOf(fields, '@type') === 'wx:Alert' ||
    (fieldOf(fields, 'messageType') !== undefined &&
      /^urn:oid:2\.49\.|^NWS-/.test(textIn(fieldOf(fields, 'id')) ?? '')));

const itemOf = (value: unknown, place: string): Item => {
  const properties = fieldOf(value, 'properties');
  return isObject(properties)
    ? { place, base: 'properties/', value, fields: properties }
    : { place, base: '', value, fields: value };
};

/** Features of a collection, a single feature, or the same as plain JSON-LD (`@graph`). */
const itemsOf = (document: FeedDocument): Item[] | undefined => {
  if (document.kind !== 'json') return undefined;
  for (const list of ['features', '@graph']) {
    const members = fieldOf(document.value, list);
    if (Array.isArray(members)) return members.map((member, index) => itemOf(member, `${list}[${index}]`));
  }
  return isObject(document.value) ? [itemOf(document.value, '$')] : undefined;
};

/** An empty collection is known by its context or its title ("Current watches, warnings, and advisories for …"). */
const isWeatherService = (value: unknown): boolean =>
  JSON.stringify(fieldOf(value, '@context') ?? '').includes('api.weather.gov/ontology') ||
  /^current watches, warnings,? and advisories/i.test(textIn(fieldOf(value, 'title')) ?? '');

/** {SAME: ["053033"], UGC: ["WAC033"]}, where other JSON has lists of pairs. */
const pairsOf = (fields: unknown, key: string, base: string): CapPair[] => {
  const lists = fieldOf(fields, key);
  if (!isObject(lists)) return [];
  return Object.keys(lists).flatMap(name => {
    const values = lists[name];
    const place = `${base}${key}/${escaped(name)}`;
    return (Array.isArray(values) ? values : [values]).flatMap((value, index) => {
      const text = textIn(value);
      return text === undefined
        ? []
        : [{ name, value: text, place: Array.isArray(values) ? `${place}[${index}]` : place }];
    });
  });
};

const listedReferences = (fields: unknown): CapReference[] => {
  const list = fieldOf(fields, 'references');
  if (!Array.isArray(list)) return [];
  return list.flatMap(reference => {
    const identifier = textIn(fieldOf(reference, 'identifier'));
    const sender = textIn(fieldOf(reference, 'sender'));
    if (identifier === undefined || sender === undefined) return [];
    return [{ sender, identifier, sent: textIn(fieldOf(reference, 'sent')) ?? '' }];
  });
};

const messageOf = ({ base, value, fields }: Item): CapMessage => {
  const text = (key: string) => textIn(fieldOf(fields, key)) ?? '';
  const message = emptyMessage(base);
  message.msgTypePlace = `${base}messageType`;
  message.identifier = text('id').replace(/^https:\/\/api\.weather\.gov\/alerts\//, '');
  message.sender = text('sender');
  message.sent = text('sent');
  message.status = text('status');
  message.msgType = text('messageType');
  // The API gives scope and language since 2025; what it serves is public and English by its documentation.
  message.scope = text('scope') || 'Public';
  const info = emptyInfo(base);
  info.language = text('language') || 'en-US';
  for (const name of [
    'event',
    'urgency',
    'severity',
    'certainty',
    'effective',
    'onset',
    'expires',
    'ends',
    'headline',
    'description',
  ] as const)
    info[name] = text(name);
  info.categories = [text('category')].filter(Boolean);
  if (text('response') !== '') info.responseTypes = [{ value: text('response'), place: `${base}response` }];
  info.eventCodes = pairsOf(fields, 'eventCode', base);
  info.parameters = pairsOf(fields, 'parameters', base);
  message.references = listedReferences(fields);

  const area = emptyArea(base);
  area.name = text('areaDesc');
  area.geocodes = pairsOf(fields, 'geocode', base);
  const { position, outlines } = geometryOf(fieldOf(value, 'geometry'));
  area.outlines = outlines;
  area.points = position ? [position] : [];
  if (position || outlines.length > 0) area.drawnAt = 'geometry';
  info.areas = [area];
  message.infos = [info];
  return message;
};

/** Alerts of the US weather service (api.weather.gov/alerts): GeoJSON-LD, a collection or one feature. */
export const nwsGeojson: Format = {
  name: 'nws-geojson',
  recognises: document => {
    const items = itemsOf(document);
    if (items === undefined || document.kind !== 'json') return false;
    return items.length === 0 ? isWeatherService(document.value) : items.some(item => isAlert(item.fields));
  },
  read: document =>
    (itemsOf(document) ?? []).map(item => {
      const id = textIn(fieldOf(item.fields, 'id')) ?? textIn(fieldOf(item.value, 'id'));
      return readItem(item.place, plainText(id), () => {
        if (!isObject(item.fields) || fieldOf(item.fields, 'event') === undefined)
          throw new ItemRejected('no alert of the weather service');
        return alertDraftOf(messageOf(item));
      });
    }),
  madeAt: document => {
    if (document.kind !== 'json') return undefined;
    return instantOfIso(textIn(fieldOf(document.value, 'updated')));
  },
};
