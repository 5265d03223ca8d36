import type { Flow } from './goals.ts';
import type { Network } from './network.ts';

/**
 * The earliest first, each item by itself in the order of the items: a plan to begin with, and the best there is where no
 * lane is full. `until` in minutes by item. `inPallets`: whole pallets first and rounded up, loose units only for what
 * they leave missing.
 */
export function earliestFirst(network: Network, until: Float64Array, inPallets: boolean): Flow {
  const { items, shelves, ways, arcs } = network;
  const flow = new Float64Array(arcs.length);
  const onShelf = Float64Array.from(shelves, ({ available }) => available);
  const room = Float64Array.from(ways, ({ capacity }) => capacity ?? Number.POSITIVE_INFINITY);
  const arcsOf = items.map((_, i) =>
    [...arcs.keys()].filter(a => arcs[a]!.item === i && ways[arcs[a]!.way]!.minutes <= until[i]!),
  );
  const missing = Float64Array.from(items, ({ need }) => need);
  const take = (a: number, units: number) => {
    const { shelf, way, grams, item } = arcs[a]!;
    flow[a]! += units;
    onShelf[shelf]! -= units;
    room[way]! -= units * grams;
    missing[item]! -= units;
  };
  const fits = (a: number): number => {
    const { shelf, way, grams, most } = arcs[a]!;
    return Math.max(0, Math.min(onShelf[shelf]!, most - flow[a]!, Math.floor(room[way]! / grams)));
  };
  for (const own of arcsOf) {
    if (inPallets) {
      for (const a of own) {
        const { palletUnits } = shelves[arcs[a]!.shelf]!;
        const pallets = Math.min(
          Math.floor(fits(a) / palletUnits),
          Math.ceil(Math.max(0, missing[arcs[a]!.item]!) / palletUnits),
        );
        take(a, pallets * palletUnits);
      }
    }
    for (const a of own) take(a, Math.min(fits(a), Math.max(0, missing[arcs[a]!.item]!)));
  }
  return flow;
}

/** The plan without pallets whose item is there in full without them; the latest are left first. */
export function withoutSpare(network: Network, flow: Flow): Flow {
  const { items, shelves, arcs } = network;
  const lean = flow.slice();
  const spare = Float64Array.from(items, ({ need }) => -need);
  for (const [a, { item }] of arcs.entries()) spare[item]! += lean[a]!;
  for (let a = arcs.length - 1; a >= 0; a -= 1) {
    const { item, shelf } = arcs[a]!;
    if (spare[item]! <= 0 || lean[a] === 0) continue;
    const { palletUnits } = shelves[shelf]!;
    const loose = lean[a]! % palletUnits;
    let less = Math.min(loose, spare[item]!);
    // A loose load that shrinks to part of itself stays one load; a pallet is left only whole.
    if (less === loose) less += palletUnits * Math.floor((spare[item]! - loose) / palletUnits);
    less = Math.min(less, lean[a]!);
    lean[a]! -= less;
    spare[item]! -= less;
  }
  return lean;
}
