import * as z from 'zod';
import type { FeedDocument } from '../../documents/document.ts';
import { plainText } from '../../documents/plain-text.ts';
import { type AlertDraft, type Format, ItemIgnored, ItemRejected, readItem } from '../format.ts';
import { fieldOf } from '../json-fields.ts';

const Feature = z.object({
  properties: z.object({
    volcanoID: z.string().min(1).max(64),
    volcanoTitle: z.string().nullish(),
    level: z.coerce.number().int().min(0).max(5),
    activity: z.string().nullish(),
  }),
});

/**
 * New Zealand's volcanic alert level (0 no unrest, 1 and 2 unrest, 3 to 5 eruption) as it stands now. The list says neither
 * since when nor when it was made, so no message can be made of a level: without a time nobody could tell a new eruption from
 * one of last year, nor an old copy from a new one. Quiet volcanoes are passed over, the others are named to the desk.
 */
const readVolcano = (value: unknown): AlertDraft => {
  const parsed = Feature.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ItemRejected(`${issue?.path.join('.') || 'feature'}: ${issue?.message ?? 'not as expected'}`);
  }
  const { volcanoTitle, volcanoID, level, activity } = parsed.data.properties;
  const name = plainText(volcanoTitle ?? volcanoID);
  if (level === 0) throw new ItemIgnored(`${name}: volcanic alert level 0, no unrest`);
  const words = plainText(activity ?? undefined).replace(/\.$/, '');
  throw new ItemRejected(
    `${name}: volcanic alert level ${level} of 5${words ? ` (${words})` : ''}, but the format gives no time`,
  );
};

const isMarked = (value: unknown): boolean => {
  const properties = fieldOf(value, 'properties');
  return typeof fieldOf(properties, 'volcanoID') === 'string' && fieldOf(properties, 'level') !== undefined;
};

const featuresIn = (document: FeedDocument): readonly unknown[] | undefined => {
  if (document.kind !== 'json' || fieldOf(document.value, 'type') !== 'FeatureCollection') return undefined;
  const features = fieldOf(document.value, 'features');
  return Array.isArray(features) && features.some(isMarked) ? features : undefined;
};

/** Volcanic alert levels of GeoNet (New Zealand): api.geonet.org.nz/volcano/val. */
export const geonetVolcano: Format = {
  name: 'geonet-volcano',
  recognises: document => featuresIn(document) !== undefined,
  read: document =>
    (featuresIn(document) ?? []).map((feature, index) => {
      const id = fieldOf(fieldOf(feature, 'properties'), 'volcanoID');
      return readItem(`features[${index}]`, typeof id === 'string' ? plainText(id) : '', () =>
        readVolcano(feature),
      );
    }),
};
