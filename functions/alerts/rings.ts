import type { Ring } from '../domain/alert.ts';

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

const looksSwapped = (points: readonly (readonly number[])[]): boolean =>
  points.length > 0 &&
  points.every(
    ([longitude, latitude]) =>
      typeof latitude === 'number' && Math.abs(latitude) > 90 && isDegrees(latitude, longitude),
  );

/** A missing corner is often written 0,0; it is one when it lies further off than all the others are from each other. */
const strayZero = (ring: Ring): boolean => {
  if (!ring.some(([x, y]) => x === 0 && y === 0)) return false;
  let [west, south, east, north] = [360, 90, -360, -90];
  for (const [x, y] of ring) {
    if (x === 0 && y === 0) continue;
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  const off = Math.max(west, -east, south, -north);
  return off > 5 && off > Math.max(east - west, north - south);
};

const nearestTurn = (degrees: number) =>
  Math.abs(degrees) <= 180 ? degrees : degrees - Math.round(degrees / 360) * 360;

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
  if (rest.every(([x]) => x <= 180)) return [rest];
  const pieces: Ring[] = [];
  while (rest.length > 0) {
    pieces.push(closed(clipped(rest, 180, -1)));
    rest = moved(clipped(rest, 180, 1), -360);
    if (rest.every(([x]) => x === -180)) break;
  }
  return pieces.filter(piece => piece.length >= 4 && hasThreeDifferent(piece));
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

/**
 * One ring of [longitude, latitude] as a source draws it, made safe; undefined when it cannot be used. Faults go to
 * `found`. A ring of good degrees that is closed and stays on one side of the antimeridian is only rounded.
 */
export const cleanRing = (
  points: readonly (readonly number[])[],
  found: (fault: Fault) => void,
): CleanRing | undefined => {
  const ring: Ring = [];
  let refused = 0;
  let isPlain = true;
  for (const point of points) {
    const [longitude, latitude] = Array.isArray(point) ? (point as number[]) : [];
    if (!isDegrees(longitude, latitude)) {
      refused += 1;
      continue;
    }
    const x = round(longitude!);
    const y = round(latitude!);
    const before = ring.at(-1);
    if (before && before[0] === x && before[1] === y) continue;
    if (x < -180 || x > 180 || (before && Math.abs(x - before[0]) > 180)) isPlain = false;
    ring.push([x, y]);
  }
  if (refused > 0) {
    if (looksSwapped(points)) return void found('ring refused: latitude and longitude look swapped');
    if (refused * 2 > points.length) return void found('ring refused: most of its points are no positions');
    for (let count = 0; count < refused; count += 1)
      found('point refused: no longitude and latitude in degrees');
  }
  const isStray = strayZero(ring);
  if (isStray) found('point refused: 0,0 far from the rest of its ring');
  const sound = isStray ? ring.filter(([x, y]) => x !== 0 || y !== 0) : ring;
  if (!hasThreeDifferent(sound)) return void found('ring refused: fewer than 3 different points');
  const first = sound[0]!;
  const last = sound.at(-1)!;
  if (!isSame(first, last)) {
    // The same meridian may be written with two numbers at both ends.
    if (!(first[1] === last[1] && nearestTurn(first[0] - last[0]) === 0)) found('ring was not closed');
    if (Math.abs(first[0] - last[0]) > 180) isPlain = false;
    sound.push([first[0], first[1]]);
  }
  const whole = isStray ? closed(sound) : sound;
  if (isPlain) return { pieces: [whole], whole };

  const { path, turn, width } = unwrapped(whole);
  const isOnMap = whole.every(([x]) => Math.abs(x) <= 180);
  const walksTheEdge = whole.some(([x], at) => at > 0 && Math.abs(x - whole[at - 1]![0]) === 360);
  // Antarctica, or a band around the earth, drawn along the edge of the map.
  if (isOnMap && walksTheEdge && (turn !== 0 || width === 0)) return { pieces: [whole], whole };
  if (Math.abs(turn) > 360 || (turn === 0 && width > 360))
    return void found('ring refused: it spans more than the globe');
  if (turn === 0) {
    const pieces = cutAtAntimeridian(closed(path));
    return pieces.length === 0
      ? void found('ring refused: fewer than 3 different points')
      : { pieces, whole: closed(path) };
  }
  if (width > 540) return void found('ring refused: it spans more than the globe');
  found('ring around a pole taken to reach to it');
  const cap = ledToPole(path.slice(0, -1), turn);
  return { pieces: cutAtAntimeridian(cap), whole: cap };
};
