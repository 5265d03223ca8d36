import type { MergeDecision } from '../functions/domain/event.ts';
import { knows, type ListedEvent, type WholeEvent } from './whole-event.ts';

/** A decision that was recorded, and the sources that stand in one event by it or did before. */
export type Sorting = {
  seen: WholeEvent;
  decisions: MergeDecision[];
  accountIds: string[];
  /** Epoch ms on the server's clock. */
  sentAt: number;
};

/** A decision as it is recorded. Whoever joins two events is told of every source of both that ends elsewhere. */
export function sortingOf(
  seen: WholeEvent,
  decisions: MergeDecision[],
  events: ListedEvent[],
  sentAt: number,
): Sorting {
  const joined = new Set(decisions.flatMap(({ kind, ids }) => (kind === 'together' ? ids : [])));
  const others = events.filter(event => event.sources.some(({ accountId }) => joined.has(accountId)));
  const accountIds = [seen, ...others].flatMap(event => event.sources.map(({ accountId }) => accountId));
  return { seen, decisions, accountIds: [...new Set(accountIds)], sentAt };
}

/** A sorting takes seconds; after this long (ms) something holds it up. */
const LONG_MS = 60_000;

/** How a sorting goes: done as soon as the event knows the decision. `now` in epoch ms on the clock of `sentAt`. */
export const progressOf = (sorting: Sorting, event: WholeEvent, now: number): 'waits' | 'long' | 'done' =>
  knows(event, sorting.decisions) ? 'done' : now - sorting.sentAt > LONG_MS ? 'long' : 'waits';

/** Where sources went that are not in the event: by the event that has them now. */
export function goneTo(
  { accountIds }: Sorting,
  after: WholeEvent,
  events: ListedEvent[],
): { accountId: string; eventId: string | undefined }[] {
  const here = new Set(after.sources.map(({ accountId }) => accountId));
  return accountIds
    .filter(accountId => !here.has(accountId))
    .map(accountId => ({
      accountId,
      eventId: events.find(
        event =>
          event.eventId !== after.eventId && event.sources.some(source => source.accountId === accountId),
      )?.eventId,
    }));
}

/** Whether a page that shows this event is the one on which the decision was taken, or where its sources went. */
export const isAbout = ({ seen, accountIds }: Sorting, event: WholeEvent): boolean =>
  seen.eventId === event.eventId || event.sources.some(({ accountId }) => accountIds.includes(accountId));
