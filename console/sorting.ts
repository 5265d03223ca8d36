import type { MergeDecision } from '../functions/domain/event.ts';
import { knows, type ListedEvent, type WholeEvent } from './whole-event.ts';

/** A decision that was recorded and has not shown in the event yet. */
export type Sorting = { seen: WholeEvent; decisions: MergeDecision[]; sentAt: number };

/** A sorting takes seconds; after this long (ms) something holds it up. */
const LONG_MS = 60_000;

/** How a sorting goes: done as soon as the event knows the decision. `now` in epoch ms on the clock of `sentAt`. */
export const progressOf = (sorting: Sorting, event: WholeEvent, now: number): 'waits' | 'long' | 'done' =>
  knows(event, sorting.decisions) ? 'done' : now - sorting.sentAt > LONG_MS ? 'long' : 'waits';

/** Where the sources went that were in the event before and are no longer: by the event that has them now. */
export function goneTo(
  before: WholeEvent,
  after: WholeEvent,
  events: ListedEvent[],
): { accountId: string; eventId: string | undefined }[] {
  const here = new Set(after.sources.map(({ accountId }) => accountId));
  return before.sources
    .filter(({ accountId }) => !here.has(accountId))
    .map(({ accountId }) => ({
      accountId,
      eventId: events.find(
        event =>
          event.eventId !== after.eventId && event.sources.some(source => source.accountId === accountId),
      )?.eventId,
    }));
}

/** Whether a page that shows this event is the one on which the decision was taken, or where its sources went. */
export const isAbout = ({ seen }: Sorting, event: WholeEvent): boolean =>
  seen.eventId === event.eventId ||
  event.sources.some(({ accountId }) => seen.sources.some(source => source.accountId === accountId));
