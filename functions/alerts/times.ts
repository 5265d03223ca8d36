const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

const instantOf = (milliseconds: number): string | undefined =>
  Number.isFinite(milliseconds) && Math.abs(milliseconds) <= 8.64e15 && milliseconds >= -2_208_988_800_000
    ? new Date(milliseconds).toISOString()
    : undefined;

/** Milliseconds since 1970 as an instant; undefined when it is no time after 1900. */
export const instantOfEpoch = (milliseconds: number): string | undefined => instantOf(milliseconds);

/** ISO 8601 with an offset ("2011-09-02T11:36:50-00:00", seconds optional) as a UTC instant; undefined when it is not that. */
export const instantOfIso = (text: string | undefined): string | undefined => {
  const match = text
    ?.trim()
    .match(/^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)(:\d\d(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)$/i);
  if (!match) return undefined;
  const [, year, month, day, minutes, seconds = ':00', zone] = match;
  if (Number(day) > daysIn(Number(year), Number(month))) return undefined;
  const offset = zone!.toUpperCase() === 'Z' ? 'Z' : zone!.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  return instantOf(Date.parse(`${year}-${month}-${day}T${minutes}${seconds.replace(',', '.')}${offset}`));
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * RFC 822 as feeds write it ("Thu, 29 Jul 2021 07:35 GMT"; weekday, seconds and zone may be missing, no zone is UTC).
 * Not left to Date.parse, which takes local time when the zone is missing.
 */
export const instantOfRfc822 = (text: string | undefined): string | undefined => {
  const match = text
    ?.trim()
    .match(
      /^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(?:(GMT|UTC|UT|Z)|([+-])(\d\d):?(\d\d))?$/i,
    );
  if (!match) return undefined;
  const [, day, monthName, year, hour, minute, second = '0', , sign, offsetHours, offsetMinutes] = match;
  const month = months.indexOf(monthName!.toLowerCase());
  if (month < 0 || Number(day) < 1 || Number(day) > daysIn(Number(year), month + 1)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const offset = sign ? (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes)) : 0;
  return instantOf(
    Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute) - offset, Number(second)),
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

/** An instant moved by seconds. */
export const shifted = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();
