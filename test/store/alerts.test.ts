import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf } from '../../functions/alerts/events/account.ts';
import { type CandidateSearch, neighbourhoodOf } from '../../functions/alerts/events/correlation.ts';
import type { DisasterEvent } from '../../functions/domain/event.ts';
import { createAlertStore } from '../../functions/store/alerts.ts';
import { alertsOf, foldAll, gdacsItem, gdacsRss, usgsFeature } from '../alerts/messages.ts';
import { openTables, TABLES } from '../support/tables.ts';

const NOW = '2026-03-01T06:00:00.000Z';
const LATER = '2026-03-01T06:01:30.000Z';

let opened: Awaited<ReturnType<typeof openTables>>;
let alerts: ReturnType<typeof createAlertStore>;
beforeAll(async () => {
  opened = await openTables();
  alerts = createAlertStore(opened.tables, TABLES.alerts);
});
afterAll(() => opened.close());

const anEvent = async (quake: Parameters<typeof usgsFeature>[0]): Promise<DisasterEvent> =>
  foldAll(await alertsOf(usgsFeature(quake))).events[0] as DisasterEvent;

describe('the fence', () => {
  it('is for one at a time, who may take it again', async () => {
    expect(await alerts.takeFence('a/0', NOW, LATER)).toBe(true);
    expect(await alerts.takeFence('b/0', NOW, LATER)).toBe(false);
    expect(await alerts.takeFence('a/0', NOW, LATER)).toBe(true);
    await alerts.dropFence('b/0');
    expect(await alerts.takeFence('b/0', NOW, LATER)).toBe(false);
    await alerts.dropFence('a/0');
    await alerts.dropFence('a/0');
    expect(await alerts.takeFence('b/0', NOW, LATER)).toBe(true);
  });

  it('outlives nobody for long', async () => {
    expect(await alerts.takeFence('c/0', '2026-03-01T06:01:29.999Z', '2026-03-01T07:00:00.000Z')).toBe(false);
    expect(await alerts.takeFence('c/0', LATER, '2026-03-01T07:00:00.000Z')).toBe(true);
    await alerts.dropFence('c/0');
  });

  it('is won by one of many', async () => {
    const won = await Promise.all(
      Array.from({ length: 10 }, (_, index) => alerts.takeFence(`m/${index}`, NOW, LATER)),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    await alerts.dropFence(`m/${won.indexOf(true)}`);
  });
});

describe('events', () => {
  it('come back as they were written, and newest first, without those merged away', async () => {
    const older = await anEvent({ id: 'us1', at: '2026-02-01T00:00:00.000Z' });
    const newer = await anEvent({ id: 'us2', at: '2026-02-02T00:00:00.000Z' });
    const gone = await anEvent({ id: 'us3', at: '2026-02-03T00:00:00.000Z' });
    await alerts.saveChanged([older, newer, { ...gone, mergedInto: newer.eventId }], []);
    expect(await alerts.read(older.eventId)).toEqual(older);
    expect((await alerts.list()).map(({ eventId }) => eventId)).toEqual([newer.eventId, older.eventId]);
    expect((await alerts.read(gone.eventId))?.mergedInto).toBe(newer.eventId);
    expect(await alerts.read('EQ-none')).toBeUndefined();
  });

  it('are found for a message by an id wherever they are, and by nearness in time', async () => {
    const byId = await anEvent({ id: 'us10', at: '2025-01-01T00:00:00.000Z', latitude: 10 });
    const byTime = await anEvent({ id: 'us11', at: '2025-06-01T00:00:40.000Z', latitude: -10 });
    const neither = await anEvent({ id: 'us12', at: '2025-06-09T00:00:00.000Z', latitude: -10 });
    await alerts.saveChanged([byId, byTime, neither], []);
    const [renamed] = await alertsOf(
      usgsFeature({ id: 'ak9', ids: ',ak9,us10,', at: '2025-06-01T00:00:00.000Z' }),
    );
    const search = neighbourhoodOf([accountOf(renamed!, NOW)]).next().value as CandidateSearch;
    // Events of one source alone are looked for by id only: it keeps its own apart.
    expect(await alerts.candidates(search)).toEqual([byId]);
    const found = await alerts.candidates({
      ...search,
      windows: search.windows.map(window => ({ ...window, besides: 'GDACS' })),
    });
    expect(found).toEqual([byId, byTime]);
  });

  it('are not mixed up with messages, ids, feeds or the fence', async () => {
    const [message] = await alertsOf(gdacsRss([gdacsItem({ id: '5' })]));
    const event = foldAll([message!]).events[0]!;
    await alerts.keepAlert(event.eventId, message!, 'opened', 'no event is like it');
    const before = await alerts.list();
    await alerts.saveChanged([event], []);
    expect((await alerts.list()).length - before.length).toBe(1);
    expect(await alerts.messages(event)).toMatchObject([{ alertId: message!.alertId, decision: 'opened' }]);
  });
});
