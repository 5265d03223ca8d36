import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../../functions/alerts/events/identity.ts';
import { createFeedStore } from '../../../functions/store/feeds.ts';
import type { System } from '../../../infra/local/system.ts';
import type { VirtualClock } from '../../../infra/local/workflow/clock.ts';
import type { ExecutionRecord } from '../../../infra/local/workflow/runner.ts';
import { bearer, bootAt, post, signed, storedEvents } from '../booted.ts';
import { capMessage, gdacsItem, gdacsRss, usgsFeature, usgsFeed } from '../messages.ts';

const START = '2026-03-01T06:00:00.000Z';
const DRILL = 'x-relief-drill-as-of';
/** A feed of small quakes, each by itself. */
const quakes = (...ids: string[]) =>
  JSON.stringify(
    usgsFeed(
      ids.map((id, index) =>
        usgsFeature({
          id,
          mag: 5.1,
          alert: 'green',
          at: new Date(Date.parse('2026-03-01T05:00:00.000Z') - index * 7_200_000).toISOString(),
          latitude: -60 + 15 * (index % 9),
          longitude: -170 + 20 * Math.floor(index / 9),
        }),
      ),
    ),
  );

const ended: ExecutionRecord[] = [];
let system: System;
let clock: VirtualClock;
beforeAll(async () => {
  ({ system, clock } = await bootAt(START, { onEnd: record => ended.push(record) }));
});
afterAll(() => system.close());

const settle = () => clock.advanceTo(clock.now() + 60_000);
const triages = () => ended.filter(({ executionArn }) => executionArn.includes('triage-alert'));

describe('a feed body that is handed in', () => {
  it('is kept, counted and triaged', async () => {
    const feed = gdacsRss([gdacsItem(), gdacsItem({ id: '2', type: 'XX' })], 'Sun, 01 Mar 2026 05:00:00 GMT');
    const { status, body } = await post(system, feed, signed(system, feed, clock.now()));
    expect(status).toBe(202);
    expect(body).toMatchObject({ format: 'gdacs-rss', accepted: 1, rejected: [{ item: 'item[1] XX2' }] });
    expect(body.digest).toMatch(/^[0-9a-f]{64}$/);
    const kept = await system.disk.bodies.get(system.variable('RAW_BUCKET'), String(body.digest));
    expect(Buffer.from(kept?.bytes ?? '').toString()).toBe(feed);
    await settle();
    expect((await storedEvents(system)).map(({ eventId }) => eventId)).toEqual(['EQ-20230206-gdacs1355000']);
  });

  it('is not lost when it comes from ahead of the clock: its time comes', async () => {
    const inAnHour = new Date(clock.now() + 3_600_000).toISOString();
    const feed = JSON.stringify(
      usgsFeed([usgsFeature({ id: 'usahead', mag: 5.4, alert: 'green', at: inAnHour })]),
    );
    await post(system, feed, signed(system, feed, clock.now()));
    await settle();
    const isThere = async () =>
      (await storedEvents(system)).some(({ eventId }) => eventId.includes('usahead'));
    expect(await isThere()).toBe(false);
    await clock.advanceTo(clock.now() + 4_000_000);
    expect(await isThere()).toBe(true);
  });

  it('starts nothing when the same bytes come again on the same way, however they are signed', async () => {
    const feed = quakes('us1', 'us2');
    const before = triages().length;
    const first = signed(system, feed, clock.now());
    const replies = [await post(system, feed, first)];
    await settle();
    // A replay, the same signed anew, and the same by another machine of the sender that calls it another type.
    replies.push(await post(system, feed, first));
    replies.push(await post(system, feed, signed(system, feed, clock.now())));
    replies.push(
      await post(system, feed, { ...signed(system, feed, clock.now()), 'content-type': 'text/plain' }),
    );
    await settle();
    for (const { status, body } of replies) expect([status, body]).toEqual([202, replies[0]?.body]);
    expect(triages().length - before).toBe(1);
    expect(triages().at(-1)?.status).toBe('SUCCEEDED');
  });

  it('is triaged once on each way, and becomes one event: nobody can use up the way of another', async () => {
    const cap = capMessage({ identifier: 'once', sender: 'met@agency.example' });
    const before = { triages: triages().length, events: (await storedEvents(system)).length };
    for (const headers of [
      signed(system, cap, clock.now(), 'agency'),
      signed(system, cap, clock.now()),
      await bearer(system, 'desk'),
    ])
      expect((await post(system, cap, headers)).body).toMatchObject({ accepted: 1 });
    await settle();
    const channels = triages()
      .slice(before.triages)
      .map(({ status, input }) => [
        status,
        (input as { channel: { channelId: string } | null }).channel?.channelId,
      ]);
    expect(channels).toEqual([
      ['SUCCEEDED', 'webhook/agency'],
      ['SUCCEEDED', 'webhook/tester'],
      ['SUCCEEDED', undefined],
    ]);
    expect((await storedEvents(system)).length - before.events).toBe(1);
  });

  it('keeps the content type of whoever was first, and is read by that of each', async () => {
    const body = capMessage({ identifier: 'twice', sender: 'met@agency.example' });
    const types = {
      tester: 'text/plain; charset=iso-8859-2',
      agency: 'application/cap+xml; charset=iso-8859-1',
    };
    const before = triages().length;
    for (const sender of ['tester', 'agency'] as const) {
      const headers = { 'content-type': types[sender], ...signed(system, body, clock.now(), sender) };
      expect((await post(system, body, headers)).status).toBe(202);
    }
    const kept = await system.disk.bodies.get(system.variable('RAW_BUCKET'), digestOf(body));
    expect(kept?.headers['content-type']).toBe(types.tester);
    await settle();
    const read = triages().slice(before);
    expect(read.map(({ input }) => (input as { contentType: string }).contentType)).toEqual([
      types.tester,
      types.agency,
    ]);
  });

  it('is triaged in parts of fifty when it is long, one part after the other', async () => {
    const ids = Array.from({ length: 55 }, (_, index) => `long${index}`);
    const before = { triages: triages().length, events: (await storedEvents(system)).length };
    const { body } = await post(system, quakes(...ids), await bearer(system, 'desk'));
    expect(body.accepted).toBe(55);
    await clock.advanceTo(clock.now() + 600_000);
    const parts = triages().slice(before.triages);
    expect(parts.map(({ status, input }) => [status, (input as { indexes: number[] }).indexes[0]])).toEqual(
      expect.arrayContaining([
        ['SUCCEEDED', 0],
        ['SUCCEEDED', 50],
      ]),
    );
    expect(parts).toHaveLength(2);
    expect((await storedEvents(system)).length - before.events).toBe(55);
  });

  it('is kept when nobody can read it, and refused', async () => {
    const text = '{"hello":"world"}';
    const { bodyWrites } = system.bill();
    const unknown = await post(system, text, signed(system, text, clock.now()));
    expect([unknown.status, unknown.body.title]).toEqual([422, 'UnknownFormat']);
    expect(system.bill().bodyWrites - bodyWrites).toBe(1);
    const broken = '<alert><identifier>';
    const unreadable = await post(system, broken, signed(system, broken, clock.now()));
    expect([unreadable.status, unreadable.body.title]).toEqual([422, 'UnreadableDocument']);
    expect(unreadable.body.detail).toMatch(/^not well-formed XML: /);
  });

  it.each(['image/png', 'Video/MP4', 'multipart/form-data; boundary=x'])('is refused as %s', async type => {
    const reply = await post(system, 'x', { 'content-type': type, ...signed(system, 'x', clock.now()) });
    expect(reply.status).toBe(415);
  });

  it('is refused above four megabytes, which Lambda could not take', async () => {
    const large = Buffer.alloc(4_000_001, ' ');
    expect((await post(system, large, signed(system, large, clock.now()))).status).toBe(413);
    const most = Buffer.alloc(4_000_000, ' ');
    expect((await post(system, most, signed(system, most, clock.now()))).body.detail).toBe('empty document');
  });

  it('is read by its bytes, whatever type it says it has', async () => {
    const cap = Buffer.from(
      capMessage({ identifier: 'latin' }).replace(
        '<alert',
        '<?xml version="1.0" encoding="ISO-8859-1"?><alert',
      ),
      'latin1',
    );
    const headers = { 'content-type': 'application/octet-stream', ...signed(system, cap, clock.now()) };
    expect((await post(system, cap, headers)).body).toMatchObject({ format: 'cap', accepted: 1 });
  });
});

describe('who may hand it in', () => {
  const feed = quakes('us7');
  const unnamed = () => {
    const { 'x-relief-signature': signature } = signed(system, feed, clock.now());
    return { 'x-relief-signature': signature };
  };

  it('is one who signs it now, or the desk', async () => {
    expect((await post(system, feed, signed(system, feed, clock.now()))).status).toBe(202);
    for (const role of ['desk', 'approver'])
      expect((await post(system, feed, await bearer(system, role))).status).toBe(202);
  });

  it.each<[string, number, () => Promise<Record<string, string>>]>([
    ['nobody', 401, async () => ({})],
    ['one who signs another body', 401, async () => signed(system, `${feed} `, clock.now())],
    ['one who signed it long ago', 401, async () => signed(system, feed, clock.now() - 301_000)],
    [
      'one who signs nothing',
      401,
      async () => ({ 'x-relief-signature': 'yes', 'x-relief-sender': 'tester' }),
    ],
    ['one who does not say who signs', 401, async () => unnamed()],
    ['one who signs for another', 401, async () => ({ ...unnamed(), 'x-relief-sender': 'agency' })],
    ['a sender whom nobody knows', 401, async () => ({ ...unnamed(), 'x-relief-sender': 'unknown' })],
    ['a token that is none', 401, async () => ({ authorization: 'Bearer abc' })],
    ['a reader', 403, async () => bearer(system, 'viewer')],
    ['the roster’s keeper', 403, async () => bearer(system, 'roster-admin', 'auditor')],
    [
      'a wrong signature with the desk’s token',
      401,
      async () => ({ ...(await bearer(system, 'desk')), ...signed(system, 'x', clock.now()) }),
    ],
  ])('is not %s', async (_who, status, headers) => {
    const before = system.bill();
    const reply = await post(system, feed, await headers());
    expect([reply.status, reply.body.status]).toEqual([status, status]);
    const { bodyWrites, executions } = system.bill();
    expect([bodyWrites, executions]).toEqual([before.bodyWrites, before.executions]);
  });

  it('is told the same of an unknown sender as of a wrong signature', async () => {
    const wrong = await post(system, `${feed} `, signed(system, feed, clock.now()));
    const unknown = await post(system, feed, { ...unnamed(), 'x-relief-sender': 'unknown' });
    expect(unknown).toEqual(wrong);
    expect(unknown.body.detail).toBe('The sender or the signature is wrong.');
  });

  it('is believed about its own sources alone, but for the desk', async () => {
    const impostor = await post(system, feed, signed(system, feed, clock.now(), 'agency'));
    expect(impostor.status).toBe(202);
    expect(impostor.body).toMatchObject({
      accepted: 0,
      rejected: [{ item: 'features[0] us7', reason: 'USGS is not believed on webhook/agency' }],
    });
    expect((await post(system, feed, await bearer(system, 'desk'))).body.accepted).toBe(1);
  });

  it('is not one whose token has expired', async () => {
    const headers = await bearer(system, 'desk');
    await clock.advanceTo(clock.now() + 13 * 3_600_000);
    expect((await post(system, feed, headers)).status).toBe(401);
  });
});

describe('a drill on a past message', () => {
  const feed = JSON.stringify(usgsFeature({ id: 'us9', at: '2023-02-06T01:17:34.000Z', latitude: -37 }));
  const asOf = '2023-02-06T02:00:00.000Z';

  it('is the desk’s to start: a signature alone starts none', async () => {
    const before = system.bill().executions;
    const drill = { [DRILL]: asOf, ...signed(system, feed, clock.now()) };
    expect((await post(system, feed, drill)).status).toBe(401);
    expect((await post(system, feed, { ...drill, ...(await bearer(system, 'viewer')) })).status).toBe(403);
    expect(system.bill().executions).toBe(before);
  });

  it('makes exercises that are judged as of their own time, beside the real event', async () => {
    await post(system, feed, { [DRILL]: asOf, ...(await bearer(system, 'desk')) });
    await settle();
    await post(system, feed, signed(system, feed, clock.now()));
    await settle();
    const own = (await storedEvents(system)).filter(({ eventId }) => eventId.endsWith('us9'));
    expect(
      own.map(({ eventId, exercise, updatedAt }) => [eventId, exercise, updatedAt < START]).sort(),
    ).toEqual([
      ['EQ-20230206-us9', false, false],
      ['EXERCISE-EQ-20230206-us9', true, true],
    ]);
  });

  it('needs a time that is one', async () => {
    const reply = await post(system, feed, { [DRILL]: 'yesterday', ...(await bearer(system, 'desk')) });
    expect([reply.status, reply.body.detail]).toEqual([422, `${DRILL}: not an ISO 8601 UTC time`]);
  });
});

describe('a poll', () => {
  const feedId = 'usgs-significant';
  const every = 60_000;
  let answer: (url: string) => Promise<Response>;
  const asked: { url: string; headers: Headers }[] = [];
  const lines: string[] = [];
  const polledEnds: ExecutionRecord[] = [];
  let polled: System;
  let turns: VirtualClock;
  beforeAll(async () => {
    const fetch = (async (url: URL, init: RequestInit) => {
      asked.push({ url: String(url), headers: new Headers(init.headers) });
      return answer(String(url));
    }) as typeof globalThis.fetch;
    const logs = ({ line }: { line: string }) => void lines.push(line);
    const onEnd = (record: ExecutionRecord) => void polledEnds.push(record);
    ({ system: polled, clock: turns } = await bootAt(START, { fetch, logs, onEnd }));
  });
  afterAll(() => polled.close());

  const poll = async (id: string, given: () => Response) => {
    answer = async () => given();
    return (await polled.invoke('alerts/poll-feeds', { feedId: id })) as { outcome: string };
  };
  const next = (times = 1) => turns.advanceTo(turns.now() + times * every);
  const state = (id = feedId) => createFeedStore(polled.tables, polled.variable('ALERTS_TABLE')).read(id);
  const json = (body: string, etag: string) =>
    new Response(body, { headers: { etag, 'content-type': 'application/json' } });
  const news = () => json(quakes('us11'), '"1"');
  const health = async () => {
    const { authorization } = await bearer(polled, 'auditor');
    const reply = await polled.http({ method: 'GET', path: '/api/feeds', headers: { authorization } });
    return JSON.parse(reply.body).feeds as { feedId: string; health: string; words: string }[];
  };
  const said = (message: string) => lines.filter(line => line.includes(`"message":"${message}"`));

  it('shows every feed before the first one', async () => {
    const feeds = await health();
    expect(feeds.length).toBeGreaterThan(5);
    expect(new Set(feeds.map(each => each.health))).toEqual(new Set(['not yet polled']));
    expect(feeds[0]).toMatchObject({ feedId, url: expect.any(String), believes: ['USGS'], lastNewsAt: null });
    expect(feeds[0]).not.toHaveProperty('links');
  });

  it('counts failures, forgets none of what it knew, and asks less and less often', async () => {
    expect(await poll(feedId, news)).toMatchObject({ outcome: 'news', accepted: 1, health: 'ok' });
    const known = { feedId, etag: '"1"', lastNewsAt: START, lastAlertAt: START };
    expect(await state()).toMatchObject({ ...known, failures: 0 });
    const outcomes = [];
    for (let turn = 0; turn < 8; turn += 1) {
      await next();
      outcomes.push((await poll(feedId, () => new Response('', { status: 503 }))).outcome);
    }
    const peace = 'left in peace';
    expect(outcomes).toEqual(['failed', 'failed', peace, 'failed', peace, peace, peace, 'failed']);
    expect(await state()).toMatchObject({ ...known, failures: 4 });
    expect((await health())[0]).toMatchObject({ health: 'failing', words: 'HTTP 503, 4 times' });
    // The alarm counts every turn, not only those at which the feed was asked.
    expect(said('feed not read')).toHaveLength(8);
    expect(said('poll failed')).toHaveLength(4);
    await next(8);
    expect((await poll(feedId, () => new Response(null, { status: 304 }))).outcome).toBe('nothing new');
    expect(await state()).toMatchObject({ ...known, failures: 0 });
    expect(asked.at(-1)?.headers.get('if-none-match')).toBe('"1"');
  });

  it('triages what a feed repeats twice, and then only what is new', async () => {
    await next();
    const before = polledEnds.length;
    for (const ids of [['r1'], ['r1', 'r2'], ['r1', 'r2', 'r3'], ['r1', 'r2', 'r3', 'r4']]) {
      await next();
      await poll('usgs-4-5', () => json(quakes(...ids), `"${ids.length}"`));
    }
    await next();
    const triaged = polledEnds.slice(before).map(({ input }) => (input as { indexes: number[] }).indexes);
    expect(triaged).toEqual([[0], [0, 1], [1, 2], [2, 3]]);
  });

  it('starts nothing for a body that it has brought before', async () => {
    const { executions, bodyWrites } = polled.bill();
    await next();
    expect(await poll(feedId, news)).toMatchObject({ outcome: 'nothing new' });
    expect(polled.bill()).toMatchObject({ executions, bodyWrites });
  });

  it('starts its own for a body that somebody else handed in before', async () => {
    const body = quakes('us12');
    expect((await post(polled, body, signed(polled, body, turns.now(), 'agency'))).body.accepted).toBe(0);
    expect((await post(polled, body, signed(polled, body, turns.now()))).body.accepted).toBe(1);
    const { executions } = polled.bill();
    await next();
    expect(await poll(feedId, () => json(body, '"2"'))).toMatchObject({ outcome: 'news', accepted: 1 });
    expect(polled.bill().executions).toBe(executions + 1);
  });

  it('says when a feed has brought nothing new for long', async () => {
    for (let turn = 0; turn < 61; turn += 1) {
      await next();
      await poll(feedId, () => new Response(null, { status: 304 }));
    }
    expect((await health())[0]).toMatchObject({ health: 'silent', words: 'nothing new for 61 intervals' });
    expect(said('feed silent')).toHaveLength(2);
    expect(said('feed silent')[0]).toContain(`"feedId":"${feedId}"`);
  });

  it('does not believe the tag of a body that nobody can read', async () => {
    const before = await state();
    await next();
    expect(await poll(feedId, () => json('{"sorry":1}', '"3"'))).toMatchObject({ outcome: 'failed' });
    expect(await state()).toMatchObject({ etag: before.etag, digest: before.digest, failures: 1 });
  });

  it('of one feed that hangs keeps no other waiting', async () => {
    let free = (_response: Response) => {};
    answer = url =>
      url.includes('gdacs') ? new Promise(resolve => (free = resolve)) : Promise.resolve(news());
    await next(10);
    const hangs = polled.invoke('alerts/poll-feeds', { feedId: 'gdacs' });
    const other = polled.invoke('alerts/poll-feeds', { feedId: 'usgs-4-5' });
    expect(await other).toMatchObject({ outcome: 'news' });
    expect(await state('gdacs')).toMatchObject({ lastPolledAt: null });
    free(new Response('', { status: 500 }));
    expect(await hangs).toMatchObject({ outcome: 'failed', words: 'HTTP 500' });
  });

  it('is refused for a feed that is not configured', async () => {
    await expect(polled.invoke('alerts/poll-feeds', { feedId: 'other' })).rejects.toMatchObject({
      name: 'InvalidInput',
    });
  });
});
