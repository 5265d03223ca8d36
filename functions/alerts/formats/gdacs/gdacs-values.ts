import type { AlertStatus, Measure } from '../../../domain/alert.ts';
import { Hazard, type Level } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { shifted } from '../../documents/times.ts';
import { ItemRejected } from '../format.ts';

/** GDACS event types are GLIDE codes. Throws ItemRejected on anything else. */
export const gdacsHazard = (eventType: string | undefined): Hazard => {
  const hazard = Hazard.safeParse(eventType?.trim().toUpperCase());
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

/** The word of GDACS itself; null when it gives none. */
export const gdacsSourceLevel = (word: string | undefined): { scale: string; value: string } | null =>
  word === undefined || word.trim() === '' ? null : { scale: 'GDACS alert level', value: plainText(word) };

/**
 * Sorts in the order of revision: when GDACS changed the event, then the episode (episodes count up within an event), then
 * how much the format tells. The last keeps two feeds of the same episode in one order for good: without it each poll of
 * the one would correct what the other said. Nothing for CAP, 1 RSS, 2 the map, 3 and more the API.
 */
export const gdacsRevision = (changedAt: string, episode: string | undefined, fullness = 0): string => {
  const counted = (episode ?? '').replace(/\D/g, '').slice(0, 12).padStart(12, '0');
  return fullness === 0 ? `${changedAt}/${counted}` : `${changedAt}/${counted}/${fullness}`;
};

/** A month without a new observation: droughts, the slowest, are analysed every ten days. */
const silenceSeconds = 30 * 24 * 3600;

/**
 * When an event ended. GDACS has no cancel, an event just leaves the feed. `iscurrent` false stood beside droughts observed
 * on the same day, so it ends one only when the last observation is also a month older than the statement.
 */
export const gdacsEnd = (
  isCurrent: boolean | undefined,
  observedUntilAt: string | undefined,
  statedAt: string | undefined,
): string | null => {
  if (isCurrent !== false || observedUntilAt === undefined || statedAt === undefined) return null;
  return observedUntilAt < shifted(statedAt, -silenceSeconds) ? observedUntilAt : null;
};

/** GDACS has no field for drills; the ones it ran said so at the start of the title or in brackets. */
export const gdacsStatus = (title: string): AlertStatus =>
  /^\W*(test|exercise|drill|simulation)\b|[[(](test|exercise|drill|simulation)( only)?[\])]|\bthis is (only )?an? (test|exercise|drill)\b/i.test(
    title,
  )
    ? 'Exercise'
    : 'Actual';

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

/** Depressions are counted, in every basin anew, until they get a name: TWO of the Atlantic is not TWO of the Pacific. */
const countedStorm =
  /^(invest|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty.*|thirty.*|forty.*)$/;

/** `storm:` id of a named storm and its year; undefined for one that is only counted or named by a letter. */
export const stormIdOf = (name: string | undefined, year: string): string | undefined => {
  const words = name
    ?.normalize('NFD')
    .replace(/[\p{M}'’]/gu, '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '-');
  if (words === undefined || !/^[a-z]{2,}(-[a-z]+)*$/.test(words) || countedStorm.test(words))
    return undefined;
  return /^\d{4}$/.test(year) ? `storm:${words}-${year}` : undefined;
};

/** A storm's strong id from the name GDACS gives it ("PHANFONE-19"): names are not used twice in a season. */
export const stormId = (eventName: string | undefined): string | undefined => {
  const match = eventName?.trim().match(/^([A-Za-z][A-Za-z' ]+?)-(\d\d)$/);
  return match ? stormIdOf(match[1], `20${match[2]}`) : undefined;
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

/** `emsc:` id ("20230206_0000008") where GDACS took the quake from there. */
const emscId = (sourceId: string | undefined): string | undefined => {
  const id = sourceId?.trim();
  return id !== undefined && /^\d{8}_\d{7}$/.test(id) ? `emsc:${id}` : undefined;
};

/** All ids that a GDACS event carries, its own first. */
export const gdacsStrongIds = (
  hazard: Hazard,
  sourceId: string,
  said: { glide: string | undefined; sourceId: string | undefined; eventName: string | undefined },
): string[] =>
  [
    `gdacs:${sourceId}`,
    glideId(said.glide),
    // Floods and fires have ids of other makers in the same field, some of which look alike.
    hazard === 'EQ' ? usgsId(said.sourceId) : undefined,
    hazard === 'EQ' ? emscId(said.sourceId) : undefined,
    hazard === 'TC' ? stormId(said.eventName) : undefined,
  ].flatMap(id => id ?? []);
