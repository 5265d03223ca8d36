import type { Position } from '../../domain/primitives.ts';
import { positionOf } from './geography.ts';
import type { Outline } from './geometry.ts';

/** What a GeoJSON geometry holds that a message needs: a point when it has one, and areas. */
export type GeojsonGeometry = { position: Position | null; outlines: Outline[] };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Numbers of a point; whether they are degrees is looked at where a position or a ring is made of them. */
const pointOf = (value: unknown): Position | null => {
  if (!Array.isArray(value)) return null;
  const [longitude, latitude] = value as unknown[];
  return typeof longitude === 'number' && typeof latitude === 'number'
    ? (positionOf(latitude, longitude) ?? null)
    : null;
};

/** Rings are taken as they are: cleaning them looks at every point anyway. */
const ringOf = (value: unknown): Outline[] => (Array.isArray(value) ? [{ ring: value as number[][] }] : []);

/** Reads Point, MultiPoint, Polygon, MultiPolygon (outer rings) and GeometryCollection; anything else is nothing. Never throws. */
export const geometryOf = (geometry: unknown, depth = 0): GeojsonGeometry => {
  const nothing = { position: null, outlines: [] };
  if (!isRecord(geometry) || depth > 4) return nothing;
  const { type, coordinates, geometries } = geometry;
  const parts = Array.isArray(coordinates) ? coordinates : [];
  if (type === 'Point') return { position: pointOf(coordinates), outlines: [] };
  if (type === 'MultiPoint') {
    const first = parts.find(part => pointOf(part) !== null);
    return { position: pointOf(first), outlines: [] };
  }
  if (type === 'Polygon') return { position: null, outlines: ringOf(parts[0]) };
  if (type === 'MultiPolygon')
    return {
      position: null,
      outlines: parts.flatMap(polygon => (Array.isArray(polygon) ? ringOf(polygon[0]) : [])),
    };
  if (type === 'GeometryCollection' && Array.isArray(geometries)) {
    const all = geometries.map(part => geometryOf(part, depth + 1));
    return {
      position: all.find(part => part.position)?.position ?? null,
      outlines: all.flatMap(part => part.outlines),
    };
  }
  return nothing;
};
