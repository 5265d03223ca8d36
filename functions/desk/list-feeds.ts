import * as z from 'zod';
import { unpackFeeds } from '../alerts/feeds/feed.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { httpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createFeedStore } from '../store/feeds.ts';
import { feedView } from './feed-view.ts';

const env = readEnv(z.object({ ALERTS_TABLE: z.string().min(1), FEEDS: z.string().transform(unpackFeeds) }));

/** Every feed that is polled, in the order of the configuration, with how it is. */
export const handler = httpEntry(
  { roles: ['viewer', 'desk', 'approver', 'roster-admin', 'auditor'], body: z.unknown() },
  async () => {
    const store = createFeedStore(tables(), env.ALERTS_TABLE);
    const states = await store.list(env.FEEDS.map(({ feedId }) => feedId));
    const at = now();
    return { status: 200, body: { feeds: env.FEEDS.map((feed, n) => feedView(feed, states[n]!, at)) } };
  },
);
