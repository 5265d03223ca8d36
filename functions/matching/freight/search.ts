import { SolverFailed } from '../solving/solver.ts';
import { boundOf, type Prices, wholeBound, zeroPrices } from './bound.ts';
import { type Flow, type Held, measure, type Objective, type WayStates } from './goals.ts';
import { earliestFirst, withoutSpare } from './greedy.ts';
import type { Network } from './network.ts';
import { columnsOf, flowOf, pricesOf, programmeOf } from './programme.ts';
import { byMoves, keeps, wholeFlow } from './rounding.ts';
import { solveLinear, solveWhole } from './solver.ts';

/**
 * Nodes of a search in whole numbers: enough for the sizes that relief knows, and the same on every machine. Few in pallets,
 * where moves do better than a longer search.
 */
const NODES = { unmet: 200, late: 200, nothing: 200, loose: 2, waiting: 20, lanes: 50, units: 20 } as const;

/** The part of a cost that whole units may be above cut ones without a search, where there are more arcs than FEW. */
const ENOUGH = 1e-3;
const FEW = 60;

/** More columns than these are not searched in whole numbers: what the moves found stands, with its gap. */
const MANY = 500;

export const noStates = ({ ways }: Network): WayStates => new Int8Array(ways.length).fill(-1);

/** A solution of the linear programme: cut as it may be, with prices, and how far each lane is paid for. */
export type Relaxed = { flow: Flow; prices: Prices; payment: Float64Array };

/** The linear programme of an objective; null: it has no solution. Throws SolverFailed. */
export async function relax(
  network: Network,
  held: Held,
  objective: Objective,
  states: WayStates,
): Promise<Relaxed | null> {
  const programme = programmeOf(network, { held, objective, states, isWhole: false, isWaysWhole: false });
  const answer = await solveLinear(programme);
  if (!answer) return null;
  return {
    flow: flowOf(programme, answer.columns),
    prices: pricesOf(network, programme, objective, answer.duals),
    payment: Float64Array.from(programme.payment, at => (at < 0 ? -1 : answer.columns[at]!)),
  };
}

/** A better plan than the one given, or that one, and the prices that prove the best bound known. */
export type Improved = { flow: Flow; prices: Prices; bound: number };

/**
 * Makes one objective as small as it gets within what is held, beginning with a plan that keeps it and with prices that
 * may be good: where they already prove the plan, the solver is not asked. First the linear programme, which is whole
 * by itself where no lane is full, then whole numbers. Throws SolverFailed.
 */
export async function improve(
  network: Network,
  held: Held,
  objective: Exclude<Objective, 'nothing' | 'cost'>,
  start: Flow,
  guess: Prices[],
): Promise<Improved> {
  const states = noStates(network);
  let flow = start;
  let value = measure(network, flow)[objective];
  let prices = zeroPrices(network);
  let bound = Number.NEGATIVE_INFINITY;
  const prove = (more: Prices) => {
    const proven = wholeBound(boundOf(network, held, objective, more, states));
    if (proven > bound) [bound, prices] = [proven, more];
  };
  const offer = (other: Flow | null) => {
    const lean = other && withoutSpare(network, other);
    if (!lean || !keeps(network, held, lean)) return;
    const reached = measure(network, lean)[objective];
    if (reached < value) [flow, value] = [lean, reached];
  };
  for (const each of [zeroPrices(network), ...guess]) prove(each);
  if (bound < value) {
    const relaxed = await relax(network, held, objective, states);
    if (relaxed) {
      prove(relaxed.prices);
      offer(wholeFlow(network, held, relaxed.flow));
    }
  }
  // Waiting within a cost is a matter of taste: it is not worth a search in whole numbers.
  if (bound < value && !(objective === 'waiting' && held.cost !== null)) {
    const programme = programmeOf(network, { held, objective, states, isWhole: true, isWaysWhole: true });
    if (programme.data.numCols > MANY) return { flow, prices, bound: Math.min(bound, value) };
    const columns = await solveWhole(
      programme,
      held.loose === null ? NODES[objective] : NODES.loose,
      { absolute: 0.99, relative: 0 },
      columnsOf(network, programme, flow),
    );
    offer(columns && wholeFlow(network, held, flowOf(programme, columns)));
  }
  return { flow, prices, bound: Math.min(bound, value) };
}

/**
 * A plan that keeps what is held; or that there is one if units could be cut; or prices that prove that there is none.
 * `latest`: the minutes of the last arrival, by item.
 */
export type Reach = { flow: Flow; latest: Float64Array } | { latest: Float64Array } | { prices: Prices };

/** Whether a plan keeps what is held, as far as the linear programme knows. Throws SolverFailed. */
export async function reachable(network: Network, held: Held): Promise<Reach> {
  const reached = (flow: Flow) => ({ flow, latest: measure(network, flow).latest });
  const simple = earliestFirst(network, held);
  if (keeps(network, held, simple)) return reached(simple);
  const states = noStates(network);
  const relaxed = await relax(network, held, 'nothing', states);
  if (!relaxed) throw new SolverFailed('the solver finds no way to leave a need unmet');
  if (boundOf(network, held, 'nothing', relaxed.prices, states) > 1e-6) return { prices: relaxed.prices };
  const whole = wholeFlow(network, held, relaxed.flow);
  if (keeps(network, held, whole)) return reached(whole);
  return {
    latest: measure(
      network,
      relaxed.flow.map(units => Math.ceil(units - 1e-6)),
    ).latest,
  };
}

/** A plan in whole units that keeps what is held; null: none was found. Throws SolverFailed. */
export async function wholePlan(network: Network, held: Held): Promise<Flow | null> {
  const shape = {
    held,
    objective: 'nothing',
    states: noStates(network),
    isWhole: true,
    isWaysWhole: true,
  } as const;
  const programme = programmeOf(network, shape);
  const columns = await solveWhole(programme, NODES.nothing, { absolute: 0.5, relative: 0 }, null);
  const found = columns && wholeFlow(network, held, flowOf(programme, columns));
  return found && keeps(network, held, found) ? found : null;
}

/**
 * A cheaper plan: first which lanes are used, with units cut at will, then whole units by these lanes. Throws
 * SolverFailed.
 */
export async function cheaper(network: Network, held: Held, start: Flow): Promise<Flow> {
  let best = start;
  const cost = (flow: Flow) => measure(network, flow).cost;
  const offer = (flow: Flow) => {
    const lean = withoutSpare(network, flow);
    if (keeps(network, held, lean) && cost(lean) < cost(best)) best = lean;
  };
  const cheapFirst = [...network.arcs.keys()].sort((a, b) => {
    const [x, y] = [network.arcs[a]!, network.arcs[b]!];
    return x.price / x.grams - y.price / y.grams || a - b;
  });
  const states = noStates(network);
  const search = async (isWhole: boolean, nodes: number) => {
    const shape = { held, objective: 'cost', states, isWhole, isWaysWhole: true } as const;
    const programme = programmeOf(network, shape);
    if (isWhole && programme.data.numCols > MANY) return;
    const begin = columnsOf(network, programme, best);
    const columns = await solveWhole(programme, nodes, { absolute: 0.0009, relative: 1e-4 }, begin);
    if (!columns) return;
    const flow = flowOf(programme, columns);
    offer(wholeFlow(network, held, flow, cheapFirst));
    for (const [w, { fixed }] of network.ways.entries())
      if (fixed > 0) states[w] = network.arcs.some((arc, a) => arc.way === w && flow[a]! > 1e-6) ? 1 : 0;
  };
  if (network.ways.some(({ fixed }) => fixed > 0)) await search(false, NODES.lanes);
  const relaxed = await relax(network, held, 'cost', states);
  if (relaxed) offer(wholeFlow(network, held, relaxed.flow, cheapFirst));
  best = byMoves(network, held, 'cost', best, cheapFirst);
  // With these lanes nothing is cheaper than this; a plan as cheap as that, but for the odd unit, is good enough.
  const least = relaxed ? boundOf(network, held, 'cost', relaxed.prices, states) : 0;
  const enough = network.arcs.length > FEW ? ENOUGH : 0;
  if (relaxed && cost(best) > least * (1 + enough) && (held.loose === null || network.arcs.length <= FEW))
    await search(true, NODES.units);
  return best;
}
