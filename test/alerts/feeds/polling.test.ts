import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../functions/alerts/events/identity.ts';
import type { Feed } from '../../../functions/alerts/feeds/feed.ts';
import { afterPoll, type FeedState, newFeedState } from '../../../functions/alerts/feeds/feed-state.ts';
import type { Network } from '../../../functions/alerts/feeds/fetching.ts';
import { pollFeed } from '../../../functions/alerts/feeds/polling.ts';
import { type Reading, readBody } from '../../../functions/alerts/intake.ts';
import { usgsFeature, usgsFeed } from '../messages.ts';
import { gives, openServer } from './loopback.ts';

const AT = '2026-03-01T06:00:00.000Z';
const quakes = (...ids: string[]) => JSON.stringify(usgsFeed(ids.map(id => usgsFeature({ id }))));

let server: Awaited<ReturnType<typeof openServer>>;
let feed: Feed;
const received: string[] = [];
beforeAll(async () => {
  server = await openServer();
  // The address of the server is none that a configuration may have: the feed is made without its check.
  feed = {
    feedId: 'quakes',
    url: `${server.origin}/feed`,
    everyMinutes: 5,
    hosts: ['feeds.example'],
    believes: ['USGS'],
    linkHosts: [],
    linksChange: false,
    silentAfterIntervals: 12,
    timeoutSeconds: 10,
    maxBytes: 100_000,
    accept: '*/*',
    contentTypes: [],
    contact: null,
  };
});
afterAll(() => server.close());
beforeEach(() => {
  received.splice(0);
  server.asked.splice(0);
});

const receive = async (bytes: Uint8Array, contentType: string): Promise<Reading> => {
  received.push(Buffer.from(bytes).toString());
  return readBody(bytes, { contentType, channel: { channelId: feed.feedId, believes: feed.believes } });
};
const poll = (before = newFeedState('quakes'), more: Partial<Network> = {}) =>
  pollFeed(feed, before, { network: server.network(more), receive });
/** A poll, and the state that it leaves. */
const turn = async (before?: FeedState, more: Partial<Network> = {}) =>
  afterPoll(before ?? newFeedState('quakes'), await poll(before, more), feed, AT);

describe('a poll', () => {
  it('hands on what is new, and says what was in it', async () => {
    server.on('/feed', gives(quakes('us1', 'us2'), { etag: '"1"' }));
    expect(await poll()).toEqual({
      outcome: 'news',
      etag: '"1"',
      lastModified: null,
      digest: digestOf(quakes('us1', 'us2')),
      counts: { accepted: 2, ignored: 0, rejected: 0 },
      said: [1, 2].map(() => expect.stringMatching(/^[0-9a-f]{16}$/)),
      rejection: null,
      links: [],
      linksLeft: 0,
      linkFault: null,
      retryAfter: null,
    });
    expect(received).toEqual([quakes('us1', 'us2')]);
  });

  it('hands on nothing that the server says it has sent before', async () => {
    server.on('/feed', (request, response) => {
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else gives(quakes('us1'), { etag: '"1"' })(request, response);
    });
    const first = await turn();
    expect(await poll(first)).toEqual({ outcome: 'nothing new' });
    expect(received).toHaveLength(1);
  });

  it('hands on nothing that it brought before, though the server takes it for new', async () => {
    server.on('/feed', gives(quakes('us1')));
    const first = await turn();
    expect(await poll(first)).toEqual({ outcome: 'nothing new' });
    expect(received).toHaveLength(1);
    server.on('/feed', gives(quakes('us1', 'us2')));
    expect(await poll(first)).toMatchObject({ outcome: 'news' });
  });

  it('fails on a body that nobody can read, and does not believe its tag', async () => {
    server.on('/feed', gives(quakes('us1'), { etag: '"1"' }));
    const before = await turn();
    server.on('/feed', gives('{"sorry":1}', { etag: '"2"' }));
    const after = await turn(before);
    expect(after).toMatchObject({ etag: '"1"', digest: before.digest, failures: 1 });
    expect(after.lastFailure).toEqual({ at: AT, reason: 'no known alert format' });
    // It is kept all the same, for whoever has to find out what it was.
    expect(received.at(-1)).toBe('{"sorry":1}');
  });

  it('accepts nothing of a source that is not believed on this feed', async () => {
    feed = { ...feed, believes: ['EMSC'] };
    server.on('/feed', gives(quakes('us1')));
    const polled = await poll();
    feed = { ...feed, believes: ['USGS'] };
    expect(polled).toMatchObject({
      counts: { accepted: 0, rejected: 1 },
      rejection: 'features[0] us1: USGS is not believed on quakes',
    });
  });

  it('passes on the word of a server that wants to be left in peace', async () => {
    server.on('/feed', gives('', { 'retry-after': '90' }, 503));
    expect(await poll()).toEqual({ outcome: 'failed', reason: 'HTTP 503', retryAfter: '90' });
  });

  it('throws what keeps a message from being kept: the feed is not to blame', async () => {
    server.on('/feed', gives(quakes('us1')));
    const full = async () => Promise.reject(new Error('the bucket is full'));
    await expect(
      pollFeed(feed, newFeedState('quakes'), { network: server.network(), receive: full }),
    ).rejects.toThrow('the bucket is full');
  });

  it('of one feed that hangs holds up no other', async () => {
    server.on('/hangs', () => {});
    server.on('/feed', gives(quakes('us1')));
    const ended: string[] = [];
    const noting = async (name: string, url: string, timeoutSeconds: number) => {
      const by = { network: server.network(), receive };
      const polled = await pollFeed(
        { ...feed, timeoutSeconds, url: `${server.origin}${url}` },
        newFeedState(name),
        by,
      );
      ended.push(`${name}: ${polled.outcome}`);
    };
    await Promise.all([noting('first', '/hangs', 0.2), noting('second', '/feed', 10)]);
    expect(ended).toEqual(['second: news', 'first: failed']);
  });
});

/** An Atom index of CAP messages, as the tsunami centres and weather services have it. */
const index = (...links: string[]) => `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:index</id>
  <title>Alerts</title><updated>2026-03-01T00:00:00Z</updated>
  ${links
    .map(
      (link, n) => `<entry><id>urn:${n}</id><title>Flood</title><updated>2026-03-01T00:00:00Z</updated>
      <link rel="alternate" type="application/cap+xml" href="${link}"/></entry>`,
    )
    .join('')}</feed>`;
/** What stands for the reading of that index: which formats there are is no matter of polling. */
const readIndex = async (bytes: Uint8Array): Promise<Reading> => ({
  format: 'index',
  problem: null,
  accepted: [],
  ignored: [],
  rejected: [],
  links: [
    ...Buffer.from(bytes)
      .toString()
      .matchAll(/href="([^"]*)"/g),
  ].map(([, url = ''], n) => ({
    place: `entry[${n}]`,
    url,
  })),
  madeAt: null,
  rawDigest: digestOf(bytes),
});

describe('an index', () => {
  const follow = (
    before = newFeedState('quakes'),
    more: Partial<Feed> = {},
    network: Partial<Network> = {},
  ) =>
    pollFeed({ ...feed, linkHosts: ['links.example'], ...more }, before, {
      network: server.network(network),
      receive: (bytes, type) =>
        Buffer.from(bytes).toString().startsWith('<feed') ? readIndex(bytes) : receive(bytes, type),
    });
  const state = async (before = newFeedState('quakes'), more: Partial<Feed> = {}) =>
    afterPoll(before, await follow(before, more), feed, AT);
  beforeEach(() => {
    server.on('/a', gives(quakes('us1')));
    server.on('/b', gives(quakes('us2', 'us3')));
  });
  const lists = (...paths: string[]) =>
    server.on('/feed', gives(index(...paths), { 'content-type': 'application/atom+xml' }));
  const fetched = () => server.asked.map(({ path }) => path).filter(path => path !== '/feed');

  it('leads to its messages, each on its own way', async () => {
    lists('/a', `${server.origin}/b`);
    expect(await follow()).toMatchObject({
      counts: { accepted: 3, rejected: 0 },
      linksLeft: 0,
      linkFault: null,
    });
    expect(received.sort()).toEqual([quakes('us1'), quakes('us2', 'us3')]);
  });

  it('is not followed where no host is named', async () => {
    lists('/a');
    expect(await follow(undefined, { linkHosts: [] })).toMatchObject({ outcome: 'news', linksLeft: 0 });
    expect(fetched()).toEqual([]);
  });

  it.each([
    ['https://other.example/cap', 'other.example is not one of its hosts'],
    ['http://links.example/cap', 'http:// is not https'],
    ['https://10.0.0.1/cap', '10.0.0.1 is no public name'],
    ['https://2130706433/', '127.0.0.1 is no public name'],
    ['https://[fd00::1]/', '[fd00::1] is no public name'],
    ['https://localhost/', 'localhost is no public name'],
    ['https://metadata.internal/', 'metadata.internal is no public name'],
    ['file:///etc/passwd', 'file:// is not https'],
    ['https://', 'the link is no address'],
  ])('does not lead to %s', async (link, reason) => {
    lists(link, '/a');
    expect(await follow()).toMatchObject({
      counts: { accepted: 1, rejected: 1 },
      rejection: `entry[0]: ${reason}`,
    });
    expect(fetched()).toEqual(['/a']);
  });

  it('leads to each message once, however often it is listed', async () => {
    lists('/a', '/a', ' /a ', '/a#part');
    const first = await state();
    lists('/b', '/a');
    await follow(first);
    expect(fetched()).toEqual(['/a', '/b']);
  });

  it('asks again for messages that may change, with what was known of them', async () => {
    server.on('/a', gives(quakes('us1'), { etag: '"a1"' }));
    lists('/a');
    const first = await state(undefined, { linksChange: true });
    server.on('/a', gives(quakes('us1', 'us9'), { etag: '"a2"' }));
    lists('/a', '/b');
    const second = await state(first, { linksChange: true });
    expect(fetched().sort()).toEqual(['/a', '/a', '/b']);
    expect(server.asked.filter(({ path }) => path === '/a')[1]?.headers['if-none-match']).toBe('"a1"');
    expect(second.links.map(({ etag }) => etag)).toEqual(['"a2"', null]);
    server.on('/a', (_request, response) => void response.writeHead(304).end());
    lists('/a');
    expect((await state(second, { linksChange: true })).links).toEqual([second.links[0]]);
  });

  it('is worked off fifty at a time, and found again although it has not changed', async () => {
    const paths = Array.from({ length: 70 }, (_, n) => `/many/${n}`);
    for (const path of paths) server.on(path, gives(quakes(`us${path.slice(6)}`)));
    server.on('/feed', (request, response) => {
      expect(request.headers['if-none-match']).toBeUndefined();
      gives(index(...paths), { 'content-type': 'application/atom+xml', etag: '"1"' })(request, response);
    });
    const first = await state();
    expect([fetched().length, first.linksLeft, first.etag]).toEqual([50, 20, null]);
    const second = await state(first);
    expect([fetched().length, second.linksLeft, second.etag]).toEqual([70, 0, '"1"']);
    expect([...fetched()].sort()).toEqual([...paths].sort());
    expect(second.lastNewsAt).toBe(first.lastNewsAt);
  });

  it('forgets what it lists no more', async () => {
    lists('/a', '/b');
    const first = await state();
    lists('/b');
    expect((await state(first)).links).toHaveLength(1);
  });

  it('tries a message again that could not be fetched, and gives it up in the end', async () => {
    server.on('/broken', gives('', {}, 500));
    lists('/a', '/broken');
    let now = newFeedState('quakes');
    const seen = [];
    for (let turn = 0; turn < 6; turn += 1) {
      now = await state(now);
      seen.push([now.linksLeft, now.failures, now.lastFailure?.reason]);
    }
    // While nothing but the broken one is to be fetched, the feed counts as failing: something may be missed.
    const fault = 'linked messages: HTTP 500';
    expect(seen).toEqual([
      [1, 0, undefined],
      [1, 1, fault],
      [1, 2, fault],
      [1, 3, fault],
      [0, 4, fault],
      [0, 0, fault],
    ]);
    expect(now.rejection).toBe('linked message: HTTP 500');
    expect(fetched().filter(path => path === '/broken')).toHaveLength(5);
    expect(fetched().filter(path => path === '/a')).toHaveLength(1);
  });

  it('fails when not one of its messages can be fetched, and keeps no pace with a host that has enough', async () => {
    for (const path of [
      '/busy1',
      '/busy2',
      '/busy3',
      '/busy4',
      '/busy5',
      '/busy6',
      '/busy7',
      '/busy8',
      '/busy9',
    ])
      server.on(path, gives('', { 'retry-after': '600' }, 429));
    lists('/busy1', '/busy2', '/busy3', '/busy4', '/busy5', '/busy6', '/busy7', '/busy8', '/busy9');
    const after = await state();
    expect(after).toMatchObject({
      linksLeft: 9,
      failures: 1,
      lastSuccessAt: null,
      notBefore: '2026-03-01T06:10:00.000Z',
      lastFailure: { reason: 'linked messages: HTTP 429' },
    });
    expect(fetched().length).toBeLessThan(9);
  });

  it('ends with the poll, and blames no message for it', async () => {
    const paths = ['/slow1', '/slow2', '/slow3', '/slow4', '/slow5'];
    for (const path of paths) server.on(path, () => {});
    lists(...paths);
    const polled = await follow(undefined, {}, { until: AbortSignal.timeout(100) });
    expect(polled).toMatchObject({ outcome: 'news', linksLeft: 5 });
    expect(fetched().length).toBeLessThan(5);
    expect(polled).toHaveProperty('links', Array(5).fill(expect.objectContaining({ failures: 0 })));
  });

  it('does not go on behind a poll that could not keep what it brought', async () => {
    lists('/a', '/b', '/c', '/d', '/e', '/f');
    const refused = pollFeed({ ...feed, linkHosts: ['links.example'] }, newFeedState('quakes'), {
      network: server.network(),
      receive: async bytes => {
        if (Buffer.from(bytes).toString().startsWith('<feed')) return readIndex(bytes);
        throw new Error('the bucket is full');
      },
    });
    await expect(refused).rejects.toThrow('the bucket is full');
    const asked = fetched().length;
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(fetched()).toHaveLength(asked);
  });

  it('follows five hundred links and says that there are more', async () => {
    lists(...Array.from({ length: 501 }, (_, n) => `/a?${n}`));
    const after = await state();
    expect(after.links).toHaveLength(500);
    expect(after.rejection).toContain('only the first 500 links are followed');
  });
});
