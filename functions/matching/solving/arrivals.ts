import { noPrices, type RowPrices } from './sweep.ts';
import { breachAllowed, emptiesAllowed, type Held, type Task } from './task.ts';

/** A bound by counting heads: the earliest minute that is not ruled out, and the prices that rule out all before it. */
export type Counted = { minute: number; prices: RowPrices };

/** No team is there before each of its groups, and each rule of "at least", has as many people as it needs at least. */
export function earliestLatest(task: Task, held: Held, team: number): Counted {
  const groups = groupsOf(task, team);
  const allowed = emptiesAllowed(task, held);
  const found: Counted = { minute: 0, prices: noPrices(task) };
  const consider = (own: readonly number[], bit: number, least: number): boolean => {
    // Mostly enough of them are there by the minute that is ruled out already.
    if (least <= 0 || headsBy(task, own, bit, found.minute) >= least) return false;
    const heads = headsByMinute(task, held, own, bit);
    const nth = heads.findIndex(people => people >= least);
    found.minute = nth < 0 ? heads.length : nth;
    found.prices = noPrices(task);
    return true;
  };
  for (const g of groups) {
    if (consider([g], 0, task.demand[g]! - allowed[g]!)) found.prices.group[g] = 1;
  }
  for (const [r, { rule, count }] of task.of.rules.entries()) {
    if (rule.kind !== 'at least' || rule.teamType !== task.of.teams[team]) continue;
    // Somebody eligible for several groups is counted in each: there are no more people than that.
    if (consider(groups, 1 << r, count - breachAllowed(task, held, r))) found.prices.rule[r] = 1;
  }
  return found;
}

/** The same for the arrival of all but the stragglers, by the groups alone. */
export function earliestNine(task: Task, held: Held, team: number): Counted {
  const groups = groupsOf(task, team);
  const allowed = emptiesAllowed(task, held);
  const heads = groups.map(g => headsByMinute(task, held, [g], 0));
  const missing = (i: number, minute: number) => {
    const list = heads[i]!;
    const people = minute < 0 ? 0 : (list[Math.min(minute, list.length - 1)] ?? 0);
    const g = groups[i]!;
    return Math.max(0, task.demand[g]! - allowed[g]! - people);
  };
  const lateAt = (minute: number) => groups.reduce((sum, _, i) => sum + missing(i, minute), 0);
  let low = 0;
  let high = Math.max(0, ...heads.map(list => list.length));
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lateAt(middle) <= task.stragglers[team]!) high = middle;
    else low = middle + 1;
  }
  const prices = noPrices(task);
  for (const [i, g] of groups.entries()) if (missing(i, low - 1) > 0) prices.group[g] = 1;
  prices.late[team] = -1;
  return { minute: low, prices };
}

/** The minutes at which somebody of the team may come, ascending, from the given one on; 0 also stands for nobody. */
export function minutesOf(task: Task, held: Held, team: number, from: number): Uint32Array {
  const heads = headsByMinute(task, held, groupsOf(task, team), 0);
  const found = from === 0 ? [0] : [];
  for (let m = Math.max(1, from); m < heads.length; m += 1) if (heads[m]! > heads[m - 1]!) found.push(m);
  return Uint32Array.from(found);
}

const groupsOf = (task: Task, team: number): number[] =>
  [...task.demand.keys()].filter(g => task.teamOf[g] === team && task.demand[g]! > 0);

/** How many candidacies of these groups come by the minute; `bit`: only those that have this trait bit, 0: all. */
function headsBy({ of }: Task, groups: readonly number[], bit: number, minute: number): number {
  const { groupStarts, minutes, traits } = of;
  let heads = 0;
  for (const g of groups) {
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      if (minutes[a]! <= minute && (bit === 0 || (traits[a]! & bit) !== 0)) heads += 1;
    }
  }
  return heads;
}

/** The same for each minute from 0 to the last that is held. */
function headsByMinute(task: Task, held: Held, groups: readonly number[], bit: number): Uint32Array {
  const { groupStarts, minutes, traits } = task.of;
  let heads = new Uint32Array(4096);
  let last = 0;
  for (const g of groups) {
    const latest = held.latest[task.teamOf[g]!]!;
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      const minute = minutes[a]!;
      if (minute > latest || (bit !== 0 && (traits[a]! & bit) === 0)) continue;
      if (minute >= heads.length) {
        const longer = new Uint32Array(2 * minute);
        longer.set(heads);
        heads = longer;
      }
      heads[minute]! += 1;
      if (minute > last) last = minute;
    }
  }
  for (let m = 1; m <= last; m += 1) heads[m]! += heads[m - 1]!;
  return heads.subarray(0, last + 1);
}
