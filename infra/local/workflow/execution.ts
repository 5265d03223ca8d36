import type { State, States } from './definition.ts';
import { StateError } from './errors.ts';
import { attemptOf, type Frame } from './execution-records.ts';
import { fill } from './expressions.ts';
import { catcherFor, limited, retrierFor, retryDelayMs, variablesLimitBytes } from './failures.ts';
import { goOn, type Look, type Outcome, type Scene } from './scene.ts';
import { attemptState } from './tasks.ts';

/** The stream of one attempt and one field: nothing else that happens meanwhile shifts it. */
function streamOf(frame: Frame, scene: Scene, field: string): () => number {
  return scene.stream(`${scene.seed}/${frame.transitions}.${attemptOf(frame)}/${field}`);
}

function lookFor(frame: Frame, scene: Scene): Look {
  const context = {
    ...scene.context,
    State: { Name: frame.state, EnteredTime: frame.entered, RetryCount: attemptOf(frame) },
    ...(scene.callback && { Task: { Token: scene.callback.token() } }),
  };
  return (template, field, { context: added, ...fields } = {}) => {
    const sight = {
      states: { input: frame.stateInput, context: { ...context, ...added }, ...fields },
      variables: { ...scene.outer, ...frame.variables },
      nowMs: scene.now(),
      random: streamOf(frame, scene, field),
    };
    return fill(template, sight, `${field} of state "${frame.state}" in ${scene.machine}`);
  };
}

async function afterFailure(
  state: State,
  frame: Frame,
  scene: Scene,
  failure: StateError,
  look: Look,
): Promise<Outcome> {
  const { error, cause } = failure;
  if (state.Type === 'Task' || state.Type === 'Map') {
    const retriers = state.Retry ?? [];
    const chosen = retrierFor(retriers, error, frame.retries);
    if (chosen >= 0) {
      const used = frame.retries[chosen] ?? 0;
      const delayMs = retryDelayMs(retriers[chosen]!, used, streamOf(frame, scene, 'Retry'));
      frame.retries = retriers.map((_, index) => (frame.retries[index] ?? 0) + (index === chosen ? 1 : 0));
      return { kind: 'park', reason: 'retry', dueMs: scene.now() + delayMs };
    }
    const caught = catcherFor(state.Catch ?? [], error);
    if (caught) {
      const errorOutput = { Error: error, Cause: cause };
      const [index, catcher] = caught;
      return goOn(catcher, errorOutput, look, `Catch[${index}].`, { errorOutput });
    }
  }
  return { kind: 'fail', error, cause };
}

/** Runs one step; a `StateError` on the way becomes what `rescue` makes of it, any other error passes. */
async function rescued(work: () => Promise<Outcome>, rescue: (failure: StateError) => Promise<Outcome>) {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof StateError) return rescue(thrown);
    throw thrown;
  }
}

/** Does the present state of a frame once and says what came of it; a failure of the state is an outcome too. */
export async function visit(states: States, frame: Frame, scene: Scene): Promise<Outcome> {
  const state = states.States[frame.state];
  if (!state) {
    return { kind: 'fail', error: 'States.Runtime', cause: `${scene.machine} has no state "${frame.state}"` };
  }
  const look = lookFor(frame, scene);
  return rescued(
    async () => withinLimits(await attemptState(state, frame, scene, look, runThrough), frame),
    failure =>
      rescued(
        async () => withinLimits(await afterFailure(state, frame, scene, failure, look), frame),
        // A catcher that fails itself is not caught: the scope fails.
        async ({ error, cause }) => ({ kind: 'fail', error, cause }),
      ),
  );
}

function withinLimits(outcome: Outcome, frame: Frame): Outcome {
  if (outcome.kind === 'next' && Object.keys(outcome.assigned).length > 0) {
    limited({ ...frame.variables, ...outcome.assigned }, 'variables together', variablesLimitBytes);
  }
  return outcome;
}

/** Moves a frame into the next state. */
export function enter(frame: Frame, next: Extract<Outcome, { kind: 'next' }>, nowMs: number): void {
  frame.state = next.to;
  frame.stateInput = next.output;
  frame.variables = { ...frame.variables, ...next.assigned };
  frame.entered = new Date(nowMs).toISOString();
  frame.transitions += 1;
  frame.retries = [];
}

/** Goes through a scope that cannot be parked, from start to end; undefined when it was halted on the way. */
async function runThrough(
  states: States,
  input: unknown,
  scene: Scene,
): Promise<{ output: unknown } | undefined> {
  const frame: Frame = {
    state: states.StartAt,
    stateInput: input,
    variables: {},
    entered: new Date(scene.now()).toISOString(),
    transitions: 1,
    retries: [],
  };
  scene.entered(null, frame.state);
  for (;;) {
    const outcome = await visit(states, frame, scene);
    if (scene.halted()) return undefined;
    if (outcome.kind === 'fail') throw new StateError(outcome.error, outcome.cause);
    if (outcome.kind === 'end') {
      scene.entered(frame.state, null);
      return { output: outcome.output };
    }
    if (outcome.kind === 'park') {
      await scene.sleepUntil(outcome.dueMs).over;
      if (scene.halted()) return undefined;
      scene.entered(frame.state, frame.state);
    } else {
      const from = frame.state;
      enter(frame, outcome, scene.now());
      scene.entered(from, frame.state);
    }
  }
}
