import { describe, expect, it } from 'vitest';
import { distanceKm, middleOf, positionOf } from '../../../functions/alerts/geography/geography.ts';

describe('positions', () => {
  it.each([
    [37.2, 37, { latitude: 37.2, longitude: 37 }],
    [-17, -181.664, { latitude: -17, longitude: 178.336 }],
    [-17, 180.343, { latitude: -17, longitude: -179.657 }],
    [10, 359, { latitude: 10, longitude: -1 }],
    [90, 180, { latitude: 90, longitude: 180 }],
    [0, 0, undefined],
    [140, 35, undefined],
    [10, 361, undefined],
    [Number.NaN, 10, undefined],
    [10, Number.POSITIVE_INFINITY, undefined],
    [undefined, 10, undefined],
  ])('%s, %s', (latitude, longitude, position) => {
    expect(positionOf(latitude, longitude)).toEqual(position);
  });

  it('are as far apart as on the earth', () => {
    const at = (latitude: number, longitude: number) => ({ latitude, longitude });
    expect(distanceKm(at(35.68, 139.77), at(51.5, -0.13))).toBeCloseTo(9560, -2);
    expect(distanceKm(at(0, 179.5), at(0, -179.5))).toBeCloseTo(111.2, 1);
    expect(distanceKm(at(90, 0), at(90, 123))).toBeCloseTo(0, 6);
    expect(distanceKm(at(10, 20), at(-10, -160))).toBeCloseTo(Math.PI * 6371, 3);
  });

  it('have their middle on the near side of the earth', () => {
    expect(
      middleOf([
        { latitude: 10, longitude: 178 },
        { latitude: 20, longitude: -178 },
      ]),
    ).toEqual({ latitude: 15, longitude: 180 });
    expect(
      middleOf([
        { latitude: 10, longitude: 20 },
        { latitude: 20, longitude: 40 },
      ]),
    ).toEqual({ latitude: 15, longitude: 30 });
    expect(middleOf([])).toBeUndefined();
  });
});
