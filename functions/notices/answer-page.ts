import type { Instant, Language } from '../domain/primitives.ts';
import { type Html, html, phrase } from './html.ts';
import { dayOf, daysBetween, momentOf, timeOf, weekdayOf, zoneName } from './local-time.ts';
import { factsOf, type PolicyWords } from './offer-facts.ts';
import { canAnswerBySms, forms, noteForm } from './page-forms.ts';
import type { AnswerPage, PageMessage, PageState } from './page-state.ts';
import { CONTENT_SECURITY_POLICY, PAGE_STYLE } from './page-style.ts';
import { pageWordingEn } from './page-wording.en.ts';
import { pageWordingJa } from './page-wording.ja.ts';
import type { EmployerTextKey, MemberTextKey, PageText, PageWording } from './page-wording.ts';
import { hazardName, inSentence, placeOf } from './rendering.ts';
import { firstPart } from './reply-code.ts';

const WORDINGS: Record<Language, PageWording> = { en: pageWordingEn, ja: pageWordingJa };

const GOOD_NEWS: ReadonlySet<PageMessage> = new Set<PageMessage>(['noted', 'told the desk', 'thank you']);

/** A page and the policy header that lets its style sheet, and nothing else, apply. */
export type RenderedPage = { html: string; contentSecurityPolicy: string };

/** The answer page of one offer in one state. Every answer is a POST to the page's own address; no link holds the token. */
export function renderAnswerPage(page: AnswerPage): RenderedPage {
  const words = WORDINGS[page.language];
  const values = valuesOf(page, words);
  const text = textOf(page, words);
  const head = html`<span><b>${values.desk!}</b><br>${words.offer} <b>${page.offer.code}</b> · ${page.person}</span>`;
  const footer = html`<p class="m">${phoneLine(words, values.phone!)} ${
    canAnswerBySms(page) ? phrase(words.footer.sms, values) : null
  }</p><p class="m">${words.footer.private}</p>`;
  const main = html`${messageBox(page, words)}${heading(page.state, text, values)}${factList(page, words, values)}${forms(page, words)}${(
    text.below ?? []
  ).map(line => html`<p class="m">${phrase(line, values)}</p>`)}${noteForm(page, words)}`;
  return frame(
    page.language,
    `${words.offer} ${firstPart(page.offer.code)}`,
    page.deployment.drill,
    head,
    main,
    footer,
  );
}

/** The page for a token that names nothing, or nothing any more: the same for both, without a hint which. */
export function renderUnknownPage(options: {
  policy: Pick<PolicyWords, 'desk'>;
  language: Language;
}): RenderedPage {
  const { policy, language } = options;
  const words = WORDINGS[language];
  const { title, lead, below = [] } = words.unknown;
  const main = html`<div class="x"><h1>${title}</h1><p>${lead}</p></div>${below.map(line => html`<p>${line}</p>`)}`;
  const footer = html`<p class="m">${phoneLine(words, policy.desk.phone)}</p>`;
  return frame(language, title, false, html`<span><b>${policy.desk.name[language]}</b></span>`, main, footer);
}

function frame(
  language: Language,
  title: string,
  drill: boolean,
  head: Html,
  main: Html,
  footer: Html,
): RenderedPage {
  const other = language === 'en' ? { code: 'ja', label: '日本語' } : { code: 'en', label: 'English' };
  const band = drill ? html`<div class="dr">${WORDINGS[language].drill}</div>` : null;
  const page = html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title}</title><style>${{ html: PAGE_STYLE }}</style></head><body>${band}<div class="p"><header>${head}<span><a href="?lang=${other.code}" lang="${other.code}" hreflang="${other.code}">${other.label}</a></span></header><main>${main}</main><footer>${footer}</footer></div></body></html>`;
  return { html: page.html, contentSecurityPolicy: CONTENT_SECURITY_POLICY };
}

const phoneLine = (words: PageWording, phone: string): Html =>
  html`${words.footer.phone} <a href="tel:${phone.replaceAll(/[^+\d]/g, '')}">${phone}</a>.`;

function textOf(page: AnswerPage, words: PageWording): PageText {
  if (page.audience === 'employer') return words.employer[employerTextKey(page.state)];
  return words.member[memberTextKey(page)];
}

function employerTextKey(state: AnswerPage['state']): EmployerTextKey {
  if (state === 'changed') return 'open';
  return state === 'employer declined' || state === 'employer silent' ? 'filled' : state;
}

function memberTextKey({ state, offer }: AnswerPage): MemberTextKey {
  if (state === 'open' && offer.kind !== 'seat')
    return offer.kind === 'standby' ? 'open, stand-by' : 'open, availability';
  if (state === 'accepted' && offer.kind !== 'seat')
    return offer.kind === 'standby' ? 'accepted, stand-by' : 'accepted, availability';
  if (state === 'accepted' && offer.employer?.answer === 'yes') return 'accepted, both agreed';
  if (state === 'too late' && offer.kind === 'availability') return 'too late, availability';
  return state;
}

function valuesOf(page: AnswerPage, words: PageWording): Record<string, string> {
  const { offer, language, now, person } = page;
  const facts = factsOf(offer, page.deployment, page.policy);
  const zone = facts.desk.timeZone;
  const consent = page.audience === 'member' ? offer.member : offer.employer;
  const isEmployer = page.audience === 'employer';
  const answerBy = isEmployer ? (offer.employerAnswerBy ?? offer.answerBy) : offer.answerBy;
  const moment = (at: Instant | undefined) => (at === undefined ? '' : momentOf(at, zone, language));
  const employerUntil = offer.employerAnswerBy === null ? '' : moment(offer.employerAnswerBy);
  return {
    desk: facts.desk.name[language],
    phone: facts.desk.phone,
    place: placeOf(facts, language),
    team: inSentence(facts.team[language]),
    role: inSentence(facts.role[language]),
    roleName: facts.role[language],
    teamName: facts.team[language],
    bring: facts.bring[language],
    hazard: asTitle(hazardName(facts.disaster.hazard, language)),
    occurred: dayOf(facts.disaster.occurredAt, zone, language),
    assembly: facts.desk.assemblyPoint[language],
    assembleDay: dayOf(offer.assembleBy, zone, language),
    assembleTime: timeOf(offer.assembleBy, zone),
    homeDay: dayOf(offer.homeAt, zone, language),
    days: String(daysBetween(offer.assembleBy, offer.homeAt)),
    answerByDay: weekdayOf(answerBy, zone, language),
    answerByTime: timeOf(answerBy, zone),
    answerByUtc: timeOf(answerBy, 'UTC'),
    zone: zoneName(zone, language),
    now: momentOf(now, zone, language),
    answeredAt: moment(consent?.at ?? now),
    decidedAt: moment(offer.finalWord?.at ?? now),
    employer: page.employerName ?? words.yourEmployer,
    employerUntil: employerUntil === '' ? '' : words.until.replace('{moment}', employerUntil),
    person,
    short: firstPart(offer.code),
  };
}

/** "Earthquake": a fact of its own begins with a capital. */
const asTitle = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function messageBox(page: AnswerPage, words: PageWording): Html | null {
  // An SMS that could not be read is said where it can be answered again.
  const isUnclear = page.audience === 'member' && page.state === 'open' && page.offer.member !== null;
  const message = page.message ?? (isUnclear ? 'answer unclear' : undefined);
  if (message === undefined) return null;
  return html`<div class="x ${GOOD_NEWS.has(message) ? 'ok' : 'w'}" role="${GOOD_NEWS.has(message) ? 'status' : 'alert'}"><p>${words.messages[message]}</p></div>`;
}

const TONES: Partial<Record<PageState, string>> = {
  accepted: 'x ok',
  go: 'x ok',
  changed: 'x w',
  'too late': 'x w',
  'stood down': 'x w',
};

function heading(state: PageState, text: PageText, values: Record<string, string>): Html {
  const title = phrase(text.title, values);
  const lead = phrase(text.lead, values);
  if (state === 'open') return html`<h1>${title}</h1><p class="by">${lead}</p>`;
  return html`<div class="${TONES[state] ?? 'x'}"><h1>${title}</h1><p>${lead}</p></div>`;
}

/** The facts that the decision needs; after it, where to be. */
function factList(page: AnswerPage, words: PageWording, values: Record<string, string>): Html | null {
  const { facts: labels, factValues } = words;
  const row = (label: string, value: Html) => html`<dt>${label}</dt><dd>${value}</dd>`;
  const title = page.deployment.disaster.title;
  const disaster = row(
    labels.disaster,
    html`${phrase(factValues.disaster, values)}<br><small>${title}</small>`,
  );
  const isEmployer = page.audience === 'employer';
  const role = row(isEmployer ? labels.person : labels.role, html`${values.roleName!}`);
  const team = row(labels.team, html`${values.teamName!}`);
  const assembly = row(labels.assembly, phrase('{assembly}, {assembleDay} *{assembleTime}*', values));
  const home = row(labels.home, phrase(factValues.home, values));
  const bring = values.bring ? row(labels.bring, html`${values.bring}`) : null;
  if (page.state === 'changed' && !isEmployer)
    return html`<dl>${changedRows(page, words, values)}${role}${bring}</dl>`;
  if (page.state === 'open' && isEmployer) return html`<dl>${disaster}${role}${team}${home}</dl>`;
  if (page.state === 'open' || (page.state === 'accepted' && !isEmployer)) {
    return html`<dl>${disaster}${role}${assembly}${home}${bring}</dl>`;
  }
  if (page.state === 'go')
    return html`<dl>${isEmployer ? null : assembly}${home}${isEmployer ? null : bring}</dl>`;
  return null;
}

/** What was, struck out, and what is, in bold; what stayed the same says so. */
function changedRows(page: AnswerPage, words: PageWording, values: Record<string, string>): Html {
  const { offer, language, earlier = offer, policy } = page;
  const zone = policy.desk.timeZone;
  const unchanged = (value: string) => phrase(words.factValues.unchanged, { value });
  const row = (label: string, before: string, after: string) =>
    html`<dt>${label}</dt><dd>${before === after ? unchanged(after) : html`<s>${before}</s><br><b>${after}</b>`}</dd>`;
  const meeting = (at: Instant) => `${values.assembly!}, ${momentOf(at, zone, language)}`;
  const home = (at: Instant) => dayOf(at, zone, language);
  return html`${row(words.facts.assembly, meeting(earlier.assembleBy), meeting(offer.assembleBy))}${row(
    words.facts.home,
    home(earlier.homeAt),
    home(offer.homeAt),
  )}`;
}
