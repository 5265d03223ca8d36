import type { Position } from '../domain/primitives.ts';
import { positionOf } from './geography.ts';
import type { Outline } from './geometry.ts';

/** What a GeoJSON geometry holds that a message needs: a point when it has one, and areas. */
export type GeojsonGeometry = { position: Position | null; outlines: Outline[] };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const numbersOf = (value: unknown): number[] | undefined =>
  Array.isArray(value) && value.length >= 2 && value.every(part => typeof part === 'number' || part === null)
    ? (value as number[])
    : undefined;

const ringOf = (value: unknown): Outline[] =>
  Array.isArray(value) ? [{ ring: value.flatMap(point => [numbersOf(point) ?? []]) }] : [];

/** Reads Point, MultiPoint, Polygon, MultiPolygon (outer rings) and GeometryCollection; anything else is nothing. Never throws. */
export const geometryOf = (geometry: unknown, depth = 0): GeojsonGeometry => {
  const nothing = { position: null, outlines: [] };
  if (!isRecord(geometry) || depth > 4) return nothing;
  const { type, coordinates, geometries } = geometry;
  const parts = Array.isArray(coordinates) ? coordinates : [];
  if (type === 'Point') {
    const point = numbersOf(coordinates);
    return { position: (point && positionOf(point[1], point[0])) ?? null, outlines: [] };
  }
  if (type === 'MultiPoint') return geometryOf({ type: 'Point', coordinates: parts[0] }, depth + 1);
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
