import { isDeepStrictEqual } from 'node:util';
import type { Lease } from './clock.ts';
import type { AslDefinition } from './definition.ts';
import { admitDefinition } from './definition-check.ts';
import { createDrives } from './drives.ts';
import { WorkflowRefusal } from './errors.ts';
import {
  type Answer,
  attemptOf,
  type ExecutionRecord,
  type ExecutionStore,
  readToken,
} from './execution-records.ts';
import { copyOf } from './expressions.ts';
import { payloadLimitBytes, sizeOf } from './failures.ts';
import { createLiveExecutions, titleOf } from './live-executions.ts';

export type { ExecutionRecord } from './execution-records.ts';

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
interface Machine {
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
  const live = createLiveExecutions(lease, store);
  const drives = createDrives({
    lease,
    live,
    machineOf: name => machines.get(name),
    invoke,
    salt,
    report,
    onEnd: record => onEnd?.(record),
  });

  function arnOf(machine: string, name: string): string {
    return `${machines.get(machine)!.arn.replace(':stateMachine:', ':execution:')}:${name}`;
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

  async function answer(token: string, given: Answer): Promise<void> {
    const place = readToken(token);
    if (!place) throw new WorkflowRefusal('InvalidToken', 'This is not a task token');
    const entry = machines.has(place.machine) ? await live.find(arnOf(place.machine, place.name)) : undefined;
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
      await live.save(entry);
    } catch (error) {
      if (record.answered === held) {
        delete record.answered;
        if (entry.underWay && record.parked?.kind === 'callback') drives.park(entry);
      }
      throw error;
    }
    // Before `resume` nobody drives it; then resume finds the answer.
    if (entry.underWay && record.answered === held && record.parked?.kind === 'callback')
      drives.launch(entry);
  }

  function wasOpened(record: ExecutionRecord): boolean {
    return record.status !== 'RUNNING' || record.taskDueAt !== undefined;
  }

  return {
    start(machineName, executionName, input) {
      return live.inTurn(`${machineName}:${executionName}`, async () => {
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
        const known = await live.find(executionArn);
        if (known) {
          const { record } = known;
          if (record.status === 'RUNNING' && isDeepStrictEqual(record.input, copyOf(input))) {
            return { executionArn, startDate: record.startedAt, existed: true };
          }
          throw new WorkflowRefusal('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
        }
        const startedAt = iso(lease.now());
        const entry = live.adopt({
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
          await live.save(entry);
        } catch (error) {
          live.forget(executionArn);
          throw error;
        }
        report(entry.record, null, entry.record.state);
        drives.setOut(entry);
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
    describe: live.read,
    async stop(executionArn, error, cause) {
      const entry = await live.find(executionArn);
      if (!entry) {
        throw new WorkflowRefusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
      }
      const why = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
      await drives.end(entry, { status: 'ABORTED', ...why });
    },
    async resume() {
      const found = await live.running();
      found.sort((a, b) =>
        `${a.startedAt} ${a.executionArn}` < `${b.startedAt} ${b.executionArn}` ? -1 : 1,
      );
      let resumed = 0;
      for (const record of found) {
        // Read anew: it may have been started, answered or ended here since the list was made.
        const entry = await live.find(record.executionArn);
        if (!entry || entry.underWay || entry.record.status !== 'RUNNING') continue;
        drives.setOut(entry);
        resumed += 1;
      }
      return resumed;
    },
    dispose: drives.dispose,
    standstill() {
      const lines = live.all().map(({ record, driving, queued }) => {
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
