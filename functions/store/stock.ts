import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../domain/primitives.ts';
import { StockLine } from '../domain/stock.ts';
import { TemporarilyUnavailable } from '../runtime/errors.ts';
import type { CountedLine } from '../stock/import.ts';
import { inParallel, putAll, readItem, readWholeTable } from './batches.ts';
import { getItem, lostCondition } from './items.ts';

/** Rounds of read and conditional write before a line is called contended; each lost round means another one won. */
const ROUNDS = 20;

/** Conditional writes of one import that are under way at a time. */
const WRITES_AT_A_TIME = 16;

/** Goods in the warehouses: the only place that reads and writes the Stock table. */
export type StockStore = ReturnType<typeof createStockStore>;

/** Opens the Stock table. Quantity and reservations stand in one item, so that one conditional write does both. */
export const createStockStore = (tables: DynamoDBDocumentClient, table: string) => {
  const read = (item: Record<string, unknown>): StockLine =>
    readItem(StockLine, item, `${table} ${String(item.warehouseId)}/${String(item.item)}`);

  const get = async (warehouseId: string, item: string): Promise<StockLine | null> => {
    const found = await getItem(tables, table, { warehouseId, item });
    return found ? read(found) : null;
  };

  /** One conditional update; false when its condition did not hold. */
  const update = async (
    warehouseId: string,
    item: string,
    change: Omit<UpdateCommandInput, 'TableName' | 'Key'>,
  ): Promise<boolean> => {
    try {
      await tables.send(new UpdateCommand({ TableName: table, Key: { warehouseId, item }, ...change }));
      return true;
    } catch (error) {
      if (lostCondition(error)) return false;
      throw error;
    }
  };

  /** Ends a reservation exactly once; its units go back to the shelf or have left. Answers their number. */
  const end = async (
    warehouseId: string,
    item: string,
    deploymentId: string,
    back: boolean,
  ): Promise<number> => {
    for (let round = 0; round < ROUNDS; round++) {
      const reserved = (await get(warehouseId, item))?.reservations[deploymentId];
      if (reserved === undefined) return 0;
      const ended = await update(warehouseId, item, {
        UpdateExpression: back
          ? 'SET available = available + :reserved REMOVE reservations.#me'
          : 'REMOVE reservations.#me',
        ConditionExpression: 'reservations.#me = :reserved',
        ExpressionAttributeNames: { '#me': deploymentId },
        ExpressionAttributeValues: { ':reserved': reserved },
      });
      if (ended) return reserved;
    }
    throw new TemporarilyUnavailable(
      `${warehouseId}/${item}: changed ${ROUNDS} times while ${deploymentId} wrote it`,
    );
  };

  return {
    /** One line, or null when the warehouse does not know the item. */
    get,

    /** All lines, ordered by warehouse and item. Some hundred at most: one page. */
    async readAll(): Promise<StockLine[]> {
      const lines = (await readWholeTable(tables, table)).map(read);
      return lines.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    },

    /**
     * Makes the deployment's reservation on this line `quantity` units: nothing twice when repeated, the difference
     * when the deployment's need has changed. False when not enough is free, the goods have expired by `now`, or
     * the line does not exist; then nothing has changed.
     */
    async reserve(
      warehouseId: string,
      item: string,
      deploymentId: string,
      quantity: number,
      now: Instant,
    ): Promise<boolean> {
      if (!Number.isInteger(quantity) || quantity <= 0)
        throw new RangeError(`reserve ${warehouseId}/${item}: ${quantity} is not a number of units`);
      const taken = await update(warehouseId, item, {
        UpdateExpression: 'SET available = available - :quantity, reservations.#me = :quantity',
        ConditionExpression:
          'available >= :quantity AND attribute_not_exists(reservations.#me)' +
          ' AND (attribute_not_exists(expiresAt) OR expiresAt = :never OR expiresAt > :now)',
        ExpressionAttributeNames: { '#me': deploymentId },
        ExpressionAttributeValues: { ':quantity': quantity, ':never': null, ':now': sortable(now) },
      });
      if (taken) return true;
      for (let round = 0; round < ROUNDS; round++) {
        const reserved = (await get(warehouseId, item))?.reservations[deploymentId];
        if (reserved === undefined) return false;
        if (reserved === quantity) return true;
        const more = quantity - reserved;
        const changed = await update(warehouseId, item, {
          UpdateExpression: 'SET available = available - :more, reservations.#me = :quantity',
          ConditionExpression: 'available >= :more AND reservations.#me = :reserved',
          ExpressionAttributeNames: { '#me': deploymentId },
          ExpressionAttributeValues: { ':more': more, ':quantity': quantity, ':reserved': reserved },
        });
        if (changed) return true;
        const line = await get(warehouseId, item);
        if (line && line.reservations[deploymentId] === reserved && line.available < more) return false;
      }
      throw new TemporarilyUnavailable(
        `${warehouseId}/${item}: changed ${ROUNDS} times while ${deploymentId} wrote it`,
      );
    },

    /** Gives the deployment's reservation back to the shelf, exactly once. Answers the units that came back. */
    async release(warehouseId: string, item: string, deploymentId: string): Promise<number> {
      return end(warehouseId, item, deploymentId, true);
    },

    /** The goods have left for good: the reservation ends and nothing comes back. Answers the units that left. */
    async issue(warehouseId: string, item: string, deploymentId: string): Promise<number> {
      return end(warehouseId, item, deploymentId, false);
    },

    /**
     * Writes what was counted and keeps every reservation: free is what is on the shelf less what is reserved.
     * False when more is reserved than was counted; then nothing has changed.
     */
    async count(line: CountedLine): Promise<boolean> {
      const { warehouseId, item, onShelf, warehouse, unit, unitWeightKg, expiresAt, palletUnits = 1 } = line;
      const fields = { warehouse, unit, unitWeightKg, palletUnits, expiresAt };
      for (let round = 0; round < ROUNDS; round++) {
        const before = await get(warehouseId, item);
        const reservations = before?.reservations ?? {};
        const available = onShelf - reservedOf(reservations);
        if (available < 0) return false;
        const names = Object.keys(fields) as (keyof typeof fields)[];
        const unchanged = unchangedSince(before);
        const counted = await update(warehouseId, item, {
          UpdateExpression: `SET ${names.map(name => `#${name} = :${name}`).join(', ')}, available = :available, reservations = :reservations`,
          ConditionExpression: unchanged.condition,
          ExpressionAttributeNames: {
            ...unchanged.names,
            ...Object.fromEntries(names.map(name => [`#${name}`, name])),
          },
          ExpressionAttributeValues: {
            ...unchanged.values,
            ...Object.fromEntries(names.map(name => [`:${name}`, fields[name]])),
            ':available': available,
            ':reservations': reservations,
          },
        });
        if (counted) return true;
      }
      throw new TemporarilyUnavailable(
        `${warehouseId}/${item}: changed ${ROUNDS} times while it was counted`,
      );
    },

    /** Counts many lines; answers those of which more is reserved than was counted (they stay as they were). */
    async countMany<T extends CountedLine>(lines: T[]): Promise<T[]> {
      const refused: T[] = [];
      await inParallel(lines, WRITES_AT_A_TIME, async line => {
        if (!(await this.count(line))) refused.push(line);
      });
      return refused;
    },

    /** Fills a table that nobody works on yet: whole items, reservations as given. */
    async fill(lines: StockLine[]): Promise<void> {
      await putAll(tables, table, lines);
    },
  };
};

/** The condition that nobody has reserved, released or counted since the line was read. Maps are compared key by key. */
const unchangedSince = (line: StockLine | null) => {
  if (!line) return { condition: 'attribute_not_exists(warehouseId)', names: {}, values: {} };
  const holders = Object.entries(line.reservations);
  return {
    condition: [
      'available = :before',
      'size(reservations) = :holders',
      ...holders.map((_, index) => `reservations.#holder${index} = :units${index}`),
    ].join(' AND '),
    names: Object.fromEntries(holders.map(([deploymentId], index) => [`#holder${index}`, deploymentId])),
    values: {
      ':before': line.available,
      ':holders': holders.length,
      ...Object.fromEntries(holders.map(([, units], index) => [`:units${index}`, units])),
    },
  };
};

/** Conditions compare times as text, which is right only when all carry milliseconds. */
const sortable = (at: Instant): Instant => new Date(at).toISOString();

const keyOf = (line: StockLine): string => `${line.warehouseId}/${line.item}`;

const reservedOf = (reservations: Record<string, number>): number =>
  Object.values(reservations).reduce((sum, units) => sum + units, 0);
