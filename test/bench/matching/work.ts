import { readFileSync } from 'node:fs';
import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import type { MatchProblem } from '../../../functions/matching/problem.ts';
import { solve } from '../../../functions/matching/solving/solve.ts';
import { matchTeam } from '../../../functions/matching/team-match.ts';
import type { RosterColumns } from '../../../functions/roster/columns.ts';
import { decodeColumns } from '../../../functions/roster/snapshot-file.ts';
import { solveByMunkres } from './assignment.ts';
import { solveByCpSat } from './cp-sat.ts';
import { solveGoalByGoal } from './goal-by-goal.ts';
import { greedyPlan } from './greedy.ts';
import { type Answer, solveByHighs } from './milp.ts';
import { peakRssBytes } from './peak-memory.ts';
import { programmeOf } from './programme.ts';
import { allPlaces, prunedPlaces } from './prune.ts';
import { weightsFor } from './score.ts';
import type { HandedOut } from './validate.ts';

/**
 * The two ways of the product (the whole of it, from columns to reasons; and its search alone, from the candidacies), and
 * those who do the same or less, all from the candidacies.
 */
export type Side =
  | 'whole'
  | 'search'
  | 'greedy'
  | 'highs pruned'
  | 'highs all'
  | 'cp-sat pruned'
  | 'munkres pruned'
  | 'goal by goal';

/** One measurement, in a process of its own. Files: the problem as JSON, the roster as columns. */
export type Job = {
  side: Side;
  problem: string;
  columns: string;
  runs: number;
  /** Of two runs and more none is begun after so long. */
  enoughMs: number;
  /** What a peer may take for one plan. */
  seconds: number;
  cpSat: string | null;
};

/** What came out. `plan`: places of candidacies, or what the product hands out. Times in milliseconds. */
export type Measured = {
  ms: number[];
  /** What the processor worked, all threads together: on a machine that others use this is the steadier number. */
  cpuMs: number[];
  chosen: number[] | null;
  handedOut: (HandedOut & { stages: unknown[]; trouble: string | null }) | null;
  claimed: { value: number; bound: number } | null;
  trouble: string | null;
  peakRssBytes: number;
};

type Outcome = Omit<Measured, 'ms' | 'cpuMs' | 'peakRssBytes'>;

async function ofProduct(problem: MatchProblem, roster: RosterColumns): Promise<Outcome> {
  const { picks, standby, certificate } = await matchTeam(problem, roster);
  const handedOut = { picks, standby, stages: certificate.stages, trouble: certificate.trouble };
  return { chosen: null, handedOut, claimed: null, trouble: certificate.trouble };
}

async function ofSearch(
  candidacies: Candidacies,
  roster: RosterColumns,
  deploymentId: string,
): Promise<Outcome> {
  const { chosen, trouble } = await solve(candidacies, roster, deploymentId);
  return { chosen: [...chosen], handedOut: null, claimed: null, trouble };
}

async function ofPeer(side: Side, candidacies: Candidacies, { seconds, cpSat }: Job): Promise<Outcome> {
  const weights = weightsFor(candidacies);
  const places = /all|goal/.test(side) ? allPlaces(candidacies) : prunedPlaces(candidacies);
  const answers: Partial<Record<Side, () => Promise<Answer | null> | Answer>> = {
    greedy: () => ({ chosen: greedyPlan(candidacies, places, weights), value: 0, bound: 0, trouble: null }),
    'highs pruned': () => solveByHighs(programmeOf(candidacies, places, weights), seconds),
    'highs all': () => solveByHighs(programmeOf(candidacies, places, weights), seconds),
    'cp-sat pruned': () => solveByCpSat(cpSat!, programmeOf(candidacies, places, weights), seconds),
    'munkres pruned': () => solveByMunkres(candidacies, places, weights),
    'goal by goal': () => solveGoalByGoal(candidacies, places, seconds),
  };
  const answer = await answers[side]!();
  if (!answer)
    return { chosen: null, handedOut: null, claimed: null, trouble: `not done in ${seconds} s a goal` };
  const { chosen, value, bound, trouble } = answer;
  if (trouble !== null && chosen.length === 0)
    return { chosen: null, handedOut: null, claimed: null, trouble };
  const claims = !['greedy', 'goal by goal'].includes(side);
  return { chosen, handedOut: null, claimed: claims ? { value, bound } : null, trouble };
}

export async function measure(job: Job): Promise<Measured> {
  const problem = JSON.parse(readFileSync(job.problem, 'utf8')) as MatchProblem;
  const roster = decodeColumns(readFileSync(job.columns));
  const { candidacies } = job.side === 'whole' ? { candidacies: null } : screen(problem, roster);
  const work = (): Promise<Outcome> => {
    if (!candidacies) return ofProduct(problem, roster);
    if (job.side === 'search') return ofSearch(candidacies, roster, problem.deploymentId);
    return ofPeer(job.side, candidacies, job);
  };
  const ms: number[] = [];
  const cpuMs: number[] = [];
  const timed = async () => {
    const before = process.cpuUsage();
    const start = performance.now();
    const outcome = await work();
    const took = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    return { outcome, took, cpu: (user + system) / 1000 };
  };
  // Warm is who has run twice and for half a second. What takes five seconds is measured once and as it comes, and so is
  // the oracle, whose speed is no matter.
  let { outcome, took, cpu } = await timed();
  const isSlow = took > 5_000 || job.side === 'goal by goal';
  const keep = () => {
    ms.push(took);
    cpuMs.push(cpu);
  };
  if (isSlow) keep();
  for (let run = 1, spent = took; !isSlow && (run < 2 || spent < 500); run += 1) {
    ({ took } = await timed());
    spent += took;
  }
  for (
    let spent = 0;
    !isSlow && ms.length < job.runs && (ms.length < 2 || spent < job.enoughMs);
    spent += took
  ) {
    ({ outcome, took, cpu } = await timed());
    keep();
  }
  return { ...outcome, ms, cpuMs, peakRssBytes: peakRssBytes() };
}

if (process.argv[2] !== undefined) {
  const measured = await measure(JSON.parse(process.argv[2]) as Job);
  // CP-SAT's threads would keep the process alive.
  process.stdout.write(JSON.stringify(measured), () => process.exit(0));
}
