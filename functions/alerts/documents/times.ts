import { tableOf } from './table.ts';

/** Every month has 28 days, so only the last ones of a month are looked up. */
const isDayOf = (year: number, month: number, day: number) =>
  day >= 1 && (day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate());

/** Before 1900 no feed speaks: such a date is a missing one ("0001-01-01"). */
const earliest = Date.UTC(1900, 0, 1);

/** From the year 10000 on an instant has no four digits for its year, and does not sort as text. */
const latest = Date.UTC(10_000, 0, 1) - 1;

const instantOf = (milliseconds: number): string | undefined =>
  milliseconds >= earliest && milliseconds <= latest ? new Date(milliseconds).toISOString() : undefined;

/** Milliseconds since 1970 as an instant; undefined when it is no time between 1900 and 9999. */
export const instantOfEpoch = (milliseconds: number): string | undefined => instantOf(milliseconds);

/** Minutes east of Greenwich of "Z", "+09:00", "-0600" or "+09"; undefined beyond the 14 hours that zones reach. */
const offsetOf = (zone: string): number | undefined => {
  if (zone.toUpperCase() === 'Z') return 0;
  const match = zone.match(/^([+-])(\d\d):?(\d\d)?$/);
  if (!match) return undefined;
  const [, sign, hours, minutes = '0'] = match;
  const offset = Number(hours) * 60 + Number(minutes);
  return Number(minutes) > 59 || offset > 14 * 60 ? undefined : sign === '-' ? -offset : offset;
};

type ClockTime = {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  milliseconds: number;
};

/**
 * A calendar date and clock time of a zone as an instant. Days and hours that no calendar has are undefined, not carried
 * over; 24:00 is the next midnight, and a leap second (59:60) the second after it.
 */
const instantAt = (at: ClockTime, offsetMinutes: number): string | undefined => {
  if (at.month < 1 || at.month > 12 || !isDayOf(at.year, at.month, at.day)) return undefined;
  const isMidnight = at.hour === 24 && at.minute === 0 && at.second === 0 && at.milliseconds === 0;
  if ((at.hour > 23 && !isMidnight) || at.minute > 59) return undefined;
  if (at.second > 59 && !(at.second === 60 && at.minute === 59)) return undefined;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  if (at.year < 1000) return undefined;
  return instantOf(
    Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute - offsetMinutes, at.second, at.milliseconds),
  );
};

const isoPattern =
  /^(\d{4})([-/])(\d\d)\2(\d\d)(?:T|\s+)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;

const instantOfParts = (text: string | undefined, zone: string | undefined): string | undefined => {
  // No time is longer, and a crafted one is not worth a look.
  const match = text !== undefined && text.length < 100 ? text.trim().match(isoPattern) : undefined;
  if (!match) return undefined;
  const [, year, , month, day, hour, minute, second = '0', fraction = '', own = zone] = match;
  const offset = own === undefined ? undefined : offsetOf(own);
  if (offset === undefined) return undefined;
  return instantAt(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      milliseconds: Number(fraction.slice(0, 3).padEnd(3, '0')),
    },
    offset,
  );
};

/** ISO 8601 with an offset ("2011-09-02T11:36:50-00:00", seconds optional) as a UTC instant; undefined when it is not that. */
export const instantOfIso = (text: string | undefined): string | undefined =>
  text?.includes('/') ? undefined : instantOfParts(text, undefined);

/**
 * A time of a source whose clock is UTC though it does not say so ("2026-07-18T19:50:37", "2026-07-18 19:50",
 * "2026/07/18 19:50:37"; fractions allowed); an offset that is written counts. Undefined when it is no such time.
 */
export const instantOfUtc = (text: string | undefined): string | undefined => instantOfParts(text, 'Z');

/** The same for a source whose clock has a fixed offset ("+09:00"). */
export const instantInZone = (text: string | undefined, offset: string): string | undefined =>
  instantOfParts(text, offset);

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The zone names of RFC 822; it has no others, and a military letter but Z says nothing. */
const zoneNames = tableOf({
  z: 'Z',
  ut: 'Z',
  utc: 'Z',
  gmt: 'Z',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
});

const rfc822Pattern =
  /^(?:[A-Z]{3,9}\.?,?\s+)?(\d{1,2})[\s-]+([A-Z]{3})[A-Z]{0,6}[\s-]+(\d{4}|\d\d)\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([A-Z]{1,3}|[+-]\d\d:?\d\d)?$/i;

/**
 * RFC 822 as feeds write it ("Thu, 29 Jul 2021 07:35 GMT", "27 May 2026 14:51:04"; weekday, seconds and zone may be missing,
 * no zone is UTC). Not left to Date.parse, which takes local time when the zone is missing.
 */
export const instantOfRfc822 = (text: string | undefined): string | undefined => {
  const match = text !== undefined && text.length < 100 ? text.trim().match(rfc822Pattern) : undefined;
  if (!match) return undefined;
  const [, day, monthName, year, hour, minute, second = '0', zone = 'Z'] = match;
  const offset = offsetOf(/^[A-Z]/i.test(zone) ? (zoneNames.get(zone.toLowerCase()) ?? '') : zone);
  if (offset === undefined) return undefined;
  // RFC 2822 puts the years of two digits between 1950 and 2049.
  const century = year!.length === 4 ? 0 : Number(year) < 50 ? 2000 : 1900;
  return instantAt(
    {
      year: century + Number(year),
      month: months.indexOf(monthName!.toLowerCase()) + 1,
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      milliseconds: 0,
    },
    offset,
  );
};

/** The later of the instants that are there. */
export const latestOf = (instants: readonly (string | null | undefined)[]): string | undefined =>
  instants.reduce<string | undefined>(
    (latest, instant) => (instant && (!latest || instant > latest) ? instant : latest),
    undefined,
  );

/** Seconds between two instants, never negative. */
export const secondsBetween = (a: string, b: string): number =>
  Math.abs(Date.parse(a) - Date.parse(b)) / 1000;

/** An instant moved by seconds, no further than the end of the year 9999. */
export const shifted = (instant: string, seconds: number): string =>
  new Date(Math.min(Date.parse(instant) + seconds * 1000, latest)).toISOString();
