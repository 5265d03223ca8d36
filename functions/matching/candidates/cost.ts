import type { RosterColumns } from '../../roster/columns.ts';
import type { CostModel, MatchProblem } from '../problem.ts';

const DAY = 86_400;
const YEAR = 365 * DAY;
const FIVE_DAYS = 5 * DAY;
const INSTRUCTOR = 3;
/** The most points that a candidacy costs: what the column holds. */
export const MOST_POINTS = 0xffff;

/** The cost model in the numbers of one roster's columns. */
export type Tariff = {
  costs: CostModel;
  /** Seconds since 1970. */
  now: number;
  /** By language: 1 when it is one of the affected country's. */
  ofCountry: Uint8Array;
  /** The problem names languages: else nobody can speak one, and nobody pays for it. */
  hasLanguages: boolean;
  /** By role: 1 when its people are rare. */
  scarce: Uint8Array;
  hasScarce: boolean;
};

export function tariffOf(problem: MatchProblem, { words }: RosterColumns, now: number): Tariff {
  const languages = new Set(problem.languages);
  const scarceRoles = new Set(problem.scarceRoles);
  const scarce = Uint8Array.from(words.roles, role => (scarceRoles.has(role) ? 1 : 0));
  return {
    costs: problem.costs,
    now,
    ofCountry: Uint8Array.from(words.languages, code => (languages.has(code) ? 1 : 0)),
    hasLanguages: languages.size > 0,
    scarce,
    hasScarce: scarce.includes(1),
  };
}

/** Works in a language of the affected country. */
export function isSpeaker({ ofCountry }: Tariff, roster: RosterColumns, person: number): boolean {
  const end = roster.languageStarts[person + 1]!;
  for (let at = roster.languageStarts[person]!; at < end; at += 1) {
    if (ofCountry[roster.language[at]!] === 1) return true;
  }
  return false;
}

/** Started five days on mission within the 365 days before now; missions that overlap count each. */
export function fatigueSteps({ now }: Tariff, roster: RosterColumns, person: number): number {
  const end = roster.missionStarts[person + 1]!;
  let seconds = 0;
  for (let at = roster.missionStarts[person]!; at < end; at += 1) {
    const from = Math.max(roster.missionFrom[at]!, now - YEAR);
    const to = Math.min(roster.missionTo[at]!, now);
    if (to > from) seconds += to - from;
  }
  return Math.ceil(seconds / FIVE_DAYS);
}

/** Missions that began within the 365 days before now. */
export function turnSteps({ now }: Tariff, roster: RosterColumns, person: number): number {
  const end = roster.missionStarts[person + 1]!;
  let missions = 0;
  for (let at = roster.missionStarts[person]!; at < end; at += 1) {
    const from = roster.missionFrom[at]!;
    if (from >= now - YEAR && from < now) missions += 1;
  }
  return missions;
}

/** Holds a certificate for a scarce role that has not ended. */
export function isScarce({ scarce, hasScarce, now }: Tariff, roster: RosterColumns, person: number): boolean {
  if (!hasScarce) return false;
  const end = roster.qualificationStarts[person + 1]!;
  for (let at = roster.qualificationStarts[person]!; at < end; at += 1) {
    if (scarce[roster.qualificationRole[at]!] === 1 && roster.qualificationUntil[at]! > now) return true;
  }
  return false;
}

/** What a person who speaks a language of the country, or none, costs in any seat of any team; not yet limited. */
export function pointsOfPerson(
  tariff: Tariff,
  roster: RosterColumns,
  person: number,
  speaks: boolean,
): number {
  const { costs, hasLanguages } = tariff;
  let points = hasLanguages && !speaks ? costs.noLanguage : 0;
  if (roster.missionStarts[person] !== roster.missionStarts[person + 1]) {
    points += costs.fatiguePerFiveDays * fatigueSteps(tariff, roster, person);
    points += costs.missionInYear * turnSteps(tariff, roster, person);
  }
  return points;
}

/** Steps below instructor. */
export const proficiencySteps = (level: number): number => INSTRUCTOR - level;

/** Started hours until the arrival. */
export const arrivalSteps = (minutes: number): number => Math.ceil(minutes / 60);

/** The points of one candidacy, and of how many steps each part is made (missions, hours, grades; 0 or 1 for a yes). */
export type CostParts = Record<
  'proficiency' | 'language' | 'fatigue' | 'turns' | 'scarce' | 'arrival',
  { steps: number; points: number }
>;

/** What a person costs in a seat, part by part. The candidacy's cost is their sum, MOST_POINTS at the most. */
export function costPartsOf(
  tariff: Tariff,
  roster: RosterColumns,
  person: number,
  { level, critical, minutes }: { level: number; critical: boolean; minutes: number },
): CostParts {
  const { costs } = tariff;
  const part = (steps: number, each: number) => ({ steps, points: steps * each });
  const isMute = tariff.hasLanguages && !isSpeaker(tariff, roster, person);
  return {
    proficiency: part(proficiencySteps(level), costs.proficiencyStep),
    language: part(isMute ? 1 : 0, costs.noLanguage),
    fatigue: part(fatigueSteps(tariff, roster, person), costs.fatiguePerFiveDays),
    turns: part(turnSteps(tariff, roster, person), costs.missionInYear),
    scarce: part(!critical && isScarce(tariff, roster, person) ? 1 : 0, costs.scarceOnCommonSeat),
    arrival: part(arrivalSteps(minutes), costs.arrivalHour),
  };
}
