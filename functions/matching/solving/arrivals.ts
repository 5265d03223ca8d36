import { noPrices, type RowPrices } from './sweep.ts';
import { emptiesAllowed, type Held, type Task } from './task.ts';

/** A bound by counting heads: the earliest minute that is not ruled out, and the prices that rule out all before it. */
export type Counted = { minute: number; prices: RowPrices };

/** By how many minutes a team's people come, group by group: counts[g][m] of them within m minutes. */
type Counts = { groups: number[]; counts: Uint32Array[] };

/** No team is there before each of its groups has as many people as it must at least fill. */
export function earliestLatest(task: Task, held: Held, team: number): Counted {
  const { groups, counts } = countsOf(task, held, team);
  const allowed = emptiesAllowed(task, held);
  const prices = noPrices(task);
  let minute = 0;
  for (const [i, g] of groups.entries()) {
    const least = task.demand[g]! - allowed[g]!;
    if (least <= 0) continue;
    const nth = counts[i]!.findIndex(people => people >= least);
    const own = nth < 0 ? counts[i]!.length : nth;
    if (own < minute) continue;
    minute = own;
    prices.group.fill(0);
    prices.group[g] = 1;
  }
  return { minute, prices };
}

/** The same for the arrival of all but the stragglers. */
export function earliestNine(task: Task, held: Held, team: number): Counted {
  const { groups, counts } = countsOf(task, held, team);
  const allowed = emptiesAllowed(task, held);
  const missing = (i: number, minute: number) => {
    const list = counts[i]!;
    const people = minute < 0 ? 0 : (list[Math.min(minute, list.length - 1)] ?? 0);
    const g = groups[i]!;
    return Math.max(0, task.demand[g]! - allowed[g]! - people);
  };
  const lateAt = (minute: number) => groups.reduce((sum, _, i) => sum + missing(i, minute), 0);
  let low = 0;
  let high = Math.max(0, ...counts.map(list => list.length));
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

function countsOf(task: Task, held: Held, team: number): Counts {
  const { groupStarts, minutes } = task.of;
  const groups = [...task.demand.keys()].filter(g => task.teamOf[g] === team && task.demand[g]! > 0);
  const counts = groups.map(g => {
    const latest = held.latest[team]!;
    let most = 0;
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      if (minutes[a]! <= latest && minutes[a]! > most) most = minutes[a]!;
    }
    const list = new Uint32Array(most + 1);
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      if (minutes[a]! <= latest) list[minutes[a]!]! += 1;
    }
    for (let m = 1; m <= most; m += 1) list[m]! += list[m - 1]!;
    return list;
  });
  return { groups, counts };
}

/** The minutes at which somebody of the team may come, ascending, from the given one on; 0 also stands for nobody. */
export function minutesOf(task: Task, held: Held, team: number, from: number): Uint32Array {
  const found = new Set<number>(from === 0 ? [0] : []);
  const { groupStarts, minutes } = task.of;
  for (const [g, seats] of task.demand.entries()) {
    if (task.teamOf[g] !== team || seats === 0) continue;
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      const minute = minutes[a]!;
      if (minute >= from && minute <= held.latest[team]!) found.add(minute);
    }
  }
  return Uint32Array.from(found).sort();
}
