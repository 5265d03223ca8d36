import { shareLeft } from '../candidates/candidacies.ts';
import {
  breachAllowed,
  type Case,
  emptiesAllowed,
  type Held,
  isOfKind,
  type Objective,
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

/**
 * Each allowed candidacy whose cost is less than what its seat and all it counts for are worth, with the difference
 * (below 0): by so much it could lower the objective. The others can lower nothing.
 */
export function forEachBelow(
  task: Task,
  held: Held,
  costs: ArrayLike<number> | null,
  prices: RowPrices,
  cases: readonly Case[],
  visit: (candidacy: number, reduced: number) => void,
): void {
  const { groupStarts, minutes, traits, employer } = task.of;
  const traitRules = [...prices.rule.keys()].filter(r => prices.rule[r] !== 0);
  for (let g = 0; g < task.demand.length; g += 1) {
    if (task.demand[g] === 0) continue;
    const team = task.teamOf[g]!;
    const latest = held.latest[team]!;
    const nine = held.nine[team]!;
    const late = prices.late[team]!;
    const price = prices.group[g]!;
    const employerRules = task.employerRules[g]!.flatMap(r => prices.employer[r] ?? []);
    const ownCases = cases.flatMap((each, i) =>
      each.kind.group === g && prices.cases[i] !== 0 ? [{ kind: each.kind, price: prices.cases[i]! }] : [],
    );
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      if (minutes[a]! > latest) continue;
      let reduced = (costs === null ? 0 : costs[a]!) - price;
      const bits = traits[a]!;
      for (let i = 0; i < traitRules.length; i += 1) {
        const r = traitRules[i]!;
        if ((bits >>> r) & 1) reduced -= prices.rule[r]!;
      }
      for (let i = 0; i < employerRules.length; i += 1) reduced -= employerRules[i]!.get(employer[a]!) ?? 0;
      if (minutes[a]! > nine) reduced -= late;
      for (let i = 0; i < ownCases.length; i += 1) {
        if (isOfKind(task, held, ownCases[i]!.kind, a)) reduced -= ownCases[i]!.price;
      }
      if (reduced < 0) visit(a, reduced);
    }
  }
}

/** What a look at all candidacies shows: the bound that the prices prove, and whom they would take in. */
export type Swept = { bound: number; found: { candidacy: number; reduced: number }[] };

/**
 * Weak duality: whatever the prices, no plan costs less than the bound. It is the rows at their prices, and for each
 * person, empty seat and breach what they could at best save on them; it needs no trust in the solver. A candidacy that
 * saves more than whatever its person is in already (`isIn`) is found.
 */
export function sweep(
  task: Task,
  held: Held,
  objective: Objective,
  costs: ArrayLike<number> | null,
  prices: RowPrices,
  cases: readonly Case[],
  isIn: (candidacy: number) => boolean,
): Swept {
  const { person } = task.of;
  const best = task.scratch.fill(0);
  const below: { candidacy: number; reduced: number }[] = [];
  const bestIn = new Map<number, number>();
  let bound = rowsAt(task, held, objective, prices, cases);
  forEachBelow(task, held, costs, prices, cases, (candidacy, reduced) => {
    const p = person[candidacy]!;
    if (reduced < best[p]!) {
      bound += reduced - best[p]!;
      best[p] = reduced;
    }
    if (isIn(candidacy)) bestIn.set(p, Math.min(reduced, bestIn.get(p) ?? 0));
    else below.push({ candidacy, reduced });
  });
  const found = below.filter(
    ({ candidacy, reduced }) => reduced < (bestIn.get(person[candidacy]!) ?? 0) - tolerance,
  );
  return { bound, found };
}

/**
 * The first minute at which prices that rule out a plan no longer do so, when ever later arrivals of a team are admitted
 * (`name` "latest": at all, "nine": without being late): before it there is no plan. Held is what the prices were made for.
 */
export function ruledOutUntil(
  task: Task,
  held: Held,
  prices: RowPrices,
  name: 'latest' | 'nine',
  team: number,
): number {
  const { person, minutes, group } = task.of;
  const best = task.scratch.fill(0);
  const from = held[name][team]!;
  const later: { candidacy: number; reduced: number }[] = [];
  let bound = rowsAt(task, held, 'nothing', prices, []);
  const admit = (candidacy: number, reduced: number) => {
    const p = person[candidacy]!;
    if (reduced >= best[p]!) return;
    bound += reduced - best[p]!;
    best[p] = reduced;
  };
  forEachBelow(task, held, null, prices, [], admit);
  const open: Held = { ...held, [name]: held[name].with(team, Number.POSITIVE_INFINITY) };
  forEachBelow(task, open, null, prices, [], (candidacy, reduced) => {
    if (task.teamOf[group[candidacy]!] === team && minutes[candidacy]! > from)
      later.push({ candidacy, reduced });
  });
  later.sort((one, other) => minutes[one.candidacy]! - minutes[other.candidacy]!);
  for (const { candidacy, reduced } of later) {
    admit(candidacy, reduced);
    if (bound <= 0) return minutes[candidacy]!;
  }
  return Number.POSITIVE_INFINITY;
}

/** A saving below this is the solver's own tolerance of 1e-7, with some room. */
const tolerance = 1e-6;

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
      bound += share * shareLeft(rules[r]!, employer) + Math.min(0, breachCost - Math.abs(share)) * most;
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
