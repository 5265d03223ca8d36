import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCircle, addPolygon, decimalIn } from '../../../../functions/alerts/formats/cap/cap-area.ts';
import { emptyArea } from '../../../../functions/alerts/formats/cap/cap-message.ts';

const drawn = (text: string, german = false) => {
  const area = emptyArea('');
  const remarks: string[] = [];
  addPolygon(area, text, 'polygon[0]', remarks, german);
  return { outlines: area.outlines, remarks };
};
const ringOf = (text: string, german = false) => {
  const [outline] = drawn(text, german).outlines;
  return outline && 'ring' in outline ? outline.ring : undefined;
};

describe('polygons of CAP', () => {
  it('turns "lat,lon" into [longitude, latitude]', () => {
    expect(drawn('10,20 10,21 11,21 10,20')).toEqual({
      outlines: [
        {
          ring: [
            [20, 10],
            [21, 10],
            [21, 11],
            [20, 10],
          ],
        },
      ],
      remarks: [],
    });
  });

  it.each([
    ['white space of any kind', '10,20\n\t10,21   11,21\r\n10,20'],
    ['a blank after the comma', '10, 20 10, 21 11, 21 10, 20'],
    ['a stray comma after a pair', '10,20 10,21, 11,21, 10,20'],
    ['a height', '10,20,0 10,21,0 11,21,0 10,20,0'],
    ['plus signs', '+10,+20 +10,+21 +11,+21 +10,+20'],
    ['longitude first, where that shows', '120,10 121,10 121,11 120,10'],
  ])('reads %s', (_how, text) => {
    expect(ringOf(text)).toHaveLength(4);
  });

  it('turns the pairs of German warnings by where Germany lies', () => {
    expect(ringOf('7.1,51.2 7.2,51.2 7.2,51.3 7.1,51.2', true)?.[0]).toEqual([7.1, 51.2]);
    expect(ringOf('51.2,7.1 51.2,7.2 51.3,7.2 51.2,7.1', true)?.[0]).toEqual([7.1, 51.2]);
  });

  it.each([
    ['10,20 nan,3 10,21 11,21 10,20', 'polygon: 1 of 5 pairs are no position'],
    ['10,20 95,3 10,21 11,21 10,20', 'polygon: 1 of 5 pairs are no position'],
    ['10,20 0x10,3 10,21 11,21 10,20', 'polygon: 1 of 5 pairs are no position'],
    ['10,20 10,21 11,21', 'polygon: not closed'],
    ['10,20 10,21', 'polygon: fewer than 3 points'],
  ])('says what is wrong with "%s"', (text, remark) => {
    expect(drawn(text).remarks).toContain(remark);
  });

  it('never throws, and keeps to the earth', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        for (const outline of drawn(text).outlines)
          if ('ring' in outline)
            for (const [longitude, latitude] of outline.ring)
              expect(Math.abs(latitude!) <= 90 && Math.abs(longitude!) <= 360).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('gives back the points that were written', () => {
    const point = fc.tuple(
      fc.integer({ min: -8999, max: 8999 }).map(n => n / 100),
      fc.integer({ min: -8999, max: 8999 }).map(n => n / 100),
    );
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 20 }), points => {
        const ring = ringOf(points.map(([latitude, longitude]) => `${latitude},${longitude}`).join(' '));
        expect(ring).toEqual(points.map(([latitude, longitude]) => [longitude, latitude]));
      }),
      { numRuns: 100 },
    );
  });
});

describe('decimals', () => {
  it('are those of JavaScript to the last bit', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer().map(n => n / 1e6),
    );
    fc.assert(
      fc.property(number, value => {
        const text = `${value}`;
        expect(decimalIn(`x${text}y`, 1, text.length + 1)).toBe(Number(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['', '.', '-', '+', 'nan', '0x10', '1.2.3', '1-2', 'Infinity'])('are not "%s"', text => {
    expect(decimalIn(text, 0, text.length)).toBeNaN();
  });
});

describe('circles of CAP', () => {
  const circle = (text: string) => {
    const area = emptyArea('');
    const remarks: string[] = [];
    addCircle(area, text, 'circle[0]', remarks);
    return { outlines: area.outlines, points: area.points, remarks };
  };

  it('are areas with a radius, and points without', () => {
    expect(circle('-35.3,147 25.0').outlines).toEqual([{ latitude: -35.3, longitude: 147, radiusKm: 25 }]);
    expect(circle('51.885,-131.076 0.0')).toEqual({
      outlines: [],
      points: [{ latitude: 51.885, longitude: -131.076 }],
      remarks: [],
    });
  });

  it.each(['51.885,-131.076', '51.885 0', 'a,b 3', '10,20 -1', '10,20 3 4'])('are refused as "%s"', text => {
    expect(circle(text)).toEqual({
      outlines: [],
      points: [],
      remarks: ['circle: no position with a radius'],
    });
  });
});
