import { isTimeZone } from '../../domain/time-zone.ts';
import type { RosterColumns } from '../../roster/columns.ts';
import { unitVectorOf } from '../../roster/columns-of.ts';
import type { MatchProblem, TravelModel } from '../problem.ts';
import { hasStandingConsent, isPreferred, type Mission, type Terms } from './hard-rules.ts';
import { type ZoneClock, zoneClockOf } from './zone-clock.ts';

const EARTH_RADIUS_KM = 6371;
const DAY = 86_400;
const WEEK = 7 * DAY;
const HOUR = 3600;
const MOST_MINUTES = 0xffff_ffff;

/** How a person comes to the assembly point: whole minutes from now in the order in which they pass, each rounded up. */
export type Journey = {
  /** At the latest: the sum of the others. */
  minutes: number;
  /** 0 for who has said before that they can go. */
  replyMinutes: number;
  /** 0 with a standing consent to the end of the mission. */
  employerMinutes: number;
  noticeMinutes: number;
  /** Until the first train or flight. */
  waitMinutes: number;
  travelMinutes: number;
  distanceKm: number;
  by: 'land' | 'air';
};

/** The ways of one roster to one assembly point. */
export type Ways = {
  model: TravelModel;
  /** Seconds since 1970. */
  now: number;
  x: number;
  y: number;
  z: number;
  /** By the column `zone`, made when first asked for. */
  clocks: (HomeClock | undefined)[];
  zones: readonly string[];
};

/** A zone's clock, and the time for which it needs no asking, as most people are ready within it. */
type HomeClock = ZoneClock & {
  /** Seconds of the day at now. */
  shows: number;
  /** Seconds from now for which the clocks are not changed. */
  steady: number;
};

export function waysOf(problem: MatchProblem, { words }: RosterColumns, now: number): Ways {
  const { x, y, z } = unitVectorOf(problem.assemblyPoint);
  return {
    model: problem.travel,
    now,
    // As coarse as the columns: who lives at the assembly point is there, and not a metre away.
    x: Math.fround(x),
    y: Math.fround(y),
    z: Math.fround(z),
    clocks: new Array(words.zones.length + 1),
    zones: [problem.timeZone, ...words.zones],
  };
}

/** The great circle from home to the assembly point: in single precision within some metres, near the antipode some km. */
export function distanceOf({ x, y, z }: Ways, roster: RosterColumns, person: number): number {
  const [dx, dy, dz] = [roster.x[person]! - x, roster.y[person]! - y, roster.z[person]! - z];
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(dx * dx + dy * dy + dz * dz) / 2));
}

const isByAir = ({ model }: Ways, km: number): boolean => km > model.byLandUpToKm;

const travelMinutesOf = ({ model }: Ways, km: number, byAir: boolean): number =>
  byAir
    ? Math.ceil(model.airMinutes + (km / model.airKmPerHour) * 60)
    : Math.ceil(model.landMinutes + (km / model.landKmPerHour) * 60);

const replyMinutesOf = (terms: Terms, mission: Mission, person: number): number =>
  isPreferred(terms, person) ? 0 : mission.replyMinutes;

const employerMinutesOf = (terms: Terms, mission: Mission, person: number): number =>
  hasStandingConsent(terms, mission, person) ? 0 : mission.employerMinutes;

/** From the go to leaving home; the first hour of trains or flights is waited for. */
function waitMinutesOf(ways: Ways, zone: number, readyMinutes: number, byAir: boolean): number {
  const { model, now } = ways;
  const from = (byAir ? model.airFromHour : model.landFromHour) * HOUR;
  const until = (byAir ? model.airUntilHour : model.landUntilHour) * HOUR;
  // Hours that end no later than they start run past midnight, and the same hour twice is all day and night.
  const open = until > from ? until - from : until - from + DAY;
  if (open === DAY) return 0;
  const clock = ways.clocks[zone] ?? clockOf(ways, zone);
  const readySeconds = readyMinutes * 60;
  if (readySeconds + DAY < clock.steady) {
    const since = (clock.shows + readySeconds - from + DAY) % DAY;
    return since < open ? 0 : Math.ceil((DAY - since) / 60);
  }
  const ready = now + readySeconds;
  const since = (((ready + clock.aheadAt(ready) - from) % DAY) + DAY) % DAY;
  return since < open ? 0 : Math.ceil((startAfter(clock, ready, DAY - since) - ready) / 60);
}

/**
 * The moment at which the hours start, `wait` seconds from now by the clocks as they are now. Where the clocks are put
 * forward before, it is sooner, though not before the change; where they are put back, later.
 */
function startAfter(clock: ZoneClock, ready: number, wait: number): number {
  const start = ready + wait;
  const change = clock.changeBetween(ready, start);
  if (change === null) return start;
  return Math.max(change, start - (clock.aheadAt(start) - clock.aheadAt(ready)));
}

/** The clock at home; a zone that this machine does not know is taken for the desk's. */
function clockOf({ zones, clocks, now }: Ways, zone: number): HomeClock {
  const clock = zoneClockOf(isTimeZone(zones[zone]!) ? zones[zone]! : zones[0]!, now);
  const shows = (((now + clock.aheadAt(now)) % DAY) + DAY) % DAY;
  const steady = (clock.changeBetween(now, now + WEEK - 1) ?? now + WEEK) - now;
  const made = { ...clock, shows, steady };
  clocks[zone] = made;
  return made;
}

/** Minutes from now until a person is at the assembly point, at the latest. */
export function arrivalMinutesOf(ways: Ways, terms: Terms, mission: Mission, person: number): number {
  const { roster } = terms;
  const km = distanceOf(ways, roster, person);
  const byAir = isByAir(ways, km);
  const ready =
    replyMinutesOf(terms, mission, person) +
    employerMinutesOf(terms, mission, person) +
    roster.noticeMinutes[person]!;
  const minutes =
    ready + waitMinutesOf(ways, roster.zone[person]!, ready, byAir) + travelMinutesOf(ways, km, byAir);
  return Math.min(minutes, MOST_MINUTES);
}

/** The same arrival with its parts, for the reasons in words. */
export function journeyOf(ways: Ways, terms: Terms, mission: Mission, person: number): Journey {
  const { roster } = terms;
  const distanceKm = distanceOf(ways, roster, person);
  const byAir = isByAir(ways, distanceKm);
  const replyMinutes = replyMinutesOf(terms, mission, person);
  const employerMinutes = employerMinutesOf(terms, mission, person);
  const noticeMinutes = roster.noticeMinutes[person]!;
  const ready = replyMinutes + employerMinutes + noticeMinutes;
  return {
    minutes: arrivalMinutesOf(ways, terms, mission, person),
    replyMinutes,
    employerMinutes,
    noticeMinutes,
    waitMinutes: waitMinutesOf(ways, roster.zone[person]!, ready, byAir),
    travelMinutes: travelMinutesOf(ways, distanceKm, byAir),
    distanceKm,
    by: byAir ? 'air' : 'land',
  };
}
