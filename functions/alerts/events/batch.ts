import type { Alert } from '../../domain/alert.ts';
import type { DisasterEvent } from '../../domain/event.ts';
import { shifted } from '../documents/times.ts';
import { accountOf } from './account.ts';
import { canonicalEventId, isSilent } from './arrangement.ts';
import { neighbourhoodOf } from './correlation.ts';
import { createEventIndex, type EventIndex } from './event-index.ts';
import { type Correlation, correlate } from './fold.ts';
import { settle } from './lifecycle.ts';

/** Folds one message into events in memory. */
export const foldInto = (
  index: EventIndex,
  alert: Alert,
  now: string,
  receivedAt: string = now,
): Correlation => {
  const steps = neighbourhoodOf([accountOf(alert, receivedAt)]);
  let step = steps.next();
  while (!step.done) step = steps.next(index.find(step.value));
  const found = correlate(alert, step.value, now, receivedAt);
  for (const event of found.changes) index.save(event);
  return found;
};

/** Folds messages one by one into events in memory, as the table would hold them, with what became of each message. */
export const foldAll = (
  alerts: readonly Alert[],
  now: string,
): { index: EventIndex; results: Correlation[] } => {
  const index = createEventIndex();
  return {
    index,
    results: alerts.map((alert, place) => foldInto(index, alert, now, shifted(now, place / 1000))),
  };
};

/**
 * The events as of `now` under ids that do not depend on which message came first, so that the same messages in any order
 * are the same events.
 */
export const canonicalEvents = (events: readonly DisasterEvent[], now: string): DisasterEvent[] => {
  const live = events.filter(event => !event.mergedInto && !isSilent(event));
  const names = new Map(live.map(event => [event.eventId, canonicalEventId(event)]));
  const nameOf = (eventId: string) => names.get(eventId) ?? eventId;
  return live
    .map(event => settle(event, now))
    .map(event => ({
      ...event,
      eventId: nameOf(event.eventId),
      parentEventId: event.parentEventId && nameOf(event.parentEventId),
      doubts: event.doubts.map(doubt => ({ ...doubt, eventId: nameOf(doubt.eventId) })),
    }));
};
