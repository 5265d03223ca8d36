import type { Measure } from '../../../domain/alert.ts';
import type { Position } from '../../../domain/primitives.ts';
import { plainText } from '../../documents/plain-text.ts';
import { instantOfIso } from '../../documents/times.ts';
import { childrenOf, type XmlElement } from '../../documents/xml.ts';
import { childAt, textAt } from './jma-report.ts';
import { jmaPoint, narrowed } from './jma-values.ts';

/** What Body/Earthquake says of a quake. */
export type Hypocentre = {
  /** The origin to the minute (to the second in early warnings), else when the waves first arrived. */
  originAt: string | undefined;
  originPlace: string;
  /** The name of the region of the epicentre, in Japanese. */
  region: string;
  position: Position | undefined;
  depthKm: number | undefined;
  magnitude: number | undefined;
  measures: Measure[];
  remarks: string[];
  places: Record<string, string>;
};

const magnitudeIn = (earthquake: XmlElement): { value: number | undefined; index: number; words: string } => {
  const elements = childrenOf(earthquake, 'Magnitude');
  const values = elements.map(element => {
    const text = narrowed(element.text);
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  });
  const index = values.findIndex(value => value !== undefined);
  const words = narrowed(elements[0]?.attributes.description ?? elements[0]?.attributes.condition);
  return { value: values[index], index: Math.max(index, 0), words };
};

/** Reads Body/Earthquake (the first of several quakes). */
export const hypocentreOf = (body: XmlElement | undefined): Hypocentre | undefined => {
  const earthquake = childAt(body, 'Earthquake');
  if (!earthquake) return undefined;
  const originAt = instantOfIso(textAt(earthquake, 'OriginTime'));
  const originPlace = originAt === undefined ? 'Body/Earthquake/ArrivalTime' : 'Body/Earthquake/OriginTime';
  const region = plainText(textAt(earthquake, 'Hypocenter', 'Area', 'Name'));
  const common = {
    originAt: originAt ?? instantOfIso(textAt(earthquake, 'ArrivalTime')),
    originPlace,
    region,
  };
  // When no hypocentre can be computed, a station's place is sent with depth 10 km and M 1.0 in its stead.
  if (textAt(earthquake, 'Condition') === '仮定震源要素')
    return {
      ...common,
      position: undefined,
      depthKm: undefined,
      magnitude: undefined,
      measures: [],
      remarks: ['the hypocentre is only assumed (仮定震源要素) and left out'],
      places: {},
    };

  const area = childAt(earthquake, 'Hypocenter', 'Area');
  const coordinates = area ? childrenOf(area, 'Coordinate') : [];
  const points = coordinates.map(element => jmaPoint(element.text));
  const index = points.findIndex(point => point !== undefined);
  const point = points[index];
  const magnitude = magnitudeIn(earthquake);
  const depthKm = point?.heightMetres === undefined ? undefined : 0 - point.heightMetres / 1000;
  const measures: Measure[] = [];
  if (magnitude.value !== undefined) measures.push({ name: 'magnitude', value: magnitude.value, unit: 'M' });
  if (depthKm !== undefined) measures.push({ name: 'depthKm', value: depthKm, unit: 'km' });
  const remarks: string[] = [];
  if (point === undefined)
    remarks.push(`no hypocentre: ${plainText(coordinates[0]?.attributes.description) || 'not given'}`);
  if (magnitude.value === undefined)
    remarks.push(`no magnitude: ${plainText(magnitude.words) || 'not given'}`);
  return {
    ...common,
    position: point?.position,
    depthKm,
    magnitude: magnitude.value,
    measures,
    remarks,
    places: {
      ...(point ? { position: `Body/Earthquake/Hypocenter/Area/Coordinate[${index}]` } : {}),
      ...(measures.length > 0
        ? {
            measures:
              magnitude.value === undefined
                ? `Body/Earthquake/Hypocenter/Area/Coordinate[${index}]`
                : `Body/Earthquake/Magnitude[${magnitude.index}]`,
          }
        : {}),
    },
  };
};
