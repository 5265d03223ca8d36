import {
  type Choice,
  isCallback,
  type MapState,
  type State,
  type States,
  type Task,
  type Wait,
} from './definition.ts';
import { StateError } from './errors.ts';
import { attemptOf, type Frame } from './execution-records.ts';
import { copyOf } from './expressions.ts';
import { invocationFailure, limited } from './failures.ts';
import { goOn, type Look, type Outcome, type Scene } from './scene.ts';

/** Inline Map runs at most this many items at a time on AWS, whatever MaxConcurrency says. */
const widestMap = 40;

const longestSeconds = 99_999_999;

function mistyped(field: string, value: unknown, wanted: string): StateError {
  const shown = (JSON.stringify(value) ?? 'undefined').slice(0, 200);
  return new StateError('States.QueryEvaluationError', `${field} must be ${wanted}, not ${shown}`);
}

async function wholeNumber(look: Look, template: unknown, field: string, least: number): Promise<number> {
  const value = await look(template, field);
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > longestSeconds) {
    throw mistyped(field, value, `a whole number from ${least} to ${longestSeconds}`);
  }
  return value as number;
}

/** Goes through the states of one item; undefined when it was halted on the way. */
export type RunScope = (
  states: States,
  input: unknown,
  scene: Scene,
) => Promise<{ output: unknown } | undefined>;

/** Does one attempt of one state. Throws `StateError` when the state fails. */
export function attemptState(
  state: State,
  frame: Frame,
  scene: Scene,
  look: Look,
  runScope: RunScope,
): Promise<Outcome> {
  switch (state.Type) {
    case 'Task':
      return isCallback(state) ? attemptCallback(state, scene, look) : attemptInvocation(state, scene, look);
    case 'Choice':
      return choose(state, frame, look);
    case 'Map':
      return goThroughItems(state, frame, scene, look, runScope);
    case 'Wait':
      return wait(state, frame, scene, look);
    case 'Pass':
      return goOn(state, frame.stateInput, look, '');
    case 'Succeed':
      return goOn({ Output: state.Output }, frame.stateInput, look, '');
    case 'Fail':
      return fail(state, look);
  }
}

async function argumentsOf(state: Task, look: Look): Promise<{ functionName: string; payload: unknown }> {
  const { FunctionName, Payload = {} } = (await look(state.Arguments, 'Arguments')) as Record<
    string,
    unknown
  >;
  if (typeof FunctionName !== 'string' || FunctionName === '') {
    throw mistyped('Arguments.FunctionName', FunctionName, 'a string');
  }
  limited(Payload, 'payload');
  return { functionName: FunctionName, payload: Payload };
}

async function timeoutOf(state: Task, look: Look): Promise<number | undefined> {
  if (state.TimeoutSeconds === undefined) return undefined;
  return wholeNumber(look, state.TimeoutSeconds, 'TimeoutSeconds', 1);
}

async function attemptInvocation(state: Task, scene: Scene, look: Look): Promise<Outcome> {
  const { functionName, payload } = await argumentsOf(state, look);
  const timeout = await timeoutOf(state, look);
  const returned = await scene.within(timeout, () => invoked(scene, functionName, payload));
  const result = { ExecutedVersion: '$LATEST', Payload: returned, StatusCode: 200 };
  limited(result, 'result');
  return goOn(state, result, look, '', { result });
}

async function invoked(scene: Scene, functionName: string, payload: unknown): Promise<unknown> {
  try {
    // A handler without an answer gives null on Lambda; what it gives is a copy, as over the wire.
    return copyOf((await scene.invoke(functionName, payload)) ?? null);
  } catch (thrown) {
    throw invocationFailure(thrown);
  }
}

async function attemptCallback(state: Task, scene: Scene, look: Look): Promise<Outcome> {
  const host = scene.callback;
  if (!host) throw new StateError('States.Runtime', 'A callback cannot wait inside a Map');
  if (!host.answer()) {
    const { functionName, payload } = await argumentsOf(state, look);
    // A re-run keeps the deadline that the first run set: the one who was asked counts on it.
    const seconds = host.isOpen() ? 0 : ((await timeoutOf(state, look)) ?? longestSeconds);
    const dueMs = await host.open(scene.now() + seconds * 1000);
    try {
      await invoked(scene, functionName, payload);
    } catch (error) {
      // Answered already: the task is done, and how its messenger ended does not matter.
      if (!host.answer()) throw error;
    }
    if (!host.answer()) return { kind: 'park', reason: 'callback', dueMs };
  }
  const answer = host.answer()!;
  if ('error' in answer) throw new StateError(answer.error, answer.cause);
  limited(answer.output, 'result');
  return goOn(state, answer.output, look, '', { result: answer.output });
}

async function choose(state: Choice, frame: Frame, look: Look): Promise<Outcome> {
  for (const [index, rule] of state.Choices.entries()) {
    const field = `Choices[${index}].`;
    const holds = await look(rule.Condition, `${field}Condition`);
    if (typeof holds !== 'boolean') throw mistyped(`${field}Condition`, holds, 'true or false');
    if (holds) return goOn(rule, frame.stateInput, look, field);
  }
  if (state.Default === undefined) {
    throw new StateError(
      'States.NoChoiceMatched',
      `No choice of "${frame.state}" matched and it has no Default`,
    );
  }
  return goOn(
    { Assign: state.Assign, Output: state.Output, Next: state.Default },
    frame.stateInput,
    look,
    '',
  );
}

async function wait(state: Wait, frame: Frame, scene: Scene, look: Look): Promise<Outcome> {
  if (!scene.waited) {
    const dueMs = await waitEnd(state, scene, look);
    if (dueMs > scene.now()) return { kind: 'park', reason: 'wait', dueMs };
  }
  return goOn(state, frame.stateInput, look, '');
}

async function waitEnd(state: Wait, scene: Scene, look: Look): Promise<number> {
  if (state.Seconds !== undefined) {
    return scene.now() + 1000 * (await wholeNumber(look, state.Seconds, 'Seconds', 0));
  }
  const moment = await look(state.Timestamp, 'Timestamp');
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(moment));
  const dueMs = isInstant ? Date.parse(String(moment)) : Number.NaN;
  if (Number.isNaN(dueMs)) throw mistyped('Timestamp', moment, 'an ISO 8601 moment with its zone');
  return dueMs;
}

async function fail(state: Extract<State, { Type: 'Fail' }>, look: Look): Promise<Outcome> {
  const error = await look(state.Error ?? '', 'Error');
  const cause = await look(state.Cause ?? '', 'Cause');
  if (typeof error !== 'string') throw mistyped('Error', error, 'a string');
  if (typeof cause !== 'string') throw mistyped('Cause', cause, 'a string');
  return { kind: 'fail', error, cause };
}

async function itemsOf(state: MapState, frame: Frame, look: Look): Promise<unknown[]> {
  const items = state.Items === undefined ? frame.stateInput : await look(state.Items, 'Items');
  if (!Array.isArray(items)) throw mistyped('Items', items, 'an array');
  return items;
}

async function goThroughItems(
  state: MapState,
  frame: Frame,
  scene: Scene,
  look: Look,
  runScope: RunScope,
): Promise<Outcome> {
  const items = await itemsOf(state, frame, look);
  const asked =
    state.MaxConcurrency === undefined
      ? 0
      : await wholeNumber(look, state.MaxConcurrency, 'MaxConcurrency', 0);
  const inputs: unknown[] = [];
  for (const [Index, Value] of items.entries()) {
    const selected =
      state.ItemSelector === undefined
        ? Value
        : await look(state.ItemSelector, `ItemSelector[${Index}]`, {
            context: { Map: { Item: { Index, Value } } },
          });
    inputs.push(limited(selected, `input of item ${Index}`));
  }

  const result: unknown[] = new Array(items.length).fill(null);
  let failure: { thrown: unknown } | undefined;
  const asleep = new Set<() => void>();
  const halted = () => failure !== undefined || scene.halted();

  async function runItem(Index: number): Promise<void> {
    const itemScene: Scene = {
      ...withoutCallback(scene),
      context: { ...scene.context, Map: { Item: { Index, Value: items[Index] } } },
      outer: { ...scene.outer, ...frame.variables },
      halted,
      entered: (from, to, item) => scene.entered(from, to, item ?? Index),
      seed: `${scene.seed}/${frame.transitions}.${attemptOf(frame)}[${Index}]`,
      sleepUntil(dueMs) {
        const sleep = scene.sleepUntil(dueMs);
        asleep.add(sleep.wake);
        void sleep.over.then(() => asleep.delete(sleep.wake));
        return sleep;
      },
    };
    const ended = await runScope(state.ItemProcessor, inputs[Index], itemScene);
    if (ended) result[Index] = ended.output;
  }

  let next = 0;
  async function work(): Promise<void> {
    while (next < items.length && !halted()) {
      const index = next++;
      try {
        await runItem(index);
      } catch (thrown) {
        // The first failure fails the Map; the other items end where they are and wake from their waiting.
        failure ??= { thrown };
        for (const wake of [...asleep]) wake();
      }
    }
  }
  const width = Math.min(asked === 0 ? widestMap : asked, widestMap, items.length);
  await Promise.all(Array.from({ length: width }, work));
  if (failure) throw (failure as { thrown: unknown }).thrown;
  limited(result, 'result');
  return goOn(state, result, look, '', { result });
}

function withoutCallback({ callback: _callback, waited: _waited, ...scene }: Scene): Scene {
  return scene;
}
