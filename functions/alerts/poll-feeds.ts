import * as z from 'zod';
import { bodies, tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { InvalidInput } from '../runtime/errors.ts';
import { log } from '../runtime/log.ts';
import { createFeedStore } from '../store/feeds.ts';
import { createRawBodyStore } from '../store/raw-bodies.ts';
import { unpackFeeds } from './feeds/feed.ts';
import { feedHealth } from './feeds/feed-health.ts';
import { afterPoll, isPaused } from './feeds/feed-state.ts';
import { pollFeed } from './feeds/polling.ts';
import { receiveMessage } from './feeds/receiving.ts';

const env = readEnv(
  z.object({
    ALERTS_TABLE: z.string().min(1),
    RAW_BUCKET: z.string().min(1),
    TRIAGE_ALERT_ARN: z.string().min(1),
    FEEDS: z.string().transform(unpackFeeds),
  }),
);

/** For the feed and all that it links to: far within the function's minute, so that its state is always written. */
const LONGEST_POLL_MS = 25_000;

/**
 * One turn of one feed: it is asked, or left in peace for a while after failures. A feed that is silent or broken ends
 * nothing; it is counted, logged for its alarms and asked again at its time.
 */
export const handler = stateEntry(z.object({ feedId: z.string() }), async ({ feedId }) => {
  const feed = env.FEEDS.find(each => each.feedId === feedId);
  if (!feed) throw new InvalidInput(`feedId: no feed is called ${feedId}`);
  const store = createFeedStore(tables(), env.ALERTS_TABLE);
  const kept = createRawBodyStore(bodies(), env.RAW_BUCKET);
  const channel = { channelId: feedId, believes: feed.believes };
  let state = await store.read(feedId);
  let outcome = 'left in peace';
  if (!isPaused(state, now())) {
    const settled = new Set(state.saidBefore);
    const polled = await pollFeed(feed, state, {
      network: { get: fetch, until: AbortSignal.timeout(LONGEST_POLL_MS) },
      receive: (bytes, contentType) =>
        receiveMessage(kept, env.TRIAGE_ALERT_ARN, { bytes, contentType, channel, settled }),
    });
    outcome = polled.outcome;
    state = afterPoll(state, polled, feed, now());
    await store.save(state);
    if (polled.outcome === 'failed') log.warn('poll failed', { feedId, reason: polled.reason });
    if (polled.outcome === 'news') log.info('feed read', { feedId, ...state.counts, first: state.rejection });
  }
  const { health, words } = feedHealth(state, feed, now());
  // The alarms count these two lines, which therefore stand at each turn and name no other feed.
  if (health === 'failing') log.warn('feed not read', { feedId, failures: state.failures });
  if (health === 'silent') log.warn('feed silent', { feedId });
  return { outcome, health, words, ...state.counts };
});
