import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundOf, provenBound } from '../../functions/matching/freight/bound.ts';
import { type Held, measure } from '../../functions/matching/freight/goals.ts';
import { networkOf } from '../../functions/matching/freight/network.ts';
import { checkGoodsPlan, GoodsPlan, planGoods } from '../../functions/matching/freight/plan.ts';
import { GoodsProblem } from '../../functions/matching/freight/problem.ts';
import { solveFreight } from '../../functions/matching/freight/solve.ts';
import { madeUp } from './freight-instances.ts';

/** Every plan of a small problem tried: the least units not found, then the latest arrival, then the cost in thousandths. */
function tryAll(problem: GoodsProblem): number[] {
  const { items, shelves, ways, arcs } = networkOf(problem);
  const flow = arcs.map(() => 0);
  let best: number[] = [Number.POSITIVE_INFINITY];
  const place = (a: number): void => {
    if (a < arcs.length) {
      for (flow[a] = 0; flow[a]! <= arcs[a]!.most; flow[a]! += 1) place(a + 1);
      flow[a] = 0;
      return;
    }
    const sum = (of: (arc: (typeof arcs)[number]) => number) =>
      arcs.reduce((total, arc, i) => total + flow[i]! * of(arc), 0);
    if (shelves.some((shelf, s) => sum(arc => Number(arc.shelf === s)) > shelf.available)) return;
    if (ways.some(({ capacity }, w) => sum(arc => (arc.way === w ? arc.grams : 0)) > (capacity ?? Infinity)))
      return;
    const sent = items.map((_, i) => sum(arc => Number(arc.item === i)));
    if (items.some(({ quantity }, i) => sent[i]! > quantity)) return;
    const used = new Set(arcs.flatMap((arc, i) => (flow[i]! > 0 ? [arc.way] : [])));
    const values = [
      items.reduce((total, { quantity, priority }, i) => total + priority * (quantity - sent[i]!), 0),
      Math.max(0, ...[...used].map(w => ways[w]!.minutes)),
      ...items.map((_, i) =>
        Math.max(
          0,
          ...arcs.flatMap((arc, j) => (arc.item === i && flow[j]! > 0 ? [ways[arc.way]!.minutes] : [])),
        ),
      ),
      sum(arc => arc.price) + [...used].reduce((total, w) => total + ways[w]!.fixed, 0),
    ];
    const at = values.findIndex((value, i) => value !== best[i]);
    if (at >= 0 && values[at]! < (best[at] ?? Number.POSITIVE_INFINITY)) best = values;
  };
  place(0);
  return best;
}

/** A made-up problem cut down to few units, so that all its plans can be tried. */
function small(seed: number): GoodsProblem {
  const problem = madeUp(seed, { items: 2, warehouses: 2, modes: 2 });
  return GoodsProblem.parse({
    ...problem,
    needs: problem.needs.map((need, i) => ({
      ...need,
      quantity: 2 + ((seed + i) % 3),
      priority: 1 + (seed % 2),
    })),
    warehouses: problem.warehouses.map((warehouse, w) => ({
      ...warehouse,
      lanes: warehouse.lanes.map((lane, k) => ({
        ...lane,
        capacityKg: 60 + ((seed * 37 + w * 41 + k * 29) % 140),
        fixedCost: (seed * 7919 + k * 104_729 + w * 31) % 30_000,
      })),
    })),
    stock: problem.stock.map((shelf, i) => ({ ...shelf, available: (seed + i) % 4 })),
  });
}

/** Lanes that are scarce, pallets and deadlines. */
const tight = { items: 4, warehouses: 3, modes: 2, room: 1.2, deadlines: true, pallets: true } as const;

describe('the best plan', () => {
  it('is as good as the best of all plans there are, in every goal', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const problem = small(seed);
      const plan = await planGoods(problem);
      const { items } = networkOf(problem);
      const value = (goal: string, item: string | null = null) =>
        plan.stages.find(stage => stage.goal === goal && stage.item === item)?.value ?? 0;
      const reached = [
        value('units not found'),
        value('latest arrival'),
        ...items.map(({ item }) => value('latest arrival', item)),
        Math.round(1000 * plan.cost),
      ];
      expect(reached, `seed ${seed}`).toEqual(tryAll(problem));
      expect(checkGoodsPlan(problem, plan)).toEqual([]);
    }
  });
});

describe('a bound', async () => {
  const few = { ...tight, items: 3, warehouses: 2 };
  const problems = [small(3), small(8), madeUp(2, few), madeUp(4, { ...few, room: 0.5 })];
  const solved = await Promise.all(
    problems.map(async problem => {
      const network = networkOf(problem);
      const { flow, stages } = await solveFreight(network);
      const { latest, ...values } = measure(network, flow);
      const held: Held = { ...values, until: latest };
      return { network, flow, stages, values, held };
    }),
  );
  const price = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
  const prices = fc.record({
    scale: fc.constantFrom(0.1, 1, 100, 10_000, 1_000_000),
    of: fc.array(price, { minLength: 40, maxLength: 40 }),
    goals: fc.record({ unmet: price, late: price, loose: price, cost: price }),
  });

  it('is below the value of every plan, whatever the prices', () => {
    for (const { network, flow, values, held } of solved) {
      const objectives = ['unmet', 'late', 'loose', 'cost', 'waiting'] as const;
      const states = fc.array(fc.constantFrom(-1, -1, 1), { minLength: 9, maxLength: 9 });
      fc.assert(
        fc.property(prices, fc.constantFrom(...objectives), states, (given, objective, paid) => {
          const at = (from: number, count: number) =>
            Array.from({ length: count }, (_, i) => given.scale * given.of[(from + i) % 40]!);
          const { items, shelves, ways, arcs } = network;
          const some = {
            items: at(0, items.length),
            onTime: at(7, items.length),
            shelves: at(11, shelves.length),
            goals: given.goals,
          };
          // A case in which a lane is paid for is one of plans that use it.
          const isUsed = (w: number) => arcs.some((arc, a) => arc.way === w && flow[a]! > 0);
          const cases = Int8Array.from(ways, (_, w) => (isUsed(w) ? paid[w % 9]! : -1));
          expect(boundOf(network, held, objective, some, cases)).toBeLessThanOrEqual(values[objective]);
          expect(boundOf(network, held, 'nothing', some, cases)).toBeLessThanOrEqual(0);
        }),
        { numRuns: 60 },
      );
    }
  });

  it('is below the value at the best prices too', () => {
    for (const { network, stages, values, held } of solved) {
      for (const { goal, proof } of stages) {
        const objective = ({ 'units not found': 'unmet', cost: 'cost', 'loose loads': 'loose' } as const)[
          goal as 'cost'
        ];
        if (objective)
          expect(provenBound(network, held, objective, proof)).toBeLessThanOrEqual(values[objective] + 1e-6);
      }
    }
  });
});

describe('the proof of a plan', async () => {
  const problem = madeUp(3, tight);
  const plan = await planGoods(problem);
  const stage = (goal: string) => plan.stages.findIndex(each => each.goal === goal && each.item === null);
  const one = <T extends object>(target: T, change: (before: T) => Partial<T>) =>
    Object.assign(target, change(target));
  const changed = (change: (plan: GoodsPlan) => unknown) => {
    const other = structuredClone(plan);
    change(other);
    return checkGoodsPlan(problem, other);
  };

  it('holds, also after it was written and read', () => {
    expect(plan.trouble).toBeNull();
    expect(checkGoodsPlan(problem, GoodsPlan.parse(JSON.parse(JSON.stringify(plan))))).toEqual([]);
    expect(plan.lines.length).toBeGreaterThan(4);
  });

  it.each<[string, (plan: GoodsPlan) => unknown, RegExp]>([
    ['a line is left out', ({ lines }) => lines.pop(), /shortages are not those|units not found is/],
    [
      'a line takes one unit less',
      ({ lines }) => one(lines[0]!, line => ({ quantity: line.quantity - 1 })),
      /is .* whole pallets|is \d+, not/,
    ],
    [
      'a line takes more than lies there',
      ({ lines }) => one(lines[0]!, line => ({ quantity: line.quantity + 100_000 })),
      /are taken from|overloaded|beyond/,
    ],
    [
      'a line goes by a lane that is not there',
      ({ lines }) => one(lines[0]!, () => ({ laneId: 'rocket' })),
      /cannot go/,
    ],
    ['a line stands there twice', ({ lines }) => lines.push(lines[0]!), /there twice/],
    [
      'an arrival is made earlier',
      ({ lines }) => one(lines[0]!, () => ({ arrivesAt: problem.now })),
      /arrives at/,
    ],
    ['a cost is made less', ({ lines }) => one(lines[0]!, ({ cost }) => ({ cost: cost - 1 })), /the cost of/],
    ['the whole cost is made less', whole => one(whole, ({ cost }) => ({ cost: cost - 1 })), /the cost is/],
    [
      'a value is made less',
      ({ stages }) => one(stages[stage('latest arrival')]!, ({ value }) => ({ value: value - 1 })),
      /latest arrival is \d+, not/,
    ],
    [
      'a bound is made better than it is',
      ({ stages }) => {
        const cost = stages[stage('cost')]!;
        cost.bound = cost.value;
        cost.gap = 0;
        cost.proof = stages[stage('units not found')]!.proof;
      },
      /do not prove the bound .* of cost/,
    ],
    [
      'the arrival has no proof',
      ({ stages }) => {
        const latest = stages[stage('latest arrival')]!;
        latest.proof = {
          prices: { items: [], onTime: [], shelves: [], goals: { unmet: 0, late: 0, loose: 0, cost: 0 } },
        };
      },
      /do not prove the bound .* of latest arrival/,
    ],
    ['a gap is hidden', ({ stages }) => one(stages[stage('cost')]!, () => ({ gap: -1 })), /the gap of cost/],
    [
      'a goal is left out',
      ({ stages }) => stages.splice(stage('units not found'), 1),
      /nothing is said of it/,
    ],
    ['goals are turned round', ({ stages }) => stages.reverse(), /is no goal here/],
  ])('is refused when %s', (_what, change, fault) => {
    expect(changed(change).join('; ')).toMatch(fault);
  });
});
