import type { Measure } from '../../../domain/alert.ts';
import type { Level, Position } from '../../../domain/primitives.ts';
import { tableOf } from '../../documents/table.ts';
import { instantOfIso } from '../../documents/times.ts';
import { positionOf } from '../../geography/geography.ts';
import { levelWithoutImpact } from '../earthquakes/quake-values.ts';

/** Full-width digits, letters and brackets as ASCII ones: JMA writes "Ｍ４．２" and "（予報）". */
export const narrowed = (text: string | undefined): string => (text ?? '').normalize('NFKC').trim();

/** Degrees of an ISO 6709 part: whole degrees, or degrees and minutes (and seconds) run together, told by the digits before the point. */
const degreesOf = (sign: string, digits: string, degreeDigits: number): number | undefined => {
  const whole = digits.split('.')[0]!.length;
  const steps = whole <= degreeDigits ? 0 : whole <= degreeDigits + 2 ? 1 : 2;
  const width = whole - 2 * steps;
  const [degrees, minutes, seconds] = [
    Number(digits.slice(0, steps === 0 ? undefined : width)),
    steps === 0 ? 0 : Number(digits.slice(width, steps === 1 ? undefined : width + 2)),
    steps === 2 ? Number(digits.slice(width + 2)) : 0,
  ];
  if (!(minutes < 60) || !(seconds < 60)) return undefined;
  return (sign === '-' ? -1 : 1) * Number((degrees + minutes / 60 + seconds / 3600).toFixed(6));
};

/**
 * ISO 6709 as JMA writes it: "+35.1+137.3-40000/" (degrees) or "+3624.38+13831.38+2568/" (degrees and minutes), with the
 * height in metres where it is known (below ground is negative). Undefined when it is no position.
 */
export const jmaPoint = (
  text: string | undefined,
): { position: Position; heightMetres: number | undefined } | undefined => {
  const match = narrowed(text).match(
    /^([+-])(\d{1,6}(?:\.\d*)?|\.\d+)([+-])(\d{1,7}(?:\.\d*)?|\.\d+)([+-]\d+(?:\.\d+)?)?\/?$/,
  );
  if (!match) return undefined;
  const [, north, latitude, east, longitude, height] = match;
  const position = positionOf(degreesOf(north!, latitude!, 2), degreesOf(east!, longitude!, 3));
  return position && { position, heightMetres: height === undefined ? undefined : Number(height) };
};

/** The JMA scale in its order, with the lower bound of the instrumental intensity of each step (JMA, table of 1996). */
const intensities = tableOf({
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  '5-': 4.5,
  '5+': 5,
  '6-': 5.5,
  '6+': 6,
  '7': 7,
});

/** A step of the JMA seismic intensity scale: "5-" is 5 lower (5弱), "5+" 5 upper (5強). */
export type JmaIntensity = { step: string; measure: Measure };

/** Reads "3", "5-", "５強", "震度６弱", or the number of P2P (45); undefined for 0 and for anything else. */
export const jmaIntensity = (text: string | undefined): JmaIntensity | undefined => {
  const plain = narrowed(text).replace(/^震度/, '').replace(/弱$/, '-').replace(/強$/, '+');
  const value = intensities.get(plain);
  return value === undefined
    ? undefined
    : { step: plain, measure: { name: 'maximumJmaIntensity', value, unit: 'JMA' } };
};

/**
 * Shaking says how strong it was where people felt it, not whether help from abroad is needed: Japan's own means meet
 * intensities that are disasters elsewhere. So the rule is that for sources without a scale of impact.
 */
export const jmaQuakeLevel = (magnitude: number | undefined): { level: Level; levelRule: string } => {
  const { level, levelRule } = levelWithoutImpact(magnitude, 'jma-no-loss-estimate');
  return { level, levelRule };
};

/** Japan keeps UTC+9 all the year. The day (YYYYMMDD) that an instant falls on there. */
export const japaneseDay = (instant: string, daysBefore = 0): string =>
  new Date(Date.parse(instant) + 9 * 3_600_000 - daysBefore * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');

/** "2021/02/18 03:58:00" or 20210218035836, seconds and their fraction optional, read as Japanese time. */
export const instantOfJapaneseTime = (text: string | undefined): string | undefined => {
  const match = narrowed(text).match(
    /^(\d{4})[/-]?(\d\d)[/-]?(\d\d)[ T]?(\d\d):?(\d\d)(?::?(\d\d)(\.\d{1,9})?)?$/,
  );
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = ''] = match;
  return instantOfIso(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}+09:00`);
};

/** "35.1N 137.3E", for titles. */
export const coordinatesInWords = ({ latitude, longitude }: Position): string =>
  `${Math.abs(Number(latitude.toFixed(2)))}${latitude < 0 ? 'S' : 'N'} ${Math.abs(Number(longitude.toFixed(2)))}${longitude < 0 ? 'W' : 'E'}`;

/**
 * The id of one determination of a quake by what it says, for JMA and for those who pass its words on: no two quakes of one
 * minute are reported in the same minute with one place and one magnitude.
 */
export const quakeBulletinId = (
  reportAt: string,
  originAt: string | undefined,
  position: Position | undefined,
  magnitude: number | undefined,
): string[] =>
  originAt === undefined || position === undefined || magnitude === undefined
    ? []
    : [
        `jma-bulletin:EQ-${reportAt.slice(0, 16)}-${originAt.slice(0, 16)}-${position.latitude}-${position.longitude}-M${magnitude}`,
      ];

/** The id of a tsunami bulletin by the second in which JMA sent it: there are no two in one second. */
export const tsunamiBulletinId = (sentAt: string): string => `jma-bulletin:TS-${sentAt}`;
