import type { BrokenRule } from '../../domain/plan.ts';
import type { Wording } from '../../domain/primitives.ts';
import { shareLeft } from '../candidates/candidacies.ts';
import type { Solved } from '../solving/solved.ts';
import { breachOf, countsFor, type Standing } from './standing.ts';
import type { Voice } from './voice.ts';

/** Each team rule that the plan does not meet, by how many people, and why: too few count for it, or they conflict. */
export function brokenRules(
  standing: Standing,
  { stages, trouble }: Pick<Solved, 'stages' | 'trouble'>,
  employerIdOf: (place: number) => string,
  say: Voice,
): BrokenRule[] {
  const stage = stages.find(({ goal }) => goal === 'team rules broken');
  const isProven = trouble === null && stage !== undefined && stage.value === stage.bound;
  return standing.of.rules.flatMap(({ rule }, r) => {
    const people = breachOf(standing, r);
    if (people === 0) return [];
    const why = sentence(standing, r, people, employerIdOf, say);
    const doubt = say(each => each.words.brokenRule.unproven());
    const reason = isProven ? why : { en: `${why.en} ${doubt.en}`, ja: `${why.ja}${doubt.ja}` };
    return [{ teamType: rule.teamType, ruleId: rule.ruleId, people, reason }];
  });
}

function sentence(
  standing: Standing,
  r: number,
  breach: number,
  employerIdOf: (place: number) => string,
  say: Voice,
): Wording {
  const { rule, count } = standing.of.rules[r]!;
  if (rule.kind === 'at most') {
    const over = [...standing.employed[r]!]
      .filter(([place, people]) => people > shareLeft(standing.of.rules[r]!, place))
      .map(([place]) => employerIdOf(place))
      .sort();
    return say(each => each.words.brokenRule.tooMany(each.rule(rule), breach, over));
  }
  // What the rule asks for beyond `count` sits already.
  const have = standing.counted[r]! + rule.count - count;
  const eligible = eligibleFor(standing, r);
  const words = eligible < count ? 'tooFew' : 'conflict';
  return say(each => each.words.brokenRule[words](each.rule(rule), have, eligible));
}

/** How many eligible people count for a rule, in whatever group. */
function eligibleFor({ of }: Standing, r: number): number {
  const people = new Set<number>();
  for (let a = 0; a < of.count; a += 1) {
    const hasSeats = of.groups[of.group[a]!]!.seatIds.length > 0;
    if (hasSeats && countsFor(of, r, a)) people.add(of.person[a]!);
  }
  return people.size;
}
