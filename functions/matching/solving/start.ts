import type { Held, Task } from './task.ts';

/** Above this all count as equally bad when the first are picked: costs are hundreds of points, minutes thousands. */
const ceiling = 1 << 14;

/**
 * The best few of each group within what is held, ascending by place: where a search begins, before prices say who else
 * matters. `wanted`: how many of a group, by default twice its seats and eight more. `isOut`: whom to leave out.
 */
export function firstCandidacies(
  task: Task,
  held: Held,
  by: 'cost' | 'minutes',
  wanted: (seats: number) => number = seats => 2 * seats + 8,
  isOut: (candidacy: number) => boolean = () => false,
): Uint32Array {
  const { groupStarts, minutes } = task.of;
  const measure = task.of[by];
  const heads = new Uint32Array(ceiling + 1);
  const found: number[] = [];
  for (const [g, seats] of task.demand.entries()) {
    if (seats === 0) continue;
    const latest = held.latest[task.teamOf[g]!]!;
    const [begin, end] = [groupStarts[g]!, groupStarts[g + 1]!];
    let most = 0;
    for (let a = begin; a < end; a += 1) {
      if (minutes[a]! > latest || isOut(a)) continue;
      const value = Math.min(ceiling, measure[a]!);
      heads[value]! += 1;
      if (value > most) most = value;
    }
    // All below the limit are taken, and of those at the limit as many as are still wanted.
    let room = wanted(seats);
    let limit = 0;
    while (limit < most && heads[limit]! <= room) {
      room -= heads[limit]!;
      limit += 1;
    }
    heads.fill(0, 0, most + 1);
    for (let a = begin; a < end; a += 1) {
      if (minutes[a]! > latest) continue;
      const value = Math.min(ceiling, measure[a]!);
      if (value > limit || isOut(a)) continue;
      if (value === limit) {
        if (room === 0) continue;
        room -= 1;
      }
      found.push(a);
    }
  }
  return Uint32Array.from(found);
}
