import * as z from 'zod';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfUtc, latestOf } from '../../documents/times.ts';
import { geometryOf } from '../../geography/geojson.ts';
import type { Outline } from '../../geography/geometry.ts';
import {
  type AlertDraft,
  draftOf,
  type Format,
  ItemIgnored,
  ItemRejected,
  type ReadItem,
  readItem,
} from '../format.ts';
import { fieldOf, isObject, List, numberIn, placesOf, Text, textIn } from '../json-fields.ts';
import { eonetHazard, eonetMeasures, eonetStrongIds } from './eonet-values.ts';

/** Where and how large an event was at a time, and where that is written in its item. */
type Sighting = {
  at: string;
  atPlace: string;
  geometry: unknown;
  geometryPlace: string;
  /** What holds `magnitudeValue` and `magnitudeUnit`. */
  sized: unknown;
  sizePlace: string;
};

const Event = z.object({
  id: Text,
  title: Text,
  closed: Text,
  categories: List,
  sources: List,
  geometry: z.unknown().optional(),
  geometries: z.unknown().optional(),
});

/** An event as one item, however the endpoint writes it. */
type EonetEvent = {
  fields: z.infer<typeof Event>;
  /** The path to the fields within the item: "properties/" in GeoJSON. */
  within: string;
  /** Read late: most long tracks are of icebergs, which are passed over. */
  sightings: () => Sighting[];
};

/** v3 calls the track `geometry`, v2.1 `geometries`; both are lists of positions in time. */
const eventOf = (value: unknown): EonetEvent => {
  const fields = Event.parse(isObject(value) ? value : {});
  const key = Array.isArray(fields.geometry) ? 'geometry' : 'geometries';
  const track = fields[key];
  const sightings = () =>
    (Array.isArray(track) ? (track as unknown[]) : []).flatMap((entry, index): Sighting[] => {
      const at = instantOfUtc(textIn(fieldOf(entry, 'date')));
      if (at === undefined) return [];
      const place = `${key}[${index}]`;
      return [
        {
          at,
          atPlace: `${place}/date`,
          geometry: entry,
          geometryPlace: `${place}/coordinates`,
          sized: entry,
          sizePlace: `${place}/magnitudeValue`,
        },
      ];
    });
  return { fields, within: '', sightings };
};

/** A feature has one geometry: a point or polygon with `date`, or a line with as many `geometryDates` as points. */
const sightingsOfFeature = (properties: unknown, geometry: unknown): Sighting[] => {
  const size = { sized: properties, sizePlace: 'properties/magnitudeValue' };
  const dates = fieldOf(properties, 'geometryDates');
  const points = fieldOf(geometry, 'coordinates');
  const isLine = ['LineString', 'MultiPoint'].includes(textIn(fieldOf(geometry, 'type')) ?? '');
  if (isLine && Array.isArray(dates) && Array.isArray(points))
    return points.flatMap((coordinates, index): Sighting[] => {
      const at = instantOfUtc(textIn(dates[index]));
      if (at === undefined) return [];
      return [
        {
          at,
          atPlace: `properties/geometryDates[${index}]`,
          geometry: { type: 'Point', coordinates },
          geometryPlace: `geometry/coordinates[${index}]`,
          ...size,
        },
      ];
    });
  const own = instantOfUtc(textIn(fieldOf(properties, 'date')));
  const listed = Array.isArray(dates) ? instantOfUtc(textIn(dates[0])) : undefined;
  const at = own ?? listed;
  if (at === undefined) return [];
  const atPlace = own === undefined ? 'properties/geometryDates[0]' : 'properties/date';
  return [{ at, atPlace, geometry, geometryPlace: 'geometry/coordinates', ...size }];
};

const eventOfFeature = (value: unknown): EonetEvent => {
  const properties = fieldOf(value, 'properties');
  const fields = Event.parse(isObject(properties) ? properties : {});
  const sightings = () => sightingsOfFeature(properties, fieldOf(value, 'geometry'));
  return { fields, within: 'properties/', sightings };
};

const categoriesIn = (list: readonly unknown[]) =>
  list.map(
    category => textIn(fieldOf(category, 'id')) ?? textIn(fieldOf(category, 'title')) ?? textIn(category),
  );

const sourceUrlsIn = (list: readonly unknown[]) =>
  list.flatMap(source => {
    const url = textIn(fieldOf(source, 'url'));
    return url !== undefined && url.length < 2000 ? [url] : [];
  });

/**
 * EONET has written polygons that it took from GDACS as [latitude, longitude], which puts a flood of Cameroon into Nigeria.
 * Turning them round would be as wrong on the day when that is mended, so they are left out.
 */
const isOfDoubtfulOrder = (geometry: unknown, sourceUrls: readonly string[]) =>
  /polygon/i.test(textIn(fieldOf(geometry, 'type')) ?? '') &&
  sourceUrls.some(url => /^https?:\/\/(www\.)?gdacs\.org\//i.test(url));

const areaIn = (geometry: unknown, sourceUrls: readonly string[], remarks: string[]) => {
  const { position, outlines } = geometryOf(geometry);
  if (outlines.length === 0 || !isOfDoubtfulOrder(geometry, sourceUrls)) return { position, outlines };
  remarks.push('a polygon taken from GDACS: in which order it has latitude and longitude is not certain');
  return { position: null, outlines: [] as Outline[] };
};

const readEvent = ({ fields, within, sightings: track }: EonetEvent): AlertDraft => {
  const id = fields.id;
  if (id === undefined || !/^EONET_\d+$/i.test(id)) throw new ItemRejected('no id of the form EONET_1234');
  const title = fields.title ?? '';
  const categories = categoriesIn(fields.categories).flatMap(category => category ?? []);
  const sourceUrls = sourceUrlsIn(fields.sources);
  const said = { title, categories, sourceUrls };
  const hazard = eonetHazard(said);
  const sightings = track();
  let first = sightings[0];
  let last = sightings[0];
  for (const sighting of sightings) {
    if (sighting.at < first!.at) first = sighting;
    if (sighting.at >= last!.at) last = sighting;
  }
  if (!first || !last) throw new ItemRejected('no geometry with a date: neither time nor place');
  const closedAt = instantOfUtc(fields.closed);
  const sentAt = latestOf([last.at, closedAt])!;
  const remarks: string[] = [];
  if (fields.closed !== undefined && closedAt === undefined)
    remarks.push(`closed "${plainText(fields.closed)}" is no time; it counts as open`);
  const { position, outlines } = areaIn(last.geometry, sourceUrls, remarks);
  const measures = eonetMeasures(
    hazard,
    numberIn(fieldOf(last.sized, 'magnitudeValue')),
    textIn(fieldOf(last.sized, 'magnitudeUnit')) ?? '',
  );
  return draftOf({
    source: 'EONET',
    sourceId: id.toUpperCase(),
    // Positions are added, sometimes between others; the end comes last and can be moved.
    revision: `${last.at}/${String(sightings.length).padStart(5, '0')}/${closedAt ?? '0'}`,
    ownIds: [`eonet:${id.toUpperCase()}`],
    strongIds: eonetStrongIds(said, hazard, first.at.slice(0, 4)),
    hazard,
    level: 'Unknown',
    levelRule: 'eonet-no-scale',
    sourceLevel: null,
    titles: { en: title },
    sentAt,
    occurredAt: first.at,
    endedAt: closedAt ?? null,
    observedUntilAt: last.at,
    position,
    outlines,
    measures,
    remarks,
    places: placesOf({
      title: title === '' ? undefined : `${within}title`,
      hazard: `${within}categories`,
      sentAt: sentAt === last.at ? last.atPlace : `${within}closed`,
      occurredAt: first.atPlace,
      endedAt: closedAt === undefined ? undefined : `${within}closed`,
      position: position === null ? undefined : last.geometryPlace,
      footprint: outlines.length === 0 ? undefined : last.geometryPlace,
      measures: measures.length === 0 ? undefined : last.sizePlace,
    }),
  });
};

const isEvent = (value: unknown): boolean => {
  const id = fieldOf(value, 'id');
  return typeof id === 'string' && /^EONET_\d+$/i.test(id) && Array.isArray(fieldOf(value, 'categories'));
};

const isFeature = (value: unknown): boolean => isEvent(fieldOf(value, 'properties'));

/** An empty list still says whose it is. */
const isOfEonet = (value: unknown): boolean =>
  [fieldOf(value, 'link'), fieldOf(value, 'title')].some(
    text => typeof text === 'string' && /^https?:\/\/eonet\.(sci\.)?gsfc\.nasa\.gov\/|^EONET /i.test(text),
  );

type Shape = { values: readonly unknown[]; placeOf: (index: number) => string; isGeojson: boolean };

const shapeOf = (value: unknown): Shape | undefined => {
  const events = fieldOf(value, 'events');
  if (Array.isArray(events)) return { values: events, placeOf: n => `events[${n}]`, isGeojson: false };
  const features = fieldOf(value, 'features');
  if (Array.isArray(features)) return { values: features, placeOf: n => `features[${n}]`, isGeojson: true };
  if (Array.isArray(value))
    return { values: value, placeOf: n => `$[${n}]`, isGeojson: value.some(isFeature) };
  if (isFeature(value)) return { values: [value], placeOf: () => '$', isGeojson: true };
  return isEvent(value) ? { values: [value], placeOf: () => '$', isGeojson: false } : undefined;
};

/** Some answers have a feature for every position: the newest one speaks for the event, with the times of all. */
const gathered = (events: readonly EonetEvent[]) => {
  const byId = new Map<string, { lead: number; latest: string; count: number; sightings: Sighting[] }>();
  for (const [index, { fields, sightings }] of events.entries()) {
    if (fields.id === undefined) continue;
    const seen = sightings();
    const latest = latestOf(seen.map(sighting => sighting.at)) ?? '';
    const known = byId.get(fields.id);
    if (!known) byId.set(fields.id, { lead: index, latest, count: 1, sightings: seen });
    else {
      known.count += 1;
      known.sightings.push(...seen);
      if (latest > known.latest) Object.assign(known, { lead: index, latest });
    }
  }
  return byId;
};

const readFeatures = ({ values, placeOf }: Shape): ReadItem[] => {
  const events = values.map(eventOfFeature);
  const byId = gathered(events);
  return events.map((event, index) => {
    const id = event.fields.id ?? '';
    const all = byId.get(id);
    return readItem(placeOf(index), plainText(id), () => {
      if (!all || all.count === 1) return readEvent(event);
      if (all.lead !== index)
        throw new ItemIgnored(`an earlier position of ${plainText(id)} (${placeOf(all.lead)})`);
      const draft = readEvent({ ...event, sightings: () => all.sightings });
      // The first sighting may stand in another feature, which this one cannot show.
      const { occurredAt: _elsewhere, ...places } = draft.places;
      return { ...draft, places };
    });
  });
};

/** NASA's Earth Observatory Natural Event Tracker: v2.1 and v3, lists, single events and GeoJSON. */
export const eonet: Format = {
  name: 'eonet',
  recognises: document => {
    if (document.kind !== 'json') return false;
    const shape = shapeOf(document.value);
    if (!shape) return false;
    const first = shape.values.slice(0, 20);
    if (first.some(shape.isGeojson ? isFeature : isEvent)) return true;
    return shape.values.length === 0 && isOfEonet(document.value);
  },
  read: (document: FeedDocument) => {
    const shape = document.kind === 'json' ? shapeOf(document.value) : undefined;
    if (!shape) return [];
    if (shape.isGeojson) return readFeatures(shape);
    return shape.values.map((value, index) =>
      readItem(shape.placeOf(index), plainText(textIn(fieldOf(value, 'id'))), () => {
        if (!isObject(value)) throw new ItemRejected('no event');
        return readEvent(eventOf(value));
      }),
    );
  },
};
