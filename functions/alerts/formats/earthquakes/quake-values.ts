import * as z from 'zod';
import type { Measure } from '../../../domain/alert.ts';
import type { Level, Position } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { tableOf } from '../../documents/table.ts';
import { positionOf } from '../../geography/geography.ts';
import { type AlertDraft, ItemIgnored, ItemRejected } from '../format.ts';

/** A number of a quake's JSON, which some services write as text. */
export const Figure = z.union([z.number(), z.string()]).nullish();

/** PAGER runs for M 5.5 and more worldwide (3.5 in the USA): below it, silence is no open question. */
const pagerRunsFromMagnitude = 5.5;

/**
 * Half a magnitude below where PAGER begins in the USA (M 3.5). What was never larger can only have been Green: nobody was
 * asked to go because of it, and nobody has to be called back.
 */
const smallestThatMatters = 3;

/** A level, the rule that gave it, and the words of the source, as `draftOf` takes them. */
type Judged = Pick<AlertDraft, 'level' | 'levelRule' | 'sourceLevel'>;

/** The level of a quake for which its source gives no scale of impact: small ones are Green, of others nothing is known. */
export const levelWithoutImpact = (magnitude: number | undefined, unknown = 'no-impact-scale'): Judged =>
  magnitude !== undefined && magnitude < pagerRunsFromMagnitude
    ? { level: 'Green', levelRule: 'no-pager-below-m5.5', sourceLevel: null }
    : { level: 'Unknown', levelRule: unknown, sourceLevel: null };

const pagerLevels = tableOf<readonly [Level, string]>({
  green: ['Green', 'pager-green'],
  yellow: ['Green', 'pager-yellow-is-regional'],
  orange: ['Orange', 'pager-orange'],
  red: ['Red', 'pager-red'],
});

/**
 * PAGER's colours by the response that the USGS published for them (Fact Sheet 2010-3036): yellow, 1 to 99 deaths or
 * 1 to 100 million dollars, is a local or regional response, so no call for help from abroad; orange (100 deaths, 100
 * million) a national one, red (1,000 deaths, 1 billion) an international one. Orange and red wait for a person for 20
 * minutes and more, so a large quake without a colour is Unknown, never Green.
 */
export const pagerLevel = (colour: string | undefined, magnitude: number | undefined): Judged => {
  const word = colour?.trim() ?? '';
  const known = pagerLevels.get(word.toLowerCase());
  const judged = known
    ? { level: known[0], levelRule: known[1] }
    : levelWithoutImpact(magnitude, 'no-pager-yet');
  return { ...judged, sourceLevel: word === '' ? null : { scale: 'PAGER', value: plainText(word) } };
};

/** A whole text that is a decimal number ("6.3", "-1.2e-3"); undefined when it is anything else. */
export const decimalOf = (text: string | undefined): number | undefined =>
  text !== undefined && text.length < 40 && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text)
    ? Number(text)
    : undefined;

/** A magnitude as it may be: catalogues write -9.99 and -999 for "none", and no quake had 10. */
export const magnitudeOf = (value: number | null | undefined): number | undefined =>
  typeof value === 'number' && value > -5 && value < 10.5 ? value : undefined;

/** Magnitude, depth (km, positive down) and the highest intensity, as far as they are known. */
export const quakeMeasures = (
  magnitude: number | undefined,
  depthKm: number | null | undefined,
  maximumMmi?: number | null,
): Measure[] => {
  const measures: Measure[] = [];
  if (magnitude !== undefined) measures.push({ name: 'magnitude', value: magnitude, unit: 'M' });
  if (typeof depthKm === 'number' && Number.isFinite(depthKm))
    measures.push({ name: 'depthKm', value: depthKm, unit: 'km' });
  if (typeof maximumMmi === 'number' && Number.isFinite(maximumMmi))
    measures.push({ name: 'maximumMmi', value: maximumMmi, unit: 'MMI' });
  return measures;
};

/** A title as the USGS writes them ("M 7.0 - Kyushu, Japan"), for sources that give the size and the place apart. */
export const quakeTitle = (magnitude: number | undefined, place: string): string => {
  const words = place === '' ? 'Earthquake' : place;
  return magnitude === undefined ? words : `M ${magnitude.toFixed(1)} - ${words}`;
};

/** People shaken at intensity VI, VII, VIII and IX or more, from the number of people at each step of intensity. */
export const exposureMeasures = (steps: readonly { mmi: number; people: number }[]): Measure[] =>
  [6, 7, 8, 9].map(intensity => ({
    name: `populationMmi${intensity}`,
    value: steps.reduce((sum, step) => (step.mmi >= intensity ? sum + step.people : sum), 0),
    unit: 'people',
  }));

/**
 * Where the quake was. Throws ItemRejected when that is not known: a team cannot be sent to it. Exactly 0,0 is refused too:
 * it is what software writes for "none", and no quake was ever located there to the last digit.
 */
export const epicentreOf = (
  latitude: number | null | undefined,
  longitude: number | null | undefined,
): Position => {
  if (typeof latitude !== 'number' || typeof longitude !== 'number')
    throw new ItemRejected('no latitude and longitude');
  if (Math.abs(latitude) > 90 && Math.abs(longitude) <= 90)
    throw new ItemRejected(
      `latitude ${latitude} is beyond 90: it seems swapped with the longitude ${longitude}`,
    );
  const position = positionOf(latitude, longitude);
  if (position) return position;
  if (latitude === 0 && longitude === 0) throw new ItemRejected('position 0,0 stands for a missing one');
  throw new ItemRejected(`position ${latitude}, ${longitude} is none on Earth`);
};

/** The same for a message that withdraws its quake, which may come without a position or with a broken one. */
export const epicentreOrNone = (
  latitude: number | null | undefined,
  longitude: number | null | undefined,
): Position | null => positionOf(latitude ?? undefined, longitude ?? undefined) ?? null;

/** Shaking of tectonic kind, also where people set it off: those who live there suffer it alike. */
const quakeTypes = new Set([
  '',
  'earthquake',
  'not reported',
  'induced or triggered event',
  'fluid injection',
  'fluid extraction',
  'reservoir loading',
]);

/** Whether a catalogue's type of event ("earthquake", "quarry_blast") is a quake, or not said. */
export const isQuakeType = (type: string | null | undefined): boolean =>
  quakeTypes.has((type ?? '').trim().toLowerCase().replaceAll('_', ' '));

/**
 * What a report of something else than a quake does. Nearly all networks publish an automatic solution as an earthquake
 * before a person calls it a blast, so such a report withdraws what was said under its id. To withdraw each of the many small
 * blasts of a daily feed would bury the few that matter, so in a list those which can only have been Green are passed over
 * (ItemIgnored); a large explosion, one that PAGER or ShakeMap worked on, or an event asked for by its id is withdrawn.
 */
export const withdrawOrIgnore = (
  type: string | null | undefined,
  known: { magnitude: number | undefined; worked: boolean; askedFor: boolean },
): string => {
  const word = plainText(type ?? undefined);
  const small = known.magnitude !== undefined && known.magnitude < smallestThatMatters;
  if (small && !known.worked && !known.askedFor)
    throw new ItemIgnored(`${word}: only earthquakes lead to work`);
  return `${word}: no earthquake, what was said of it is withdrawn`;
};
