import type { Held, Task } from './task.ts';

/** Above this all candidacies count as equally bad when the first are picked: costs are hundreds of points, minutes thousands. */
const ceiling = 1 << 14;

/** The candidacies to begin with: the best few of each group (twice its seats and eight more) within what is held. */
export function firstCandidacies(task: Task, held: Held, by: 'cost' | 'minutes'): Uint32Array {
  const { groupStarts, minutes } = task.of;
  const measure = task.of[by];
  const found: number[] = [];
  for (const [g, seats] of task.demand.entries()) {
    if (seats === 0) continue;
    const latest = held.latest[task.teamOf[g]!]!;
    const wanted = 2 * seats + 8;
    const heads = new Uint32Array(ceiling + 1);
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      if (minutes[a]! <= latest) heads[Math.min(ceiling, measure[a]!)]! += 1;
    }
    let limit = 0;
    for (let sum = heads[0]!; sum < wanted && limit < ceiling; sum += heads[limit]!) limit += 1;
    let worst = wanted;
    for (let m = 0; m < limit; m += 1) worst -= heads[m]!;
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      if (minutes[a]! > latest) continue;
      const value = Math.min(ceiling, measure[a]!);
      if (value > limit || (value === limit && worst-- <= 0)) continue;
      found.push(a);
    }
  }
  return Uint32Array.from(found);
}
