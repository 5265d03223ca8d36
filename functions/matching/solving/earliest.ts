import { type Counted, minutesOf } from './arrivals.ts';
import type { Branch } from './branching.ts';
import { firstCandidacies } from './start.ts';
import { ruledOutUntil } from './sweep.ts';
import type { Held, Task } from './task.ts';
import { isWithin } from './values.ts';
import { type Known, programmeFor, search, type Work } from './work.ts';

/** The earliest minute that was found, the one before which there is no plan, and a plan for it where one is known. */
export type Earliest = { value: number; bound: number; proof: Branch; known: Known };

/**
 * The earliest minute by which a team (or nine in ten of it) can be there. Null: no plan in whole people was found within
 * the limits.
 */
export function earliest(
  task: Task,
  work: Work,
  way: 'relaxed' | 'exact',
  held: Held,
  name: 'latest' | 'nine',
  team: number,
  counted: Counted,
  known: Known,
): Earliest | null {
  const search = way === 'relaxed' ? byPrices : bySearch;
  return search(
    { task, work, held, name, team },
    minutesOf(task, held, team, counted.minute),
    counted,
    known,
  );
}

type Question = { task: Task; work: Work; held: Held; name: 'latest' | 'nine'; team: number };

function within({ held, name, team }: Question, minute: number): Held {
  return { ...held, [name]: held[name].with(team, minute) };
}

/**
 * From the counted minute on: the prices that rule a minute out mostly rule out many after it as well, so that few steps
 * lead to the first that is possible, and the last prices prove that none before is.
 */
function byPrices(question: Question, minutes: Uint32Array, counted: Counted): Earliest {
  const { task, work, name, team } = question;
  const next = within(question, minutes[0] ?? counted.minute);
  const start = firstCandidacies(task, next, 'minutes');
  return programmeFor(task, work, next, start, programme => {
    let proof: Branch = { prices: counted.prices };
    for (let place = 0; ; ) {
      const minute = minutes[place] ?? counted.minute;
      const { feasible, prices } = programme.optimise('nothing');
      if (feasible || place >= minutes.length - 1)
        return { value: minute, bound: minute, proof, known: null };
      proof = { prices };
      const until = ruledOutUntil(task, next, prices, name, team);
      do place += 1;
      while (place < minutes.length - 1 && minutes[place]! < until);
      programme.loosen(name, team, minutes[place]!);
    }
  });
}

/** In whole people, by bisection over the minutes at which somebody comes. */
function bySearch(question: Question, minutes: Uint32Array, counted: Counted, known: Known): Earliest | null {
  const { task, work } = question;
  const test = (minute: number): { found: Uint32Array | null; proof: Branch | null } => {
    const next = within(question, minute);
    if (known && isWithin(task, next, known)) return { found: known, proof: null };
    const { chosen, bound, proof } = search(task, work, next, 'nothing', null);
    return { found: chosen, proof: bound === Number.POSITIVE_INFINITY ? proof : null };
  };
  let proof: Branch = { prices: counted.prices };
  // Nobody comes between the counted minute and the first of these.
  let bound = minutes[0] ?? counted.minute;
  let best = known;
  let low = 0;
  let high = Math.max(0, minutes.length - 1);
  for (let probe = 0; low < high; probe = (low + high) >> 1) {
    const tested = test(minutes[probe]!);
    if (tested.found) {
      high = probe;
      best = tested.found;
    } else {
      low = probe + 1;
      // What is not possible but not proven so within the limits leaves a gap.
      if (tested.proof) [proof, bound] = [tested.proof, minutes[low]!];
    }
  }
  const value = minutes[low] ?? counted.minute;
  if (!(best && isWithin(task, within(question, value), best))) best = test(value).found;
  return best && { value, bound: Math.min(bound, value), proof, known: best };
}
