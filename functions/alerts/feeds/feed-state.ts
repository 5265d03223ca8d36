import * as z from 'zod';
import type { Instant } from '../../domain/primitives.ts';
import { plus } from '../../domain/time.ts';
import type { Feed } from './feed.ts';

/** What is remembered of a message that an index linked to. */
export const LinkState = z.object({
  /** The first 16 hex digits of the SHA-256 of its address. */
  key: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** Of the body that was received; null as long as none was. */
  digest: z.string().nullable(),
  /** Attempts in a row that brought nothing. */
  failures: z.number().int().nonnegative(),
});
export type LinkState = z.infer<typeof LinkState>;

const Moment = z.string().nullable().default(null);

/** How the polls of a feed went. Times of success and of news tell a silence from a calm. */
export const FeedState = z.object({
  feedId: z.string(),
  etag: z.string().nullable().default(null),
  lastModified: z.string().nullable().default(null),
  /** SHA-256 of the last body that could be read. */
  digest: z.string().nullable().default(null),
  firstPolledAt: Moment,
  lastPolledAt: Moment,
  /** When a poll last brought a body that could be read, or that nothing is new. */
  lastSuccessAt: Moment,
  /** When the body last was another than before. */
  lastNewsAt: Moment,
  /** When a body, or a message that it links to, last held an alert that was accepted. */
  lastAlertAt: Moment,
  /** Polls in a row that failed. */
  failures: z.number().int().nonnegative().default(0),
  lastFailure: z.object({ at: z.string(), reason: z.string() }).nullable().default(null),
  /** The feed is not asked before this moment; null: at its next turn. */
  notBefore: Moment,
  /** Items of the last body and of the messages that were fetched with it. */
  counts: z
    .object({ accepted: z.number().int(), ignored: z.number().int(), rejected: z.number().int() })
    .default({ accepted: 0, ignored: 0, rejected: 0 }),
  /** Why the first of the rejected items was. */
  rejection: z.string().nullable().default(null),
  links: z.array(LinkState).default([]),
  /** What the last body said (`saidBy`), once so far and in several bodies already. */
  saidOnce: z.array(z.string()).default([]),
  saidBefore: z.array(z.string()).default([]),
  /** Linked messages that are still to be fetched. */
  linksLeft: z.number().int().nonnegative().default(0),
});
export type FeedState = z.infer<typeof FeedState>;
export type Counts = FeedState['counts'];

export const newFeedState = (feedId: string): FeedState => FeedState.parse({ feedId });

/** What one poll came to. */
export type Polled =
  /** `retryAfter`: the server's own word on when to come again, here and below. */
  | { outcome: 'failed'; reason: string; retryAfter: string | null }
  | { outcome: 'nothing new' }
  | {
      outcome: 'news';
      etag: string | null;
      lastModified: string | null;
      digest: string;
      counts: Counts;
      rejection: string | null;
      /** The statements of the body. */
      said: string[];
      links: LinkState[];
      linksLeft: number;
      /** Why none of the linked messages could be fetched. */
      linkFault: string | null;
      retryAfter: string | null;
    };

/** No pause is longer: a feed that is back is heard within the hour, whatever it asked for. */
const LONGEST_PAUSE_MS = 3_600_000;

/** The pause that `Retry-After` asks for (seconds, or a date of HTTP); 0 when it asks for none. */
const askedPauseMs = (retryAfter: string | null, at: Instant): number => {
  const text = retryAfter?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(at);
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_PAUSE_MS) : 0;
};

/**
 * When a feed is asked again that failed so many times in a row: at its next turn after the first failure, then after 2,
 * 4, 8, … intervals, at most an hour. A tenth of an interval is given away, because no schedule is exact.
 */
const notBeforeOf = (failures: number, feed: Feed, retryAfter: string | null, at: Instant): string | null => {
  const intervalMs = feed.everyMinutes * 60_000;
  const backoffMs =
    failures < 2 ? 0 : Math.min(intervalMs * 2 ** Math.min(failures - 1, 10), LONGEST_PAUSE_MS);
  const pauseMs = Math.max(backoffMs - intervalMs / 10, askedPauseMs(retryAfter, at));
  return pauseMs > 0 ? plus(at, pauseMs) : null;
};

/** Whether this is a turn at which the feed is left in peace. */
export const isPaused = (state: FeedState, now: Instant): boolean =>
  state.notBefore !== null && now < state.notBefore;

/** 17 bytes each: as many as fit well into one item, twice what the largest feed seen has (EONET, 5,662). */
const MOST_STATEMENTS = 12_000;

/**
 * What a feed repeats is triaged twice and then no more: the second time finds again what a crash had cut off the first
 * time, and a feed of hundreds of warnings costs nothing while none of them changes.
 */
const remembered = (before: FeedState, said: readonly string[]): Partial<FeedState> => {
  const known = new Set([...before.saidOnce, ...before.saidBefore]);
  const kept = said.slice(0, MOST_STATEMENTS);
  return {
    saidOnce: kept.filter(statement => !known.has(statement)),
    saidBefore: kept.filter(statement => known.has(statement)),
  };
};

/** The state after a poll. A failure forgets nothing of what was known before it. */
export const afterPoll = (before: FeedState, polled: Polled, feed: Feed, at: Instant): FeedState => {
  const asked = { ...before, firstPolledAt: before.firstPolledAt ?? at, lastPolledAt: at };
  const failures = before.failures + 1;
  if (polled.outcome === 'failed')
    return {
      ...asked,
      failures,
      lastFailure: { at, reason: polled.reason },
      notBefore: notBeforeOf(failures, feed, polled.retryAfter, at),
    };
  const read: FeedState = { ...asked, failures: 0, notBefore: null, lastSuccessAt: at };
  if (polled.outcome === 'nothing new') return read;
  const { linkFault, retryAfter, etag, lastModified, said, outcome: _outcome, ...news } = polled;
  const pauseMs = askedPauseMs(retryAfter, at);
  return {
    ...read,
    ...news,
    ...remembered(before, said),
    notBefore: pauseMs > 0 ? plus(at, pauseMs) : null,
    // As long as messages of this index are missing, its body is asked for whole, so that they are found again.
    etag: news.linksLeft > 0 ? null : etag,
    lastModified: news.linksLeft > 0 ? null : lastModified,
    lastNewsAt: news.digest === before.digest ? before.lastNewsAt : at,
    lastAlertAt: news.counts.accepted > 0 ? at : before.lastAlertAt,
    ...(linkFault !== null && {
      failures,
      lastFailure: { at, reason: linkFault },
      lastSuccessAt: before.lastSuccessAt,
    }),
  };
};
