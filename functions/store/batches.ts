import {
  BatchGetCommand,
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { TemporarilyUnavailable } from '../runtime/errors.ts';

/** Work on many items: whole tables read and filled, schemas checked. */

type Item = Record<string, unknown>;

/** Limits of one BatchGetItem and one BatchWriteItem request. */
const KEYS_PER_READ = 100;
const ITEMS_PER_WRITE = 25;

/** Requests of one reading or filling that are under way at a time. */
const REQUESTS_AT_A_TIME = 4;

/** A batch whose rest DynamoDB still refuses after this many rounds is an outage, not a busy moment. */
const ROUNDS = 8;

/** An item that is not what its schema says. Names the table, the key and the field, never the content. */
class UnreadableItem extends Error {
  override name = 'UnreadableItem';
}

/** Reads an item by its schema; `key` says in the error which one it was, as "table key". */
export const readItem = <T extends z.ZodType>(schema: T, item: Item, key: string): z.infer<T> => {
  const read = schema.safeParse(item);
  if (read.success) return read.data;
  const places = read.error.issues.map(issue => `${issue.path.join('.') || 'item'} (${issue.code})`);
  throw new UnreadableItem(`${key}: not readable at ${places.join(', ')}`);
};

/** Every item of a table, page by page (1 MB each), after all writes that were answered before. */
export async function* tablePages(tables: DynamoDBDocumentClient, table: string): AsyncGenerator<Item[]> {
  let from: Item | undefined;
  do {
    const page = await tables.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    yield page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from);
}

/** Every item of a table at once. */
export const readWholeTable = async (tables: DynamoDBDocumentClient, table: string): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const page of tablePages(tables, table)) items.push(...page);
  return items;
};

/** The items of these keys as they stand now, in any order; keys without an item are left out. */
export const getItems = async (
  tables: DynamoDBDocumentClient,
  table: string,
  keys: Item[],
): Promise<Item[]> => {
  const items: Item[] = [];
  await inParallel(chunksOf(KEYS_PER_READ, keys), REQUESTS_AT_A_TIME, chunk =>
    inRounds(table, chunk, async left => {
      const answer = await tables.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
      );
      items.push(...(answer.Responses?.[table] ?? []));
      return answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }),
  );
  return items;
};

/** Puts whole items without a condition: only for what nobody claims or counts meanwhile. */
export const putAll = async (tables: DynamoDBDocumentClient, table: string, items: Item[]): Promise<void> => {
  const puts = items.map(item => ({ PutRequest: { Item: item } }));
  await inParallel(chunksOf(ITEMS_PER_WRITE, puts), REQUESTS_AT_A_TIME, chunk =>
    inRounds(table, chunk, async left => {
      const answer = await tables.send(new BatchWriteCommand({ RequestItems: { [table]: left } }));
      return (answer.UnprocessedItems?.[table] ?? []) as typeof left;
    }),
  );
};

/**
 * Sends again what a busy table leaves over of a batch: at once, without a pause of our own, because the SDK waits
 * when a whole request is refused.
 */
const inRounds = async <T>(table: string, batch: T[], send: (left: T[]) => Promise<T[]>): Promise<void> => {
  let left = batch;
  for (let round = 0; left.length > 0; round++) {
    if (round === ROUNDS)
      throw new TemporarilyUnavailable(
        `${table}: ${left.length} of ${batch.length} items were not taken in ${ROUNDS} rounds`,
      );
    left = await send(left);
  }
};

const chunksOf = <T>(size: number, items: T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** Does the work for each item, at most `width` at a time. The first failure ends it and is thrown. */
export const inParallel = async <T>(
  items: T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: Math.min(width, items.length) }, async () => {
      for (const item of queue) await work(item);
    }),
  );
};
