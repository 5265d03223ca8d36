import type { Ring } from '../../domain/alert.ts';
import type { Position } from '../../domain/primitives.ts';
import { distanceKm, middleOf, positionOf } from './geography.ts';
import { type Drawn, isInRing, middleOfRings } from './middle.ts';
import { cleanRing, nearestTurn } from './rings.ts';
import { type Box, boxOf, fitted, largestOf } from './simplify.ts';

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

/** The widest honest polygon seen has 27,150 points; of more in a message every n-th is looked at. */
const mostPointsRead = 50_000;

/** Beside 5,000 points the message stays well below what a table row holds (400 kB). */
const mostPoints = 5000;
const mostRings = 500;

/** A quarter of the earth's girth is 10,000 km: an area of half of that to every side is no area of one disaster. */
const widestRadiusKm = 5000;

const kmPerDegree = 111.195;
const radians = (degrees: number) => (degrees * Math.PI) / 180;
const degrees = (angle: number) => (angle * 180) / Math.PI;

/** 36 points on the sphere around a centre, every ten degrees of bearing. */
const circleRing = (centre: Position, radiusKm: number): number[][] => {
  const distance = radians(radiusKm / kmPerDegree);
  const latitude = radians(centre.latitude);
  return Array.from({ length: 37 }, (_, step) => {
    const bearing = radians((step % 36) * 10);
    const sine =
      Math.sin(latitude) * Math.cos(distance) + Math.cos(latitude) * Math.sin(distance) * Math.cos(bearing);
    const turn = Math.atan2(
      Math.sin(bearing) * Math.sin(distance) * Math.cos(latitude),
      Math.cos(distance) - Math.sin(latitude) * sine,
    );
    return [centre.longitude + degrees(turn), degrees(Math.asin(Math.max(-1, Math.min(1, sine))))];
  });
};

const everyNth = (ring: Ring, step: number): Ring => {
  const each = Math.min(step, Math.floor(ring.length / 8));
  if (each <= 1) return ring;
  const last = ring.length - 1;
  return ring.filter((_, at) => at % each === 0 || at === last);
};

const nothing: SafeGeometry = Object.freeze({ footprint: null, middle: null, remarks: [] });

/** Makes the outlines of a message safe. Never throws: what cannot be used is refused in `remarks`. */
export const safeGeometryOf = (outlines: readonly Outline[]): SafeGeometry => {
  if (outlines.length === 0) return { ...nothing, remarks: [] };
  const faults = new Map<string, number>();
  const found = (fault: string) => void faults.set(fault, (faults.get(fault) ?? 0) + 1);
  const pieces: Ring[] = [];
  const drawn: Drawn[] = [];
  const centres: Position[] = [];
  const add = (points: readonly (readonly number[])[], centre?: Position) => {
    const clean = cleanRing(points, found);
    if (!clean) return;
    pieces.push(...clean.pieces);
    drawn.push(centre ? { ring: clean.whole, centre } : { ring: clean.whole });
  };
  let total = 0;
  for (const outline of outlines) total += 'ring' in outline ? outline.ring.length : 1;
  const step = Math.ceil(total / mostPointsRead);
  if (step > 1) found(`${total} points: of long rings every ${step}th was read`);
  for (const outline of outlines) {
    if ('ring' in outline) {
      add(step > 1 ? everyNth(outline.ring as Ring, step) : outline.ring);
      continue;
    }
    const centre = positionOf(outline.latitude, outline.longitude);
    if (!centre) found('circle refused: its centre is no position');
    else if (outline.radiusKm > widestRadiusKm)
      found(`circle refused: more than ${widestRadiusKm} km around`);
    else {
      centres.push(centre);
      if (outline.radiusKm > 0) add(circleRing(centre, outline.radiusKm), centre);
    }
  }
  const kept = largestOf(pieces, mostRings);
  if (kept.length < pieces.length) found(`${pieces.length} rings: the ${mostRings} largest were kept`);
  const footprint = fitted(kept, mostPoints);
  if (footprint !== kept) found(`area drawn with more than ${mostPoints} points: simplified`);
  return {
    footprint: footprint.length > 0 ? [...footprint] : null,
    middle: middleOfRings(drawn) ?? middleOf(centres) ?? null,
    remarks: [...faults].map(([fault, count]) => (count === 1 ? fault : `${fault} (${count} times)`)),
  };
};

/** The same area in at most so many points in all (7 at least), for places where thousands are too many. */
export const coarser = (footprint: readonly Ring[], points: number): Ring[] => [...fitted(footprint, points)];

/** Square of the distance in degrees of latitude from a position to the segment a–b, and the nearest point of the segment. */
const nearestOnSegment = (position: Position, a: Ring[number], b: Ring[number], shrink: number) => {
  const ax = nearestTurn(a[0] - position.longitude) * shrink;
  // The far end is taken on the same side as the near one, so that no segment runs around the earth.
  const bx = ax + (b[0] - a[0]) * shrink;
  const ay = a[1] - position.latitude;
  const by = b[1] - position.latitude;
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
  const x = ax + along * dx;
  const y = ay + along * dy;
  return { square: x * x + y * y, along };
};

/**
 * Km from a position to the nearest place of an area, 0 inside. The nearest place is sought on a flat map around the
 * position (within a few percent up to some 1,000 km), its distance is reckoned on the sphere. Infinity for no area.
 */
export const distanceToFootprintKm = (footprint: readonly Ring[], position: Position): number => {
  const shrink = Math.max(0.01, Math.cos(radians(position.latitude)));
  let best = Number.POSITIVE_INFINITY;
  let nearest: Position | undefined;
  for (const ring of footprint) {
    if (isInRing([position.longitude, position.latitude], ring)) return 0;
    for (let at = 1; at < ring.length; at += 1) {
      const a = ring[at - 1]!;
      const b = ring[at]!;
      const { square, along } = nearestOnSegment(position, a, b, shrink);
      if (square >= best) continue;
      best = square;
      nearest = { longitude: a[0] + along * (b[0] - a[0]), latitude: a[1] + along * (b[1] - a[1]) };
    }
  }
  return nearest ? distanceKm(position, nearest) : Number.POSITIVE_INFINITY;
};

const side = (a: Ring[number], b: Ring[number], c: Ring[number]) =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

const boxesMeet = (a: Box, b: Box) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

const segmentBox = (a: Ring[number], b: Ring[number]): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[0], b[0]),
  Math.max(a[1], b[1]),
];

const segmentsCross = (a: Ring[number], b: Ring[number], c: Ring[number], d: Ring[number]): boolean =>
  side(a, b, c) * side(a, b, d) <= 0 &&
  side(c, d, a) * side(c, d, b) <= 0 &&
  boxesMeet(segmentBox(a, b), segmentBox(c, d));

const ringsOverlap = (a: Ring, b: Ring, boxA: Box, boxB: Box): boolean => {
  if (!boxesMeet(boxA, boxB)) return false;
  if (isInRing(a[0]!, b) || isInRing(b[0]!, a)) return true;
  // Only the sides that reach into the other's box can cross it.
  const sidesOf = (ring: Ring, box: Box) =>
    ring.flatMap((end, at) => {
      const start = ring[at - 1];
      if (!start) return [];
      const reach = segmentBox(start, end);
      return boxesMeet(reach, box) ? [{ start, end }] : [];
    });
  const sidesOfB = sidesOf(b, boxA);
  return sidesOf(a, boxB).some(one =>
    sidesOfB.some(other => segmentsCross(one.start, one.end, other.start, other.end)),
  );
};

const withBoxes = (footprint: readonly Ring[]) => footprint.map(ring => ({ ring, box: boxOf(ring) }));

/** Whether two areas have a place in common. */
export const footprintsOverlap = (a: readonly Ring[], b: readonly Ring[]): boolean => {
  const others = withBoxes(b);
  return withBoxes(a).some(({ ring, box }) =>
    others.some(other => ringsOverlap(ring, other.ring, box, other.box)),
  );
};

/** Km that two boxes, and so all that is in them, are apart at least; 0 when they meet. */
const boxesApartKm = (a: Box, b: Box): number => {
  const gapY = Math.max(0, a[1] - b[3], b[1] - a[3]);
  const straight = Math.max(0, a[0] - b[2], b[0] - a[2]);
  const gapX = Math.min(straight, a[0] + 360 - b[2], b[0] + 360 - a[2]);
  // Meridians are nearest to each other at the latitude that is farthest from the equator.
  const shrink = Math.cos(radians(Math.max(...[a[1], a[3], b[1], b[3]].map(Math.abs))));
  const byLongitude = 2 * degrees(Math.asin(shrink * Math.sin(radians(Math.min(180, gapX) / 2))));
  return Math.max(gapY, byLongitude) * kmPerDegree;
};

/**
 * Km between two areas, 0 when they overlap; Infinity when one is empty. Areas of which the boxes alone show that they are
 * farther apart than `withinKm` are not measured: they are Infinity too.
 */
export const footprintDistanceKm = (
  a: readonly Ring[],
  b: readonly Ring[],
  withinKm = Number.POSITIVE_INFINITY,
): number => {
  if (footprintsOverlap(a, b)) return 0;
  let best = Number.POSITIVE_INFINITY;
  const others = withBoxes(b);
  for (const one of withBoxes(a))
    for (const other of others) {
      if (boxesApartKm(one.box, other.box) > Math.min(best, withinKm)) continue;
      for (const [from, to] of [[one.ring, other.ring] as const, [other.ring, one.ring] as const])
        for (const [longitude, latitude] of from)
          best = Math.min(best, distanceToFootprintKm([to], { longitude, latitude }));
    }
  // What touches across the antimeridian is a rounding error apart.
  if (best < 0.001) return 0;
  return best <= withinKm ? best : Number.POSITIVE_INFINITY;
};
