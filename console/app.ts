/// <reference lib="dom" />

import type { FeedView } from '../functions/desk/feed-view.ts';
import type { Deployment } from '../functions/domain/deployment.ts';
import { type Page, pageIn } from './address.ts';
import { chooseSeat } from './board.ts';
import { tellOf } from './decisions.ts';
import { showDeployment } from './deployment.ts';
import { connect, type Shown, updateDialog } from './dialog.ts';
import { byId, el, part, tick } from './dom.ts';
import { showEvent } from './event.ts';
import { tellOfSorting } from './event-choices.ts';
import { remembered } from './remembered.ts';
import { ask, forgetToken, keepToken, person, type Refused, takeTokenFromAddress } from './session.ts';
import { allThatWaits, showSituation } from './situation.ts';
import { isAbout, progressOf, type Sorting, sortingOf } from './sorting.ts';
import { titleOf } from './waiting.ts';
import type { Whole } from './whole.ts';
import type { ListedEvent, WholeEvent } from './whole-event.ts';
import { count, deskClock, span } from './words.ts';

const POLL_MS = 2000;
const MOST_MS = 30_000;
const SPEAK_EVERY_MS = 20_000;
const EVENT_POLL_MS = 5000;
const OLDEST_EVENTS_MS = 30_000;
const OLDEST_FEEDS_MS = 15_000;
const FOLLOW_SORTING_MS = 600_000;

const main = byId('main');
let clockAhead = 0;
let heardAt = 0;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Grows with every change of page and every poll: an answer to an older one is not shown. */
let turn = 0;
let shownPage = '';
let spoken = { at: 0, text: '' };
let knownNow = -1;

/** The open events count on every page, for what waits; they are news on Situation alone. */
const openEvents = remembered<{ events: ListedEvent[] }>('/api/events?state=open');
const feeds = remembered<{ feeds: FeedView[] }>('/api/feeds');
let sorting: Sorting | undefined;

const now = (): number => Date.now() + clockAhead;
/** A decision about an event was taken here and its outcome is looked for. */
const isSorting = (): boolean => sorting !== undefined && now() - sorting.sentAt < FOLLOW_SORTING_MS;

/** Speaks politely, at most once in 20 s, and only when there is something new. */
function speak(text: string): void {
  if (text === spoken.text || Date.now() - spoken.at < SPEAK_EVERY_MS) return;
  if (spoken.text) byId('polite').textContent = text;
  spoken = { at: Date.now(), text };
}

function pageProblem({ title, detail, status }: Refused): void {
  part(main, 'problem', [title, detail], () => [
    el(
      'div',
      { class: 'note bad', role: 'alert' },
      el('b', {}, title),
      ` ${detail}`,
      status === 404 && [' ', el('a', { href: '/#/situation' }, 'Back to Situation')],
    ),
  ]);
}

function signIn(why: string): void {
  const dialog = byId<HTMLDialogElement>('sign-in');
  byId('sign-in-why').textContent = why;
  if (!dialog.open) dialog.showModal();
}

/** Reads what the page needs and shows it. Answers what was read, for a dialog that checks itself. */
async function poll(): Promise<Shown> {
  clearTimeout(timer);
  turn += 1;
  const mine = turn;
  const page = pageIn(location.hash);
  showWho();
  if (!person()) {
    signIn('');
    return {};
  }
  const onSituation = page.kind === 'situation';
  const [list, events, heard, whole, event] = await Promise.all([
    ask<{ deployments: Deployment[] }>('/api/deployments'),
    openEvents.read(onSituation || isSorting() ? 0 : OLDEST_EVENTS_MS),
    onSituation ? feeds.read(OLDEST_FEEDS_MS) : undefined,
    page.kind === 'deployment' ? ask<Whole>(`/api/deployments/${encodeURIComponent(page.id)}`) : undefined,
    page.kind === 'event' ? ask<WholeEvent>(`/api/events/${encodeURIComponent(page.id)}`) : undefined,
  ]);
  const shown: Shown = {
    deployment: whole && 'value' in whole ? whole.value : undefined,
    event: event && 'value' in event ? event.value : undefined,
  };
  if (mine !== turn) return shown;
  const answers = [list, events, heard, whole, event].flatMap(each => each ?? []);
  const refused = answers.flatMap(each => ('refused' in each ? [each.refused] : []))[0];
  const lost = answers.some(each => 'lost' in each) || (refused?.status ?? 0) >= 500;
  failures = lost ? failures + 1 : 0;
  if (!lost) heardAt = Date.now();
  if (refused?.status === 401) {
    signIn('Your sign-in has ended. What you typed is kept.');
    return {};
  }
  if ('value' in list) {
    if (Math.abs(list.clockAhead) > 2000 || clockAhead !== 0) clockAhead = list.clockAhead;
    showPage(page, list.value.deployments, shown, !refused);
  }
  if (refused && !lost) pageProblem(refused);
  plan();
  return shown;
}

function showPage(page: Page, deployments: Deployment[], shown: Shown, fine: boolean): void {
  const who = person();
  if (!who) return;
  const { deployment, event } = shown;
  const events = openEvents.value()?.events;
  const name = page.kind === 'situation' ? page.kind : `${page.kind} ${page.id}`;
  const fresh = name !== shownPage;
  if (fresh) {
    main.replaceChildren();
    chooseSeat();
    shownPage = name;
    spoken = { at: 0, text: '' };
  }
  if (fine) part(main, 'problem', null, () => []);
  const waits = allThatWaits(events ?? [], deployments, now());
  const urgent = waits.filter(item => item.priority === 'Now').length;
  if (knownNow >= 0 && urgent > knownNow)
    byId('assertive').textContent = `${count(urgent, 'thing waits', 'things wait')} for a person now`;
  knownNow = urgent;
  part(byId('to-situation'), 'label', waits.length, () => [
    'Situation',
    ...(waits.length > 0 ? [el('b', { class: 'badge' }, String(waits.length))] : []),
  ]);
  byId('to-situation').toggleAttribute('aria-current', page.kind === 'situation');
  if (deployment) {
    showDeployment(main, deployment, who, now);
    speak(
      `${deployment.state}. ${deployment.seats.filter(seat => seat.state === 'Both consents' || seat.state === 'Confirmed').length} of ${count(deployment.seats.length, 'seat')} filled`,
    );
  } else if (event && page.kind === 'event') {
    const mine = sorting && isAbout(sorting, event) ? sorting : undefined;
    showEvent(main, event, {
      asked: page.id,
      person: who,
      deployments,
      events: events ?? [],
      sorting: mine,
      now,
    });
    speak(
      mine && progressOf(mine, event, now()) === 'done'
        ? 'The sources have been sorted anew.'
        : `${event.level}, ${event.state}. ${count(event.messages.length, 'message')} of ${count(event.sources.length, 'source')}`,
    );
  } else if (events && page.kind === 'situation') {
    showSituation(main, events, deployments, feeds.value()?.feeds, now());
    speak(`${count(waits.length, 'thing waits', 'things wait')} for a person`);
  }
  updateDialog(shown);
  const mark = deployment?.drill ? 'DRILL · ' : event?.exercise ? 'EXERCISE · ' : '';
  const title = deployment
    ? titleOf(deployment)
    : (event?.title ?? (page.kind === 'situation' ? 'Situation' : page.id));
  document.title = `${mark}${waits.length > 0 ? `(${waits.length}) ` : ''}${title} · Relief Dispatch`;
  if (fresh) main.querySelector<HTMLElement>('h1')?.focus();
  everySecond();
}

/** The next poll: in 2 s (5 s for an event, where messages come by the minute), later and later while nothing answers, never while nobody looks. */
function plan(): void {
  clearTimeout(timer);
  if (document.hidden) return;
  const pace = pageIn(location.hash).kind === 'event' && !isSorting() ? EVENT_POLL_MS : POLL_MS;
  const wait = Math.min(MOST_MS, pace * 2 ** Math.min(failures, 4));
  timer = setTimeout(() => void poll(), failures > 0 ? wait * (0.75 + Math.random() / 2) : wait);
}

function showWho(): void {
  const who = person();
  byId('who').textContent = who?.name ?? '';
  byId('roles').textContent = who?.roles.join(', ') ?? '';
  byId('roles').hidden = !who;
  byId('sign-out').hidden = !who;
}

function everySecond(): void {
  tick(now());
  byId('clock-utc').textContent = new Date(now()).toISOString().slice(11, 19);
  byId('clock-desk').textContent = deskClock(now());
  const silent = Date.now() - heardAt;
  const stale = heardAt > 0 && silent > 10_000;
  byId('dot').classList.toggle('hollow', heardAt === 0 || stale);
  byId('live').textContent =
    heardAt === 0
      ? person()
        ? 'Reading…'
        : 'Not signed in'
      : stale
        ? `Last heard ${deskClock(heardAt + clockAhead)} (${span(silent)})`
        : 'Live';
  document.documentElement.classList.toggle('stale', stale);
  const offline = byId('offline');
  offline.hidden = failures < 2;
  if (!offline.hidden)
    offline.textContent = `No connection${heardAt ? ` since ${deskClock(heardAt + clockAhead)}` : ''}. What you see is from then. Nothing is sent until it is back.`;
}

function told(what: string): void {
  byId('polite').textContent = `Done. ${what}`;
  part(main, 'told', what, () => [el('p', { class: 'note' }, el('b', {}, 'Done. '), what)]);
  main.prepend(main.querySelector(':scope > [data-part="told"]')!);
  void poll();
}

takeTokenFromAddress();
// The desk's messages link to /deployments/D-…; the page itself lives behind the hash.
if (/^\/(deployments|events)\//.test(location.pathname))
  history.replaceState(null, '', `/#${location.pathname}`);
connect(poll);
tellOf(told);
tellOfSorting((seen, decisions) => {
  sorting = sortingOf(seen, decisions, openEvents.value()?.events ?? [], now());
  byId('polite').textContent = 'Recorded; the sources are being sorted anew.';
  void poll();
});
byId('local').hidden = !['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
byId('sign-in').addEventListener('cancel', event => event.preventDefault());
byId('sign-in-form').addEventListener('submit', event => {
  event.preventDefault();
  const input = byId<HTMLInputElement>('token');
  if (!keepToken(input.value)) {
    byId('sign-in-error').textContent = 'This is not a token. Paste the whole line of the file.';
    input.focus();
    return;
  }
  input.value = '';
  byId('sign-in-error').textContent = '';
  byId<HTMLDialogElement>('sign-in').close();
  void poll();
});
byId('sign-out').addEventListener('click', () => {
  forgetToken();
  location.replace('/');
});
window.addEventListener('hashchange', () => {
  takeTokenFromAddress();
  void poll();
});
document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : void poll()));
setInterval(everySecond, 1000);
void poll();
