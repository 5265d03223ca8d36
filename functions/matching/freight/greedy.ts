import { filling } from './filling.ts';
import type { Flow, Held } from './goals.ts';
import type { Network } from './network.ts';

/**
 * The earliest first, each item by itself in the order of the items: a plan to begin with, and the best there is where no
 * lane is full. Once loose loads are held, whole pallets first and rounded up, loose units only for what they leave.
 */
export function earliestFirst(network: Network, held: Held): Flow {
  const { arcs } = network;
  const order = [...arcs.keys()].sort((a, b) => arcs[a]!.item - arcs[b]!.item || a - b);
  const plan = filling(network, held, new Float64Array(arcs.length));
  if (held.loose === null) plan.units(order);
  else {
    plan.pallets(order);
    plan.looseLoads(order);
  }
  return withoutSpare(network, plan.flow);
}

/** The plan without what its item is there in full without: loose units and whole pallets; the latest are left first. */
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
