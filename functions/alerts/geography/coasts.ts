import type { Position } from '../../domain/primitives.ts';
import coasts from './coasts.json' with { type: 'json' };

/** Cells of half a degree, from 90° south and 180° west. */
export const grid = { columns: 720, rows: 360, perDegree: 2 } as const;

/** How far from land a place may lie and still count to a country; beyond it is the open sea. */
export const offshoreKm = 120;

/**
 * One bit for each cell whose middle is on land or less than 120 km from it. coasts.json has them row by row as lengths
 * of runs, at sea first, in base 36. They are drawn from the outlines in world-countries and the islands of
 * country-coder; a test draws them again.
 */
let near: Uint8Array | undefined;

const drawn = (): Uint8Array => {
  const cells = new Uint8Array(grid.columns * grid.rows);
  for (const [row, runs] of coasts.rows.entries()) {
    let at = row * grid.columns;
    for (const [number, length] of runs.split(' ').entries()) {
      const end = at + Number.parseInt(length, 36);
      if (number % 2 === 1) cells.fill(1, at, end);
      at = end;
    }
  }
  return cells;
};

/** Whether a place lies on land or so near to it (80 to 160 km, by the cells) that what happens there concerns the country. */
export const isNearLand = ({ latitude, longitude }: Position): boolean => {
  near ??= drawn();
  const row = Math.min(grid.rows - 1, Math.floor((latitude + 90) * grid.perDegree));
  const column = Math.min(grid.columns - 1, Math.floor((longitude + 180) * grid.perDegree));
  return near[row * grid.columns + column] === 1;
};
