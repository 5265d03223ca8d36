import type { Instant, Wording } from '../../domain/primitives.ts';
import type { Grade } from '../candidates/certificate.ts';
import type { CostParts } from '../candidates/cost.ts';
import type { Journey } from '../candidates/travel.ts';
import { type NextBest, nextBest, type Shortlist } from './next-best.ts';
import { countsFor, type Standing } from './standing.ts';
import type { Voice } from './voice.ts';
import type { CostDifference, CostPart } from './wording.ts';

/** What is known of a chosen person for the seat. */
export type PickFacts = {
  grade: Grade;
  /** The certificate's end; null: none. */
  certifiedUntil: Instant | null;
  journey: Journey;
  /** Of the languages of the affected country, ISO 639 codes: those that the person works in. */
  languages: string[];
  saidYes: boolean;
};

/** What the reasons ask for; places of candidacies. */
export type PickSources = {
  factsOf: (candidacy: number) => PickFacts;
  costPartsOf: (candidacy: number) => CostParts;
  expertIdOf: (candidacy: number) => string;
  /** Languages of the affected country, ISO 639 codes. */
  languages: readonly string[];
};

/**
 * Why this person sits in this seat: certificate, arrival, languages, the rules of the team, and what the best of the free
 * people would make worse. The comparison is by exchange of these two alone, so it is exact for them, and an upper bound
 * for what the plan would lose without the person.
 */
export function reasonsForPick(
  standing: Standing,
  shortlist: Shortlist,
  chosen: number,
  sources: PickSources,
  say: Voice,
): Wording[] {
  const { of } = standing;
  const { grade, certifiedUntil, journey, languages, saidYes } = sources.factsOf(chosen);
  const { role } = of.groups[of.group[chosen]!]!;
  return [
    say(each => each.words.pick.certified(each.role(role), grade, certifiedUntil)),
    say(each => each.words.pick.ready(journey)),
    ...(languages.length > 0 ? [say(each => each.words.pick.speaks(languages))] : []),
    ...(languages.length === 0 && sources.languages.length > 0
      ? [say(each => each.words.pick.speaksNone([...sources.languages]))]
      : []),
    ...(saidYes ? [say(each => each.words.pick.saidYes())] : []),
    ...rulesHeld(standing, chosen, say),
    comparison(standing, nextBest(standing, shortlist, chosen), chosen, sources, say),
  ];
}

/** The rules of "at least" that count the person: needed where without them it would be broken, or by one more. */
function rulesHeld(standing: Standing, chosen: number, say: Voice): Wording[] {
  return standing.of.rules.flatMap(({ rule, count }, r) => {
    if (rule.kind !== 'at least' || !countsFor(standing.of, r, chosen)) return [];
    const open = standing.counted[r]!;
    // Enough sit already: this person is not what the rule hangs on.
    if (count === 0) return [];
    if (open <= count) return [say(each => each.words.pick.needed(each.rule(rule)))];
    // `count` is what open seats must still bring: the difference to the rule's own number sits already.
    const people = open + (rule.count - count);
    return [say(each => each.words.pick.counts(each.rule(rule), people))];
  });
}

function comparison(
  standing: Standing,
  next: NextBest | null,
  chosen: number,
  sources: PickSources,
  say: Voice,
): Wording {
  const { of } = standing;
  if (!next) return say(each => each.words.pick.nobodyElse(othersInSeats(standing, chosen)));
  const expertId = sources.expertIdOf(next.candidacy);
  const worse = [next.broken, next.latest, next.nine, next.cost].find(change => change !== 0) ?? 0;
  if (worse < 0) return say(each => each.words.pick.nextIsBetter(expertId));
  if (next.broken > 0) {
    const rules = next.breaks.map(r => of.rules[r]!.rule.ruleId);
    return say(each => each.words.pick.nextBreaks(expertId, rules));
  }
  if (next.latest > 0) {
    const later = of.arrivals[next.candidacy]! - of.arrivals[chosen]!;
    return say(each => each.words.pick.nextDelays(expertId, later, next.latest));
  }
  if (next.nine > 0) return say(each => each.words.pick.nextDelaysNine(expertId, next.nine));
  if (next.cost === 0) return say(each => each.words.pick.nextEquals(expertId));
  const differences = differencesOf(sources.costPartsOf(chosen), sources.costPartsOf(next.candidacy));
  return say(each => each.words.pick.nextCosts(expertId, next.cost, differences));
}

const order: CostPart[] = ['proficiency', 'language', 'fatigue', 'turns', 'scarce', 'arrival'];

/** Where two choices differ in cost, what weighs most first. */
export function differencesOf(own: CostParts, other: CostParts): CostDifference[] {
  return order
    .map(part => ({
      part,
      points: other[part].points - own[part].points,
      steps: Math.abs(other[part].steps - own[part].steps),
    }))
    .filter(({ points }) => points !== 0)
    .sort((one, two) => Math.abs(two.points) - Math.abs(one.points));
}

/** How many others who are eligible for the group sit in seats of other groups. */
function othersInSeats({ of, chosenOf }: Standing, chosen: number): number {
  const g = of.group[chosen]!;
  let others = 0;
  for (let a = of.groupStarts[g]!; a < of.groupStarts[g + 1]!; a += 1) {
    const seat = chosenOf.get(of.person[a]!);
    if (seat !== undefined && of.group[seat]! !== g) others += 1;
  }
  return others;
}
