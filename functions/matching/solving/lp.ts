import type { Highs, Model } from 'highs';
import { shareLeft } from '../candidates/candidacies.ts';
import { grain } from '../proof/certificate.ts';
import { matrixOf } from './matrix.ts';
import { SolverFailed } from './solver.ts';
import { emptyCost, noPrices, type RowPrices } from './sweep.ts';
import {
  breachAllowed,
  type Case,
  emptiesAllowed,
  type Held,
  isOfKind,
  type Kind,
  type Objective,
  type Task,
} from './task.ts';

/** Artificial columns stand in for what a plan cannot meet; only the search for a feasible plan opens them. */
export type Phase = 'feasible' | Objective;

/** What one run of the solver found: the share of each candidacy that is used, where above 0, and the rows' prices. */
export type Run = {
  used: Map<number, number>;
  prices: RowPrices;
  /** Whether no artificial column is used. */
  isMet: boolean;
};

/** The linear programme as the solver has it: the candidacies taken in so far, and the rows that they touch. */
export type Lp = {
  take(list: Uint32Array): void;
  has(candidacy: number): boolean;
  /** How many have been taken in. */
  size(): number;
  /** Nobody of the team who comes by this minute is late any more. */
  admitUntil(team: number, minute: number): void;
  /** One run for the objective in the cases; null: what was taken in leaves no plan. Throws SolverFailed. */
  run(phase: Phase, cases: readonly Case[]): Run | null;
};

const infinity = Number.POSITIVE_INFINITY;

/** Below this a value of the solver is nothing: ten times its tolerance of 1e-7. */
const nothing = 1e-6;

const options = {
  output_flag: false,
  solver: 'simplex',
  presolve: 'off',
  random_seed: 0,
  // Seconds for all runs of one programme: the usual ones take milliseconds, so this only ends what would never end.
  time_limit: 20,
} as const;

/**
 * Opens the programme without any candidacy. Columns: how many are taken of each candidacy (0 to 1), empty seats of each
 * group, people by whom each rule is broken. Rows: seats of each group, rules, goals that are held, late arrivals by team;
 * and where they are needed, people in two places, employers above their share, and cases. The model belongs to the
 * caller, who frees it.
 */
export function openLp(highs: Highs, model: Model, task: Task, held: Held): Lp {
  const { group, traits, employer, person, minutes, cost: costs, rules } = task.of;
  const G = task.demand.length;
  const R = rules.length;
  const traitRules = [...rules.keys()].filter(r => rules[r]!.rule.of.is !== 'same employer');
  const teams = task.of.teams.length;
  // Rows: groups, rules, the four goals over empty seats and breaches, late arrivals by team, then those added later.
  const goalRow = G + R;
  const lateRow = goalRow + 4;
  let rows = lateRow + teams;
  // Columns: empty seats, breaches, artificials of groups and of rules, then those added later.
  let columns = 2 * (G + R);
  let phase: Phase = 'nothing';

  const columnOf = new Map<number, number>();
  const columnsOfPerson = new Map<number, number[]>();
  const personRows = new Map<number, number>();
  const employerRows: Map<number, number>[] = rules.map(() => new Map());
  const employerColumns: Map<number, number[]>[] = rules.map(() => new Map());
  const breaches: number[] = [];
  const artificials: number[] = [...Array(G + R).keys()].map(i => G + R + i);
  const caseRows: { key: string; kind: Kind; row: number }[] = [];

  model.options.set(options);
  passFixedPart();

  function passFixedPart(): void {
    const allowed = emptiesAllowed(task, held);
    const upper = new Float64Array(columns);
    const rowLower = new Float64Array(rows).fill(-infinity);
    const rowUpper = new Float64Array(rows).fill(infinity);
    const matrix = matrixOf('csc', rows);
    for (let g = 0; g < G; g += 1) {
      rowLower[g] = task.demand[g]!;
      rowUpper[g] = task.demand[g]!;
      upper[g] = allowed[g]!;
      matrix.entry(g, 1);
      if (task.critical[g] && held.critical !== null) matrix.entry(goalRow, 1);
      if (held.seats !== null) matrix.entry(goalRow + 1, 1);
      if (held.urgency !== null) matrix.entry(goalRow + 2, task.urgency[g]!);
      matrix.end();
    }
    for (const [r, { rule, count }] of rules.entries()) {
      const row = G + r;
      if (rule.of.is !== 'same employer') {
        if (rule.kind === 'at least') rowLower[row] = count;
        else rowUpper[row] = count;
        upper[row] = breachAllowed(task, held, r);
        matrix.entry(row, rule.kind === 'at least' ? 1 : -1);
        if (held.rules !== null) matrix.entry(goalRow + 3, 1);
        breaches.push(row);
      }
      matrix.end();
    }
    for (let g = 0; g < G; g += 1) {
      matrix.entry(g, 1);
      matrix.end();
    }
    for (const [r, { rule }] of rules.entries()) {
      // "At most" is met by nobody at all.
      if (rule.kind === 'at least') matrix.entry(G + r, 1);
      matrix.end();
    }
    for (const [i, value] of [held.critical, held.seats, held.urgency, held.rules].entries()) {
      if (value !== null) rowUpper[goalRow + i] = value;
    }
    for (let t = 0; t < teams; t += 1) {
      if (held.nine[t] !== infinity) rowUpper[lateRow + t] = task.stragglers[t]!;
    }
    model.passModel({
      numCols: columns,
      numRows: rows,
      colCost: new Float64Array(columns),
      colLower: new Float64Array(columns),
      colUpper: upper,
      rowLower,
      rowUpper,
      matrix: matrix.whole(),
    });
  }

  /** Takes candidacies in, with the rows that they make necessary: a person in two places, an employer above its share. */
  function take(list: Uint32Array): void {
    const fresh = list.filter(a => !columnOf.has(a));
    if (fresh.length === 0) return;
    const matrix = matrixOf('csc', rows);
    for (const a of fresh) {
      const g = group[a]!;
      const team = task.teamOf[g]!;
      matrix.entry(g, 1);
      for (const r of traitRules) if ((traits[a]! >>> r) & 1) matrix.entry(G + r, 1);
      if (minutes[a]! > held.nine[team]!) matrix.entry(lateRow + team, 1);
      for (const r of task.employerRules[g]!) {
        const row = employerRows[r]!.get(employer[a]!);
        if (row !== undefined) matrix.entry(row, 1);
      }
      const shared = personRows.get(person[a]!);
      if (shared !== undefined) matrix.entry(shared, 1);
      for (const { kind, row } of caseRows) if (isOfKind(task, held, kind, a)) matrix.entry(row, 1);
      matrix.end();
    }
    model.addCols({
      cost: Float64Array.from(fresh, a => (phase === 'cost' ? costs[a]! : 0)),
      lower: new Float64Array(fresh.length),
      upper: new Float64Array(fresh.length).fill(1),
      matrix: matrix.whole(),
    });
    for (const a of fresh) {
      const column = columns;
      columns += 1;
      columnOf.set(a, column);
      push(columnsOfPerson, person[a]!, column);
      for (const r of task.employerRules[group[a]!]!) push(employerColumns[r]!, employer[a]!, column);
    }
    addSharedRows(fresh);
  }

  /** The rows that fresh candidacies make necessary: somebody who is now in two places, an employer now above its share. */
  function addSharedRows(fresh: Uint32Array): void {
    const limits: number[] = [];
    const matrix = matrixOf('csr', columns);
    const add = (limit: number, own: readonly number[]): number => {
      limits.push(limit);
      for (const column of own) matrix.entry(column, 1);
      matrix.end();
      return rows + limits.length - 1;
    };
    const slacks: { rule: number; row: number }[] = [];
    for (const a of fresh) {
      const places = columnsOfPerson.get(person[a]!)!;
      if (places.length > 1 && !personRows.has(person[a]!)) personRows.set(person[a]!, add(1, places));
      for (const rule of task.employerRules[group[a]!]!) {
        const left = shareLeft(rules[rule]!, employer[a]!);
        const own = employerColumns[rule]!.get(employer[a]!)!;
        if (own.length <= left || employerRows[rule]!.has(employer[a]!)) continue;
        const row = add(left, own);
        employerRows[rule]!.set(employer[a]!, row);
        slacks.push({ rule, row });
      }
    }
    if (limits.length === 0) return;
    model.addRows({
      lower: new Float64Array(limits.length).fill(-infinity),
      upper: Float64Array.from(limits),
      matrix: matrix.whole(),
    });
    rows += limits.length;
    for (const { rule, row } of slacks) {
      const indices = held.rules === null ? [row] : [row, goalRow + 3];
      const values = held.rules === null ? [-1] : [-1, 1];
      model.addCol(phase === 'rules' ? 1 : 0, 0, breachAllowed(task, held, rule), { indices, values });
      breaches.push(columns);
      columns += 1;
    }
  }

  /** The row that counts the people of a kind; it bounds nothing until a case says so. */
  function rowOf(kind: Kind): number {
    const key = JSON.stringify(kind);
    const known = caseRows.find(each => each.key === key);
    if (known) return known.row;
    const own = [...columnOf].filter(([a]) => isOfKind(task, held, kind, a)).map(([, column]) => column);
    const row = rows;
    model.addRow(-infinity, infinity, { indices: own, values: Array<number>(own.length).fill(1) });
    rows += 1;
    caseRows.push({ key, kind, row });
    model.addCol(phase === 'feasible' ? 1 : 0, 0, phase === 'feasible' ? infinity : 0, {
      indices: [row],
      values: [1],
    });
    artificials.push(columns);
    columns += 1;
    return row;
  }

  function enter(cases: readonly Case[]): number[] {
    const placed = cases.map(({ kind }) => rowOf(kind));
    for (const { row } of caseRows) {
      let [lower, upper] = [-infinity, infinity];
      for (const [i, each] of cases.entries()) {
        if (placed[i] !== row) continue;
        if ('atMost' in each) upper = Math.min(upper, each.atMost);
        else lower = Math.max(lower, each.atLeast);
      }
      model.changeRowBounds(row, lower, upper);
    }
    return placed;
  }

  function seek(next: Phase): void {
    if (next === phase) return;
    phase = next;
    const cost = new Float64Array(columns);
    if (phase === 'feasible') for (const column of artificials) cost[column] = 1;
    else for (let g = 0; g < G; g += 1) cost[g] = emptyCost(task, phase, g);
    if (phase === 'rules') for (const column of breaches) cost[column] = 1;
    if (phase === 'cost') for (const [a, column] of columnOf) cost[column] = costs[a]!;
    model.changeColsCost({ kind: 'range', from: 0, to: columns - 1 }, cost);
    const most = phase === 'feasible' ? infinity : 0;
    for (const column of artificials) model.changeColBounds(column, 0, most);
  }

  function run(next: Phase, cases: readonly Case[]): Run | null {
    const placed = enter(cases);
    seek(next);
    const { modelStatus } = model.run();
    const { optimal, infeasible } = highs.constants.modelStatus;
    if (modelStatus === infeasible) return null;
    if (modelStatus !== optimal) throw new SolverFailed(`the solver ended with status ${modelStatus}`);
    const { colValue, rowDual } = model.getSolution();
    const used = new Map<number, number>();
    for (const [a, column] of columnOf) if (colValue[column]! > nothing) used.set(a, colValue[column]!);
    const isMet = artificials.every(column => colValue[column]! < nothing);
    return { used, prices: pricesOf(rowDual, cases, placed), isMet };
  }

  /** Rounded to the grain, and to the side on which each row may have a price. */
  function pricesOf(duals: Float64Array, cases: readonly Case[], placed: readonly number[]): RowPrices {
    const at = (row: number) => Math.round(duals[row]! / grain) * grain;
    const most = (row: number) => Math.min(0, at(row));
    const prices = noPrices(task);
    for (let g = 0; g < G; g += 1) prices.group[g] = at(g);
    for (const [r, { rule }] of rules.entries()) {
      prices.rule[r] = rule.kind === 'at least' ? Math.max(0, at(G + r)) : most(G + r);
      const shares = [...employerRows[r]!].map(([place, row]) => [place, most(row)] as const);
      const priced = shares.filter(([, price]) => price !== 0);
      if (priced.length > 0) prices.employer[r] = new Map(priced);
    }
    prices.critical = most(goalRow);
    prices.seats = most(goalRow + 1);
    prices.urgency = most(goalRow + 2);
    prices.rules = most(goalRow + 3);
    for (let t = 0; t < teams; t += 1) prices.late[t] = most(lateRow + t);
    // Several cases of one kind share a row: its price is that of the tightest on the side it leans to.
    const isTightest = (each: Case, i: number) =>
      !cases.some(
        (other, j) =>
          placed[j] === placed[i] &&
          j !== i &&
          ('atMost' in each
            ? 'atMost' in other && (other.atMost < each.atMost || (other.atMost === each.atMost && j < i))
            : 'atLeast' in other &&
              (other.atLeast > each.atLeast || (other.atLeast === each.atLeast && j < i))),
      );
    prices.cases = cases.map((each, i) => {
      if (!isTightest(each, i)) return 0;
      return 'atMost' in each ? most(placed[i]!) : Math.max(0, at(placed[i]!));
    });
    return prices;
  }

  function admitUntil(team: number, minute: number): void {
    for (const [a, column] of columnOf) {
      const isOfTeam = task.teamOf[group[a]!] === team;
      if (isOfTeam && minutes[a]! > held.nine[team]! && minutes[a]! <= minute) {
        model.changeCoefficient(lateRow + team, column, 0);
      }
    }
    held.nine[team] = minute;
  }

  return {
    take,
    admitUntil,
    has: candidacy => columnOf.has(candidacy),
    size: () => columnOf.size,
    run,
  };
}

function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
