import type { Ring } from '../functions/domain/alert.ts';
import type { Position } from '../functions/domain/primitives.ts';

/** Where lines go in a box, and what the box spans in degrees. */
export type Outline = {
  width: number;
  height: number;
  /** SVG paths, one a ring. */
  paths: string[];
  mark: { x: number; y: number } | undefined;
  south: number;
  north: number;
  west: number;
  east: number;
};

const SIDE = 220;
const MARGIN = 10;

/**
 * An outline drawn to scale in a box of 220 at most: degrees of longitude are as narrow as they are in its middle.
 * Rings on both sides of the antimeridian are drawn together.
 */
export function outlineOf(rings: Ring[], position: Position | null): Outline | undefined {
  const points: [number, number][] = rings.flat();
  if (position) points.push([position.longitude, position.latitude]);
  if (rings.length === 0 || points.length < 3) return undefined;
  const straight = points.map(([lon]) => lon);
  const turned = straight.map(lon => (lon < 0 ? lon + 360 : lon));
  const spanOf = (numbers: number[]) =>
    numbers.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY) -
    numbers.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  const turns = spanOf(turned) < spanOf(straight);
  const longitude = (lon: number) => (turns && lon < 0 ? lon + 360 : lon);
  const lons = turns ? turned : straight;
  const lats = points.map(([, lat]) => lat);
  const west = Math.min(...lons);
  const north = Math.max(...lats);
  const south = north - spanOf(lats);
  const narrow = Math.max(0.1, Math.cos((((north + south) / 2) * Math.PI) / 180));
  const wide = Math.max(spanOf(lons) * narrow, 1e-6);
  const high = Math.max(north - south, 1e-6);
  const scale = SIDE / Math.max(wide, high);
  const x = (lon: number) => Math.round(((longitude(lon) - west) * narrow * scale + MARGIN) * 10) / 10;
  const y = (lat: number) => Math.round(((north - lat) * scale + MARGIN) * 10) / 10;
  const degrees = (lon: number) => (lon > 180 ? lon - 360 : lon);
  return {
    width: Math.round(wide * scale + 2 * MARGIN),
    height: Math.round(high * scale + 2 * MARGIN),
    paths: rings.map(ring => `M${ring.map(([lon, lat]) => `${x(lon)} ${y(lat)}`).join('L')}z`),
    mark: position ? { x: x(position.longitude), y: y(position.latitude) } : undefined,
    south,
    north,
    west: degrees(west),
    east: degrees(west + spanOf(lons)),
  };
}
