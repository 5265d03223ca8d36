import * as z from 'zod';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { instantOfUtc } from '../../documents/times.ts';
import {
  type AlertDraft,
  draftOf,
  type Format,
  ItemIgnored,
  ItemRejected,
  type ReadItem,
  readItem,
} from '../format.ts';
import { fieldOf } from '../json-fields.ts';
import {
  decimalOf,
  epicentreOf,
  epicentreOrNone,
  Figure,
  isQuakeType,
  levelWithoutImpact,
  magnitudeOf,
  quakeMeasures,
  quakeTitle,
  withdrawOrIgnore,
} from './quake-values.ts';

const Feature = z.object({
  id: z.string().nullish(),
  properties: z.object({
    unid: z.string().min(1).max(64),
    source_id: z.union([z.string(), z.number()]).nullish(),
    source_catalog: z.string().nullish(),
    time: z.string().nullish(),
    lastupdate: z.string().nullish(),
    flynn_region: z.string().nullish(),
    lat: Figure,
    lon: Figure,
    depth: Figure,
    mag: Figure,
    evtype: z.string().nullish(),
  }),
  geometry: z.object({ coordinates: z.array(z.number().nullable()) }).nullish(),
});

/** What the push service says about an event; a list answers as if all were created. */
type Action = 'create' | 'update' | 'delete';

const numberOf = (figure: z.infer<typeof Figure>): number | undefined =>
  typeof figure === 'number' ? figure : decimalOf(figure ?? undefined);

/** Event types of the ISC: known, suspected, felt and damaging earthquakes, induced ones, and those nobody has typed. */
const quakeCodes = new Set(['ke', 'se', 'fe', 'de', 'ki', 'si', 'uk']);

const otherCodes = tableOf({
  km: 'mine explosion',
  kh: 'chemical explosion',
  kx: 'experimental explosion',
  kn: 'nuclear explosion',
  kr: 'rock burst',
  ls: 'landslide',
  sm: 'suspected mine explosion',
  sh: 'suspected chemical explosion',
  sx: 'suspected experimental explosion',
  sn: 'suspected nuclear explosion',
  sr: 'suspected rock burst',
});

/** What the event is when it is no quake; undefined when it is one. A code that nobody knows is taken for a quake. */
const otherThanQuake = (evtype: string | null | undefined): string | undefined => {
  const code = evtype?.trim().toLowerCase() ?? '';
  return isQuakeType(code) || quakeCodes.has(code) ? undefined : otherCodes.get(code);
};

const readEvent = (value: unknown, action: Action, prefix: string): AlertDraft => {
  const parsed = Feature.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ItemRejected(`${issue?.path.join('.') || 'feature'}: ${issue?.message ?? 'not as expected'}`);
  }
  const { properties, geometry } = parsed.data;
  const magnitude = magnitudeOf(numberOf(properties.mag));
  const other = otherThanQuake(properties.evtype);
  const remarks: string[] = [];
  if (other && action !== 'delete') {
    if (other.startsWith('suspected')) throw new ItemIgnored(`${other}: only earthquakes lead to work`);
    remarks.push(withdrawOrIgnore(other, { magnitude, worked: false, askedFor: action === 'update' }));
  }
  const withdrawn = action === 'delete' || other !== undefined;

  const updatedAt = instantOfUtc(properties.lastupdate ?? undefined);
  const happenedAt = instantOfUtc(properties.time ?? undefined);
  const occurredAt = happenedAt ?? (withdrawn ? updatedAt : undefined);
  if (occurredAt === undefined) throw new ItemRejected('properties.time is no time');
  if (updatedAt === undefined) remarks.push('no lastupdate: taken for made when it happened');
  const sentAt = updatedAt ?? occurredAt;

  const [x, y, z3] = geometry?.coordinates ?? [];
  const position = (withdrawn ? epicentreOrNone : epicentreOf)(
    y ?? numberOf(properties.lat),
    x ?? numberOf(properties.lon),
  );
  // The third coordinate is a height, minus the depth.
  const depthKm = numberOf(properties.depth) ?? (typeof z3 === 'number' ? 0 - z3 : undefined);
  const measures = quakeMeasures(magnitude, depthKm);
  const { unid } = properties;
  // EMSC's pages and its RSS name the event by the number of its real-time system.
  const number = properties.source_catalog === 'EMSC-RTS' ? properties.source_id : undefined;
  const region = plainText(properties.flynn_region ?? undefined);
  const isWithin = typeof y === 'number' && typeof x === 'number';
  const at = (path: string) => `${prefix}${path}`;
  const places: Record<string, string> = {
    hazard: at(properties.evtype == null ? 'properties/unid' : 'properties/evtype'),
    sentAt: at(updatedAt === undefined ? 'properties/time' : 'properties/lastupdate'),
    occurredAt: at(happenedAt === undefined ? 'properties/lastupdate' : 'properties/time'),
  };
  if (position) places.position = at(isWithin ? 'geometry/coordinates' : 'properties/lat');
  if (magnitude !== undefined) {
    places.measures = at('properties/mag');
    places.level = places.measures;
  } else if (depthKm !== undefined)
    places.measures = at(properties.depth == null ? 'geometry/coordinates' : 'properties/depth');
  if (properties.flynn_region != null) places.title = at('properties/flynn_region');
  return draftOf({
    source: 'EMSC',
    sourceId: unid,
    revision: action === 'delete' ? `${updatedAt ?? '0'}/delete` : (updatedAt ?? '0'),
    messageType: withdrawn ? 'Cancel' : 'Alert',
    references: withdrawn ? [`EMSC:${unid}`] : [],
    ownIds: [`emsc:${unid}`, ...(number == null || number === '' ? [] : [`emsc:${number}`])],
    hazard: 'EQ',
    ...levelWithoutImpact(magnitude),
    places,
    titles: { en: quakeTitle(magnitude, region) },
    sentAt,
    occurredAt,
    position,
    measures,
    remarks,
  });
};

/** What no other GeoJSON has: EMSC's "unid" beside the region of Flinn and Engdahl or the time of the last update. */
const isMarked = (value: unknown): boolean => {
  const properties = fieldOf(value, 'properties');
  return (
    typeof fieldOf(properties, 'unid') === 'string' &&
    ['flynn_region', 'lastupdate', 'source_catalog'].some(name => fieldOf(properties, name) !== undefined)
  );
};

const actionOf = (value: unknown): Action | undefined => {
  const action = fieldOf(value, 'action');
  return action === 'create' || action === 'update' || action === 'delete' ? action : undefined;
};

const isFrame = (value: unknown): boolean =>
  actionOf(value) !== undefined && isMarked(fieldOf(value, 'data'));

type Entry = { place: string; prefix: string; feature: unknown; action: Action };

const frameAt = (place: string, value: unknown): Entry => {
  const action = actionOf(value);
  return action === undefined
    ? { place, prefix: '', feature: value, action: 'create' }
    : { place, prefix: 'data/', feature: fieldOf(value, 'data'), action };
};

/** The events of an answer (a list, or one event) and of frames of the push service, one or collected in a list. */
const entriesIn = (document: FeedDocument): Entry[] | undefined => {
  if (document.kind !== 'json') return undefined;
  const { value } = document;
  if (Array.isArray(value))
    return value.some(entry => isFrame(entry) || isMarked(entry))
      ? value.map((entry, index) => frameAt(`$[${index}]`, entry))
      : undefined;
  if (isFrame(value)) return [frameAt('$', value)];
  const type = fieldOf(value, 'type');
  if (type === 'Feature')
    return isMarked(value) ? [{ place: '$', prefix: '', feature: value, action: 'create' }] : undefined;
  const features = type === 'FeatureCollection' ? fieldOf(value, 'features') : undefined;
  return Array.isArray(features) && features.some(isMarked)
    ? features.map((feature, index) => ({
        place: `features[${index}]`,
        prefix: '',
        feature,
        action: 'create',
      }))
    : undefined;
};

const idIn = (feature: unknown): string => {
  const unid = fieldOf(fieldOf(feature, 'properties'), 'unid');
  return typeof unid === 'string' ? plainText(unid) : '';
};

/** Earthquakes of the EMSC in its own JSON: the FDSN event service and the frames of its push service. */
export const emscJson: Format = {
  name: 'emsc-json',
  recognises: document => entriesIn(document) !== undefined,
  read: document =>
    (entriesIn(document) ?? []).map(
      ({ place, prefix, feature, action }): ReadItem =>
        readItem(place, idIn(feature), () => readEvent(feature, action, prefix)),
    ),
};
