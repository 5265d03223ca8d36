import { boundOf, type Prices, type Proof, wholeBound, zeroPrices } from './bound.ts';
import type { Held, WayStates } from './goals.ts';
import type { Network } from './network.ts';
import { noStates, relax } from './search.ts';

/** Cases of a proof about lanes, and the part of a cost below which a gap is not worth more of them. */
const CASES = 24;
const GAP = 1e-4;

type Leaf = { states: WayStates; prices: Prices; bound: number; payment: Float64Array | null; proof: Proof };

/**
 * A proof that no plan costs less: at once, or by cases of which lanes are paid for, the weakest case parted first.
 * `value` is what the best known plan costs. Throws SolverFailed.
 */
export async function proveCost(network: Network, held: Held, value: number): Promise<Proof> {
  const root = await leafOf(network, held, value, noStates(network), zeroPrices(network));
  const leaves = [root];
  while (leaves.length < CASES) {
    const weakest = leaves.reduce((a, b) => (b.bound < a.bound ? b : a));
    if (wholeBound(weakest.bound) >= value * (1 - GAP)) break;
    const way = halfPaid(weakest.payment);
    if (way < 0) break;
    const part = (state: number) =>
      leafOf(network, held, value, weakest.states.with(way, state), weakest.prices);
    const [closed, open] = [await part(0), await part(1)];
    leaves.splice(leaves.indexOf(weakest), 1, closed, open);
    // The leaf's proof object becomes the branch in place, so that its parents need not be found.
    const branch = weakest.proof as { prices?: Prices };
    delete branch.prices;
    Object.assign(branch, { way, closed: closed.proof, open: open.proof });
  }
  return root.proof;
}

/** A case with the best prices known for it; at least those of the case that it is part of. */
async function leafOf(
  network: Network,
  held: Held,
  value: number,
  states: WayStates,
  before: Prices,
): Promise<Leaf> {
  const relaxed = await relax(network, held, 'cost', states);
  const bound = (prices: Prices) => boundOf(network, held, 'cost', prices, states);
  const own = relaxed?.prices ?? (await impossible(network, held, value, states));
  const prices = bound(own) > bound(before) ? own : before;
  return { states, prices, bound: bound(prices), payment: relaxed?.payment ?? null, proof: { prices } };
}

/** Prices that prove a case without any plan: those of the impossibility, so often that they exceed the value. */
async function impossible(network: Network, held: Held, value: number, states: WayStates): Promise<Prices> {
  const nothing = { ...held, loose: null, cost: null };
  const relaxed = await relax(network, nothing, 'nothing', states);
  if (!relaxed) return zeroPrices(network);
  const { items, onTime, shelves, goals } = relaxed.prices;
  const excess = boundOf(network, nothing, 'nothing', relaxed.prices, states);
  const times = excess > 1e-6 ? (1.01 * value) / excess : 0;
  const scaled = (of: number[]) => of.map(each => each * times);
  return {
    items: scaled(items),
    onTime: scaled(onTime),
    shelves: scaled(shelves),
    goals: { unmet: goals.unmet * times, late: goals.late * times, loose: 0, cost: 0 },
  };
}

/** The lane that is most neither paid for nor unpaid; -1: none is. */
function halfPaid(payment: Float64Array | null): number {
  let found = -1;
  let most = 1e-6;
  for (const [w, part] of payment?.entries() ?? []) {
    const half = part < 0 ? 0 : Math.min(part, 1 - part);
    if (half > most) [most, found] = [half, w];
  }
  return found;
}
