import type { Instant, Language, Wording } from '../../domain/primitives.ts';

/** "45 min", "3 h", "9 h 5 min"; "45分", "3時間", "9時間5分". Whole minutes, 0 or more. */
export function duration(minutes: number, language: Language): string {
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  const [h, min] = language === 'ja' ? ['時間', '分'] : [' h', ' min'];
  if (hours === 0) return `${rest}${min}`;
  if (rest === 0) return `${hours}${h}`;
  return `${hours}${h}${language === 'ja' ? '' : ' '}${rest}${min}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment on the clock of an IANA zone. Making a format takes far longer than using one. */
function partsOf(at: Instant, timeZone: string): Record<string, string> {
  let format = formats.get(timeZone);
  if (!format) {
    // en-US and not en-GB: its month is "Sep" and not "Sept".
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dayFrom = ({ year, month = '', day: date }: Record<string, string>, language: Language): string =>
  language === 'ja' ? `${year}年${months.indexOf(month) + 1}月${date}日` : `${date} ${month} ${year}`;

/** "5 Mar 2027", "2027年3月5日": the day that the moment falls on in this IANA zone. */
export const day = (at: Instant, timeZone: string, language: Language): string =>
  dayFrom(partsOf(at, timeZone), language);

/** "2 Mar 2026 21:00", "2026年3月2日 21:00", in this IANA zone. */
export function moment(at: Instant, timeZone: string, language: Language): string {
  const parts = partsOf(at, timeZone);
  return `${dayFrom(parts, language)} ${parts.hour}:${parts.minute}`;
}

const languageNames = {
  en: new Intl.DisplayNames(['en'], { type: 'language' }),
  ja: new Intl.DisplayNames(['ja'], { type: 'language' }),
};

/** "Turkish", "トルコ語"; what is no code of a language stays as it is. */
export function languageName(code: string, language: Language): string {
  try {
    return languageNames[language].of(code) ?? code;
  } catch {
    return code;
  }
}

/** "a", "a and b", "a, b and c"; "a、b、c". */
export function list(items: readonly string[], language: Language): string {
  if (language === 'ja' || items.length < 2) return items.join('、');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** What roles and teams are called; what has no name is called by its code: "fire rescue". */
export type Names = { roles: Readonly<Record<string, Wording>>; teams: Readonly<Record<string, Wording>> };

/** The names that the policy gives. */
export const namesOf = (policy: {
  roles: readonly { role: string; name: Wording }[];
  teams: readonly { teamType: string; name: Wording }[];
}): Names => ({
  roles: Object.fromEntries(policy.roles.map(({ role, name }) => [role, name])),
  teams: Object.fromEntries(policy.teams.map(({ teamType, name }) => [teamType, name])),
});

export const noNames: Names = { roles: {}, teams: {} };

/** A role inside a sentence: "fire rescue" where a heading says "Fire rescue"; "ICU nurse" stays. */
export const roleName = (names: Names, role: string, language: Language): string =>
  inSentence(named(names.roles, role)?.[language] ?? inWords(role));

/** A team inside a sentence: "rescue team", "救助チーム". */
export function teamName(names: Names, teamType: string, language: Language): string {
  const name = named(names.teams, teamType)?.[language];
  return name === undefined
    ? `${inWords(teamType)}${language === 'ja' ? 'チーム' : ' team'}`
    : inSentence(name);
}

const named = (names: Readonly<Record<string, Wording>>, code: string): Wording | undefined =>
  Object.hasOwn(names, code) ? names[code] : undefined;

/** "fire-rescue" -> "fire rescue". */
export const inWords = (code: string): string => code.replaceAll('-', ' ');

const inSentence = (name: string): string =>
  /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
