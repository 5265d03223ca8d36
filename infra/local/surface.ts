import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Bill } from './bill.ts';
import type { Blueprint } from './blueprint.ts';
import type { Delivery } from './deliveries.ts';
import type { Disk } from './disk.ts';
import type { ApiRequest, createHttpApi } from './endpoints/http-api.ts';
import type { LogLine } from './functions.ts';
import type { Outbox, Recipients } from './post.ts';
import type { Bearer, Tokens } from './tokens.ts';
import type { Call, CallHook } from './transport.ts';
import type { Clock } from './workflow/clock.ts';
import type { ExecutionRecord, Runner, Transition } from './workflow/runner.ts';

export interface BootOptions extends Recipients {
  clock: Clock;
  /** The folder of the data, or 'memory' for a system that leaves nothing. */
  dataDir: string | 'memory';
  /** A disk that outlived another system; it goes before `dataDir`. */
  disk?: Disk;
  /** Everything random in functions and workflows grows from it. @default another one each time */
  seed?: string | number;
  /** How functions reach the services: without a socket, or over the loopback. @default 'call' */
  transport?: 'call' | 'socket';
  /** Keeps the schedules, which fetch real feeds. @default false */
  poll?: boolean;
  /** Takes what the functions log. @default nobody */
  logs?: (line: LogLine) => void;
  /** Base of the answer page and of links to the desk, without a trailing slash. @default what the template says */
  publicUrl?: string;
  /** @default the CDK app of this repository */
  blueprint?: Blueprint;
  /** Looks at every call of a function to a service, and may spoil it. */
  onCall?: CallHook;
  /** How often the SDK tries a call. @default the SDK's own, 3 */
  maxAttempts?: number;
  /** What functions fetch with; the key set of the desk's tokens is always answered here. @default the real one */
  fetch?: typeof fetch;
  onTransition?: (transition: Transition) => void;
  onEnd?: (record: ExecutionRecord) => void;
  /** Real milliseconds that one invocation may take. @default 30000 */
  watchdogMs?: number;
}

/** A running system. */
export interface System {
  blueprint: Blueprint;
  disk: Disk;
  /** Which system on its disk it is, from 0. */
  generation: number;
  /** The tables for those outside: not counted, not billed, and never subject to faults. */
  tables: DynamoDBDocumentClient;
  /** Invokes a function by its entry ("deployments/plan-team"), name or ARN. Rejects with an error of the name that Lambda reports. */
  invoke(functionEntry: string, payload: unknown): Promise<unknown>;
  /** Calls the API, without a socket. With `claims` the caller counts as signed in with them. */
  http(
    request: ApiRequest,
  ): Promise<{ statusCode: number; headers: Record<string, string>; cookies: string[]; body: string }>;
  /** The API for the server, with its bodies as bytes. */
  api: ReturnType<typeof createHttpApi>;
  runner: Runner;
  outbox: Outbox;
  /** What functions know under this variable of their environment: the name of a table, the ARN of a topic. Throws when none does. */
  variable(name: string): string;
  /** Subscribes a person to their own topic, which is made if need be; to one who is pending nothing is sent. */
  subscribe(person: { topicArn: string; address: string; state: 'confirmed' | 'pending' }): void;
  /** A phone sends an SMS to the system; resolves to its id once it cannot be lost any more. */
  inboundSms(from: string, text: string): Promise<string>;
  /** Counted since the disk was opened, over all systems on it. */
  bill(): Bill;
  /** A development token for the desk. */
  token(bearer: Bearer): Promise<string>;
  keySet: Tokens['keySet'];
  /** The names and ids of asynchronous invocations that failed for the last time. */
  deadLetters(): Delivery[];
  /** The calls of functions to services so far, and those that came after the end of their invocation. */
  calls(): { made: number; leftOver: number };
  /** Where the services listen, for AWS_ENDPOINT_URL; null unless the transport is 'socket'. */
  servicesUrl: string | null;
  /** Resolves to the call at which the system died by a fault of `onCall`. */
  crashed: Promise<Call>;
  /** Dies at once: nothing that is under way goes on, nothing is answered, the disk stays. */
  kill(): void;
  /**
   * After a kill or a crash: the next system on the same disk and clock, which goes on with what was running. Its calls
   * are counted anew, and a hook that spoils them must be given anew.
   */
  restart(changes?: Partial<Omit<BootOptions, 'clock' | 'disk' | 'dataDir'>>): Promise<System>;
  /** Ends the system and its disk; what was running goes on at the next start. */
  close(): Promise<void>;
}
