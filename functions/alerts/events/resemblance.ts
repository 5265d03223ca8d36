import type { Measure, Ring } from '../../domain/alert.ts';
import type { Voice } from '../../domain/event.ts';
import type { CountryCode, Position } from '../../domain/primitives.ts';
import { secondsBetween } from '../documents/times.ts';
import { distanceKm } from '../geography/geography.ts';
import { distanceToFootprintKm, footprintDistanceKm } from '../geography/geometry.ts';
import type { Family } from './families.ts';

/** What two reports are compared by. */
export type Report = {
  occurredAt: string;
  /** The end of what was observed; the same as `occurredAt` for hazards of a moment. */
  observedUntilAt: string;
  position: Position | null;
  footprint: readonly Ring[] | null;
  countries: readonly CountryCode[];
  measures: readonly Measure[];
};

/** The end of what was observed, as a report has it; a source that says none, or an earlier one, means a moment. */
export const observedUntil = ({
  occurredAt,
  observedUntilAt,
}: Pick<Voice, 'occurredAt' | 'observedUntilAt'>): string =>
  observedUntilAt && observedUntilAt > occurredAt ? observedUntilAt : occurredAt;

/** Same: merge. Doubtful: keep apart and tell a person. The lower the score, the closer the pair (0 is identical). */
export type Resemblance = { verdict: 'same' | 'doubtful' | 'apart'; score: number; reason: string };

type Rule = {
  /** Origin times, the last sighting, or the gap between two spans of time. */
  clock: 'origin' | 'sighting' | 'span';
  seconds: number;
  km: number;
  /** Beyond the limits, up to these, a person decides. */
  doubtfulSeconds?: number;
  doubtfulKm?: number;
  sameCountry?: true;
  /** Areas count beside points: of floods and fires the point is only some place within. */
  byArea?: true;
};

const hour = 3600;
const day = 24 * hour;

/**
 * When two reports of different sources are the same event without an id in common. Families that are not here are never
 * merged by likeness. The earthquake limits were counted on 1,581 events of the USGS: of 524 with M 4.5 and more, 60 s
 * and 100 km would wrongly join 2 pairs, 300 s and 50 km also 2, 600 s and 100 km 6.
 */
export const rules: Partial<Record<Family, Rule>> = {
  earthquake: { clock: 'origin', seconds: 60, km: 100, doubtfulSeconds: 120, doubtfulKm: 200 },
  tsunami: { clock: 'origin', seconds: 600, km: 200 },
  cyclone: { clock: 'sighting', seconds: 12 * hour, km: 300 },
  flood: { clock: 'span', seconds: 72 * hour, km: 50, sameCountry: true, byArea: true },
  drought: { clock: 'span', seconds: 30 * day, km: 50, sameCountry: true, byArea: true },
  wildfire: { clock: 'span', seconds: 72 * hour, km: 20, sameCountry: true, byArea: true },
  volcano: { clock: 'span', seconds: 7 * day, km: 20 },
};

/** Below this, catalogues hold so many quakes that 50 pairs of 1,564 would be joined wrongly. */
const smallestMagnitude = 4.5;
/** Early magnitudes are far off: the M 8.2 of Alaska 2021 stood at 7.3 for hours. */
const magnitudeTolerance = 1;

const apart = (reason: string): Resemblance => ({
  verdict: 'apart',
  score: Number.POSITIVE_INFINITY,
  reason,
});

const secondsApart = (clock: Rule['clock'], a: Report, b: Report): number => {
  if (clock === 'origin') return secondsBetween(a.occurredAt, b.occurredAt);
  if (clock === 'sighting') return secondsBetween(a.observedUntilAt, b.observedUntilAt);
  if (a.occurredAt <= b.observedUntilAt && b.occurredAt <= a.observedUntilAt) return 0;
  return Math.min(
    secondsBetween(a.occurredAt, b.observedUntilAt),
    secondsBetween(b.occurredAt, a.observedUntilAt),
  );
};

const magnitudeIn = (report: Report): number | undefined =>
  report.measures.find(measure => measure.name === 'magnitude')?.value;

/** Why two close reports of a quake may still be two quakes; nothing when their magnitudes agree. */
const magnitudeDoubt = (a: Report, b: Report): string | undefined => {
  const [one, other] = [magnitudeIn(a), magnitudeIn(b)];
  if (one === undefined || other === undefined) return 'a magnitude is missing';
  if (Math.max(one, other) < smallestMagnitude) return `both are below M ${smallestMagnitude}`;
  return Math.abs(one - other) > magnitudeTolerance ? `M ${one} and M ${other}` : undefined;
};

const words = (seconds: number, km: number) => {
  const time =
    seconds < 120
      ? `${Math.round(seconds)} s`
      : seconds < 2 * day
        ? `${Math.round(seconds / 60)} min`
        : `${Math.round(seconds / day)} d`;
  return `${time} and ${Math.round(km)} km apart`;
};

const kmApart = (rule: Rule, a: Report, b: Report): number | undefined => {
  const distances = [a.position && b.position ? distanceKm(a.position, b.position) : undefined];
  if (rule.byArea) {
    if (a.footprint && b.footprint) distances.push(footprintDistanceKm([...a.footprint], [...b.footprint]));
    if (a.footprint && b.position) distances.push(distanceToFootprintKm([...a.footprint], b.position));
    if (b.footprint && a.position) distances.push(distanceToFootprintKm([...b.footprint], a.position));
  }
  const known = distances.filter(km => km !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};

/** Compares two reports of one family from different sources. */
export const resemblanceOf = (family: Family, a: Report, b: Report): Resemblance => {
  const rule = rules[family];
  if (!rule) return apart(`${family}: no rule joins without a common id`);
  const km = kmApart(rule, a, b);
  if (km === undefined) return apart('a position is missing');
  const seconds = secondsApart(rule.clock, a, b);
  const reason = words(seconds, km);
  const score = seconds / rule.seconds + km / rule.km;
  if (seconds > (rule.doubtfulSeconds ?? rule.seconds) || km > (rule.doubtfulKm ?? rule.km))
    return apart(reason);
  if (rule.sameCountry && a.countries.length > 0 && b.countries.length > 0) {
    if (!a.countries.some(country => b.countries.includes(country)))
      return apart(`${reason}, other countries`);
  }
  if (seconds > rule.seconds || km > rule.km) return { verdict: 'doubtful', score, reason };
  const doubt = family === 'earthquake' ? magnitudeDoubt(a, b) : undefined;
  return doubt === undefined
    ? { verdict: 'same', score, reason }
    : { verdict: 'doubtful', score, reason: `${reason}, ${doubt}` };
};

/** Scores nearer to each other than this cannot be told apart; then a person decides. */
export const tie = 0.1;
