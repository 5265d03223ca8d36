/// <reference lib="dom" />
import type { FeedView } from '../functions/desk/feed-view.ts';
import { age, card, el, part, table } from './dom.ts';
import { count } from './words.ts';

/** Abnormal ones first: what nobody can hear may be the next disaster. */
const ORDER: FeedView['health'][] = ['failing', 'silent', 'not yet polled', 'ok'];
const CLASS = { failing: 'bad', silent: 'warn', 'not yet polled': '', ok: '' } as const;

const row = (feed: FeedView): HTMLElement =>
  el(
    'tr',
    {},
    el(
      'td',
      {},
      el('b', {}, feed.feedId),
      feed.words !== feed.health && [el('br'), el('small', {}, feed.words)],
    ),
    el('td', {}, el('span', { class: `health ${CLASS[feed.health]}` }, feed.health)),
    el('td', {}, feed.lastNewsAt ? age(feed.lastNewsAt) : 'none'),
  );

const rows = (caption: string, feeds: FeedView[]): HTMLElement =>
  table('feeds', caption, ['Feed', 'Health', 'Last message'], feeds.map(row));

/** How the feeds are: one by one where a person should know, the rest in one line that unfolds. */
export function showFeeds(host: Element, feeds: FeedView[] | undefined): void {
  const shown = (feeds ?? []).map(({ feedId, health, words, lastNewsAt }) => [
    feedId,
    health,
    words,
    lastNewsAt,
  ]);
  part(host, 'feeds', feeds && shown, () => {
    if (!feeds) return [];
    const sorted = [...feeds].sort((a, b) => ORDER.indexOf(a.health) - ORDER.indexOf(b.health));
    const abnormal = sorted.filter(feed => feed.health === 'failing' || feed.health === 'silent');
    const rest = sorted.filter(feed => !abnormal.includes(feed));
    const unpolled = rest.filter(feed => feed.health === 'not yet polled').length;
    const line = [
      ...(rest.length > unpolled ? [`${count(rest.length - unpolled, 'feed')} heard`] : []),
      ...(unpolled > 0 ? [`${count(unpolled, 'feed')} not yet polled`] : []),
    ].join(', ');
    return [
      card(
        'Feeds',
        el(
          'span',
          {},
          abnormal.length > 0 ? `${abnormal.length} of ${feeds.length} abnormal` : `${feeds.length}`,
        ),
        feeds.length === 0 && el('p', { class: 'in quiet' }, 'No feed is set up: alerts come by hand alone.'),
        abnormal.length > 0 && rows('Feeds that fail or are silent', abnormal),
        rest.length > 0 &&
          el(
            'details',
            { class: 'in' },
            el('summary', { 'data-key': 'feeds' }, line),
            rows('Feeds that are heard or not yet polled', rest),
          ),
      ),
    ];
  });
}
