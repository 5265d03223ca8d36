import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { TableDefinition } from '../blueprint.ts';
import type { Endpoint, Reply, Wire } from '../wire.ts';

/** The data folder holds a table with other keys or indexes than the system expects. */
class TableDiffers extends Error {
  override name = 'TableDiffers';
}

/** The tables of a system, in memory or in a folder. */
export interface Tables {
  endpoint: Endpoint;
  /** One operation by its name, as plain JSON, without the SDK. Throws an error with the service's name for it. */
  call(operation: string, input: unknown): Promise<Record<string, unknown>>;
  /** Makes the tables that are not there yet. Throws {@link TableDiffers}. */
  ensure(definitions: TableDefinition[]): Promise<void>;
  /** Resolves once no request is at work: a killed system may have left some. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

// dynalite has no types of its own.
const dynalite = createRequire(import.meta.url)('dynalite') as (options: {
  path?: string;
  createTableMs: number;
}) => Server;

/** Opens the tables in a folder, or in memory when there is none. */
export function openTables(folder: string | null): Tables {
  const server = dynalite({ createTableMs: 0, ...(folder && { path: folder }) });
  const atWork = new Set<Promise<unknown>>();

  function endpoint(request: Wire): Promise<Reply> {
    const reply = new Promise<Reply>(resolve => emitRequest(server, request, resolve));
    atWork.add(reply);
    void reply.finally(() => atWork.delete(reply));
    return reply;
  }

  const call: Tables['call'] = async (operation, input) => {
    const { status, body } = await endpoint({
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20000101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local',
      },
      body: Buffer.from(JSON.stringify(input)),
    });
    const answer = JSON.parse(body.toString());
    if (status === 200) return answer;
    const failure = new Error(answer.message ?? answer.Message ?? '');
    failure.name = String(answer.__type).split('#').pop()!;
    throw failure;
  };

  async function ensureTable(definition: TableDefinition): Promise<void> {
    const describe = async () => {
      const { Table } = await call('DescribeTable', { TableName: definition.TableName });
      return Table as TableDefinition & { TableStatus: string };
    };
    let table = await describe().catch(error => {
      if (error.name !== 'ResourceNotFoundException') throw error;
      return undefined;
    });
    if (!table) await call('CreateTable', definition);
    else if (shapeOf(table) !== shapeOf(definition)) {
      throw new TableDiffers(
        `table ${definition.TableName} in ${folder} has other keys or indexes than this version expects; move the folder away to begin anew`,
      );
    }
    // It is made on a timer even when that takes no time, and refuses requests until then.
    while (table?.TableStatus !== 'ACTIVE') {
      table = await describe();
      if (table.TableStatus !== 'ACTIVE') await pause(1);
    }
  }

  return {
    endpoint,
    call,
    ensure: async definitions => {
      await Promise.all(definitions.map(ensureTable));
    },
    async idle() {
      while (atWork.size > 0) await Promise.all(atWork);
    },
    async close() {
      while (atWork.size > 0) await Promise.all(atWork);
      // It closes its database only as a server that listens.
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      await new Promise<void>((resolve, reject) =>
        server.close(error => (error ? reject(error) : resolve())),
      );
    },
  };
}

/** Keys and indexes of a table in one line, independent of their order. */
function shapeOf({ KeySchema, GlobalSecondaryIndexes = [] }: TableDefinition): string {
  const keys = (schema: TableDefinition['KeySchema']) =>
    schema.map(key => `${key.KeyType} ${key.AttributeName}`).join(', ');
  return [
    keys(KeySchema),
    ...GlobalSecondaryIndexes.map(
      index => `${index.IndexName}: ${keys(index.KeySchema)}, ${index.Projection.ProjectionType}`,
    ).sort(),
  ].join('; ');
}

/** Hands dynalite a request without a socket: it needs no more of one than this. */
function emitRequest(server: Server, request: Wire, done: (reply: Reply) => void): void {
  const incoming = Object.assign(new Duplex({ read() {}, write() {} }), {
    method: request.method,
    url: request.path,
    headers: request.headers,
  });
  const headers: Record<string, string> = {};
  const outgoing = {
    statusCode: 200,
    setHeader(name: string, value: unknown) {
      headers[name.toLowerCase()] = String(value);
    },
    end(body = '') {
      done({ status: outgoing.statusCode, headers, body });
    },
  };
  server.emit('request', incoming as unknown as IncomingMessage, outgoing as unknown as ServerResponse);
  incoming.emit('data', request.body);
  incoming.emit('end');
}
