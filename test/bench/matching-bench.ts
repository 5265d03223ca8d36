import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { screen } from '../../functions/matching/candidates/screening.ts';
import type { MatchProblem } from '../../functions/matching/problem.ts';
import { decodeColumns, encodeColumns } from '../../functions/roster/snapshot-file.ts';
import { generatedColumns } from '../../infra/local/instances/columns.ts';
import { generate, generateInstance, type InstanceWish } from '../../infra/local/instances/generator.ts';
import { bundled } from '../fuzz/bundled.ts';
import { disagreements, type Judged, judge } from './matching/agreement.ts';
import { artefact, coldStart } from './matching/artefact.ts';
import type { Eligible } from './matching/bound.ts';
import { type BenchCase, longCases, usualCases } from './matching/cases.ts';
import { findCpSat } from './matching/cp-sat.ts';
import { compareWithGreedy, printComparison } from './matching/greedy-seeds.ts';
import { weightsFor } from './matching/score.ts';
import { median, printCold, printTable } from './matching/table.ts';
import { eligibleOf, judgeScreening } from './matching/validate.ts';
import type { Job, Measured, Side } from './matching/work.ts';

type Bench = { folder: string; work: string; cold: string; cpSat: string | null; all: boolean };

/** Writes an instance for the processes: the problem as JSON, the roster as columns. */
function prepare({ folder }: Bench, { wish, noRules }: BenchCase): { problem: string; columns: string } {
  const generated = generate(wish);
  const problem = join(folder, 'problem.json');
  const columns = join(folder, 'roster.columns');
  writeFileSync(
    problem,
    JSON.stringify(noRules ? { ...generated.problem, teamRules: [] } : generated.problem),
  );
  writeFileSync(columns, encodeColumns(generatedColumns(generated)));
  return { problem, columns };
}

function run({ work }: Bench, job: Job): Measured {
  const printed = execFileSync(process.execPath, [work, JSON.stringify(job)], {
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed.toString()) as Measured;
}

/** Measures and judges all sides of one instance; what does not go together, as sentences. */
function benchCase(bench: Bench, each: BenchCase): { faults: string[]; whole: number } {
  const { wish, noRules, cold, peers } = each;
  const files = prepare(bench, each);
  const roster = decodeColumns(readFileSync(files.columns));
  const { candidacies } = screen(JSON.parse(readFileSync(files.problem, 'utf8')) as MatchProblem, roster);
  console.log(
    `\n${wish.seats} seats x ${wish.people.toLocaleString('en')} people, ${wish.kind}, seed ${wish.seed}` +
      `${noRules ? ', no rules of teams' : ''}: ${candidacies.count.toLocaleString('en')} candidacies`,
  );
  const eligible = eligibleOf(candidacies, roster);
  const sides: Side[] = ['whole', 'search', ...peers.filter(side => side !== 'cp-sat pruned' || bench.cpSat)];
  const judged = sides.map((side): Judged => {
    const limits = bench.all
      ? { runs: 7, enoughMs: 15_000, seconds: 60 }
      : { runs: 5, enoughMs: 1_500, seconds: 10 };
    return judge(eligible, side, run(bench, { side, ...files, ...limits, cpSat: bench.cpSat }));
  });
  printTable(judged, weightsFor(candidacies));
  if (cold) printCold(coldStart(bench.cold, files.problem, files.columns, bench.all ? 7 : 5));
  const faults = [...screeningFaults(eligible, each), ...disagreements(candidacies, judged)];
  for (const fault of faults) console.log(`  WRONG: ${fault}`);
  return { faults, whole: median(judged[0]!.measured.ms) };
}

/** The first disagreements of the screening with the plain rules, where people are few enough for those. */
function screeningFaults(eligible: Eligible, { wish, noRules }: BenchCase): string[] {
  if (wish.people > 10_000) return [];
  const instance = generateInstance(wish);
  return judgeScreening(eligible, noRules ? { ...instance, teamRules: [] } : instance).slice(0, 5);
}

async function benchGreedy(all: boolean): Promise<string[]> {
  console.log(
    '\nwhat a good greedy misses (the same weights, moving over, replacing and changing seats until nothing helps)',
  );
  const seeds = Array.from({ length: all ? 40 : 12 }, (_, i) => i + 1);
  const shapes: Omit<InstanceWish, 'seed'>[] = [
    { kind: 'tight', seats: 70, people: 1_000 },
    { kind: 'tight', seats: 70, people: 300 },
    { kind: 'adversarial', seats: 40, people: 80 },
    { kind: 'adversarial', seats: 70, people: 400 },
    { kind: 'adversarial', seats: 40, people: 240 },
    { kind: 'adversarial', seats: 20, people: 150 },
  ];
  const faults: string[] = [];
  for (const shape of shapes) {
    const compared = await compareWithGreedy(seeds.map(seed => ({ ...shape, seed })));
    printComparison(compared);
    for (const { wish, faults: wrong } of compared)
      for (const fault of wrong) faults.push(`${wish.kind}, seed ${wish.seed}: ${fault}`);
  }
  for (const fault of faults) console.log(`  WRONG: ${fault}`);
  return faults;
}

/**
 * Finding people for seats beside those who do the same or less. Each side is a process of its own, judged by one judge who
 * shares nothing with it; a plan that is none, a proof that proves less, or an oracle that knows better ends in exit code 1.
 * `all`: also what takes minutes.
 */
export async function benchMatching(all = false): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-matching-'));
  try {
    const bench: Bench = {
      folder,
      work: await bundled(fileURLToPath(new URL('./matching/work.ts', import.meta.url)), 'bench-matching'),
      cold: await artefact(
        fileURLToPath(new URL('./matching/cold.ts', import.meta.url)),
        join(folder, 'artefact'),
      ),
      cpSat: findCpSat(),
      all,
    };
    console.log(
      'matching: times are medians of warm runs, cpu of all threads; T and P90 by team, minutes; the peers know one weighed objective without T',
    );
    if (!bench.cpSat)
      console.log('  CP-SAT: not installed (test/bench/matching/cp-sat.ts says how to have it beside)');
    const whole = new Map<string, number>();
    const faults: string[] = [];
    for (const each of all ? longCases : usualCases) {
      const { wish } = each;
      const measured = benchCase(bench, each);
      faults.push(...measured.faults);
      if (wish.kind === 'standard' && wish.seed === 1 && !each.noRules)
        whole.set(`${wish.seats} x ${wish.people}`, measured.whole);
    }
    const [small, large] = ['70 x 1000', '70 x 100000'].map(size => whole.get(size));
    if (small && large)
      console.log(`\ntime of 70 x 100,000 / time of 70 x 1,000: ${(large / small).toFixed(2)}`);
    faults.push(...(await benchGreedy(all)));
    console.log(faults.length === 0 ? '\nno disagreement' : `\n${faults.length} disagreements`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
