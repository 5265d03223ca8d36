import { filling } from './filling.ts';
import { breaches, type Flow, type Held, measure } from './goals.ts';
import { withoutSpare } from './greedy.ts';
import type { Network } from './network.ts';

/** Whether a plan can be carried out and keeps what is held; counted in whole numbers. */
export function keeps(network: Network, held: Held, flow: Flow): boolean {
  if (breaches(network, flow).length > 0) return false;
  const values = measure(network, flow);
  return (
    values.unmet <= (held.unmet ?? Number.POSITIVE_INFINITY) &&
    values.late <= (held.late ?? Number.POSITIVE_INFINITY) &&
    values.latest.every((minutes, i) => minutes <= held.until[i]!) &&
    values.loose <= (held.loose ?? Number.POSITIVE_INFINITY) &&
    values.cost <= (held.cost ?? Number.POSITIVE_INFINITY)
  );
}

/**
 * A solution in whole units, and in whole pallets where loose loads are held: what is cut is left, and what is missing
 * then goes where there is room, the first of `order` first. It may keep less than the solution did.
 */
export function wholeFlow(network: Network, held: Held, flow: Flow, order?: readonly number[]): Flow {
  const { shelves, arcs } = network;
  const inUnits = flow.map(units => Math.floor(units + 1e-5));
  const isWhole = flow.every((units, _a) => Math.abs(units - Math.round(units)) < 1e-5);
  const looseUnits = inUnits.map((units, a) => units % shelves[arcs[a]!.shelf]!.palletUnits);
  const isLoose = looseUnits.filter(units => units > 0).length > (held.loose ?? Number.POSITIVE_INFINITY);
  const start = isLoose && !isWhole ? inUnits.map((units, a) => units - looseUnits[a]!) : inUnits;
  return sentOn(network, held, start, order ?? [...arcs.keys()], true);
}

/** A plan with what it lacks: by lanes in use first; patiently, others make room. */
function sentOn(
  network: Network,
  held: Held,
  start: Flow,
  order: readonly number[],
  isPatient: boolean,
): Flow {
  const plan = filling(network, held, start);
  for (const used of ['used', undefined] as const)
    if (held.loose === null) plan.units(order, used);
    else plan.pallets(order, used);
  if (held.loose !== null) plan.looseLoads(order);
  else if (isPatient) plan.makingRoom(order);
  return withoutSpare(network, plan.flow);
}

/** Rounds of moves, each over all lanes and loads; they end by themselves long before. */
const ROUNDS = 8;

/**
 * A plan with less of one value, by moves: each lane that costs by itself is emptied in turn, then each load, and what is
 * missing goes elsewhere, the first of `order` first. A move stands if it keeps what is held and is less.
 */
export function byMoves(
  network: Network,
  held: Held,
  objective: 'loose' | 'late' | 'cost',
  start: Flow,
  order: readonly number[],
): Flow {
  const { ways, arcs } = network;
  let best = start;
  let value = measure(network, best)[objective];
  const attempt = (isEmptied: (a: number) => boolean): boolean => {
    if (value === 0 || !best.some((units, a) => units > 0 && isEmptied(a))) return false;
    const rest = best.map((units, a) => (isEmptied(a) ? 0 : units));
    const others = order.filter(a => !isEmptied(a));
    const moved = sentOn(network, held, rest, others, false);
    const reached = measure(network, moved)[objective];
    if (reached >= value || !keeps(network, held, moved)) return false;
    [best, value] = [moved, reached];
    return true;
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    let isBetter = false;
    for (const [w, { fixed }] of ways.entries())
      if ((fixed > 0 || objective !== 'cost') && attempt(a => arcs[a]!.way === w)) isBetter = true;
    for (const place of order.toReversed()) if (attempt(a => a === place)) isBetter = true;
    if (!isBetter) break;
  }
  return best;
}
