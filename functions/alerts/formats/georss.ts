import type { Position } from '../../domain/primitives.ts';
import type { XmlElement } from '../documents/xml.ts';
import { positionOf } from '../geography/geography.ts';
import type { Outline } from '../geography/geometry.ts';

/** What an entry says of where it is, and the places inside the entry where it says so. */
export type EntryGeometry = {
  position: Position | null;
  outlines: Outline[];
  /** Of the position and of the footprint ("point", "where/Point/pos"); absent where there is none. */
  places: { position?: string; footprint?: string };
};

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : undefined;

const numbersOf = (text: string): (number | undefined)[] =>
  text
    .trim()
    .split(/[\s,]+/)
    .map(numberOf);

/** GeoRSS writes "latitude longitude latitude longitude …". */
const ringOf = (text: string): [number, number][] => {
  const numbers = numbersOf(text);
  const ring: [number, number][] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    const [latitude, longitude] = [numbers[index], numbers[index + 1]];
    if (latitude !== undefined && longitude !== undefined) ring.push([longitude, latitude]);
  }
  return ring;
};

/** "south west north east", as `georss:box` and the corners of `gml:Envelope` have it. */
const boxRing = (numbers: readonly (number | undefined)[]): [number, number][] => {
  const [south, west, north, east] = numbers;
  if (south === undefined || west === undefined || north === undefined || east === undefined) return [];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
};

type Found = { position?: Position | undefined; outline?: Outline | undefined; place: string };

const childNamed = (element: XmlElement, name: string) => element.children.find(child => child.name === name);

const pointOf = (text: string | undefined): Position | undefined => {
  const [latitude, longitude] = numbersOf(text ?? '');
  return positionOf(latitude, longitude);
};

const ringFound = (ring: [number, number][], place: string): Found[] =>
  ring.length < 3 ? [] : [{ outline: { ring }, place }];

/** Elements of GML that only hold others. */
const holders = new Set([
  'where',
  'MultiPoint',
  'pointMember',
  'pointMembers',
  'MultiSurface',
  'surfaceMember',
  'surfaceMembers',
  'MultiPolygon',
  'polygonMember',
  'MultiGeometry',
  'geometryMember',
  'Surface',
  'patches',
  'PolygonPatch',
  'Polygon',
  'exterior',
  'outerBoundaryIs',
]);

/** Of a ring in GML: one list of numbers, or a point after the other. */
const gmlRing = (element: XmlElement): [number, number][] => {
  const list = childNamed(element, 'posList') ?? childNamed(element, 'coordinates');
  return list
    ? ringOf(list.text)
    : ringOf(
        element.children
          .filter(child => child.name === 'pos')
          .map(child => child.text.trim())
          .join(' '),
      );
};

/** `geo:lat` and `geo:long` beside each other, in the entry itself or in a `geo:Point`. */
const geoPoint = (element: XmlElement, place: string): Found[] => {
  const longitude = childNamed(element, 'long') ?? childNamed(element, 'lon');
  const latitude = childNamed(element, 'lat');
  if (!latitude || !longitude) return [];
  const position = positionOf(numberOf(latitude.text.trim()), numberOf(longitude.text.trim()));
  return position ? [{ position, place: place === '' ? 'lat' : `${place}/lat` }] : [];
};

const foundIn = (element: XmlElement, place: string): Found[] => {
  switch (element.name) {
    case 'point':
      return [{ position: pointOf(element.text), place }];
    case 'Point': {
      const pos = childNamed(element, 'pos') ?? childNamed(element, 'coordinates');
      return pos
        ? [{ position: pointOf(pos.text), place: `${place}/${pos.name}` }]
        : geoPoint(element, place);
    }
    case 'polygon':
      return ringFound(ringOf(element.text), place);
    case 'box':
      return ringFound(boxRing(numbersOf(element.text)), place);
    case 'Envelope': {
      const corners = `${childNamed(element, 'lowerCorner')?.text ?? ''} ${childNamed(element, 'upperCorner')?.text ?? ''}`;
      return ringFound(boxRing(numbersOf(corners)), place);
    }
    case 'circle': {
      // GeoRSS gives the radius in metres.
      const [latitude, longitude, metres] = numbersOf(element.text);
      if (latitude === undefined || longitude === undefined || metres === undefined || metres <= 0) return [];
      return [{ outline: { latitude, longitude, radiusKm: metres / 1000 }, place }];
    }
    case 'LinearRing':
      return ringFound(gmlRing(element), place);
    default:
      return holders.has(element.name) ? foundWithin(element, `${place}/`) : [];
  }
};

const foundWithin = (element: XmlElement, prefix: string): Found[] => {
  const seen = new Map<string, number>();
  return element.children.flatMap(child => {
    const index = seen.get(child.name) ?? 0;
    seen.set(child.name, index + 1);
    return foundIn(child, `${prefix}${child.name}${index === 0 ? '' : `[${index}]`}`);
  });
};

/**
 * Reads the geometry of an Atom or RSS entry: GeoRSS Simple and GML, and the W3C's `geo`. The first point is the position; a
 * line is neither a point nor an area and says nothing. Never throws.
 */
export const georssOf = (entry: XmlElement): EntryGeometry => {
  const found = [...foundWithin(entry, ''), ...geoPoint(entry, '')];
  const point = found.find(each => each.position !== undefined);
  const areas = found.flatMap(({ outline, place }) => (outline ? [{ outline, place }] : []));
  return {
    position: point?.position ?? null,
    outlines: areas.map(area => area.outline),
    places: {
      ...(point && { position: point.place }),
      ...(areas[0] && { footprint: areas[0].place }),
    },
  };
};
