import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  type GlobalSecondaryIndex,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

// dynalite has no types of its own.
const dynalite = createRequire(import.meta.url)('dynalite') as (options: {
  createTableMs?: number;
  path?: string;
}) => Server;

/** The tables by the name that each has in memory. */
export const TABLES = {
  alerts: 'Alerts',
  experts: 'Experts',
  employers: 'Employers',
  stock: 'Stock',
  deployments: 'Deployments',
} as const;

type Index = { name: string; keys: [string] | [string, string]; whole?: boolean };

const definitions: { name: string; keys: [string] | [string, string]; indexes: Index[] }[] = [
  {
    name: TABLES.alerts,
    keys: ['eventId', 'record'],
    indexes: [{ name: 'EventsByFamily', keys: ['family', 'occurredAt'], whole: true }],
  },
  {
    name: TABLES.experts,
    keys: ['expertId'],
    indexes: [
      { name: 'ExpertsByPhone', keys: ['phoneNumber'] },
      { name: 'ExpertsByChange', keys: ['changeShard', 'changedAt'] },
    ],
  },
  {
    name: TABLES.employers,
    keys: ['employerId'],
    indexes: [{ name: 'EmployersByPhone', keys: ['phoneNumber'] }],
  },
  { name: TABLES.stock, keys: ['warehouseId', 'item'], indexes: [] },
  {
    name: TABLES.deployments,
    keys: ['deploymentId', 'record'],
    indexes: [
      { name: 'DeploymentsByEvent', keys: ['eventId', 'createdAt'], whole: true },
      { name: 'OffersByLink', keys: ['link'] },
      { name: 'OffersByExpert', keys: ['offeredTo', 'record'] },
      { name: 'OffersByEmployer', keys: ['employerId', 'record'] },
    ],
  },
];

const keySchema = (keys: readonly string[]) =>
  keys.map((name, index) => ({ AttributeName: name, KeyType: index === 0 ? 'HASH' : 'RANGE' }) as const);

const createTable = (definition: (typeof definitions)[number]): CreateTableCommandInput => {
  const indexes: GlobalSecondaryIndex[] = definition.indexes.map(index => ({
    IndexName: index.name,
    KeySchema: keySchema(index.keys),
    Projection: { ProjectionType: index.whole ? 'ALL' : 'KEYS_ONLY' },
  }));
  const names = new Set([...definition.keys, ...definition.indexes.flatMap(index => index.keys)]);
  return {
    TableName: definition.name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(definition.keys),
    AttributeDefinitions: [...names].map(name => ({ AttributeName: name, AttributeType: 'S' })),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
  };
};

/** All tables of the system, empty, in memory, behind the real wire protocol. `close` ends them. */
export const openTables = async (): Promise<{
  tables: DynamoDBDocumentClient;
  endpoint: string;
  close: () => Promise<void>;
}> => {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await Promise.all(
    definitions.map(definition => client.send(new CreateTableCommand(createTable(definition)))),
  );
  return {
    tables: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    endpoint,
    close: () =>
      new Promise((resolve, reject) => {
        client.destroy();
        server.close(error => (error ? reject(error) : resolve()));
      }),
  };
};
