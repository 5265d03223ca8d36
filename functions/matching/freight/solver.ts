import { SolverFailed, withSolver } from '../solving/solver.ts';
import type { Programme } from './programme.ts';

/** An optimal vertex of a linear programme, with a dual value for each row. */
export type Optimum = { columns: Float64Array; duals: Float64Array };

const pinned = { output_flag: false, presolve: 'on', random_seed: 0 } as const;

/**
 * Solves the linear programme; the same answer on every machine. Null: it has no solution. Throws SolverFailed.
 */
export const solveLinear = ({ data }: Programme): Promise<Optimum | null> =>
  withSolver(highs => {
    const { integrality: _integrality, ...linear } = data;
    return highs.withModel(linear, model => {
      model.options.set({ ...pinned, solver: 'simplex' });
      const { modelStatus } = model.run();
      const status = highs.constants.modelStatus;
      if (modelStatus === status.infeasible) return null;
      if (modelStatus !== status.optimal)
        throw new SolverFailed(`the solver ended with status ${modelStatus} instead of an optimum`);
      const { colValue, rowDual } = model.getSolution();
      return { columns: colValue, duals: rowDual };
    });
  });

/**
 * Solves the programme in whole numbers, in a limited number of nodes rather than of seconds, so that it ends with the
 * same answer on every machine; it begins with `start`. The best columns found, which may be none that hold. Null: there
 * is no solution.
 */
export const solveWhole = (
  programme: Programme,
  nodes: number,
  gap: { absolute: number; relative: number },
  start: Float64Array | null,
): Promise<Float64Array | null> =>
  withSolver(highs => {
    const { data } = programme;
    return highs.withModel(data, model => {
      model.options.set({
        ...pinned,
        mip_max_nodes: nodes,
        mip_abs_gap: gap.absolute,
        mip_rel_gap: gap.relative,
      });
      if (start) model.setSolution({ colValue: start });
      const { modelStatus } = model.run();
      if (modelStatus === highs.constants.modelStatus.infeasible) return null;
      const { colValue } = model.getSolution();
      return colValue.length === data.numCols ? colValue : null;
    });
  });
