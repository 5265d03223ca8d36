import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';
import { repositoryRoot } from '../repository.ts';
import { type FunctionDefinition, functionNameOf } from './blueprint.ts';
import type { Bundle } from './bundles.ts';
import { createStream, uuidFrom } from './random.ts';
import { type Handler, instantiate } from './sandbox.ts';
import type { Invocation } from './transport.ts';
import type { Lease } from './workflow/clock.ts';

/** One line that a function logged. */
export interface LogLine {
  /** ISO 8601 UTC. */
  at: string;
  /** The entry: "deployments/plan-team". */
  entry: string;
  level: string;
  line: string;
}

export interface FunctionsOptions {
  definitions: FunctionDefinition[];
  bundles: Map<string, Bundle>;
  region: string;
  lease: Lease;
  /** What the streams of all functions grow from; a new generation needs another. */
  seed: string;
  clientDefaults(packageName: string, current: () => Invocation | undefined): object;
  fetch: typeof fetch;
  logs?: ((line: LogLine) => void) | undefined;
  onInvoke?(definition: FunctionDefinition): void;
  /** Real milliseconds that an invocation may take: virtual time does not pass while it runs. @default 30000 */
  watchdogMs?: number;
}

/** The functions of a system, each in a module scope of its own. */
export interface Functions {
  /**
   * Invokes by entry ("deployments/plan-team"), name or ARN, with a copy of the payload, and resolves to a copy of the
   * answer. Rejects with an error whose name is the one that Lambda would report.
   */
  invoke(reference: string, payload: unknown): Promise<unknown>;
  find(reference: string): FunctionDefinition | undefined;
  /** Lets go of everything: what still runs has nobody who waits for it. */
  dispose(): void;
}

/** What a function failed with, under the name that it gave its error. */
class FunctionFailed extends Error {
  /** As Lambda reports it: the stack without the message, which may hold what is not for a log. */
  readonly trace: string[];
  constructor(name: string, message: string, trace: string[] = []) {
    super(message);
    this.name = name;
    this.trace = trace;
  }
}

/** Lambda answers with at most 6 MB. */
const maxAnswerBytes = 6 * 1024 * 1024;

interface Instance {
  handler: Handler;
}

/** Which invocation the running code belongs to. One for the process: Node never lets go of one, and each slows every promise. */
const invocations = new AsyncLocalStorage<Invocation>();

/**
 * The functions over their bundles. One instance serves one invocation at a time, as on Lambda; a second at the same
 * time gets an instance of its own, and idle ones are used again, the last used first.
 */
export function createFunctions(options: FunctionsOptions): Functions {
  const { lease, watchdogMs = 30_000 } = options;
  const byReference = new Map<string, FunctionDefinition>();
  for (const definition of options.definitions) {
    byReference.set(definition.name, definition);
    byReference.set(definition.entry, definition);
  }
  const find = (reference: string) =>
    byReference.get(reference) ?? byReference.get(functionNameOf(reference));
  const idle = new Map<string, Instance[]>();
  const started = new Map<string, number>();
  const requestIds = createStream(options.seed, 'requests');
  const watchdogs = new Set<NodeJS.Timeout | undefined>();

  function coldStart(definition: FunctionDefinition): Instance {
    const count = (started.get(definition.name) ?? 0) + 1;
    started.set(definition.name, count);
    const random = createStream(options.seed, 'function', definition.entry, count);
    const handler = instantiate(options.bundles.get(definition.file)!, {
      file: resolve(repositoryRoot, definition.file),
      environment: {
        ...definition.environment,
        AWS_REGION: options.region,
        AWS_LAMBDA_FUNCTION_NAME: definition.name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        TZ: 'UTC',
      },
      now: lease.now,
      random,
      clientDefaults: name => options.clientDefaults(name, () => invocations.getStore()),
      fetch: options.fetch,
      log: (level, line) => log(definition, level, line),
    });
    return { handler };
  }

  function log({ entry }: FunctionDefinition, level: string, line: string): void {
    options.logs?.({ at: new Date(lease.now()).toISOString(), entry, level, line });
  }

  async function attempt(definition: FunctionDefinition, payload: unknown): Promise<unknown> {
    options.onInvoke?.(definition);
    const waiting = idle.get(definition.name) ?? [];
    idle.set(definition.name, waiting);
    const invocation: Invocation = {
      functionName: definition.entry,
      requestId: uuidFrom(requestIds),
      calls: 0,
      ended: false,
    };
    let watchdog: NodeJS.Timeout | undefined;
    try {
      const endsAt = Date.now() + watchdogMs;
      const context = contextOf(definition, invocation.requestId, () => endsAt - Date.now());
      const tooLong = new Promise<never>((_resolve, reject) => {
        const timer = setTimeout(() => {
          const text = `${invocation.requestId} Task timed out after ${(watchdogMs / 1000).toFixed(2)} seconds`;
          reject(new FunctionFailed('Sandbox.Timedout', `RequestId: ${text}`));
        }, watchdogMs);
        watchdog = timer;
        watchdogs.add(timer);
      });
      let instance: Instance | undefined;
      const work = invocations.run(invocation, async () => {
        instance = waiting.pop() ?? coldStart(definition);
        return instance.handler(copyOf(payload), context);
      });
      const answer = limited(await Promise.race([work, tooLong]));
      waiting.push(instance!);
      return answer;
    } catch (error) {
      const failure = failureOf(error);
      log(
        definition,
        'error',
        JSON.stringify({ message: 'invocation failed', errorType: failure.name, trace: failure.trace }),
      );
      throw failure;
    } finally {
      invocation.ended = true;
      clearTimeout(watchdog);
      watchdogs.delete(watchdog);
    }
  }

  return {
    find,
    invoke(reference, payload) {
      const definition = find(reference);
      if (!definition) {
        return Promise.reject(
          new FunctionFailed('Lambda.ResourceNotFoundException', `Function not found: ${reference}`),
        );
      }
      return lease.run(() => attempt(definition, payload), definition.entry);
    },
    dispose() {
      for (const watchdog of watchdogs) clearTimeout(watchdog);
      watchdogs.clear();
      idle.clear();
    },
  };
}

const contextOf = (definition: FunctionDefinition, requestId: string, remainingMs: () => number) => ({
  functionName: definition.name,
  functionVersion: '$LATEST',
  invokedFunctionArn: definition.arn,
  memoryLimitInMB: String(definition.memoryMegabytes),
  awsRequestId: requestId,
  logGroupName: `/aws/lambda/${definition.name}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: remainingMs,
});

const copyOf = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

function limited(answer: unknown): unknown {
  const text = JSON.stringify(answer) ?? 'null';
  if (text.length > maxAnswerBytes) {
    throw new FunctionFailed(
      'Function.ResponseSizeTooLarge',
      `Response payload size (${text.length} bytes) exceeded maximum allowed payload size (${maxAnswerBytes} bytes).`,
    );
  }
  return JSON.parse(text);
}

function failureOf(thrown: unknown): FunctionFailed {
  if (thrown instanceof FunctionFailed) return thrown;
  if (!(thrown instanceof Error)) return new FunctionFailed(typeof thrown, String(thrown));
  const trace = (thrown.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  return new FunctionFailed(thrown.name || 'Error', thrown.message, trace);
}
