import type { Highs } from 'highs';
import type { RosterColumns } from '../../roster/columns.ts';
import type { Candidacies } from '../candidates/candidacies.ts';
import type { Goal, Proof } from '../proof/certificate.ts';
import type { Limits } from './branching.ts';
import { fillSeats } from './fill.ts';
import { drawLots } from './lots.ts';
import { type Plan, planInOrder } from './order-of-goals.ts';
import { proofInWords } from './proof-in-words.ts';
import type { Solved, SolvedStage } from './solved.ts';
import { withSolver } from './solver.ts';
import { chooseStandby } from './standby.ts';
import { type Task, taskOf } from './task.ts';
import { arrivalsOf, valueFor } from './values.ts';

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
 * many as can be filled, and `trouble` says that the other goals are not proven.
 */
export async function solve(
  of: Candidacies,
  roster: RosterColumns,
  deploymentId: string,
  effort?: Effort,
): Promise<Solved> {
  const task = taskOf(of, roster.count);
  try {
    return await withSolver(highs =>
      solveWith(highs, task, roster, deploymentId, effort ?? usualEffort(task)),
    );
  } catch (error) {
    const trouble =
      error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : 'the solver failed';
    return { ...withoutProof(task), trouble };
  }
}

function solveWith(
  highs: Highs,
  task: Task,
  roster: RosterColumns,
  deploymentId: string,
  { cases, milliseconds, now }: Effort,
): Solved {
  const until = now() + milliseconds;
  const limits: Limits = { cases, isOver: () => now() > until };
  const plan = planInOrder({ highs, task, costs: Float64Array.from(task.of.cost), limits });
  if (!plan)
    return { ...withoutProof(task), trouble: 'no plan in whole people within the limits of the search' };
  const chosen = drawLots(task, plan.held, plan.chosen, roster, deploymentId);
  return {
    chosen,
    standby: chooseStandby(highs, task.of, task.persons, chosen),
    stages: stagesOf(task, plan, roster),
    trouble: null,
  };
}

const stagesOf = (task: Task, { settled }: Plan, roster: RosterColumns): SolvedStage[] =>
  settled.map(({ goal, team, value, bound, proof }) => ({
    goal,
    teamType: team === null ? null : task.of.teams[team]!,
    value,
    bound,
    proof: proofInWords(task, proof, settled, roster),
  }));

/** As many seats filled as can be, which is proven without the solver; early and cheap people first, and nothing more. */
function withoutProof(task: Task): Omit<Solved, 'trouble'> {
  const order = Uint32Array.from({ length: task.of.count }, (_, a) => a).sort(
    (a, b) => task.of.minutes[a]! - task.of.minutes[b]! || task.of.cost[a]! - task.of.cost[b]! || a - b,
  );
  const { chosen, emptyCritical, empty, shortCritical, short } = fillSeats(task, order);
  const seated = new Set(Array.from(chosen, a => task.of.person[a]!));
  const standby: number[] = [];
  const left = task.of.groups.map(group => group.standby);
  for (const a of order) {
    const g = task.of.group[a]!;
    if (left[g]! <= 0 || seated.has(task.of.person[a]!)) continue;
    left[g]! -= 1;
    seated.add(task.of.person[a]!);
    standby.push(a);
  }
  const unproven: Proof = { prices: { groups: {}, rules: {}, goals: {}, cases: [] } };
  const filling = (goal: Goal, value: number, groups: Uint8Array): SolvedStage => ({
    goal,
    teamType: null,
    value,
    bound: value,
    proof: {
      prices: {
        groups: Object.fromEntries(
          task.of.groups.flatMap(({ groupId }, g) => (value > 0 && groups[g] ? [[groupId, 1]] : [])),
        ),
        rules: {},
        goals: {},
        cases: [],
      },
    },
  });
  const open = (goal: Goal, teamType: string | null, value: number): SolvedStage => ({
    goal,
    teamType,
    value,
    bound: 0,
    proof: unproven,
  });
  const arrivals = task.of.teams.map((teamType, team) => ({ teamType, ...arrivalsOf(task, team, chosen) }));
  return {
    chosen,
    standby: Uint32Array.from(standby),
    stages: [
      filling('critical seats empty', emptyCritical, shortCritical),
      filling('seats empty', empty, short),
      ...(empty > 0 ? [open('urgency of empty seats', null, valueFor(task, 'urgency', chosen))] : []),
      ...(task.of.rules.length > 0 ? [open('team rules broken', null, valueFor(task, 'rules', chosen))] : []),
      ...arrivals.map(({ teamType, latest }) => open('latest arrival', teamType, latest)),
      ...arrivals.map(({ teamType, nine }) => open('arrival of nine in ten', teamType, nine)),
      open('cost', null, valueFor(task, 'cost', chosen)),
    ],
  };
}
