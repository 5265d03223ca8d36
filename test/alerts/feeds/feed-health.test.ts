import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Feed, packFeeds, unpackFeeds } from '../../../functions/alerts/feeds/feed.ts';
import { feedHealth } from '../../../functions/alerts/feeds/feed-health.ts';
import {
  afterPoll,
  FeedState,
  isPaused,
  newFeedState,
  type Polled,
} from '../../../functions/alerts/feeds/feed-state.ts';
import { plus } from '../../../functions/domain/time.ts';

const MINUTE = 60_000;
const START = '2026-03-01T06:00:00.000Z';
const at = (minutes: number) => plus(START, minutes * MINUTE);
const settings = {
  feedId: 'quakes',
  url: 'https://feeds.example/quakes.geojson',
  everyMinutes: 5,
  hosts: ['feeds.example'],
  believes: ['USGS'],
  silentAfterIntervals: 12,
};
const feed = Feed.parse(settings);

const failed = (reason = 'HTTP 503', retryAfter: string | null = null): Polled => ({
  outcome: 'failed',
  reason,
  retryAfter,
});
const same: Polled = { outcome: 'nothing new' };
const news = (digest = 'd1', more: object = {}): Polled => ({
  outcome: 'news',
  etag: `"${digest}"`,
  lastModified: null,
  digest,
  counts: { accepted: 3, ignored: 1, rejected: 0 },
  rejection: null,
  said: [],
  links: [],
  linksLeft: 0,
  linkFault: null,
  retryAfter: null,
  ...more,
});
/** The state after polls at such minutes. */
const after = (...turns: [minutes: number, polled: Polled][]) =>
  turns.reduce(
    (state, [minutes, polled]) => afterPoll(state, polled, feed, at(minutes)),
    newFeedState('quakes'),
  );
const healthAt = (minutes: number, ...turns: [minutes: number, polled: Polled][]) =>
  feedHealth(after(...turns), feed, at(minutes));

describe('what a feed repeats', () => {
  const at = '2026-03-01T06:00:00.000Z';
  it('is settled when two bodies said it, and news again when it changes or comes back', () => {
    let state = newFeedState('x');
    const told: string[][] = [];
    for (const said of [['a'], ['a', 'b'], ['a', 'b'], ['b', 'c'], ['a', 'b', 'c']]) {
      told.push(said.filter(statement => !state.saidBefore.includes(statement)));
      state = afterPoll(state, news(`d${told.length}`, { said }), feed, at);
    }
    expect(told).toEqual([['a'], ['a', 'b'], ['b'], ['c'], ['a', 'c']]);
  });

  it('is not forgotten by a poll that failed or brought nothing new', () => {
    let state = newFeedState('x');
    for (const polled of [news('d1', { said: ['a'] }), news('d2', { said: ['a'] }), failed(), same])
      state = afterPoll(state, polled, feed, at);
    expect(state.saidBefore).toEqual(['a']);
  });

  it('is remembered within the bounds of an item', () => {
    const said = Array.from({ length: 20_000 }, (_, index) => `s${index}`);
    const state = afterPoll(newFeedState('x'), news('d', { said }), feed, at);
    expect(state.saidOnce).toHaveLength(12_000);
  });
});

describe('the state of a feed', () => {
  it('keeps what was known through a failure, and begins anew after a success', () => {
    const read = after([0, news()]);
    expect(read).toMatchObject({
      etag: '"d1"',
      firstPolledAt: at(0),
      lastPolledAt: at(0),
      lastSuccessAt: at(0),
      lastNewsAt: at(0),
      lastAlertAt: at(0),
      failures: 0,
      counts: { accepted: 3, ignored: 1, rejected: 0 },
    });
    const broken = after([0, news()], [5, failed()], [10, failed('HTTP 500')]);
    expect(broken).toEqual({
      ...read,
      lastPolledAt: at(10),
      failures: 2,
      lastFailure: { at: at(10), reason: 'HTTP 500' },
      notBefore: broken.notBefore,
    });
    const healed = after([0, news()], [5, failed()], [10, same]);
    expect(healed).toMatchObject({ failures: 0, notBefore: null, lastSuccessAt: at(10), lastNewsAt: at(0) });
    expect(healed.etag).toBe('"d1"');
  });

  it('tells news from a body that is the same, and an alert from a list without one', () => {
    const empty = { counts: { accepted: 0, ignored: 2, rejected: 0 } };
    expect(after([0, news()], [5, news('d1')]).lastNewsAt).toBe(at(0));
    expect(after([0, news()], [5, news('d2', empty)])).toMatchObject({
      lastNewsAt: at(5),
      lastAlertAt: at(0),
    });
  });

  it('reads an item of before: what it does not know is new', () => {
    const old = {
      feedId: 'quakes',
      etag: '"1"',
      lastModified: null,
      polledAt: START,
      newsAt: START,
      failures: 2,
    };
    expect(FeedState.parse(old)).toEqual({ ...newFeedState('quakes'), etag: '"1"', failures: 2 });
  });
});

describe('the pause after failures', () => {
  /** At which of the turns of five minutes a feed is asked that fails for so long. */
  const askedAt = (minutes: number, everyMinutes = 5, retryAfter: string | null = null) => {
    let state = newFeedState('quakes');
    const asked: number[] = [];
    for (let minute = 0; minute <= minutes; minute += everyMinutes) {
      // A schedule is never exact: two seconds late after each poll that was early, and the other way round.
      const now = plus(at(minute), asked.length % 2 === 0 ? 2_000 : -2_000);
      if (isPaused(state, now)) continue;
      asked.push(minute);
      state = afterPoll(state, failed('HTTP 503', retryAfter), { ...feed, everyMinutes }, now);
    }
    return asked;
  };

  it('doubles from one interval to an hour', () => {
    expect(askedAt(300)).toEqual([0, 5, 15, 35, 75, 135, 195, 255]);
    expect(askedAt(200, 1)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
    expect(askedAt(300, 60)).toEqual([0, 60, 120, 180, 240, 300]);
  });

  it('is as long as the server asks for, and at most an hour', () => {
    // To the second: a turn that comes two seconds too early is left out.
    expect(askedAt(60, 5, '1200')).toEqual([0, 25, 45]);
    expect(askedAt(200, 5, '86400')).toEqual([0, 65, 125, 190]);
    const until = (retryAfter: string) =>
      afterPoll(newFeedState('q'), failed('HTTP 429', retryAfter), feed, START).notBefore;
    expect(until('Sun, 01 Mar 2026 06:20:00 GMT')).toBe(at(20));
    expect(until('Sun, 01 Mar 2026 05:00:00 GMT')).toBeNull();
    for (const nonsense of ['soon', '-5', '', '1e9999', '99999999999'])
      expect(until(nonsense) === null || until(nonsense) === at(60), nonsense).toBe(true);
  });

  it('is never longer than an hour, whatever happened', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 120 }),
        fc.string(),
        (n, every, word) => {
          const before = { ...newFeedState('quakes'), failures: n };
          const { notBefore } = afterPoll(before, failed('x', word), { ...feed, everyMinutes: every }, START);
          expect(notBefore === null || notBefore <= at(60)).toBe(true);
        },
      ),
    );
  });
});

describe('the health of a feed', () => {
  it('is not known before its first poll', () => {
    expect(healthAt(0)).toEqual({ health: 'not yet polled', words: 'not yet polled' });
  });

  it('is well while it is read and says something new now and then', () => {
    expect(healthAt(0, [0, news()])).toEqual({ health: 'ok', words: 'read' });
    expect(healthAt(55, [0, news()], [55, same])).toEqual({ health: 'ok', words: 'read' });
    expect(healthAt(0, [0, news('d', { linksLeft: 3 })]).words).toBe('3 linked messages still to be fetched');
  });

  it('says what fails, and how often', () => {
    expect(healthAt(5, [0, failed('HTML instead of data')])).toEqual({
      health: 'failing',
      words: 'HTML instead of data',
    });
    const four: [number, Polled][] = [5, 10, 20, 40].map(minutes => [minutes, failed()]);
    expect(healthAt(41, [0, news()], ...four)).toEqual({ health: 'failing', words: 'HTTP 503, 4 times' });
    expect(healthAt(45, [0, news()], ...four, [42, same]).health).toBe('ok');
  });

  it('fails when most of what it brings is rejected: its form has changed', () => {
    const counts = (accepted: number, ignored: number, rejected: number) =>
      news('d', { counts: { accepted, ignored, rejected }, rejection: 'item[0]: no date' });
    expect(healthAt(0, [0, counts(1, 1, 21)])).toEqual({
      health: 'failing',
      words: '21 of 23 items rejected: item[0]: no date',
    });
    expect(healthAt(0, [0, counts(2, 1, 3)]).health).toBe('ok');
    expect(healthAt(5, [0, counts(0, 0, 1)], [5, same]).health).toBe('failing');
  });

  it('is silent when it answers and says nothing new for longer than it ever does', () => {
    expect(healthAt(60, [0, news()], [60, same])).toEqual({
      health: 'silent',
      words: 'nothing new for 12 intervals',
    });
    const patient = { ...feed, silentAfterIntervals: null };
    expect(feedHealth(after([0, news()], [60, same]), patient, at(60)).health).toBe('ok');
  });

  it('fails when nobody asks it any more, but not while it is left in peace', () => {
    expect(healthAt(15, [0, news()]).health).toBe('ok');
    expect(healthAt(16, [0, news()])).toEqual({ health: 'failing', words: 'not polled for 16 minutes' });
    expect(healthAt(60 * 50, [0, news()]).words).toBe('not polled for 2 days');
    expect(healthAt(40, [0, failed('HTTP 429', '1800')]).words).toBe('HTTP 429');
    expect(healthAt(50, [0, failed('HTTP 429', '1800')]).words).toBe('not polled for 50 minutes');
  });
});

describe('a feed of the configuration', () => {
  it.each<[string, object]>([
    ['without encryption', { url: 'http://feeds.example/q' }],
    ['with an address that is none', { url: 'quakes' }],
    ['without hosts', { hosts: [] }],
    ['without its own host', { hosts: ['other.example'] }],
    ['at an address inside', { url: 'https://10.0.0.1/', hosts: ['10.0.0.1'] }],
    ['on this machine', { url: 'https://localhost/', hosts: ['localhost'] }],
    ['that believes nobody', { believes: [] }],
    ['with links to this machine', { linkHosts: ['localhost'] }],
    ['of another name than the alarms can look for', { feedId: 'Quakes of today' }],
    ['that is asked twice a minute', { everyMinutes: 0.5 }],
    ['larger than anybody reads', { maxBytes: 16_000_001 }],
    ['with a contact that would break the header', { contact: 'a\r\nx-admin: 1' }],
  ])('is refused %s', (_what, wrong) => {
    expect(Feed.safeParse({ ...settings, ...wrong }).success).toBe(false);
    expect(() => packFeeds([{ ...settings, ...wrong }])).toThrow(/^feed /);
  });

  it('comes through the environment as it was', () => {
    const other = {
      ...settings,
      feedId: 'other',
      linkHosts: ['links.example'],
      contact: 'feeds@relief.example',
    };
    expect(unpackFeeds(packFeeds([settings, other]))).toEqual([feed, Feed.parse(other)]);
    expect(unpackFeeds(packFeeds([]))).toEqual([]);
    expect(() => unpackFeeds('[]')).toThrow();
  });

  it('does not push out the other variables of a function', () => {
    const many = Array.from({ length: 900 }, (_, n) => ({
      ...settings,
      feedId: `feed-${(n * 7919) % 9973}`,
    }));
    expect(() => packFeeds(many)).toThrow('900 feeds do not fit into the environment');
  });
});
