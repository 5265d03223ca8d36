import type { ModelData } from 'highs';
import { type Prices, zeroPrices } from './bound.ts';
import { beyondReach, type Flow, type Held, isAllowed, type Objective, type WayStates } from './goals.ts';
import type { Network } from './network.ts';

/** What a programme is to leave open. */
export type Shape = {
  held: Held;
  objective: Objective;
  states: WayStates;
  /** Units, pallets and loose loads are whole; without, all are cut at will. */
  isWhole: boolean;
  /** Lanes are used or not; without, a lane can be paid for in part. */
  isWaysWhole: boolean;
};

/** A programme with the places of its columns and rows. -1: there is none. */
export type Programme = {
  data: ModelData & { integrality: Int32Array; colLower: Float64Array };
  isInteger: boolean;
  units: Int32Array;
  pallets: Int32Array;
  loose: Int32Array;
  payment: Int32Array;
  /** Of each item, what is missing, and missing at its deadline. */
  unmet: Int32Array;
  late: Int32Array;
  rows: {
    items: number[];
    onTime: number[];
    shelves: number[];
    goals: Record<keyof Prices['goals'], number>;
  };
};

/** Points and tonnes: numbers of a size that the solver's tolerances are made for. */
const POINT = 1000;
const TONNE = 1_000_000;

type Column = { cost: number; upper: number; whole: boolean; rows: [number, number][] };

/** The linear or whole-number programme of an objective within what is held. */
export function programmeOf(network: Network, shape: Shape): Programme {
  const { items, shelves, ways, arcs } = network;
  const { held, objective, states, isWhole } = shape;
  const infinity = Number.POSITIVE_INFINITY;
  const columns: Column[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  const row = (least: number, most: number) => lower.push(least) && upper.push(most) - 1;
  const column = (cost: number, most: number, whole: boolean, rows: [number, number][]) =>
    columns.push({ cost, upper: most, whole, rows: rows.filter(([at]) => at >= 0) }) - 1;

  const allowed = [...arcs.keys()].filter(a => isAllowed(network, held, a) && states[arcs[a]!.way] !== 0);
  const arcsOfShelf = new Int32Array(shelves.length);
  for (const a of allowed) arcsOfShelf[arcs[a]!.shelf]! += 1;
  const isFull = objective === 'loose' || held.loose !== null;
  // Cut units say nothing of loose loads, but that a shelf's whole pallets may not suffice.
  const withPallets = isFull && (isWhole || objective === 'loose') && items.some(({ pallet }) => pallet > 1);
  const withLate = objective === 'late' || held.late !== null;
  const withCost = objective === 'cost' || held.cost !== null;
  const isElastic = objective === 'nothing';

  // A started pallet goes whole, once pallets count.
  const itemRows = items.map(({ need, pallet }) => row(need, isFull ? need + pallet - 1 : need));
  const onTimeRows = items.map(({ need }) => (withLate ? row(need, infinity) : -1));
  const shelfRows = shelves.map(({ available }, s) => (arcsOfShelf[s]! > 1 ? row(-infinity, available) : -1));
  const beyond = beyondReach(network);
  const limit = (value: number | null, from: number) => (value === null ? -1 : row(-infinity, value - from));
  const goals = {
    unmet: limit(held.unmet, beyond),
    late: limit(held.late, beyond),
    loose: withPallets ? limit(held.loose, 0) : -1,
    cost: held.cost === null ? -1 : row(-infinity, held.cost / POINT),
  };
  const isPaid = (w: number) => withCost && ways[w]!.fixed > 0 && states[w] === -1;
  const wayRows = ways.map(({ capacity }, w) =>
    capacity === null ? -1 : row(-infinity, isPaid(w) ? 0 : capacity / TONNE),
  );

  const unmet = new Int32Array(items.length).fill(-1);
  const late = new Int32Array(items.length).fill(-1);
  for (const [i, { need, priority }] of items.entries()) {
    unmet[i] = column(objective === 'unmet' ? priority : 0, need, isWhole, [
      [itemRows[i]!, 1],
      [goals.unmet, priority],
    ]);
    if (withLate)
      late[i] = column(objective === 'late' ? priority : 0, need, isWhole, [
        [onTimeRows[i]!, 1],
        [goals.late, priority],
      ]);
  }
  if (isElastic)
    column(1, infinity, false, [
      [goals.unmet, -1],
      [goals.late, -1],
    ]);
  const payment = new Int32Array(ways.length).fill(-1);
  for (const [w, { capacity, fixed }] of ways.entries()) {
    if (!withCost || fixed === 0 || states[w] === 0) continue;
    const at = column(objective === 'cost' ? fixed / POINT : 0, 1, shape.isWaysWhole, [
      [goals.cost, fixed / POINT],
      [isPaid(w) && capacity !== null ? wayRows[w]! : -1, -(capacity ?? 0) / TONNE],
    ]);
    payment[w] = at;
  }
  const units = new Int32Array(arcs.length).fill(-1);
  const pallets = new Int32Array(arcs.length).fill(-1);
  const loose = new Int32Array(arcs.length).fill(-1);
  const paidFrom = new Float64Array(columns.length);
  for (const w of ways.keys()) if (payment[w]! >= 0 && states[w] === 1) paidFrom[payment[w]!] = 1;
  for (const a of allowed) {
    const { shelf, way, item, most, grams, price, isOnTime } = arcs[a]!;
    const { palletUnits } = shelves[shelf]!;
    const rows: [number, number][] = [
      [itemRows[item]!, 1],
      [isOnTime ? onTimeRows[item]! : -1, 1],
      [shelfRows[shelf]!, 1],
      [goals.cost, price / POINT],
      [wayRows[way]!, grams / TONNE],
    ];
    if (isPaid(way)) {
      const link = row(-infinity, 0);
      columns[payment[way]!]!.rows.push([link, -most]);
      rows.push([link, 1]);
    }
    if (withPallets && palletUnits > 1) {
      // units = pallets x palletUnits + loose, where loose is less than a pallet and only with a loose load.
      const atLeast = row(0, infinity);
      const atMost = row(-infinity, 0);
      pallets[a] = column(0, Math.floor(most / palletUnits), isWhole, [
        [atLeast, -palletUnits],
        [atMost, -palletUnits],
      ]);
      loose[a] = column(objective === 'loose' ? 1 : 0, 1, isWhole, [
        [atMost, 1 - palletUnits],
        [goals.loose, 1],
      ]);
      rows.push([atLeast, 1], [atMost, 1]);
    }
    const worth = objective === 'cost' ? price / POINT : objective === 'waiting' ? ways[way]!.minutes : 0;
    units[a] = column(worth, most, isWhole, rows);
  }
  return {
    data: {
      ...written(columns, lower, upper),
      colLower: Float64Array.from(columns, (_, c) => paidFrom[c] ?? 0),
    },
    isInteger: columns.some(({ whole }) => whole),
    units,
    pallets,
    loose,
    payment,
    unmet,
    late,
    rows: { items: itemRows, onTime: onTimeRows, shelves: shelfRows, goals },
  };
}

function written(columns: readonly Column[], rowLower: number[], rowUpper: number[]) {
  const starts = new Int32Array(columns.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (const [c, { rows }] of columns.entries()) {
    for (const [at, value] of rows) {
      indices.push(at);
      values.push(value);
    }
    starts[c + 1] = indices.length;
  }
  return {
    numCols: columns.length,
    numRows: rowLower.length,
    colCost: Float64Array.from(columns, ({ cost }) => cost),
    colUpper: Float64Array.from(columns, ({ upper }) => upper),
    rowLower: Float64Array.from(rowLower),
    rowUpper: Float64Array.from(rowUpper),
    integrality: Int32Array.from(columns, ({ whole }) => (whole ? 1 : 0)),
    matrix: {
      format: 'csc' as const,
      numRows: rowLower.length,
      numCols: columns.length,
      starts,
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
  };
}

/** The units by arc that a solution of the programme says, cut as they may be. */
export const flowOf = ({ units }: Programme, solution: Float64Array): Flow =>
  Float64Array.from(units, at => (at < 0 ? 0 : solution[at]!));

/** The columns of a plan, for a programme to begin with. */
export function columnsOf(network: Network, programme: Programme, flow: Flow): Float64Array {
  const { items, arcs, shelves } = network;
  const columns = Float64Array.from(programme.data.colLower);
  const put = (at: number, value: number) => {
    if (at >= 0) columns[at] = value;
  };
  const sent = new Float64Array(items.length);
  const onTime = new Float64Array(items.length);
  for (const [a, { item, shelf, way, isOnTime }] of arcs.entries()) {
    const units = flow[a]!;
    if (units === 0) continue;
    const { palletUnits } = shelves[shelf]!;
    sent[item]! += units;
    if (isOnTime) onTime[item]! += units;
    put(programme.units[a]!, units);
    put(programme.pallets[a]!, Math.floor(units / palletUnits));
    put(programme.loose[a]!, units % palletUnits > 0 ? 1 : 0);
    put(programme.payment[way]!, 1);
  }
  for (const [i, { need }] of items.entries()) {
    put(programme.unmet[i]!, Math.max(0, need - sent[i]!));
    put(programme.late[i]!, Math.max(0, need - onTime[i]!));
  }
  return columns;
}

/** The prices that the duals of a linear programme say, in the units of the network. */
export function pricesOf(
  network: Network,
  { rows }: Programme,
  objective: Objective,
  duals: Float64Array,
): Prices {
  // An objective of cost is solved in points, and the goals' rows of cost are in points too.
  const scale = objective === 'cost' ? POINT : 1;
  const atLeast = (at: number) => (at < 0 ? 0 : Math.max(0, duals[at]!) * scale);
  const atMost = (at: number) => (at < 0 ? 0 : Math.max(0, -duals[at]!) * scale);
  const prices = zeroPrices(network);
  return {
    items: prices.items.map((_, i) => atLeast(rows.items[i]!)),
    onTime: prices.onTime.map((_, i) => atLeast(rows.onTime[i]!)),
    shelves: prices.shelves.map((_, s) => atMost(rows.shelves[s]!)),
    goals: {
      unmet: atMost(rows.goals.unmet),
      late: atMost(rows.goals.late),
      loose: atMost(rows.goals.loose),
      cost: atMost(rows.goals.cost) / POINT,
    },
  };
}
