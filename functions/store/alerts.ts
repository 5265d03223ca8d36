import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { isSilent } from '../alerts/events/arrangement.ts';
import { type CandidateSearch, isCandidate } from '../alerts/events/correlation.ts';
import { familyOf } from '../alerts/events/families.ts';
import { fitted } from '../alerts/events/fitting.ts';
import { contentDigestOf } from '../alerts/events/identity.ts';
import { Alert } from '../domain/alert.ts';
import { DisasterEvent } from '../domain/event.ts';
import type { Instant } from '../domain/primitives.ts';
import { getItems } from './batches.ts';
import { getItem, lostCondition, queryAll, scanAll } from './items.ts';

/** A message with what became of it when it came. */
export const KeptAlert = Alert.extend({ decision: z.string(), reason: z.string() });
export type KeptAlert = z.infer<typeof KeptAlert>;

const FENCE = { eventId: 'fence/correlation', record: 'fence' };

/** Where the events are named that have a strong id: read many at once, and as they stand now. */
const pointerOf = (strongId: string) => ({ eventId: `id/${strongId}`, record: 'id' });

/** The table Alerts: events with their messages as one item collection each, the ids that lead to them, and the fence. */
export function createAlertStore(tables: DynamoDBDocumentClient, table: string) {
  const put = (item: Record<string, unknown>) =>
    tables.send(new PutCommand({ TableName: table, Item: item }));
  const read = async (eventId: string): Promise<DisasterEvent | undefined> => {
    const item = await getItem(tables, table, { eventId, record: 'event' });
    return item && DisasterEvent.parse(item);
  };

  const save = async (event: DisasterEvent, known: DisasterEvent | undefined): Promise<void> => {
    const before = new Set(known?.strongIds);
    for (const strongId of event.strongIds)
      if (!before.has(strongId))
        await tables.send(
          new UpdateCommand({
            TableName: table,
            Key: pointerOf(strongId),
            UpdateExpression: 'ADD eventIds :e',
            ExpressionAttributeValues: { ':e': new Set([event.eventId]) },
          }),
        );
    await put({ ...fitted(event), record: 'event', family: familyOf(event.hazard) });
  };

  return {
    read,

    /** Every event that anything was said of and that is not merged into another, newest first. */
    list: async (): Promise<DisasterEvent[]> =>
      (await scanAll(tables, table, 'EventsByFamily'))
        .map(item => DisasterEvent.parse(item))
        .filter(event => !event.mergedInto && !isSilent(event))
        .sort((a, b) => b.occurredAt.localeCompare(a.occurredAt) || a.eventId.localeCompare(b.eventId)),

    /** The events that a message could belong to. */
    candidates: async (search: CandidateSearch): Promise<DisasterEvent[]> => {
      const named = await getItems(tables, table, search.strongIds.map(pointerOf));
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
      const ids = new Set([
        ...named.flatMap(item => [...(item.eventIds as Set<string>)]),
        ...near.flat().map(item => String(item.eventId)),
      ]);
      // The index follows the table; what is decided on is read from the table itself.
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

    /**
     * Writes what changed, in the order given, in which a repeat after a crash can finish: who gains messages stands before
     * who loses them. `before` is how the events stood. Only under the fence.
     */
    saveChanged: async (
      changed: readonly DisasterEvent[],
      before: readonly DisasterEvent[],
    ): Promise<void> => {
      for (const event of changed)
        await save(
          event,
          before.find(known => known.eventId === event.eventId),
        );
    },

    /** Keeps a message whole with what became of it; a correction under the same id is kept beside it. */
    keepAlert: (eventId: string, alert: Alert, decision: string, reason: string) =>
      put({
        ...alert,
        eventId,
        record: `alert#${alert.alertId}#${contentDigestOf(alert).slice(0, 12)}`,
        decision,
        reason,
      }),

    /** The messages of an event as they were kept, also those kept for events that were opened apart from it. */
    messages: async (event: DisasterEvent): Promise<KeptAlert[]> => {
      const homes = new Set([event.eventId, ...event.accounts.flatMap(account => account.homes)]);
      const items = await Promise.all(
        [...homes].map(eventId =>
          queryAll(tables, {
            TableName: table,
            KeyConditionExpression: 'eventId = :e AND begins_with(#r, :a)',
            ExpressionAttributeNames: { '#r': 'record' },
            ExpressionAttributeValues: { ':e': eventId, ':a': 'alert#' },
          }),
        ),
      );
      const own = new Set(event.alerts.map(entry => entry.alertId));
      return items
        .flat()
        .map(item => KeptAlert.parse(item))
        .filter(({ alertId }) => own.has(alertId))
        .sort((a, b) => a.sentAt.localeCompare(b.sentAt) || a.alertId.localeCompare(b.alertId));
    },

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
  };
}

export type AlertStore = ReturnType<typeof createAlertStore>;
