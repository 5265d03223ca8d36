import type { RosterColumns } from '../../roster/columns.ts';
import { idOf, postingsOf } from '../../roster/reading.ts';
import type { Candidacies, Group } from '../candidates/candidacies.ts';
import { isPreferred } from '../candidates/hard-rules.ts';
import { certificateFor, costPartsFor, failedRules, journeyFor, type People } from '../candidates/person.ts';
import type { PickFacts, PickSources } from './picks.ts';

/** What the reasons of picks ask of the roster, by candidacy. */
export function pickSourcesOf(people: People, of: Candidacies): PickSources {
  const { problem, roster } = people;
  const groupOf = (candidacy: number) => of.groups[of.group[candidacy]!]!;
  return {
    factsOf: candidacy => pickFactsOf(people, groupOf(candidacy), of.person[candidacy]!),
    costPartsOf: candidacy =>
      costPartsFor(people, groupOf(candidacy), of.person[candidacy]!, of.arrivals[candidacy]!),
    expertIdOf: candidacy => idOf(roster, of.person[candidacy]!),
    languages: problem.languages,
  };
}

function pickFactsOf(people: People, group: Group, person: number): PickFacts {
  const { problem, roster, terms } = people;
  const { grade, until } = certificateFor(people, group, person)!;
  const asked = new Set(problem.languages);
  const spoken = roster.language.subarray(roster.languageStarts[person]!, roster.languageStarts[person + 1]!);
  return {
    grade,
    certifiedUntil: until,
    journey: journeyFor(people, group, person),
    languages: Array.from(spoken, place => roster.words.languages[place]!).filter(code => asked.has(code)),
    saidYes: isPreferred(terms, person),
  };
}

/** Everybody who holds a role, each once. */
export function holdersOf(roster: RosterColumns, role: string): Set<number> {
  const place = roster.words.roles.indexOf(role);
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
