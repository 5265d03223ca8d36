import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAlertStore } from '../../functions/store/alerts.ts';
import type { System } from '../../infra/local/system.ts';
import type { VirtualClock } from '../../infra/local/workflow/clock.ts';
import type { ExecutionRecord } from '../../infra/local/workflow/runner.ts';
import { bearer, bootAt, post, signed, storedEvents } from './booted.ts';
import { capMessage, gdacsItem, gdacsRss, usgsFeature, usgsFeed } from './messages.ts';

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

  it('starts nothing when the same bytes come again, however they are signed', async () => {
    const feed = quakes('us1', 'us2');
    const before = triages().length;
    const replies = [await post(system, feed, signed(system, feed, clock.now()))];
    await settle();
    replies.push(await post(system, feed, signed(system, feed, clock.now())));
    replies.push(await post(system, feed, await bearer(system, 'desk')));
    await settle();
    expect(replies.map(({ status, body }) => [status, body.accepted])).toEqual([
      [202, 2],
      [202, 2],
      [202, 2],
    ]);
    expect(triages().length - before).toBe(1);
    expect(triages().at(-1)?.status).toBe('SUCCEEDED');
  });

  it('is triaged in parts of fifty when it is long, one part after the other', async () => {
    const ids = Array.from({ length: 55 }, (_, index) => `long${index}`);
    const before = { triages: triages().length, events: (await storedEvents(system)).length };
    const { body } = await post(system, quakes(...ids), await bearer(system, 'desk'));
    expect(body.accepted).toBe(55);
    await clock.advanceTo(clock.now() + 600_000);
    const parts = triages().slice(before.triages);
    expect(parts.map(({ status, input }) => [status, (input as { from: number }).from])).toEqual(
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

  it('is one who signs it now, or the desk', async () => {
    expect((await post(system, feed, signed(system, feed, clock.now()))).status).toBe(202);
    for (const role of ['desk', 'approver'])
      expect((await post(system, feed, await bearer(system, role))).status).toBe(202);
  });

  it.each<[string, number, () => Promise<Record<string, string>>]>([
    ['nobody', 401, async () => ({})],
    ['one who signs another body', 401, async () => signed(system, `${feed} `, clock.now())],
    ['one who signed it long ago', 401, async () => signed(system, feed, clock.now() - 301_000)],
    ['one who signs nothing', 401, async () => ({ 'x-relief-signature': 'yes' })],
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
  const answers: (() => Response)[] = [];
  const asked: Headers[] = [];
  let polled: System;
  beforeAll(async () => {
    const fetch = (async (_url: URL, init: RequestInit) => {
      asked.push(new Headers(init.headers));
      return (answers.shift() as () => Response)();
    }) as typeof globalThis.fetch;
    polled = (await bootAt(START, { fetch })).system;
  });
  afterAll(() => polled.close());

  const poll = async (answer: () => Response) => {
    answers.push(answer);
    return (await polled.invoke('alerts/poll-feeds', { feedId })) as { outcome: string };
  };
  const state = () => createAlertStore(polled.tables, polled.variable('ALERTS_TABLE')).feed(feedId);
  const news = () =>
    new Response(quakes('us11'), { headers: { etag: '"1"', 'content-type': 'application/json' } });

  it('counts failures, forgets none of what it knew, and begins anew after a success', async () => {
    expect(await state()).toMatchObject({ failures: 0, etag: null, polledAt: null });
    expect(await poll(news)).toEqual({ outcome: 'news', accepted: 1, rejected: 0 });
    const known = { feedId, etag: '"1"', lastModified: null, polledAt: START, newsAt: START };
    expect(await state()).toEqual({ ...known, failures: 0 });
    for (const failures of [1, 2, 3]) {
      expect(await poll(() => new Response('', { status: 503 }))).toEqual({ outcome: 'failed' });
      expect(await state()).toEqual({ ...known, failures });
    }
    expect(await poll(() => new Response(null, { status: 304 }))).toEqual({ outcome: 'nothing new' });
    expect(await state()).toEqual({ ...known, failures: 0 });
    expect(asked.at(-1)?.get('if-none-match')).toBe('"1"');
  });

  it('starts nothing for a body it has brought before', async () => {
    const { executions } = polled.bill();
    await poll(news);
    expect(polled.bill().executions).toBe(executions);
  });

  it('does not believe the tag of a body that nobody can read', async () => {
    const page = () =>
      new Response('{"sorry":1}', { headers: { etag: '"2"', 'content-type': 'application/json' } });
    const before = await state();
    expect(await poll(page)).toEqual({ outcome: 'not readable' });
    expect(await state()).toEqual({ ...before, failures: 1 });
    await poll(page);
    expect(asked.at(-1)?.get('if-none-match')).toBe('"1"');
    expect(await state()).toEqual({ ...before, failures: 2 });
  });

  it('is refused for a feed that is not configured', async () => {
    await expect(polled.invoke('alerts/poll-feeds', { feedId: 'other' })).rejects.toMatchObject({
      name: 'InvalidInput',
    });
  });
});
