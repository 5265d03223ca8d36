import * as z from 'zod';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { instantOfEpoch } from '../../documents/times.ts';
import {
  type AlertDraft,
  draftOf,
  type Format,
  ItemIgnored,
  ItemRejected,
  type ReadItem,
  readItem,
} from '../format.ts';
import { fieldOf, textIn } from '../json-fields.ts';
import {
  epicentreOf,
  epicentreOrNone,
  isQuakeType,
  magnitudeOf,
  pagerLevel,
  quakeMeasures,
  quakeTitle,
  withdrawOrIgnore,
} from './quake-values.ts';
import { productsOf } from './usgs-products.ts';

/** Products are read apart: only the detail of one event has them, and a feed of thousands must not pay for them. */
const Feature = z.object({
  id: z.string().min(1).max(64),
  properties: z.object({
    mag: z.number().nullish(),
    place: z.string().nullish(),
    time: z.number().nullish(),
    updated: z.number().nullish(),
    url: z.string().nullish(),
    alert: z.string().nullish(),
    mmi: z.number().nullish(),
    status: z.string().nullish(),
    tsunami: z.number().nullish(),
    ids: z.string().nullish(),
    types: z.string().nullish(),
    type: z.string().nullish(),
    title: z.string().nullish(),
    products: z.unknown().optional(),
  }),
  geometry: z.object({ coordinates: z.array(z.number().nullable()) }).nullish(),
});
type Feature = z.infer<typeof Feature>;

/** What the document says about all its items. */
type Setting = { askedFor: boolean; scenarios: boolean };

/** The event's preferred id and all that it had in other networks (",us6000x,ak0x,"). */
const idsOf = ({ id, properties: { ids } }: Feature): string[] => {
  if (!ids || ids === `,${id},`) return [id];
  const others = ids.split(',').map(other => other.trim());
  return [...new Set([id, ...others.filter(other => other !== '')])];
};

/** ShakeMap scenarios are worked out as if they were real; their products, pages and service carry it in the name. */
const isScenario = ({ properties: { types, url } }: Feature): boolean =>
  (types?.includes('-scenario') ?? false) || (url?.includes('/scenarios/') ?? false);

/** Where each number stands that the event has a place of its own for; the exposures of PAGER have none. */
const placeOfMeasure = tableOf({
  magnitude: 'properties/mag',
  maximumMmi: 'properties/mmi',
  depthKm: 'geometry/coordinates[2]',
  tsunamiFlag: 'properties/tsunami',
});

/** The USGS writes automatic, reviewed or deleted here; whoever writes a word of CAP for what is not real means that. */
const isExercise = (status: string | null | undefined): boolean => {
  const word = status?.trim().toLowerCase();
  if (word === 'test' || word === 'system' || word === 'draft')
    throw new ItemIgnored(`status ${word}: not for any recipient to act on`);
  return word === 'exercise';
};

const readEvent = (value: unknown, setting: Setting): AlertDraft => {
  const parsed = Feature.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ItemRejected(`${issue?.path.join('.') || 'feature'}: ${issue?.message ?? 'not as expected'}`);
  }
  const feature = parsed.data;
  const { properties } = feature;
  const exercise = isExercise(properties.status);
  const products = productsOf(properties.products);
  const magnitude = magnitudeOf(properties.mag);
  const remarks: string[] = [];
  if (magnitude === undefined && typeof properties.mag === 'number')
    remarks.push(`magnitude ${properties.mag} stands for none`);

  const colour = properties.alert ?? products.alertLevel;
  const maximumMmi = properties.mmi ?? products.maximumMmi;
  const deleted = properties.status?.trim().toLowerCase() === 'deleted';
  const isQuake = isQuakeType(properties.type);
  if (!isQuake && !deleted) {
    const worked =
      Boolean(colour) || Boolean(maximumMmi) || /losspager|shakemap/.test(properties.types ?? '');
    remarks.push(withdrawOrIgnore(properties.type, { magnitude, worked, askedFor: setting.askedFor }));
  }
  const withdrawn = deleted || !isQuake;

  // What is withdrawn may come without its origin.
  const time = properties.time ?? (withdrawn ? properties.updated : undefined);
  const occurredAt = time == null ? undefined : instantOfEpoch(time);
  if (time == null || occurredAt === undefined) throw new ItemRejected(`time: ${time} is no time`);
  const sentAt = instantOfEpoch(properties.updated ?? time);
  if (sentAt === undefined) throw new ItemRejected(`updated: ${properties.updated} is no time`);

  const [longitude, latitude, depth] = feature.geometry?.coordinates ?? [];
  const position = (withdrawn ? epicentreOrNone : epicentreOf)(latitude, longitude);
  const measures = quakeMeasures(magnitude, depth, maximumMmi);
  // "1" means that a tsunami centre may have a word on it, not that there is a wave.
  if (properties.tsunami === 1) measures.push({ name: 'tsunamiFlag', value: 1, unit: 'flag' });
  const ids = idsOf(feature);
  const title = properties.title?.trim() ?? '';
  const place = properties.place?.trim() ?? '';

  const places: Record<string, string> = {
    hazard: properties.type == null ? 'id' : 'properties/type',
    sentAt: properties.updated == null ? 'properties/time' : 'properties/updated',
    occurredAt: properties.time == null ? 'properties/updated' : 'properties/time',
  };
  if (colour) places.level = properties.alert == null ? products.alertPlace : 'properties/alert';
  else if (properties.mag !== undefined) places.level = 'properties/mag';
  if (title !== '') places.title = 'properties/title';
  else if (place !== '') places.title = 'properties/place';
  if (position) places.position = 'geometry/coordinates';
  for (const { name } of measures) {
    const at =
      name === 'maximumMmi' && properties.mmi == null ? products.maximumMmiPlace : placeOfMeasure.get(name);
    if (at === undefined) continue;
    places.measures ??= at;
    places[`measures.${name}`] = at;
  }
  if (properties.status != null) places.status = 'properties/status';
  return draftOf({
    source: 'USGS',
    sourceId: feature.id,
    revision: sentAt,
    status:
      exercise || setting.scenarios || products.isScenario || isScenario(feature) ? 'Exercise' : 'Actual',
    messageType: withdrawn ? 'Cancel' : 'Alert',
    references: withdrawn ? ids.map(id => `USGS:${id}`) : [],
    ownIds: ids.map(id => `usgs:${id}`),
    hazard: 'EQ',
    ...pagerLevel(colour ?? undefined, magnitude),
    places,
    titles: {
      en: title || quakeTitle(magnitude, place),
    },
    sentAt,
    occurredAt,
    position,
    measures: products.exposures.length === 0 ? measures : [...measures, ...products.exposures],
    remarks,
  });
};

type Collection = { features: readonly unknown[]; metadata: unknown };

/** A list of features as it stands, nothing copied: a month has 10 MB of them. */
const collectionIn = (document: FeedDocument): Collection | undefined => {
  if (document.kind !== 'json' || fieldOf(document.value, 'type') !== 'FeatureCollection') return undefined;
  const metadata = fieldOf(document.value, 'metadata');
  const features = fieldOf(document.value, 'features');
  if (Array.isArray(features)) return { features, metadata };
  // An answer of the service without a list is an error with its status.
  return typeof fieldOf(metadata, 'status') === 'number' ? { features: [], metadata } : undefined;
};

/** What no other GeoJSON feed has: the network's code of the event beside its aliases. */
const isMarked = (value: unknown): boolean => {
  const properties = fieldOf(value, 'properties');
  return (
    fieldOf(value, 'type') === 'Feature' &&
    typeof fieldOf(properties, 'net') === 'string' &&
    typeof fieldOf(properties, 'code') === 'string' &&
    fieldOf(properties, 'ids') !== undefined
  );
};

const urlIn = ({ metadata }: Collection): string => textIn(fieldOf(metadata, 'url')) ?? '';

/** The service says in `status` that it failed; 204 and 404 mean that nothing was found, an empty list. */
const failureIn = ({ metadata }: Collection): ReadItem[] => {
  const status = fieldOf(metadata, 'status');
  if (typeof status !== 'number' || status < 400 || status === 404) return [];
  const error = textIn(fieldOf(metadata, 'error'));
  const words = error === undefined ? '' : `: ${plainText(error)}`;
  return [{ place: 'metadata', id: '', outcome: 'rejected', reason: `the USGS answered ${status}${words}` }];
};

const idIn = (value: unknown): string => {
  const id = fieldOf(value, 'id');
  if (typeof id !== 'string') return '';
  return /^\w{1,64}$/.test(id) ? id : plainText(id);
};

/** USGS earthquakes: the summary feeds and FDSN answers (FeatureCollection) and the detail of one event (Feature). */
export const usgsGeojson: Format = {
  name: 'usgs-geojson',
  recognises: document => {
    const collection = collectionIn(document);
    if (!collection) return document.kind === 'json' && isMarked(document.value);
    const url = urlIn(collection);
    if (url !== '') return /^https?:\/\/earthquake\.usgs\.gov\//.test(url);
    // An hour without a quake is an empty list, and a valid answer.
    return collection.features.length === 0 || collection.features.some(isMarked);
  },
  read: document => {
    if (document.kind !== 'json') return [];
    const collection = collectionIn(document);
    if (!collection) {
      const setting = { askedFor: true, scenarios: false };
      return [readItem('$', idIn(document.value), () => readEvent(document.value, setting))];
    }
    const setting = { askedFor: false, scenarios: urlIn(collection).includes('/scenario') };
    const items = collection.features.map((feature, index) =>
      readItem(`features[${index}]`, idIn(feature), () => readEvent(feature, setting)),
    );
    return [...failureIn(collection), ...items];
  },
  madeAt: document => {
    const generated = fieldOf(collectionIn(document)?.metadata, 'generated');
    return typeof generated === 'number' ? instantOfEpoch(generated) : undefined;
  },
};
