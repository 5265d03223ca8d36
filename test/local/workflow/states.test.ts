import { describe, expect, it } from 'vitest';
import { ask, bench, call, failure, machine } from './bench.ts';

/** The cause of an execution that failed. */
const causeOf = (record: { cause?: string }) => record.cause;

describe('a task', () => {
  it('gives its function the payload and takes Payload and StatusCode as its result', async () => {
    const { finish, calls } = bench(
      machine({
        'Plan team': call('plan', {
          Assign: { seats: '{% $states.result.Payload.seats %}' },
          Output: { seen: '{% $states.input.id %}', status: '{% $states.result.StatusCode %}' },
          Next: 'Done',
          End: undefined,
        }),
        Done: { Type: 'Succeed', Output: { seats: '{% $seats %}', before: '{% $states.input %}' } },
      }),
      { plan: () => ({ seats: 7 }) },
    );
    expect(await finish({ id: 'd-1' })).toMatchObject({
      status: 'SUCCEEDED',
      output: { seats: 7, before: { seen: 'd-1', status: 200 } },
    });
    expect(calls).toEqual([{ name: 'plan', payload: { id: 'd-1' }, at: '2026-03-01T06:00:00.000Z' }]);
  });

  it('hands over copies, so that a handler cannot reach into the execution', async () => {
    const kept = { list: [1] };
    const { finish } = bench(
      machine({
        First: call('first', { Next: 'Second', End: undefined, Output: '{% $states.input %}' }),
        Second: call('second', { Output: '{% [$states.input, $states.result.Payload] %}' }),
      }),
      {
        first: (payload: { a: number }) => {
          payload.a = 99;
        },
        second: () => kept,
      },
    );
    const { output } = await finish({ a: 1 });
    kept.list.push(2);
    expect(output).toEqual([{ a: 1 }, { list: [1] }]);
  });

  it('sees Assign and Output with the old variables, both', async () => {
    const { finish } = bench(
      machine({
        A: { Type: 'Pass', Assign: { n: 1 }, Next: 'B' },
        B: { Type: 'Pass', Assign: { n: '{% $n + 1 %}' }, Output: '{% $n %}', Next: 'C' },
        C: { Type: 'Pass', Output: '{% [$states.input, $n] %}', End: true },
      }),
    );
    expect((await finish()).output).toEqual([1, 2]);
  });

  it('reads its context', async () => {
    const { finish, arn } = bench(
      machine({ Look: { Type: 'Pass', Output: '{% $states.context %}', End: true } }),
    );
    expect((await finish({ id: 1 })).output).toEqual({
      Execution: { Id: arn(), Name: 'one', StartTime: '2026-03-01T06:00:00.000Z', Input: { id: 1 } },
      State: { Name: 'Look', EnteredTime: '2026-03-01T06:00:00.000Z', RetryCount: 0 },
      StateMachine: { Id: 'arn:aws:states:local:000000000000:stateMachine:machine', Name: 'machine' },
    });
  });
});

describe('errors of a task', () => {
  it('reports a thrown error as Lambda does: its name, and a cause that can be parsed', async () => {
    const { finish } = bench(
      machine({
        Reserve: call('reserve', {
          Catch: [
            {
              ErrorEquals: ['TeamUnavailable'],
              Next: 'Tell',
              Assign: { why: '{% $parse($states.errorOutput.Cause).errorMessage %}' },
              Output: { error: '{% $states.errorOutput.Error %}', input: '{% $states.input %}' },
            },
          ],
          Assign: { why: 'never: a catch skips it' },
        }),
        Tell: { Type: 'Pass', Output: '{% $merge([$states.input, {"why": $why}]) %}', End: true },
      }),
      {
        reserve: () => {
          throw failure('TeamUnavailable', 'Nobody is free');
        },
      },
    );
    expect((await finish({ id: 1 })).output).toEqual({
      error: 'TeamUnavailable',
      input: { id: 1 },
      why: 'Nobody is free',
    });
  });

  it('gives the error output on when a catcher says nothing else', async () => {
    const { finish } = bench(
      machine({
        Work: call('work', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'After' }] }),
        After: { Type: 'Succeed' },
      }),
      {
        work: () => {
          throw failure('Lambda.TooManyRequestsException', 'slow down');
        },
      },
    );
    expect((await finish()).output).toEqual({
      Error: 'Lambda.TooManyRequestsException',
      Cause: 'slow down',
    });
  });

  it.each([
    ['States.ALL', 'Anything', true],
    ['States.TaskFailed', 'Anything', true],
    ['States.TaskFailed', 'Lambda.ServiceException', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.Timeout', 'States.Timeout', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.TaskFailed', 'States.DataLimitExceeded', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.ALL', 'States.Runtime', false],
    ['TeamUnavailable', 'Anything', false],
  ])('%s catches %s: %s', async (pattern, name, caught) => {
    const { finish } = bench(
      machine({
        Work: call('work', { Catch: [{ ErrorEquals: [pattern], Next: 'After' }] }),
        After: { Type: 'Succeed' },
      }),
      {
        work: () => {
          throw failure(name);
        },
      },
    );
    const record = await finish();
    expect(record.status).toBe(caught ? 'SUCCEEDED' : 'FAILED');
    if (!caught) expect(record.error).toBe(name);
  });

  it('tries again, later each time, until the retrier is used up', async () => {
    const { finish, calls, transitions } = bench(
      machine({
        Work: call('work', {
          Retry: [
            {
              ErrorEquals: ['Busy'],
              IntervalSeconds: 10,
              BackoffRate: 3,
              MaxAttempts: 3,
              MaxDelaySeconds: 60,
            },
            { ErrorEquals: ['States.ALL'], MaxAttempts: 0 },
          ],
        }),
      }),
      {
        work: () => {
          throw failure('Busy');
        },
      },
    );
    expect(await finish()).toMatchObject({
      status: 'FAILED',
      error: 'Busy',
      transitions: 1,
      retries: [3, 0],
    });
    // 10 s, 30 s, then 90 s held down to 60 s.
    expect(calls.map(({ at }) => at.slice(11, 19))).toEqual(['06:00:00', '06:00:10', '06:00:40', '06:01:40']);
    expect(transitions.map(({ from, to }) => [from, to])).toEqual([
      [null, 'Work'],
      ['Work', 'Work'],
      ['Work', 'Work'],
      ['Work', 'Work'],
      ['Work', null],
    ]);
  });

  it('draws the same jitter for the same seed, whatever else runs', async () => {
    const definition = machine({
      Work: call('work', {
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 100, MaxAttempts: 4, JitterStrategy: 'FULL' }],
      }),
    });
    const busy = {
      work: () => {
        throw failure('Busy');
      },
    };
    const alone = bench(definition, busy, { random: () => 0.25 });
    await alone.finish({ who: 'one' });
    const crowded = bench(definition, busy, { random: () => 0.25 });
    await crowded.runner.start('machine', 'two', { who: 'two' });
    await crowded.finish({ who: 'one' });
    const other = bench(definition, busy, { random: () => 0.75 });
    await other.finish({ who: 'one' });
    const timesOf = ({ calls }: typeof alone) =>
      calls.filter(({ payload }) => (payload as { who: string }).who === 'one').map(({ at }) => at);
    expect(timesOf(crowded)).toEqual(timesOf(alone));
    expect(timesOf(other)).not.toEqual(timesOf(alone));
  });

  it('fails the execution when a catcher fails itself', async () => {
    const { finish } = bench(
      machine({
        Work: call('work', {
          Catch: [
            { ErrorEquals: ['Busy'], Next: 'After', Output: '{% $states.input.missing %}' },
            { ErrorEquals: ['States.ALL'], Next: 'After' },
          ],
        }),
        After: { Type: 'Succeed' },
      }),
      {
        work: () => {
          throw failure('Busy');
        },
      },
    );
    expect(await finish()).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  it.each([0, 12.5, -1, '60', null])('refuses a timeout of %j', async seconds => {
    const { finish, calls } = bench(
      machine({ Ask: ask('ask', { TimeoutSeconds: '{% $states.input.seconds %}' }) }),
      { ask: () => {} },
    );
    const record = await finish({ seconds });
    expect(record).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(causeOf(record)).toContain('TimeoutSeconds must be a whole number from 1');
    expect(calls).toEqual([]);
  });
});

describe('256 KiB', () => {
  const big = 'x'.repeat(256 * 1024);
  const catchAll = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'After' }] };
  const After = { Type: 'Succeed' };

  it('is the most that a result may hold, and States.ALL does not save it', async () => {
    const { finish } = bench(machine({ Work: call('work', catchAll), After }), { work: () => big });
    expect(await finish()).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('is the most that a payload, a variable and an output may hold', async () => {
    const double = '{% $states.input.half & $states.input.half %}';
    const half = 'é'.repeat(64 * 1024 - 5);
    for (const more of [
      {
        Arguments: {
          FunctionName: 'work',
          Payload: { a: double, b: 'twenty and some more bytes to be over' },
        },
      },
      { Assign: { a: double, b: double } },
      { Output: { a: double, b: 'twenty and some more bytes to be over it' } },
    ]) {
      const { finish } = bench(machine({ Work: call('work', { ...catchAll, ...more }), After }), {
        work: () => 1,
      });
      expect(await finish({ half }), JSON.stringify(Object.keys(more))).toMatchObject({
        status: 'FAILED',
        error: 'States.DataLimitExceeded',
      });
    }
  });

  it('is counted in bytes: just below it passes', async () => {
    const { finish } = bench(machine({ Work: call('work', { Output: '{% $states.result.Payload %}' }) }), {
      work: () => 'é'.repeat(128 * 1024 - 100),
    });
    expect(await finish()).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('a choice', () => {
  const choice = (condition: string, more: object = {}) =>
    machine({
      Choose: { Type: 'Choice', Choices: [{ Condition: condition, Next: 'Yes' }], Default: 'No', ...more },
      Yes: { Type: 'Succeed', Output: 'yes' },
      No: { Type: 'Succeed', Output: '{% $states.input %}' },
    });

  it('takes the first true condition, or the default with its own Output', async () => {
    const definition = choice('{% $states.input.open > 0 %}', { Output: 'no' });
    expect((await bench(definition).finish({ open: 2 })).output).toBe('yes');
    expect((await bench(definition).finish({ open: 0 })).output).toBe('no');
  });

  it.each([
    ['{% $states.input.missing > 0 %}', 'undefined'],
    ['{% $not($states.input.missing) %}', 'undefined'],
    ['{% $states.input.open %}', 'must be true or false, not 2'],
    ['{% "true" %}', 'must be true or false'],
    ['{% $states.input.nothing > 0 %}', 'failed'],
  ])('refuses %s instead of taking it as false', async (condition, why) => {
    const record = await bench(choice(condition)).finish({ open: 2, nothing: null });
    expect(record).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(record.cause).toContain(why);
  });

  it('fails with States.NoChoiceMatched when nothing matches and there is no default', async () => {
    const definition = choice('{% false %}');
    delete (definition.States.Choose as { Default?: string }).Default;
    delete definition.States.No;
    expect(await bench(definition).finish()).toMatchObject({ error: 'States.NoChoiceMatched' });
  });
});

describe('waiting and ending', () => {
  it('waits seconds and until a moment, on the clock', async () => {
    const { finish, clock } = bench(
      machine({
        Seconds: { Type: 'Wait', Seconds: '{% $states.input.seconds %}', Next: 'Moment' },
        Moment: { Type: 'Wait', Timestamp: '{% $states.input.until %}', Next: 'Past' },
        Past: { Type: 'Wait', Timestamp: '2020-01-01T00:00:00Z', Next: 'Look' },
        Look: { Type: 'Pass', Output: '{% [$now(), $string($millis()), $now("[H]:[m]")] %}', End: true },
      }),
    );
    const { output } = await finish({ seconds: 90, until: '2026-03-02T08:30:00+02:00' });
    expect(output).toEqual(['2026-03-02T06:30:00.000Z', String(Date.parse('2026-03-02T06:30:00Z')), '6:30']);
    expect(clock.jumps).toBe(2);
  });

  it.each(['2026-03-02', 'tomorrow', 5])('refuses to wait until %j', async until => {
    const { finish } = bench(
      machine({ Moment: { Type: 'Wait', Timestamp: '{% $states.input.until %}', End: true } }),
    );
    expect(await finish({ until })).toMatchObject({ error: 'States.QueryEvaluationError' });
  });

  it('ends with the error and cause of a Fail', async () => {
    const { finish, ended } = bench(
      machine({
        Stop: { Type: 'Fail', Error: 'TeamLost', Cause: '{% "because of " & $states.input.why %}' },
      }),
    );
    expect(await finish({ why: 'weather' })).toMatchObject({
      status: 'FAILED',
      error: 'TeamLost',
      cause: 'because of weather',
      stoppedAt: '2026-03-01T06:00:00.000Z',
    });
    expect(ended).toHaveLength(1);
  });

  it('times the whole execution out', async () => {
    const { finish } = bench(
      machine({ Long: { Type: 'Wait', Seconds: 1000, End: true } }, { TimeoutSeconds: 60 }),
    );
    expect(await finish()).toMatchObject({ status: 'TIMED_OUT', stoppedAt: '2026-03-01T06:01:00.000Z' });
  });
});

describe('a map', () => {
  const items = (states: Record<string, object>, more: object = {}, outer: Record<string, object> = {}) =>
    machine({
      Each: {
        Type: 'Map',
        Items: '{% $states.input.people %}',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: Object.keys(states)[0],
          States: states,
        },
        End: true,
        ...more,
      },
      ...outer,
    });

  it('runs every item through its states and keeps their order', async () => {
    const { finish } = bench(
      machine({
        Set: { Type: 'Pass', Assign: { greeting: 'hello' }, Next: 'Each' },
        ...items(
          {
            Greet: call('greet', {
              End: undefined,
              Next: 'Shape',
              Assign: { said: '{% $states.result.Payload %}' },
              Output: '{% $states.input %}',
            }),
            Shape: { Type: 'Pass', Output: '{% $said & " #" & $states.input.place %}', End: true },
          },
          {
            ItemSelector: {
              text: '{% $greeting & " " & $states.context.Map.Item.Value.name %}',
              place: '{% $states.context.Map.Item.Index %}',
              all: '{% $count($states.input.people) %}',
            },
          },
        ).States,
      }),
      { greet: ({ text, all }: { text: string; all: number }) => `${text} (${all})` },
    );
    const { output } = await finish({ people: [{ name: 'Ana' }, { name: 'Bo' }] });
    expect(output).toEqual(['hello Ana (2) #0', 'hello Bo (2) #1']);
  });

  it('runs no more at a time than MaxConcurrency', async () => {
    let now = 0;
    let most = 0;
    const { finish } = bench(items({ Work: call('work') }, { MaxConcurrency: 3 }), {
      work: async () => {
        most = Math.max(most, ++now);
        await new Promise(resolve => setImmediate(resolve));
        now -= 1;
      },
    });
    await finish({ people: Array.from({ length: 10 }, (_, n) => n) });
    expect(most).toBe(3);
  });

  it('gives an empty list for no items and refuses what is no list', async () => {
    expect((await bench(items({ Work: call('work') })).finish({ people: [] })).output).toEqual([]);
    expect(await bench(items({ Work: call('work') })).finish({ people: 'Ana' })).toMatchObject({
      error: 'States.QueryEvaluationError',
    });
  });

  it('tries an item again while the others go on, and counts the steps', async () => {
    const tries = new Map<string, number>();
    const { finish, calls, transitions } = bench(
      items({
        Work: call('work', {
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5 }],
          Output: '{% $states.input %}',
        }),
      }),
      {
        work: (who: string) => {
          tries.set(who, (tries.get(who) ?? 0) + 1);
          if (who === 'b' && tries.get(who)! < 3) throw failure('Busy');
        },
      },
    );
    expect((await finish({ people: ['a', 'b', 'c'] })).output).toEqual(['a', 'b', 'c']);
    expect(calls.map(({ payload, at }) => `${payload} ${at.slice(17, 19)}`)).toEqual([
      'a 00',
      'b 00',
      'c 00',
      'b 05',
      'b 15',
    ]);
    expect(transitions.filter(({ item, to }) => item === 1 && to !== null)).toHaveLength(3);
  });

  it('fails as a whole with the first error, wakes who waits, and can be caught', async () => {
    const { finish, clock } = bench(
      items(
        {
          Work: call('work', {
            Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 3600 }],
            End: undefined,
            Next: 'More',
          }),
          More: call('more'),
        },
        { Catch: [{ ErrorEquals: ['Broken'], Next: 'After' }] },
        { After: { Type: 'Succeed', Output: '{% $states.input.Error %}' } },
      ),
      {
        work: (who: string) => {
          if (who === 'b') throw failure('Busy');
          if (who === 'c') throw failure('Broken');
        },
        more: () => {},
      },
    );
    expect((await finish({ people: ['a', 'b', 'c', 'd'] })).output).toBe('Broken');
    // The item that waited an hour for its retry did not hold the failure back.
    expect(clock.jumps).toBe(0);
  });

  it('starts no further item after a failure', async () => {
    const { finish, calls } = bench(items({ Work: call('work') }, { MaxConcurrency: 1 }), {
      work: (who: string) => {
        if (who === 'b') throw failure('Broken');
      },
    });
    expect(await finish({ people: ['a', 'b', 'c', 'd'] })).toMatchObject({
      status: 'FAILED',
      error: 'Broken',
    });
    expect(calls.map(({ payload }) => payload)).toEqual(['a', 'b']);
  });

  it('keeps the variables of an item to itself', async () => {
    const { finish } = bench(
      items(
        {
          Set: { Type: 'Pass', Assign: { mine: '{% $states.input %}' }, Next: 'Get' },
          Get: { Type: 'Pass', Output: '{% $mine %}', End: true },
        },
        { Output: { result: '{% $states.result %}' } },
      ),
    );
    const record = await finish({ people: [1, 2, 3] });
    expect(record.output).toEqual({ result: [1, 2, 3] });
    expect(record.variables).toEqual({});
  });

  it('can stand inside another map', async () => {
    const inner = items(
      { Double: { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true } },
      {
        Items: '{% $states.input %}',
      },
    ).States.Each!;
    const { finish } = bench(items({ Inner: inner }));
    expect((await finish({ people: [[1, 2], [3]] })).output).toEqual([[2, 4], [6]]);
  });
});
