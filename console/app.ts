/// <reference lib="dom" />
import type { Deployment } from '../functions/domain/deployment.ts';
import type { DisasterEvent } from '../functions/domain/event.ts';
import { chooseSeat } from './board.ts';
import { connect, updateDecision } from './decisions.ts';
import { showDeployment } from './deployment.ts';
import { byId, el, part, tick } from './dom.ts';
import { ask, forgetToken, keepToken, person, type Refused, takeTokenFromAddress } from './session.ts';
import { showSituation } from './situation.ts';
import { titleOf, waitsForAPerson } from './waiting.ts';
import type { Whole } from './whole.ts';
import { count, deskClock, span } from './words.ts';

const POLL_MS = 2000;
const MOST_MS = 30_000;
const SPEAK_EVERY_MS = 20_000;

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

const now = (): number => Date.now() + clockAhead;
const deploymentInAddress = (): string | undefined => {
  const id = /^#\/deployments\/(.+)$/.exec(location.hash)?.[1];
  return id && decodeURIComponent(id);
};

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

/** Reads what the page needs and shows it. Answers the deployment that was read, for a decision that checks itself. */
async function poll(): Promise<Whole | undefined> {
  clearTimeout(timer);
  turn += 1;
  const mine = turn;
  const id = deploymentInAddress();
  const who = person();
  showWho();
  if (!who) {
    signIn('');
    return undefined;
  }
  const [list, events, whole] = await Promise.all([
    ask<{ deployments: Deployment[] }>('/api/deployments'),
    id ? undefined : ask<{ events: DisasterEvent[] }>('/api/events?state=open'),
    id ? ask<Whole>(`/api/deployments/${encodeURIComponent(id)}`) : undefined,
  ]);
  if (mine !== turn) return whole && 'value' in whole ? whole.value : undefined;
  const answers = [list, events, whole].flatMap(each => each ?? []);
  const refused = answers.flatMap(each => ('refused' in each ? [each.refused] : []))[0];
  const lost = answers.some(each => 'lost' in each) || (refused?.status ?? 0) >= 500;
  failures = lost ? failures + 1 : 0;
  if (!lost) heardAt = Date.now();
  if (refused?.status === 401) {
    signIn('Your sign-in has ended. What you typed is kept.');
    return undefined;
  }
  if ('value' in list) {
    if (Math.abs(list.clockAhead) > 2000 || clockAhead !== 0) clockAhead = list.clockAhead;
    showPage(
      id,
      list.value.deployments,
      events && 'value' in events ? events.value.events : undefined,
      whole && 'value' in whole ? whole.value : undefined,
      !refused,
    );
  }
  if (refused && !lost) pageProblem(refused);
  plan();
  return whole && 'value' in whole ? whole.value : undefined;
}

function showPage(
  id: string | undefined,
  deployments: Deployment[],
  events: DisasterEvent[] | undefined,
  whole: Whole | undefined,
  fine: boolean,
): void {
  const who = person();
  if (!who) return;
  const page = id ?? 'situation';
  const fresh = page !== shownPage;
  if (fresh) {
    main.replaceChildren();
    chooseSeat();
    shownPage = page;
    spoken = { at: 0, text: '' };
  }
  if (fine) part(main, 'problem', null, () => []);
  const waits = waitsForAPerson(deployments, now());
  const urgent = waits.filter(item => item.priority === 'Now').length;
  if (knownNow >= 0 && urgent > knownNow)
    byId('assertive').textContent = `${count(urgent, 'thing waits', 'things wait')} for a person now`;
  knownNow = urgent;
  part(byId('to-situation'), 'label', waits.length, () => [
    'Situation',
    ...(waits.length > 0 ? [el('b', { class: 'badge' }, String(waits.length))] : []),
  ]);
  byId('to-situation').toggleAttribute('aria-current', !id);
  if (whole) {
    showDeployment(main, whole, who, now);
    updateDecision(whole);
    speak(
      `${whole.state}. ${whole.seats.filter(seat => seat.state === 'Both consents' || seat.state === 'Confirmed').length} of ${count(whole.seats.length, 'seat')} filled`,
    );
  } else if (events) {
    showSituation(main, events, deployments, now());
    speak(`${count(waits.length, 'thing waits', 'things wait')} for a person`);
  }
  document.title = `${whole?.drill ? 'DRILL · ' : ''}${waits.length > 0 ? `(${waits.length}) ` : ''}${whole ? titleOf(whole) : 'Situation'} · Relief Dispatch`;
  if (fresh) main.querySelector<HTMLElement>('h1')?.focus();
  everySecond();
}

/** The next poll: in 2 s, later and later while nothing answers, never while nobody looks. */
function plan(): void {
  clearTimeout(timer);
  if (document.hidden) return;
  const wait = Math.min(MOST_MS, POLL_MS * 2 ** Math.min(failures, 4));
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
if (location.pathname.startsWith('/deployments/')) history.replaceState(null, '', `/#${location.pathname}`);
connect(told, poll);
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
