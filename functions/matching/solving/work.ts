import type { Highs } from 'highs';
import { type Limits, type Searched, searchPlan } from './branching.ts';
import { openProgramme, type Programme } from './programme.ts';
import type { Settled } from './settled.ts';
import { firstCandidacies } from './start.ts';
import { type Held, isAllowed, type Objective, type Task } from './task.ts';
import { isWithin, valueFor } from './values.ts';

/** What every search of a match is done with. */
export type Work = {
  highs: Highs;
  limits: Limits;
  /** Hears what is settled so far: when the solver fails on the way, it still holds. */
  note: (settled: readonly Settled[]) => void;
};

/** A plan in whole people that keeps all that is held so far, as places in the task; null: none is known. */
export type Known = Uint32Array | null;

/** The best plan in whole people for one objective within what is held. */
export function search(task: Task, work: Work, held: Held, objective: Objective, known: Known): Searched {
  const isStillOne = known?.every(a => isAllowed(task, held, a)) && isWithin(task, held, known);
  const start = firstCandidacies(task, held, objective === 'nothing' ? 'minutes' : 'cost');
  return programmeFor(task, work, held, start, programme =>
    searchPlan(
      task,
      held,
      programme,
      objective,
      chosen => valueFor(task, objective, chosen),
      work.limits,
      isStillOne ? known : null,
    ),
  );
}

/** Works with a programme, whose memory is given back in any case. */
export const programmeFor = <T>(
  task: Task,
  { highs }: Work,
  held: Held,
  start: Uint32Array,
  use: (programme: Programme) => T,
): T => highs.withModel(model => use(openProgramme(highs, model, task, held, start)));
