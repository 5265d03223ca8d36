import type { NoticeKind } from '../domain/deployment.ts';
import type { Hazard, Language } from '../domain/primitives.ts';
import { countryName } from './country-names.ts';
import type { NoticeToSend } from './due-notices.ts';
import { toAscii, toGsm } from './gsm.ts';
import { dayOf, daysBetween, momentOf, zoneAbbreviation } from './local-time.ts';
import type { NoticeFacts, PolicyWords } from './offer-facts.ts';
import { firstPart } from './reply-code.ts';
import { subjectsEn, wordingEn } from './wording.en.ts';
import { wordingJa } from './wording.ja.ts';
import type { NoticeTextKey, NoticeWording } from './wording.ts';

const WORDINGS: Record<Language, NoticeWording> = { en: wordingEn, ja: wordingJa };

/** A notice with its text, ready to leave. */
export type OutgoingNotice = NoticeToSend &
  ({ channel: 'sms'; text: string } | { channel: 'email'; subject: string; body: string });

/** Writes the message of a due notice; `facts` are those of its reader (`to`). */
export function renderNotice(notice: NoticeToSend, facts: NoticeFacts): OutgoingNotice {
  return notice.channel === 'sms'
    ? { ...notice, channel: 'sms', text: renderSms(notice.kind, facts, notice.language) }
    : { ...notice, channel: 'email', ...renderEmail(notice.kind, facts, notice.language) };
}

/** The SMS of a kind of notice; in English always within the GSM alphabet if its facts have such a form. */
export function renderSms(kind: NoticeKind, facts: NoticeFacts, language: Language): string {
  const { notices, drill } = WORDINGS[language];
  const values = valuesOf(facts, language);
  const text = (facts.drill ? drill.sms : '') + fill(notices[textKeyOf(kind, facts)].sms, values);
  return language === 'en' ? toGsm(text) : text;
}

// SNS refuses subjects of 100 characters and more.
const SUBJECT_LENGTH = 99;

/** The e-mail of a kind of notice: plain text, and a subject in ASCII of fewer than 100 characters, in English in every language. */
export function renderEmail(
  kind: NoticeKind,
  facts: NoticeFacts,
  language: Language,
): { subject: string; body: string } {
  const key = textKeyOf(kind, facts);
  const { notices, drill, footer } = WORDINGS[language];
  const text = `${notices[key].email}\n\n--\n${footer}`;
  return {
    subject: renderSubject(key, facts),
    body: (facts.drill ? drill.email : '') + fill(text, valuesOf(facts, language)),
  };
}

function renderSubject(key: NoticeTextKey, facts: NoticeFacts): string {
  const values = { ...valuesOf(facts, 'en'), role: facts.role.en };
  // A name in Japanese script has no ASCII form; the body says who it is.
  const name = toAscii(facts.personName).replaceAll(/[^A-Za-z]/g, '') ? facts.personName : 'Your employee';
  const subject = toAscii((facts.drill ? 'DRILL: ' : '') + fill(subjectsEn[key], { ...values, name }));
  const plain = subject.replaceAll(/\s+/g, ' ').trim();
  if (plain.length <= SUBJECT_LENGTH) return plain;
  // The code stays: it names the offer.
  const code = ` [${facts.code}]`;
  return `${plain.slice(0, SUBJECT_LENGTH - code.length - 3)}...${code}`;
}

/** The reply to an SMS that names no offer: which code is asked for, and that nothing was recorded. */
export function renderUnplaced(
  reason: 'askForCode' | 'unknownCode',
  policy: Pick<PolicyWords, 'desk'>,
  language: Language,
): string {
  const { name, phone } = policy.desk;
  const text = fill(WORDINGS[language].unplaced[reason], { desk: name[language], phone });
  return language === 'en' ? toGsm(text) : text;
}

/** Which text a kind of notice takes: by reader, kind of offer and, for bad news, whose answer it was. */
function textKeyOf(kind: NoticeKind, facts: NoticeFacts): NoticeTextKey {
  if (facts.to === 'employer') return employerTextKey(kind);
  const isAvailability = facts.kind === 'availability';
  switch (kind) {
    case 'answer recorded':
      if (isAvailability) return 'answer recorded, availability';
      return facts.kind === 'standby' ? 'answer recorded, stand-by' : kind;
    case 'declined':
      return employerTurnedDown(facts) ?? kind;
    case 'window ended':
      if (isAvailability) return 'window ended, availability';
      return facts.memberAnswer === 'yes' ? 'window ended for employer' : kind;
    case 'stand down':
      if (isAvailability) return 'stand down, availability';
      return employerTurnedDown(facts) ?? kind;
    default:
      return kind;
  }
}

/** A person who said yes is told when it was the employer who said no, or nothing, that ended it. */
function employerTurnedDown(facts: NoticeFacts): NoticeTextKey | null {
  if (facts.memberAnswer !== 'yes') return null;
  if (facts.employerAnswer === 'no') return 'declined by employer';
  return facts.employerAnswer === null && facts.state === 'Silent' ? 'window ended for employer' : null;
}

function employerTextKey(kind: NoticeKind): NoticeTextKey {
  switch (kind) {
    case 'employer request':
      return kind;
    case 'answer unclear':
    case 'deploy':
    case 'declined':
    case 'window ended':
    case 'stand down':
    case 'home':
      return `to employer, ${kind}`;
    default:
      throw new RangeError(`No message of the kind "${kind}" goes to an employer.`);
  }
}

/** What the placeholders stand for, in one language; times on the desk's clock. */
function valuesOf(facts: NoticeFacts, language: Language): Record<string, string> {
  const { desk, disaster } = facts;
  const zone = desk.timeZone;
  const { hazards, facts: factsBlock, howTo } = WORDINGS[language];
  const moment = (at: string) => `${momentOf(at, zone, language)} ${zoneAbbreviation(zone, at)}`;
  const values = {
    desk: desk.name[language],
    phone: desk.phone,
    code: facts.code,
    short: firstPart(facts.code),
    link: facts.link,
    place: placeOf(facts, language),
    hazard: hazards[disaster.hazard],
    occurred: dayOf(disaster.occurredAt, zone, language),
    title: disaster.title,
    team: inSentence(facts.team[language]),
    role: inSentence(facts.role[language]),
    bring: facts.bring[language] || '-',
    assembly: desk.assemblyPoint[language],
    assembleBy: moment(facts.assembleBy),
    assembleDay: dayOf(facts.assembleBy, zone, language),
    home: dayOf(facts.homeAt, zone, language),
    days: String(daysBetween(facts.assembleBy, facts.homeAt)),
    answerBy: moment(facts.answerBy),
    employerAnswerBy: moment(facts.employerAnswerBy ?? facts.answerBy),
    name: facts.personName,
  };
  return { ...values, facts: fill(factsBlock, values), howTo: fill(howTo, values) };
}

/** "earthquake", "地震". */
export function hazardName(hazard: Hazard, language: Language): string {
  return WORDINGS[language].hazards[hazard];
}

/** Where the mission goes: the country, or the disaster's title when it has none. */
export function placeOf(facts: Pick<NoticeFacts, 'disaster'>, language: Language): string {
  const { country, countryName: name, title } = facts.disaster;
  return name || country ? countryName(country, name || title, language) : title;
}

/** "Dog handler" -> "dog handler"; an abbreviation ("ICU nurse") keeps its capitals. */
export function inSentence(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? name[0]!.toLowerCase() + name.slice(1) : name;
}

/** Puts values in place of {placeholders}; one without a value is a mistake in the wording. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new RangeError(`The wording asks for {${key}}, which has no value.`);
    return value;
  });
}
