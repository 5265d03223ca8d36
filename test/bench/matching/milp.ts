import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import loadHighs, { type Highs } from 'highs';
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

/** The programme by HiGHS to a gap of zero; after `seconds` the best known. */
export async function solveByHighs(programme: Programme, seconds: number): Promise<Answer> {
  const { cost, upper, rows, places } = programme;
  const highs = await loadHighsAlone();
  const starts = new Int32Array(rows.length + 1);
  for (const [r, { columns }] of rows.entries()) starts[r + 1] = starts[r]! + columns.length;
  return highs.withModel(
    {
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
    },
    (model): Answer => {
      model.options.set({
        output_flag: false,
        mip_rel_gap: 0,
        mip_abs_gap: 0.5,
        time_limit: seconds,
        random_seed: 0,
      });
      const { modelStatus } = model.run();
      const ended = modelStatus === highs.constants.modelStatus.optimal;
      if (modelStatus === highs.constants.modelStatus.infeasible)
        return { chosen: [], value: 0, bound: 0, trouble: noPlan };
      const { colValue } = model.getSolution();
      const chosen = places.filter((_, c) => Math.round(colValue[c] ?? 0) === 1);
      return {
        chosen,
        value: Math.round(Number(model.info.get('objective_function_value'))),
        bound: Math.ceil(Number(model.info.get('mip_dual_bound')) - 1e-4),
        trouble: ended ? null : `status ${modelStatus} after ${seconds} s`,
      };
    },
  );
}
