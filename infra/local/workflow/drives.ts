import type { Lease } from './clock.ts';
import { type AslDefinition, isCallback } from './definition.ts';
import { StateError } from './errors.ts';
import { enter, visit } from './execution.ts';
import { attemptOf, type ExecutionRecord, tokenFor } from './execution-records.ts';
import { copyOf, randomStream } from './expressions.ts';
import { type Entry, type LiveExecutions, titleOf } from './live-executions.ts';
import type { Outcome, Scene, Sleep } from './scene.ts';

/** What drives need of the runner around them. */
export interface DriveSurroundings {
  lease: Lease;
  live: LiveExecutions;
  machineOf(name: string): { definition: AslDefinition; arn: string } | undefined;
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  /** Goes before every seed. */
  salt: string;
  report(record: ExecutionRecord, from: string | null, to: string | null, item?: number): void;
  onEnd(record: ExecutionRecord): void;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Takes executions from state to state: one drive an execution, each begun by the clock. */
export function createDrives(surroundings: DriveSurroundings) {
  const { lease, live, machineOf, invoke, salt, report, onEnd } = surroundings;
  const { save } = live;
  let disposed = false;

  /** An error that no state can answer for, such as a store that cannot write, goes to the one who drives the clock. */
  function raise(error: unknown): void {
    lease.at(lease.now(), () => {
      throw error;
    });
  }

  /** Queues a drive on the clock: it starts when nothing else is in flight, in the order of the queue. */
  function launch(entry: Entry): void {
    if (entry.queued || entry.driving) return;
    entry.cancelTimer();
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
    entry.cancelTimer();
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
    const seconds = machineOf(record.machine)?.definition.TimeoutSeconds;
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
    live.forget(record.executionArn);
    report(record, record.state, null);
    onEnd(copyOf(record));
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

  function sleep(entry: Entry, dueMs: number): Sleep {
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
      // An answer that came while the parking was being saved found this drive still on its way.
      if (!disposed && record.answered && record.parked?.kind === 'callback') launch(entry);
    }
  }

  async function visitState(entry: Entry): Promise<Outcome> {
    const { record } = entry;
    const machine = machineOf(record.machine);
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

  return {
    setOut,
    launch,
    park,
    end,
    dispose() {
      disposed = true;
      for (const entry of live.all()) {
        entry.cancelTimer();
        entry.cancelDeadline();
        for (const wake of [...entry.sleeping]) wake();
        live.forget(entry.record.executionArn);
      }
    },
  };
}
