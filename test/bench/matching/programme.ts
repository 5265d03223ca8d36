import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import type { Weights } from './score.ts';

/** A linear programme in whole numbers, for any solver. Columns 0 to `people` - 1 are the candidacies of `places`. */
export type Programme = {
  cost: number[];
  upper: number[];
  rows: { lower: number; upper: number; columns: number[]; values: number[] }[];
  places: readonly number[];
  /** Columns of empty seats by group, and of breaches by rule (one for each employer). */
  empty: number[];
  breaches: number[][];
};

/** The bound of a row that has none. */
export const none = 1e9;

/**
 * The plan as one programme: a column for each candidacy, each group's empty seats and each rule's breach; a row for each
 * group, each person with more than one candidacy, and each rule. One objective, weighed.
 */
export function programmeOf(
  candidacies: Candidacies,
  places: readonly number[],
  weights: Weights,
): Programme {
  const { groups, rules, person, group, cost, traits, employer } = candidacies;
  const programme: Programme = {
    cost: places.map(a => cost[a]!),
    upper: places.map(() => 1),
    rows: [],
    places,
    empty: [],
    breaches: [],
  };
  const column = (price: number, upper: number) => {
    programme.upper.push(upper);
    return programme.cost.push(price) - 1;
  };
  const row = (lower: number, upper: number, columns: number[], extra: [number, number][] = []) =>
    programme.rows.push({
      lower,
      upper,
      columns: [...columns, ...extra.map(([each]) => each)],
      values: [...columns.map(() => 1), ...extra.map(([, value]) => value)],
    });
  const gathered = (keyOf: (place: number) => number): Map<number, number[]> => {
    const lists = new Map<number, number[]>();
    for (const [c, a] of places.entries()) {
      const list = lists.get(keyOf(a));
      if (list) list.push(c);
      else lists.set(keyOf(a), [c]);
    }
    return lists;
  };
  const columnsOf = gathered(a => group[a]!);
  for (const [g, { seatIds, critical }] of groups.entries()) {
    const seats = seatIds.length;
    const empty = column(critical ? weights.critical : weights.seat, seats);
    programme.empty.push(empty);
    row(seats, seats, columnsOf.get(g) ?? [], [[empty, 1]]);
  }
  for (const columns of gathered(a => person[a]!).values()) if (columns.length > 1) row(0, 1, columns);
  for (const [r, { rule, count, groups: own, taken }] of rules.entries()) {
    const inGroups = own.flatMap(g => columnsOf.get(g) ?? []);
    const breaches: number[] = [];
    programme.breaches.push(breaches);
    if (rule.of.is === 'same employer') {
      const byEmployer = new Map<number, number[]>();
      for (const c of inGroups) {
        const e = employer[places[c]!]!;
        byEmployer.set(e, [...(byEmployer.get(e) ?? []), c]);
      }
      for (const [e, columns] of byEmployer) {
        const share = Math.max(0, count - (taken.get(e) ?? 0));
        if (columns.length <= share) continue;
        const breach = column(weights.rule, columns.length);
        breaches.push(breach);
        row(-none, share, columns, [[breach, -1]]);
      }
      continue;
    }
    const counting = inGroups.filter(c => ((traits[places[c]!]! >>> r) & 1) === 1);
    const breach = column(weights.rule, rule.kind === 'at least' ? Math.max(0, count) : counting.length);
    breaches.push(breach);
    if (rule.kind === 'at least') row(count, none, counting, [[breach, 1]]);
    else row(-none, Math.max(0, count), counting, [[breach, -1]]);
  }
  return programme;
}
