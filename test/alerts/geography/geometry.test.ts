import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coarser,
  distanceToFootprintKm,
  footprintDistanceKm,
  footprintsOverlap,
  type Outline,
  safeGeometryOf,
} from '../../../functions/alerts/geography/geometry.ts';
import type { Ring } from '../../../functions/domain/alert.ts';

const square = (west: number, south: number, size = 1): Ring => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

const footprintOf = (...outlines: Outline[]) => safeGeometryOf(outlines).footprint;
const ringOf = (ring: number[][]) => footprintOf({ ring });
const longitudes = (rings: readonly Ring[] | null) => rings?.map(ring => ring.map(([x]) => x));
const countOf = (rings: readonly Ring[] | null) => (rings ?? []).reduce((sum, ring) => sum + ring.length, 0);

describe('rings of a source', () => {
  it('keeps a sound ring as it is, to about a metre', () => {
    expect(safeGeometryOf([{ ring: square(10, 20) }])).toEqual({
      footprint: [square(10, 20)],
      middle: { latitude: 20.5, longitude: 10.5 },
      remarks: [],
    });
    expect(
      ringOf([
        [1.000004, 2],
        [3, 2.0000049],
        [3, 4],
        [1, 2],
      ])?.[0],
    ).toEqual([
      [1, 2],
      [3, 2],
      [3, 4],
      [1, 2],
    ]);
  });

  it('closes what is not closed, drops repeated points and third numbers, and says what it put right', () => {
    const { footprint, remarks } = safeGeometryOf([
      {
        ring: [
          [1, 1, 90],
          [1, 1],
          [2, 1],
          [2, 2, 0],
        ],
      },
    ]);
    expect(footprint).toEqual([
      [
        [1, 1],
        [2, 1],
        [2, 2],
        [1, 1],
      ],
    ]);
    expect(remarks).toEqual(['ring was not closed']);
  });

  it.each<[string, unknown[], string]>([
    [
      'latitude first',
      [
        [35, 140],
        [36, 141],
        [37, 139],
        [35, 140],
      ],
      'ring refused: latitude and longitude look swapped',
    ],
    [
      'two points',
      [
        [1, 1],
        [2, 2],
        [1, 1],
      ],
      'ring refused: fewer than 3 different points',
    ],
    ['nothing', [], 'ring refused: fewer than 3 different points'],
    [
      'no numbers',
      [[Number.NaN, 1], ['1', 2], null, [1], {}],
      'ring refused: most of its points are no positions',
    ],
    [
      'twice around',
      [0, 120, 240, 360, 120, 240, 360].map(x => [x, 10]),
      'ring refused: it spans more than the globe',
    ],
  ])('refuses a ring of %s', (_, ring, reason) => {
    expect(safeGeometryOf([{ ring: ring as number[][] }])).toEqual({
      footprint: null,
      middle: null,
      remarks: [reason],
    });
  });

  it('passes over single points that are none, and counts them', () => {
    const [a, b, c, d, e] = square(10, 20);
    const { footprint, remarks } = safeGeometryOf([
      { ring: [a!, [Number.NaN, 3], b!, c!, [7, Number.POSITIVE_INFINITY], d!, e!] },
    ]);
    expect(footprint).toEqual([square(10, 20)]);
    expect(remarks).toEqual(['point refused: no longitude and latitude in degrees (2 times)']);
  });

  it('takes 0,0 for a missing corner only when it lies far off', () => {
    expect(ringOf([...square(10, 20).slice(0, 2), [0, 0], ...square(10, 20).slice(2)])).toEqual([
      square(10, 20),
    ]);
    expect(ringOf(square(0, 0))).toEqual([square(0, 0)]);
    expect(ringOf(square(-1, -1, 2))).toEqual([square(-1, -1, 2)]);
  });
});

describe('the antimeridian and the poles', () => {
  const fiji = [
    [
      [178.336, -16],
      [180, -16],
      [180, -18],
      [178.336, -18],
    ],
    [
      [-180, -16],
      [-179, -16],
      [-179, -18],
      [-180, -18],
    ],
  ];

  it.each([
    [
      'past -180, as GDACS writes it',
      [
        [-181.664, -16],
        [-179, -16],
        [-179, -18],
        [-181.664, -18],
        [-181.664, -16],
      ],
    ],
    [
      'past 180',
      [
        [178.336, -16],
        [181, -16],
        [181, -18],
        [178.336, -18],
        [178.336, -16],
      ],
    ],
    [
      'jumping from 178 to -179',
      [
        [178.336, -16],
        [-179, -16],
        [-179, -18],
        [178.336, -18],
        [178.336, -16],
      ],
    ],
  ])('cuts a ring %s in two', (_, ring) => {
    const { footprint, middle, remarks } = safeGeometryOf([{ ring }]);
    expect(footprint?.map(piece => piece.slice(0, -1))).toEqual(fiji);
    expect(middle).toEqual({ latitude: -17, longitude: 179.668 });
    expect(remarks).toEqual([]);
  });

  it('moves a ring that lies wholly past it', () => {
    expect(longitudes(ringOf(square(180.343, 10)))).toEqual([
      [-179.657, -178.657, -178.657, -179.657, -179.657],
    ]);
    expect(longitudes(ringOf(square(179, 10)))).toEqual([[179, 180, 180, 179, 179]]);
  });

  it('leads a ring around a pole to it, and leaves one alone that follows the edge of the map', () => {
    const around = [0, 60, 120, 180, 240, 300, 0].map(x => [x, -70]);
    const { footprint, remarks, middle } = safeGeometryOf([{ ring: around }]);
    expect(remarks).toEqual(['ring around a pole taken to reach to it']);
    expect(distanceToFootprintKm(footprint!, { latitude: -80, longitude: 33 })).toBe(0);
    expect(distanceToFootprintKm(footprint!, { latitude: -60, longitude: 33 })).toBeGreaterThan(1000);
    expect(middle!.latitude).toBeLessThan(-70);
    const edge = [
      [-180, -90],
      [-180, -70],
      [0, -65],
      [180, -70],
      [180, -90],
      [-180, -90],
    ];
    expect(ringOf(edge)).toEqual([edge]);
    const world = [
      [-180, -90],
      [180, -90],
      [180, 90],
      [-180, 90],
      [-180, -90],
    ];
    expect(ringOf(world)).toEqual([world]);
  });

  it('keeps a circle around a pole on the map', () => {
    const footprint = footprintOf({ latitude: 89, longitude: 10, radiusKm: 500 });
    expect(distanceToFootprintKm(footprint!, { latitude: 89.9, longitude: -170 })).toBe(0);
  });
});

describe('circles', () => {
  it('draws 36 points at that distance', () => {
    const centre = { latitude: -17, longitude: 179.9 };
    const { footprint, middle } = safeGeometryOf([{ ...centre, radiusKm: 100 }]);
    expect(footprint).toHaveLength(2);
    expect(middle).toEqual(centre);
    expect(distanceToFootprintKm(footprint!, { latitude: -17, longitude: -178 })).toBeGreaterThan(120);
    expect(footprintOf({ latitude: 40, longitude: 10, radiusKm: 50 })?.[0]).toHaveLength(37);
  });

  it.each([0, -1, Number.NaN])('takes a radius of %s for a point', radiusKm => {
    expect(safeGeometryOf([{ latitude: 51, longitude: -178, radiusKm }])).toEqual({
      footprint: null,
      middle: { latitude: 51, longitude: -178 },
      remarks: [],
    });
  });

  it('refuses one as wide as a continent and one without a centre', () => {
    const { footprint, remarks } = safeGeometryOf([
      { latitude: 51, longitude: 0, radiusKm: 5001 },
      { latitude: Number.NaN, longitude: 0, radiusKm: 10 },
    ]);
    expect(footprint).toBeNull();
    expect(remarks).toEqual([
      'circle refused: more than 5000 km around',
      'circle refused: its centre is no position',
    ]);
  });
});

const star = (points: number, [x, y]: [number, number] = [10, 50]) =>
  Array.from({ length: points }, (_, at) => {
    const angle = (at / (points - 1)) * 2 * Math.PI;
    const radius = 2 + Math.sin(angle * 300) / 5;
    return [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius];
  });

describe('too many points', () => {
  it('simplifies a coast of 27,150 points and stays within a kilometre of it', () => {
    const { footprint, middle, remarks } = safeGeometryOf([{ ring: star(27_150) }]);
    expect(countOf(footprint)).toBeLessThan(5000);
    expect(countOf(footprint)).toBeGreaterThan(300);
    expect(middle!.latitude).toBeCloseTo(50, 2);
    expect(remarks).toEqual(['area drawn with more than 5000 points: simplified']);
    for (const [longitude, latitude] of star(500) as [number, number][])
      expect(footprintDistanceKm(footprint!, [square(longitude, latitude, 0.00001)])).toBeLessThan(2.5);
  });

  it.each([
    [
      'zigzag that other simplifiers overflow on',
      Array.from({ length: 50_000 }, (_, at) => [at / 500, (((at % 2) * 2 - 1) * (50_000 - at)) / 700]),
    ],
    ['200,000 points', star(200_000)],
  ])('survives a %s', (_, ring) => {
    const { footprint } = safeGeometryOf([{ ring }]);
    expect(countOf(footprint)).toBeLessThanOrEqual(5000);
    expect(footprint).not.toBeNull();
  });

  it('keeps the 500 largest of many rings', () => {
    const rings = Array.from({ length: 700 }, (_, at) => ({
      ring: square((at % 300) - 150, -60 + Math.floor(at / 300) * 4, 0.1 + at / 1000),
    }));
    const { footprint, remarks } = safeGeometryOf(rings);
    expect(footprint).toHaveLength(500);
    expect(footprint![0]).toEqual(ringOf(rings[200]!.ring)![0]);
    expect(remarks).toEqual(['700 rings: the 500 largest were kept']);
  });

  it('draws the same area coarser for those who ask', () => {
    const footprint = footprintOf({ ring: star(4000) }, { ring: square(30, 50) })!;
    const coarse = coarser(footprint, 200);
    expect(countOf(coarse)).toBeLessThanOrEqual(200);
    expect(coarse).toHaveLength(2);
    expect(coarser(coarse, 200)).toEqual(coarse);
    expect(coarser(footprint, 7)).toHaveLength(1);
  });
});

describe('the middle', () => {
  it('lies in the largest ring, in a sickle too', () => {
    const sickle = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 9],
      [9, 9],
      [9, 1],
      [0, 1],
      [0, 0],
    ];
    const { footprint, middle } = safeGeometryOf([
      { ring: square(40, 40) },
      { ring: sickle.map(([x, y]) => [x! + 1, y! + 1]) },
    ]);
    expect(middle!.longitude).toBeLessThan(12);
    expect(distanceToFootprintKm(footprint!, middle!)).toBe(0);
  });
});

describe('how far areas are apart', () => {
  it('is 0 within, else the way to the nearest side', () => {
    const footprint = [square(10, 60), square(40, 60)];
    expect(distanceToFootprintKm(footprint, { latitude: 60.5, longitude: 10.5 })).toBe(0);
    expect(distanceToFootprintKm(footprint, { latitude: 60.5, longitude: 12 })).toBeCloseTo(54.75, 1);
    expect(distanceToFootprintKm([square(179, 0)], { latitude: 0.5, longitude: -179 })).toBeCloseTo(111.2, 1);
    expect(distanceToFootprintKm([], { latitude: 0, longitude: 0 })).toBe(Number.POSITIVE_INFINITY);
  });

  it.each<[string, Ring, Ring, boolean, number]>([
    ['one in the other', square(0, 0, 10), square(4, 4), true, 0],
    [
      'crossing like a cross',
      [
        [0, 4],
        [10, 4],
        [10, 6],
        [0, 6],
        [0, 4],
      ],
      [
        [4, 0],
        [6, 0],
        [6, 10],
        [4, 10],
        [4, 0],
      ],
      true,
      0,
    ],
    ['side by side', square(0, 0), square(2, 0), false, 111.2],
    [
      'boxes overlapping, areas not',
      [
        [0, 0],
        [10, 0],
        [0, 10],
        [0, 0],
      ],
      [
        [10, 10],
        [10, 8],
        [8, 10],
        [10, 10],
      ],
      false,
      620,
    ],
    ['on both sides of the antimeridian', square(179, 0), square(-179, 0), false, 111.2],
    ['touching across it', square(179, 0), square(-180, 0), false, 0],
  ])('%s', (_, a, b, overlaps, km) => {
    expect(footprintsOverlap([a], [b])).toBe(overlaps);
    expect(footprintsOverlap([b], [a])).toBe(overlaps);
    expect(Math.abs(footprintDistanceKm([a], [b]) - km)).toBeLessThan(10);
    expect(footprintDistanceKm([a], [b])).toBeCloseTo(footprintDistanceKm([b], [a]), 6);
  });

  it('does not measure what the boxes show to be too far', () => {
    expect(footprintDistanceKm([square(0, 0)], [square(50, 0)], 100)).toBe(Number.POSITIVE_INFINITY);
    expect(footprintDistanceKm([square(0, 0)], [square(1.5, 0)], 100)).toBeCloseTo(55.6, 0);
  });
});

const coordinate = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -190, max: 190, noNaN: true }) },
  { weight: 6, arbitrary: fc.integer({ min: -90, max: 90 }) },
  { weight: 3, arbitrary: fc.constantFrom(0, 180, -180, 179.999995, -179.999999, 90, -90, 359, -0) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1e300) },
);
const outline: fc.Arbitrary<Outline> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ ring: fc.array(fc.tuple(coordinate, coordinate), { maxLength: 12 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      latitude: coordinate,
      longitude: coordinate,
      radiusKm: fc.double({ min: -1, max: 6000 }),
    }),
  },
  // Rings as people draw them: a walk around a centre, wherever it is.
  {
    weight: 4,
    arbitrary: fc
      .record({
        x: coordinate,
        y: fc.double({ min: -89, max: 89, noNaN: true }),
        size: fc.double({ min: 0, max: 170, noNaN: true }),
        corners: fc.integer({ min: 3, max: 9 }),
      })
      .map(({ x, y, size, corners }) => ({
        ring: Array.from({ length: corners }, (_, at) => [
          x + size * Math.cos((at / corners) * 2 * Math.PI),
          Math.max(-90, Math.min(90, y + size * Math.sin((at / corners) * 2 * Math.PI))),
        ]),
      })),
  },
);

describe('whatever is drawn', () => {
  it('gives closed rings on the map, and the same again when read again', () => {
    fc.assert(
      fc.property(fc.array(outline, { maxLength: 6 }), outlines => {
        const { footprint, middle } = safeGeometryOf(outlines);
        if (middle) {
          expect(Math.abs(middle.latitude)).toBeLessThanOrEqual(90);
          expect(Math.abs(middle.longitude)).toBeLessThanOrEqual(180);
        }
        if (!footprint) return;
        expect(countOf(footprint)).toBeLessThanOrEqual(5000);
        for (const ring of footprint) {
          expect(ring.length).toBeGreaterThanOrEqual(4);
          expect(ring.at(-1)).toEqual(ring[0]);
          for (const [x, y] of ring) expect(Math.abs(x) <= 180 && Math.abs(y) <= 90).toBe(true);
        }
        expect(safeGeometryOf(footprint.map(ring => ({ ring }))).footprint).toEqual(footprint);
        expect(distanceToFootprintKm(footprint, middle!)).not.toBeNaN();
        expect(countOf(coarser(footprint, 20))).toBeLessThanOrEqual(20);
      }),
      { numRuns: 400 },
    );
  });
});
