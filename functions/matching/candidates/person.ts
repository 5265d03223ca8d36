import type { Instant } from '../../domain/primitives.ts';
import { forever, type RosterColumns } from '../../roster/columns.ts';
import { placeOf } from '../../roster/reading.ts';
import type { MatchProblem } from '../problem.ts';
import type { Group } from './candidacies.ts';
import { certificateOf } from './certificate.ts';
import { type CostParts, costPartsOf, MOST_POINTS, tariffOf } from './cost.ts';
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
import { type Journey, journeyOf, waysOf } from './travel.ts';

/** A rule that a person fails for a group, with the fact in question. Moments null: none on record. */
export type Hindrance =
  | { rule: 'not on the roster' }
  | { rule: 'role not held' }
  | { rule: 'certificate ends too early'; until: Instant }
  | { rule: 'proficiency too low'; has: number; asked: number }
  | { rule: 'left out by the desk' | 'asked before' | 'seated' | 'off duty by the rota' | 'not reachable' }
  | { rule: 'held elsewhere'; by: string; until: Instant }
  /** Until all that touches the mission is over. */
  | { rule: 'on leave'; until: Instant }
  | { rule: 'resting'; until: Instant }
  | { rule: 'vaccination missing'; vaccines: string[] }
  | { rule: 'no medical clearance' | 'no passport'; until: Instant | null }
  | { rule: 'no visa'; country: string | null }
  | { rule: 'employer cannot be asked'; employerId: string }
  /** So many minutes after the deadline. */
  | { rule: 'too late'; minutes: number };

/** One person judged for one group. */
export type Judgement = {
  group: Group;
  /** Place in the roster's columns; -1: not there. */
  person: number;
  /** Every rule that fails, in the order of the rules; none: the person may go. */
  hindrances: Hindrance[];
  /** The certificate for the role that counts. */
  certificate: { level: number; until: Instant } | null;
  /** Null for who is not on the roster. */
  journey: Journey | null;
  /** Null for who does not hold the role. */
  cost: { points: number; parts: CostParts } | null;
};

export type GroupNamed = { teamType: string; role: string };

/**
 * Judges people one by one, by the same rules as the screening: for the reasons in words. The group is named by its number
 * in the screening's groups or by team and role. Throws when there is no such group.
 */
export function judging(problem: MatchProblem, roster: RosterColumns) {
  const groups = groupsOf(problem);
  const terms = termsOf(problem, roster);
  const ways = waysOf(problem, roster, terms.now);
  const tariff = tariffOf(problem, roster, terms.now);

  return (named: number | GroupNamed, expertId: string): Judgement => {
    const group = groupNamed(groups, named);
    const person = placeOf(roster, expertId);
    if (person < 0) {
      const hindrances: Hindrance[] = [{ rule: 'not on the roster' }];
      return { group, person, hindrances, certificate: null, journey: null, cost: null };
    }
    const mission = missionOf(group.team);
    const held = certificateOf(roster, person, roster.words.roles.indexOf(group.role));
    const level = roster.qualificationLevel[held];
    const until = roster.qualificationUntil[held];
    const journey = journeyOf(ways, terms, mission, person);
    const hindrances: Hindrance[] = [];
    if (level === undefined || until === undefined) hindrances.push({ rule: 'role not held' });
    else {
      const asked = leastOf(problem, group.critical);
      if (endsTooEarly(mission, until)) {
        hindrances.push({ rule: 'certificate ends too early', until: instantOf(until) });
      }
      if (isTooLow(asked, level)) hindrances.push({ rule: 'proficiency too low', has: level, asked });
    }
    for (const { rule, fails } of personRules) {
      if (fails(terms, mission, person)) hindrances.push(hindranceOf(rule, problem, terms, mission, person));
    }
    if (isTooLate(terms, mission, journey.minutes)) {
      const minutes = Math.ceil(journey.minutes - (mission.deadline - terms.now) / 60);
      hindrances.push({ rule: 'too late', minutes });
    }
    const isHolder = level !== undefined && until !== undefined;
    const parts = isHolder
      ? costPartsOf(tariff, roster, person, { level, critical: group.critical, minutes: journey.minutes })
      : null;
    const points = parts && Object.values(parts).reduce((sum, part) => sum + part.points, 0);
    return {
      group,
      person,
      hindrances,
      certificate: isHolder ? { level, until: instantOf(until) } : null,
      journey,
      cost: parts && { points: Math.min(MOST_POINTS, points!), parts },
    };
  };
}

/** One person judged for one group; for many, `judging` is made once. */
export const judge = (
  problem: MatchProblem,
  roster: RosterColumns,
  named: number | GroupNamed,
  expertId: string,
): Judgement => judging(problem, roster)(named, expertId);

function groupNamed(groups: readonly Group[], named: number | GroupNamed): Group {
  const group =
    typeof named === 'number'
      ? groups[named]
      : groups.find(({ teamType, role }) => teamType === named.teamType && role === named.role);
  if (group) return group;
  const name = typeof named === 'number' ? `number ${named}` : `${named.teamType}/${named.role}`;
  throw new Error(`the problem has no group ${name}`);
}

type PersonRule = (typeof personRules)[number]['rule'] & HardRule;

/** What there is to know of a rule that the person fails. */
function hindranceOf(
  rule: PersonRule,
  problem: MatchProblem,
  terms: Terms,
  mission: Mission,
  person: number,
): Hindrance {
  const { roster } = terms;
  switch (rule) {
    case 'held elsewhere': {
      const by = roster.words.deployments[roster.heldBy[person]! - 1]!;
      return { rule, by, until: instantOf(roster.heldUntil[person]!) };
    }
    case 'on leave':
      return { rule, until: instantOf(awayUntil(roster, mission, person)) };
    case 'resting':
      return { rule, until: instantOf(roster.lastMissionEnd[person]! + terms.restSeconds) };
    case 'vaccination missing': {
      const vaccines = problem.entry.vaccinations.filter(
        (_, i) => !isVaccinated(terms, mission, person, terms.vaccines[i]!),
      );
      return { rule, vaccines };
    }
    case 'no medical clearance':
      return { rule, until: onRecord(roster.clearanceUntil[person]!) };
    case 'no passport':
      return { rule, until: onRecord(roster.passportUntil[person]!) };
    case 'no visa':
      return { rule, country: problem.country };
    case 'employer cannot be asked':
      return { rule, employerId: roster.words.employers[roster.employer[person]!]! };
    default:
      return { rule };
  }
}

/** The end of the last absence that touches the mission. */
function awayUntil(
  { absenceStarts, absenceFrom, absenceTo }: RosterColumns,
  mission: Mission,
  person: number,
) {
  let until = 0;
  for (let at = absenceStarts[person]!; at < absenceStarts[person + 1]!; at += 1) {
    if (absenceFrom[at]! < mission.until && absenceTo[at]! > mission.from) {
      until = Math.max(until, absenceTo[at]!);
    }
  }
  return until;
}

const instantOf = (seconds: number): Instant => new Date(Math.min(seconds, forever) * 1000).toISOString();

const onRecord = (seconds: number): Instant | null => (seconds === 0 ? null : instantOf(seconds));
