import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geometryOf } from '../../../functions/alerts/geography/geojson.ts';
import { safeGeometryOf } from '../../../functions/alerts/geography/geometry.ts';

const triangle = [
  [1, 1],
  [2, 1],
  [2, 2],
  [1, 1],
];

describe('GeoJSON geometries', () => {
  it.each<[string, unknown, { longitude: number; latitude: number } | null, number]>([
    ['a point', { type: 'Point', coordinates: [10, 20] }, { longitude: 10, latitude: 20 }, 0],
    ['a point with depth', { type: 'Point', coordinates: [10, 20, -35] }, { longitude: 10, latitude: 20 }, 0],
    [
      'a point past the antimeridian',
      { type: 'Point', coordinates: [-181, 20] },
      { longitude: 179, latitude: 20 },
      0,
    ],
    ['a point without numbers', { type: 'Point', coordinates: ['10', null] }, null, 0],
    ['no point at all', { type: 'Point' }, null, 0],
    ['a missing position written 0,0', { type: 'Point', coordinates: [0, 0] }, null, 0],
    [
      'several points',
      {
        type: 'MultiPoint',
        coordinates: [
          [null, 1],
          [3, 4],
          [5, 6],
        ],
      },
      { longitude: 3, latitude: 4 },
      0,
    ],
    ['a polygon, without its holes', { type: 'Polygon', coordinates: [triangle, triangle] }, null, 1],
    [
      'several polygons',
      { type: 'MultiPolygon', coordinates: [[triangle], 7, [triangle, triangle]] },
      null,
      2,
    ],
    [
      'a collection',
      {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Polygon', coordinates: [triangle] },
          { type: 'Point', coordinates: [5, 6] },
          'x',
        ],
      },
      { longitude: 5, latitude: 6 },
      1,
    ],
    ['a line', { type: 'LineString', coordinates: triangle }, null, 0],
    ['null', null, null, 0],
    ['text', 'POINT (1 2)', null, 0],
  ])('%s', (_, geometry, position, outlines) => {
    const read = geometryOf(geometry);
    expect(read.position).toEqual(position);
    expect(read.outlines).toHaveLength(outlines);
  });

  it('stops in a collection that holds itself', () => {
    const endless: { type: string; geometries: unknown[] } = { type: 'GeometryCollection', geometries: [] };
    endless.geometries.push(endless);
    expect(geometryOf(endless)).toEqual({ position: null, outlines: [] });
  });

  it('takes any JSON, and what it gives can be made safe', () => {
    const type = fc.constantFrom('Point', 'MultiPoint', 'Polygon', 'MultiPolygon', 'GeometryCollection');
    const coordinates = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.array(fc.array(fc.oneof(fc.double(), fc.constant('x'))))),
    );
    fc.assert(
      fc.property(type, coordinates, (named, given) => {
        const { outlines } = geometryOf({ type: named, coordinates: given, geometries: given });
        expect(() => safeGeometryOf(outlines)).not.toThrow();
      }),
    );
  });
});
