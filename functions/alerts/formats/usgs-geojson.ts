import * as z from 'zod';
import type { Measure } from '../../domain/alert.ts';
import type { Level } from '../../domain/primitives.ts';
import type { FeedDocument } from '../document.ts';
import { positionOf } from '../geography.ts';
import { plainText } from '../plain-text.ts';
import { instantOfEpoch } from '../times.ts';
import { type AlertDraft, draftOf, type Format, ItemIgnored, ItemRejected, readItem } from './format.ts';

const Product = z.object({
  status: z.string().nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  contents: z.record(z.string(), z.unknown()).nullish(),
});

const Feature = z.object({
  id: z.string().min(1).max(64),
  properties: z.object({
    mag: z.number().nullish(),
    place: z.string().nullish(),
    time: z.number(),
    updated: z.number().nullish(),
    alert: z.string().nullish(),
    mmi: z.number().nullish(),
    status: z.string().nullish(),
    ids: z.string().nullish(),
    type: z.string().nullish(),
    title: z.string().nullish(),
    products: z.record(z.string(), z.array(Product)).nullish().catch(undefined),
  }),
  geometry: z.object({ coordinates: z.array(z.number().nullable()) }).nullish(),
});
type Feature = z.infer<typeof Feature>;

/** PAGER runs for M 5.5 and more worldwide (3.5 in the USA): below it, silence is no open question. */
const pagerRunsFromMagnitude = 5.5;

/**
 * PAGER's colours by the response that the USGS published for them (Fact Sheet 2010-3036): yellow, 1 to 99 deaths or
 * 1 to 100 million dollars, is a local or regional response, so no call for help from abroad; orange (100 deaths, 100
 * million) a national one, red (1,000 deaths, 1 billion) an international one. Orange and red wait for a person for 20
 * minutes and more, so a large quake without a colour is Unknown, never Green.
 */
const levelOf = (colour: string | undefined, magnitude: number | undefined): [Level, string] => {
  switch (colour?.toLowerCase()) {
    case 'green':
      return ['Green', 'pager-green'];
    case 'yellow':
      return ['Green', 'pager-yellow-is-regional'];
    case 'orange':
      return ['Orange', 'pager-orange'];
    case 'red':
      return ['Red', 'pager-red'];
    default:
      return magnitude !== undefined && magnitude < pagerRunsFromMagnitude
        ? ['Green', 'no-pager-below-m5.5']
        : ['Unknown', 'no-pager-yet'];
  }
};

const Exposures = z.object({
  population_exposure: z.object({
    mmi: z.array(z.number()),
    aggregated_exposure: z.array(z.number().nonnegative()),
  }),
});

const Inline = z.object({ bytes: z.string().max(200_000) });

/** People by intensity, when the PAGER product carries its `exposures.json` inline; links are not followed here. */
const exposureOf = (feature: Feature): Measure[] => {
  const content = feature.properties.products?.losspager?.[0]?.contents?.['json/exposures.json'];
  const inline = Inline.safeParse(content);
  if (!inline.success) return [];
  let json: unknown;
  try {
    json = JSON.parse(inline.data.bytes);
  } catch {
    return [];
  }
  const exposures = Exposures.safeParse(json);
  if (!exposures.success) return [];
  const { mmi, aggregated_exposure: people } = exposures.data.population_exposure;
  const atLeast = (intensity: number) =>
    mmi.reduce((sum, step, index) => (step >= intensity ? sum + (people[index] ?? 0) : sum), 0);
  return [6, 7, 8, 9].map(intensity => ({
    name: `populationMmi${intensity}`,
    value: atLeast(intensity),
    unit: 'people',
  }));
};

const measuresOf = (feature: Feature): Measure[] => {
  const { mag, mmi } = feature.properties;
  const depth = feature.geometry?.coordinates[2];
  const measures: Measure[] = [];
  if (mag !== null && mag !== undefined) measures.push({ name: 'magnitude', value: mag, unit: 'M' });
  if (depth !== null && depth !== undefined) measures.push({ name: 'depthKm', value: depth, unit: 'km' });
  if (mmi !== null && mmi !== undefined) measures.push({ name: 'maximumMmi', value: mmi, unit: 'MMI' });
  return [...measures, ...exposureOf(feature)];
};

/** ShakeMap marks a scenario (an exercise worked out as if it were real) on the product, not on the event. */
const isScenario = (feature: Feature): boolean =>
  feature.properties.products?.shakemap?.some(
    product => String(product.properties?.['event-type']).toUpperCase() === 'SCENARIO',
  ) ?? false;

const readEvent = (value: unknown): AlertDraft => {
  const parsed = Feature.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ItemRejected(`${issue?.path.join('.') || 'feature'}: ${issue?.message ?? 'not as expected'}`);
  }
  const feature = parsed.data;
  const { properties } = feature;
  const deleted = properties.status?.toLowerCase() === 'deleted';
  if (properties.type && properties.type !== 'earthquake')
    throw new ItemIgnored(`${plainText(properties.type)}: only earthquakes lead to work`);

  const occurredAt = instantOfEpoch(properties.time);
  if (occurredAt === undefined) throw new ItemRejected(`time: ${properties.time} is no time`);
  const sentAt = instantOfEpoch(properties.updated ?? properties.time);
  if (sentAt === undefined) throw new ItemRejected(`updated: ${properties.updated} is no time`);

  const [longitude, latitude] = feature.geometry?.coordinates ?? [];
  const position = positionOf(latitude ?? undefined, longitude ?? undefined);
  if (position === undefined && !deleted) throw new ItemRejected('geometry: no longitude and latitude');
  const magnitude = properties.mag ?? undefined;
  const colour = properties.alert ?? properties.products?.losspager?.[0]?.properties?.alertlevel;
  const [level, levelRule] = levelOf(typeof colour === 'string' ? colour : undefined, magnitude);
  const ids = [feature.id, ...(properties.ids ?? '').split(',')].map(id => id.trim()).filter(Boolean);
  const place = plainText(properties.place ?? undefined);
  const title = plainText(properties.title ?? undefined);
  return draftOf({
    source: 'USGS',
    sourceId: feature.id,
    revision: sentAt,
    status: isScenario(feature) ? 'Exercise' : 'Actual',
    messageType: deleted ? 'Cancel' : 'Alert',
    references: deleted ? [`USGS:${feature.id}`] : [],
    ownIds: [...new Set(ids)].map(id => `usgs:${id}`),
    hazard: 'EQ',
    level,
    levelRule,
    sourceLevel: typeof colour === 'string' ? { scale: 'PAGER', value: colour } : null,
    places: {},
    titles: {
      en: title || [magnitude === undefined ? '' : `M ${magnitude}`, place].filter(Boolean).join(' - '),
    },
    sentAt,
    occurredAt,
    endedAt: null,
    expiresAt: null,
    observedUntilAt: null,
    countryHints: { codes: [], names: '' },
    position: position ?? null,
    measures: measuresOf(feature),
  });
};

const Collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.unknown()),
  metadata: z.object({ generated: z.number().nullish(), url: z.string().nullish() }).nullish(),
});

const collectionIn = (document: FeedDocument) =>
  document.kind === 'json' ? Collection.safeParse(document.value).data : undefined;

const Identified = z.object({ id: z.string() });

/** What no other GeoJSON feed has: the network's code of the event beside its aliases. */
const Mark = z.object({
  type: z.literal('Feature'),
  properties: z.object({ net: z.string(), code: z.string(), ids: z.unknown() }),
});
const isMarked = (value: unknown): boolean => Mark.safeParse(value).success;

/** USGS earthquakes: the summary feeds and FDSN answers (FeatureCollection) and the detail of one event (Feature). */
export const usgsGeojson: Format = {
  name: 'usgs-geojson',
  recognises: document => {
    const collection = collectionIn(document);
    if (!collection) return document.kind === 'json' && isMarked(document.value);
    const url = collection.metadata?.url ?? '';
    if (url !== '') return /^https?:\/\/earthquake\.usgs\.gov\//.test(url);
    // An hour without a quake is an empty list, and a valid answer.
    return collection.features.length === 0 || collection.features.some(isMarked);
  },
  read: document => {
    if (document.kind !== 'json') return [];
    const features = collectionIn(document)?.features ?? [document.value];
    return features.map((feature, index) => {
      const id = Identified.safeParse(feature).data?.id;
      return readItem(`feature[${index}]`, plainText(id), () => readEvent(feature));
    });
  },
  madeAt: document => {
    const generated = collectionIn(document)?.metadata?.generated;
    return generated === null || generated === undefined ? undefined : instantOfEpoch(generated);
  },
};
