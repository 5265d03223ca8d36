import * as z from 'zod';
import type { DisasterEvent, MergeDecision } from '../../domain/event.ts';
import { Instant } from '../../domain/primitives.ts';

const reason = z.string().trim().min(3).max(500);
/** `updatedAt` of the event as the caller saw it: a decision about something else than what stands there is refused. */
const seenAt = Instant.optional();

/** What a person may decide about what an event is made of, and what has to be said with it. */
export const EVENT_ACTIONS = {
  /** Both events are one. */
  join: z.object({ eventId: z.string().min(1), reason, seenAt }),
  /** The events that a rule holds for perhaps one are two. */
  'keep-apart': z.object({ eventId: z.string().min(1), reason, seenAt }),
  /** What one source tells here is another event: undoes the merge that brought it. */
  separate: z.object({ accountId: z.string().min(1), reason, seenAt }),
};
export type EventAction = keyof typeof EVENT_ACTIONS;

export const isEventAction = (action: string): action is EventAction => Object.hasOwn(EVENT_ACTIONS, action);

/** Which accounts stand together or apart from now on, and in which events they are; or why that cannot be. */
export type EventDecision = { eventIds: string[]; decisions: MergeDecision[] } | { refused: string };

type Who = { by: string; at: Instant; reason: string };

/** An own id of the account that no other has: its first message's. */
const decided = (kind: MergeDecision['kind'], one: string, other: string, who: Who): MergeDecision => ({
  kind,
  ids: one < other ? [one, other] : [other, one],
  ...who,
});

/** What is decided about two events holds for each account of the one with each of the other, whatever was decided before. */
const aboutPair =
  (kind: MergeDecision['kind']) =>
  (event: DisasterEvent, other: DisasterEvent, who: Who): EventDecision => {
    const fault = pairFault(event, other);
    if (fault !== undefined) return { refused: fault };
    return {
      eventIds: [event.eventId, other.eventId],
      decisions: event.accounts.flatMap(a =>
        other.accounts.map(b => decided(kind, a.accountId, b.accountId, who)),
      ),
    };
  };

/** Both events are one. */
export const joined = aboutPair('together');

/** Both events stay two, whatever their accounts have in common. */
export const keptApart = aboutPair('apart');

/** One account leaves the event, and no rule brings it back to the accounts that stay. */
export const separated = (event: DisasterEvent, accountId: string, who: Who): EventDecision => {
  const others = event.accounts.filter(account => account.accountId !== accountId);
  if (others.length === event.accounts.length)
    return { refused: `${accountId} is none of the sources of this event` };
  if (others.length === 0) return { refused: 'the event has no other source to be separated from' };
  return {
    eventIds: [event.eventId],
    decisions: others.map(other => decided('apart', accountId, other.accountId, who)),
  };
};

const pairFault = (event: DisasterEvent, other: DisasterEvent): string | undefined => {
  if (event.eventId === other.eventId) return 'an event cannot be compared with itself';
  if (event.exercise !== other.exercise) return 'an exercise and a real event never become one';
  if (event.accounts.length === 0 || other.accounts.length === 0)
    return 'an event of earlier data has no sources';
  return undefined;
};
