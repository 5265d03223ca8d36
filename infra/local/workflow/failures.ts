import type { Catcher, Retrier } from './definition.ts';
import { StateError } from './errors.ts';

/** What a state may hold, in bytes of JSON: 256 KiB, the quota of Step Functions. */
export const payloadLimitBytes = 256 * 1024;

/** All variables of an execution together: 10 MiB, the quota of Step Functions. */
export const variablesLimitBytes = 10 * 1024 * 1024;

/** Bytes of a value as JSON. */
export function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

/** The value itself. Throws `States.DataLimitExceeded` when it is larger than a state may hold. */
export function limited<T>(value: T, what: string, limit = payloadLimitBytes): T {
  const size = sizeOf(value);
  if (size > limit) {
    throw new StateError('States.DataLimitExceeded', `The ${what} has ${size} bytes; ${limit} are allowed`);
  }
  return value;
}

/** Errors that no wildcard matches: the data or the machine is wrong, and another try cannot help. */
const beyondWildcards = new Set(['States.DataLimitExceeded', 'States.Runtime']);

/** True when `ErrorEquals` names the error, by itself or by a wildcard. */
function matches(errorEquals: readonly string[], error: string): boolean {
  if (error === 'States.Runtime') return false;
  if (errorEquals.includes(error)) return true;
  if (beyondWildcards.has(error)) return false;
  return (
    errorEquals.includes('States.ALL') ||
    (errorEquals.includes('States.TaskFailed') && error !== 'States.Timeout')
  );
}

/** The longest wait that Step Functions allows between two tries: 99,999,999 s. */
const longestDelaySeconds = 99_999_999;

/** Milliseconds until the next try, after the retrier has been used `used` times. */
export function retryDelayMs(retrier: Retrier, used: number, random: () => number): number {
  const grown = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** used;
  const seconds = Math.min(grown, retrier.MaxDelaySeconds ?? longestDelaySeconds);
  return Math.round(1000 * seconds * (retrier.JitterStrategy === 'FULL' ? random() : 1));
}

/** The index of the retrier that still has a try for this error; -1 when there is none. */
export function retrierFor(retriers: readonly Retrier[], error: string, retries: readonly number[]): number {
  // The first that names the error decides; when it is used up, no later one steps in.
  const index = retriers.findIndex(retrier => matches(retrier.ErrorEquals, error));
  if (index < 0) return -1;
  return (retries[index] ?? 0) < (retriers[index]!.MaxAttempts ?? 3) ? index : -1;
}

/** The first catcher for this error, with its index. */
export function catcherFor(catchers: readonly Catcher[], error: string): [number, Catcher] | undefined {
  const index = catchers.findIndex(catcher => matches(catcher.ErrorEquals, error));
  return index < 0 ? undefined : [index, catchers[index]!];
}

/** `Cause` on AWS holds at most 32,768 characters; the message is cut early enough that its JSON stays whole. */
const longestMessage = 16_000;

/** What an invocation rejected with, as the error and cause that Step Functions would report for a Lambda. */
export function invocationFailure(thrown: unknown): StateError {
  if (thrown instanceof StateError) return thrown;
  const { name, message } =
    thrown instanceof Error ? thrown : { name: 'Lambda.Unknown', message: String(thrown) };
  const errorType = name || 'Error';
  const errorMessage = message.slice(0, longestMessage);
  // The service's own errors come as plain text, those of a handler as the JSON that Lambda makes of them.
  if (/^(Lambda|States)\./.test(errorType)) return new StateError(errorType, errorMessage);
  return new StateError(errorType, JSON.stringify({ errorMessage, errorType, trace: [] }));
}
