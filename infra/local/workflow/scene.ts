import type { Answer } from './execution-records.ts';
import { limited } from './failures.ts';

/** The open callback of an execution: its token, and what is known of it. */
interface CallbackHost {
  token(): string;
  answer(): Answer | undefined;
  /** Notes when the callback times out, before its token goes out; an earlier note stands. Resolves to what stands (epoch ms). */
  open(dueMs: number): Promise<number>;
  isOpen(): boolean;
}

/** A wait inside a scope that cannot be parked. */
export interface Sleep {
  over: Promise<void>;
  wake(): void;
}

/** Everything around a frame that its states need. */
export interface Scene {
  machine: string;
  /** `$states.context` without State and Task. */
  context: { Execution: Record<string, unknown>; StateMachine: { Id: string; Name: string } } & {
    Map?: { Item: { Index: number; Value: unknown } };
  };
  /** The variables of the scopes around this one. */
  outer: Record<string, unknown>;
  now(): number;
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  /** Rejects with `States.Timeout` when the work takes longer; on a virtual clock work takes no time. */
  within<T>(seconds: number | undefined, work: () => Promise<T>): Promise<T>;
  /** Waits without holding the clock; `wake` ends the wait early. */
  sleepUntil(dueMs: number): Sleep;
  /** True once nothing more may be done here: stopped, disposed, or a sibling item has failed. */
  halted(): boolean;
  /** Tells of a step; `item` is the index of the Map's item that took it. */
  entered(from: string | null, to: string | null, item?: number): void;
  /** Only at the top: inside a Map a callback is refused at load. */
  callback?: CallbackHost;
  /** A Wait that was parked and is over. */
  waited?: boolean;
  /** What the random stream of this frame is seeded with. */
  seed: string;
  /** The random stream of a seed. */
  stream(seed: string): () => number;
}

/** What came of a state. */
export type Outcome =
  | { kind: 'next'; to: string; output: unknown; assigned: Record<string, unknown> }
  | { kind: 'end'; output: unknown; assigned: Record<string, unknown> }
  | { kind: 'fail'; error: string; cause: string }
  | { kind: 'park'; reason: 'wait' | 'callback' | 'retry'; dueMs: number };

/** What stands beside `input` and `context` in `$states`, and what `context` has beside its own fields. */
export interface More {
  result?: unknown;
  errorOutput?: { Error: string; Cause: string };
  context?: Record<string, unknown>;
}

/** Evaluates the templates of one attempt of one state. */
export type Look = (template: unknown, field: string, more?: More) => Promise<unknown>;

/** The way on after a state, a choice or a catcher: Assign and Output see the same variables, the old ones. */
export async function goOn(
  way: { Assign?: unknown; Output?: unknown; Next?: string | undefined },
  fallback: unknown,
  look: Look,
  field: string,
  more: More = {},
): Promise<Outcome> {
  const assigned = (await look(way.Assign ?? {}, `${field}Assign`, more)) as Record<string, unknown>;
  for (const [name, value] of Object.entries(assigned)) limited(value, `variable ${name}`);
  limited(assigned, 'Assign');
  const output = way.Output === undefined ? fallback : await look(way.Output, `${field}Output`, more);
  limited(output, 'output');
  return way.Next === undefined
    ? { kind: 'end', output, assigned }
    : { kind: 'next', to: way.Next, output, assigned };
}
