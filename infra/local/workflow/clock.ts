import { setImmediate as nextTurn } from 'node:timers/promises';

/** One source of time for a whole system: schedules, callbacks, retries and people all hang on it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** A share of the clock that can be thrown away whole after a crash; `label` names it in a standstill. */
  lease(label?: string): Lease;
  /** Virtual: runs until nothing is due and nothing is in flight. Wall: resolves once nothing is in flight. */
  settled(): Promise<void>;
  /** What is in flight and what is due next, in one line, for whoever finds the clock standing still. */
  standstill(): string;
}

/** The timers and the work in flight of one generation of a system. */
export interface Lease {
  now(): number;
  /** Does the work at that moment (epoch ms; at once when it has passed) and holds the clock meanwhile; returns its cancel. */
  at(dueMs: number, work: () => Promise<void> | void, what?: string): () => void;
  /** Holds the clock while the work is in flight. After `dispose` it neither starts nor ever resolves. */
  run<T>(work: () => Promise<T>, what?: string): Promise<T>;
  /** Gives back all timers and all work in flight; whatever still continues does so in vain. */
  dispose(): void;
}

/** A clock that stands until it is driven, and then jumps from one due moment to the next. */
export interface VirtualClock extends Clock {
  /** Runs up to and including this moment (epoch ms); the clock then shows it. */
  advanceTo(ms: number): Promise<void>;
  /** How often time has moved. */
  readonly jumps: number;
}

interface Timer {
  due: number;
  sequence: number;
  what: string;
  owner: symbol;
  fire(): void;
}

/** Timers in the order in which they fire: by due moment, then by registration. */
function createAgenda() {
  const timers: Timer[] = [];
  let sequence = 0;
  return {
    add(timer: Omit<Timer, 'sequence'>): Timer {
      const added = { ...timer, sequence: sequence++ };
      let low = 0;
      let high = timers.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        // The newest sequence is the highest: among equal moments the new timer comes last.
        if (timers[middle]!.due <= added.due) low = middle + 1;
        else high = middle;
      }
      timers.splice(low, 0, added);
      return added;
    },
    first: (): Timer | undefined => timers[0],
    size: () => timers.length,
    remove(timer: Timer): void {
      const index = timers.indexOf(timer);
      if (index >= 0) timers.splice(index, 1);
    },
    removeOf(owner: symbol): void {
      for (let index = timers.length - 1; index >= 0; index--) {
        if (timers[index]!.owner === owner) timers.splice(index, 1);
      }
    },
  };
}

interface World {
  now(): number;
  agenda: ReturnType<typeof createAgenda>;
  /** Everything in flight, of all leases, with what it is. */
  inFlight: Map<symbol, string>;
  /** Called when a timer was added or removed. */
  rearm(): void;
  /** Called whenever work has ended. */
  calm(): void;
  /** Takes the error of a timer's work, which has no caller to tell. */
  fault(error: unknown): void;
}

function createLease(world: World, label: string): Lease {
  const owner = Symbol(label);
  const mine = new Set<symbol>();
  let ended = false;

  const run: Lease['run'] = async (work, what = 'work') => {
    if (ended) return new Promise(() => {});
    const key = Symbol(what);
    mine.add(key);
    world.inFlight.set(key, `${label}: ${what}`);
    try {
      const value = await work();
      // A continuation of a dead generation would act on the new one's tables: it ends here.
      return ended ? await new Promise<never>(() => {}) : value;
    } catch (error) {
      if (ended) return new Promise(() => {});
      throw error;
    } finally {
      mine.delete(key);
      world.inFlight.delete(key);
      world.calm();
    }
  };

  return {
    now: world.now,
    run,
    at(dueMs, work, what = 'timer') {
      if (ended) return () => {};
      if (!Number.isFinite(dueMs)) throw new RangeError(`A timer needs a moment, not ${dueMs} (${what})`);
      const fire = () => void run(async () => work(), what).catch(world.fault);
      const timer = world.agenda.add({ due: dueMs, what: `${label}: ${what}`, owner, fire });
      world.rearm();
      return () => {
        world.agenda.remove(timer);
        world.rearm();
      };
    },
    dispose() {
      ended = true;
      for (const key of mine) world.inFlight.delete(key);
      mine.clear();
      world.agenda.removeOf(owner);
      world.rearm();
      world.calm();
    },
  };
}

function describeStandstill(world: World): string {
  const first = world.agenda.first();
  const busy = [...world.inFlight.values()];
  const shown = busy.slice(0, 5).join('; ') + (busy.length > 5 ? '; …' : '');
  return (
    `stood still at ${new Date(world.now()).toISOString()}: ${busy.length} in flight` +
    `${busy.length ? ` (${shown})` : ''}, ${world.agenda.size()} timers` +
    `${first ? `, the next at ${new Date(first.due).toISOString()} (${first.what})` : ''}`
  );
}

const driven = new Set<Clock>();

/** An event loop that empties while a clock waits would end the process with code 0 and no word. */
function reportSilentExit(): void {
  for (const clock of driven) process.stderr.write(`${clock.standstill()}\n`);
  process.exitCode = 1;
}

async function whileWatched(clock: Clock, work: () => Promise<void>): Promise<void> {
  if (driven.size === 0) process.on('beforeExit', reportSilentExit);
  driven.add(clock);
  try {
    await work();
  } finally {
    driven.delete(clock);
    if (driven.size === 0) process.off('beforeExit', reportSilentExit);
  }
}

/**
 * A clock that starts at `startMs` (epoch ms) and moves only inside `settled` and `advanceTo`. It fires exactly one
 * timer at a time, in the order of due moment and registration, and only when nothing is in flight: two timers at once
 * would be a race, and their order an accident. An error of a timer's work rejects the call that drives.
 */
export function createVirtualClock(startMs: number): VirtualClock {
  let now = startMs;
  let jumps = 0;
  let wake = () => {};
  const faults: unknown[] = [];
  const world: World = {
    now: () => now,
    agenda: createAgenda(),
    inFlight: new Map(),
    rearm: () => {},
    calm: () => wake(),
    fault(error) {
      faults.push(error);
      wake();
    },
  };

  async function quiet(): Promise<void> {
    do {
      while (world.inFlight.size > 0 && faults.length === 0) {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      // The turn lets every continuation run that does not hold the clock itself; then look again.
      await nextTurn();
    } while (world.inFlight.size > 0 && faults.length === 0);
  }

  async function driveTo(until: number): Promise<void> {
    for (;;) {
      await quiet();
      if (faults.length > 0) throw faults.shift();
      const timer = world.agenda.first();
      if (!timer || timer.due > until) break;
      world.agenda.remove(timer);
      moveTo(timer.due);
      timer.fire();
    }
    if (until !== Number.POSITIVE_INFINITY) moveTo(until);
  }

  function moveTo(moment: number): void {
    if (moment <= now) return;
    now = moment;
    jumps += 1;
  }

  // Two drivers would fire two timers at once: the second waits for the first.
  let turn: Promise<void> = Promise.resolve();
  const drive = (until: number) => {
    const mine = turn.then(() => whileWatched(clock, () => driveTo(until)));
    turn = mine.catch(() => {});
    return mine;
  };

  const clock: VirtualClock = {
    now: () => now,
    lease: (label = 'lease') => createLease(world, label),
    settled: () => drive(Number.POSITIVE_INFINITY),
    advanceTo: drive,
    standstill: () => describeStandstill(world),
    get jumps() {
      return jumps;
    },
  };
  return clock;
}

/** A laptop that slept, or a date beyond the 24.8 days that a timer can hold, is noticed within this slice. */
const wallSliceMs = 60_000;

/**
 * The time of the machine. Timers fire in the order of due moment and registration, but do not wait for work in
 * flight. `fault` takes the error of a timer's work; by default it ends the process as any uncaught error does.
 */
export function createWallClock(
  fault: (error: unknown) => void = error =>
    queueMicrotask(() => {
      throw error;
    }),
): Clock {
  let handle: NodeJS.Timeout | undefined;
  let waiting: (() => void)[] = [];
  const world: World = {
    now: () => Date.now(),
    agenda: createAgenda(),
    inFlight: new Map(),
    rearm,
    calm() {
      if (world.inFlight.size > 0) return;
      const ready = waiting;
      waiting = [];
      for (const resolve of ready) resolve();
    },
    fault,
  };

  function rearm(): void {
    clearTimeout(handle);
    const first = world.agenda.first();
    if (!first) return;
    handle = setTimeout(tick, Math.min(Math.max(first.due - Date.now(), 0), wallSliceMs));
  }

  function tick(): void {
    for (let first = world.agenda.first(); first && first.due <= Date.now(); first = world.agenda.first()) {
      world.agenda.remove(first);
      first.fire();
    }
    rearm();
  }

  return {
    now: world.now,
    lease: (label = 'lease') => createLease(world, label),
    settled: () =>
      world.inFlight.size === 0
        ? Promise.resolve()
        : new Promise(resolve => {
            waiting.push(resolve);
          }),
    standstill: () => describeStandstill(world),
  };
}
