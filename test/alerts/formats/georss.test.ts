import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../functions/alerts/documents/place.ts';
import { readXml } from '../../../functions/alerts/documents/xml.ts';
import { georssOf } from '../../../functions/alerts/formats/georss.ts';

const item = (content: string) =>
  readXml(
    `<item xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml"
      xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">${content}</item>`,
  );

const square = '-30 150 -30 151 -31 151 -31 150 -30 150';
const ring = [
  [150, -30],
  [151, -30],
  [151, -31],
  [150, -31],
  [150, -30],
];

describe('where an entry of a feed is', () => {
  it.each([
    ['a point', '<georss:point>-37.5 149.25</georss:point>', 'point'],
    ['a point with a comma', '<georss:point>-37.5, 149.25</georss:point>', 'point'],
    [
      'the first of several points',
      '<georss:point>-37.5 149.25</georss:point><georss:point>1 1</georss:point>',
      'point',
    ],
    [
      'a second point when the first is none',
      '<georss:point>0 0</georss:point><georss:point>-37.5 149.25</georss:point>',
      'point[1]',
    ],
    [
      'GML',
      '<georss:where><gml:Point><gml:pos>-37.5 149.25</gml:pos></gml:Point></georss:where>',
      'where/Point/pos',
    ],
    ['geo:Point', '<geo:Point><geo:lat>-37.5</geo:lat><geo:long>149.25</geo:long></geo:Point>', 'Point/lat'],
    ['geo:lat and geo:long alone', '<geo:long>149.25</geo:long><geo:lat>-37.5</geo:lat>', 'lat'],
  ])('%s', (_, content, place) => {
    const entry = item(content);
    const { position, places } = georssOf(entry);
    expect([position, places.position]).toEqual([{ latitude: -37.5, longitude: 149.25 }, place]);
    expect(valueAt({ kind: 'xml', root: entry }, `item[0]/${place}`)).toContain('-37.5');
  });

  it.each([
    ['a polygon', `<georss:polygon>\n ${square.replaceAll(' -', '\n -')}\n</georss:polygon>`, 'polygon'],
    ['a box', '<georss:box>-31 150 -30 151</georss:box>', 'box'],
    [
      'a polygon of GML',
      `<georss:where><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>${square}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></georss:where>`,
      'where/Polygon/exterior/LinearRing',
    ],
    [
      'an envelope',
      '<georss:where><gml:Envelope><gml:lowerCorner>-31 150</gml:lowerCorner><gml:upperCorner>-30 151</gml:upperCorner></gml:Envelope></georss:where>',
      'where/Envelope',
    ],
    [
      'a surface of several points',
      `<georss:where><gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>${ring
        .map(([longitude, latitude]) => `<gml:pos>${latitude} ${longitude}</gml:pos>`)
        .join(
          '',
        )}</gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></georss:where>`,
      'where/MultiSurface/surfaceMember/Polygon/exterior/LinearRing',
    ],
  ])('%s', (_, content, place) => {
    const entry = item(content);
    const { position, outlines, places } = georssOf(entry);
    expect([position, places]).toEqual([null, { footprint: place }]);
    const [outline] = outlines;
    const sorted = (points: readonly (readonly number[])[]) => points.map(String).slice(0, 4).sort();
    expect(sorted(outline && 'ring' in outline ? outline.ring : [])).toEqual(sorted(ring));
    expect(valueAt({ kind: 'xml', root: entry }, `item[0]/${place}`)).toContain('-31');
  });

  it('reads a circle, whose radius is in metres', () => {
    expect(georssOf(item('<georss:circle>-30 150 2500</georss:circle>')).outlines).toEqual([
      { latitude: -30, longitude: 150, radiusKm: 2.5 },
    ]);
  });

  it('keeps every area, and no holes of one', () => {
    const polygon = `<georss:polygon>${square}</georss:polygon>`;
    expect(georssOf(item(polygon + polygon)).outlines).toHaveLength(2);
    const linearRing = `<gml:LinearRing><gml:posList>${square}</gml:posList></gml:LinearRing>`;
    const holed = `<gml:Polygon><gml:exterior>${linearRing}</gml:exterior><gml:interior>${linearRing}</gml:interior></gml:Polygon>`;
    expect(georssOf(item(`<georss:where>${holed}</georss:where>`)).outlines).toHaveLength(1);
  });

  it.each([
    ['a line', '<georss:line>-30 150 -31 151 -32 152</georss:line>'],
    ['null island', '<georss:point>0 0</georss:point>'],
    ['swapped degrees', '<georss:point>149.25 -37.5</georss:point>'],
    ['words', '<georss:point>north of here</georss:point>'],
    ['NaN', '<georss:point>NaN NaN</georss:point><geo:lat>nan</geo:lat><geo:long>nan</geo:long>'],
    ['half a point', '<georss:point>-37.5</georss:point><geo:lat>-37.5</geo:lat>'],
    ['two corners', '<georss:polygon>-30 150 -31 151</georss:polygon>'],
    ['a circle of nothing', '<georss:circle>-30 150 0</georss:circle>'],
    ['empty elements', '<georss:point/><georss:polygon/><georss:where/><georss:box/><geo:lat/><geo:long/>'],
  ])('%s is no place', (_, content) => {
    expect(georssOf(item(content))).toEqual({ position: null, outlines: [], places: {} });
  });

  it('reads back every point and never throws', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -89.9, max: 89.9, noNaN: true }),
        fc.double({ min: -179.9, max: 179.9, noNaN: true }),
        (latitude, longitude) => {
          fc.pre(Math.abs(latitude) > 1e-6 || Math.abs(longitude) > 1e-6);
          const { position } = georssOf(item(`<georss:point>${latitude} ${longitude}</georss:point>`));
          expect(position?.latitude).toBeCloseTo(latitude, 9);
          expect(position?.longitude).toBeCloseTo(longitude, 5);
        },
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom('point', 'polygon', 'box', 'circle'), fc.string(), (name, text) => {
        const escaped = text.replace(/[^ -%'-;=?-~]/g, '');
        expect(() => georssOf(item(`<georss:${name}>${escaped}</georss:${name}>`))).not.toThrow();
      }),
    );
  });
});
