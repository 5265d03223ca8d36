import { type Prices, type Proof, provenBound, wholeBound, zeroPrices } from './bound.ts';
import { proveCost } from './cases.ts';
import { type Flow, type Held, isAllowed, measure, nothingHeld } from './goals.ts';
import { earliestFirst } from './greedy.ts';
import { settleLatest } from './latest.ts';
import type { Network } from './network.ts';
import { byMoves, keeps } from './rounding.ts';
import { cheaper, improve } from './search.ts';

/** The goals in their order; each holds within the values of those before it. */
export const goals = [
  'units not found',
  'loose loads',
  'units missing at the deadline',
  'latest arrival',
  'cost',
  'waiting',
] as const;
export type Goal = (typeof goals)[number];

/** What was reached for one goal, in whole numbers of the network, and the proof that nothing below the bound exists. */
export type SolvedStage = {
  goal: Goal;
  /** For the latest arrival of one item: its place. */
  item: number | null;
  value: number;
  bound: number;
  proof: Proof;
};

export type Solved = {
  flow: Flow;
  stages: SolvedStage[];
  /** Why a proof is missing: the solver failed, and what stands is the best known plan. */
  trouble: string | null;
};

/** The best plan of a network in the order of the goals. The solver's failure loses a proof, never the plan. */
export async function solveFreight(network: Network): Promise<Solved> {
  const held = nothingHeld(network);
  const stages: SolvedStage[] = [];
  let trouble: string | null = null;
  let flow = earliestFirst(network, held);
  const none = { prices: zeroPrices(network) };
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      trouble ??= error instanceof Error ? error.message : String(error);
    }
  };
  const improveOne = async (objective: 'unmet' | 'late' | 'loose' | 'waiting', guess: Prices[]) => {
    let proof: Proof = none;
    await attempt(async () => {
      const improved = await improve(network, held, objective, flow, guess);
      flow = improved.flow;
      proof = { prices: improved.prices };
    });
    const value = measure(network, flow)[objective];
    const bound = Math.min(value, wholeBound(provenBound(network, held, objective, proof)));
    const goal = (
      {
        unmet: 'units not found',
        late: 'units missing at the deadline',
        loose: 'loose loads',
        waiting: 'waiting',
      } as const
    )[objective];
    stages.push({ goal, item: null, value, bound, proof });
    return value;
  };

  held.unmet = await improveOne('unmet', []);
  const order = [...network.arcs.keys()];
  if (network.items.some(({ pallet }) => pallet > 1)) {
    held.loose = network.arcs.length;
    const inPallets = earliestFirst(network, held);
    if (keeps(network, held, inPallets)) flow = inPallets;
    flow = byMoves(network, held, 'loose', flow, order);
    held.loose = await improveOne('loose', []);
  }
  if (network.items.some(({ deadline }) => deadline !== null)) {
    if (held.loose !== null) flow = byMoves(network, held, 'late', flow, order);
    held.late = await improveOne('late', [worthOnTime(network)]);
  }
  await arrive();
  if (network.ways.some(({ fixed }) => fixed > 0) || network.arcs.some(({ price }) => price > 0)) {
    let proof: Proof = none;
    await attempt(async () => {
      flow = await cheaper(network, held, flow);
    });
    const value = measure(network, flow).cost;
    if (value > 0)
      await attempt(async () => {
        proof = await proveCost(network, held, value);
      });
    const bound = Math.min(value, wholeBound(provenBound(network, held, 'cost', proof)));
    stages.push({ goal: 'cost', item: null, value, bound, proof });
    held.cost = value;
  }
  await improveOne('waiting', [worthWaiting(network, held)]);
  // Within a cost it is the choice among equals, not a goal.
  if (held.cost !== null) stages.pop();
  return { flow, stages: recounted(network, flow, stages), trouble };

  async function arrive(): Promise<void> {
    let settled = false;
    await attempt(async () => {
      const { flow: found, all, each } = await settleLatest(network, held, flow);
      flow = found;
      settled = true;
      const goal = 'latest arrival';
      stages.push({ goal, item: null, value: all.value, bound: all.bound, proof: { prices: all.prices } });
      for (const [item, { value, bound, prices }] of each.entries())
        stages.push({ goal, item, value, bound, proof: { prices } });
    });
    if (settled) return;
    const { latest } = measure(network, flow);
    held.until.set(latest);
    const goal = 'latest arrival';
    stages.push({ goal, item: null, value: Math.max(0, ...latest), bound: 0, proof: none });
    for (const [item, value] of latest.entries()) stages.push({ goal, item, value, bound: 0, proof: none });
  }
}

/** The stages with the values of the last plan: what comes for a later goal may better an earlier one that was not proven. */
function recounted(network: Network, flow: Flow, stages: readonly SolvedStage[]): SolvedStage[] {
  const values = measure(network, flow);
  const of = ({ goal, item }: SolvedStage): number => {
    switch (goal) {
      case 'units not found':
        return values.unmet;
      case 'units missing at the deadline':
        return values.late;
      case 'latest arrival':
        return item === null ? Math.max(0, ...values.latest) : values.latest[item]!;
      case 'loose loads':
        return values.loose;
      default:
        return values[goal];
    }
  };
  return stages.map(stage => {
    const value = of(stage);
    return { ...stage, value, bound: Math.min(stage.bound, value) };
  });
}

/** What being there in time is worth where no lane is full: the shelves that can be in time give all they have. */
function worthOnTime(network: Network): Prices {
  const prices = zeroPrices(network);
  for (const [i, { priority }] of network.items.entries()) prices.onTime[i] = priority;
  for (const { shelf, item, isOnTime } of network.arcs)
    if (isOnTime) prices.shelves[shelf] = network.items[item]!.priority;
  return prices;
}

/** What a unit is worth where no lane is full: the minutes of the last one of its item; on a shelf, what it is earlier. */
function worthWaiting(network: Network, held: Held): Prices {
  const prices = zeroPrices(network);
  for (const i of network.items.keys()) prices.items[i] = held.until[i]!;
  const allowed = network.arcs.filter((_, a) => isAllowed(network, held, a));
  for (const { shelf, way, item } of allowed) {
    // The one way of a shelf saves what it saves by itself.
    if (allowed.filter(arc => arc.shelf === shelf).length === 1) continue;
    const earlier = held.until[item]! - network.ways[way]!.minutes;
    prices.shelves[shelf] = Math.max(prices.shelves[shelf]!, earlier);
  }
  return prices;
}
