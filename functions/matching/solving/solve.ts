import type { Highs } from 'highs';
import type { TeamType } from '../../domain/policy.ts';
import type { RosterColumns } from '../../roster/columns.ts';
import type { Candidacies } from '../candidates/candidacies.ts';
import { fillSeats } from './fill.ts';
import { drawLots } from './lots.ts';
import { byFill, planInOrder } from './order-of-goals.ts';
import { proofInWords } from './proof-in-words.ts';
import type { Settled } from './settled.ts';
import type { Solved, SolvedStage } from './solved.ts';
import { withSolver } from './solver.ts';
import { chooseStandby } from './standby.ts';
import { noPrices } from './sweep.ts';
import { type Task, taskOf } from './task.ts';
import { goalsOf } from './values.ts';

/** What a search may take. The time is a last resort: what it cuts short is not the same on every machine. */
export type Effort = { cases: number; milliseconds: number; now: () => number };

/** Above 200 seats a search by cases is cut earlier: the gap it leaves is far below a thousandth and is reported. */
const usualEffort = (task: Task): Effort => ({
  cases: task.demand.reduce((sum, each) => sum + each, 0) <= 200 ? 4000 : 400,
  milliseconds: 20_000,
  now: () => performance.now(),
});

/**
 * The best plan for the goals in their order, and the proof for each. A solver that fails twice, or finds nothing within
 * its limits, does not leave the desk without a team: then the seats are filled by the early and cheap, which fills as
 * many as can be filled, with the bounds that were proven until then, and `trouble` says what happened.
 */
export async function solve(
  of: Candidacies,
  roster: RosterColumns,
  deploymentId: string,
  effort?: Effort,
): Promise<Solved> {
  const task = taskOf(of, roster.count);
  /** What each way of settling the goals has settled; a search that fails leaves the longest. */
  const ways: (readonly Settled[])[] = [];
  try {
    return await withSolver(highs =>
      solveWith(highs, task, roster, deploymentId, effort ?? usualEffort(task), ways),
    );
  } catch (error) {
    const trouble =
      error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : 'the solver failed';
    return earlyAndCheap(task, longest(ways), roster, trouble);
  }
}

function solveWith(
  highs: Highs,
  task: Task,
  roster: RosterColumns,
  deploymentId: string,
  { cases, milliseconds, now }: Effort,
  ways: (readonly Settled[])[],
): Solved {
  const until = now() + milliseconds;
  const plan = planInOrder(task, {
    highs,
    limits: { cases, isOver: () => now() > until },
    note: settled => ways.push(settled),
  });
  if (!plan) {
    return earlyAndCheap(
      task,
      longest(ways),
      roster,
      'no plan in whole people within the limits of the search',
    );
  }
  const chosen = drawLots(task, plan.held, plan.chosen, roster, deploymentId);
  return {
    chosen,
    standby: chooseStandby(highs, task, chosen),
    stages: plan.settled.map(stage => inWords(task, stage, plan.settled, roster)),
    trouble: null,
  };
}

const longest = (ways: readonly (readonly Settled[])[]): readonly Settled[] =>
  ways.reduce((longer, each) => (each.length > longer.length ? each : longer), []);

const inWords = (
  task: Task,
  { goal, team, value, bound, proof }: Settled,
  settled: readonly Settled[],
  roster: RosterColumns,
): SolvedStage => ({
  goal,
  teamType: team === null ? null : (task.of.teams[team]! as TeamType),
  value,
  bound,
  proof: proofInWords(task, proof, settled, roster),
});

/** A plan without the solver: as many seats filled as can be, the early and cheap first; nobody is moved for a rule. */
function earlyAndCheap(
  task: Task,
  settled: readonly Settled[],
  roster: RosterColumns,
  trouble: string,
): Solved {
  const { minutes, cost, person, group, groups } = task.of;
  const order = Uint32Array.from({ length: task.of.count }, (_, a) => a).sort(
    (a, b) => minutes[a]! - minutes[b]! || cost[a]! - cost[b]! || a - b,
  );
  const fill = fillSeats(task, order);
  const taken = new Set(Array.from(fill.chosen, a => person[a]!));
  const left = groups.map(each => each.standby);
  const standby = order.filter(a => {
    if (left[group[a]!]! <= 0 || taken.has(person[a]!)) return false;
    left[group[a]!]! -= 1;
    taken.add(person[a]!);
    return true;
  });
  const reached = goalsOf(task, fill.chosen);
  const proven = [...byFill(task, fill), ...settled.slice(2)];
  let holds = true;
  const stages = reached.map(({ goal, team, value }, i): Settled => {
    const known = proven[i];
    const isKnown = holds && known?.goal === goal && known.team === team;
    // Bounds hold within the values of the goals before them: the first that is missed ends them.
    if (!isKnown || value > known.value) holds = false;
    const unproven = { bound: 0, proof: { prices: noPrices(task) } };
    return { goal, team, value, ...(isKnown ? { bound: known.bound, proof: known.proof } : unproven) };
  });
  return {
    chosen: fill.chosen,
    standby,
    stages: stages.map(stage => inWords(task, stage, stages, roster)),
    trouble,
  };
}
