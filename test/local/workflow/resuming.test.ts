import { describe, expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../../infra/local/workflow/clock.ts';
import {
  createMemoryStore,
  type ExecutionRecord,
  type ExecutionStore,
  readToken,
} from '../../../infra/local/workflow/execution-records.ts';
import { createRunner, type Runner } from '../../../infra/local/workflow/runner.ts';
import { ask, bench, call, failure, machine, start } from './bench.ts';

const hour = 3600 * 1000;
const arn = 'arn:aws:states:local:000000000000:stateMachine:machine';
const executionArn = 'arn:aws:states:local:000000000000:execution:machine:one';

/** Every kind of step that can be cut in two: a task, a retry, a wait, a map with a retry, two callbacks. */
const mission = machine({
  Plan: call('plan', {
    Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 30, JitterStrategy: 'FULL' }],
    Assign: { plan: '{% $states.result.Payload %}' },
    End: undefined,
    Next: 'Rest',
  }),
  Rest: { Type: 'Wait', Seconds: 600, Next: 'Offer' },
  Offer: {
    Type: 'Map',
    Items: '{% $plan %}',
    ItemProcessor: {
      StartAt: 'Send',
      States: {
        Send: call('send', {
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5 }],
          Output: '{% $states.result.Payload %}',
        }),
      },
    },
    Assign: { sent: '{% $states.result %}' },
    Next: 'Await answers',
  },
  'Await answers': ask('ask', {
    TimeoutSeconds: '{% $states.input[0].seconds %}',
    Assign: { answer: '{% $states.result %}' },
    Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Await answers', Output: '{% $states.input %}' }],
    Next: 'Again',
    End: undefined,
  }),
  Again: ask('ask', {
    Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 60, MaxAttempts: 5 }],
    Output: { answers: '{% [$answer, $states.result] %}', sent: '{% $sent %}', id: '{% $uuid() %}' },
  }),
});

/** What lives outside of the system: it is not lost in a crash, and it answers until it has been heard. */
interface World {
  tables: Map<string, number>;
  busy: Set<string>;
  /** Answers under way, by their token, with the moment at which they arrive. */
  unheard: Map<string, number>;
}

/** How long people take: the first time they are asked they miss the window, of 30 minutes and of an hour. */
function patience(token: string): number {
  const { transition, attempt } = readToken(token)!;
  if (transition === 4) return 40 * 60_000;
  return transition === 6 && attempt === 0 ? 70 * 60_000 : 20 * 60_000;
}

/** One life of the system: it dies at the k-th point where something is written or called, before or after the effect. */
function live(clock: VirtualClock, store: ExecutionStore, world: World, dieAt: number, after: boolean) {
  const lease = clock.lease('life');
  let point = 0;
  let dead = false;
  let crashed = () => {};
  const death = new Promise<void>(resolve => {
    crashed = resolve;
  });
  async function at<T>(effect: () => Promise<T>): Promise<T> {
    if (dead) return new Promise(() => {});
    const dying = ++point === dieAt;
    if (dying && !after) die();
    if (dead) return new Promise(() => {});
    try {
      return await effect();
    } finally {
      if (dying) die();
      if (dead) await new Promise(() => {});
    }
  }
  function die() {
    dead = true;
    runner.dispose();
    lease.dispose();
    crashed();
  }
  async function handle(name: string, payload: unknown): Promise<unknown> {
    const once = (key: string) => {
      if (world.busy.has(key)) return;
      world.busy.add(key);
      throw failure('Busy');
    };
    if (name === 'plan') {
      once('plan');
      return ['Ana', 'Bo'];
    }
    if (name === 'send') {
      if (payload === 'Bo') once('Bo');
      world.tables.set(`offer to ${payload}`, 1);
      return { to: payload, seconds: 1800 };
    }
    const { token } = payload as { token: string };
    world.tables.set(`asked ${token}`, 1);
    if (!world.unheard.has(token)) world.unheard.set(token, clock.now() + patience(token));
    answer(token);
    return null;
  }
  function answer(token: string) {
    lease.at(world.unheard.get(token)!, () => send(token));
  }
  async function send(token: string): Promise<void> {
    try {
      await at(async () => {});
      await runner.sendTaskSuccess(token, 'yes');
      await at(async () => {});
      world.unheard.delete(token);
    } catch (error) {
      // Too late is an answer too: nobody waits for this one any more.
      if (['TaskTimedOut', 'TaskDoesNotExist'].includes((error as Error).name)) world.unheard.delete(token);
      else throw error;
    }
  }
  const runner: Runner = createRunner({
    machines: { machine: { definition: mission, arn } },
    lease,
    store: {
      save: record => at(() => store.save(record)),
      load: arn => at(() => store.load(arn)),
      running: () => at(() => store.running()),
    },
    invoke: (name, payload) => at(() => handle(name, payload)),
  });
  return {
    runner,
    death,
    points: () => point,
    isDead: () => dead,
    async begin(first: boolean) {
      if (first) await runner.start('machine', 'one', {});
      else {
        const resumed = await runner.resume();
        for (const token of world.unheard.keys()) answer(token);
        // Died before the start was written: the one who started it has had no word and starts again.
        if (resumed === 0) await runner.start('machine', 'one', {}).catch(() => {});
      }
    },
  };
}

/** Runs the mission with a crash at one point, and again on what was written, to its end. */
async function runMission(dieAt: number, after: boolean) {
  const clock = createVirtualClock(start);
  const store = createMemoryStore();
  const world: World = { tables: new Map(), busy: new Set(), unheard: new Map() };
  const first = live(clock, store, world, dieAt, after);
  await Promise.race([first.begin(true), first.death]);
  await clock.settled();
  let lives = 1;
  if (first.isDead()) {
    lives = 2;
    const second = live(clock, store, world, 0, false);
    await second.begin(false);
    await clock.settled();
  }
  return {
    record: (await store.load(executionArn))!,
    world,
    points: first.points(),
    lives,
    now: clock.now(),
  };
}

const essence = ({ status, output, error }: ExecutionRecord) => {
  const { answers, sent } = output as { answers: unknown; sent: unknown };
  return { status, answers, sent, error };
};

describe('a system that dies at any point', () => {
  it('comes to the same end, with no answer lost', async () => {
    const whole = await runMission(0, false);
    expect(essence(whole.record)).toEqual({
      status: 'SUCCEEDED',
      answers: expect.any(Array),
      sent: [
        { to: 'Ana', seconds: 1800 },
        { to: 'Bo', seconds: 1800 },
      ],
      error: undefined,
    });
    expect(whole.points).toBeGreaterThan(25);
    for (let k = 1; k <= whole.points; k++) {
      for (const after of [false, true]) {
        const run = await runMission(k, after);
        expect(run.lives, `k=${k}`).toBe(2);
        expect(run.record?.status, `k=${k} after=${after}`).toBe('SUCCEEDED');
        expect(essence(run.record).answers, `k=${k} after=${after}`).toEqual(['yes', 'yes']);
        expect([...run.world.unheard.keys()], `k=${k} after=${after}`).toEqual([]);
      }
    }
  });

  it('is the same each time', async () => {
    const seen = await Promise.all([1, 2, 3].map(() => runMission(9, true)));
    expect(new Set(seen.map(({ record, now }) => JSON.stringify([record, now]))).size).toBe(1);
  });
});

describe('resuming', () => {
  const asking = machine({ Ask: ask('ask', { Output: '{% $states.result %}' }) });
  const keeper = (tokens: string[]) => ({
    ask: ({ token }: { token: string }) => {
      tokens.push(token);
    },
  });

  /** Two lives on one store: the first goes as far as given, the second is a new process. */
  async function twice(definition: typeof asking, handlers: Parameters<typeof bench>[1], upTo: number) {
    const store = createMemoryStore();
    const clock = createVirtualClock(start);
    const first = bench(definition, handlers, { store, clock });
    await first.runner.start('machine', 'one', { n: 1 });
    await clock.advanceTo(upTo);
    first.runner.dispose();
    return { store, clock, second: (more = handlers) => bench(definition, more, { store, clock }) };
  }

  it('keeps the deadline of a callback and does not ask again', async () => {
    const tokens: string[] = [];
    const { clock, second } = await twice(asking, keeper(tokens), start + hour / 2);
    const { runner, ended } = second();
    expect(await runner.resume()).toBe(1);
    await clock.settled();
    expect([tokens.length, clock.now(), ended[0]?.error]).toEqual([1, start + hour, 'States.Timeout']);
  });

  it('takes the token that an earlier process gave out', async () => {
    const tokens: string[] = [];
    const { clock, second } = await twice(asking, keeper(tokens), start + hour / 2);
    const { runner, ended } = second();
    await runner.resume();
    await runner.sendTaskSuccess(tokens[0]!, 'yes');
    await clock.settled();
    expect(ended[0]?.output).toBe('yes');
  });

  it('takes an answer before it has resumed, and goes on with it once', async () => {
    const tokens: string[] = [];
    const { clock, second } = await twice(asking, keeper(tokens), start + hour / 2);
    const { runner, ended } = second();
    await runner.sendTaskSuccess(tokens[0]!, 'early');
    await clock.settled();
    expect(ended).toHaveLength(0);
    expect(await runner.resume()).toBe(1);
    await clock.settled();
    expect(ended.map(({ output }) => output)).toEqual(['early']);
  });

  it('asks again with the same token and deadline when it died in the middle of asking', async () => {
    const store = createMemoryStore();
    const clock = createVirtualClock(start);
    const tokens: string[] = [];
    // Evaluated again after the deadline it would be less than a second, and fail.
    const seconds = `{% (${start + hour} - $millis()) / 1000 %}`;
    const asking = machine({ Ask: ask('ask', { TimeoutSeconds: seconds }) });
    const first = bench(
      asking,
      {
        ask: ({ token }: { token: string }) => {
          tokens.push(token);
          return new Promise(() => {});
        },
      },
      { store, clock },
    );
    await first.runner.start('machine', 'one', {});
    void clock.advanceTo(start);
    for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve));
    const later = createVirtualClock(start + 2 * hour);
    const second = bench(asking, keeper(tokens), { store, clock: later });
    await second.runner.resume();
    await later.settled();
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).toBe(tokens[1]);
    expect(second.ended[0]).toMatchObject({ error: 'States.Timeout', stoppedAt: '2026-03-01T08:00:00.000Z' });
  });

  it('goes on with a wait or a retry that fell due meanwhile', async () => {
    const rest = machine({ Rest: { Type: 'Wait', Seconds: 60, Next: 'Work' }, Work: call('work') });
    const { store } = await twice(rest, {}, start + 1000);
    const later = createVirtualClock(start + 24 * hour);
    const given = bench(rest, { work: () => 'done' }, { store, clock: later });
    await given.runner.resume();
    await later.settled();
    expect([given.ended[0]?.status, later.now()]).toEqual(['SUCCEEDED', start + 24 * hour]);
  });

  it('counts the tries of before', async () => {
    const retried = machine({
      Work: call('work', { Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60, MaxAttempts: 2 }] }),
    });
    const busy = {
      work: () => {
        throw failure('Busy');
      },
    };
    const { clock, second } = await twice(retried, busy, start + 60_000);
    const { runner, calls, ended } = second();
    await runner.resume();
    await clock.settled();
    expect([calls.length, ended[0]?.status]).toEqual([1, 'FAILED']);
  });

  it('leaves alone what is under way or over: resuming twice drives nothing twice', async () => {
    const given = bench(machine({ Work: call('work') }), { work: () => 1 });
    await given.runner.start('machine', 'one', {});
    expect(await given.runner.resume()).toBe(0);
    await given.clock.settled();
    expect(await given.runner.resume()).toBe(0);
    expect(given.calls).toHaveLength(1);
  });

  it('keeps the deadline of the whole execution', async () => {
    const limitedMachine = machine(
      { Rest: { Type: 'Wait', Seconds: 5000, End: true } },
      { TimeoutSeconds: 3600 },
    );
    const { clock, second } = await twice(limitedMachine, {}, start + 60_000);
    const { runner, ended } = second();
    await runner.resume();
    await clock.settled();
    expect(ended[0]).toMatchObject({ status: 'TIMED_OUT', stoppedAt: '2026-03-01T07:00:00.000Z' });
  });

  it('ends with a reason what a new definition does not know any more', async () => {
    const { store, clock } = await twice(asking, keeper([]), start);
    const renamed = machine({ Other: ask('ask') });
    const given = bench(renamed, keeper([]), { store, clock });
    await given.runner.resume();
    await clock.settled();
    expect(given.ended[0]).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'machine has no state "Ask"',
    });
  });

  it('lets go of everything when it is disposed', async () => {
    const tokens: string[] = [];
    const { clock, store } = await twice(asking, keeper(tokens), start + 1);
    await clock.settled();
    expect(clock.now()).toBe(start + 1);
    expect((await store.running()).length).toBe(1);
  });
});
