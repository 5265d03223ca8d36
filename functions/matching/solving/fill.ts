import type { Task } from './task.ts';

/** As many seats filled as people allow, and what proves that no plan fills more. */
export type Fill = {
  /** Places of candidacies, one per person. */
  chosen: Uint32Array;
  emptyCritical: number;
  empty: number;
  /** 1 for the groups that together have fewer people than seats: the proof for the critical seats, and for all. */
  shortCritical: Uint8Array;
  short: Uint8Array;
};

/**
 * Fills critical seats first and then all others by augmenting paths: a seat that finds nobody free makes somebody who
 * sits elsewhere move over, as long as that seat finds somebody else. No seat once filled is emptied again, so both
 * numbers are as great as they can be (König); the groups reached in vain are the proof. `order`: the candidacies, the
 * preferred first; by default by person.
 */
export function fillSeats(task: Task, order?: Uint32Array): Fill {
  const { of: candidacies, demand } = task;
  const groups = demand.length;
  /** The candidacy by which each person sits; -1 for none. */
  const sitsBy = new Int32Array(task.persons).fill(-1);
  const filled = new Int32Array(groups);
  const listOf = order ? byGroup(task, order) : null;
  const next = Int32Array.from({ length: groups }, (_, g) => (listOf ? 0 : candidacies.groupStarts[g]!));

  /** A candidacy of the group whose person is free; a person once taken never becomes free again. */
  const free = (g: number): number => {
    const list = listOf?.[g];
    const end = list ? list.length : candidacies.groupStarts[g + 1]!;
    for (let at = next[g]!; at < end; at += 1) {
      const a = list ? list[at]! : at;
      if (sitsBy[candidacies.person[a]!] === -1) {
        next[g] = at;
        return a;
      }
    }
    next[g] = end;
    return -1;
  };

  /** Groups that somebody could be passed on from, breadth first; `via`: the candidacy by which a person would move over. */
  const reach = (
    starts: readonly number[],
  ): { end: number; via: Int32Array; from: Int32Array; seen: Uint8Array } => {
    const seen = new Uint8Array(groups);
    const via = new Int32Array(groups).fill(-1);
    const from = new Int32Array(groups).fill(-1);
    const queue = [...starts];
    for (const g of starts) seen[g] = 1;
    for (let head = 0; head < queue.length; head += 1) {
      const g = queue[head]!;
      if (free(g) >= 0) return { end: g, via, from, seen };
      for (let a = candidacies.groupStarts[g]!; a < candidacies.groupStarts[g + 1]!; a += 1) {
        const other = sitsBy[candidacies.person[a]!]!;
        if (other < 0) continue;
        const h = candidacies.group[other]!;
        if (seen[h]) continue;
        seen[h] = 1;
        via[h] = a;
        from[h] = g;
        queue.push(h);
      }
    }
    return { end: -1, via, from, seen };
  };
  const seat = (a: number): void => {
    sitsBy[candidacies.person[a]!] = a;
  };

  const fillGroup = (g: number): void => {
    while (filled[g]! < demand[g]!) {
      const { end, via, from } = reach([g]);
      if (end < 0) return;
      // Back from the group that has somebody free: each takes the one who moves over from the group after it.
      const newcomer = free(end);
      for (let h = end; h !== g; h = from[h]!) seat(via[h]!);
      seat(newcomer);
      filled[g]! += 1;
    }
  };
  const scarceFirst = [...demand.keys()].sort((a, b) => slack(task, a) - slack(task, b) || a - b);
  for (const g of scarceFirst) if (task.critical[g]) fillGroup(g);
  const isUnfilled = (g: number) => filled[g]! < demand[g]!;
  const emptyOf = (list: readonly number[]) => list.reduce((sum, g) => sum + demand[g]! - filled[g]!, 0);
  const critical = scarceFirst.filter(g => task.critical[g]);
  const shortCritical = reach(critical.filter(isUnfilled)).seen;
  for (const g of scarceFirst) if (!task.critical[g]) fillGroup(g);
  const short = reach(scarceFirst.filter(isUnfilled)).seen;
  return {
    chosen: Uint32Array.from(sitsBy.filter(a => a >= 0)).sort(),
    emptyCritical: emptyOf(critical),
    empty: emptyOf(scarceFirst),
    shortCritical,
    short,
  };
}

const slack = ({ of: { groupStarts }, demand }: Task, g: number): number =>
  groupStarts[g + 1]! - groupStarts[g]! - demand[g]!;

function byGroup({ of: { group }, demand }: Task, order: Uint32Array): Uint32Array[] {
  const lists: number[][] = Array.from(demand, () => []);
  for (const a of order) lists[group[a]!]!.push(a);
  return lists.map(list => Uint32Array.from(list));
}
