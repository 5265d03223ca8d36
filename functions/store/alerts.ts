import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type CandidateSearch, isCandidate } from '../alerts/correlation.ts';
import { familyOf } from '../alerts/families.ts';
import type { Alert } from '../domain/alert.ts';
import { DisasterEvent } from '../domain/event.ts';
import type { Instant } from '../domain/primitives.ts';
import { getItems } from './batches.ts';
import { getItem, lostCondition, queryAll, scanAll } from './items.ts';

/** How the last polls of a feed went; times of success and of news tell silence from calm. */
export const FeedState = z.object({
  feedId: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  polledAt: z.string().nullable(),
  newsAt: z.string().nullable(),
  failures: z.number().int().nonnegative(),
});
export type FeedState = z.infer<typeof FeedState>;

const FENCE = { eventId: 'fence/correlation', record: 'fence' };

/** The table Alerts: events with their alerts and strong ids as one item collection each, the fence, and the feeds' states. */
export function createAlertStore(tables: DynamoDBDocumentClient, table: string) {
  const put = (item: Record<string, unknown>) =>
    tables.send(new PutCommand({ TableName: table, Item: item }));
  const read = async (eventId: string): Promise<DisasterEvent | undefined> => {
    const item = await getItem(tables, table, { eventId, record: 'event' });
    return item && DisasterEvent.parse(item);
  };

  const save = async (event: DisasterEvent): Promise<void> => {
    const { eventId } = event;
    for (const strongId of event.strongIds) await put({ eventId, record: `strongId#${strongId}`, strongId });
    await put({ ...event, record: 'event', family: familyOf(event.hazard) });
  };

  return {
    read,

    /** Every event that is not merged into another, newest first. */
    list: async (): Promise<DisasterEvent[]> =>
      (await scanAll(tables, table, 'EventsByFamily'))
        .map(item => DisasterEvent.parse(item))
        .filter(event => !event.mergedInto)
        .sort((a, b) => b.occurredAt.localeCompare(a.occurredAt) || a.eventId.localeCompare(b.eventId)),

    /** The events that a message could belong to. */
    candidates: async (search: CandidateSearch): Promise<DisasterEvent[]> => {
      const named = await Promise.all(
        search.strongIds.map(strongId =>
          queryAll(tables, {
            TableName: table,
            IndexName: 'EventsByStrongId',
            KeyConditionExpression: 'strongId = :id',
            ExpressionAttributeValues: { ':id': strongId },
          }),
        ),
      );
      const near = await Promise.all(
        search.windows.map(({ family, fromAt, toAt }) =>
          queryAll(tables, {
            TableName: table,
            IndexName: 'EventsByFamily',
            KeyConditionExpression: '#f = :f AND occurredAt BETWEEN :from AND :to',
            ExpressionAttributeNames: { '#f': 'family' },
            ExpressionAttributeValues: { ':f': family, ':from': fromAt, ':to': toAt },
          }),
        ),
      );
      const ids = new Set([...named.flat(), ...near.flat()].map(item => String(item.eventId)));
      // The indexes follow the table; what is decided on is read from the table itself.
      const items = await getItems(
        tables,
        table,
        [...ids].map(eventId => ({ eventId, record: 'event' })),
      );
      return items
        .map(item => DisasterEvent.parse(item))
        .filter(event => isCandidate(search, event))
        .sort((a, b) => a.eventId.localeCompare(b.eventId));
    },

    /** Writes an event as correlated: the ids by which it is found first, the event last. Only under the fence. */
    save,

    /**
     * Writes all that one message changed, in an order that a repeat after a crash can finish: what is linked to the
     * event before it, and an event merged into it after, which till then still has its own messages.
     */
    saveChanged: async (changed: { event: DisasterEvent; alsoChanged: DisasterEvent[] }): Promise<void> => {
      const { event, alsoChanged } = changed;
      for (const linked of alsoChanged.filter(other => !other.mergedInto)) await save(linked);
      await save(event);
      for (const merged of alsoChanged.filter(other => other.mergedInto)) await save(merged);
    },

    /** Keeps a message with what became of it. */
    keepAlert: (eventId: string, alert: Alert, decision: string, reason: string) =>
      put({ ...alert, eventId, record: `alert#${alert.alertId}`, decision, reason }),

    /**
     * Takes the fence that lets one correlation run at a time; false when another holder has it. An own fence and an
     * outlived one can be taken again, so that a crash stops nobody for long.
     */
    takeFence: async (holder: string, now: Instant, until: Instant): Promise<boolean> => {
      try {
        await tables.send(
          new UpdateCommand({
            TableName: table,
            Key: FENCE,
            UpdateExpression: 'SET holder = :h, holdUntil = :u',
            ConditionExpression: 'attribute_not_exists(holder) OR holder = :h OR holdUntil <= :n',
            ExpressionAttributeValues: { ':h': holder, ':u': until, ':n': now },
          }),
        );
        return true;
      } catch (error) {
        if (lostCondition(error)) return false;
        throw error;
      }
    },

    dropFence: async (holder: string): Promise<void> => {
      try {
        await tables.send(
          new UpdateCommand({
            TableName: table,
            Key: FENCE,
            UpdateExpression: 'REMOVE holder, holdUntil',
            ConditionExpression: 'holder = :h',
            ExpressionAttributeValues: { ':h': holder },
          }),
        );
      } catch (error) {
        if (!lostCondition(error)) throw error;
      }
    },

    feed: async (feedId: string): Promise<FeedState> => {
      const item = await getItem(tables, table, { eventId: `feed/${feedId}`, record: 'feed' });
      return item
        ? FeedState.parse(item)
        : { feedId, etag: null, lastModified: null, polledAt: null, newsAt: null, failures: 0 };
    },

    saveFeed: (state: FeedState) => put({ ...state, eventId: `feed/${state.feedId}`, record: 'feed' }),
  };
}
