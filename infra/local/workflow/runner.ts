import { isDeepStrictEqual } from 'node:util';
import type { Lease } from './clock.ts';
import { type AslDefinition, isCallback } from './definition.ts';
import { admitDefinition } from './definition-check.ts';
import { StateError, WorkflowRefusal } from './errors.ts';
import { enter, visit } from './execution.ts';
import {
  type Answer,
  attemptOf,
  type ExecutionRecord,
  type ExecutionStore,
  readToken,
  tokenFor,
} from './execution-records.ts';
import { copyOf, randomStream } from './expressions.ts';
import { payloadLimitBytes, sizeOf } from './failures.ts';
import type { Outcome, Scene } from './scene.ts';

export type { ExecutionRecord, ExecutionStore } from './execution-records.ts';

/** One step of one execution, after it has been saved. `to` is null at the end; a retry has `from` equal to `to`. */
export interface Transition {
  machine: string;
  execution: string;
  from: string | null;
  to: string | null;
  /** ISO 8601 UTC. */
  at: string;
  /** The item of the Map that the step belongs to, counted from 0; absent at the top. */
  item?: number;
}

/** A machine that can be started: its definition with everything substituted, and its ARN. */
export interface Machine {
  definition: AslDefinition;
  arn: string;
}

export interface RunnerOptions {
  machines: Record<string, Machine>;
  lease: Lease;
  /** Rejects with an error whose `name` is the name that `ErrorEquals` matches. */
  invoke: (functionArnOrName: string, payload: unknown) => Promise<unknown>;
  store: ExecutionStore;
  /** Drawn from once, at creation, to salt the streams of all executions; without it the salt is always the same. */
  random?: () => number;
  onTransition?: (transition: Transition) => void;
  onEnd?: (record: ExecutionRecord) => void;
}

/** Runs state machines. Nothing moves before the clock of its lease does. */
export interface Runner {
  /**
   * Starts an execution, or finds the running one of the same name and input. Throws `WorkflowRefusal`:
   * StateMachineDoesNotExist, InvalidName, InvalidExecutionInput, ExecutionAlreadyExists.
   */
  start(
    machineName: string,
    executionName: string,
    input: unknown,
  ): Promise<{ executionArn: string; startDate: string; existed: boolean }>;
  /** Throws `WorkflowRefusal`: InvalidToken, InvalidOutput, TaskDoesNotExist, TaskTimedOut. */
  sendTaskSuccess(token: string, output: unknown): Promise<void>;
  /** Throws `WorkflowRefusal`: InvalidToken, TaskDoesNotExist, TaskTimedOut. */
  sendTaskFailure(token: string, error: string, cause: string): Promise<void>;
  describe(executionArn: string): Promise<ExecutionRecord | undefined>;
  /** Ends a running execution as ABORTED; one that has ended stays as it is. Throws ExecutionDoesNotExist. */
  stop(executionArn: string, error?: string, cause?: string): Promise<void>;
  /** Goes on with what the store holds as RUNNING and is not yet under way here; resolves to how many. */
  resume(): Promise<number>;
  /** Lets go of everything, for the process or the generation is over; nothing is ended or saved. */
  dispose(): void;
  /** The executions under way and where each stands, one a line. */
  standstill(): string;
}

interface Entry {
  record: ExecutionRecord;
  /** True from the moment it is started or resumed here: it has a drive or a timer of its own. */
  underWay: boolean;
  /** A drive is due at this moment of the clock. */
  queued: boolean;
  driving: boolean;
  cancelTimer(): void;
  cancelDeadline(): void;
  /** Items of a Map that wait for their retry. */
  sleeping: Set<() => void>;
  /** The last save; the next waits for it, so that the newest state is the one that stays. */
  saved: Promise<void>;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Execution names as Step Functions takes them: up to 80 characters that mean nothing in an ARN or a path. */
const validName = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

/** A runner of these machines. Throws `DefinitionRefused` with every problem of every definition. */
export function createRunner(options: RunnerOptions): Runner {
  const { lease, store, invoke, onTransition, onEnd } = options;
  const machines = new Map(
    Object.entries(options.machines).map(([name, { definition, arn }]) => [
      name,
      { definition: admitDefinition(name, definition), arn },
    ]),
  );
  const salt = options.random ? String(options.random()) : '';
  const live = new Map<string, Entry>();
  const loading = new Map<string, Promise<Entry | undefined>>();
  const turns = new Map<string, Promise<unknown>>();
  let disposed = false;

  const titleOf = (record: ExecutionRecord) => `${record.machine}/${record.name}`;

  function arnOf(machine: string, name: string): string {
    return `${machines.get(machine)!.arn.replace(':stateMachine:', ':execution:')}:${name}`;
  }

  function adopt(record: ExecutionRecord): Entry {
    const known = live.get(record.executionArn);
    if (known) return known;
    const entry: Entry = {
      record,
      underWay: false,
      queued: false,
      driving: false,
      cancelTimer: () => {},
      cancelDeadline: () => {},
      sleeping: new Set(),
      saved: Promise.resolve(),
    };
    if (record.status === 'RUNNING') live.set(record.executionArn, entry);
    return entry;
  }

  /** The one entry of an execution: two copies of one record would each lose what the other learns. */
  async function entryOf(executionArn: string): Promise<Entry | undefined> {
    const known = live.get(executionArn);
    if (known) return known;
    let load = loading.get(executionArn);
    if (!load) {
      load = lease
        .run(() => store.load(executionArn), `load ${executionArn}`)
        .then(record => record && adopt(record))
        .finally(() => loading.delete(executionArn));
      loading.set(executionArn, load);
    }
    return load;
  }

  async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (turns.get(key) ?? Promise.resolve()).then(work);
    const quiet = mine.catch(() => {});
    turns.set(key, quiet);
    try {
      return await mine;
    } finally {
      if (turns.get(key) === quiet) turns.delete(key);
    }
  }

  function save(entry: Entry): Promise<void> {
    const snapshot = copyOf(entry.record);
    const before = entry.saved;
    const saving = lease.run(() => before.then(() => store.save(snapshot)), `save ${titleOf(snapshot)}`);
    entry.saved = saving.catch(() => {});
    return saving;
  }

  function report(record: ExecutionRecord, from: string | null, to: string | null, item?: number): void {
    onTransition?.({
      machine: record.machine,
      execution: record.name,
      from,
      to,
      at: iso(lease.now()),
      ...(item !== undefined && { item }),
    });
  }

  /** An error that no state can answer for, such as a store that cannot write, goes to the one who drives the clock. */
  function raise(error: unknown): void {
    lease.at(lease.now(), () => {
      throw error;
    });
  }

  /** Queues a drive on the clock: it starts when nothing else is in flight, in the order of the queue. */
  function launch(entry: Entry): void {
    entry.cancelTimer();
    if (entry.queued || entry.driving) return;
    entry.queued = true;
    const begin = () => {
      entry.queued = false;
      // Not returned: a drive must not hold the clock while an item of a Map waits for its retry.
      drive(entry).catch(raise);
    };
    entry.cancelTimer = lease.at(lease.now(), begin, `drive ${titleOf(entry.record)}`);
  }

  /** Waits for the moment at which a parked execution goes on. */
  function park(entry: Entry): void {
    const { record } = entry;
    const dueMs = Date.parse(record.parked!.dueAt);
    const wake = () => {
      if (record.answered || record.status !== 'RUNNING') return;
      if (record.parked?.kind === 'callback') {
        record.answered = { error: 'States.Timeout', cause: `Nobody answered "${record.state}" in time` };
      }
      drive(entry).catch(raise);
    };
    entry.cancelTimer = lease.at(
      dueMs,
      wake,
      `${record.parked!.kind} of ${titleOf(record)} at "${record.state}"`,
    );
  }

  /** Puts an execution on the clock, once, when it is started or resumed here. */
  function setOut(entry: Entry): void {
    entry.underWay = true;
    const { record } = entry;
    const seconds = machines.get(record.machine)?.definition.TimeoutSeconds;
    if (seconds !== undefined) {
      const dueMs = Date.parse(record.startedAt) + seconds * 1000;
      const expire = () => end(entry, { status: 'TIMED_OUT', error: 'States.Timeout', cause: '' });
      entry.cancelDeadline = lease.at(dueMs, expire, `deadline of ${titleOf(record)}`);
    }
    if (record.parked && !record.answered) park(entry);
    else launch(entry);
  }

  async function end(
    entry: Entry,
    ended: Pick<ExecutionRecord, 'status'> & Partial<Pick<ExecutionRecord, 'output' | 'error' | 'cause'>>,
  ): Promise<void> {
    const { record } = entry;
    if (record.status !== 'RUNNING') return;
    Object.assign(record, ended, { stoppedAt: iso(lease.now()) });
    delete record.parked;
    delete record.answered;
    delete record.taskDueAt;
    entry.cancelTimer();
    entry.cancelDeadline();
    for (const wake of [...entry.sleeping]) wake();
    await save(entry);
    live.delete(record.executionArn);
    report(record, record.state, null);
    onEnd?.(copyOf(record));
  }

  function tokenOf(record: ExecutionRecord): string {
    const { machine, name, transitions } = record;
    return tokenFor({ machine, name, transition: transitions, attempt: attemptOf(record) });
  }

  async function within<T>(what: string, seconds: number | undefined, work: () => Promise<T>): Promise<T> {
    if (seconds === undefined) return work();
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      const expire = () => reject(new StateError('States.Timeout', `${what} took longer than ${seconds} s`));
      cancel = lease.at(lease.now() + seconds * 1000, expire, `timeout of ${what}`);
    });
    try {
      return await Promise.race([work(), late]);
    } finally {
      cancel();
    }
  }

  function sceneOf(entry: Entry, definition: AslDefinition, arn: string): Scene {
    const { record } = entry;
    const seed = `${salt}/${record.executionArn}/${record.startedAt}`;
    const Execution = {
      Id: record.executionArn,
      Name: record.name,
      StartTime: record.startedAt,
      Input: record.input,
    };
    const state = definition.States[record.state];
    return {
      machine: record.machine,
      context: { Execution, StateMachine: { Id: arn, Name: record.machine } },
      outer: {},
      now: () => lease.now(),
      invoke: (functionName, payload) =>
        lease.run(() => invoke(functionName, payload), `${functionName} for ${titleOf(record)}`),
      within: (seconds, work) => within(`"${record.state}" of ${titleOf(record)}`, seconds, work),
      sleepUntil: dueMs => sleep(entry, dueMs),
      halted: () => disposed || record.status !== 'RUNNING',
      entered: (from, to, item) => report(record, from, to, item),
      waited: record.parked?.kind === 'wait',
      seed,
      stream: randomStream,
      ...(state && isCallback(state) && { callback: callbackOf(entry) }),
    };
  }

  function sleep(entry: Entry, dueMs: number) {
    let wake = () => {};
    const over = new Promise<void>(resolve => {
      const cancel = lease.at(dueMs, () => wake(), `retry in a Map of ${titleOf(entry.record)}`);
      wake = () => {
        cancel();
        entry.sleeping.delete(wake);
        resolve();
      };
      entry.sleeping.add(wake);
    });
    return { over, wake };
  }

  function callbackOf(entry: Entry): NonNullable<Scene['callback']> {
    const { record } = entry;
    return {
      token: () => tokenOf(record),
      answer: () => record.answered,
      isOpen: () => record.taskDueAt !== undefined,
      async open(dueMs) {
        if (record.taskDueAt === undefined) {
          record.taskDueAt = iso(dueMs);
          await save(entry);
        }
        return Date.parse(record.taskDueAt);
      },
    };
  }

  /** Takes an execution from state to state until it is parked or has ended. */
  async function drive(entry: Entry): Promise<void> {
    const { record } = entry;
    if (disposed || record.status !== 'RUNNING') return;
    if (entry.driving) throw new Error(`${titleOf(record)} is driven twice`);
    entry.driving = true;
    try {
      while (!disposed && record.status === 'RUNNING') {
        const retried = record.parked?.kind === 'retry';
        if (retried) {
          delete record.parked;
          report(record, record.state, record.state);
        }
        const outcome = await visitState(entry);
        if (disposed || record.status !== 'RUNNING') return;
        if (await settle(entry, outcome)) return;
      }
    } finally {
      entry.driving = false;
    }
  }

  async function visitState(entry: Entry): Promise<Outcome> {
    const { record } = entry;
    const machine = machines.get(record.machine);
    if (!machine) {
      return {
        kind: 'fail',
        error: 'States.Runtime',
        cause: `There is no machine "${record.machine}" any more`,
      };
    }
    return visit(machine.definition, record, sceneOf(entry, machine.definition, machine.arn));
  }

  /** Writes down what came of a state; true when the execution now waits or is over. */
  async function settle(entry: Entry, outcome: Outcome): Promise<boolean> {
    const { record } = entry;
    if (outcome.kind === 'end') {
      await end(entry, { status: 'SUCCEEDED', output: outcome.output });
      return true;
    }
    if (outcome.kind === 'fail') {
      await end(entry, { status: 'FAILED', error: outcome.error, cause: outcome.cause });
      return true;
    }
    if (outcome.kind === 'park') {
      if (outcome.reason === 'retry') {
        // The next attempt has a token and a deadline of its own.
        delete record.answered;
        delete record.taskDueAt;
      }
      record.parked = { kind: outcome.reason, dueAt: iso(outcome.dueMs) };
      await save(entry);
      if (disposed || record.status !== 'RUNNING') return true;
      // The answer may have come while this was being saved.
      if (record.answered) return false;
      park(entry);
      return true;
    }
    const from = record.state;
    delete record.parked;
    delete record.answered;
    delete record.taskDueAt;
    enter(record, outcome, lease.now());
    await save(entry);
    report(record, from, outcome.to);
    return false;
  }

  async function answer(token: string, given: Answer): Promise<void> {
    const place = readToken(token);
    if (!place) throw new WorkflowRefusal('InvalidToken', 'This is not a task token');
    const entry = machines.has(place.machine) ? await entryOf(arnOf(place.machine, place.name)) : undefined;
    const isCurrent = () =>
      entry?.record.transitions === place.transition && attemptOf(entry.record) === place.attempt;
    if (!entry || entry.record.transitions < place.transition || (isCurrent() && !wasOpened(entry.record))) {
      throw new WorkflowRefusal('TaskDoesNotExist', 'There is no task with this token');
    }
    const { record } = entry;
    const over = record.status !== 'RUNNING' || !isCurrent() || record.answered !== undefined;
    if (over || lease.now() > Date.parse(record.taskDueAt!)) {
      throw new WorkflowRefusal('TaskTimedOut', 'The task with this token is over');
    }
    // Set before the save, so that of two answers at once the second is told that it came too late.
    record.answered = copyOf(given);
    const held = record.answered;
    try {
      await save(entry);
    } catch (error) {
      if (record.answered === held) delete record.answered;
      throw error;
    }
    // Before `resume` nobody drives it; then resume finds the answer.
    if (entry.underWay && record.answered === held && record.parked?.kind === 'callback') launch(entry);
  }

  function wasOpened(record: ExecutionRecord): boolean {
    return record.status !== 'RUNNING' || record.taskDueAt !== undefined;
  }

  return {
    start(machineName, executionName, input) {
      return inTurn(`${machineName}:${executionName}`, async () => {
        const machine = machines.get(machineName);
        if (!machine) {
          throw new WorkflowRefusal('StateMachineDoesNotExist', `There is no state machine "${machineName}"`);
        }
        if (!validName.test(executionName)) {
          throw new WorkflowRefusal('InvalidName', `"${executionName}" is not a name for an execution`);
        }
        if (input === undefined || sizeOf(input) > payloadLimitBytes) {
          throw new WorkflowRefusal(
            'InvalidExecutionInput',
            `An input is JSON of at most ${payloadLimitBytes} bytes`,
          );
        }
        const executionArn = arnOf(machineName, executionName);
        const known = await entryOf(executionArn);
        if (known) {
          const { record } = known;
          if (record.status === 'RUNNING' && isDeepStrictEqual(record.input, copyOf(input))) {
            return { executionArn, startDate: record.startedAt, existed: true };
          }
          throw new WorkflowRefusal('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
        }
        const startedAt = iso(lease.now());
        const entry = adopt({
          executionArn,
          machine: machineName,
          name: executionName,
          input: copyOf(input),
          status: 'RUNNING',
          state: machine.definition.StartAt,
          stateInput: copyOf(input),
          variables: {},
          entered: startedAt,
          transitions: 1,
          retries: [],
          startedAt,
        });
        // Under way at once: a resume during the save must leave it alone.
        entry.underWay = true;
        try {
          await save(entry);
        } catch (error) {
          live.delete(executionArn);
          throw error;
        }
        report(entry.record, null, entry.record.state);
        setOut(entry);
        return { executionArn, startDate: startedAt, existed: false };
      });
    },
    async sendTaskSuccess(token, output) {
      if (output === undefined || sizeOf(output) > payloadLimitBytes) {
        throw new WorkflowRefusal('InvalidOutput', `An output is JSON of at most ${payloadLimitBytes} bytes`);
      }
      await answer(token, { output });
    },
    async sendTaskFailure(token, error, cause) {
      await answer(token, { error: error || 'States.TaskFailed', cause: cause ?? '' });
    },
    async describe(executionArn) {
      const entry = live.get(executionArn);
      return entry ? copyOf(entry.record) : lease.run(() => store.load(executionArn), `load ${executionArn}`);
    },
    async stop(executionArn, error, cause) {
      const entry = await entryOf(executionArn);
      if (!entry) {
        throw new WorkflowRefusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
      }
      const why = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
      await end(entry, { status: 'ABORTED', ...why });
    },
    async resume() {
      const found = await lease.run(() => store.running(), 'load running executions');
      found.sort((a, b) =>
        `${a.startedAt} ${a.executionArn}` < `${b.startedAt} ${b.executionArn}` ? -1 : 1,
      );
      let resumed = 0;
      for (const record of found) {
        const entry = adopt(record);
        if (entry.underWay || entry.record.status !== 'RUNNING') continue;
        setOut(entry);
        resumed += 1;
      }
      return resumed;
    },
    dispose() {
      disposed = true;
      for (const entry of live.values()) {
        entry.cancelTimer();
        entry.cancelDeadline();
        for (const wake of [...entry.sleeping]) wake();
      }
      live.clear();
    },
    standstill() {
      const lines = [...live.values()].map(({ record, driving, queued }) => {
        const { parked } = record;
        const how = driving
          ? 'in flight'
          : queued
            ? 'due now'
            : parked
              ? `${parked.kind} until ${parked.dueAt}`
              : 'not resumed';
        return `${titleOf(record)} at "${record.state}": ${how}`;
      });
      return lines.length ? lines.join('\n') : 'no execution is under way';
    },
  };
}
