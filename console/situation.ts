/// <reference lib="dom" />
import { hasEnded } from '../functions/deployments/states.ts';
import type { FeedView } from '../functions/desk/feed-view.ts';
import type { Deployment } from '../functions/domain/deployment.ts';
import { pageOf, pageOfEvent } from './address.ts';
import { age, card, el, level, part, table, timeLeft } from './dom.ts';
import { doubtfulMerges, type WaitingDoubt } from './doubts.ts';
import { showFeeds } from './feeds.ts';
import { byLevel, inTurn, titleOf, type WaitingDeployment, waitsForAPerson } from './waiting.ts';
import { doubtsByEvent, type ListedEvent } from './whole-event.ts';
import { count, deskClock } from './words.ts';

/** More events than this fold in: a day of quakes is 200, and none of them may hide what is grave. */
const MOST_EVENTS = 40;

/** All that waits for a person, in deployments and in events, in one order. */
export const allThatWaits = (
  events: ListedEvent[],
  deployments: Deployment[],
  now: number,
  inDrills = false,
): (WaitingDeployment | WaitingDoubt)[] =>
  [...waitsForAPerson(deployments, now, inDrills), ...doubtfulMerges(events, deployments, inDrills)].sort(
    inTurn,
  );

const CLASS = { Now: 'now', Soon: 'soon', 'When you can': 'later' } as const;

const todo = (item: WaitingDeployment | WaitingDoubt): HTMLElement =>
  el(
    'li',
    { class: `todo ${CLASS[item.priority]}` },
    el(
      'p',
      { class: 'row between' },
      el('b', { class: 'priority' }, item.priority),
      item.decideBy
        ? el('span', {}, 'standard ', deskClock(Date.parse(item.decideBy)), ' · ', timeLeft(item.decideBy))
        : el('span', {}, 'for ', age(item.since)),
    ),
    el('h3', {}, item.what),
    el('p', { class: 'quiet' }, item.consequence),
    el(
      'p',
      {},
      el(
        'a',
        {
          class: 'button primary',
          href: 'eventId' in item ? pageOfEvent(item.eventId) : pageOf(item.deploymentId),
          'data-key': `${'eventId' in item ? item.eventId : item.deploymentId} ${item.what}`,
        },
        item.verb,
      ),
    ),
  );

const deploymentRow = (d: Deployment): HTMLElement =>
  el(
    'tr',
    {},
    el('td', {}, d.drill && el('span', { class: 'chip drill' }, 'DRILL'), el('b', {}, d.state)),
    el(
      'td',
      {},
      el('a', { href: pageOf(d.deploymentId), 'data-key': d.deploymentId }, titleOf(d)),
      el('br'),
      el('small', {}, d.disaster.title),
    ),
    el(
      'td',
      {},
      d.teams.length > 0
        ? count(
            d.teams.reduce((sum, team) => sum + team.required, 0),
            'seat',
          )
        : 'goods',
    ),
    el('td', {}, level(d.disaster.level)),
  );

function eventRow(event: ListedEvent, deployments: Deployment[], events: ListedEvent[]): HTMLElement {
  const own = deployments.filter(
    d => d.eventId === event.eventId || d.furtherEventIds.includes(event.eventId),
  );
  return el(
    'tr',
    {},
    el('td', {}, level(event.level)),
    el('td', {}, el('span', { class: 'chip' }, event.hazard)),
    el(
      'td',
      {},
      event.exercise && el('span', { class: 'chip drill' }, 'EXERCISE'),
      el('a', { class: 'title', href: pageOfEvent(event.eventId), 'data-key': event.eventId }, event.title),
      el('br'),
      el('small', {}, event.countries.join(', ') || 'no country given'),
      doubtsByEvent(event.doubts).map(({ eventId }) =>
        el(
          'p',
          { class: 'doubt' },
          el('span', { class: 'chip' }, '?'),
          'perhaps the same as ',
          el(
            'a',
            { href: pageOfEvent(eventId), 'data-key': `${event.eventId} ${eventId}` },
            events.find(each => each.eventId === eventId)?.title ?? eventId,
          ),
        ),
      ),
    ),
    el('td', {}, age(event.occurredAt)),
    el('td', {}, String(event.alerts.length)),
    el(
      'td',
      {},
      own.length === 0
        ? 'None'
        : own.map(d =>
            el(
              'div',
              {},
              el(
                'a',
                { href: pageOf(d.deploymentId), 'data-key': `${event.eventId} ${d.deploymentId}` },
                d.state,
              ),
            ),
          ),
    ),
  );
}

/** "175 more: 160 Green, 15 Unknown". */
const moreWords = (events: ListedEvent[]): string => {
  const levels = [...new Set(events.map(event => event.level))];
  const each = levels.map(word => `${events.filter(event => event.level === word).length} ${word}`);
  return `${events.length} more: ${each.join(', ')}`;
};

/** What waits for a person first, then the open events, the deployments and the feeds. `now` is the server's, in epoch milliseconds. */
export function showSituation(
  main: HTMLElement,
  events: ListedEvent[],
  deployments: Deployment[],
  feeds: FeedView[] | undefined,
  now: number,
): void {
  const waits = allThatWaits(events, deployments, now);
  const drillWaits = allThatWaits(events, deployments, now, true);
  const open = byLevel(events.filter(event => event.state === 'open'));
  const running = deployments.filter(d => !hasEnded(d));
  const ended = deployments.filter(hasEnded);
  const urgent = waits.filter(item => item.priority === 'Now').length;
  part(main, 'head', [waits.length, urgent, running.length, open.length], () => [
    el('h1', { tabindex: -1 }, 'Situation'),
    el(
      'p',
      { class: 'quiet' },
      el('b', {}, `${count(waits.length, 'thing waits', 'things wait')} for a person`),
      `, ${urgent} of them now · ${count(running.length, 'deployment')} running · ${count(open.length, 'open event')}`,
    ),
  ]);
  let columns = main.querySelector('.columns');
  if (!columns) {
    columns = el('div', { class: 'columns' });
    main.append(columns);
  }
  part(columns, 'waits', [waits, drillWaits], () => [
    card(
      'Waits for a person',
      el('span', {}, String(waits.length)),
      waits.length === 0
        ? el('p', { class: 'in quiet' }, 'Nothing waits for you.')
        : el('ul', { class: 'plain' }, waits.map(todo)),
    ),
    // Never in one list with what is real; but whoever leads a drill must see what waits in it.
    ...(drillWaits.length > 0
      ? [
          card(
            'Waits in a drill',
            el('span', { class: 'chip drill' }, 'DRILL'),
            el('ul', { class: 'plain' }, drillWaits.map(todo)),
          ),
        ]
      : []),
  ]);
  const eventTable = (caption: string, shown: ListedEvent[]): HTMLElement =>
    table(
      'events',
      caption,
      ['Level', 'Type', 'Event', 'Age', 'Messages', 'Deployment'],
      shown.map(event => eventRow(event, deployments, events)),
    );
  part(columns, 'lists', [open, running], () => [
    card(
      'Open events',
      el('span', {}, String(open.length)),
      open.length === 0
        ? el('p', { class: 'in quiet' }, 'No open event. The next alert of a feed appears here by itself.')
        : eventTable('Open events by level', open.slice(0, MOST_EVENTS)),
      open.length > MOST_EVENTS &&
        el(
          'details',
          { class: 'in' },
          el('summary', { 'data-key': 'more events' }, moreWords(open.slice(MOST_EVENTS))),
          eventTable('Further open events', open.slice(MOST_EVENTS)),
        ),
    ),
    card(
      'Deployments',
      el('span', {}, String(running.length)),
      running.length === 0
        ? el('p', { class: 'in quiet' }, 'None is running.')
        : table(
            'deployments',
            'Deployments that run',
            ['State', 'Deployment', 'Size', 'Level'],
            running.map(deploymentRow),
          ),
    ),
  ]);
  showFeeds(columns, feeds);
  part(main, 'ended', ended, () =>
    ended.length === 0
      ? []
      : [
          el(
            'details',
            {},
            el('summary', { 'data-key': 'ended' }, `${count(ended.length, 'deployment')} ended`),
            table(
              'deployments',
              'Deployments that ended',
              ['State', 'Deployment', 'Size', 'Level'],
              ended.slice(0, 30).map(deploymentRow),
            ),
          ),
        ],
  );
}
