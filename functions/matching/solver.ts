import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import loadHighs, { type Highs, type ModelData } from 'highs';

/** The solver ended without an optimum: a fault of the model or the solver, never of the people. */
export class SolverFailed extends Error {
  override name = 'SolverFailed';
}

/**
 * The solver's WebAssembly. A bundle carries it beside itself as `highs.wasm` (the CDK copies
 * `node_modules/highs/build/highs.wasm` next to index.mjs); from source it is found in the package.
 */
export async function solverWasm(): Promise<Uint8Array<ArrayBuffer>> {
  const beside = fileURLToPath(new URL('./highs.wasm', import.meta.url));
  const path = existsSync(beside) ? beside : createRequire(import.meta.url).resolve('highs/runtime');
  return new Uint8Array(await readFile(path));
}

let bytes: Promise<Uint8Array<ArrayBuffer>> | undefined;
let loading: Promise<Highs> | undefined;

function load(): Promise<Highs> {
  bytes ??= solverWasm();
  loading ??= bytes.then(wasmBinary => loadHighs({ wasmBinary }));
  return loading;
}

/** Pinned, so that the same problem gives the same answer on every machine; no time limit, which would break that. */
const options = { output_flag: false, solver: 'simplex', presolve: 'on', random_seed: 0 } as const;

/** An optimal vertex of a linear programme, with a dual value for each row. */
export type Optimum = { columns: Float64Array; rowDuals: Float64Array };

/**
 * Solves one linear programme to optimality; the native model is freed in any case. After a crash of the module
 * (a WebAssembly RuntimeError) the module is loaded anew and the programme tried once more. Throws SolverFailed.
 */
export async function solveProgramme(model: ModelData): Promise<Optimum> {
  try {
    return run(await load(), model);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'RuntimeError')) throw error;
    loading = undefined;
    return run(await load(), model);
  }
}

function run(highs: Highs, data: ModelData): Optimum {
  return highs.withModel(data, (model): Optimum => {
    model.options.set(options);
    const { modelStatus } = model.run();
    if (modelStatus !== highs.constants.modelStatus.optimal) {
      throw new SolverFailed(`the solver ended with status ${modelStatus} instead of an optimum`);
    }
    const { colValue, rowDual } = model.getSolution();
    return { columns: colValue, rowDuals: rowDual };
  });
}
