import type { Seat } from '../functions/domain/deployment.ts';
import type { Instant, Language, Wording } from '../functions/domain/primitives.ts';
import { HOUR, MINUTE } from '../functions/domain/time.ts';
import { desk, roles, teams } from '../functions/needs/policy.json';

const DAY = 24 * HOUR;
const SECOND = 1000;

/** The console's own language, in which it shows what is kept in both. */
const LANGUAGE: Language = 'en';

/** A text of the system in the console's language. */
export const inWords = (wording: Wording): string => wording[LANGUAGE];

/** A role in the console's language, or its code when the policy in this build does not know it. */
export const roleName = (role: string): string => {
  const known = roles.find(each => each.role === role);
  return known ? inWords(known.name) : role;
};

/** A kind of team in the console's language, or its code. */
export const teamName = (teamType: string): string => {
  const known = teams.find(each => each.teamType === teamType);
  return known ? inWords(known.name) : teamType;
};

/** The INSARAG component or medical section that a role belongs to. */
export const componentOf = (role: string): string =>
  roles.find(each => each.role === role)?.component ?? 'Other';

/** "70 people", "1 person". */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** How long something lasts or lies back: "38 s", "22 m", "4 h 29 m", "3 d 14 h". */
export function span(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} m`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} m`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / HOUR)} h`;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** Time left to a moment: "21:52" (hours and minutes), in the last hour "59:08" with "min", afterwards "+0:14 late". */
export function countdown(until: Instant, now: number): { text: string; unit: string; late: boolean } {
  const left = Date.parse(until) - now;
  if (left >= HOUR)
    return {
      text: `${Math.floor(left / HOUR)}:${two(Math.floor((left % HOUR) / MINUTE))}`,
      unit: 'h',
      late: false,
    };
  if (left >= 0)
    return {
      text: `${two(Math.floor(left / MINUTE))}:${two(Math.floor((left % MINUTE) / SECOND))}`,
      unit: 'min',
      late: false,
    };
  const over = -left;
  return {
    text: `+${Math.floor(over / HOUR)}:${two(Math.floor((over % HOUR) / MINUTE))} late`,
    unit: '',
    late: true,
  };
}

const parts = (at: number, timeZone: string, options: Intl.DateTimeFormatOptions): Record<string, string> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );

const shown = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const;

/** A moment as the desk reads it: "6 Feb 15:05 JST", with the year unless it is this one. */
export function deskTime(at: Instant, now: number, timeZone: string = desk.timeZone): string {
  const { day, month, year, hour, minute } = parts(Date.parse(at), timeZone, shown);
  const thisYear = parts(now, timeZone, shown).year;
  return `${day} ${month}${year === thisYear ? '' : ` ${year}`} ${hour}:${minute} ${zoneName(timeZone)}`;
}

const zoneName = (timeZone: string): string => (timeZone === 'Asia/Tokyo' ? 'JST' : timeZone);

/** Hours and minutes of the desk's clock: "15:05". */
export function deskClock(at: number, timeZone: string = desk.timeZone): string {
  const { hour, minute } = parts(at, timeZone, { hour: '2-digit', minute: '2-digit' });
  return `${hour}:${minute}`;
}

/** Milliseconds by which a zone is ahead of UTC at a moment. */
function aheadOfUtc(at: number, timeZone: string): number {
  const p = parts(at, timeZone, { ...shown, month: '2-digit', second: '2-digit' });
  const local = Date.UTC(+p.year!, +p.month! - 1, +p.day!, +p.hour!, +p.minute!, +p.second!);
  return local - Math.floor(at / SECOND) * SECOND;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * What somebody typed as a time of the desk: "now", "1238", "12:38" (the last time it was so), "6 Feb 12:38",
 * "6 Feb 2023 12:38", "2023-02-06 12:38", or ISO with Z. Undefined when it is none of these.
 */
export function readMoment(text: string, now: number, timeZone: string = desk.timeZone): Instant | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === 'now') return new Date(Math.floor(now / MINUTE) * MINUTE).toISOString();
  if (/^\d{4}-\d\d-\d\dt\d\d:\d\d(:\d\d(\.\d+)?)?z$/.test(typed))
    return instant(Date.parse(typed.toUpperCase()));
  const today = parts(now, timeZone, { ...shown, month: '2-digit' });
  const at = (y: number, m: number, d: number, h: number, min: number): number => {
    const local = Date.UTC(y, m - 1, d, h, min);
    const valid = new Date(local).getUTCDate() === d && h < 24 && min < 60;
    return valid ? local - aheadOfUtc(local - aheadOfUtc(local, timeZone), timeZone) : Number.NaN;
  };
  const clock = /^(\d{1,2}):?(\d\d)$/.exec(typed);
  if (clock) {
    const moment = at(+today.year!, +today.month!, +today.day!, +clock[1]!, +clock[2]!);
    return instant(moment > now + 10 * MINUTE ? moment - DAY : moment);
  }
  const iso = /^(\d{4})-(\d\d)-(\d\d)[ t](\d\d):(\d\d)$/.exec(typed);
  if (iso) return instant(at(+iso[1]!, +iso[2]!, +iso[3]!, +iso[4]!, +iso[5]!));
  const said = /^(\d{1,2}) ([a-z]{3})[a-z]*(?: (\d{4}))? (\d{1,2}):?(\d\d)$/.exec(typed);
  const month = said ? MONTHS.indexOf(said[2]!) + 1 : 0;
  if (!said || month === 0) return undefined;
  return instant(at(said[3] ? +said[3] : +today.year!, month, +said[1]!, +said[4]!, +said[5]!));
}

const instant = (at: number): Instant | undefined =>
  Number.isNaN(at) ? undefined : new Date(at).toISOString();

const ORDINALS = ['', 'first ask', 'second ask', 'third ask'];

/** A seat as a screen reader says it: "Dog handler, seat 3 of 4, Asked, E-0042, third ask". */
export function seatName(seat: Seat, ofRole: number): string {
  const asked = seat.timesAsked > 1 ? (ORDINALS[seat.timesAsked] ?? `ask ${seat.timesAsked}`) : '';
  const who = seat.expertId ?? '';
  return [
    `${roleName(seat.role)}${seat.critical ? ', critical' : ''}`,
    `seat ${seat.number} of ${ofRole}`,
    seat.state,
    who,
    asked,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Free text with anything long enough to be a telephone number, and any address, taken out. */
export const masked = (text: string): string =>
  text.replace(/\+?\d(?:[ -]?\d){8,}/g, '(number)').replace(/[^\s@]+@[^\s@]+\.[^\s@]+/g, '(address)');

/** A moment in UTC: "20 Jul 2026 06:41 UTC". */
export function utcTime(at: Instant): string {
  const { day, month, year, hour, minute } = parts(Date.parse(at), 'UTC', shown);
  return `${day} ${month} ${year} ${hour}:${minute} UTC`;
}
