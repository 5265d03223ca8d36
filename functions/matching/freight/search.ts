import { boundOf, type Prices, wholeBound, zeroPrices } from './bound.ts';
import { breaches, type Flow, type Held, measure, type Objective, type WayStates } from './goals.ts';
import { withoutSpare } from './greedy.ts';
import type { Network } from './network.ts';
import { flowOf, pricesOf, programmeOf } from './programme.ts';
import { solveLinear, solveWhole } from './solver.ts';

/** Nodes of a search in whole numbers: enough for the sizes that relief knows, and the same on every machine. */
const NODES = { goal: 500, lanes: 300, units: 60 } as const;

export const noStates = ({ ways }: Network): WayStates => new Int8Array(ways.length).fill(-1);

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

/** A solution in whole units, or null where it cuts some. */
function wholeFlow(flow: Flow): Flow | null {
  const whole = flow.map(Math.round);
  return whole.every((units, a) => Math.abs(units - flow[a]!) < 1e-5) ? whole : null;
}

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
      offer(wholeFlow(relaxed.flow));
    }
  }
  if (bound < value) {
    // Lanes that the plan does not pay for stay closed: what they cost is settled.
    if (held.cost !== null) closeUnused(network, flow, states);
    const shape = { held, objective, states, isWhole: true, isWaysWhole: true };
    const programme = programmeOf(network, shape);
    const nodes = objective === 'waiting' ? NODES.units : NODES.goal;
    const gap =
      objective === 'waiting' ? { absolute: 0.99, relative: 1e-4 } : { absolute: 0.99, relative: 0 };
    const columns = await solveWhole(programme, nodes, gap);
    offer(columns && wholeFlow(flowOf(programme, columns)));
  }
  return { flow, prices, bound: Math.min(bound, value) };
}

function closeUnused(network: Network, flow: Flow, states: WayStates): void {
  const used = new Set([...flow.keys()].filter(a => flow[a]! > 0).map(a => network.arcs[a]!.way));
  for (const [w, { fixed }] of network.ways.entries()) if (fixed > 0) states[w] = used.has(w) ? 1 : 0;
}

/** Whether a plan keeps what is held: such a plan, or prices that prove that there is none, or neither was found. */
export async function anyPlan(
  network: Network,
  held: Held,
): Promise<{ flow: Flow } | { prices: Prices } | null> {
  const states = noStates(network);
  const relaxed = await relax(network, held, 'nothing', states);
  if (!relaxed) return null;
  if (boundOf(network, held, 'nothing', relaxed.prices, states) > 1e-6) return { prices: relaxed.prices };
  const whole = wholeFlow(relaxed.flow);
  if (whole && keeps(network, held, whole)) return { flow: whole };
  const programme = programmeOf(network, {
    held,
    objective: 'nothing',
    states,
    isWhole: true,
    isWaysWhole: true,
  });
  const columns = await solveWhole(programme, NODES.goal, { absolute: 0.5, relative: 0 });
  const found = columns && wholeFlow(flowOf(programme, columns));
  return found && keeps(network, held, found) ? { flow: found } : null;
}

/**
 * A cheaper plan: first which lanes are used, with units cut at will, then whole units by these lanes. Throws
 * SolverFailed.
 */
export async function cheaper(network: Network, held: Held, start: Flow): Promise<Flow> {
  let best = start;
  const offer = (flow: Flow | null) => {
    const lean = flow && withoutSpare(network, flow);
    if (lean && keeps(network, held, lean) && measure(network, lean).cost < measure(network, best).cost)
      best = lean;
  };
  const search = async (states: WayStates, isWhole: boolean, nodes: number) => {
    const shape = { held, objective: 'cost' as const, states, isWhole, isWaysWhole: true };
    const programme = programmeOf(network, shape);
    const columns = await solveWhole(programme, nodes, { absolute: 0.0009, relative: 1e-4 });
    const flow = columns && flowOf(programme, columns);
    if (flow) offer(wholeFlow(flow));
    return flow;
  };
  const states = noStates(network);
  if (network.ways.some(({ fixed }) => fixed > 0)) {
    const cut = await search(states, false, NODES.lanes);
    if (cut) {
      const used = new Set([...cut.keys()].filter(a => cut[a]! > 1e-6).map(a => network.arcs[a]!.way));
      for (const [w, { fixed }] of network.ways.entries()) if (fixed > 0) states[w] = used.has(w) ? 1 : 0;
    }
  }
  await search(states, true, NODES.units);
  return best;
}
