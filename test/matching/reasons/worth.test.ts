import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidacies, CountedRule } from '../../../functions/matching/candidates/candidacies.ts';
import type { TeamRule } from '../../../functions/matching/problem.ts';
import {
  changeAtLeast,
  leavesOf,
  worthOfPerson,
  worthOfRule,
  worthOfSeat,
  worthOfSofterRule,
} from '../../../functions/matching/reasons/worth.ts';
import { solve } from '../../../functions/matching/solving/solve.ts';
import type { Solved, SolvedStage } from '../../../functions/matching/solving/solved.ts';
import { idOf } from '../../../functions/roster/reading.ts';
import { aTeamRule } from '../instances.ts';
import { candidaciesOf, goalsOf, leastCost, screened, smallProblem } from './small-problems.ts';

/** The plan of a small problem, its goals, and the place of the last stage. */
async function planned(instance: Parameters<typeof screened>[0]) {
  const { candidacies: of, roster } = screened(instance);
  const solved = await solve(of, roster, 'D-1');
  const named = {
    expertIdOf: (a: number) => idOf(roster, of.person[a]!),
    employerIdOf: (a: number) => roster.words.employers[of.employer[a]!]!,
  };
  return {
    of,
    roster,
    solved,
    named,
    goals: goalsOf(of, [...solved.chosen]),
    cost: solved.stages.length - 1,
  };
}

const withSeats = (of: Candidacies, g: number): Candidacies => ({
  ...of,
  groups: of.groups.map((group, i) =>
    i === g ? { ...group, seatIds: [...group.seatIds, 'one more'] } : group,
  ),
});

const softer = (of: Candidacies, r: number, by: number): Candidacies => ({
  ...of,
  rules: of.rules.map((each, i) =>
    i === r
      ? { ...each, count: each.rule.kind === 'at least' ? Math.max(0, each.count - by) : each.count + by }
      : each,
  ),
});

const stageOf = ({ stages }: Solved, number: number) => stages[number]!;

describe('bounds by the prices of a proof, held against every plan there is', () => {
  it('never promise more than a plan shows to be wrong', async () => {
    const tight = { person: 0, seat: 0, rule: 0 };
    await fc.assert(
      fc.asyncProperty(smallProblem, async instance => {
        const { of, solved, named, goals, cost } = await planned(instance);
        if (solved.trouble !== null) return;
        const now = goals.at(-1)!;
        const seated = new Set([...solved.chosen].map(a => of.person[a]!));
        const stage = stageOf(solved, cost);

        for (const a of of.person.keys()) {
          if (seated.has(of.person[a]!) || of.groups[of.group[a]!]!.seatIds.length === 0) continue;
          const own = [...of.person.keys()].filter(other => of.person[other] === of.person[a]);
          const worth = worthOfPerson(of, solved.stages, cost, a, own, named);
          const least = leastCost(of, goals, plan => plan.includes(a));
          if (!worth) expect(least).toBeNull();
          else if (least !== null) {
            const bound = changeAtLeast(stage, worth)!;
            expect(bound).toBeLessThanOrEqual(least - now);
            if (bound === least - now && bound > 0) tight.person += 1;
          }
        }

        for (const g of of.groups.keys()) {
          const least = leastCost(withSeats(of, g), goals);
          if (least === null) continue;
          const bound = changeAtLeast(stage, worthOfSeat(of, solved.stages, cost, g))!;
          expect(bound).toBeLessThanOrEqual(least - now);
          if (bound === least - now) tight.seat += 1;
        }

        const employers = {
          takenBy: () => 0,
          eligibleOf: (employerId: string) =>
            new Set(
              [...of.person.keys()].filter(a => named.employerIdOf(a) === employerId).map(a => of.person[a]),
            ).size,
        };
        for (const r of of.rules.keys()) {
          const without = leastCost(softer(of, r, 99), goals)!;
          const bound = changeAtLeast(stage, worthOfRule(of, solved.stages, cost, r, employers))!;
          expect(bound).toBeLessThanOrEqual(without - now);
          if (bound === without - now && bound < 0) tight.rule += 1;
          const byOne = leastCost(softer(of, r, 1), goals)!;
          expect(changeAtLeast(stage, worthOfSofterRule(of, r))).toBeLessThanOrEqual(byOne - now);
        }
      }),
      { numRuns: 25, seed: 7 },
    );
    // They are no empty promises either: many are met exactly.
    expect(Math.min(tight.person, tight.seat, tight.rule)).toBeGreaterThan(0);
  });

  it('takes the least of all cases of a proof, and rounds it down', () => {
    const prices = (group: number) => ({
      groups: { 'rescue/fire-rescue': group },
      rules: {},
      goals: {},
      cases: [0],
    });
    const people = {
      group: 'rescue/fire-rescue',
      traits: null,
      late: null,
      employerId: null,
      expertId: null,
    };
    const proof = { people, atMost: 0, low: { prices: prices(4.5) }, high: { prices: prices(3.75) } };
    const stage = { goal: 'cost' as const, teamType: null, value: 20, bound: 19, proof };
    expect(leavesOf(proof).map(({ kinds }) => kinds)).toEqual([[people], [people]]);
    expect(changeAtLeast(stage, leaf => leaf.prices.groups['rescue/fire-rescue']!)).toBe(2);
    expect(changeAtLeast({ ...stage, goal: 'latest arrival' }, () => 1)).toBeNull();
  });

  it('counts what a place after the nine in ten is worth, and what one more seat adds to them', () => {
    const of = candidaciesOf([
      [100, 5],
      [150, 5],
      [300, 5],
    ]);
    const prices = { groups: { 'rescue/fire-rescue': 4 }, rules: {}, goals: { 2: -3 }, cases: [] };
    const stages: SolvedStage[] = [
      { goal: 'seats empty', teamType: null, value: 0, bound: 0, proof: { prices } },
      { goal: 'latest arrival', teamType: 'rescue', value: 200, bound: 200, proof: { prices } },
      { goal: 'arrival of nine in ten', teamType: 'rescue', value: 120, bound: 120, proof: { prices } },
      { goal: 'cost', teamType: null, value: 50, bound: 50, proof: { prices } },
    ];
    const named = { expertIdOf: String, employerIdOf: String };
    const [leaf] = leavesOf(stages[3]!.proof);
    const worth = (a: number) => worthOfPerson(of, stages, 3, a, [a], named)?.(leaf!);
    expect([worth(0), worth(1), worth(2)]).toEqual([1, 4, undefined]);
    expect(worthOfSeat(of, stages, 3, 0)(leaf!)).toBe(4);
    const nineteen = { ...of, groups: [{ ...of.groups[0]!, seatIds: Array<string>(19).fill('') }] };
    expect(worthOfSeat(nineteen, stages, 3, 0)(leaf!)).toBe(1);
  });

  it('tells kinds of people apart by their traits alone, whatever the number of an employer rule', () => {
    const ruleOf = (ruleId: string, of: TeamRule['of']): CountedRule => {
      const rule = aTeamRule({ ruleId, kind: of.is === 'same employer' ? 'at most' : 'at least', of });
      return { rule, ruleKey: `rescue/${ruleId}`, groups: [0], count: 1, taken: new Map() };
    };
    const ruleIds = Array.from({ length: 31 }, (_, i) => `TRAIT-${i}`);
    const rules = [
      ...ruleIds.map(ruleId => ruleOf(ruleId, { is: 'speaker' })),
      ...['CAP-A', 'CAP-B', 'CAP-C'].map(ruleId => ruleOf(ruleId, { is: 'same employer' })),
    ];
    const bits = [0, 1, 2, 3, 2 ** 30, 2 ** 31 - 1];
    const of: Candidacies = {
      ...candidaciesOf(bits.map(() => [100, 5])),
      rules,
      traits: Uint32Array.from(bits),
    };
    const named = { expertIdOf: String, employerIdOf: () => 'F-1' };
    /** What each person costs where those with these traits, and nobody else, pay 2 points. */
    const reduced = (mask: number) => {
      const traits = ruleIds.flatMap((ruleId, r) => ((mask >>> r) & 1 ? [`rescue/${ruleId}`] : []));
      const people = {
        group: 'rescue/fire-rescue',
        traits: traits.toReversed(),
        late: null,
        employerId: null,
        expertId: null,
      };
      // A trait's price counts for who has it; an employer rule has no price of its own, only one for each employer.
      const rulePrices = { 'rescue/TRAIT-30': -10, 'rescue/CAP-B': -100, 'rescue/CAP-C:F-1': -1000 };
      const prices = { groups: {}, rules: rulePrices, goals: {}, cases: [-2] };
      const proof = { people, atMost: 0, low: { prices }, high: { prices } };
      const stage: SolvedStage = { goal: 'cost', teamType: null, value: 0, bound: 0, proof };
      const [leaf] = leavesOf(proof);
      return bits.map((_, a) => worthOfPerson(of, [stage], 0, a, [a], named)!(leaf!));
    };
    for (const mask of bits) {
      const expected = bits.map(own => 1005 + (own >= 2 ** 30 ? 10 : 0) + (own === mask ? 2 : 0));
      expect(reduced(mask)).toEqual(expected);
    }
  });
});
