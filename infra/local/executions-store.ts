import type { TableDefinition } from './blueprint.ts';
import type { Tables } from './endpoints/tables.ts';
import type { ExecutionRecord, ExecutionStore } from './workflow/execution-records.ts';

/** The runner's own table, on the same disk as the system's. A record is one item, its content JSON text. */
export const executionsTable: TableDefinition = {
  TableName: 'RunnerExecutions',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'executionArn', KeyType: 'HASH' }],
  AttributeDefinitions: [
    { AttributeName: 'executionArn', AttributeType: 'S' },
    { AttributeName: 'runningSince', AttributeType: 'S' },
  ],
  // Sparse: only what still runs is found again after a restart, however much has ended.
  GlobalSecondaryIndexes: [
    {
      IndexName: 'Running',
      KeySchema: [{ AttributeName: 'runningSince', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

const tableName = executionsTable.TableName;

interface Item {
  record: { S: string };
}

/** Keeps execution records in the tables; a saved record survives a restart. */
export function createExecutionStore(tables: Pick<Tables, 'call'>): ExecutionStore {
  return {
    async save(record) {
      await tables.call('PutItem', {
        TableName: tableName,
        Item: {
          executionArn: { S: record.executionArn },
          ...(record.status === 'RUNNING' && { runningSince: { S: record.startedAt } }),
          record: { S: JSON.stringify(record) },
        },
      });
    },
    async load(executionArn) {
      const { Item } = await tables.call('GetItem', {
        TableName: tableName,
        Key: { executionArn: { S: executionArn } },
      });
      return Item === undefined ? undefined : recordOf(Item as Item);
    },
    async running() {
      const records: ExecutionRecord[] = [];
      let from: unknown;
      do {
        const page = await tables.call('Scan', {
          TableName: tableName,
          IndexName: 'Running',
          ...(from !== undefined && { ExclusiveStartKey: from }),
        });
        records.push(...(page.Items as Item[]).map(recordOf));
        from = page.LastEvaluatedKey;
      } while (from !== undefined);
      // In a fixed order: those that are resumed at the same moment go on in it.
      return records.sort(
        (a, b) => compare(a.startedAt, b.startedAt) || compare(a.executionArn, b.executionArn),
      );
    },
  };
}

const recordOf = ({ record }: Item): ExecutionRecord => JSON.parse(record.S);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
