import { spawnSync } from 'node:child_process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createVirtualClock, createWallClock } from '../../../infra/local/workflow/clock.ts';

describe('the virtual clock', () => {
  it('stands until it is driven, then fires by due moment and registration, one jump a moment', async () => {
    const clock = createVirtualClock(1000);
    const lease = clock.lease();
    const fired: string[] = [];
    lease.at(3000, () => void fired.push(`late ${clock.now()}`));
    lease.at(2000, () => void fired.push(`first ${clock.now()}`));
    lease.at(2000, () => void fired.push(`second ${clock.now()}`));
    lease.at(500, () => void fired.push(`overdue ${clock.now()}`));
    await nextTurn();
    expect(fired).toEqual([]);
    await clock.settled();
    expect(fired).toEqual(['overdue 1000', 'first 2000', 'second 2000', 'late 3000']);
    expect(clock.jumps).toBe(2);
  });

  it('fires the next timer only when the work of the last is over, even over real turns', async () => {
    const clock = createVirtualClock(0);
    const lease = clock.lease();
    const log: string[] = [];
    for (const name of ['a', 'b']) {
      lease.at(10, async () => {
        log.push(`${name} begins`);
        await nextTurn();
        await lease.run(async () => {
          await nextTurn();
        });
        log.push(`${name} ends`);
      });
    }
    await clock.settled();
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('waits for work in flight that no timer began', async () => {
    const clock = createVirtualClock(0);
    const lease = clock.lease();
    const log: string[] = [];
    lease.at(10, () => void log.push('timer'));
    const work = lease.run(async () => {
      for (let turn = 0; turn < 5; turn++) await nextTurn();
      log.push('work');
    });
    await clock.settled();
    await work;
    expect(log).toEqual(['work', 'timer']);
  });

  it('fires what fired work adds, and not what was cancelled', async () => {
    const clock = createVirtualClock(0);
    const lease = clock.lease();
    const log: number[] = [];
    const cancel = lease.at(50, () => void log.push(-1));
    lease.at(10, () => {
      cancel();
      lease.at(20, () => void log.push(clock.now()));
    });
    await clock.settled();
    expect(log).toEqual([20]);
  });

  it('runs up to and including a moment, and then shows it', async () => {
    const clock = createVirtualClock(0);
    const lease = clock.lease();
    const log: number[] = [];
    const every = () => {
      log.push(clock.now());
      lease.at(clock.now() + 10, every);
    };
    lease.at(10, every);
    await clock.advanceTo(30);
    expect(log).toEqual([10, 20, 30]);
    await clock.advanceTo(35);
    expect([log.length, clock.now()]).toEqual([3, 35]);
  });

  it('lets two drivers take turns', async () => {
    const clock = createVirtualClock(0);
    const lease = clock.lease();
    let running = 0;
    for (let n = 0; n < 5; n++) {
      lease.at(n, async () => {
        expect(++running).toBe(1);
        await nextTurn();
        running -= 1;
      });
    }
    await Promise.all([clock.settled(), clock.advanceTo(3), clock.settled()]);
    expect(clock.now()).toBe(4);
  });

  it('gives the error of a timer to the one who drives', async () => {
    const clock = createVirtualClock(0);
    const lease = clock.lease();
    lease.at(10, () => {
      throw new Error('broken');
    });
    lease.at(20, () => {});
    await expect(clock.settled()).rejects.toThrow('broken');
    await clock.settled();
    expect(clock.now()).toBe(20);
  });

  it('refuses a moment that is none', () => {
    expect(() =>
      createVirtualClock(0)
        .lease()
        .at(Number.NaN, () => {}, 'reply window'),
    ).toThrow('reply window');
  });

  it('goes on without a lease that died in the middle of its work', async () => {
    const clock = createVirtualClock(0);
    const dead = clock.lease('dead');
    const alive = clock.lease('alive');
    const log: string[] = [];
    let release = () => {};
    const zombie = dead.run(
      () =>
        new Promise<void>(resolve => {
          release = resolve;
        }),
    );
    void zombie.then(() => log.push('zombie went on'));
    dead.at(5, () => void log.push('zombie timer'));
    alive.at(10, () => void log.push('alive'));
    const driven = clock.settled();
    await nextTurn();
    expect(log).toEqual([]);
    dead.dispose();
    await driven;
    release();
    void dead.run(async () => log.push('new work of the dead'));
    dead.at(20, () => void log.push('new timer of the dead'));
    await clock.settled();
    await nextTurn();
    expect(log).toEqual(['alive']);
    expect(clock.now()).toBe(10);
  });

  it('keeps the error of a dead lease to itself', async () => {
    const clock = createVirtualClock(0);
    const lease = clock.lease();
    let fail = (_: Error) => {};
    const work = lease.run(
      () =>
        new Promise<void>((_, reject) => {
          fail = reject;
        }),
    );
    let ended = false;
    void work.catch(() => {
      ended = true;
    });
    lease.dispose();
    fail(new Error('too late'));
    await nextTurn();
    expect(ended).toBe(false);
  });

  it('says what it waits for when it stands still', async () => {
    const clock = createVirtualClock(Date.parse('2026-03-01T06:00:00Z'));
    const lease = clock.lease('generation 2');
    void lease.run(() => new Promise(() => {}), 'plan-team for deploy-team/d-1');
    lease.at(Date.parse('2026-03-01T10:00:00Z'), () => {}, 'callback of deploy-team/d-2');
    expect(clock.standstill()).toBe(
      'stood still at 2026-03-01T06:00:00.000Z: 1 in flight (generation 2: plan-team for deploy-team/d-1), ' +
        '1 timers, the next at 2026-03-01T10:00:00.000Z (generation 2: callback of deploy-team/d-2)',
    );
  });

  it('ends a process that would end in silence with a word and code 1', () => {
    const clockPath = new URL('../../../infra/local/workflow/clock.ts', import.meta.url).href;
    const program = `
      const { createVirtualClock } = await import('${clockPath}');
      const clock = createVirtualClock(0);
      clock.lease('drill').run(() => new Promise(() => {}), 'a call that never returns');
      clock.settled().then(() => console.log('settled'));
    `;
    const ended = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(ended.stderr).toContain(
      'stood still at 1970-01-01T00:00:00.000Z: 1 in flight (drill: a call that',
    );
    expect(ended.stdout).toBe('');
    expect(ended.status).toBe(1);
  });
});

describe('the wall clock', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('holds a moment further away than a timer of the platform can', async () => {
    vi.useFakeTimers({ now: 0 });
    const lease = createWallClock().lease();
    const days = 24 * 3600 * 1000;
    const fired: number[] = [];
    lease.at(60 * days, () => void fired.push(Date.now()));
    lease.at(30 * days, () => void fired.push(Date.now()));
    await vi.advanceTimersByTimeAsync(29 * days);
    expect(fired).toEqual([]);
    await vi.advanceTimersByTimeAsync(31 * days);
    expect(fired).toEqual([30 * days, 60 * days]);
  });

  it('notices within a minute that the machine slept', async () => {
    vi.useFakeTimers({ now: 0 });
    const lease = createWallClock().lease();
    let fired = false;
    lease.at(8 * 3600 * 1000, () => {
      fired = true;
    });
    vi.setSystemTime(9 * 3600 * 1000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fired).toBe(true);
  });

  it('fires in order of due moment, forgets what was cancelled or disposed, and tells of errors', async () => {
    vi.useFakeTimers({ now: 0 });
    const faults: unknown[] = [];
    const clock = createWallClock(error => faults.push(error));
    const lease = clock.lease();
    const other = clock.lease();
    const log: string[] = [];
    lease.at(20, () => void log.push('b'));
    lease.at(10, () => void log.push('a'));
    lease.at(15, () => void log.push('never'))();
    other.at(5, () => void log.push('disposed'));
    other.dispose();
    lease.at(30, () => {
      throw new Error('broken');
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(log).toEqual(['a', 'b']);
    expect(faults).toEqual([new Error('broken')]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is settled when nothing is in flight', async () => {
    const clock = createWallClock();
    const lease = clock.lease();
    await clock.settled();
    let done = false;
    void lease.run(async () => {
      await nextTurn();
      done = true;
    });
    await clock.settled();
    expect(done).toBe(true);
  });
});
