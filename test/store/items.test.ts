import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getItems } from '../../functions/store/batches.ts';
import { changeItem, getItem, putNew, queryAll, scanAll } from '../../functions/store/items.ts';
import { openTables, TABLES } from '../support/tables.ts';

let opened: Awaited<ReturnType<typeof openTables>>;
beforeAll(async () => {
  opened = await openTables();
});
afterAll(() => opened.close());

const table = TABLES.deployments;
const keyOf = (record: string) => ({ deploymentId: 'D-1', record });
const make = (record: string, more: object = {}) =>
  putNew(opened.tables, table, { ...keyOf(record), ...more }, 'deploymentId');
const read = (record: string) => getItem(opened.tables, table, keyOf(record));

/** Repeats what found too many others at work, as the workflows do. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && error.name === 'TemporarilyUnavailable')) throw error;
    }
  }
}

describe('a change of one item', () => {
  it('loses none of fifty that are made at once', async () => {
    await make('many', { names: [] as string[] });
    const names = Array.from({ length: 50 }, (_, index) => `n${index}`);
    await Promise.all(
      names.map(name =>
        untilDone(() =>
          changeItem(opened.tables, table, keyOf('many'), item => ({
            ...item,
            names: [...(item.names as string[]), name],
          })),
        ),
      ),
    );
    const after = await read('many');
    expect((after as { names: string[] }).names.sort()).toEqual([...names].sort());
    expect(after?.writes).toBe(50);
  });

  it('gives up under a name that is retried, when others are always faster', async () => {
    await make('busy', { count: 0 });
    let tries = 0;
    // Another writer gets in between each reading and writing.
    const send = opened.tables.send.bind(opened.tables);
    const meddling = Object.assign(Object.create(opened.tables), {
      async send(command: unknown) {
        if (command instanceof PutCommand)
          await changeItem(opened.tables, table, keyOf('busy'), item => ({ ...item, count: 100 }));
        return send(command as PutCommand);
      },
    });
    await expect(
      changeItem(meddling, table, keyOf('busy'), item => {
        tries += 1;
        return { ...item, count: -1 };
      }),
    ).rejects.toMatchObject({ name: 'TemporarilyUnavailable' });
    expect(tries).toBe(20);
    expect((await read('busy'))?.count).toBe(100);
  });

  it('writes nothing when the change says so, and answers what stands', async () => {
    await make('still', { count: 7 });
    const before = await read('still');
    expect(await changeItem(opened.tables, table, keyOf('still'), () => undefined)).toEqual(before);
    expect(await read('still')).toEqual(before);
  });

  it('never makes an item that is not there', async () => {
    let called = false;
    const after = await changeItem(opened.tables, table, keyOf('none'), item => {
      called = true;
      return item;
    });
    expect([after, called, await read('none')]).toEqual([undefined, false, undefined]);
  });

  it('keeps its key, whatever the change answers', async () => {
    await make('own');
    await changeItem(opened.tables, table, keyOf('own'), item => ({ ...item, record: 'other', count: 1 }));
    expect(await read('own')).toMatchObject({ ...keyOf('own'), count: 1 });
    expect(await read('other')).toBeUndefined();
  });

  it('works on an old reading only when it was right after all', async () => {
    await make('known', { names: ['a'] });
    const old = await read('known');
    const add = (name: string) => (item: Record<string, unknown>) => ({
      ...item,
      names: [...(item.names as string[]), name],
    });
    await changeItem(opened.tables, table, keyOf('known'), add('b'), old);
    await changeItem(opened.tables, table, keyOf('known'), add('c'), old);
    expect((await read('known'))?.names).toEqual(['a', 'b', 'c']);
    // An old reading is no reason to leave an item alone that asks for a change now.
    const unlessLong = (item: Record<string, unknown>) =>
      (item.names as string[]).length > 1 ? { ...item, isLong: true } : undefined;
    await changeItem(opened.tables, table, keyOf('known'), unlessLong, old);
    expect((await read('known'))?.isLong).toBe(true);
  });
});

describe('writing an item that must be new', () => {
  it('is won by one of many', async () => {
    const won = await Promise.all(Array.from({ length: 10 }, (_, index) => make('first', { by: index })));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await read('first'))?.by).toBe(won.indexOf(true));
  });
});

describe('reading many', () => {
  it('reads every page of a query and of a scan', async () => {
    const text = 'x'.repeat(90_000);
    for (let index = 0; index < 30; index += 1)
      await putNew(
        opened.tables,
        TABLES.alerts,
        { eventId: 'E', record: `r#${String(index).padStart(2, '0')}`, text },
        'eventId',
      );
    const query = {
      TableName: TABLES.alerts,
      KeyConditionExpression: 'eventId = :e',
      ExpressionAttributeValues: { ':e': 'E' },
    };
    const { LastEvaluatedKey } = await opened.tables.send(new QueryCommand(query));
    expect(LastEvaluatedKey).toBeDefined();
    expect((await queryAll(opened.tables, query)).map(({ record }) => record)).toEqual(
      Array.from({ length: 30 }, (_, index) => `r#${String(index).padStart(2, '0')}`),
    );
    expect(await scanAll(opened.tables, TABLES.alerts)).toHaveLength(30);
  });

  it('asks for no more than a hundred at once, and again for what was left over', async () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'x' }));
    const dynamo = mockClient(client);
    dynamo.on(BatchGetCommand).callsFake(({ RequestItems }) => {
      const { Keys } = RequestItems.T as { Keys: { id: number }[] };
      const taken = Keys.slice(0, 60);
      const left = Keys.slice(60);
      return {
        Responses: { T: taken },
        UnprocessedKeys: left.length > 0 ? { T: { Keys: left } } : {},
      };
    });
    const keys = Array.from({ length: 250 }, (_, id) => ({ id }));
    // Several requests are under way at once: the items come in any order.
    const found = (await getItems(client, 'T', keys)) as { id: number }[];
    expect(found.sort((a, b) => a.id - b.id)).toEqual(keys);
    const sizes = dynamo
      .commandCalls(BatchGetCommand)
      .map(({ args }) => args[0].input.RequestItems?.T?.Keys?.length);
    expect(sizes.sort()).toEqual([100, 100, 40, 40, 50]);
    expect(await getItems(client, 'T', [])).toEqual([]);
  });
});
