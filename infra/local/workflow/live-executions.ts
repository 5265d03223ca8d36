import type { Lease } from './clock.ts';
import type { ExecutionRecord, ExecutionStore } from './execution-records.ts';
import { copyOf } from './expressions.ts';

/** One execution in this process: its record and what hangs on the clock for it. */
export interface Entry {
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

/** "deploy-team/d-1": an execution in a line for people. */
export function titleOf({ machine, name }: Pick<ExecutionRecord, 'machine' | 'name'>): string {
  return `${machine}/${name}`;
}

/** The running executions of one process, each with exactly one entry, in front of their store. */
export function createLiveExecutions(lease: Lease, store: ExecutionStore) {
  const live = new Map<string, Entry>();
  const loading = new Map<string, Promise<Entry | undefined>>();
  const turns = new Map<string, Promise<unknown>>();

  const load = (executionArn: string) => lease.run(() => store.load(executionArn), `load ${executionArn}`);

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

  return {
    adopt,
    all: () => [...live.values()],
    running: () => lease.run(() => store.running(), 'load running executions'),
    forget: (executionArn: string) => live.delete(executionArn),

    /** The one entry of an execution: two copies of one record would each lose what the other learns. */
    async find(executionArn: string): Promise<Entry | undefined> {
      const known = live.get(executionArn);
      if (known) return known;
      let found = loading.get(executionArn);
      if (!found) {
        found = load(executionArn)
          .then(record => record && adopt(record))
          .finally(() => loading.delete(executionArn));
        loading.set(executionArn, found);
      }
      return found;
    },

    /** A copy of the record as it stands; undefined when there never was one. */
    async read(executionArn: string): Promise<ExecutionRecord | undefined> {
      const entry = live.get(executionArn);
      return entry ? copyOf(entry.record) : load(executionArn);
    },

    /** Saves the record as it is now. Saves of one execution never overtake each other. */
    save(entry: Entry): Promise<void> {
      const snapshot = copyOf(entry.record);
      const before = entry.saved;
      const saving = lease.run(() => before.then(() => store.save(snapshot)), `save ${titleOf(snapshot)}`);
      entry.saved = saving.catch(() => {});
      return saving;
    },

    /** Does the work when all earlier work of the same key is done. */
    async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
      const mine = (turns.get(key) ?? Promise.resolve()).then(work);
      const quiet = mine.catch(() => {});
      turns.set(key, quiet);
      try {
        return await mine;
      } finally {
        if (turns.get(key) === quiet) turns.delete(key);
      }
    },
  };
}

export type LiveExecutions = ReturnType<typeof createLiveExecutions>;
