import { copyOf } from './expressions.ts';

/** Where the work through a set of states stands: of an execution, or of one item of a Map. */
export interface Frame {
  state: string;
  stateInput: unknown;
  /** The variables of this scope alone. */
  variables: Record<string, unknown>;
  /** When the state was entered, ISO 8601 UTC; a retry does not change it. */
  entered: string;
  /** States entered so far, the present one included. */
  transitions: number;
  /** How often each retrier of the present state has been used, by its index. */
  retries: number[];
}

/** What an open callback was told, before the machine has gone on. */
export type Answer = { output: unknown } | { error: string; cause: string };

/** One execution as plain JSON: all that is needed to go on with it in another process. */
export interface ExecutionRecord extends Frame {
  executionArn: string;
  machine: string;
  name: string;
  input: unknown;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** ISO 8601 UTC. */
  startedAt: string;
  /** ISO 8601 UTC. */
  stoppedAt?: string;
  output?: unknown;
  error?: string;
  cause?: string;
  /** When the open callback times out (ISO 8601 UTC); set before its token is handed out, so a re-run keeps it. */
  taskDueAt?: string;
  /** Waiting for a moment (ISO 8601 UTC), and for an answer too if it is a callback. */
  parked?: { kind: 'wait' | 'callback' | 'retry'; dueAt: string };
  /** The answer to the open callback, written before the one who answered is told that it counts. */
  answered?: Answer;
}

/** Keeps execution records. A saved record counts as kept once the promise resolves. */
export interface ExecutionStore {
  save(record: ExecutionRecord): Promise<void>;
  load(executionArn: string): Promise<ExecutionRecord | undefined>;
  /** All records whose status is RUNNING. */
  running(): Promise<ExecutionRecord[]>;
}

/** A store in memory that shares nothing with its callers: two runners after each other on it are a restart. */
export function createMemoryStore(): ExecutionStore & { all(): ExecutionRecord[] } {
  const records = new Map<string, ExecutionRecord>();
  return {
    async save(record) {
      records.set(record.executionArn, copyOf(record));
    },
    async load(executionArn) {
      const record = records.get(executionArn);
      return record && copyOf(record);
    },
    async running() {
      return [...records.values()].filter(record => record.status === 'RUNNING').map(copyOf);
    },
    all: () => [...records.values()].map(copyOf),
  };
}

/** Which attempt of the present state this is, from 0. */
export function attemptOf(frame: Frame): number {
  return frame.retries.reduce((sum, used) => sum + (used ?? 0), 0);
}

/** What a task token says: the attempt that it answers. */
export interface TokenPlace {
  machine: string;
  name: string;
  transition: number;
  attempt: number;
}

/** The token of one attempt. It depends on nothing else, so a state that runs again after a crash gives the same. */
export function tokenFor({ machine, name, transition, attempt }: TokenPlace): string {
  return Buffer.from(`${machine}:${name}:${transition}:${attempt}`).toString('base64url');
}

/** Reads a token; undefined when it is none. */
export function readToken(token: string): TokenPlace | undefined {
  const [, machine, name, transition, attempt] =
    /^([^:]+):([^:]+):(\d+):(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (!machine || !name) return undefined;
  const place = { machine, name, transition: Number(transition), attempt: Number(attempt) };
  return tokenFor(place) === token ? place : undefined;
}
