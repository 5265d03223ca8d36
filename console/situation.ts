/// <reference lib="dom" />
import { hasEnded } from '../functions/deployments/states.ts';
import type { Deployment } from '../functions/domain/deployment.ts';
import type { DisasterEvent } from '../functions/domain/event.ts';
import { age, card, el, level, part, timeLeft } from './dom.ts';
import { byLevel, titleOf, type Waiting, waitsForAPerson } from './waiting.ts';
import { count, deskClock } from './words.ts';

export const pageOf = (deploymentId: string): string => `/#/deployments/${encodeURIComponent(deploymentId)}`;

const CLASS = { Now: 'now', Soon: 'soon', 'When you can': 'later' } as const;

const todo = (item: Waiting): HTMLElement =>
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
          href: pageOf(item.deploymentId),
          'data-key': `${item.deploymentId} ${item.what}`,
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

const table = (kind: string, caption: string, heads: string[], rows: HTMLElement[]): HTMLElement =>
  el(
    'div',
    { class: `scroll ${kind}` },
    el(
      'table',
      {},
      el('caption', { class: 'unseen' }, caption),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          heads.map(head => el('th', { scope: 'col' }, head)),
        ),
      ),
      el('tbody', {}, rows),
    ),
  );

function eventRow(event: DisasterEvent, deployments: Deployment[]): HTMLElement {
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
      el('b', {}, event.title),
      el('br'),
      el('small', {}, event.countries.join(', ') || 'no country given'),
    ),
    el('td', {}, age(event.occurredAt)),
    el('td', {}, String(event.alerts.length)),
    el(
      'td',
      {},
      own.length === 0
        ? 'No deployment'
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

/** What waits for a person first, then the open events and the deployments. `now` is the server's, in epoch milliseconds. */
export function showSituation(
  main: HTMLElement,
  events: DisasterEvent[],
  deployments: Deployment[],
  now: number,
): void {
  const waits = waitsForAPerson(deployments, now);
  const drillWaits = waitsForAPerson(deployments, now, true);
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
  part(columns, 'lists', [open, running], () => [
    card(
      'Open events',
      el('span', {}, String(open.length)),
      open.length === 0
        ? el('p', { class: 'in quiet' }, 'No open event. The next alert of a feed appears here by itself.')
        : table(
            'events',
            'Open events by level',
            ['Level', 'Type', 'Event', 'Age', 'Messages', 'Deployment'],
            open.map(event => eventRow(event, deployments)),
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
