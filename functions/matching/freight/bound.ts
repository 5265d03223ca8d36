import { beyondReach, type Held, isAllowed, type Objective, type WayStates } from './goals.ts';
import type { Network } from './network.ts';

/**
 * What a unit of an item is worth at the destination, and there by its deadline; what a unit on a shelf is worth; and what
 * a unit of an earlier goal's value is worth. All 0 or more; by place in the network. Whatever they are, they prove a
 * bound; good ones prove a good bound.
 */
export type Prices = {
  items: number[];
  onTime: number[];
  shelves: number[];
  goals: { unmet: number; late: number; loose: number; cost: number };
};

/** A bound proven at once, or by the two cases that a way is not used, and that its fixed cost is paid. */
export type Proof = { prices: Prices } | { way: number; closed: Proof; open: Proof };

export const zeroPrices = ({ items, shelves }: Network): Prices => ({
  items: items.map(() => 0),
  onTime: items.map(() => 0),
  shelves: shelves.map(() => 0),
  goals: { unmet: 0, late: 0, loose: 0, cost: 0 },
});

/**
 * No plan that keeps what is held has a smaller value than this, by weak duality: the needs at these prices, less what
 * every shelf, earlier goal, and lane could at best save on them. A lane's best saving is a knapsack that may cut units,
 * less its fixed cost. Plain arithmetic over all arcs; the solver has no part in it. For the objective `nothing` a bound
 * above 0 says that there is no such plan.
 */
export function provenBound(network: Network, held: Held, objective: Objective, proof: Proof): number {
  const states: WayStates = new Int8Array(network.ways.length).fill(-1);
  return byCases(network, held, objective, proof, states);
}

function byCases(
  network: Network,
  held: Held,
  objective: Objective,
  proof: Proof,
  states: WayStates,
): number {
  if ('prices' in proof) return boundOf(network, held, objective, proof.prices, states);
  const { way, closed, open } = proof;
  const before = states[way]!;
  states[way] = 0;
  const without = byCases(network, held, objective, closed, states);
  states[way] = 1;
  const withIt = byCases(network, held, objective, open, states);
  states[way] = before;
  return Math.min(without, withIt);
}

/** The bound of one case. Negative prices count as 0, and goals that are not held have none. */
export function boundOf(
  network: Network,
  held: Held,
  objective: Objective,
  prices: Prices,
  states: WayStates,
): number {
  const { items, shelves, ways, arcs } = network;
  const at = (of: readonly number[], place: number) => Math.max(0, of[place] ?? 0);
  const { goals } = prices;
  const worth = {
    unmet: held.unmet === null ? 0 : Math.max(0, goals.unmet),
    late: held.late === null ? 0 : Math.max(0, goals.late),
    loose: held.loose === null ? 0 : Math.max(0, goals.loose),
    cost: held.cost === null ? 0 : Math.max(0, goals.cost),
  };
  const beyond = beyondReach(network);
  let sum = 0;
  let size = 0;
  const add = (term: number) => {
    sum += term;
    size += Math.abs(term);
  };
  if (objective === 'unmet' || objective === 'late') add(beyond);
  if (held.unmet !== null) add(-worth.unmet * (held.unmet - beyond));
  if (held.late !== null) add(-worth.late * (held.late - beyond));
  if (held.loose !== null) add(-worth.loose * held.loose);
  if (held.cost !== null) add(-worth.cost * held.cost);

  const unmetPrice = worth.unmet + (objective === 'unmet' ? 1 : 0);
  const latePrice = worth.late + (objective === 'late' ? 1 : 0);
  for (const [i, { need, priority }] of items.entries()) {
    const worths = at(prices.items, i);
    const timely = at(prices.onTime, i);
    add((worths + timely) * need);
    add(Math.min(0, unmetPrice * priority - worths) * need);
    add(Math.min(0, latePrice * priority - timely) * need);
  }
  for (const [s, { available }] of shelves.entries()) add(-at(prices.shelves, s) * available);

  const costPrice = worth.cost + (objective === 'cost' ? 1 : 0);
  const loosePrice = worth.loose + (objective === 'loose' ? 1 : 0);
  const savings: Saving[][] = ways.map(() => []);
  for (const [a, { shelf, way, item, most, grams, price, isOnTime }] of arcs.entries()) {
    if (states[way] === 0 || !isAllowed(network, held, a)) continue;
    const reduced =
      costPrice * price +
      (objective === 'waiting' ? ways[way]!.minutes : 0) +
      at(prices.shelves, shelf) -
      at(prices.items, item) -
      (isOnTime ? at(prices.onTime, item) : 0);
    if (reduced >= 0) continue;
    // What fills no pallet of this shelf by this way makes a loose load, once.
    const rest = loosePrice > 0 ? most % shelves[shelf]!.palletUnits : 0;
    savings[way]!.push({ each: reduced, units: most - rest, grams });
    if (rest > 0) savings[way]!.push({ each: reduced + loosePrice / rest, units: rest, grams });
  }
  for (const [w, { capacity, fixed }] of ways.entries()) {
    if (states[w] === 0) continue;
    const worthIt = costPrice * fixed + bestLoad(savings[w]!, capacity);
    add(states[w] === 1 ? worthIt : Math.min(0, worthIt));
  }
  // Sums of doubles are not exact: what could be rounding does not count.
  return sum - 1e-12 * size;
}

type Saving = { each: number; units: number; grams: number };

/** The most (as a negative number) that a load of these can save within the capacity, if units could be cut. */
function bestLoad(savings: Saving[], capacity: number | null): number {
  const useful = savings.filter(({ each }) => each < 0);
  if (capacity === null) return useful.reduce((sum, { each, units }) => sum + each * units, 0);
  useful.sort((a, b) => a.each / a.grams - b.each / b.grams);
  let left = capacity;
  let saved = 0;
  for (const { each, units, grams } of useful) {
    const taken = Math.min(units, left / grams);
    saved += each * taken;
    left -= taken * grams;
    if (left <= 0) break;
  }
  return saved;
}

/** The least whole number that is not below a bound. */
export const wholeBound = (bound: number): number => Math.max(0, Math.ceil(bound - 1e-6));
