import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../functions/alerts/events/identity.ts';
import { readBody } from '../../../functions/alerts/intake.ts';
import type { DisasterEvent } from '../../../functions/domain/event.ts';
import { createAlertStore } from '../../../functions/store/alerts.ts';
import { newestTimeIn } from '../../../infra/local/commands/event-report.ts';
import type { BootOptions, System } from '../../../infra/local/system.ts';
import { bootAt, post, signed, storedEvents } from '../booted.ts';
import { foldAll, gdacsItem, gdacsRss, usgsFeature, usgsFeed } from '../messages.ts';

const CORRELATE = 'alerts/correlate-alert';
const captures = '../shared/captures';
const sample = 'infra/local/demonstration/sample-alert/us6000jllz.json';

const moments = new Set(['updatedAt', 'openedAt', 'receivedAt', 'channelId']);

/** An event without when and on which way it came, which says nothing about it. */
const timeless = (event: DisasterEvent): DisasterEvent =>
  JSON.parse(JSON.stringify(event, (key, value) => (moments.has(key) ? undefined : value)));
const byId = (a: { eventId: string }, b: { eventId: string }) => (a.eventId < b.eventId ? -1 : 1);

/** Hands messages in one after the other, each triaged before the next. */
async function handIn(
  system: System,
  clock: { now(): number; advanceTo(ms: number): Promise<void> },
  bodies: Buffer[],
) {
  for (const body of bodies) {
    const { status } = await post(system, body, signed(system, body, clock.now()));
    if (status !== 202) throw new Error(`refused: ${status}`);
    await clock.advanceTo(clock.now());
  }
}

/** What becomes of the messages in memory, and in the tables of the whole app. */
async function bothWays(bodies: Buffer[]) {
  const readings = await Promise.all(bodies.map(body => readBody(body)));
  const now = new Date(newestTimeIn(readings)).toISOString();
  const { events } = foldAll(
    readings.flatMap(({ accepted }) => accepted),
    now,
  );
  const { system, clock } = await bootAt(now);
  await handIn(system, clock, bodies);
  const stored = await storedEvents(system);
  await system.close();
  return { memory: events.map(timeless).sort(byId), stored: stored.map(timeless).sort(byId) };
}

describe('correlation over the tables', () => {
  it('makes of the sample the event that it makes in memory', async () => {
    const { memory, stored } = await bothWays([readFileSync(sample)]);
    expect(stored).toEqual(memory);
    expect(stored.map(({ eventId, level, state, exercise }) => [eventId, level, state, exercise])).toEqual([
      ['EQ-20230206-us6000jllz', 'Red', 'open', false],
    ]);
  });

  it.skipIf(!existsSync(captures))(
    'makes of captured feeds of two sources the events that it makes in memory',
    async () => {
      const files = [
        'gdacs-rss/rss-24h-2019-12-30.xml',
        'gdacs-rss/rss-2019-12-30.xml',
        'usgs-geojson/significant_month-2022-04.geojson',
      ];
      const { memory, stored } = await bothWays(files.map(file => readFileSync(join(captures, file))));
      expect(stored.length).toBeGreaterThan(30);
      expect(stored).toEqual(memory);
    },
  );
});

/** Two quakes that USGS counted apart, and a tsunami whose quake nobody has reported yet. */
const apart = [
  Buffer.from(
    JSON.stringify(
      usgsFeed([
        usgsFeature({ id: 'ak1', mag: 5.4, alert: 'green', latitude: 60, longitude: -150 }),
        usgsFeature({ id: 'us1', mag: 5.5, alert: 'green', latitude: 60.1, longitude: -150 }),
      ]),
    ),
  ),
  Buffer.from(gdacsRss([gdacsItem({ type: 'TS', id: '77', latitude: '-20', longitude: '-70' })])),
];
/** USGS says that both are one, and the tsunami's quake is there. */
const together = Buffer.from(
  JSON.stringify(
    usgsFeed([
      usgsFeature({
        id: 'us1',
        ids: ',us1,ak1,',
        mag: 5.6,
        alert: 'green',
        latitude: 60.1,
        longitude: -150,
        updated: '2023-02-06T01:40:00.000Z',
      }),
      usgsFeature({ id: 'us2', mag: 7.1, alert: 'green', latitude: -20, longitude: -70 }),
    ]),
  ),
);
const NOW = '2023-02-06T02:00:00.000Z';

/** Everything that the table holds, but moments of writing. */
async function wholeTable(system: System): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await system.tables.send(
    new ScanCommand({ TableName: system.variable('ALERTS_TABLE'), ConsistentRead: true }),
  );
  return Items.map(({ updatedAt: _updatedAt, ...item }) => item).sort((a, b) =>
    `${a.eventId} ${a.record}` < `${b.eventId} ${b.record}` ? -1 : 1,
  );
}

describe('a correlation that is cut off', () => {
  const isWrite = (operation: string) => operation === 'PutItem' || operation === 'UpdateItem';

  /** Dies before the nth write of the last message's correlation, and goes on after a restart; `writes`: how many it makes. */
  async function crashingBefore(nth: number | undefined) {
    let armed = false;
    let writes = 0;
    const onCall: BootOptions['onCall'] = ({ functionName, operation }) => {
      if (!armed || functionName !== CORRELATE || !isWrite(operation)) return undefined;
      writes += 1;
      return writes === nth ? 'crash-before' : undefined;
    };
    const { system: first, clock } = await bootAt(NOW, { onCall });
    await handIn(first, clock, apart);
    armed = true;
    await post(first, together, signed(first, together, clock.now()));
    if (nth === undefined) {
      await clock.advanceTo(clock.now() + 600_000);
      const table = await wholeTable(first);
      await first.close();
      return { table, writes };
    }
    void clock.advanceTo(clock.now());
    await first.crashed;
    const second = await first.restart();
    await clock.advanceTo(clock.now() + 600_000);
    const table = await wholeTable(second);
    await second.close();
    return { table, writes };
  }

  it('leaves the same table, wherever it is cut, once it is run again', async () => {
    const { table: whole, writes } = await crashingBefore(undefined);
    const events = whole.filter(({ record }) => record === 'event');
    expect(
      events.map(({ eventId, mergedInto, parentEventId }) => [eventId, mergedInto, parentEventId]),
    ).toEqual([
      ['EQ-20230206-ak1', null, null],
      ['EQ-20230206-us1', 'EQ-20230206-ak1', null],
      ['EQ-20230206-us2', null, null],
      ['TS-20230206-gdacs77', null, 'EQ-20230206-us2'],
    ]);
    expect(writes).toBeGreaterThan(8);
    for (let nth = 1; nth <= writes; nth += 1)
      expect((await crashingBefore(nth)).table, `cut before write ${nth}`).toEqual(whole);
  });
});

describe('messages that come at once', () => {
  const quake = Buffer.from(JSON.stringify(usgsFeature()));
  const gdacs = Buffer.from(gdacsRss([gdacsItem()]));

  /** Keeps both messages; their triage has not begun. */
  const keepBoth = (system: System) =>
    Promise.all(
      [quake, gdacs].map(async bytes => {
        const rawDigest = digestOf(bytes);
        await system.disk.bodies.put(system.variable('RAW_BUCKET'), rawDigest, { bytes, headers: {} });
        return { rawDigest, contentType: '', channel: null, indexes: [0], asOf: null };
      }),
    );

  it('are correlated one after the other, and make one event', async () => {
    const { system } = await bootAt(NOW);
    const inputs = await keepBoth(system);
    const first = await Promise.allSettled(inputs.map(input => system.invoke(CORRELATE, input)));
    expect(first.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const late = first.findIndex(({ status }) => status === 'rejected');
    expect(first[late]).toMatchObject({ reason: { name: 'TemporarilyUnavailable' } });
    const [won] = first.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
    expect(await system.invoke(CORRELATE, inputs[late])).toEqual(won);
    const events = await storedEvents(system);
    expect(events.map(({ alerts }) => alerts.map(({ source }) => source).sort())).toEqual([
      ['GDACS', 'USGS'],
    ]);
    expect((await wholeTable(system)).find(({ record }) => record === 'fence')).not.toHaveProperty('holder');
    await system.close();
  });

  it('do not take the fence from each other when one is a drill on the other', async () => {
    const { system } = await bootAt(NOW);
    const [input] = await keepBoth(system);
    const table = system.variable('ALERTS_TABLE');
    await createAlertStore(system.tables, table).takeFence(
      digestOf(JSON.stringify({ ...input, asOf: NOW })),
      NOW,
      '2023-02-06T02:01:30.000Z',
    );
    await expect(system.invoke(CORRELATE, input)).rejects.toMatchObject({ name: 'TemporarilyUnavailable' });
    expect(await storedEvents(system)).toEqual([]);
    await system.close();
  });
});
