import type { Deployment } from '../functions/domain/deployment.ts';
import { inTurn, type Waiting } from './waiting.ts';
import { doubtsByEvent, type ListedEvent } from './whole-event.ts';

/** A merge that a person decides: two events that are perhaps one. */
export type WaitingDoubt = Waiting & { eventId: string };

const title = (events: ListedEvent[], eventId: string): string => {
  const found = events.find(event => event.eventId === eventId);
  return found ? `“${found.title}”` : eventId;
};

/**
 * Events that are perhaps one, each pair once: soon where help may be needed or a deployment hangs on it, else when there
 * is time. What is real and what is an exercise are never in one list.
 */
export function doubtfulMerges(
  events: ListedEvent[],
  deployments: Deployment[],
  exercises = false,
): WaitingDoubt[] {
  const found = new Map<string, WaitingDoubt>();
  for (const event of events) {
    if (event.exercise !== exercises) continue;
    for (const { eventId, reasons } of doubtsByEvent(event.doubts)) {
      const pair = [event.eventId, eventId].sort().join(' ');
      if (found.has(pair)) continue;
      const other = events.find(each => each.eventId === eventId);
      const both = [event, ...(other ? [other] : [])];
      const hangs = deployments.some(d =>
        [event.eventId, eventId].some(id => d.eventId === id || d.furtherEventIds.includes(id)),
      );
      const grave = both.some(each => each.level === 'Red' || each.level === 'Orange');
      found.set(pair, {
        eventId: event.eventId,
        priority: hangs || grave ? 'Soon' : 'When you can',
        what: `Perhaps one event: ${title(events, event.eventId)} and ${title(events, eventId)}`,
        consequence: `${reasons.join('; ')}. They stay two events until you decide.`,
        verb: 'Compare and decide',
        decideBy: null,
        since: both
          .map(each => each.openedAt ?? each.occurredAt)
          .sort()
          .at(-1)!,
      });
    }
  }
  return [...found.values()].sort(inTurn);
}
