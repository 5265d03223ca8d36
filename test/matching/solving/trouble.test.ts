import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkPlan } from '../../../functions/matching/proof/check.ts';
import { solve } from '../../../functions/matching/solving/solve.ts';
import { aCandidate, anInstance } from '../instances.ts';
import { certificateOf, picksOf, randomTask, rosterOf } from './small-tasks.ts';

afterEach(() => {
  vi.doUnmock('highs');
  vi.resetModules();
});

const shape = {
  teams: [[{ seats: 3, critical: true }], [{ seats: 2, critical: false }]],
  people: 7,
  density: 7,
  employers: 3,
  rules: 3,
  spread: 6,
};
const roster = rosterOf(shape.people, 3);

/** The search on a solver of which the first `crashes` instances crash, each at its run of this number. */
async function searchThatCrashes(crashes: number, atRun: number) {
  const { default: loadHighs } = await vi.importActual<typeof import('highs')>('highs');
  let loads = 0;
  vi.resetModules();
  vi.doMock('highs', () => ({
    default: async (options: Parameters<typeof loadHighs>[0]) => {
      loads += 1;
      const highs = await loadHighs(options);
      if (loads > crashes) return highs;
      let runs = 0;
      const withModel = (work: (model: { run: () => unknown }) => unknown) =>
        highs.withModel(model => {
          const run = model.run.bind(model);
          model.run = () => {
            runs += 1;
            if (runs < atRun) return run();
            throw Object.assign(new Error('memory access out of bounds'), { name: 'RuntimeError' });
          };
          return work(model);
        });
      return { ...highs, withModel };
    },
  }));
  const { solve: search } = await import('../../../functions/matching/solving/solve.ts');
  return { search, loads: () => loads };
}

describe('a search in trouble', () => {
  it('loads the solver anew after a crash, and finds the same plan', async () => {
    const of = randomTask(3, shape);
    const best = await solve(of, roster, 'D-1');
    const { search, loads } = await searchThatCrashes(1, 1);
    expect(await search(of, roster, 'D-1')).toEqual(best);
    expect(loads()).toBe(2);
  });

  it.each([1, 2, 4])(
    'keeps a full team and the bounds that it has when the solver crashes for good at run %i',
    async run => {
      for (let seed = 1; seed <= 8; seed += 1) {
        const of = randomTask(seed, shape);
        const best = await solve(of, roster, 'D-1');
        const { search, loads } = await searchThatCrashes(9, run);
        const found = await search(of, roster, 'D-1');
        if (found.trouble === null) continue;
        expect(found.trouble).toBe('RuntimeError: memory access out of bounds');
        expect(loads()).toBe(2);
        expect(found.chosen).toHaveLength(best.chosen.length);
        const checked = checkPlan(of, roster, picksOf(of, roster, found.chosen), certificateOf(found));
        expect({ seed, ...checked }).toEqual({ seed, accepted: true, faults: [] });
      }
    },
  );

  it.each([
    // The search finds a plan but may not try the cases that prove it best.
    [10, null],
    // Without cases there is no plan in whole people: the early and cheap go.
    [25, 'no plan in whole people within the limits of the search'],
  ])('gives the best plan known, with its gap, when its time is up (task %i)', async (seed, trouble) => {
    const people = 40;
    const of = randomTask(seed, {
      teams: [
        [
          { seats: 3, critical: true },
          { seats: 4, critical: false },
          { seats: 5, critical: false },
        ],
      ],
      people,
      density: 5,
      employers: 6,
      rules: 9,
      spread: 30,
    });
    const many = rosterOf(people, 6);
    const best = await solve(of, many, 'D-1');
    expect(best.stages.map(({ value, bound }) => value - bound)).toEqual(best.stages.map(() => 0));
    expect(best.stages.some(({ proof }) => 'people' in proof)).toBe(true);
    const timesUp = { cases: 4000, milliseconds: -1, now: () => 0 };
    for (const effort of [timesUp, { cases: 0, milliseconds: 1, now: () => 0 }]) {
      const found = await solve(of, many, 'D-1', effort);
      expect(found.trouble).toBe(trouble);
      expect(found.chosen).toHaveLength(best.chosen.length);
      expect(found.stages.some(({ value, bound }) => bound < value)).toBe(true);
      const checked = checkPlan(of, many, picksOf(of, many, found.chosen), certificateOf(found));
      expect(checked.faults).toEqual([]);
    }
  });
});

describe('the bundle of the matching', () => {
  it('finds the WebAssembly that lies beside it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'match-'));
    try {
      await build({
        stdin: {
          contents: `
            import { readFileSync } from 'node:fs';
            import { MatchInstance } from './functions/matching/problem.ts';
            import { matchTeam } from './functions/matching/team-match.ts';
            import { columnsOf } from './functions/roster/columns-of.ts';
            const instance = MatchInstance.parse(JSON.parse(readFileSync(0, 'utf8')));
            const match = await matchTeam(instance, columnsOf(instance.experts));
            process.stdout.write(match.picks[0].expertId + ' ' + match.certificate.trouble);`,
          resolveDir: process.cwd(),
        },
        bundle: true,
        minify: true,
        platform: 'node',
        format: 'esm',
        mainFields: ['module', 'main'],
        outfile: join(folder, 'index.mjs'),
        banner: {
          js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
        },
      });
      copyFileSync('node_modules/highs/build/highs.wasm', join(folder, 'highs.wasm'));
      const input = JSON.stringify(anInstance({ experts: [aCandidate('E-1')] }));
      expect(execFileSync('node', ['index.mjs'], { cwd: folder, input }).toString()).toBe('E-1 null');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a match whose proof is refused', () => {
  it('is handed out as unproven', async () => {
    vi.resetModules();
    vi.doMock('../../../functions/matching/solving/solve.ts', async original => {
      const { solve: search } =
        await original<typeof import('../../../functions/matching/solving/solve.ts')>();
      return {
        solve: async (...of: Parameters<typeof search>) => {
          const solved = await search(...of);
          const stages = solved.stages.map(stage => (stage.goal === 'cost' ? { ...stage, bound: 0 } : stage));
          return { ...solved, stages: stages.map(stage => ({ ...stage, value: stage.value + 1 })) };
        },
      };
    });
    const { matchTeam } = await import('../../../functions/matching/team-match.ts');
    const { columnsOf } = await import('../../../functions/roster/columns-of.ts');
    const instance = anInstance({ experts: [aCandidate('E-1')] });
    const match = await matchTeam(instance, columnsOf(instance.experts));
    vi.doUnmock('../../../functions/matching/solving/solve.ts');
    expect(match.picks).toHaveLength(1);
    expect(match.certificate.trouble).toMatch(
      /^the proof is refused: critical seats empty: the plan reaches 0, not 1/,
    );
    expect(match.stages.map(({ sentence }) => sentence.en).join()).not.toMatch(
      /proven (best|fewest|least|earliest)/,
    );
  });
});
