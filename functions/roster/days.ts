import type { Instant } from '../domain/primitives.ts';
import { DAY } from '../domain/time.ts';
import { aheadOfUtc } from '../domain/time-zone.ts';

/** A day of the calendar as people write it: `2026-03-31` or `2026/3/31`; null when it is none. */
export const readDay = (text: string): { year: number; month: number; day: number } | null => {
  const parts = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (!parts) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  const read = new Date(Date.UTC(year, month - 1, day));
  const exists = read.getUTCMonth() === month - 1 && read.getUTCDate() === day;
  return exists ? { year, month, day } : null;
};

/** The moment at which a day begins in a zone (IANA name), `daysLater` days after the given one. */
export const startOfDay = (
  date: { year: number; month: number; day: number },
  timeZone: string,
  daysLater = 0,
): Instant => {
  const wanted = Date.UTC(date.year, date.month - 1, date.day) + daysLater * DAY;
  // The zone's distance from UTC is asked at the guess, then at the corrected guess: enough across a clock change.
  const guess = wanted - aheadOfUtc(timeZone, wanted);
  return new Date(wanted - aheadOfUtc(timeZone, guess)).toISOString();
};
