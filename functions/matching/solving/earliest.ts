import { type Counted, minutesOf } from './arrivals.ts';
import type { Branch } from './branching.ts';
import { programmeFor, search, type Way, type Work } from './order-of-goals.ts';
import { firstCandidacies } from './start.ts';
import { type Held, isAllowed, type Task } from './task.ts';
import { isWithin } from './values.ts';

/** The earliest minute that was found, the one before which there is no plan, and a plan for it where one is known. */
export type Earliest = { value: number; bound: number; proof: Branch; known: Uint32Array | null };

type Tested = { isPossible: boolean; known: Uint32Array | null; proof: Branch | null };

/**
 * The earliest minute by which a team (or nine in ten of it) can be there, by bisection over the minutes at which somebody
 * comes. Null: no plan in whole people was found within the limits.
 */
export function earliest(
  task: Task,
  work: Work,
  way: Way,
  held: Held,
  name: 'latest' | 'nine',
  team: number,
  counted: Counted,
  known: Uint32Array | null,
): Earliest | null {
  const minutes = minutesOf(task, held, team, counted.minute);
  const within = (minute: number): Held => {
    const next = { ...held, latest: held.latest.slice(), nine: held.nine.slice() };
    next[name][team] = minute;
    return next;
  };
  // What one programme took in is a good beginning for the next.
  let pool = firstCandidacies(task, held, 'minutes');
  const test = (minute: number): Tested => {
    const next = within(minute);
    if (way === 'relaxed') {
      const start = pool.filter(a => isAllowed(task, next, a));
      return programmeFor(task, work, next, start, programme => {
        const { feasible, prices } = programme.optimise('nothing');
        pool = Uint32Array.from(new Set([...pool, ...programme.taken()])).sort();
        return { isPossible: feasible, known: null, proof: { prices } };
      });
    }
    if (known && isWithin(task, next, known)) return { isPossible: true, known, proof: null };
    const found = search(task, work, next, 'nothing', null);
    const isRuledOut = found.bound === Number.POSITIVE_INFINITY;
    return { isPossible: found.chosen !== null, known: found.chosen, proof: isRuledOut ? found.proof : null };
  };
  let proof: Branch = { prices: counted.prices };
  // Nobody comes between the counted minute and the first of these.
  let bound = minutes[0] ?? counted.minute;
  let best = known;
  let low = 0;
  let high = Math.max(0, minutes.length - 1);
  let probe = 0;
  while (low < high) {
    const tested = test(minutes[probe]!);
    if (tested.isPossible) {
      high = probe;
      best = tested.known;
    } else {
      low = probe + 1;
      // What is not possible but not proven so within the limits leaves a gap.
      if (tested.proof) [proof, bound] = [tested.proof, minutes[low]!];
    }
    probe = (low + high) >> 1;
  }
  const value = minutes[low] ?? counted.minute;
  if (way === 'exact' && !(best && isWithin(task, within(value), best))) {
    best = test(value).known;
    if (!best) return null;
  }
  return { value, bound: Math.min(bound, value), proof, known: best };
}
