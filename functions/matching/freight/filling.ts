import { type Flow, type Held, isAllowed } from './goals.ts';
import type { Network } from './network.ts';

/** A plan in the making: ways to send what is missing, each in an order of arcs and as far as shelves and lanes allow. */
export type Filling = {
  flow: Flow;
  /** In units. `used`: by lanes that are in use or cost nothing by themselves. */
  units(order: readonly number[], used?: 'used'): void;
  /** In whole pallets, the last one too. */
  pallets(order: readonly number[], used?: 'used'): void;
  /** In as few loads of less than a pallet as there can be: by one arc that takes all, else by the roomiest. */
  looseLoads(order: readonly number[]): void;
  /** In units, moving those of other items off a full lane to where they fit. */
  makingRoom(order: readonly number[]): void;
};

/** Begins with a plan; arcs that arrive too late are not used. */
export function filling(network: Network, held: Held, start: Flow): Filling {
  const { items, shelves, ways, arcs } = network;
  const flow = start.slice();
  const missing = Float64Array.from(items, ({ need }) => need);
  const left = Float64Array.from(shelves, ({ available }) => available);
  const room = Float64Array.from(ways, ({ capacity }) => capacity ?? Number.POSITIVE_INFINITY);
  const isUsed = ways.map(({ fixed }) => fixed === 0);
  const book = (a: number, units: number) => {
    const { item, shelf, way, grams } = arcs[a]!;
    if (units === 0) return;
    missing[item]! -= units;
    left[shelf]! -= units;
    room[way]! -= units * grams;
    isUsed[way] = true;
  };
  for (const a of arcs.keys()) book(a, flow[a]!);
  const send = (a: number, units: number) => {
    book(a, units);
    flow[a]! += units;
  };
  const fitting = (a: number): number => {
    const { shelf, way, grams, most } = arcs[a]!;
    return Math.max(0, Math.min(left[shelf]!, most - flow[a]!, Math.floor(room[way]! / grams)));
  };
  const isOpen = (a: number, used?: 'used') =>
    missing[arcs[a]!.item]! > 0 && (!used || isUsed[arcs[a]!.way]!) && isAllowed(network, held, a);

  /** Moves units of other items off the arc's lane until what is missing of its own has a place there. */
  const makeRoom = (a: number, order: readonly number[]) => {
    const { item, shelf, way, grams, most } = arcs[a]!;
    const wanted = Math.min(missing[item]!, left[shelf]!, most - flow[a]!);
    for (const from of order) {
      const other = arcs[from]!;
      if (wanted * grams <= room[way]!) break;
      if (other.way !== way || other.item === item || flow[from] === 0) continue;
      for (const to of order) {
        const next = arcs[to]!;
        if (next.item !== other.item || next.way === way || !isAllowed(network, held, to)) continue;
        // The shelf's units come free as they leave the full lane.
        const free = next.shelf === other.shelf ? flow[from]! : 0;
        left[next.shelf]! += free;
        const lack = Math.ceil((wanted * grams - room[way]!) / other.grams);
        const units = Math.min(fitting(to), flow[from]!, lack);
        left[next.shelf]! -= free;
        if (units <= 0) continue;
        send(from, -units);
        send(to, units);
        if (wanted * grams <= room[way]!) break;
      }
    }
    send(a, Math.min(missing[item]!, fitting(a)));
  };

  return {
    flow,
    units(order, used) {
      for (const a of order) if (isOpen(a, used)) send(a, Math.min(missing[arcs[a]!.item]!, fitting(a)));
    },
    pallets(order, used) {
      for (const a of order) {
        if (!isOpen(a, used)) continue;
        const { palletUnits } = shelves[arcs[a]!.shelf]!;
        const pallets = Math.min(
          Math.floor(fitting(a) / palletUnits),
          Math.ceil(missing[arcs[a]!.item]! / palletUnits),
        );
        send(a, pallets * palletUnits);
      }
    },
    looseLoads(order) {
      for (const i of items.keys()) {
        const own = order.filter(a => arcs[a]!.item === i && isAllowed(network, held, a));
        while (missing[i]! > 0) {
          const first = own.find(a => fitting(a) >= missing[i]!);
          const best = first ?? own.reduce((a, b) => (fitting(b) > fitting(a) ? b : a), own[0] ?? -1);
          if (best < 0 || fitting(best) === 0) break;
          send(best, Math.min(missing[i]!, fitting(best)));
        }
      }
    },
    makingRoom(order) {
      for (const a of order) if (isOpen(a)) makeRoom(a, order);
    },
  };
}
