import { noPrices, type RowPrices } from './sweep.ts';
import { breachAllowed, emptiesAllowed, type Held, type Task } from './task.ts';

/** A bound by counting heads: the earliest minute that is not ruled out, and the prices that rule out all before it. */
export type Counted = { minute: number; prices: RowPrices };

/** By how many minutes a team's people come, group by group: counts[g][m] of them within m minutes. */
type Counts = { groups: number[]; counts: Uint32Array[] };

/** No team is there before each of its groups, and each rule of "at least", has as many people as it needs at least. */
export function earliestLatest(task: Task, held: Held, team: number): Counted {
  const { groups, counts } = countsOf(task, held, team);
  const allowed = emptiesAllowed(task, held);
  let best: Counted = { minute: 0, prices: noPrices(task) };
  const consider = (list: Uint32Array, least: number, price: (prices: RowPrices) => void) => {
    if (least <= 0) return;
    const nth = list.findIndex(people => people >= least);
    const minute = nth < 0 ? list.length : nth;
    if (minute < best.minute) return;
    best = { minute, prices: noPrices(task) };
    price(best.prices);
  };
  for (const [i, g] of groups.entries()) {
    consider(counts[i]!, task.demand[g]! - allowed[g]!, prices => {
      prices.group[g] = 1;
    });
  }
  for (const [r, { rule, count }] of task.of.rules.entries()) {
    if (rule.kind !== 'at least' || rule.teamType !== task.of.teams[team]) continue;
    // Somebody eligible for several groups is counted in each: there are no more people than that.
    const list = heads(task, held, groups, a => ((task.of.traits[a]! >>> r) & 1) === 1);
    consider(list, count - breachAllowed(task, held, r), prices => {
      prices.rule[r] = 1;
    });
  }
  return best;
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
  const groups = [...task.demand.keys()].filter(g => task.teamOf[g] === team && task.demand[g]! > 0);
  return { groups, counts: groups.map(g => heads(task, held, [g], () => true)) };
}

/** How many of those of these groups who are counted come within each minute. */
function heads(
  task: Task,
  held: Held,
  groups: readonly number[],
  isCounted: (candidacy: number) => boolean,
): Uint32Array {
  const { groupStarts, minutes } = task.of;
  let most = 0;
  const each = (use: (minute: number) => void) => {
    for (const g of groups) {
      const latest = held.latest[task.teamOf[g]!]!;
      for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
        if (minutes[a]! <= latest && isCounted(a)) use(minutes[a]!);
      }
    }
  };
  each(minute => {
    if (minute > most) most = minute;
  });
  const list = new Uint32Array(most + 1);
  each(minute => {
    list[minute]! += 1;
  });
  for (let m = 1; m <= most; m += 1) list[m]! += list[m - 1]!;
  return list;
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
