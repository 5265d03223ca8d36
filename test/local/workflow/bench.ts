import { createVirtualClock, type VirtualClock } from '../../../infra/local/workflow/clock.ts';
import type { AslDefinition } from '../../../infra/local/workflow/definition.ts';
import {
  createMemoryStore,
  type ExecutionRecord,
  type ExecutionStore,
} from '../../../infra/local/workflow/execution-records.ts';
import { createRunner, type Runner, type Transition } from '../../../infra/local/workflow/runner.ts';

/** The moment at which every test clock starts. */
export const start = Date.parse('2026-03-01T06:00:00.000Z');

/** An error as a handler would throw it. */
export function failure(name: string, message = 'no luck'): Error {
  return Object.assign(new Error(message), { name });
}

/** A task that calls a function. */
export function call(functionName: string, more: object = {}): object {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: functionName, Payload: '{% $states.input %}' },
    End: true,
    ...more,
  };
}

/** A task that waits for its token. */
export function ask(functionName: string, more: object = {}): object {
  return {
    ...call(functionName),
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: functionName, Payload: { token: '{% $states.context.Task.Token %}' } },
    TimeoutSeconds: 3600,
    ...more,
  };
}

/** A machine that starts at its first state. */
export function machine(states: Record<string, object>, more: object = {}): AslDefinition {
  return {
    QueryLanguage: 'JSONata',
    StartAt: Object.keys(states)[0],
    States: states,
    ...more,
  } as unknown as AslDefinition;
}

type Handler = (payload: never) => unknown;

export interface Bench {
  clock: VirtualClock;
  runner: Runner;
  store: ExecutionStore;
  calls: { name: string; payload: unknown; at: string }[];
  transitions: Transition[];
  ended: ExecutionRecord[];
  /** Starts `machine/one` and runs until nothing is due. */
  finish(input?: unknown, name?: string): Promise<ExecutionRecord>;
  arn(name?: string): string;
}

/** One machine named "machine" on a virtual clock with functions of the test's own. */
export function bench(
  definition: AslDefinition,
  handlers: Record<string, Handler> = {},
  given: { store?: ExecutionStore; clock?: VirtualClock; random?: () => number } = {},
): Bench {
  const clock = given.clock ?? createVirtualClock(start);
  const store = given.store ?? createMemoryStore();
  const calls: Bench['calls'] = [];
  const transitions: Transition[] = [];
  const ended: ExecutionRecord[] = [];
  const runner = createRunner({
    machines: { machine: { definition, arn: 'arn:aws:states:local:000000000000:stateMachine:machine' } },
    lease: clock.lease('bench'),
    store,
    ...(given.random && { random: given.random }),
    invoke: async (name, payload) => {
      calls.push({ name, payload, at: new Date(clock.now()).toISOString() });
      const handler = handlers[name];
      if (!handler) throw failure('Lambda.ResourceNotFoundException', `no function ${name}`);
      return handler(payload as never);
    },
    onTransition: transition => transitions.push(transition),
    onEnd: record => ended.push(record),
  });
  const arn = (name = 'one') => `arn:aws:states:local:000000000000:execution:machine:${name}`;
  return {
    clock,
    runner,
    store,
    calls,
    transitions,
    ended,
    arn,
    async finish(input = {}, name = 'one') {
      await runner.start('machine', name, input);
      await clock.settled();
      return (await runner.describe(arn(name)))!;
    },
  };
}
