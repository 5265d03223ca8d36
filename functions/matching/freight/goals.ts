import type { Network } from './network.ts';

/** Units by arc. */
export type Flow = Float64Array;

/** The values of a plan; whole: units weighed by priority, minutes by item, loads, thousandths of a point, unit minutes. */
export type Values = {
  unmet: number;
  late: number;
  /** By item; 0 for one of which nothing goes. */
  latest: Float64Array;
  loose: number;
  cost: number;
  waiting: number;
};

/** The goals that are settled: what the values must not exceed. Null or Infinity: not settled yet. */
export type Held = {
  unmet: number | null;
  late: number | null;
  /** Minutes by item. */
  until: Float64Array;
  loose: number | null;
  cost: number | null;
};

/** What is made as small as possible. `nothing`: any plan will do that keeps what is held. */
export type Objective = 'nothing' | 'unmet' | 'late' | 'loose' | 'cost' | 'waiting';

/** Whether a way is forbidden (0), paid for (1) or open to both (-1), in a case of a proof. */
export type WayStates = Int8Array;

export const nothingHeld = ({ items }: Network): Held => ({
  unmet: null,
  late: null,
  until: new Float64Array(items.length).fill(Number.POSITIVE_INFINITY),
  loose: null,
  cost: null,
});

export const isAllowed = (network: Network, held: Held, arc: number): boolean => {
  const { way, item } = network.arcs[arc]!;
  return network.ways[way]!.minutes <= held.until[item]!;
};

/** What no plan can find, weighed: more is asked for than lies on all shelves that have a way. */
export const beyondReach = ({ items }: Network): number =>
  items.reduce((sum, { priority, quantity, need }) => sum + priority * (quantity - need), 0);

/** The units of a load that fill no pallet. */
export const looseUnits = (network: Network, arc: number, units: number): number =>
  units % network.shelves[network.arcs[arc]!.shelf]!.palletUnits;

/** The values of a plan, counted anew from its units. */
export function measure(network: Network, flow: Flow): Values {
  const { items, ways, arcs } = network;
  const sent = new Float64Array(items.length);
  const onTime = new Float64Array(items.length);
  const latest = new Float64Array(items.length);
  const used = new Uint8Array(ways.length);
  let loose = 0;
  let cost = 0;
  let waiting = 0;
  for (const [a, arc] of arcs.entries()) {
    const units = flow[a]!;
    if (units === 0) continue;
    const { minutes } = ways[arc.way]!;
    sent[arc.item]! += units;
    if (arc.isOnTime) onTime[arc.item]! += units;
    latest[arc.item] = Math.max(latest[arc.item]!, minutes);
    used[arc.way] = 1;
    if (looseUnits(network, a, units) > 0) loose += 1;
    cost += arc.price * units;
    waiting += minutes * units;
  }
  for (const [w, way] of ways.entries()) if (used[w]) cost += way.fixed;
  const missing = (have: Float64Array) =>
    items.reduce((sum, { priority, quantity }, i) => sum + priority * Math.max(0, quantity - have[i]!), 0);
  return { unmet: missing(sent), late: missing(onTime), latest, loose, cost, waiting };
}

/** What a plan in numbers breaks: the shelf, the lane, or the need by more than a started pallet. Empty: it can be carried out. */
export function breaches(network: Network, flow: Flow): string[] {
  const { items, shelves, ways, arcs } = network;
  const taken = new Float64Array(shelves.length);
  const grams = new Float64Array(ways.length);
  const sent = new Float64Array(items.length);
  const found: string[] = [];
  for (const [a, arc] of arcs.entries()) {
    const units = flow[a]!;
    if (!Number.isInteger(units) || units < 0) found.push(`${units} is no number of units`);
    taken[arc.shelf]! += units;
    grams[arc.way]! += units * arc.grams;
    sent[arc.item]! += units;
  }
  for (const [s, { warehouseId, item, available }] of shelves.entries())
    if (taken[s]! > available)
      found.push(`${taken[s]} ${item} are taken from ${warehouseId}, which has ${available}`);
  for (const [w, { warehouse, lane, capacity }] of ways.entries())
    if (capacity !== null && grams[w]! > capacity)
      found.push(
        `${warehouse.warehouseId}/${lane.laneId} is overloaded by ${(grams[w]! - capacity) / 1000} kg`,
      );
  for (const [i, { item, quantity, pallet }] of items.entries())
    if (sent[i]! > quantity + pallet - 1)
      found.push(`${sent[i]} ${item} are sent, more than a started pallet beyond ${quantity}`);
  return found;
}
