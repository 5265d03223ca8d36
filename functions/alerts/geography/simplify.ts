import type { Ring } from '../../domain/alert.ts';

/**
 * The work of Douglas–Peucker grows with the square of the points on input made for it, so long rings are simplified in
 * stretches of this many points: 50,000 points then cost some ten million steps at worst, not a billion.
 */
const stretch = 512;

/** Square of the distance in degrees from point p to the segment a–b. */
const squareToSegment = (p: Ring[number], a: Ring[number], b: Ring[number]): number => {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = dx * dx + dy * dy;
  const along =
    length === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length));
  const x = p[0] - a[0] - along * dx;
  const y = p[1] - a[1] - along * dy;
  return x * x + y * y;
};

/**
 * For the points at these indices of a ring the square of the tolerance at which Douglas–Peucker drops them. With its
 * own stack instead of recursion: `simplify-js` and its copies overflow the engine's on a long zigzag, and answer one
 * tolerance at a time.
 */
const weigh = (ring: Ring, indices: readonly number[], weights: Float64Array): void => {
  const open: [from: number, to: number, atMost: number][] = [
    [0, indices.length - 1, Number.POSITIVE_INFINITY],
  ];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to, atMost] = span;
    let farthest = -1;
    let square = -1;
    for (let at = from + 1; at < to; at += 1) {
      const here = squareToSegment(ring[indices[at]!]!, ring[indices[from]!]!, ring[indices[to]!]!);
      if (here > square) {
        farthest = at;
        square = here;
      }
    }
    if (farthest < 0) continue;
    // A point is never more important than the one that had to be kept to reach it.
    const weight = Math.min(square, atMost);
    weights[indices[farthest]!] = weight;
    open.push([from, farthest, weight], [farthest, to, weight]);
  }
};

const weightsOf = (ring: Ring): Float64Array => {
  const last = ring.length - 1;
  const weights = new Float64Array(ring.length);
  weights[0] = Number.POSITIVE_INFINITY;
  weights[last] = Number.POSITIVE_INFINITY;
  const ends: number[] = [];
  for (let at = 0; at < last; at += stretch) ends.push(at);
  ends.push(last);
  weigh(ring, ends, weights);
  for (const [number, from] of ends.entries()) {
    const to = ends[number + 1];
    if (to === undefined) break;
    weigh(
      ring,
      Array.from({ length: to - from + 1 }, (_, step) => from + step),
      weights,
    );
  }
  return weights;
};

/** West, south, east and north of a ring in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** The box around a ring. */
export const boxOf = (ring: Ring): Box => {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [x, y] of ring) {
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return [west, south, east, north];
};

/** The smallest step that coordinates of five decimals have; a box without width is made one such step wide. */
const grain = 1e-5;

const round = (degrees: number) => Math.round(degrees / grain) / 1e5 + 0;

const widened = (low: number, high: number, limit: number): [number, number] =>
  low < high ? [low, high] : low < limit ? [low, round(low + grain)] : [round(low - grain), low];

/** The box around a ring as a ring; a side of more than half a turn has its middle named, or it would be read the other way round. */
const boxRing = (ring: Ring): Ring => {
  const box = boxOf(ring);
  const [west, east] = widened(box[0], box[2], 180);
  const [south, north] = widened(box[1], box[3], 90);
  const middle = round((west + east) / 2);
  const isWide = east - west > 180;
  return [
    [west, south],
    ...(isWide ? ([[middle, south]] satisfies Ring) : []),
    [east, south],
    [east, north],
    ...(isWide ? ([[middle, north]] satisfies Ring) : []),
    [west, north],
    [west, south],
  ];
};

/** Most points that a ring of `boxRing` has. */
const boxPoints = 7;

const leaps = (ring: Ring): boolean =>
  ring.some(([x], at) => {
    const before = ring[at - 1];
    return before !== undefined && Math.abs(x - before[0]) > 180 && Math.abs(x - before[0]) < 360;
  });

/** Tolerance in degrees at which simplifying begins: about 1 km, below what any feed means by its area. */
const firstTolerance = 0.01;

const countOf = (rings: readonly Ring[]) => rings.reduce((sum, ring) => sum + ring.length, 0);

const areaOfBox = (ring: Ring): number => {
  const [west, south, east, north] = boxOf(ring);
  return (east - west) * (north - south);
};

/** The largest of these rings by their boxes, in the order in which they came. */
export const largestOf = (rings: readonly Ring[], most: number): readonly Ring[] => {
  if (rings.length <= most) return rings;
  const bySize = rings.map((ring, index) => ({ index, area: areaOfBox(ring) }));
  bySize.sort((a, b) => b.area - a.area || a.index - b.index);
  const kept = new Set(bySize.slice(0, most).map(({ index }) => index));
  return rings.filter((_, index) => kept.has(index));
};

/**
 * These closed rings in at most so many points in all (at least 7), by Douglas–Peucker with a tolerance that grows until
 * they fit; a ring of which less than a triangle would be left becomes its box. Rings that fit are returned as they are.
 */
export const fitted = (rings: readonly Ring[], mostPoints: number): readonly Ring[] => {
  if (countOf(rings) <= mostPoints) return rings;
  const kept = largestOf(rings, Math.max(1, Math.floor(mostPoints / boxPoints)));
  const weighed = kept.map(ring => ({ ring, weights: weightsOf(ring) }));
  for (let tolerance = firstTolerance; tolerance < 360; tolerance *= 1.5) {
    const square = tolerance * tolerance;
    const simpler = weighed.map(({ ring, weights }) => {
      const left = ring.filter((_, at) => weights[at]! > square);
      return left.length < 4 || leaps(left) ? boxRing(ring) : left;
    });
    if (countOf(simpler) <= mostPoints) return simpler;
  }
  return kept.map(boxRing);
};
