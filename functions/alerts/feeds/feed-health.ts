import type { Instant } from '../../domain/primitives.ts';
import type { Feed } from './feed.ts';
import type { FeedState } from './feed-state.ts';

/** How a feed is, and in words why. */
export type FeedHealth = { health: 'ok' | 'failing' | 'silent' | 'not yet polled'; words: string };

/** A feed that was not asked for this many of its intervals, and for a quarter of an hour, is not polled any more. */
const MISSED_INTERVALS = 3;
const MISSED_MS = 900_000;

const times = (count: number): string => (count === 1 ? '' : `, ${count} times`);

const span = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2_880 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1_440)} days`;
};

/**
 * How a feed is at a moment. Failing: its last poll brought nothing, or most of what it brought could not be read, or
 * nobody polls it. Silent: it answers, and has said nothing new for longer than it ever does.
 */
export const feedHealth = (
  state: FeedState,
  feed: Pick<Feed, 'everyMinutes' | 'silentAfterIntervals'>,
  now: Instant,
): FeedHealth => {
  const { lastPolledAt, notBefore, counts, failures } = state;
  if (lastPolledAt === null) return { health: 'not yet polled', words: 'not yet polled' };
  const nowMs = Date.parse(now);
  const intervalMs = feed.everyMinutes * 60_000;
  const idleMs =
    nowMs - Date.parse(notBefore !== null && notBefore > lastPolledAt ? notBefore : lastPolledAt);
  if (idleMs > Math.max(MISSED_INTERVALS * intervalMs, MISSED_MS))
    return { health: 'failing', words: `not polled for ${span(nowMs - Date.parse(lastPolledAt))}` };
  if (failures > 0)
    return { health: 'failing', words: `${state.lastFailure?.reason ?? 'failed'}${times(failures)}` };
  if (counts.rejected > counts.accepted + counts.ignored) {
    const all = counts.rejected + counts.accepted + counts.ignored;
    return { health: 'failing', words: `${counts.rejected} of ${all} items rejected: ${state.rejection}` };
  }
  const newsMs = Date.parse(state.lastNewsAt ?? state.firstPolledAt ?? lastPolledAt);
  const intervals = Math.floor((nowMs - newsMs) / intervalMs);
  if (feed.silentAfterIntervals !== null && intervals >= feed.silentAfterIntervals)
    return { health: 'silent', words: `nothing new for ${intervals} intervals` };
  const left = state.linksLeft;
  return {
    health: 'ok',
    words: left > 0 ? `${left} linked ${left === 1 ? 'message' : 'messages'} still to be fetched` : 'read',
  };
};
