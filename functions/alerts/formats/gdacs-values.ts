import type { Measure } from '../../domain/alert.ts';
import { Hazard, type Level } from '../../domain/primitives.ts';
import { plainText } from '../plain-text.ts';
import { ItemRejected } from './format.ts';

/** GDACS event types are GLIDE codes. Throws ItemRejected on anything else. */
export const gdacsHazard = (eventType: string | undefined): Hazard => {
  const hazard = Hazard.safeParse(eventType?.toUpperCase());
  if (!hazard.success) throw new ItemRejected(`event type "${plainText(eventType)}" is none that GDACS has`);
  return hazard.data;
};

/**
 * The level of the event, not of its latest episode, and by the word: the score beside it changed its scale twice
 * (2019, 2026). Without a word the level is Unknown.
 */
export const gdacsLevel = (word: string | undefined): { level: Level; levelRule: string } => {
  switch (word?.trim().toLowerCase()) {
    case 'green':
      return { level: 'Green', levelRule: 'gdacs-event-level' };
    case 'orange':
      return { level: 'Orange', levelRule: 'gdacs-event-level' };
    case 'red':
      return { level: 'Red', levelRule: 'gdacs-event-level' };
    default:
      return { level: 'Unknown', levelRule: 'gdacs-event-level-missing' };
  }
};

/** Sorts in the order of revision: when GDACS changed the event, then the episode (episodes count up within an event). */
export const gdacsRevision = (changedAt: string, episode: string | undefined): string =>
  `${changedAt}/${(episode ?? '').replace(/\D/g, '').slice(0, 12).padStart(12, '0')}`;

/** The number of `gdacs:severity` by its unit, and the depth, which stands in the words only. */
export const gdacsSeverity = (
  hazard: Hazard,
  value: number | undefined,
  unit: string,
  words: string,
): Measure[] => {
  const measures: Measure[] = [];
  if (value !== undefined && Number.isFinite(value)) {
    if (hazard === 'EQ' && unit === 'M') measures.push({ name: 'magnitude', value, unit: 'M' });
    else if (unit === 'km/h') measures.push({ name: 'windKmh', value: Math.round(value), unit: 'km/h' });
    else if (unit === 'km2' && value > 0) measures.push({ name: 'areaKm2', value, unit: 'km2' });
    else if (unit === 'ha' && value > 0) measures.push({ name: 'areaKm2', value: value / 100, unit: 'km2' });
  }
  const depth = hazard === 'EQ' ? words.match(/Depth\s*:?\s*(-?\d+(?:\.\d+)?)\s*km/i)?.[1] : undefined;
  if (depth !== undefined) measures.push({ name: 'depthKm', value: Number(depth), unit: 'km' });
  return measures;
};

/** A storm's strong id from the name GDACS gives it ("PHANFONE-19"): names are not used twice in a season. */
export const stormId = (eventName: string | undefined): string | undefined => {
  const match = eventName?.trim().match(/^([A-Za-z][A-Za-z' ]+?)-(\d\d)$/);
  return match ? `storm:${match[1]!.toLowerCase().replace(/\s+/g, '-')}-20${match[2]}` : undefined;
};

/** `glide:` id of a well-formed GLIDE number; undefined otherwise. */
export const glideId = (glide: string | undefined): string | undefined => {
  const number = glide?.trim().toUpperCase();
  return number !== undefined && /^[A-Z]{2}-\d{4}-\d{6}-[A-Z]{3}$/.test(number)
    ? `glide:${number}`
    : undefined;
};

/** `usgs:` id when GDACS names the event of the network it took the quake from ("us7000t1tp"), not an agency ("NEIC"). */
export const usgsId = (sourceId: string | undefined): string | undefined => {
  const id = sourceId?.trim();
  return id !== undefined && /^[a-z]{2}[a-z0-9]{6,12}$/.test(id) && /\d/.test(id) ? `usgs:${id}` : undefined;
};
