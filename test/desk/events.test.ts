import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { System } from '../../infra/local/system.ts';
import type { VirtualClock } from '../../infra/local/workflow/clock.ts';
import { bearer, bootAt, post, signed } from '../alerts/booted.ts';
import { gdacsItem, gdacsRss, usgsFeature } from '../alerts/messages.ts';

const NOW = '2023-02-06T06:00:00.000Z';
const quake = JSON.stringify(usgsFeature());
const gdacs = gdacsRss([gdacsItem({ modified: 'Mon, 06 Feb 2023 02:00:00 GMT' })]);

let system: System;
let clock: VirtualClock;
let desk: { authorization: string };
beforeAll(async () => {
  ({ system, clock } = await bootAt(NOW));
  desk = await bearer(system, 'desk');
  for (const body of [quake, gdacs]) {
    expect((await post(system, body, signed(system, body, clock.now()))).status).toBe(202);
    await clock.advanceTo(clock.now());
  }
});
afterAll(() => system.close());

const get = async (path: string, headers: Record<string, string> = desk) => {
  const { statusCode, body, headers: sent } = await system.http({ method: 'GET', path, headers });
  return { status: statusCode, body, headers: sent, json: () => JSON.parse(body) };
};

const act = async (path: string, body: object, headers: Record<string, string> = desk) => {
  const reply = await system.http({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  await clock.advanceTo(clock.now());
  return { status: reply.statusCode, body: JSON.parse(reply.body) };
};

const ids = async () =>
  (await get('/api/events'))
    .json()
    .events.map((event: { eventId: string }) => event.eventId)
    .sort();

describe('an event at the desk', () => {
  it('shows what each source says, every message and where each field was read', async () => {
    const event = (await get('/api/events/EQ-20230206-us6000jllz')).json();
    expect(event.sources.map(({ source }: { source: string }) => source)).toEqual(['GDACS', 'USGS']);
    expect(event.joins).toMatchObject([{ accounts: ['GDACS:EQ1355000', 'USGS:us6000jllz'] }]);
    expect(event.messages).toMatchObject([
      { source: 'USGS', decision: 'opened' },
      { source: 'GDACS', decision: 'joined', channelId: 'webhook/tester' },
    ]);
    expect(event.provenance.position).toMatchObject({
      alertId: expect.stringMatching(/^USGS:/),
      place: 'geometry/coordinates',
    });
  });

  it('gives the raw message back byte for byte, as text that no browser runs', async () => {
    const event = (await get('/api/events/EQ-20230206-us6000jllz')).json();
    const raw = await get(`/api/messages/${event.provenance.position.rawDigest}`);
    expect([raw.status, raw.body]).toEqual([200, quake]);
    expect(raw.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((await get(`/api/messages/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await get('/api/messages/nonsense')).status).toBe(404);
  });

  it('lets nobody decide who may only read, nor what was seen before it changed, nor without a reason', async () => {
    const path = '/api/events/EQ-20230206-us6000jllz/separate';
    const body = { accountId: 'GDACS:EQ1355000', reason: 'another quake' };
    expect((await act(path, body, await bearer(system, 'viewer'))).status).toBe(403);
    expect(await act(path, { ...body, seenAt: '2023-02-06T05:00:00.000Z' })).toMatchObject({
      status: 409,
      body: { rule: 'STALE', detail: expect.stringMatching(/new messages of/) },
    });
    expect((await act(path, { ...body, reason: '' })).status).toBe(422);
    expect((await act(path, { ...body, accountId: 'EMSC:1' })).body.detail).toMatch(/none of the sources/);
    expect((await act('/api/events/EQ-none/separate', body)).status).toBe(404);
    expect((await act('/api/events/EQ-20230206-us6000jllz/delete', body)).status).toBe(404);
    expect(await ids()).toEqual(['EQ-20230206-us6000jllz']);
  });

  it('takes a merge apart and puts it together again, through triage', async () => {
    const path = '/api/events/EQ-20230206-us6000jllz';
    expect(
      (await act(`${path}/separate`, { accountId: 'GDACS:EQ1355000', reason: 'another quake' })).status,
    ).toBe(202);
    expect(await ids()).toEqual(['EQ-20230206-gdacs1355000', 'EQ-20230206-us6000jllz']);
    await clock.advanceTo(clock.now() + 60_000);
    const join = { eventId: 'EQ-20230206-gdacs1355000', reason: 'the same after all' };
    expect((await act(`${path}/join`, join)).status).toBe(202);
    expect(await ids()).toEqual(['EQ-20230206-us6000jllz']);
    const event = (await get('/api/events/EQ-20230206-gdacs1355000')).json();
    expect(event).toMatchObject({
      eventId: 'EQ-20230206-us6000jllz',
      decisions: [{ kind: 'apart' }, { kind: 'together', by: 'Ito' }],
      messages: [{}, {}],
    });
  });
});
