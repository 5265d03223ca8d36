import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import loadHighs, { type Highs } from 'highs';

/** The solver ended without an optimum: a fault of the model or the solver, never of the people. */
export class SolverFailed extends Error {
  override name = 'SolverFailed';
}

/**
 * The solver's WebAssembly. A bundle carries it beside itself as `highs.wasm` (the CDK copies
 * `node_modules/highs/build/highs.wasm` next to index.mjs); from source it is found in the package.
 */
async function solverWasm(): Promise<Uint8Array<ArrayBuffer>> {
  const beside = fileURLToPath(new URL('./highs.wasm', import.meta.url));
  const path = existsSync(beside) ? beside : createRequire(import.meta.url).resolve('highs/runtime');
  return new Uint8Array(await readFile(path));
}

let bytes: Promise<Uint8Array<ArrayBuffer>> | undefined;
let loading: Promise<Highs> | undefined;

/**
 * The solver, loaded once. Its functions are compiled by V8's quick compiler, and by the optimising one only when they have
 * run as much as some ten matches take (`budget`, roughly bytes of code run by one function): the first match after a cold
 * start is then a quarter faster, for nothing competes with it for the processor, and later ones are as fast as ever.
 */
export function loadSolver(): Promise<Highs> {
  const budget = 100_000_000;
  setFlagsFromString(`--wasm-tiering-budget=${budget}`);
  bytes ??= solverWasm();
  loading ??= bytes.then(wasmBinary => loadHighs({ wasmBinary }));
  return loading;
}

/** Work with the solver; after a crash of its module (a WebAssembly RuntimeError) it is loaded anew and tried once more. */
export async function withSolver<T>(work: (highs: Highs) => T): Promise<T> {
  try {
    return work(await loadSolver());
  } catch (error) {
    if (!(error instanceof Error && error.name === 'RuntimeError')) throw error;
    loading = undefined;
    return work(await loadSolver());
  }
}
