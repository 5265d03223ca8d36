import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Answer } from './milp.ts';
import { none, type Programme } from './programme.ts';

/** What is used of or-tools-wasm 0.9.1; its types are not here, since the package is not. */
type CpSat = {
  CpModel: new (proto: unknown) => unknown;
  CpSolver: new () => {
    solve(model: unknown, parameters: object): Promise<number>;
    statusName(status: number): string;
    responseProto?(): { solution?: (number | bigint)[] };
    response?: unknown;
    objectiveValue(): number;
    bestObjectiveBound(): number;
    value(expression: unknown): number;
  };
};

/**
 * Where or-tools-wasm lies, if it does: OR_TOOLS_WASM names the package's folder or one that has it in node_modules. It is
 * no dependency, since it takes 318 MB. To have it beside: `npm install --prefix /tmp/or-tools or-tools-wasm@0.9.1`, then
 * `OR_TOOLS_WASM=/tmp/or-tools npm run bench -- matching`.
 */
export function findCpSat(): string | null {
  const named = process.env.OR_TOOLS_WASM;
  const folders = named ? [resolve(named), join(resolve(named), 'node_modules/or-tools-wasm')] : [];
  for (const folder of folders) {
    const entry = join(folder, 'build/javascript/node/cp-sat.js');
    if (existsSync(entry)) return entry;
  }
  try {
    return createRequire(import.meta.url).resolve('or-tools-wasm/cp-sat');
  } catch {
    return null;
  }
}

/** The programme by CP-SAT with one worker, to the proof; after `seconds` the best known. */
export async function solveByCpSat(entry: string, programme: Programme, seconds: number): Promise<Answer> {
  const { CpModel, CpSolver } = (await import(pathToFileURL(entry).href)) as CpSat;
  const { cost, upper, rows, places } = programme;
  const limit = (bound: number) => Math.max(-none, Math.min(none, bound));
  const model = new CpModel({
    variables: upper.map(most => ({ domain: [0, most] })),
    constraints: rows.map(({ lower, upper: most, columns, values }) => ({
      linear: { vars: columns, coeffs: values, domain: [limit(lower), limit(most)] },
    })),
    objective: { vars: cost.map((_, c) => c), coeffs: cost },
  });
  const solver = new CpSolver();
  const status = await solver.solve(model, { numSearchWorkers: 1, maxTimeInSeconds: seconds, randomSeed: 0 });
  const name = solver.statusName(status);
  const variable = (c: number) =>
    (model as { getIntVarFromProtoIndex(index: number): unknown }).getIntVarFromProtoIndex(c);
  const found = name === 'OPTIMAL' || name === 'FEASIBLE';
  return {
    chosen: found ? places.filter((_, c) => Math.round(solver.value(variable(c))) === 1) : [],
    value: found ? Math.round(solver.objectiveValue()) : 0,
    bound: found ? Math.ceil(solver.bestObjectiveBound() - 1e-6) : 0,
    trouble: name === 'OPTIMAL' ? null : `${name} after ${seconds} s`,
  };
}
