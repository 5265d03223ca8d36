import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createWallClock } from '../../../infra/local/workflow/clock.ts';
import {
  createMemoryStore,
  type ExecutionRecord,
  type ExecutionStore,
  readToken,
  tokenFor,
} from '../../../infra/local/workflow/execution-records.ts';
import { createRunner } from '../../../infra/local/workflow/runner.ts';
import { ask, type Bench, bench, call, failure, machine, start } from './bench.ts';

const hour = 3600 * 1000;

/** Asks, and gives the answer, the error or "timeout" as its output. */
const asking = (more: object = {}) =>
  machine({
    'Ask the desk': ask('ask', {
      Output: { answer: '{% $states.result %}' },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed', Output: '{% $states.errorOutput %}' }],
      End: undefined,
      Next: 'Answered',
      ...more,
    }),
    Answered: { Type: 'Succeed' },
    Failed: { Type: 'Succeed' },
  });

/** A handler that keeps the tokens it is given. */
function tokenKeeper() {
  const tokens: string[] = [];
  const ask = ({ token }: { token: string }) => {
    tokens.push(token);
  };
  return { tokens, handlers: { ask } };
}

async function parked(given: Bench): Promise<Bench> {
  await given.runner.start('machine', 'one', { id: 1 });
  await given.clock.advanceTo(start);
  return given;
}

const outputOf = async ({ runner, arn }: Bench) => (await runner.describe(arn()))?.output;

describe('a callback', () => {
  it('waits for its token to be answered, however its handler returned', async () => {
    const desk = tokenKeeper();
    const given = await parked(bench(asking(), desk.handlers));
    await given.clock.advanceTo(start + hour / 2);
    expect(await given.runner.describe(given.arn())).toMatchObject({
      status: 'RUNNING',
      state: 'Ask the desk',
      parked: { kind: 'callback', dueAt: '2026-03-01T07:00:00.000Z' },
    });
    await given.runner.sendTaskSuccess(desk.tokens[0]!, { decision: 'approve' });
    await given.clock.settled();
    expect(await outputOf(given)).toEqual({ answer: { decision: 'approve' } });
    expect(given.clock.now()).toBe(start + hour / 2);
  });

  it('can be answered with an error', async () => {
    const desk = tokenKeeper();
    const given = await parked(bench(asking(), desk.handlers));
    await given.runner.sendTaskFailure(desk.tokens[0]!, 'DeskRefused', 'conflict');
    await given.clock.settled();
    expect(await outputOf(given)).toEqual({ Error: 'DeskRefused', Cause: 'conflict' });
  });

  it('times out at its moment', async () => {
    const desk = tokenKeeper();
    const given = await parked(bench(asking(), desk.handlers));
    await given.clock.settled();
    expect(await outputOf(given)).toMatchObject({ Error: 'States.Timeout' });
    expect(given.clock.now()).toBe(start + hour);
    await expect(given.runner.sendTaskSuccess(desk.tokens[0]!, 1)).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it('fails when its handler does', async () => {
    const given = bench(asking(), {
      ask: () => {
        throw failure('DeskUnknown');
      },
    });
    await given.finish();
    expect(await outputOf(given)).toMatchObject({ Error: 'DeskUnknown' });
  });

  it.each(['returns', 'fails'])(
    'keeps an answer that comes while its handler is in flight and then %s',
    async how => {
      let given!: Bench;
      given = bench(asking(), {
        ask: async ({ token }: { token: string }) => {
          await given.runner.sendTaskSuccess(token, 'at once');
          // On AWS too the task is over now, whatever becomes of the one who carried the token.
          await nextTurn();
          if (how === 'fails') throw failure('TooLate');
        },
      });
      await given.finish();
      expect(await outputOf(given)).toEqual({ answer: 'at once' });
    },
  );

  it('has another token for each attempt, and the old one is dead', async () => {
    const desk = tokenKeeper();
    const definition = asking({
      Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 60, MaxAttempts: 1 }],
    });
    const given = await parked(bench(definition, desk.handlers));
    await given.clock.advanceTo(start + hour + 60_000);
    expect(desk.tokens).toHaveLength(2);
    expect(desk.tokens[0]).not.toBe(desk.tokens[1]);
    await expect(given.runner.sendTaskSuccess(desk.tokens[0]!, 1)).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
    await given.runner.sendTaskSuccess(desk.tokens[1]!, 2);
    await given.clock.settled();
    expect(await outputOf(given)).toEqual({ answer: 2 });
  });

  it('cannot be answered between two attempts with the token of the next', async () => {
    const desk = tokenKeeper();
    const definition = asking({ Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 60 }] });
    const given = await parked(bench(definition, desk.handlers));
    await given.clock.advanceTo(start + hour + 1000);
    const next = tokenFor({ ...readToken(desk.tokens[0]!)!, attempt: 1 });
    await expect(given.runner.sendTaskSuccess(next, 1)).rejects.toMatchObject({ name: 'TaskDoesNotExist' });
  });

  it('takes the first of two answers at once and says to the other that it is over', async () => {
    const desk = tokenKeeper();
    const given = await parked(bench(asking(), desk.handlers));
    const answers = await Promise.allSettled(
      ['first', 'second'].map(text => given.runner.sendTaskSuccess(desk.tokens[0]!, text)),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((answers[1] as PromiseRejectedResult).reason).toMatchObject({ name: 'TaskTimedOut' });
    await given.clock.settled();
    expect(await outputOf(given)).toEqual({ answer: 'first' });
  });

  it.each([
    ['person', 'before', { answer: 'yes' }],
    ['machine', 'after', { Error: 'States.Timeout', Cause: 'Nobody answered "Ask the desk" in time' }],
  ])('at the very moment of the deadline: the %s wins whose timer was set %s', async (_, when, expected) => {
    const desk = tokenKeeper();
    const given = bench(asking(), desk.handlers);
    const person = given.clock.lease('person');
    const answer = () =>
      person.at(start + hour, () => given.runner.sendTaskSuccess(desk.tokens[0]!, 'yes').catch(() => {}));
    if (when === 'before') answer();
    await parked(given);
    if (when === 'after') answer();
    await given.clock.settled();
    expect(await outputOf(given)).toEqual(expected);
  });

  it('has its answer written down before the one who answered is told so', async () => {
    const desk = tokenKeeper();
    const store = createMemoryStore();
    const given = await parked(bench(asking(), desk.handlers, { store }));
    await given.runner.sendTaskSuccess(desk.tokens[0]!, 'kept');
    expect((await store.load(given.arn()))?.answered).toEqual({ output: 'kept' });
  });

  it('still waits, and still times out, after an answer that could not be written down', async () => {
    const desk = tokenKeeper();
    const store = createMemoryStore();
    const save = store.save;
    const given = await parked(bench(asking(), desk.handlers, { store }));
    store.save = async () => {
      throw new Error('disk full');
    };
    await expect(given.runner.sendTaskSuccess(desk.tokens[0]!, 1)).rejects.toThrow('disk full');
    store.save = save;
    await given.clock.settled();
    expect(await outputOf(given)).toMatchObject({ Error: 'States.Timeout' });
  });
});

/** Lets everything go on that needs no clock. */
async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
}

describe('an answer that comes while the parking is being written down', () => {
  it('counts, is not overwritten, and moves the machine on once', async () => {
    const desk = tokenKeeper();
    const memory = createMemoryStore();
    const saved: ExecutionRecord[] = [];
    let given!: Bench;
    let answering: Promise<void> | undefined;
    const store: ExecutionStore = {
      ...memory,
      async save(record) {
        if (record.parked && !record.answered) {
          answering = given.runner.sendTaskSuccess(desk.tokens[0]!, 'yes');
          await someTurns();
        }
        saved.push(structuredClone(record));
        await memory.save(record);
      },
    };
    given = bench(asking(), desk.handlers, { store });
    await given.finish();
    await answering;
    expect(saved.map(({ state, parked, answered }) => [state, parked?.kind, answered])).toEqual([
      ['Ask the desk', undefined, undefined],
      ['Ask the desk', undefined, undefined],
      ['Ask the desk', 'callback', undefined],
      ['Ask the desk', 'callback', { output: 'yes' }],
      ['Answered', undefined, undefined],
      ['Answered', undefined, undefined],
    ]);
    expect([given.ended.length, given.clock.now()]).toEqual([1, start]);
  });

  it('times out all the same when it could not be written down and the moment has passed', async () => {
    vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      const desk = tokenKeeper();
      const store = createMemoryStore();
      const { save } = store;
      const ended: ExecutionRecord[] = [];
      const runner = createRunner({
        machines: { machine: { definition: asking(), arn: 'arn:aws:states:local:0:stateMachine:machine' } },
        lease: createWallClock().lease(),
        store,
        invoke: async (_, payload) => desk.handlers.ask(payload as { token: string }),
        onEnd: record => ended.push(record),
      });
      await runner.start('machine', 'one', {});
      await vi.advanceTimersByTimeAsync(1);
      await someTurns();
      let fail = (_: Error) => {};
      store.save = () =>
        new Promise((_, reject) => {
          fail = reject;
        });
      const answering = runner.sendTaskSuccess(desk.tokens[0]!, 'yes').catch((error: Error) => error.message);
      await someTurns();
      await vi.advanceTimersByTimeAsync(hour + 1);
      store.save = save;
      fail(new Error('disk full'));
      expect(await answering).toBe('disk full');
      await vi.advanceTimersByTimeAsync(1000);
      await someTurns();
      expect(ended[0]?.output).toMatchObject({ Error: 'States.Timeout' });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a task token', () => {
  it('says nothing that could not be in a URL, and reads back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w.-]{1,40}$/), fc.nat(), fc.nat(), (name, transition, attempt) => {
        const place = { machine: 'deploy-team', name, transition, attempt };
        const token = tokenFor(place);
        expect(token).toMatch(/^[\w-]+$/);
        expect(readToken(token)).toEqual(place);
      }),
    );
  });

  it.each([
    ['', 'InvalidToken'],
    ['nonsense', 'InvalidToken'],
    [`${tokenFor({ machine: 'machine', name: 'one', transition: 1, attempt: 0 })}=`, 'InvalidToken'],
    [tokenFor({ machine: 'other', name: 'one', transition: 1, attempt: 0 }), 'TaskDoesNotExist'],
    [tokenFor({ machine: 'machine', name: 'two', transition: 1, attempt: 0 }), 'TaskDoesNotExist'],
    [tokenFor({ machine: 'machine', name: 'one', transition: 9, attempt: 0 }), 'TaskDoesNotExist'],
    [tokenFor({ machine: 'machine', name: 'one', transition: 1, attempt: 5 }), 'TaskTimedOut'],
  ])('%j is refused as %s', async (token, name) => {
    const given = await parked(bench(asking(), tokenKeeper().handlers));
    await expect(given.runner.sendTaskSuccess(token, 1)).rejects.toMatchObject({ name });
    await expect(given.runner.sendTaskFailure(token, 'E', 'c')).rejects.toMatchObject({ name });
  });

  it('does not take an output that is too large or none', async () => {
    const desk = tokenKeeper();
    const given = await parked(bench(asking(), desk.handlers));
    for (const output of ['x'.repeat(256 * 1024), undefined]) {
      await expect(given.runner.sendTaskSuccess(desk.tokens[0]!, output)).rejects.toMatchObject({
        name: 'InvalidOutput',
      });
    }
  });

  it('cannot answer a state that asked nobody', async () => {
    const given = bench(machine({ Rest: { Type: 'Wait', Seconds: 60, End: true } }));
    await parked(given);
    const token = tokenFor({ machine: 'machine', name: 'one', transition: 1, attempt: 0 });
    await expect(given.runner.sendTaskSuccess(token, 1)).rejects.toMatchObject({ name: 'TaskDoesNotExist' });
  });
});

describe('starting and stopping', () => {
  const work = machine({ Work: call('work') });

  it('finds the running execution of the same name and input, and refuses another', async () => {
    const given = await parked(bench(asking(), tokenKeeper().handlers));
    expect(await given.runner.start('machine', 'one', { id: 1 })).toEqual({
      executionArn: given.arn(),
      startDate: '2026-03-01T06:00:00.000Z',
      existed: true,
    });
    await expect(given.runner.start('machine', 'one', { id: 2 })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
    await given.clock.settled();
    await expect(given.runner.start('machine', 'one', { id: 1 })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
  });

  it('starts one execution when two ask at once', async () => {
    const given = bench(work, { work: () => 1 });
    const started = await Promise.all([1, 2].map(() => given.runner.start('machine', 'one', {})));
    expect(started.map(({ existed }) => existed)).toEqual([false, true]);
    await given.clock.settled();
    expect(given.calls).toHaveLength(1);
  });

  it('begins only after the one who started it is done', async () => {
    const given = bench(work, { work: () => 1 });
    const lease = given.clock.lease('starter');
    let seen = -1;
    lease.at(start, async () => {
      await given.runner.start('machine', 'one', {});
      await nextTurn();
      seen = given.calls.length;
    });
    await given.clock.settled();
    expect([seen, given.calls.length]).toEqual([0, 1]);
  });

  it.each([
    ['nobody', 'one', {}, 'StateMachineDoesNotExist'],
    ['machine', 'with space', {}, 'InvalidName'],
    ['machine', 'x'.repeat(81), {}, 'InvalidName'],
    ['machine', '', {}, 'InvalidName'],
    ['machine', 'one', 'x'.repeat(256 * 1024), 'InvalidExecutionInput'],
    ['machine', 'one', undefined, 'InvalidExecutionInput'],
  ])('refuses to start %j/%.20j', async (machineName, name, input, refusal) => {
    await expect(bench(work).runner.start(machineName, name, input)).rejects.toMatchObject({ name: refusal });
  });

  it('stops what waits, and lets nothing follow', async () => {
    const desk = tokenKeeper();
    const given = await parked(bench(asking(), desk.handlers));
    await given.runner.stop(given.arn(), 'Operator', 'not needed');
    await given.runner.stop(given.arn());
    await given.clock.settled();
    expect(await given.runner.describe(given.arn())).toMatchObject({
      status: 'ABORTED',
      error: 'Operator',
      cause: 'not needed',
    });
    expect([given.ended.length, given.clock.jumps]).toEqual([1, 0]);
    await expect(given.runner.sendTaskSuccess(desk.tokens[0]!, 1)).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
    await expect(given.runner.stop(given.arn('none'))).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
    });
  });

  it('stops what is in flight: its result counts no more', async () => {
    let given!: Bench;
    given = bench(machine({ Work: call('work', { Next: 'More', End: undefined }), More: call('more') }), {
      work: () => given.runner.stop(given.arn()),
    });
    expect(await given.finish()).toMatchObject({ status: 'ABORTED', state: 'Work' });
    expect(given.calls).toHaveLength(1);
  });

  it('stops an item of a map that waits for its retry', async () => {
    const retry = { Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 3600 }] };
    const given = await parked(
      bench(
        machine({
          Each: {
            Type: 'Map',
            Items: [1],
            ItemProcessor: { StartAt: 'Work', States: { Work: call('work', retry) } },
            End: true,
          },
        }),
        {
          work: () => {
            throw failure('Busy');
          },
        },
      ),
    );
    await given.runner.stop(given.arn());
    await given.clock.settled();
    expect([given.ended[0]?.status, given.clock.now()]).toEqual(['ABORTED', start]);
  });

  it('says where everything stands', async () => {
    const given = await parked(bench(asking(), tokenKeeper().handlers));
    expect(given.runner.standstill()).toBe(
      'machine/one at "Ask the desk": callback until 2026-03-01T07:00:00.000Z',
    );
    await given.clock.settled();
    expect(given.runner.standstill()).toBe('no execution is under way');
  });

  it('gives a store that cannot write to the one who drives the clock', async () => {
    const store = createMemoryStore();
    const given = bench(work, { work: () => 1 }, { store });
    await given.runner.start('machine', 'one', {});
    store.save = async () => {
      throw new Error('disk full');
    };
    await expect(given.clock.settled()).rejects.toThrow('disk full');
  });
});
