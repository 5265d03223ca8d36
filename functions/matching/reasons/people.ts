import type { Instant } from '../../domain/primitives.ts';
import { forever, type RosterColumns } from '../../roster/columns.ts';
import { idOf, postingsOf } from '../../roster/reading.ts';
import type { Candidacies, Group } from '../candidates/candidacies.ts';
import { certificateOf } from '../candidates/certificate.ts';
import { type CostParts, costPartsOf, type Tariff, tariffOf } from '../candidates/cost.ts';
import {
  endsTooEarly,
  type HardRule,
  isPreferred,
  isTooLate,
  isTooLow,
  isVaccinated,
  leastOf,
  type Mission,
  missionOf,
  personRules,
  type Terms,
  termsOf,
} from '../candidates/hard-rules.ts';
import { arrivalMinutesOf, journeyOf, type Ways, waysOf } from '../candidates/travel.ts';
import type { MatchProblem } from '../problem.ts';
import type { PickFacts, PickSources } from './picks.ts';
import type { Grade, Obstacle } from './wording.ts';

/** All that a problem and its roster say of people, made ready once. */
export type People = {
  problem: MatchProblem;
  roster: RosterColumns;
  terms: Terms;
  ways: Ways;
  tariff: Tariff;
};

export function peopleOf(problem: MatchProblem, roster: RosterColumns): People {
  const terms = termsOf(problem, roster);
  return {
    problem,
    roster,
    terms,
    ways: waysOf(problem, roster, terms.now),
    tariff: tariffOf(problem, roster, terms.now),
  };
}

/** Seconds as the columns have them; null: none, or without end. */
const instantOf = (seconds: number): Instant | null =>
  seconds === 0 || seconds === forever ? null : new Date(seconds * 1000).toISOString();

/** The same where there is a moment for certain. */
const momentOf = (seconds: number): Instant => new Date(seconds * 1000).toISOString();

/** What the reasons of picks ask of the roster, by candidacy. */
export function pickSourcesOf(people: People, of: Candidacies): PickSources {
  const { problem, roster } = people;
  return {
    factsOf: candidacy => pickFactsOf(people, of, candidacy),
    costPartsOf: candidacy => partsOf(people, of, candidacy),
    expertIdOf: candidacy => idOf(roster, of.person[candidacy]!),
    languages: problem.languages,
  };
}

const roleOf = (roster: RosterColumns, role: string): number => roster.words.roles.indexOf(role);

function pickFactsOf(
  { problem, roster, terms, ways }: People,
  of: Candidacies,
  candidacy: number,
): PickFacts {
  const person = of.person[candidacy]!;
  const { role, team } = of.groups[of.group[candidacy]!]!;
  const certificate = certificateOf(roster, person, roleOf(roster, role));
  const asked = new Set(problem.languages);
  const spoken = roster.language.subarray(roster.languageStarts[person]!, roster.languageStarts[person + 1]!);
  return {
    grade: roster.qualificationLevel[certificate]! as Grade,
    certifiedUntil: instantOf(roster.qualificationUntil[certificate]!),
    journey: journeyOf(ways, terms, missionOf(team), person),
    languages: Array.from(spoken, place => roster.words.languages[place]!).filter(code => asked.has(code)),
    saidYes: isPreferred(terms, person),
  };
}

function partsOf({ roster, tariff }: People, of: Candidacies, candidacy: number): CostParts {
  const person = of.person[candidacy]!;
  const { role, critical } = of.groups[of.group[candidacy]!]!;
  const level = roster.qualificationLevel[certificateOf(roster, person, roleOf(roster, role))]!;
  return costPartsOf(tariff, roster, person, { level, critical, minutes: of.minutes[candidacy]! });
}

/** Everybody who holds a role, each once. */
export function holdersOf(roster: RosterColumns, role: string): Set<number> {
  const place = roleOf(roster, role);
  if (place < 0) return new Set();
  const { starts, person } = postingsOf(roster);
  return new Set(person.subarray(starts[place]!, starts[place + 1]!));
}

/** The deployments that hold those who hold the group's role and whom nothing before the hold removes: each once. */
export function deploymentsHolding(people: People, group: Group): string[] {
  const { words, heldBy } = people.roster;
  const held = [...holdersOf(people.roster, group.role)].filter(
    person => failedRules(people, group, person)?.[0] === 'held elsewhere',
  );
  return [...new Set(held.map(person => words.deployments[heldBy[person]! - 1]!))].sort();
}

/** All hard rules of a group that a person fails, in their order; null: does not hold the role. */
export function failedRules(people: People, group: Group, person: number): HardRule[] | null {
  const { problem, roster, terms, ways } = people;
  const certificate = certificateOf(roster, person, roleOf(roster, group.role));
  if (certificate === -1) return null;
  const mission = missionOf(group.team);
  const failed: HardRule[] = [];
  if (endsTooEarly(mission, roster.qualificationUntil[certificate]!))
    failed.push('certificate ends too early');
  if (isTooLow(leastOf(problem, group.critical), roster.qualificationLevel[certificate]!)) {
    failed.push('proficiency too low');
  }
  for (const { rule, fails } of personRules) if (fails(terms, mission, person)) failed.push(rule);
  if (isTooLate(terms, mission, arrivalMinutesOf(ways, terms, mission, person))) failed.push('too late');
  return failed;
}

/** A failed rule with what the roster has of it. */
export function obstacleOf(people: People, group: Group, person: number, rule: HardRule): Obstacle {
  const { problem, roster, terms, ways } = people;
  const mission = missionOf(group.team);
  const certificate = certificateOf(roster, person, roleOf(roster, group.role));
  switch (rule) {
    case 'certificate ends too early':
      return { rule, until: instantOf(roster.qualificationUntil[certificate]!) };
    case 'proficiency too low':
      return {
        rule,
        has: roster.qualificationLevel[certificate]! as Grade,
        asked: leastOf(problem, group.critical) as Grade,
      };
    case 'held elsewhere':
      return {
        rule,
        by: roster.words.deployments[roster.heldBy[person]! - 1]!,
        until: momentOf(roster.heldUntil[person]!),
      };
    case 'on leave':
      return { rule, until: leaveUntil(roster, mission, person) };
    case 'resting':
      return { rule, until: momentOf(roster.lastMissionEnd[person]! + terms.restSeconds) };
    case 'vaccination missing':
      return {
        rule,
        vaccines: problem.entry.vaccinations.filter(
          (_, i) => !isVaccinated(terms, mission, person, terms.vaccines[i]!),
        ),
      };
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

/** The end of the last absence that touches the mission; null: it has none. */
function leaveUntil(roster: RosterColumns, { from, until }: Mission, person: number): Instant | null {
  let last = 0;
  for (let at = roster.absenceStarts[person]!; at < roster.absenceStarts[person + 1]!; at += 1) {
    const to = roster.absenceTo[at]!;
    if (roster.absenceFrom[at]! < until && to > from) last = Math.max(last, to);
  }
  return instantOf(last);
}
