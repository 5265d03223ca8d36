import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newFeedState } from '../../functions/alerts/feeds/feed-state.ts';
import { createFeedStore } from '../../functions/store/feeds.ts';
import { openTables, TABLES } from '../support/tables.ts';

let opened: Awaited<ReturnType<typeof openTables>>;
let feeds: ReturnType<typeof createFeedStore>;
beforeAll(async () => {
  opened = await openTables();
  feeds = createFeedStore(opened.tables, TABLES.alerts);
});
afterAll(() => opened.close());

describe('the states of feeds', () => {
  it('come back as they were saved, and new where there was no poll', async () => {
    const state = {
      ...newFeedState('gdacs'),
      failures: 2,
      lastFailure: { at: '2026-03-01T06:00:00.000Z', reason: 'HTTP 503' },
      links: [{ key: 'abc', etag: null, lastModified: null, digest: 'def', failures: 0 }],
    };
    await feeds.save(state);
    expect(await feeds.read('gdacs')).toEqual(state);
    expect(await feeds.list(['usgs', 'gdacs'])).toEqual([newFeedState('usgs'), state]);
    expect(await feeds.list([])).toEqual([]);
  });

  it('are read where an earlier version wrote them', async () => {
    const old = { etag: '"1"', lastModified: null, polledAt: null, newsAt: null, failures: 1 };
    const key = { eventId: 'feed/old', record: 'feed', feedId: 'old' };
    await opened.tables.send(new PutCommand({ TableName: TABLES.alerts, Item: { ...key, ...old } }));
    expect(await feeds.read('old')).toEqual({ ...newFeedState('old'), etag: '"1"', failures: 1 });
  });

  it('hold the links of a long index in one item', async () => {
    const links = Array.from({ length: 500 }, (_, n) => ({
      key: `${n}`.padStart(16, '0'),
      etag: `"${'e'.repeat(298)}"`,
      lastModified: 'Mon, 02 Mar 2026 00:00:00 GMT',
      digest: 'd'.repeat(16),
      failures: 0,
    }));
    expect(JSON.stringify(links).length).toBeLessThan(300_000);
    await feeds.save({ ...newFeedState('long'), links });
    expect((await feeds.read('long')).links).toHaveLength(500);
  });
});
