import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import loadHighs, { type Highs, type ModelData } from 'highs';
import { none, type Programme } from './programme.ts';

/** What a solver answered: the candidacies taken, what it says that this costs and that nothing costs less, or why not. */
export type Answer = { chosen: number[]; value: number; bound: number; trouble: string | null };

/** There is no plan at all. */
export const noPlan = 'no plan';

let loading: Promise<Highs> | undefined;

/** HiGHS as it comes, with nothing of the product's around it and V8's usual compiler. */
export function loadHighsAlone(): Promise<Highs> {
  loading ??= readFile(createRequire(import.meta.url).resolve('highs/runtime')).then(bytes =>
    loadHighs({ wasmBinary: new Uint8Array(bytes) }),
  );
  return loading;
}

/**
 * The programme by HiGHS to a gap of zero; after `seconds` the best known. When it fails, or finds that there is no plan, it
 * is asked again without presolve, which in HiGHS 1.15.3 gets a few of these programmes wrong (seed 23 of the tests).
 */
export async function solveByHighs(programme: Programme, seconds: number): Promise<Answer> {
  const highs = await loadHighsAlone();
  const first = attempt(highs, programme, seconds, 'on');
  return first === null || first.trouble === noPlan
    ? (attempt(highs, programme, seconds, 'off') ?? {
        chosen: [],
        value: 0,
        bound: 0,
        trouble: 'HiGHS failed',
      })
    : first;
}

function attempt(highs: Highs, programme: Programme, seconds: number, presolve: 'on' | 'off'): Answer | null {
  const { places } = programme;
  return highs.withModel(modelOf(programme), (model): Answer | null => {
    model.options.set({
      output_flag: false,
      presolve,
      mip_rel_gap: 0,
      mip_abs_gap: 0.5,
      time_limit: seconds,
      random_seed: 0,
    });
    let status: number;
    try {
      status = model.run().modelStatus;
    } catch {
      return null;
    }
    const { optimal, infeasible } = highs.constants.modelStatus;
    if (status === infeasible) return { chosen: [], value: 0, bound: 0, trouble: noPlan };
    const { colValue } = model.getSolution();
    return {
      chosen: places.filter((_, c) => Math.round(colValue[c] ?? 0) === 1),
      value: Math.round(Number(model.info.get('objective_function_value'))),
      bound: Math.ceil(Number(model.info.get('mip_dual_bound')) - 1e-4),
      trouble: status === optimal ? null : `status ${status} after ${seconds} s`,
    };
  });
}

function modelOf({ cost, upper, rows }: Programme): ModelData {
  const starts = new Int32Array(rows.length + 1);
  for (const [r, { columns }] of rows.entries()) starts[r + 1] = starts[r]! + columns.length;
  return {
    numCols: cost.length,
    numRows: rows.length,
    colCost: Float64Array.from(cost),
    colLower: new Float64Array(cost.length),
    colUpper: Float64Array.from(upper),
    rowLower: Float64Array.from(rows, ({ lower }) => (lower === -none ? -Infinity : lower)),
    rowUpper: Float64Array.from(rows, each => (each.upper === none ? Infinity : each.upper)),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: cost.length,
      starts,
      indices: Int32Array.from(rows.flatMap(({ columns }) => columns)),
      values: Float64Array.from(rows.flatMap(({ values }) => values)),
    },
    integrality: new Int32Array(cost.length).fill(1),
  };
}
