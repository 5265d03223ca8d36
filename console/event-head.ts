/// <reference lib="dom" />
import { hasEnded } from '../functions/deployments/states.ts';
import type { Deployment } from '../functions/domain/deployment.ts';
import { pageOf } from './address.ts';
import { el, level, part } from './dom.ts';
import type { WholeEvent } from './whole-event.ts';
import { deskTime, utcTime } from './words.ts';

/** What happened, how bad, when, and the deployments that hang on it. `asked` is the id in the address. */
export function showHead(
  main: HTMLElement,
  event: WholeEvent,
  asked: string,
  own: Deployment[],
  now: () => number,
): void {
  const otherTitles = Object.entries(event.titles).filter(([, title]) => title !== event.title);
  const language = Object.entries(event.titles).find(([, title]) => title === event.title)?.[0];
  const lang = (tag: string | undefined) => (tag && tag !== 'und' ? { lang: tag } : {});
  part(
    main,
    'head',
    [
      asked,
      event.eventId,
      event.level,
      event.hazard,
      event.title,
      event.titles,
      event.state,
      event.exercise,
      event.occurredAt,
      event.endedAt,
      event.countries,
      event.updatedAt,
      own.map(({ deploymentId, state }) => [deploymentId, state]),
    ],
    () =>
      [
        el('p', { class: 'hint' }, el('a', { href: '/#/situation' }, 'Situation'), ` / ${event.eventId}`),
        el(
          'h1',
          { tabindex: -1, ...lang(language) },
          event.exercise && el('span', { class: 'chip drill' }, 'EXERCISE'),
          event.title,
        ),
        ...otherTitles.map(([tag, title]) =>
          el(
            'p',
            lang(tag),
            el('span', { class: 'chip' }, tag === 'und' ? 'language not given' : tag),
            title,
          ),
        ),
        el(
          'p',
          { class: 'row wrap quiet' },
          level(event.level),
          el('span', { class: 'chip' }, event.hazard),
          el('b', { class: 'state' }, event.state === 'open' ? 'Open' : 'Closed'),
          el(
            'span',
            {},
            'Began ',
            el('b', {}, utcTime(event.occurredAt)),
            ` · ${deskTime(event.occurredAt, now())}`,
          ),
          event.endedAt !== null && el('span', {}, `Ended ${utcTime(event.endedAt)}`),
          el('span', {}, event.countries.join(', ') || 'No country given'),
          el('span', {}, `Changed ${utcTime(event.updatedAt)}`),
        ),
        el(
          'p',
          {},
          own.length === 0
            ? 'No deployment.'
            : [
                `${own.every(hasEnded) ? 'Deployment, ended' : 'Deployment'}: `,
                ...own.flatMap((d, index) => [
                  index > 0 ? ', ' : '',
                  el('a', { href: pageOf(d.deploymentId), 'data-key': d.deploymentId }, d.deploymentId),
                  ` (${d.state})`,
                ]),
              ],
        ),
        asked !== event.eventId &&
          el('p', { class: 'note below' }, `${asked} was found to be this event and is part of it now.`),
      ].filter(each => each !== false),
  );
}
