/// <reference lib="dom" />
import type { Deployment } from '../functions/domain/deployment.ts';
import { pageOfEvent } from './address.ts';
import { card, el, level, part } from './dom.ts';
import { isTheSame, keepApart, sameAsAnother, takeOut } from './event-choices.ts';
import { showFacts } from './event-facts.ts';
import { showHead } from './event-head.ts';
import { showMessages } from './event-messages.ts';
import type { Person } from './session.ts';
import { goneTo, progressOf, type Sorting } from './sorting.ts';
import { decisionLines, doubtsByEvent, type ListedEvent, type WholeEvent, whyJoined } from './whole-event.ts';
import { deskTime, masked } from './words.ts';

/** What stands around an event on its page. */
export type Around = {
  /** The id in the address: another than the event's when the event took it over. */
  asked: string;
  person: Person;
  deployments: Deployment[];
  /** The open events as they were last read; empty as long as none were. */
  events: ListedEvent[];
  sorting: Sorting | undefined;
  /** The server's now in epoch ms. */
  now: () => number;
};

/** What was read last: a button that was drawn earlier opens its dialog on this. */
let newest: WholeEvent | undefined;

const linkTo = (eventId: string, events: ListedEvent[], key: string): HTMLElement =>
  el(
    'a',
    { href: pageOfEvent(eventId), 'data-key': key },
    events.find(event => event.eventId === eventId)?.title ?? eventId,
  );

/** Shows an event whole. Who may not decide sees no button but the reason; the API checks it. */
export function showEvent(main: HTMLElement, event: WholeEvent, around: Around): void {
  newest = event;
  const { person, events, sorting, now } = around;
  const latest = () => newest ?? event;
  const mayAct = person.roles.some(role => role === 'desk' || role === 'approver');
  const progress = sorting && progressOf(sorting, event, now());
  const waits = progress === 'waits' || progress === 'long';
  const off = !mayAct
    ? 'You may read. Deciding needs the role desk or approver.'
    : waits
      ? 'A decision is being carried out; the next can be taken after it.'
      : undefined;
  const own = around.deployments.filter(
    d => d.eventId === event.eventId || d.furtherEventIds.includes(event.eventId),
  );
  const button = (label: string, key: string, act: () => void, kind = ''): HTMLElement | false =>
    mayAct &&
    el(
      'button',
      { type: 'button', class: kind, 'data-key': key, disabled: off !== undefined, click: act },
      label,
    );

  showHead(main, event, around.asked, own, now);

  const gone = sorting && progress === 'done' ? goneTo(sorting, event, events) : [];
  part(main, 'sorting', [progress, sorting?.seen.eventId, gone], () => {
    if (!sorting || !progress) return [];
    if (progress !== 'done')
      return [
        el(
          'p',
          { class: progress === 'long' ? 'note warn' : 'note', role: 'status' },
          el('b', {}, 'Recorded; '),
          'the sources are being sorted anew.',
          progress === 'long' &&
            ' It takes longer than a minute: other messages may be before it. If nothing changes within ten minutes, decide again.',
        ),
      ];
    return [
      el(
        'p',
        { class: 'note', role: 'status' },
        el('b', {}, 'Sorted anew. '),
        gone.length === 0
          ? 'All that belongs together stands on this page.'
          : gone.flatMap(({ accountId, eventId }, index) => [
              index > 0 ? '; ' : '',
              `${accountId} is now `,
              eventId
                ? el('a', { href: pageOfEvent(eventId), 'data-key': `gone ${accountId}` }, eventId)
                : 'in an event that is not open',
            ]),
      ),
    ];
  });

  const doubts = doubtsByEvent(event.doubts);
  part(
    main,
    'doubts',
    [doubts, doubts.map(({ eventId }) => events.find(e => e.eventId === eventId)?.title), off],
    () =>
      doubts.map(({ eventId, reasons }) => {
        const other = { eventId, title: events.find(each => each.eventId === eventId)?.title ?? eventId };
        return el(
          'section',
          { class: 'card note warn', 'aria-label': `Perhaps the same as ${other.title}` },
          el('h2', {}, 'Perhaps the same as ', linkTo(eventId, events, `doubt ${eventId}`)),
          el('p', {}, `${reasons.map(masked).join('; ')}. They stay two events until you decide.`),
          el(
            'div',
            { class: 'row wrap' },
            button('Is the same…', `same ${eventId}`, () => isTheSame(latest(), other, own)),
            button('Keep apart…', `apart ${eventId}`, () => keepApart(latest(), other)),
            off !== undefined && el('span', { class: 'hint' }, off),
          ),
        );
      }),
  );

  let halves = main.querySelector(':scope > .halves');
  if (!halves) {
    halves = el('div', { class: 'halves' }, el('div', {}), el('div', {}));
    main.append(halves);
  }
  const [said = main, made = main] = halves.children;
  showFacts(said, event);

  part(
    made,
    'merges',
    [event.sources.map(source => [source.accountId, source.says]), event.joins, off],
    () => [
      card(
        'Sources',
        el('span', {}, String(event.sources.length)),
        el(
          'ul',
          { class: 'plain' },
          event.sources.map(source =>
            el(
              'li',
              { class: 'in source' },
              el(
                'div',
                {},
                el('h3', {}, source.accountId),
                source.says.map(voice =>
                  el(
                    'p',
                    { class: 'row wrap' },
                    level(voice.level),
                    el('span', {}, voice.title),
                    voice.cancelled && el('span', { class: 'chip' }, 'withdrawn by the source'),
                  ),
                ),
                source.says.length === 0 &&
                  el('p', { class: 'quiet' }, 'All it said was withdrawn or replaced.'),
                whyJoined(event, source.accountId).map(line => el('p', { class: 'quiet' }, line)),
              ),
              event.sources.length > 1 &&
                button('Take out of this event…', `out ${source.accountId}`, () =>
                  takeOut(latest(), source.accountId, own),
                ),
            ),
          ),
        ),
        el(
          'div',
          { class: 'in row wrap foot' },
          button('The same as another event…', 'another', () => sameAsAnother(latest(), own)),
          off !== undefined && el('span', { class: 'hint' }, off),
        ),
      ),
    ],
  );

  const children = events.filter(each => each.parentEventId === event.eventId);
  part(made, 'family', [event.parentEventId, children.map(({ eventId, title }) => [eventId, title])], () =>
    event.parentEventId === null && children.length === 0
      ? []
      : [
          card(
            'Family',
            null,
            event.parentEventId !== null &&
              el('p', { class: 'in' }, 'Caused by ', linkTo(event.parentEventId, events, 'parent')),
            children.length > 0 &&
              el(
                'p',
                { class: 'in' },
                'Open events caused by it: ',
                children.flatMap(({ eventId }, index) => [
                  index > 0 ? ', ' : '',
                  linkTo(eventId, events, `child ${eventId}`),
                ]),
              ),
          ),
        ],
  );

  const lines = decisionLines(event.decisions);
  part(made, 'decisions', lines, () =>
    lines.length === 0
      ? []
      : [
          card(
            'Decisions of the desk',
            el('span', {}, String(lines.length)),
            el(
              'ol',
              { class: 'in timeline' },
              lines.map(line =>
                el(
                  'li',
                  {},
                  el('time', { datetime: line.at, title: line.at }, deskTime(line.at, now())),
                  el(
                    'span',
                    {},
                    line.kind === 'apart' ? 'Not the same: ' : 'The same: ',
                    line.pairs.map(pair => pair.join(' and ')).join('; '),
                    el('br'),
                    `“${masked(line.reason)}” `,
                    el('small', {}, line.by),
                  ),
                ),
              ),
            ),
          ),
        ],
  );

  showMessages(main, event);
}
