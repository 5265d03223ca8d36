import type { Instant, Language } from '../domain/primitives.ts';
import { DAY } from '../domain/time.ts';

type Parts = { weekday: string; day: string; month: string; hour: string; minute: string };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Parts of a moment on the clock of an IANA zone. */
function partsOf(at: Instant, timeZone: string, language: Language): Parts {
  const key = `${language} ${timeZone}`;
  let format = formats.get(key);
  if (!format) {
    // en-US and not en-GB: its month is "Sep" and not "Sept".
    format = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-US', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: language === 'ja' ? 'numeric' : 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(key, format);
  }
  const found = Object.fromEntries(format.formatToParts(new Date(at)).map(part => [part.type, part.value]));
  return {
    weekday: found.weekday ?? '',
    day: (found.day ?? '').replace('日', ''),
    month: (found.month ?? '').replace('月', ''),
    hour: found.hour ?? '',
    minute: found.minute ?? '',
  };
}

/** "6 Feb", "2月6日". */
export function dayOf(at: Instant, timeZone: string, language: Language): string {
  const { day, month } = partsOf(at, timeZone, language);
  return language === 'ja' ? `${month}月${day}日` : `${day} ${month}`;
}

/** "Mon 6 Feb", "2月6日（月）". */
export function weekdayOf(at: Instant, timeZone: string, language: Language): string {
  const { weekday } = partsOf(at, timeZone, language);
  const day = dayOf(at, timeZone, language);
  return language === 'ja' ? `${day}（${weekday}）` : `${weekday} ${day}`;
}

/** "21:00". */
export function timeOf(at: Instant, timeZone: string): string {
  const { hour, minute } = partsOf(at, timeZone, 'en');
  return `${hour}:${minute}`;
}

/** "6 Feb 21:00". */
export function momentOf(at: Instant, timeZone: string, language: Language): string {
  return `${dayOf(at, timeZone, language)} ${timeOf(at, timeZone)}`;
}

/** Whole days between two moments, at least 1. */
export function daysBetween(from: Instant, to: Instant): number {
  return Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / DAY));
}

/** "JST": Intl has no English short name for Tokyo but "GMT+9". */
export function zoneAbbreviation(timeZone: string, at: Instant): string {
  if (timeZone === 'Asia/Tokyo') return 'JST';
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' }).formatToParts(
    new Date(at),
  );
  return parts.find(part => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** "Tokyo time", "日本時間". */
export function zoneName(timeZone: string, language: Language): string {
  if (timeZone === 'Asia/Tokyo' && language === 'ja') return '日本時間';
  const city = (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
  return language === 'ja' ? `${city} 時間` : `${city} time`;
}
