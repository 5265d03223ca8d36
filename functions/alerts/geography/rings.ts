import type { Ring } from '../../domain/alert.ts';

/** Why a ring cannot be used, or what was put right in it, as the remarks say it. */
export type Fault =
  | 'ring refused: latitude and longitude look swapped'
  | 'ring refused: most of its points are no positions'
  | 'ring refused: fewer than 3 different points'
  | 'ring refused: it spans more than the globe'
  | 'point refused: no longitude and latitude in degrees'
  | 'point refused: 0,0 far from the rest of its ring'
  | 'ring was not closed'
  | 'ring around a pole taken to reach to it';

/** What one ring became: its pieces on the map, and itself unwrapped (longitudes may pass 180) for its middle. */
export type CleanRing = { pieces: Ring[]; whole: Ring };

/** Five decimals, about a metre; never minus zero. */
const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5 + 0;

const isDegrees = (longitude: unknown, latitude: unknown): boolean =>
  // Comparing is enough: NaN, infinities and what is no number fail it.
  typeof longitude === 'number' &&
  typeof latitude === 'number' &&
  longitude >= -360 &&
  longitude <= 360 &&
  latitude >= -90 &&
  latitude <= 90;

const isSame = (a: Ring[number], b: Ring[number]) => a[0] === b[0] && a[1] === b[1];

const hasThreeDifferent = (ring: Ring): boolean => {
  const [first] = ring;
  if (!first) return false;
  const second = ring.find(point => !isSame(point, first));
  return second !== undefined && ring.some(point => !isSame(point, first) && !isSame(point, second));
};

/** Rings come as a feed's JSON has them: a point may be anything. */
const numbersOf = (point: unknown): readonly (number | undefined)[] =>
  Array.isArray(point) ? (point as number[]) : [];

const looksSwapped = (points: readonly (readonly number[])[]): boolean =>
  points.length > 0 &&
  points.every(point => {
    const [longitude, latitude] = numbersOf(point);
    return typeof latitude === 'number' && Math.abs(latitude) > 90 && isDegrees(latitude, longitude);
  });

/** Degrees of longitude as they are from -180 to 180 (both stay as they are). */
export const nearestTurn = (degrees: number) =>
  Math.abs(degrees) <= 180 ? degrees : degrees - Math.round(degrees / 360) * 360;

/** A missing corner is often written 0,0; it is one when it lies further off than all the others are from each other. */
const strayZero = (ring: Ring): boolean => {
  if (!ring.some(([x, y]) => x === 0 && y === 0)) return false;
  const others = ring.filter(([x, y]) => x !== 0 || y !== 0);
  if (!hasThreeDifferent(others)) return false;
  // Reckoned from one of the others, so that the antimeridian makes no difference.
  const originX = others[0]![0];
  let [west, south, east, north] = [0, 90, 0, -90];
  for (const [longitude, y] of others) {
    const x = nearestTurn(longitude - originX);
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  const zero = nearestTurn(-originX);
  const off = Math.max(west - zero, zero - east, south, -north);
  return off > 5 && off > Math.max(east - west, north - south);
};

/** The parts of a closed ring on one side of a meridian; where it crosses, it runs along the meridian. */
const clipped = (ring: Ring, meridian: number, side: 1 | -1): Ring => {
  const part: Ring = [];
  for (const [at, [x, y]] of ring.entries()) {
    const [beforeX, beforeY] = ring[at === 0 ? ring.length - 1 : at - 1]!;
    const isIn = (x - meridian) * side >= 0;
    if (isIn !== (beforeX - meridian) * side >= 0)
      part.push([meridian, round(beforeY + ((y - beforeY) * (meridian - beforeX)) / (x - beforeX))]);
    if (isIn) part.push([x, y]);
  }
  return part;
};

/** Without repeated points, closed. */
const closed = (points: Ring): Ring => {
  const ring = points.filter((point, at) => at === 0 || !isSame(point, points[at - 1]!));
  const [first] = ring;
  if (first && !isSame(first, ring.at(-1)!)) ring.push([first[0], first[1]]);
  return ring;
};

const moved = (ring: Ring, degrees: number): Ring =>
  degrees === 0 ? ring : ring.map(([x, y]) => [round(x + degrees), y]);

/** Cuts a closed ring of any longitudes into pieces from -180 to 180. */
const cutAtAntimeridian = (ring: Ring): Ring[] => {
  const west = ring.reduce((least, [x]) => Math.min(least, x), Number.POSITIVE_INFINITY);
  let rest = moved(ring, -Math.floor((west + 180) / 360) * 360);
  const pieces: Ring[] = [];
  if (rest.every(([x]) => x <= 180)) {
    pieces.push(rest);
    rest = [];
  }
  while (rest.length > 0) {
    pieces.push(closed(clipped(rest, 180, -1)));
    rest = moved(clipped(rest, 180, 1), -360);
    if (rest.every(([x]) => x === -180)) break;
  }
  return pieces.filter(piece => piece.length >= 4 && hasThreeDifferent(piece) && !strayZero(piece));
};

/** A ring once around the earth holds the pole of its side: it is led there, in steps that cannot be read the other way round. */
const ledToPole = (path: Ring, turn: number): Ring => {
  const pole = path.reduce((sum, [, y]) => sum + y, 0) < 0 ? -90 : 90;
  const [startX, startY] = path[0]!;
  const back = [1, 0.75, 0.5, 0.25, 0].map((part): Ring[number] => [round(startX + turn * part), pole]);
  return closed([...path, [round(startX + turn), startY], ...back, [startX, startY]]);
};

/** Each longitude in the turn that is nearest to the point before; `turn` is how far the ring ends from its start. */
const unwrapped = (ring: Ring): { path: Ring; turn: number; width: number } => {
  let [x] = ring[0]!;
  let [west, east] = [x, x];
  const path = ring.map(([longitude, latitude]): Ring[number] => {
    x = round(x + nearestTurn(longitude - x));
    if (x < west) west = x;
    if (x > east) east = x;
    return [x, latitude];
  });
  const turn = round(path.at(-1)![0] - path[0]![0]);
  return { path, turn, width: round(east - west) };
};

type Found = (fault: Fault) => void;

/** The points that are positions, rounded, without repeats; closed. Undefined when they make no ring. */
const soundRing = (points: readonly (readonly number[])[], found: Found): Ring | undefined => {
  const ring: Ring = [];
  let refused = 0;
  for (const point of points) {
    const [longitude, latitude] = numbersOf(point);
    if (!isDegrees(longitude, latitude)) {
      refused += 1;
      continue;
    }
    const x = round(longitude!);
    const y = round(latitude!);
    const before = ring.at(-1);
    if (!before || before[0] !== x || before[1] !== y) ring.push([x, y]);
  }
  if (refused > 0) {
    if (looksSwapped(points)) return void found('ring refused: latitude and longitude look swapped');
    if (refused * 2 > points.length) return void found('ring refused: most of its points are no positions');
    for (let count = 0; count < refused; count += 1)
      found('point refused: no longitude and latitude in degrees');
  }
  if (!hasThreeDifferent(ring)) return void found('ring refused: fewer than 3 different points');
  const first = ring[0]!;
  const last = ring.at(-1)!;
  // The same meridian may be written with two numbers at both ends.
  if (first[1] !== last[1] || nearestTurn(first[0] - last[0]) !== 0) found('ring was not closed');
  if (!isSame(first, last)) ring.push([first[0], first[1]]);
  if (!strayZero(ring)) return ring;
  found('point refused: 0,0 far from the rest of its ring');
  return closed(ring.filter(([x, y]) => x !== 0 || y !== 0));
};

const isPlain = (ring: Ring): boolean =>
  ring.every(([x], at) => x >= -180 && x <= 180 && (at === 0 || Math.abs(x - ring[at - 1]![0]) <= 180));

/** Antarctica, or a band around the earth, drawn along the edge of the map. */
const followsTheEdge = (ring: Ring, turn: number, width: number): boolean =>
  (turn !== 0 || width === 0) &&
  ring.every(([x]) => Math.abs(x) <= 180) &&
  ring.some(([x], at) => at > 0 && Math.abs(x - ring[at - 1]![0]) === 360);

/**
 * One ring of [longitude, latitude] as a source draws it, made safe; undefined when it cannot be used. What is wrong goes
 * to `found`. A sound ring that stays on one side of the antimeridian is only rounded.
 */
export const cleanRing = (points: readonly (readonly number[])[], found: Found): CleanRing | undefined => {
  const ring = soundRing(points, found);
  if (!ring) return undefined;
  if (isPlain(ring)) return { pieces: [ring], whole: ring };
  const { path, turn, width } = unwrapped(ring);
  if (followsTheEdge(ring, turn, width)) return { pieces: [ring], whole: ring };
  if (Math.abs(turn) > 360 || width > (turn === 0 ? 360 : 540))
    return void found('ring refused: it spans more than the globe');
  if (turn !== 0) found('ring around a pole taken to reach to it');
  const whole = turn === 0 ? closed(path) : ledToPole(path.slice(0, -1), turn);
  const pieces = cutAtAntimeridian(whole);
  return pieces.length > 0 ? { pieces, whole } : void found('ring refused: fewer than 3 different points');
};
