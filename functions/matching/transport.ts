import type { ModelData } from 'highs';
import { SolverFailed, solveProgramme } from './solver.ts';

/**
 * A transport problem: suppliers send whole units along arcs to groups, each of which needs its demand exactly. A person
 * is a supplier of one; "nobody" is a supplier too, so that there is always a solution. Such a problem has an optimal
 * solution in whole numbers among the vertices of its linear programme, and whole dual values when the costs are whole.
 */
export type Transport = {
  demand: Int32Array;
  supply: Int32Array;
  /** Suppliers that an earlier goal needs to the last unit. */
  exhausted: Uint8Array;
  /** Arcs in ascending order of preference; `from` a supplier, `to` a group. */
  from: Int32Array;
  to: Int32Array;
};

/** A solution with its proof. `bound` is a lower bound over all arcs, computed in whole numbers; equal to `value` it proves the optimum. */
export type Solution = { flow: Int32Array; value: number; bound: number; prices: Float64Array };

/**
 * The cheapest way to meet every demand. Solves on few arcs and prices all the others with the dual values: an arc that
 * could still lower the cost is taken in, until there is none. So the answer is exact over all arcs, however few the
 * solver has seen. `active` marks the arcs to begin with and grows; costs are whole numbers.
 */
export async function solveTransport(
  problem: Transport,
  cost: Float64Array,
  active: Uint8Array,
): Promise<Solution> {
  for (;;) {
    const arcs = indicesOf(active);
    const { columns, rowDuals } =
      arcs.length > 0 ? await solveProgramme(programmeOf(problem, cost, arcs)) : nothingToDo(problem);
    const flow = new Int32Array(problem.from.length);
    let value = 0;
    for (const [column, arc] of arcs.entries()) {
      const amount = Math.round(columns[column]!);
      if (Math.abs(columns[column]! - amount) > 1e-6) throw new SolverFailed('the solver split a person');
      flow[arc] = amount;
      value += amount * cost[arc]!;
    }
    const prices = rowDuals.slice(0, problem.demand.length).map(Math.round);
    const bound = boundOf(problem, cost, prices);
    if (bound === value || !takeIn(problem, cost, prices, active)) return { flow, value, bound, prices };
  }
}

/** The solver calls a programme without columns empty, not optimal. */
const nothingToDo = ({ demand }: Transport) => ({
  columns: new Float64Array(),
  rowDuals: new Float64Array(demand.length),
});

/** Columns are the arcs; rows the groups (exactly their demand), then the suppliers (at most what they have). */
function programmeOf(problem: Transport, cost: Float64Array, arcs: Int32Array): ModelData {
  const { demand, supply, exhausted, from, to } = problem;
  const groups = demand.length;
  const numRows = groups + supply.length;
  const numCols = arcs.length;
  const rowLower = new Float64Array(numRows);
  const rowUpper = new Float64Array(numRows);
  rowLower.set(demand);
  rowUpper.set(demand);
  for (let i = 0; i < supply.length; i += 1) {
    rowLower[groups + i] = exhausted[i] ? supply[i]! : 0;
    rowUpper[groups + i] = supply[i]!;
  }
  const colCost = new Float64Array(numCols);
  const colUpper = new Float64Array(numCols);
  const starts = new Int32Array(numCols + 1);
  const indices = new Int32Array(2 * numCols);
  for (const [column, arc] of arcs.entries()) {
    colCost[column] = cost[arc]!;
    colUpper[column] = supply[from[arc]!]!;
    indices[2 * column] = to[arc]!;
    indices[2 * column + 1] = groups + from[arc]!;
    starts[column + 1] = 2 * column + 2;
  }
  return {
    numCols,
    numRows,
    colCost,
    colLower: new Float64Array(numCols),
    colUpper,
    rowLower,
    rowUpper,
    matrix: {
      format: 'csc',
      numRows,
      numCols,
      starts,
      indices,
      values: new Float64Array(2 * numCols).fill(1),
    },
  };
}

/**
 * Weak duality: whatever the prices, no solution costs less than the demand at these prices plus what each supplier can
 * at best save on them. Needs no trust in the solver.
 */
function boundOf(problem: Transport, cost: Float64Array, prices: Float64Array): number {
  let bound = 0;
  for (let g = 0; g < prices.length; g += 1) bound += problem.demand[g]! * prices[g]!;
  const best = bestOf(problem, cost, prices);
  for (let i = 0; i < best.length; i += 1) bound += problem.supply[i]! * best[i]!;
  return bound;
}

/** What each supplier's best arc costs above (or saves below) the price of its group; 0 for one that may stay idle. */
function bestOf(
  problem: Transport,
  cost: Float64Array,
  prices: Float64Array,
  only?: Uint8Array,
): Float64Array {
  const { from, to, supply, exhausted } = problem;
  const best = new Float64Array(supply.length);
  for (let i = 0; i < supply.length; i += 1) if (exhausted[i]) best[i] = Number.POSITIVE_INFINITY;
  for (let a = 0; a < from.length; a += 1) {
    if (only && !only[a]) continue;
    const reduced = cost[a]! - prices[to[a]!]!;
    if (reduced < best[from[a]!]!) best[from[a]!] = reduced;
  }
  // A supplier without arcs and without anything to give bounds nothing.
  for (let i = 0; i < supply.length; i += 1) if (supply[i] === 0) best[i] = 0;
  return best;
}

/** Takes in every arc that beats what its supplier has among the active ones; false when there is none. */
function takeIn(problem: Transport, cost: Float64Array, prices: Float64Array, active: Uint8Array): boolean {
  const best = bestOf(problem, cost, prices, active);
  let found = false;
  for (let a = 0; a < active.length; a += 1) {
    if (active[a] || cost[a]! - prices[problem.to[a]!]! >= best[problem.from[a]!]!) continue;
    active[a] = 1;
    found = true;
  }
  return found;
}

/**
 * The same problem with only its optimal solutions left, for the next goal in the order: an arc may be used in an
 * optimum only if it is its supplier's best, and a supplier that saves something is used to the last unit.
 * The solution must be proven (bound equals value). Returns which arcs remain.
 */
export function optimalFace(
  problem: Transport,
  cost: Float64Array,
  prices: Float64Array,
): { problem: Transport; kept: Int32Array } {
  const best = bestOf(problem, cost, prices);
  const keep = new Uint8Array(problem.from.length);
  for (let a = 0; a < keep.length; a += 1) {
    const supplier = problem.from[a]!;
    if (problem.supply[supplier]! > 0 && cost[a]! - prices[problem.to[a]!]! === best[supplier]!) keep[a] = 1;
  }
  const exhausted = problem.exhausted.map((was, i) => (was || best[i]! < 0 ? 1 : 0));
  const kept = indicesOf(keep);
  return { problem: { ...arcsOf(problem, kept), exhausted }, kept };
}

/** The problem with only these arcs. */
function arcsOf(problem: Transport, kept: Int32Array): Transport {
  return { ...problem, from: kept.map(a => problem.from[a]!), to: kept.map(a => problem.to[a]!) };
}

/** The places at which a mask is set, ascending. */
function indicesOf(mask: Uint8Array): Int32Array {
  const indices = new Int32Array(mask.reduce((sum, each) => sum + each, 0));
  let next = 0;
  for (let i = 0; i < mask.length; i += 1) if (mask[i]) indices[next++] = i;
  return indices;
}
