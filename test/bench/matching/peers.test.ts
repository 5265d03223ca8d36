import { describe, expect, it } from 'vitest';
import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import { solveByMunkres } from './assignment.ts';
import { drawnCandidacies } from './drawn.ts';
import { solveGoalByGoal } from './goal-by-goal.ts';
import { greedyPlan } from './greedy.ts';
import { solveByHighs } from './milp.ts';
import { none, programmeOf } from './programme.ts';
import { allPlaces, prunedPlaces } from './prune.ts';
import { compareVectors, scoreOf, vectorOf, weighed, weightsFor } from './score.ts';

/** Every plan there is, of a problem small enough. */
function* everyPlan(candidacies: Candidacies): Generator<number[]> {
  const { groups, group, person, count } = candidacies;
  const plan: number[] = [];
  const used = new Set<number>();
  const left = groups.map(({ seatIds }) => seatIds.length);
  function* from(a: number): Generator<number[]> {
    if (a === count) {
      yield [...plan];
      return;
    }
    yield* from(a + 1);
    if (used.has(person[a]!) || left[group[a]!] === 0) return;
    plan.push(a);
    used.add(person[a]!);
    left[group[a]!]! -= 1;
    yield* from(a + 1);
    plan.pop();
    used.delete(person[a]!);
    left[group[a]!]! += 1;
  }
  yield* from(0);
}

type Row = { person: number; group: number; minutes: number; cost: number };

/** Candidacies without rules, as written down; the rows in the order of groups. */
function handmade(
  groups: { teamType: string; critical: boolean; seats: number }[],
  rows: readonly Row[],
): Candidacies {
  const drawn = drawnCandidacies(1, tiny);
  const starts = groups.map((_, g) => rows.filter(({ group }) => group < g).length);
  return {
    ...drawn,
    groups: groups.map(({ teamType, critical, seats }, g) => ({
      ...drawn.groups[0]!,
      groupId: `${teamType}/${g}`,
      teamType,
      critical,
      seatIds: Array.from({ length: seats }, (_, i) => `${g}/${i}`),
    })),
    teams: [...new Set(groups.map(({ teamType }) => teamType))],
    rules: [],
    count: rows.length,
    person: Uint32Array.from(rows, ({ person }) => person),
    group: Uint16Array.from(rows, ({ group }) => group),
    groupStarts: Uint32Array.from([...starts, rows.length]),
    minutes: Uint32Array.from(rows, ({ minutes }) => minutes),
    arrivals: Uint32Array.from(rows, ({ minutes }) => minutes),
    cost: Uint16Array.from(rows, ({ cost }) => cost),
    traits: new Uint32Array(rows.length),
    employer: new Uint32Array(rows.length),
  };
}

/** Fewer people than seats. */
const scarce = { groups: 4, seats: 3, people: 5 };
const tiny = { groups: 3, seats: 2, people: 7 };
const small = { groups: 5, seats: 4, people: 60 };
const seeds = Array.from({ length: 4 }, (_, seed) => seed + 1);

describe('the oracle', () => {
  it.each([...seeds.map(seed => [seed, tiny] as const), ...seeds.map(seed => [seed, scarce] as const)])(
    'finds the best of all plans, seed %i of %j',
    async (seed, size) => {
      const candidacies = drawnCandidacies(seed, size);
      let best: number[] | null = null;
      for (const plan of everyPlan(candidacies)) {
        const vector = vectorOf(scoreOf(candidacies, plan));
        if (best === null || compareVectors(vector, best) < 0) best = vector;
      }
      const answer = await solveGoalByGoal(candidacies, allPlaces(candidacies), 10);
      expect(vectorOf(scoreOf(candidacies, answer!.chosen))).toEqual(best);
    },
  );

  it('leaves the more urgent seat empty rather than the critical one', async () => {
    const candidacies = handmade(
      [
        { teamType: 'rescue', critical: false, seats: 1 },
        { teamType: 'medical-2', critical: true, seats: 1 },
      ],
      [
        { person: 0, group: 0, minutes: 10, cost: 0 },
        { person: 0, group: 1, minutes: 90, cost: 50 },
      ],
    );
    const answer = await solveGoalByGoal(candidacies, [0, 1], 10);
    expect(answer!.chosen).toEqual([1]);
  });

  it('lets a tenth of the seats come later, and no more for a lower cost', async () => {
    const early = Array.from({ length: 9 }, (_, person) => ({ person, group: 0, minutes: 10, cost: 10 }));
    const late = [9, 10].map(person => ({ person, group: 0, minutes: 100, cost: 0 }));
    const candidacies = handmade([{ teamType: 'rescue', critical: false, seats: 10 }], [...early, ...late]);
    const answer = await solveGoalByGoal(candidacies, allPlaces(candidacies), 10);
    expect(scoreOf(candidacies, answer!.chosen)).toMatchObject({ latest: [100], nine: [10], cost: 90 });
  });

  it('asks HiGHS again without presolve when it fails or finds no plan', async () => {
    const candidacies = drawnCandidacies(23, { groups: 6, seats: 4, people: 60 });
    const places = allPlaces(candidacies);
    const programme = programmeOf(candidacies, places, { critical: 0, seat: 0, rule: 0 });
    const atMost = (upper: number, columns: number[]) =>
      programme.rows.push({ lower: -none, upper, columns, values: columns.map(() => 1) });
    atMost(0, programme.empty);
    atMost(1, programme.breaches.flat());
    const limits: Record<string, number> = { rescue: 150, 'medical-2': 200 };
    for (const [c, a] of places.entries())
      if (candidacies.minutes[a]! > limits[candidacies.groups[candidacies.group[a]!]!.teamType]!)
        programme.upper[c] = 0;
    programme.cost.fill(0);
    expect(await solveByHighs(programme, 10)).toMatchObject({ trouble: null });
  });
});

describe('the peers', () => {
  it.each(seeds)('find on the pruned candidacies what they find on all, seed %i', async seed => {
    const candidacies = drawnCandidacies(seed, small);
    const weights = weightsFor(candidacies);
    const pruned = prunedPlaces(candidacies);
    const [few, all] = await Promise.all(
      [pruned, allPlaces(candidacies)].map(places =>
        solveByHighs(programmeOf(candidacies, places, weights), 10),
      ),
    );
    expect(few).toMatchObject({ value: all!.value, bound: all!.value, trouble: null });
    expect(weighed(scoreOf(candidacies, few!.chosen), weights)).toBe(few!.value);
    expect(
      weighed(scoreOf(candidacies, greedyPlan(candidacies, pruned, weights)), weights),
    ).toBeGreaterThanOrEqual(few!.value);
  });

  it('drop candidacies that no plan needs', () => {
    const candidacies = drawnCandidacies(1, { groups: 4, seats: 3, people: 600 });
    expect(prunedPlaces(candidacies).length).toBeLessThan(candidacies.count / 3);
  });

  it.each(seeds)('agree with the Hungarian algorithm where there are no rules, seed %i', async seed => {
    const candidacies = { ...drawnCandidacies(seed, small), rules: [] };
    const weights = weightsFor(candidacies);
    const places = prunedPlaces(candidacies);
    const { value } = await solveByHighs(programmeOf(candidacies, places, weights), 10);
    const answer = solveByMunkres(candidacies, places, weights);
    expect(answer.value).toBe(value);
    expect(weighed(scoreOf(candidacies, answer.chosen), weights)).toBe(value);
  });
});

describe('the greedy', () => {
  it('seats nobody twice and fills what can be filled by moving people over', () => {
    for (const seed of seeds) {
      const candidacies = drawnCandidacies(seed, small);
      const plan = greedyPlan(candidacies, allPlaces(candidacies), weightsFor(candidacies));
      expect(new Set(plan.map(a => candidacies.person[a])).size).toBe(plan.length);
      expect(scoreOf(candidacies, plan).empty).toBe(0);
    }
  });

  it('comes close to the best plan', async () => {
    let excess = 0;
    for (const seed of seeds) {
      const candidacies = drawnCandidacies(seed + 100, small);
      const weights = weightsFor(candidacies);
      const places = prunedPlaces(candidacies);
      const best = await solveByHighs(programmeOf(candidacies, places, weights), 10);
      const plan = scoreOf(candidacies, greedyPlan(candidacies, places, weights));
      excess += weighed(plan, weights) / Math.max(1, best.value) - 1;
    }
    expect(excess / seeds.length).toBeLessThan(0.5);
  });
});
