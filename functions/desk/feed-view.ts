import * as z from 'zod';
import type { Feed } from '../alerts/feeds/feed.ts';
import { feedHealth } from '../alerts/feeds/feed-health.ts';
import { FeedState } from '../alerts/feeds/feed-state.ts';
import type { Instant } from '../domain/primitives.ts';

/** A feed as the API shows it: what is asked, how it goes, and in words how it is. */
export const FeedView = FeedState.omit({
  etag: true,
  lastModified: true,
  digest: true,
  links: true,
  saidOnce: true,
  saidBefore: true,
  firstPolledAt: true,
}).extend({
  url: z.string(),
  everyMinutes: z.number().int(),
  believes: z.array(z.string()),
  silentAfterIntervals: z.number().int().nullable(),
  health: z.enum(['ok', 'failing', 'silent', 'not yet polled']),
  words: z.string(),
});
export type FeedView = z.infer<typeof FeedView>;

export const feedView = (feed: Feed, state: FeedState, now: Instant): FeedView =>
  FeedView.parse({
    ...state,
    feedId: feed.feedId,
    url: feed.url,
    everyMinutes: feed.everyMinutes,
    believes: feed.believes,
    silentAfterIntervals: feed.silentAfterIntervals,
    ...feedHealth(state, feed, now),
  });
