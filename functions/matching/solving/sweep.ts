import {
  breachAllowed,
  type Case,
  emptiesAllowed,
  type Held,
  isOfKind,
  type Objective,
  shareLeft,
  type Task,
} from './task.ts';

/** Dual values, one per row of the programme: multiples of `grain`, so that sums of them are exact. */
export type RowPrices = {
  group: Float64Array;
  rule: Float64Array;
  /** By rule, then by place of the employer; null where none has a price. */
  employer: (Map<number, number> | null)[];
  critical: number;
  seats: number;
  urgency: number;
  rules: number;
  /** By team. */
  late: Float64Array;
  /** As many as there are cases. */
  cases: number[];
};

export const noPrices = ({ demand, of: { rules, teams } }: Task): RowPrices => ({
  group: new Float64Array(demand.length),
  rule: new Float64Array(rules.length),
  employer: rules.map(() => null),
  critical: 0,
  seats: 0,
  urgency: 0,
  rules: 0,
  late: new Float64Array(teams.length),
  cases: [],
});

export const emptyCost = (task: Task, objective: Objective, g: number): number => {
  if (objective === 'critical') return task.critical[g]!;
  if (objective === 'seats') return 1;
  return objective === 'urgency' ? task.urgency[g]! : 0;
};

/** The cost of each allowed candidacy beyond what its seat and all it counts for are worth. */
export function reducedCosts(
  task: Task,
  held: Held,
  costs: Float64Array | null,
  prices: RowPrices,
  cases: readonly Case[],
  visit: (candidacy: number, reduced: number) => void,
): void {
  const { groupStarts, minutes, traits, employer } = task.of;
  for (let g = 0; g < task.demand.length; g += 1) {
    if (task.demand[g] === 0) continue;
    const team = task.teamOf[g]!;
    const latest = held.latest[team]!;
    const nine = held.nine[team]!;
    const late = prices.late[team]!;
    const traitRules = [...prices.rule.keys()].filter(r => prices.rule[r] !== 0);
    const employerRules = task.employerRules[g]!.flatMap(r => prices.employer[r] ?? []);
    const ownCases = cases.flatMap((each, i) =>
      each.kind.group === g && prices.cases[i] !== 0 ? [{ kind: each.kind, price: prices.cases[i]! }] : [],
    );
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      if (minutes[a]! > latest) continue;
      let reduced = (costs ? costs[a]! : 0) - prices.group[g]!;
      const bits = traits[a]!;
      for (const r of traitRules) if ((bits >>> r) & 1) reduced -= prices.rule[r]!;
      for (const priced of employerRules) reduced -= priced.get(employer[a]!) ?? 0;
      if (minutes[a]! > nine) reduced -= late;
      for (const { kind, price } of ownCases) if (isOfKind(task, held, kind, a)) reduced -= price;
      visit(a, reduced);
    }
  }
}

/**
 * Weak duality: whatever the prices, no plan costs less than this. The rows at their prices, and for each person, empty
 * seat and breach what they could at best save on them. Needs no trust in the solver.
 */
export function boundOf(
  task: Task,
  held: Held,
  objective: Objective,
  costs: Float64Array | null,
  prices: RowPrices,
  cases: readonly Case[],
): number {
  const best = new Float64Array(task.persons);
  let bound = rowsAt(task, held, objective, prices, cases);
  reducedCosts(task, held, costs, prices, cases, (a, reduced) => {
    const person = task.of.person[a]!;
    if (reduced < best[person]!) {
      bound += reduced - best[person]!;
      best[person] = reduced;
    }
  });
  return bound;
}

/** The bound without the people: rows at their prices, empty seats and breaches at their best. */
function rowsAt(
  task: Task,
  held: Held,
  objective: Objective,
  prices: RowPrices,
  cases: readonly Case[],
): number {
  const { rules } = task.of;
  const allowed = emptiesAllowed(task, held);
  let bound =
    prices.critical * (held.critical ?? 0) +
    prices.seats * (held.seats ?? 0) +
    prices.urgency * (held.urgency ?? 0) +
    prices.rules * (held.rules ?? 0);
  for (const [g, seats] of task.demand.entries()) {
    const empty =
      emptyCost(task, objective, g) -
      prices.group[g]! -
      (task.critical[g] ? prices.critical : 0) -
      prices.seats -
      prices.urgency * task.urgency[g]!;
    bound += seats * prices.group[g]! + Math.min(0, empty) * allowed[g]!;
  }
  const breachCost = (objective === 'rules' ? 1 : 0) - prices.rules;
  for (const [r, { rule, count }] of rules.entries()) {
    const most = breachAllowed(task, held, r);
    const price = prices.rule[r]!;
    bound += price * count + Math.min(0, breachCost - Math.abs(price)) * most;
    for (const [employer, share] of prices.employer[r] ?? []) {
      bound += share * shareLeft(task, r, employer) + Math.min(0, breachCost - Math.abs(share)) * most;
    }
    if (rule.of.is === 'same employer' && price !== 0)
      throw new Error(`${rule.ruleId} has no row of its own`);
  }
  for (const [t, price] of prices.late.entries()) bound += price * task.stragglers[t]!;
  for (const [i, each] of cases.entries()) {
    bound += prices.cases[i]! * ('atMost' in each ? each.atMost : each.atLeast);
  }
  return bound;
}
