import * as z from 'zod';
import { bodies, tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { InvalidInput } from '../runtime/errors.ts';
import { log } from '../runtime/log.ts';
import { createAlertStore } from '../store/alerts.ts';
import { createRawBodyStore } from '../store/raw-bodies.ts';
import { Feed, pollFeed } from './polling.ts';
import { receiveMessage } from './receiving.ts';

const env = readEnv(
  z.object({
    ALERTS_TABLE: z.string().min(1),
    RAW_BUCKET: z.string().min(1),
    TRIAGE_ALERT_ARN: z.string().min(1),
    FEEDS: z.string().transform(text => z.array(Feed).parse(JSON.parse(text))),
  }),
);

/** One poll of one feed. A feed that is silent or broken ends nothing: it is counted, logged and asked again at its time. */
export const handler = stateEntry(z.object({ feedId: z.string() }), async ({ feedId }) => {
  const feed = env.FEEDS.find(each => each.feedId === feedId);
  if (!feed) throw new InvalidInput(`feedId: no feed is called ${feedId}`);
  const store = createAlertStore(tables(), env.ALERTS_TABLE);
  const before = await store.feed(feedId);
  const poll = await pollFeed(feed, before, fetch);
  const at = now();
  if (poll.outcome === 'failed') {
    log.warn('poll failed', { feedId, reason: poll.reason, failures: before.failures + 1 });
    await store.saveFeed({ ...before, failures: before.failures + 1 });
    return { outcome: 'failed' };
  }
  if (poll.outcome === 'nothing new') {
    await store.saveFeed({ ...before, polledAt: at, failures: 0 });
    return { outcome: 'nothing new' };
  }
  const reading = await receiveMessage(
    createRawBodyStore(bodies(), env.RAW_BUCKET),
    env.TRIAGE_ALERT_ARN,
    poll.bytes,
    poll.contentType,
  );
  if (reading.problem) {
    log.warn('feed not readable', { feedId, reason: reading.problem.reason });
    // Its tag is not believed: else the feed would say "nothing new" about what nobody could read.
    await store.saveFeed({ ...before, failures: before.failures + 1 });
    return { outcome: 'not readable' };
  }
  await store.saveFeed({
    feedId,
    etag: poll.etag,
    lastModified: poll.lastModified,
    polledAt: at,
    newsAt: at,
    failures: 0,
  });
  return { outcome: 'news', accepted: reading.accepted.length, rejected: reading.rejected.length };
});
