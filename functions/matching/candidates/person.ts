import type { Instant } from '../../domain/primitives.ts';
import { forever, type RosterColumns } from '../../roster/columns.ts';
import type { MatchProblem } from '../problem.ts';
import type { Group } from './candidacies.ts';
import { certificateOf, type Grade } from './certificate.ts';
import { type CostParts, costPartsOf, type Tariff, tariffOf } from './cost.ts';
import { groupsOf } from './groups.ts';
import {
  endsTooEarly,
  type HardRule,
  isTooLate,
  isTooLow,
  isVaccinated,
  leastOf,
  type Mission,
  missionOf,
  personRules,
  type Terms,
  termsOf,
} from './hard-rules.ts';
import { arrivalMinutesOf, type Journey, journeyOf, type Ways, waysOf } from './travel.ts';

/** All that a problem asks of the people of one roster, made ready once: they are then judged one by one. */
export type People = {
  problem: MatchProblem;
  roster: RosterColumns;
  terms: Terms;
  ways: Ways;
  tariff: Tariff;
  /** By groupId. */
  asks: ReadonlyMap<string, Ask>;
};

/** What a group asks for. */
type Ask = {
  /** Place in words.roles; -1: nobody has the role. */
  role: number;
  /** The least proficiency. */
  least: number;
  mission: Mission;
};

export function peopleOf(problem: MatchProblem, roster: RosterColumns): People {
  const terms = termsOf(problem, roster);
  const asks = groupsOf(problem).map(({ groupId, role, critical, team }): [string, Ask] => [
    groupId,
    { role: roster.words.roles.indexOf(role), least: leastOf(problem, critical), mission: missionOf(team) },
  ]);
  return {
    problem,
    roster,
    terms,
    ways: waysOf(problem, roster, terms.now),
    tariff: tariffOf(problem, roster, terms.now),
    asks: new Map(asks),
  };
}

/** Throws when the group is none of the problem's: an answer about another problem would be a wrong one. */
function askOf({ asks }: People, { groupId }: Group): Ask {
  const ask = asks.get(groupId);
  if (!ask) throw new Error(`the problem has no group ${groupId}`);
  return ask;
}

/** The certificate for a group's role that counts, `until` null: without end. Null: does not hold the role. */
export function certificateFor(
  people: People,
  group: Group,
  person: number,
): { grade: Grade; until: Instant | null } | null {
  const { roster } = people;
  const at = certificateOf(roster, person, askOf(people, group).role);
  if (at === -1) return null;
  return {
    grade: roster.qualificationLevel[at]! as Grade,
    until: instantOf(roster.qualificationUntil[at]!),
  };
}

/** How a person comes to the assembly point for a group's mission. */
export const journeyFor = (people: People, group: Group, person: number): Journey =>
  journeyOf(people.ways, people.terms, askOf(people, group).mission, person);

/** What somebody who holds a group's role, and arrives after so many minutes, costs in its seat. */
export function costPartsFor(people: People, group: Group, person: number, minutes: number): CostParts {
  const { roster, tariff } = people;
  const level = roster.qualificationLevel[certificateOf(roster, person, askOf(people, group).role)]!;
  return costPartsOf(tariff, roster, person, { level, critical: group.critical, minutes });
}

/**
 * Every hard rule of a group that a person fails, in the order of the rules, none: the person may go. Null: does not hold
 * the role. The screening goes by the same rules, and stops at the first.
 */
export function failedRules(people: People, group: Group, person: number): HardRule[] | null {
  const { roster, terms, ways } = people;
  const { role, least, mission } = askOf(people, group);
  const certificate = certificateOf(roster, person, role);
  if (certificate === -1) return null;
  const failed: HardRule[] = [];
  if (endsTooEarly(mission, roster.qualificationUntil[certificate]!))
    failed.push('certificate ends too early');
  if (isTooLow(least, roster.qualificationLevel[certificate]!)) failed.push('proficiency too low');
  for (const { rule, fails } of personRules) if (fails(terms, mission, person)) failed.push(rule);
  if (isTooLate(terms, mission, arrivalMinutesOf(ways, terms, mission, person))) failed.push('too late');
  return failed;
}

/** Why somebody may not take a seat, with what there is to know of it; moments null: not on record. */
export type Obstacle =
  | { rule: 'certificate ends too early'; until: Instant | null }
  | { rule: 'proficiency too low'; has: Grade; asked: Grade }
  | { rule: 'left out by the desk' }
  | { rule: 'asked before' }
  | { rule: 'seated' }
  | { rule: 'held elsewhere'; by: string; until: Instant }
  /** Until all that touches the mission is over; null: without an end on record. */
  | { rule: 'on leave'; until: Instant | null }
  | { rule: 'off duty by the rota' }
  | { rule: 'resting'; until: Instant }
  | { rule: 'vaccination missing'; vaccines: string[] }
  | { rule: 'no medical clearance'; until: Instant | null }
  | { rule: 'no passport'; until: Instant | null }
  | { rule: 'no visa' }
  | { rule: 'employer cannot be asked' }
  | { rule: 'not reachable' }
  /** So many started minutes after the deadline. */
  | { rule: 'too late'; minutes: number };

/** The failed rules, each with what the roster has of it. */
export const obstaclesOf = (people: People, group: Group, person: number): Obstacle[] | null =>
  failedRules(people, group, person)?.map(rule => obstacleOf(people, group, person, rule)) ?? null;

function obstacleOf(people: People, group: Group, person: number, rule: HardRule): Obstacle {
  const { problem, roster, terms, ways } = people;
  const { role, least, mission } = askOf(people, group);
  const certificate = certificateOf(roster, person, role);
  switch (rule) {
    case 'certificate ends too early':
      return { rule, until: instantOf(roster.qualificationUntil[certificate]!) };
    case 'proficiency too low':
      return { rule, has: roster.qualificationLevel[certificate]! as Grade, asked: least as Grade };
    case 'held elsewhere': {
      const by = roster.words.deployments[roster.heldBy[person]! - 1]!;
      return { rule, by, until: momentOf(roster.heldUntil[person]!) };
    }
    case 'on leave':
      return { rule, until: instantOf(awayUntil(roster, mission, person)) };
    case 'resting':
      return { rule, until: momentOf(roster.lastMissionEnd[person]! + terms.restSeconds) };
    case 'vaccination missing': {
      const vaccines = problem.entry.vaccinations.filter(
        (_, i) => !isVaccinated(terms, mission, person, terms.vaccines[i]!),
      );
      return { rule, vaccines };
    }
    case 'no medical clearance':
      return { rule, until: instantOf(roster.clearanceUntil[person]!) };
    case 'no passport':
      return { rule, until: instantOf(roster.passportUntil[person]!) };
    case 'too late': {
      const arrival = terms.now + arrivalMinutesOf(ways, terms, mission, person) * 60;
      return { rule, minutes: Math.ceil((arrival - mission.deadline) / 60) };
    }
    default:
      return { rule };
  }
}

/** The end of the last absence that touches the mission. */
function awayUntil(
  { absenceStarts, absenceFrom, absenceTo }: RosterColumns,
  mission: Mission,
  person: number,
): number {
  let until = 0;
  for (let at = absenceStarts[person]!; at < absenceStarts[person + 1]!; at += 1) {
    if (absenceFrom[at]! < mission.until && absenceTo[at]! > mission.from) {
      until = Math.max(until, absenceTo[at]!);
    }
  }
  return until;
}

/** Seconds as the columns have them; null: none, or without end. */
const instantOf = (seconds: number): Instant | null =>
  seconds === 0 || seconds === forever ? null : momentOf(seconds);

/** The same where there is a moment for certain. */
const momentOf = (seconds: number): Instant => new Date(seconds * 1000).toISOString();
