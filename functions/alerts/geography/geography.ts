import type { Position } from '../../domain/primitives.ts';

const earthRadiusKm = 6371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance in km on a sphere (within 0.5 % of the ellipsoid, far below every limit used here). */
export const distanceKm = (a: Position, b: Position): number => {
  const dLatitude = radians(b.latitude - a.latitude);
  const dLongitude = radians(b.longitude - a.longitude);
  const h =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLongitude / 2) ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(h)));
};

/** A position when both numbers are degrees; longitudes past the antimeridian (-181.66) are wrapped, 0,0 is a missing value. */
export const positionOf = (
  latitude: number | undefined,
  longitude: number | undefined,
): Position | undefined => {
  if (latitude === undefined || longitude === undefined) return undefined;
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return undefined;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 360) return undefined;
  if (latitude === 0 && longitude === 0) return undefined;
  const wrapped = Math.abs(longitude) <= 180 ? longitude : ((((longitude + 180) % 360) + 360) % 360) - 180;
  return { latitude, longitude: Number(wrapped.toFixed(6)) };
};

/** The middle of the box around the points, the box being taken across the antimeridian when that makes it smaller. */
export const middleOf = (points: readonly Position[]): Position | undefined => {
  const [first] = points;
  if (!first) return undefined;
  let [south, north, west, east] = [first.latitude, first.latitude, first.longitude, first.longitude];
  for (const point of points) {
    // Each longitude is taken in the turn nearest to the first point's.
    const longitude = point.longitude - Math.round((point.longitude - first.longitude) / 360) * 360;
    south = Math.min(south, point.latitude);
    north = Math.max(north, point.latitude);
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
  }
  return positionOf((south + north) / 2, (west + east) / 2);
};
