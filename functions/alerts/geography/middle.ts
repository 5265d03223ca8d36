import type { Ring } from '../../domain/alert.ts';
import type { Position } from '../../domain/primitives.ts';
import { nearestTurn } from './rings.ts';

/** Whether a point of [longitude, latitude] lies within a closed ring, both on a flat map. */
export const isInRing = ([x, y]: Ring[number], ring: Ring): boolean => {
  let isInside = false;
  for (let at = 1; at < ring.length; at += 1) {
    const [ax, ay] = ring[at - 1]!;
    const [bx, by] = ring[at]!;
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) isInside = !isInside;
  }
  return isInside;
};

/** Twice the signed area in square degrees and the centre of mass of a closed ring, reckoned from its first point. */
const massOf = (ring: Ring): { area: number; centre: Ring[number] } => {
  const [originX, originY] = ring[0]!;
  let [area, sumX, sumY] = [0, 0, 0];
  for (let at = 1; at < ring.length; at += 1) {
    const ax = ring[at - 1]![0] - originX;
    const ay = ring[at - 1]![1] - originY;
    const bx = ring[at]![0] - originX;
    const by = ring[at]![1] - originY;
    const cross = ax * by - bx * ay;
    area += cross;
    sumX += (ax + bx) * cross;
    sumY += (ay + by) * cross;
  }
  return { area, centre: [originX + sumX / (3 * area), originY + sumY / (3 * area)] };
};

/** The middle of the longest stretch of a parallel within the ring. */
const alongParallel = (ring: Ring, y: number): Ring[number] | undefined => {
  const crossings: number[] = [];
  for (let at = 1; at < ring.length; at += 1) {
    const [ax, ay] = ring[at - 1]!;
    const [bx, by] = ring[at]!;
    if (ay > y !== by > y) crossings.push(ax + ((y - ay) * (bx - ax)) / (by - ay));
  }
  crossings.sort((a, b) => a - b);
  let best: [from: number, to: number] | undefined;
  for (let at = 1; at < crossings.length; at += 2) {
    const from = crossings[at - 1]!;
    const to = crossings[at]!;
    if (!best || to - from > best[1] - best[0]) best = [from, to];
  }
  return best && [(best[0] + best[1]) / 2, y];
};

/** A point in the ring: its centre of mass, or where that lies outside (a sickle) a point on the same parallel, or a corner. */
const pointIn = (ring: Ring, { area, centre }: ReturnType<typeof massOf>): Position => {
  const isSound = Math.abs(area) > 1e-9 && isInRing(centre, ring);
  const [first] = ring as [Ring[number]];
  const middleY = Number.isFinite(centre[1]) ? centre[1] : first[1];
  const [x, y] = isSound ? centre : (alongParallel(ring, middleY) ?? first);
  const latitude = Math.max(-90, Math.min(90, y));
  return { latitude: Number(latitude.toFixed(6)), longitude: Number(nearestTurn(x).toFixed(6)) };
};

/** A closed ring (its longitudes may pass 180), and its centre where it was drawn around one. */
export type Drawn = { ring: Ring; centre?: Position };

/** A point inside the largest of these; null when there are none. */
export const middleOfRings = (drawn: readonly Drawn[]): Position | null => {
  let largest: (Drawn & { mass: ReturnType<typeof massOf> }) | undefined;
  for (const one of drawn) {
    const mass = massOf(one.ring);
    if (!largest || Math.abs(mass.area) > Math.abs(largest.mass.area)) largest = { ...one, mass };
  }
  return largest ? (largest.centre ?? pointIn(largest.ring, largest.mass)) : null;
};
