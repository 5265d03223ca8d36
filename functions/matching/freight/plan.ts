import * as z from 'zod';
import { Wording } from '../../domain/primitives.ts';
import { GoodsPick } from '../../domain/stock.ts';
import { type Proof, provenBound, wholeBound } from './bound.ts';
import { breaches, type Flow, type Held, measure, nothingHeld, type Objective } from './goals.ts';
import { type Network, networkOf } from './network.ts';
import type { GoodsProblem } from './problem.ts';
import { type Goal, goals, solveFreight } from './solve.ts';
import { reasonOf, shortageOf } from './wording.ts';

const places = z.array(z.number());
const GoodsProof: z.ZodType<Proof> = z.lazy(() =>
  z.union([
    z.object({
      prices: z.object({
        items: places,
        onTime: places,
        shelves: places,
        goals: z.object({ unmet: z.number(), late: z.number(), loose: z.number(), cost: z.number() }),
      }),
    }),
    z.object({ way: z.number().int(), closed: GoodsProof, open: GoodsProof }),
  ]),
);

/** What was reached for one goal of the goods, and what is proven. */
export const GoodsStage = z.object({
  goal: z.enum(goals),
  /** For the latest arrival of one item; null: of all goods. */
  item: z.string().nullable(),
  /** Units weighed by priority, minutes from now, loads, points (to the thousandth), unit minutes. */
  value: z.number(),
  /** No plan that is as good in all goals before has less. Equal to `value`: proven best. */
  bound: z.number(),
  /** The part of `value` that is not proven; 0: none. */
  gap: z.number(),
  /** Prices that prove the bound by plain arithmetic (bound.ts). */
  proof: GoodsProof,
});
export type GoodsStage = z.infer<typeof GoodsStage>;

/** Which goods go where from, by which lane, and why; what is missing, and why; and how good that is. */
export const GoodsPlan = z.object({
  lines: z.array(GoodsPick),
  short: z.array(z.object({ item: z.string(), missing: z.number().int().positive(), reason: Wording })),
  /** Points of all: the weight by lanes, and each lane's fixed cost once. */
  cost: z.number(),
  stages: z.array(GoodsStage),
  /** Why a proof is missing; the plan stands all the same. */
  trouble: z.string().nullable(),
});
export type GoodsPlan = z.infer<typeof GoodsPlan>;

/** Thousandths, as costs are counted, in points. */
const inPoints = (goal: Goal, value: number): number => (goal === 'cost' ? value / 1000 : value);

const gapOf = (value: number, bound: number): number => (value === bound ? 0 : (value - bound) / value);

/**
 * Which goods leave which warehouse by which lane: the best plan in the order of the goals (see GoodsProblem), with its
 * reasons and its proof. Goods leave in whole pallets, and the last pallet of an item goes whole even when it holds more
 * than is asked; units go loose only where whole pallets would leave more of the needs unmet. Nothing is taken that
 * is not on the shelf. The same problem gives the same plan, in whatever order its lists stand.
 */
export async function planGoods(problem: GoodsProblem): Promise<GoodsPlan> {
  const network = networkOf(problem);
  const { flow, stages, trouble } = await solveFreight(network);
  return {
    lines: linesOf(network, flow),
    short: shortOf(network, flow),
    cost: measure(network, flow).cost / 1000,
    stages: stages.map(({ goal, item, value, bound, proof }) => ({
      goal,
      item: item === null ? null : network.items[item]!.item,
      value: inPoints(goal, value),
      bound: inPoints(goal, bound),
      gap: gapOf(inPoints(goal, value), inPoints(goal, bound)),
      proof,
    })),
    trouble,
  };
}

function linesOf(network: Network, flow: Flow): GoodsPick[] {
  const { items, ways, arcs, shelves } = network;
  const used = [...arcs.keys()].filter(a => flow[a]! > 0);
  used.sort((a, b) => arcs[a]!.item - arcs[b]!.item || a - b);
  return used.map(a => {
    const { item, way, price, shelf } = arcs[a]!;
    const { warehouse, lane, arrivesAt } = ways[way]!;
    const { palletUnits } = shelves[shelf]!;
    return {
      item: items[item]!.item,
      warehouseId: warehouse.warehouseId,
      laneId: lane.laneId,
      mode: lane.mode,
      pallets: palletUnits > 1 ? Math.floor(flow[a]! / palletUnits) : 0,
      quantity: flow[a]!,
      arrivesAt,
      cost: (price * flow[a]!) / 1000,
      reason: reasonOf(network, flow, a),
    };
  });
}

function shortOf(network: Network, flow: Flow): GoodsPlan['short'] {
  return network.items.flatMap(({ item, quantity }, i) => {
    const sent = network.arcs.reduce((sum, arc, a) => sum + (arc.item === i ? flow[a]! : 0), 0);
    return sent < quantity ? [{ item, missing: quantity - sent, reason: shortageOf(network, flow, i) }] : [];
  });
}

/**
 * What is wrong with a plan; nothing: it can be carried out, its numbers are right, and every bound that it states follows
 * from its prices by plain arithmetic over all shelves and lanes. Neither the solver nor the search has a part in this.
 */
export function checkGoodsPlan(problem: GoodsProblem, plan: GoodsPlan): string[] {
  const network = networkOf(problem);
  const { items, ways, arcs } = network;
  const faults: string[] = [];
  const flow = new Float64Array(arcs.length);
  for (const line of plan.lines) {
    const at = arcs.findIndex(
      ({ item, way }) =>
        items[item]!.item === line.item &&
        ways[way]!.warehouse.warehouseId === line.warehouseId &&
        ways[way]!.lane.laneId === line.laneId,
    );
    const name = `${line.item} of ${line.warehouseId} by ${line.laneId}`;
    if (at < 0) {
      faults.push(`${name} cannot go`);
      continue;
    }
    if (flow[at]! > 0) faults.push(`${name} is there twice`);
    flow[at] = line.quantity;
    const { arrivesAt, warehouse } = ways[arcs[at]!.way]!;
    const { palletUnits } = network.shelves[arcs[at]!.shelf]!;
    const pallets = palletUnits > 1 ? Math.floor(line.quantity / palletUnits) : 0;
    if (line.arrivesAt !== arrivesAt) faults.push(`${name} arrives at ${arrivesAt}, not ${line.arrivesAt}`);
    if (line.pallets !== pallets) faults.push(`${name} of ${warehouse.name} is ${pallets} whole pallets`);
    if (line.cost !== (arcs[at]!.price * line.quantity) / 1000) faults.push(`the cost of ${name} is another`);
  }
  faults.push(...breaches(network, flow));
  const short = shortOf(network, flow);
  if (JSON.stringify(short.map(countOf)) !== JSON.stringify(plan.short.map(countOf)))
    faults.push('the shortages are not those of the lines');
  const values = measure(network, flow);
  if (plan.cost !== values.cost / 1000) faults.push(`the cost is ${values.cost / 1000}, not ${plan.cost}`);

  const held = nothingHeld(network);
  const place = new Map(items.map(({ item }, i) => [item, i]));
  let last = -1;
  for (const { goal, item, value, bound, gap, proof } of plan.stages) {
    const i = item === null ? null : place.get(item);
    const name = item === null ? goal : `${goal} of ${item}`;
    if (i === undefined || (i !== null && goal !== 'latest arrival') || goals.indexOf(goal) < last) {
      faults.push(`${name} is no goal here`);
      continue;
    }
    last = goals.indexOf(goal);
    const { reached, proven } = recount(network, held, goal, i, values, proof, bound);
    if (inPoints(goal, reached) !== value) faults.push(`${name} is ${inPoints(goal, reached)}, not ${value}`);
    if (bound > value) faults.push(`the bound of ${name} is above its value`);
    if (gap !== gapOf(value, bound)) faults.push(`the gap of ${name} is another`);
    if (!proven) faults.push(`the prices do not prove the bound ${bound} of ${name}`);
    hold(held, goal, i, reached);
  }
  for (const goal of ['units not found', 'latest arrival'] as const)
    if (!plan.stages.some(stage => stage.goal === goal)) faults.push(`${goal}: nothing is said of it`);
  return faults;
}

const countOf = ({ item, missing }: { item: string; missing: number }) => [item, missing];

const objectives = {
  'units not found': 'unmet',
  'units missing at the deadline': 'late',
  'loose loads': 'loose',
  cost: 'cost',
  waiting: 'waiting',
} as const satisfies Partial<Record<Goal, Objective>>;

function recount(
  network: Network,
  held: Held,
  goal: Goal,
  item: number | null,
  values: ReturnType<typeof measure>,
  proof: Proof,
  bound: number,
): { reached: number; proven: boolean } {
  if (goal !== 'latest arrival') {
    const objective = objectives[goal];
    const least = wholeBound(provenBound(network, held, objective, proof));
    return { reached: values[objective], proven: inPoints(goal, least) >= bound };
  }
  const reached = item === null ? Math.max(0, ...values.latest) : values.latest[item]!;
  // Nothing arrives before the bound: with all earlier lanes alone, no plan is as good in the goals before.
  const until = item === null ? held.until.map(() => bound - 1) : held.until.with(item, bound - 1);
  const isImpossible = provenBound(network, { ...held, until }, 'nothing', proof) > 1e-6;
  return { reached, proven: bound === 0 || isImpossible };
}

function hold(held: Held, goal: Goal, item: number | null, value: number): void {
  if (goal === 'units not found') held.unmet = value;
  else if (goal === 'units missing at the deadline') held.late = value;
  else if (goal === 'loose loads') held.loose = value;
  else if (goal === 'cost') held.cost = value;
  else if (goal === 'latest arrival' && item === null) held.until.fill(value);
  else if (goal === 'latest arrival') held.until[item!] = value;
}
