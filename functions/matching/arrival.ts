import { distanceKm } from '../alerts/geography/geography.ts';
import { MINUTE } from '../domain/time.ts';
import type { Candidate, MatchInput, MatchTeam } from './instance.ts';

/**
 * Speeds and times of the way to the assembly point. All unconfirmed: they are plain enough to be checked against a
 * timetable, and only the order of people hangs on them, not whether somebody is told to go.
 */
const travel = {
  /** Beyond this the journey is by air: about the reach of three and a half hours of trains. */
  byLandUpToKm: 300,
  landKmPerHour: 80,
  /** Walks, changes and waiting on any journey by land. */
  landMinutes: 30,
  airKmPerHour: 700,
  /** To the airport, check-in, waiting for the flight, out at the other end. */
  airMinutes: 210,
};

/** How a person comes to the assembly point, in whole minutes from now, rounded up. */
export type Arrival = {
  minutes: number;
  replyMinutes: number;
  employerMinutes: number;
  noticeMinutes: number;
  travelMinutes: number;
  distanceKm: number;
  by: 'land' | 'air';
};

/**
 * The latest time at which a person who agrees is there: the whole reply window, then the employer's, the notice to
 * move, and the journey by great circle. No reply window for who has already said yes; no employer's window while a
 * standing consent covers the mission.
 */
export function arrivalOf(
  person: Candidate,
  team: MatchTeam,
  input: Pick<MatchInput, 'assemblyPoint'>,
  isPreferred: boolean,
): Arrival {
  const replyMinutes = isPreferred ? 0 : team.replyWindowMinutes;
  const employerMinutes = hasStandingConsent(person, team) ? 0 : team.employerWindowMinutes;
  const noticeMinutes = person.noticeToMoveMinutes;
  const km = distanceKm(person.home, input.assemblyPoint);
  const by = km > travel.byLandUpToKm ? 'air' : 'land';
  const travelMinutes = Math.ceil(
    by === 'air'
      ? travel.airMinutes + (km / travel.airKmPerHour) * 60
      : travel.landMinutes + (km / travel.landKmPerHour) * 60,
  );
  const minutes = replyMinutes + employerMinutes + noticeMinutes + travelMinutes;
  return { minutes, replyMinutes, employerMinutes, noticeMinutes, travelMinutes, distanceKm: km, by };
}

/** The employer's consent on record lasts to the end of the mission. */
export function hasStandingConsent(
  person: Pick<Candidate, 'standingConsentUntil'>,
  mission: Pick<MatchTeam, 'missionUntil'>,
): boolean {
  return (
    person.standingConsentUntil !== null &&
    Date.parse(person.standingConsentUntil) >= Date.parse(mission.missionUntil)
  );
}

/** The moment that lies so many minutes after now. */
export const momentAfter = (now: string, minutes: number): string =>
  new Date(Date.parse(now) + minutes * MINUTE).toISOString();
