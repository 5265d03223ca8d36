import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from '../../../infra/repository.ts';

/**
 * A script of the bench as one module, packages and all, minified, with the solver's WebAssembly beside it: as
 * infra/constructs/relief-function.ts makes the functions, but for this machine's Node. The path of the module.
 */
export async function artefact(entry: string, folder: string): Promise<string> {
  const outfile = join(folder, 'index.mjs');
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [entry],
    absWorkingDir: repositoryRoot,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    minify: true,
    logLevel: 'error',
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
  copyFileSync(join(repositoryRoot, 'node_modules/highs/build/highs.wasm'), join(folder, 'highs.wasm'));
  return outfile;
}

/** Milliseconds of a whole process, of it until the plan stood, of the match alone; and the memory it had at most. */
export type Cold = { process: number; sinceStart: number; match: number; peakRssBytes: number };

/** The median of some cold starts, by the time until the plan stood. */
export function coldStart(script: string, problem: string, columns: string, runs: number): Cold {
  const starts = Array.from({ length: runs }, (): Cold => {
    const began = performance.now();
    const printed = execFileSync(process.execPath, [script, problem, columns]).toString();
    return { ...(JSON.parse(printed) as Omit<Cold, 'process'>), process: performance.now() - began };
  });
  return starts.sort((a, b) => a.sinceStart - b.sinceStart)[Math.floor(runs / 2)]!;
}
