import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../console/outline.ts';
import type { Ring } from '../../functions/domain/alert.ts';

const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

describe('the outline of an area', () => {
  it('has north up and its longitudes as narrow as they are there', () => {
    const outline = outlineOf([box(10, 59, 12, 61)], { latitude: 60, longitude: 11 });
    expect(outline).toMatchObject({ width: 130, height: 240, south: 59, north: 61, west: 10, east: 12 });
    expect(outline?.mark).toEqual({ x: 65, y: 120 });
    expect(outline?.paths).toEqual(['M10 230L120 230L120 10L10 10L10 230z']);
  });

  it('is drawn in one piece across the antimeridian', () => {
    const outline = outlineOf([box(178, -1, 180, 1), box(-180, -1, -178, 1)], null);
    expect(outline).toMatchObject({ west: 178, east: -178, width: 240, height: 130 });
  });

  it('is none without an area', () => {
    expect(outlineOf([], { latitude: 1, longitude: 1 })).toBeUndefined();
  });

  it('never leaves its box', () => {
    const point = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 8 }), ring => {
        const outline = outlineOf([ring], null)!;
        const numbers = [...outline.paths[0]!.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)];
        expect(numbers).toHaveLength(ring.length);
        for (const [, x, y] of numbers) {
          expect(Number(x)).toBeGreaterThanOrEqual(9.9);
          expect(Number(x)).toBeLessThanOrEqual(outline.width);
          expect(Number(y)).toBeGreaterThanOrEqual(9.9);
          expect(Number(y)).toBeLessThanOrEqual(outline.height);
        }
        expect(Math.max(outline.width, outline.height)).toBeLessThanOrEqual(241);
      }),
    );
  });
});
