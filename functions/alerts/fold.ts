import type { Alert } from '../domain/alert.ts';
import type { DisasterEvent } from '../domain/event.ts';
import { childrenOf, matchOf, parentOf } from './correlation.ts';
import { applyMessage, type Effect, mergedAway, mergeEvents } from './lifecycle.ts';
import { shifted } from './times.ts';

/** What became of a message. Write `event` and `alsoChanged` when `changed`; the rest is for the log and the desk. */
export type Correlation = {
  decision: Effect['outcome'];
  event: DisasterEvent;
  changed: boolean;
  /** The rule in words. */
  reason: string;
  parentEventId: string | null;
  /** Events that may be the same, kept apart until a person decides. */
  doubtful: { eventId: string; reason: string }[];
  /** Events merged into this one, and tsunamis that found their quake in it. */
  alsoChanged: DisasterEvent[];
};

/** Clocks differ by minutes; a message from further ahead waits until its time has come (the next poll brings it again). */
const clockToleranceSeconds = 600;

const oldestFirst = (a: DisasterEvent, b: DisasterEvent) =>
  a.occurredAt === b.occurredAt ? (a.eventId < b.eventId ? -1 : 1) : a.occurredAt < b.occurredAt ? -1 : 1;

/**
 * Folds one message into the events that it could belong to (`candidateSearchOf` names them): joins, revises, cancels,
 * opens, or leaves all as it is. Pure; repeating it with the result among the candidates changes nothing.
 */
export const correlate = (alert: Alert, candidates: readonly DisasterEvent[], now: string): Correlation => {
  const unchanged = { changed: false, doubtful: [], alsoChanged: [] };
  if (alert.sentAt > shifted(now, clockToleranceSeconds)) {
    const { event } = applyMessage(undefined, alert, 'sent in the future', now);
    const reason = `sent at ${alert.sentAt}, more than ${clockToleranceSeconds / 60} min ahead of the clock`;
    return { decision: 'held', event, reason, parentEventId: null, ...unchanged };
  }
  const match = matchOf(alert, candidates);
  const [first, ...others] = [...match.events].sort(oldestFirst);
  const merged = first && others.reduce((event, other) => mergeEvents(event, other, now), first);
  const reason = first ? match.reason : `opened: ${match.reason}`;
  const { outcome, event, note } = applyMessage(merged, alert, reason, now);
  const words = note === undefined ? reason : `${reason}; ${note}`;
  if (others.length === 0 && (outcome === 'duplicate' || event === merged))
    return { decision: outcome, event, reason: words, parentEventId: event.parentEventId, ...unchanged };

  const parent = event.parentEventId ?? parentOf(event, candidates)?.eventId ?? null;
  const linked = parent === event.parentEventId ? event : { ...event, parentEventId: parent };
  const children = childrenOf(linked, candidates).map(child => ({
    ...child,
    parentEventId: linked.eventId,
    updatedAt: now,
  }));
  return {
    decision: outcome,
    event: linked,
    changed: true,
    reason: words,
    parentEventId: parent,
    doubtful: match.doubtful,
    alsoChanged: [...others.map(other => mergedAway(other, linked.eventId, now)), ...children],
  };
};
