import { positionOf } from '../../geography/geography.ts';
import type { CapArea } from './cap-message.ts';

/** An honest polygon had 27,150 points; what comes after this many is left out. */
const maximumPoints = 50_000;

const powersOfTen = Array.from({ length: 16 }, (_, power) => Number(`1e${power}`));

/**
 * The decimal number between two indices of a text; NaN when there is none. Number() of so many pieces was a quarter of the
 * time that a message takes; up to 15 digits over a power of ten that is exact, the quotient is the same to the last bit.
 */
export const decimalIn = (text: string, from: number, to: number): number => {
  let at = from;
  const sign = text.charCodeAt(at);
  if (sign === 43 || sign === 45) at += 1;
  let digits = 0;
  let count = 0;
  let point = -1;
  for (; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      digits = digits * 10 + (code - 48);
      count += 1;
    } else if (code === 46 && point < 0) point = count;
    else return numberOf(text.slice(from, to));
  }
  if (count === 0) return Number.NaN;
  if (count > 15) return numberOf(text.slice(from, to));
  const value = point < 0 ? digits : digits / powersOfTen[count - point]!;
  return sign === 45 ? -value : value;
};

/** What is not written plainly: many digits, or "1e-05"; Number() alone takes "" for 0 and "0x10" for 16. */
const numberOf = (text: string): number =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN;

/** "lat,lon" pairs by white space; "lat, lon" and a stray comma at the end of a pair are understood. */
const pairsIn = (text: string): string[] => {
  const tokens = text.split(/\s+/, maximumPoints * 2);
  if (!text.includes(', ') && !text.includes(',\n')) return tokens;
  const pairs: string[] = [];
  for (const token of tokens) {
    const before = pairs.at(-1);
    if (before?.endsWith(',') && before.indexOf(',') === before.length - 1)
      pairs[pairs.length - 1] = before + token;
    else pairs.push(token);
  }
  return pairs;
};

/**
 * The numbers of a polygon written as CAP asks for, "lat,lon lat,lon …", read in one go without a string for each of
 * them: thousands of points are the better part of many messages. Undefined for any other writing.
 */
const plainNumbers = (text: string): number[] | undefined => {
  const numbers: number[] = [];
  const { length } = text;
  let isLongitude = false;
  let negative = false;
  let digits = 0;
  let count = 0;
  let point = -1;
  for (let at = 0; at <= length; at += 1) {
    const code = at < length ? text.charCodeAt(at) : 32;
    if (code >= 48 && code <= 57) {
      digits = digits * 10 + (code - 48);
      count += 1;
    } else if (code === 46 && point < 0) point = count;
    else if (code === 45 && count === 0 && point < 0 && !negative) negative = true;
    else if (code <= 32 && count === 0 && !isLongitude && !negative && point < 0) continue;
    else if (count > 0 && count <= 15 && (isLongitude ? code <= 32 : code === 44)) {
      const value = point < 0 ? digits : digits / powersOfTen[count - point]!;
      numbers.push(negative ? -value : value);
      isLongitude = !isLongitude;
      negative = false;
      digits = 0;
      count = 0;
      point = -1;
    } else return undefined;
  }
  const isWhole = !isLongitude && count === 0;
  return isWhole && numbers.length > 0 && numbers.length <= 2 * maximumPoints ? numbers : undefined;
};

/** The numbers of a polygon however it is written, how many pairs there were, and how many of them are no position. */
const numbersOfPairs = (text: string): { numbers: number[]; pairs: number; broken: number } => {
  const plain = plainNumbers(text);
  if (plain) return { numbers: plain, pairs: plain.length / 2, broken: 0 };
  const pairs = pairsIn(text);
  const numbers: number[] = [];
  let broken = 0;
  for (let index = 0; index < pairs.length && index < maximumPoints; index += 1) {
    const pair = pairs[index]!;
    const comma = pair.indexOf(',');
    const second = pair.indexOf(',', comma + 1);
    const latitude = decimalIn(pair, 0, Math.max(0, comma));
    const longitude = decimalIn(pair, comma + 1, second < 0 ? pair.length : second);
    // A third part is a height, or nothing after a stray comma.
    const more = second >= 0 && pair.indexOf(',', second + 1) >= 0;
    if (more || Number.isNaN(latitude) || Number.isNaN(longitude)) broken += 1;
    else numbers.push(latitude, longitude);
  }
  return { numbers, pairs: pairs.length, broken };
};

const inGermany = (longitude: number, latitude: number) =>
  longitude > 5 && longitude < 16 && latitude > 47 && latitude < 56;

/** Which number of a pair is the latitude: the first by CAP; some feeds turn the pair around, which shows when it cannot be otherwise. */
const isSwapped = (numbers: readonly number[], german: boolean): boolean => {
  if (numbers.length === 0) return false;
  let impossible = true;
  let german2 = german;
  for (let index = 0; index < numbers.length; index += 2) {
    const [first, second] = [numbers[index]!, numbers[index + 1]!];
    if (Math.abs(first) <= 90 || Math.abs(second) > 90) impossible = false;
    if (!inGermany(first, second)) german2 = false;
    if (!impossible && !german2) return false;
  }
  return true;
};

/**
 * Adds a polygon ("lat,lon lat,lon …", first = last) to an area, as a ring of [longitude, latitude]; what is wrong with it
 * goes to `remarks`. `german`: the feed speaks of Germany alone, where the order of a pair can be told.
 */
export const addPolygon = (
  area: CapArea,
  text: string,
  place: string,
  remarks: string[],
  german = false,
): void => {
  if (text === '') return;
  const read = numbersOfPairs(text);
  const { numbers, pairs } = read;
  let { broken } = read;
  const swapped = isSwapped(numbers, german);
  const ring: [number, number][] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    const [latitude, longitude] = swapped
      ? [numbers[index + 1]!, numbers[index]!]
      : [numbers[index]!, numbers[index + 1]!];
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 360) broken += 1;
    else ring.push([longitude, latitude]);
  }
  if (broken > 0) remarks.push(`polygon: ${broken} of ${pairs} pairs are no position`);
  if (pairs > maximumPoints) remarks.push(`polygon: more than ${maximumPoints} points`);
  if (swapped && !german) remarks.push('polygon: written longitude first');
  if (ring.length < 3) {
    remarks.push('polygon: fewer than 3 points');
    return;
  }
  const [first, last] = [ring[0]!, ring.at(-1)!];
  if (first[0] !== last[0] || first[1] !== last[1]) remarks.push('polygon: not closed');
  area.outlines.push({ ring });
  area.drawnAt ||= place;
};

/** Adds a circle ("lat,lon radius" in km) to an area; a radius of 0 means a point. */
export const addCircle = (area: CapArea, text: string, place: string, remarks: string[]): void => {
  if (text === '') return;
  const parts = text.split(/[\s,]+/);
  const [latitude, longitude, radius] = [
    numberOf(parts[0] ?? ''),
    numberOf(parts[1] ?? ''),
    numberOf(parts[2] ?? ''),
  ];
  const position = positionOf(latitude, longitude);
  if (position === undefined || parts.length > 3 || Number.isNaN(radius) || radius < 0) {
    remarks.push('circle: no position with a radius');
    return;
  }
  if (radius === 0) area.points.push(position);
  else area.outlines.push({ ...position, radiusKm: radius });
  area.drawnAt ||= place;
};
