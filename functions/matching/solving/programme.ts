import type { Highs, Model } from 'highs';
import { openLp, type Phase } from './lp.ts';
import { SolverFailed } from './solver.ts';
import { type RowPrices, sweep } from './sweep.ts';
import type { Case, Held, Objective, Task } from './task.ts';

/** A linear programme over few of the candidacies that answers for all of them. */
export type Programme = {
  /**
   * The best for the objective in the given cases. Candidacies that could lower it are taken in until there is none, so
   * the bound holds over all. Infeasible: with the prices that prove it (their bound on nothing at all is above 0).
   */
  optimise(objective: Objective, cases?: readonly Case[]): Optimum;
  /** Lets a team (or its nine in ten) come until a later minute than what is held says: this changes `held`. */
  loosen(name: 'latest' | 'nine', team: number, minute: number): void;
};

export type Optimum = {
  feasible: boolean;
  /** By which part each candidacy is used, where above 0. */
  used: Map<number, number>;
  bound: number;
  prices: RowPrices;
};

/**
 * Opens a programme within the goals that are held. `start`: the candidacies to begin with. The model belongs to the
 * caller, who frees it, and so does `held`.
 */
export function openProgramme(
  highs: Highs,
  model: Model,
  task: Task,
  held: Held,
  start: Uint32Array,
): Programme {
  const lp = openLp(highs, model, task, held);
  lp.take(start);

  /** Looks at all candidacies and takes in what would lower the objective, the best few of each group. */
  function widen(
    phase: Phase,
    prices: RowPrices,
    cases: readonly Case[],
  ): { bound: number; isDone: boolean } {
    const objective = phase === 'feasible' ? 'nothing' : phase;
    const costs = phase === 'cost' ? task.of.cost : null;
    const { bound, found } = sweep(task, held, objective, costs, prices, cases, lp.has);
    found.sort((one, other) => one.reduced - other.reduced || one.candidacy - other.candidacy);
    const room = task.demand.map(seats => 2 * seats + 8);
    const best = found.filter(({ candidacy }) => room[task.of.group[candidacy]!]!-- > 0);
    lp.take(Uint32Array.from(best, ({ candidacy }) => candidacy));
    return { bound, isDone: found.length === 0 };
  }

  /** The best for the phase with whatever candidacies it takes; null where those at hand leave no plan. */
  function settle(phase: Phase, cases: readonly Case[]): Omit<Optimum, 'feasible'> | null {
    for (;;) {
      const reached = lp.run(phase, cases);
      if (!reached) return null;
      // A plan is a plan: there is nothing to lower further, and no bound to prove.
      if (phase === 'feasible' && reached.isMet) return { ...reached, bound: 0 };
      const { bound, isDone } = widen(phase, reached.prices, cases);
      if (isDone) return { ...reached, bound };
    }
  }

  function optimise(objective: Objective, cases: readonly Case[] = []): Optimum {
    const reached = objective === 'nothing' ? null : settle(objective, cases);
    if (reached) return { feasible: true, ...reached };
    // Perhaps only for want of candidacies: those that would help are taken in, or nothing helps.
    const before = lp.size();
    const met = settle('feasible', cases);
    if (!met) throw new SolverFailed('the solver finds no plan where everything may be missed');
    if (met.bound > 0) return { feasible: false, ...met };
    if (objective === 'nothing') return { feasible: true, ...met };
    if (lp.size() === before) {
      throw new SolverFailed('the solver finds no plan and no proof against one');
    }
    return optimise(objective, cases);
  }

  function loosen(name: 'latest' | 'nine', team: number, minute: number): void {
    // Who comes later than the latest has not been taken in, so there is nothing to change but whom to look at.
    if (name === 'latest') held.latest[team] = minute;
    else lp.admitUntil(team, minute);
  }

  return { optimise, loosen };
}
