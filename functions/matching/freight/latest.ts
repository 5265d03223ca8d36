import { boundOf, type Prices, zeroPrices } from './bound.ts';
import { beyondReach, type Flow, type Held, measure } from './goals.ts';
import type { Network } from './network.ts';
import { keeps } from './rounding.ts';
import { noStates, reachable, wholePlan } from './search.ts';

/** When the last goods arrive: nothing earlier than `bound` minutes is possible, which the prices prove. */
export type Latest = { value: number; bound: number; prices: Prices };

/**
 * The latest arrival of all, then of each item in their order, each as early as can be within those before. Where no lane
 * is full, each item's own is known from its shelves alone and all hold at once; else they are searched by halves.
 * `held.until` is tightened to what was reached. Throws SolverFailed.
 */
export async function settleLatest(
  network: Network,
  held: Held,
  start: Flow,
): Promise<{ flow: Flow; all: Latest; each: Latest[] }> {
  const { items } = network;
  const least = items.map((_, i) => earliest(network, held, i));
  /** Whether a moment that only cut units reach counts as reached. Whole pallets are too far from cut units for that. */
  let isCutEnough = held.loose === null;
  const reach = (until: Float64Array) => reachable(network, { ...held, until });
  const overall = least.reduce((a, b) => (b.bound > a.bound ? b : a), {
    bound: 0,
    prices: zeroPrices(network),
  });

  const atOnce = await reach(Float64Array.from(least, ({ bound }) => bound));
  if ('flow' in atOnce) {
    const { latest } = atOnce;
    held.until.set(latest);
    const stage = ({ bound, prices }: Bound, value: number): Latest => ({
      value,
      bound: Math.min(bound, value),
      prices,
    });
    return {
      flow: atOnce.flow,
      all: stage(overall, Math.max(0, ...latest)),
      each: least.map((each, i) => stage(each, latest[i]!)),
    };
  }

  let flow = start;
  /** What is known to be reached, by item. */
  let last = measure(network, start).latest;
  /** The earliest of these minutes that a plan reaches, with `untilOf` a minute as the limit. */
  const halve = async (
    minutes: number[],
    from: Bound,
    reachedBefore: () => number,
    untilOf: (minute: number) => Float64Array,
  ): Promise<Latest> => {
    const candidates = minutes.filter(minute => minute >= from.bound && minute <= reachedBefore());
    let low = 0;
    let high = candidates.length - 1;
    let { bound, prices } = from;
    while (low < high) {
      const middle = (low + high) >> 1;
      const found = await reach(untilOf(candidates[middle]!));
      if ('flow' in found || ('latest' in found && isCutEnough)) {
        if ('flow' in found) flow = found.flow;
        last = found.latest;
        high = candidates.findLastIndex(minute => minute <= reachedBefore());
        continue;
      }
      low = middle + 1;
      if ('prices' in found && candidates[low]! > bound)
        ({ bound, prices } = { bound: candidates[low]!, prices: found.prices });
    }
    const value = candidates[high] ?? reachedBefore();
    return { value, bound: Math.min(bound, value), prices };
  };
  const minutesOf = (item: number | null) => {
    const arcs = network.arcs.filter(arc => item === null || arc.item === item);
    return [...new Set(arcs.map(({ way }) => network.ways[way]!.minutes))].sort((a, b) => a - b);
  };
  const allByHalves = async (): Promise<Latest> => {
    held.until.fill(Number.POSITIVE_INFINITY);
    flow = start;
    last = measure(network, start).latest;
    const all = await halve(
      minutesOf(null),
      overall,
      () => Math.max(0, ...last),
      minute => held.until.map(() => minute),
    );
    held.until.fill(all.value);
    return all;
  };
  const eachByHalves = async (): Promise<Latest[]> => {
    const each: Latest[] = [];
    for (const i of items.keys()) {
      const until = (minute: number) => held.until.with(i, minute);
      const stage = await halve(minutesOf(i), least[i]!, () => last[i]!, until);
      held.until[i] = stage.value;
      each.push(stage);
    }
    return each;
  };
  const all = await allByHalves();
  const each = await eachByHalves();
  if (keeps(network, held, flow)) return { flow, all, each };
  const whole = await wholePlan(network, held);
  if (whole) return { flow: whole, all, each };
  // Cut units were too hopeful: again, where each moment is reached by a plan in whole units.
  isCutEnough = false;
  held.until.fill(all.value);
  const within = await wholePlan(network, held);
  if (within) {
    flow = within;
    last = measure(network, within).latest;
  }
  const reached = within ? all : await allByHalves();
  const ofItems = await eachByHalves();
  return { flow, all: reached, each: ofItems };
}

type Bound = { bound: number; prices: Prices };

/** When the shelves with the earliest lanes could cover an item, if no lane were full; and the prices that prove it. */
function earliest(network: Network, held: Held, item: number): Bound {
  const { items, shelves, ways, arcs } = network;
  const { need, priority } = items[item]!;
  // Whatever other items go short of, this one cannot lack more than the whole shortage.
  const spared = Math.floor(((held.unmet ?? 0) - beyondReach(network)) / priority);
  const own = arcs.filter(arc => arc.item === item);
  const minutes = [...new Set(own.map(({ way }) => ways[way]!.minutes))].sort((a, b) => a - b);
  const carried = new Float64Array(shelves.length);
  let before: number[] = [];
  for (const minute of minutes) {
    for (const { shelf, way, most } of own) if (ways[way]!.minutes === minute) carried[shelf]! += most;
    const there = shelves.reduce((sum, { available }, s) => sum + Math.min(available, carried[s]!), 0);
    if (there >= need - spared) return bounded(network, held, item, minute, before);
    before = [...carried];
  }
  return { bound: 0, prices: zeroPrices(network) };
}

/** The bound with its prices, or none where the prices do not prove it. */
function bounded(network: Network, held: Held, item: number, minute: number, carried: number[]): Bound {
  const prices = zeroPrices(network);
  prices.items[item] = 1;
  prices.goals.unmet = 1 / network.items[item]!.priority;
  for (const [s, { available }] of network.shelves.entries())
    if ((carried[s] ?? 0) > available) prices.shelves[s] = 1;
  const until = held.until.with(item, minute - 1);
  const excess = boundOf(network, { ...held, until }, 'nothing', prices, noStates(network));
  return excess > 1e-6 ? { bound: minute, prices } : { bound: 0, prices: zeroPrices(network) };
}
