import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { borders } from '@rapideditor/country-coder';
import { grid, offshoreKm } from '../../../functions/alerts/geography/coasts.ts';

type Ring = readonly (readonly number[])[];
type Shape = { type: string; coordinates: Ring[] | Ring[][] } | null | undefined;

const outerRings = (shape: Shape): Ring[] => {
  if (shape?.type === 'Polygon') return (shape.coordinates as Ring[]).slice(0, 1);
  if (shape?.type === 'MultiPolygon')
    return (shape.coordinates as Ring[][]).flatMap(polygon => polygon.slice(0, 1));
  return [];
};

/** The land of every country, as world-countries brings it beside its list. */
const countries = (): Ring[] => {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('world-countries'))), 'data');
  return readdirSync(folder)
    .filter(name => name.endsWith('.geo.json'))
    .flatMap(name => {
      const { features } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        features: { geometry: Shape }[];
      };
      return features.flatMap(feature => outerRings(feature.geometry));
    });
};

const widest = 3;

/** Islands that those outlines lack: country-coder draws each within a small stretch of sea. */
const islands = (): Ring[] =>
  (borders.features as { geometry: Shape }[])
    .flatMap(feature => outerRings(feature.geometry))
    .filter(ring => {
      const [xs, ys] = [ring.map(point => point[0]!), ring.map(point => point[1]!)];
      return Math.max(...xs) - Math.min(...xs) < widest && Math.max(...ys) - Math.min(...ys) < widest;
    });

const rowOf = (latitude: number) =>
  Math.min(grid.rows - 1, Math.max(0, Math.floor((latitude + 90) * grid.perDegree)));
const columnOf = (longitude: number) =>
  (Math.floor((longitude + 180) * grid.perDegree) + grid.columns) % grid.columns;

/** Marks the cells that a ring touches, and those within. */
const draw = (cells: Uint8Array, ring: Ring): void => {
  const crossings = new Map<number, number[]>();
  for (let at = 1; at < ring.length; at += 1) {
    const [ax, ay] = ring[at - 1] as [number, number];
    const [bx, by] = ring[at] as [number, number];
    const steps = Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by - ay)) * grid.perDegree * 2) || 1;
    for (let step = 0; step < steps; step += 1)
      cells[
        rowOf(ay + ((by - ay) * step) / steps) * grid.columns + columnOf(ax + ((bx - ax) * step) / steps)
      ] = 1;
    for (let row = rowOf(Math.min(ay, by)); row <= rowOf(Math.max(ay, by)); row += 1) {
      const y = (row + 0.5) / grid.perDegree - 90;
      if (ay > y !== by > y)
        crossings.set(row, [...(crossings.get(row) ?? []), ax + ((y - ay) * (bx - ax)) / (by - ay)]);
    }
  }
  for (const [row, xs] of crossings) {
    xs.sort((a, b) => a - b);
    for (let at = 1; at < xs.length; at += 2)
      for (let x = xs[at - 1]!; x <= xs[at]!; x += 1 / grid.perDegree)
        cells[row * grid.columns + columnOf(x)] = 1;
  }
};

const kmPerRow = 111.195 / grid.perDegree;

/** All cells whose middle is within reach of the middle of a marked one. */
const widened = (cells: Uint8Array): Uint8Array => {
  const wide = new Uint8Array(cells.length);
  const rows = Math.floor(offshoreKm / kmPerRow);
  for (let row = 0; row < grid.rows; row += 1)
    for (let up = -rows; up <= rows; up += 1) {
      const other = row + up;
      if (other < 0 || other >= grid.rows) continue;
      const latitude = (row + 0.5) / grid.perDegree - 90;
      const kmPerColumn = kmPerRow * Math.cos((latitude * Math.PI) / 180);
      const reach = Math.min(
        grid.columns / 2,
        Math.floor(Math.sqrt(offshoreKm ** 2 - (up * kmPerRow) ** 2) / kmPerColumn),
      );
      // Goes twice around, so that what lies within reach across the antimeridian is seen.
      let last = Number.NEGATIVE_INFINITY;
      let next = Number.POSITIVE_INFINITY;
      for (let step = 0; step < 2 * grid.columns; step += 1) {
        if (cells[other * grid.columns + (step % grid.columns)] === 1) last = step;
        if (step - last <= reach) wide[row * grid.columns + (step % grid.columns)] = 1;
      }
      for (let step = 2 * grid.columns - 1; step >= 0; step -= 1) {
        if (cells[other * grid.columns + (step % grid.columns)] === 1) next = step;
        if (next - step <= reach) wide[row * grid.columns + (step % grid.columns)] = 1;
      }
    }
  return wide;
};

const runsOf = (row: Uint8Array): string => {
  const runs: number[] = [];
  let value = 0;
  let length = 0;
  for (const cell of row) {
    if (cell === value) length += 1;
    else {
      runs.push(length);
      value = cell;
      length = 1;
    }
  }
  runs.push(length);
  return runs.map(run => run.toString(36)).join(' ');
};

/** What coasts.json holds. */
export const drawnCoasts = (): string => {
  const cells = new Uint8Array(grid.columns * grid.rows);
  for (const ring of [...countries(), ...islands()]) draw(cells, ring);
  const wide = widened(cells);
  const rows = Array.from({ length: grid.rows }, (_, row) =>
    runsOf(wide.subarray(row * grid.columns, (row + 1) * grid.columns)),
  );
  return `${JSON.stringify({ rows }, null, 2)}\n`;
};
