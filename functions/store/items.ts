import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

/** The kinds of access that the stores share: whole pages, changes that lose no other change, puts that never overwrite. */

type Item = Record<string, unknown>;

/** True when a conditional write found that somebody else was first. */
export const lostCondition = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** Too many writers at once for one item: the caller's task is retried as a whole. */
export class Contended extends Error {
  override name = 'TemporarilyUnavailable';
}

/** All pages of a query. */
export async function queryAll(tables: DynamoDBDocumentClient, query: QueryCommandInput): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await tables.send(
      new QueryCommand({ ...query, ...(start && { ExclusiveStartKey: start }) }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/** All pages of a scan, of a table or of a sparse index. */
export async function scanAll(
  tables: DynamoDBDocumentClient,
  table: string,
  index?: string,
): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await tables.send(
      new ScanCommand({
        TableName: table,
        ...(index && { IndexName: index }),
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/** One item as it stands now, or undefined. */
export async function getItem(
  tables: DynamoDBDocumentClient,
  table: string,
  key: Item,
): Promise<Item | undefined> {
  return (await tables.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item;
}

/** Writes an item unless one is there; false when one was. */
export async function putNew(
  tables: DynamoDBDocumentClient,
  table: string,
  item: Item,
  key: string,
): Promise<boolean> {
  try {
    await tables.send(
      new PutCommand({
        TableName: table,
        Item: { ...item, writes: 0 },
        ConditionExpression: 'attribute_not_exists(#k)',
        ExpressionAttributeNames: { '#k': key },
      }),
    );
    return true;
  } catch (error) {
    if (lostCondition(error)) return false;
    throw error;
  }
}

const TRIES = 20;

/**
 * Reads an item, applies the change and writes it back, provided that nobody wrote in between; else again from the start.
 * `known` is the item as read before: when nobody wrote since, it saves the reading. `by` returns undefined to leave the item. Answers the item as it stands after, undefined when there is none.
 */
export async function changeItem(
  tables: DynamoDBDocumentClient,
  table: string,
  key: Item,
  by: (item: Item) => Item | undefined,
  known?: Item,
): Promise<Item | undefined> {
  for (let attempt = known ? -1 : 0; attempt < TRIES; attempt += 1) {
    const item = attempt < 0 ? known : await getItem(tables, table, key);
    if (!item) return undefined;
    const changed = by(item);
    // What was read some time ago is enough to change it, for the write proves that it was right; not to leave it.
    if (!changed && attempt < 0) continue;
    if (!changed) return item;
    const writes = Number(item.writes ?? 0);
    try {
      const next = { ...changed, ...key, writes: writes + 1 };
      await tables.send(
        new PutCommand({
          TableName: table,
          Item: next,
          ConditionExpression: '#w = :w',
          ExpressionAttributeNames: { '#w': 'writes' },
          ExpressionAttributeValues: { ':w': writes },
        }),
      );
      return next;
    } catch (error) {
      if (!lostCondition(error)) throw error;
    }
  }
  throw new Contended(`${table}: ${TRIES} other writers were faster`);
}
