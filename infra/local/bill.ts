import { segments } from '../../functions/notices/gsm.ts';
import { type Endpoint, operationOf, type Reply } from './wire.ts';

/**
 * What AWS would bill, counted at the wire. Read and write units are request units of the tables themselves; what an
 * index adds to a write is not counted, because the local table does not tell.
 */
export interface Bill {
  stateTransitions: number;
  executions: number;
  invocations: number;
  apiRequests: number;
  readUnits: number;
  writeUnits: number;
  bodyReads: number;
  bodyWrites: number;
  secretReads: number;
  topicPublishes: number;
  sms: number;
  smsSegments: number;
  emails: number;
}

export const emptyBill = (): Bill => ({
  stateTransitions: 0,
  executions: 0,
  invocations: 0,
  apiRequests: 0,
  readUnits: 0,
  writeUnits: 0,
  bodyReads: 0,
  bodyWrites: 0,
  secretReads: 0,
  topicPublishes: 0,
  sms: 0,
  smsSegments: 0,
  emails: 0,
});

/** The parts that a text is billed as. */
export const segmentsOf = (text: string): number => segments(text).segments;

const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

/** The same tables, with their request units added to the bill. */
export function meterTables(tables: Endpoint, bill: Bill): Endpoint {
  return async request => {
    const operation = operationOf('dynamodb', request);
    if (!reads.has(operation) && !writes.has(operation)) return tables(request);
    const reply = await tables(askForCapacity(request));
    const units = unitsOf(reply);
    // Looking and finding nothing costs half a unit; the local table says 0.
    if (reads.has(operation)) bill.readUnits += reply.status === 200 ? Math.max(units, 0.5) : 0;
    else bill.writeUnits += units;
    return reply;
  };
}

/** The request with a wish for its capacity, unless it has one. */
function askForCapacity(request: Parameters<Endpoint>[0]) {
  const { body } = request;
  if (body.includes('"ReturnConsumedCapacity"')) return request;
  const asked = Buffer.concat([Buffer.from('{"ReturnConsumedCapacity":"TOTAL",'), body.subarray(1)]);
  return { ...request, headers: { ...request.headers, 'content-length': String(asked.length) }, body: asked };
}

/** A stored text holds its quotes escaped, so this can only match the reply's own field. */
const capacity = /"CapacityUnits":([\d.]+)/g;

function unitsOf({ status, body }: Reply): number {
  const text = body.toString();
  // A condition that does not hold is paid for like the write that it prevents, at least one unit.
  if (status === 400) return text.includes('#ConditionalCheckFailedException') ? 1 : 0;
  if (status !== 200) return 0;
  const at = text.lastIndexOf('"ConsumedCapacity"');
  if (at < 0) return 0;
  let units = 0;
  for (const [, number] of text.slice(at).matchAll(capacity)) units += Number(number);
  return units;
}
