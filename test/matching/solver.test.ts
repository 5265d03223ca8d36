import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { solverWasm } from '../../functions/matching/solver.ts';
import { aCandidate, anInstance } from './instances.ts';

/** Maximise x at most 3. */
const programme = {
  numCols: 1,
  numRows: 1,
  colCost: [-1],
  colLower: [0],
  colUpper: [10],
  rowLower: [0],
  rowUpper: [3],
  matrix: { format: 'csc', numRows: 1, numCols: 1, starts: [0, 1], indices: [0], values: [1] },
} as const;

afterEach(() => {
  vi.doUnmock('highs');
  vi.resetModules();
});

/** The solver on a module whose first `crashes` instances crash at every solve. */
async function solverThatCrashes(crashes: number) {
  const { default: loadHighs } = await vi.importActual<typeof import('highs')>('highs');
  let loads = 0;
  vi.resetModules();
  vi.doMock('highs', () => ({
    default: async (options: Parameters<typeof loadHighs>[0]) => {
      loads += 1;
      const highs = await loadHighs(options);
      const crash = () => {
        throw Object.assign(new Error('memory access out of bounds'), { name: 'RuntimeError' });
      };
      return loads <= crashes ? { ...highs, withModel: crash } : highs;
    },
  }));
  const { solveProgramme } = await import('../../functions/matching/solver.ts');
  return { solveProgramme, loads: () => loads };
}

describe('the solver', () => {
  it('is loaded once', async () => {
    const { solveProgramme, loads } = await solverThatCrashes(0);
    await solveProgramme(programme);
    const { columns } = await solveProgramme(programme);
    expect([...columns]).toEqual([3]);
    expect(loads()).toBe(1);
  });

  it('is loaded anew after a crash, and the programme solved', async () => {
    const { solveProgramme, loads } = await solverThatCrashes(1);
    expect([...(await solveProgramme(programme)).columns]).toEqual([3]);
    expect(loads()).toBe(2);
  });

  it('does not try for ever', async () => {
    const { solveProgramme, loads } = await solverThatCrashes(9);
    await expect(solveProgramme(programme)).rejects.toThrow('out of bounds');
    expect(loads()).toBe(2);
  });

  it('says when there is no optimum', async () => {
    const { solveProgramme } = await solverThatCrashes(0);
    const impossible = { ...programme, rowLower: [20], rowUpper: [30] };
    await expect(solveProgramme(impossible)).rejects.toMatchObject({ name: 'SolverFailed' });
  });

  it('finds its WebAssembly in the package, and beside a bundle', async () => {
    expect([...(await solverWasm()).subarray(0, 4)]).toEqual([0, 0x61, 0x73, 0x6d]);
    const folder = mkdtempSync(join(tmpdir(), 'match-'));
    try {
      await build({
        stdin: {
          contents: `
            import { readFileSync } from 'node:fs';
            import { matchTeam } from './functions/matching/team-match.ts';
            const input = JSON.parse(readFileSync(0, 'utf8'));
            process.stdout.write((await matchTeam(input)).picks[0].expertId);`,
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
      const instance = join(folder, 'instance.json');
      writeFileSync(instance, JSON.stringify(anInstance({ experts: [aCandidate('E-1')] })));
      const { readFileSync } = await import('node:fs');
      const answer = execFileSync('node', ['index.mjs'], { cwd: folder, input: readFileSync(instance) });
      expect(answer.toString()).toBe('E-1');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
