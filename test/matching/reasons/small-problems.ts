import fc from 'fast-check';
import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import type { MatchInstance, TeamRule } from '../../../functions/matching/problem.ts';
import { breachOf, standingOf, timesOf } from '../../../functions/matching/reasons/standing.ts';
import type { Solved } from '../../../functions/matching/solving/solved.ts';
import {
  aCandidate,
  anInstance,
  aQualification,
  aTeam,
  aTeamRule,
  problemAndRoster,
  seats,
} from '../instances.ts';

const person = fc.record({
  roles: fc.constantFrom(['fire-rescue'], ['doctor'], ['fire-rescue', 'doctor']),
  proficiency: fc.integer({ min: 1, max: 3 }),
  speaks: fc.boolean(),
  missions: fc.constantFrom(0, 0, 3),
  notice: fc.constantFrom(0, 60, 200),
  employerId: fc.constantFrom('F-1', 'F-2'),
});

/** Problems small enough to look at every plan: two roles, up to seven people, three rules. */
export const smallProblem: fc.Arbitrary<MatchInstance> = fc
  .record({
    people: fc.array(person, { minLength: 2, maxLength: 7 }),
    fire: fc.integer({ min: 1, max: 2 }),
    doctors: fc.integer({ min: 0, max: 1 }),
    speakers: fc.integer({ min: 0, max: 2 }),
    newcomers: fc.integer({ min: 0, max: 2 }),
    cap: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ people, fire, doctors, speakers, newcomers, cap }) =>
    anInstance({
      teams: [aTeam({ standby: [{ role: 'fire-rescue', critical: false, count: 1 }] })],
      seats: [...seats('rescue', 'fire-rescue', fire), ...seats('rescue', 'doctor', doctors, true)],
      reachableEmployerIds: ['F-1', 'F-2'],
      leastProficiency: { critical: 1, other: 1 },
      teamRules: [
        ...(speakers > 0 ? [aTeamRule({ count: speakers })] : []),
        aTeamRule({ ruleId: 'NEWCOMERS', kind: 'at most', count: newcomers, of: { is: 'newcomer' } }),
        aTeamRule({ ruleId: 'EMPLOYER-CAP', kind: 'at most', count: cap, of: { is: 'same employer' } }),
      ] satisfies TeamRule[],
      experts: people.map((each, i) =>
        aCandidate(`E-${i}`, {
          qualifications: each.roles.map(role => aQualification(role, { proficiency: each.proficiency })),
          languages: each.speaks ? ['tr'] : ['ja'],
          missions: each.missions,
          noticeToMoveMinutes: each.notice,
          employerId: each.employerId,
        }),
      ),
    }),
  );

export const screened = (instance: MatchInstance) => {
  const { problem, roster } = problemAndRoster(instance);
  return { problem, roster, ...screen(problem, roster) };
};

/** Every plan there is, by its candidacies. */
export function allPlans({ groups, groupStarts, person: who }: Candidacies): number[][] {
  const plans: number[][] = [];
  const extend = (g: number, from: number, left: number, plan: number[]): void => {
    if (g === groups.length) {
      plans.push(plan);
      return;
    }
    extend(g + 1, groupStarts[g + 1]!, groups[g + 1]?.seatIds.length ?? 0, plan);
    if (left === 0) return;
    for (let a = from; a < groupStarts[g + 1]!; a += 1) {
      if (!plan.some(other => who[other] === who[a])) extend(g, a + 1, left - 1, [...plan, a]);
    }
  };
  extend(0, 0, groups[0]?.seatIds.length ?? 0, []);
  return plans;
}

/** What a plan of one team reaches for each goal, in their order; the urgency of empty seats says nothing of one team. */
export function goalsOf(of: Candidacies, plan: readonly number[]): number[] {
  const standing = standingOf(of, { chosen: Uint32Array.from(plan), standby: new Uint32Array() });
  const empty = of.groups.map(({ seatIds }, g) => seatIds.length - standing.filled[g]!);
  const critical = empty.filter((_, g) => of.groups[g]!.critical).reduce((sum, each) => sum + each, 0);
  const { latest, nine } = timesOf(standing, 0);
  return [
    critical,
    empty.reduce((sum, each) => sum + each, 0),
    of.rules.reduce((sum, _, r) => sum + breachOf(standing, r), 0),
    latest,
    nine,
    plan.reduce((sum, a) => sum + of.cost[a]!, 0),
  ];
}

/** Below 0 when the first is better, goal by goal. */
export const compare = (one: readonly number[], other: readonly number[]): number =>
  one.map((value, i) => value - other[i]!).find(difference => difference !== 0) ?? 0;

/** The least cost among the plans that are at least as good in each goal before; null: there is none. */
export function leastCost(
  of: Candidacies,
  within: readonly number[],
  admits = (_: readonly number[]) => true,
): number | null {
  const costs = allPlans(of)
    .filter(admits)
    .map(plan => goalsOf(of, plan))
    .filter(goals => goals.slice(0, -1).every((value, i) => value <= within[i]!))
    .map(goals => goals.at(-1)!);
  return costs.length === 0 ? null : Math.min(...costs);
}

export const noStandby = (chosen: readonly number[]): Pick<Solved, 'chosen' | 'standby'> => ({
  chosen: Uint32Array.from(chosen),
  standby: new Uint32Array(),
});

/** One group of ten seats in one team without rules, and these people, [minutes, cost] each. */
export function candidaciesOf(people: readonly (readonly [number, number])[]): Candidacies {
  const seatIds = Array.from({ length: 10 }, (_, i) => `rescue/fire-rescue/${i}`);
  const column = people.map(() => 0);
  return {
    groups: [
      {
        groupId: 'rescue/fire-rescue',
        teamType: 'rescue',
        role: 'fire-rescue',
        critical: false,
        seatIds,
        standby: 0,
        team: aTeam(),
      },
    ],
    teams: ['rescue'],
    rules: [],
    count: people.length,
    person: Uint32Array.from(people.keys()),
    group: Uint16Array.from(column),
    groupStarts: Uint32Array.of(0, people.length),
    minutes: Uint32Array.from(people, ([minutes]) => minutes),
    arrivals: Uint32Array.from(people, ([minutes]) => minutes),
    cost: Uint16Array.from(people, ([, cost]) => cost),
    traits: Uint32Array.from(column),
    employer: Uint32Array.from(column),
  };
}
