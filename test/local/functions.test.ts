import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { LogLine } from '../../infra/local/functions.ts';
import { type BootOptions, boot, type System } from '../../infra/local/system.ts';
import { createVirtualClock } from '../../infra/local/workflow/clock.ts';
import { fakeBlueprint } from './fake/fake-app.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const entry = 'missions/show-surroundings';

const opened: System[] = [];
async function open(options: Partial<BootOptions> = {}) {
  const clock = createVirtualClock(start);
  const system = await boot({ clock, dataDir: 'memory', seed: 1, blueprint: fakeBlueprint(), ...options });
  opened.push(system);
  const show = (event: object = {}) => system.invoke(entry, event) as Promise<Record<string, unknown>>;
  return { clock, system, show };
}
afterEach(async () => {
  for (const system of opened.splice(0)) await system.close();
});

describe('a function', () => {
  it('sees its own environment and nothing of the machine', async () => {
    const { show } = await open({ publicUrl: 'http://localhost:4000' });
    expect(process.env.HOME).toBeDefined();
    expect((await show()).environment).toEqual({
      MISSIONS_TABLE: 'Data-Missions',
      PUBLIC_URL: 'http://localhost:4000',
      AWS_REGION: 'eu-central-1',
    });
  });

  it('sees the time of the clock, as Date and as text', async () => {
    const { clock, show } = await open();
    await clock.advanceTo(start + 3_600_000);
    expect(await show()).toMatchObject({
      now: start + 3_600_000,
      today: '2026-01-01T01:00:00.000Z',
      isDate: true,
      parsed: 0,
      largest: 2,
    });
  });

  it('draws what its seed gives: the same again, another for another seed, never the same twice', async () => {
    const drawn = async (seed: number) => {
      const { show } = await open({ seed });
      return [(await show()).random, (await show()).random];
    };
    const [first, again, other] = [await drawn(1), await drawn(1), await drawn(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first[1]).not.toEqual(first[0]);
    const [uuid, global, fraction, whole] = first[0] as [string, string, number, number];
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(global).not.toBe(uuid);
    expect(fraction).toBeGreaterThanOrEqual(0);
    expect(fraction).toBeLessThan(1);
    expect([5, 6, 7, 8, 9]).toContain(whole);
  });

  it('keeps its module while it is warm, and has a second instance for a call at the same time', async () => {
    const { show } = await open();
    expect((await show()).invocations).toBe(1);
    expect((await show()).invocations).toBe(2);
    const both = await Promise.all([show({ what: 'wait for another' }), show({ what: 'wait for another' })]);
    expect(both.map(({ invocations }) => invocations).sort()).toEqual([1, 3]);
  });

  it('starts cold in the next system on the same disk', async () => {
    const { system, show } = await open();
    await show();
    const next = await system.restart();
    opened.splice(opened.indexOf(system), 1, next);
    const shown = (await next.invoke(entry, {})) as { invocations: number; random: string[] };
    expect(shown.invocations).toBe(1);
    expect(shown.random).not.toEqual((await (await open()).show()).random);
  });

  it.each([
    ['setTimeout', 'sleep'],
    ['a pause of node:timers', 'pause'],
  ])('cannot sleep by %s', async (_name, what) => {
    const { show } = await open();
    await expect(show({ what })).rejects.toThrow('A handler never sleeps');
  });

  it.each([
    ['an error of its own', 'fail', 'NotToday', 'the boat is full'],
    ['a text', 'throw a text', 'string', 'plain'],
  ])('fails by the name of %s', async (_name, what, name, message) => {
    const { show } = await open();
    await expect(show({ what })).rejects.toMatchObject({ name, message });
  });

  it('is stopped when it never ends, as Lambda does it', async () => {
    const { show } = await open({ watchdogMs: 20 });
    await expect(show({ what: 'hang' })).rejects.toMatchObject({
      name: 'Sandbox.Timedout',
      message: expect.stringMatching(/^RequestId: \S+ .*Task timed out after 0\.02 seconds$/),
    });
  });

  it('logs to the one who asked for it, not to the console', async () => {
    const lines: LogLine[] = [];
    const { show } = await open({ logs: line => lines.push(line) });
    await show({ what: 'log', text: 'a whistle' });
    await show({ what: 'fail' }).catch(() => {});
    expect(lines).toMatchObject([
      { at: '2026-01-01T00:00:00.000Z', entry, level: 'warn', line: 'heard a whistle' },
      { level: 'error', line: expect.stringContaining('"errorType":"NotToday"') },
    ]);
    // The message may hold what is not for a log.
    expect(lines[1]!.line).not.toContain('the boat is full');
  });

  it('fetches the keys of the desk from here, and the rest as it was told to', async () => {
    const asked: string[] = [];
    const { system, show } = await open({
      fetch: async input => {
        asked.push(String(input));
        return Response.json({ from: 'outside' });
      },
    });
    expect(await show({ what: 'fetch', text: 'http://localhost:3000/keys.json' })).toEqual(
      await system.keySet(),
    );
    expect(await show({ what: 'fetch', text: 'https://feed.example/all' })).toEqual({ from: 'outside' });
    expect(asked).toEqual(['https://feed.example/all']);
  });

  it('leaves a call behind that nobody waits for: it is counted', async () => {
    const { system, show } = await open();
    await show({ what: 'leave a call behind' });
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(system.calls()).toEqual({ made: 1, leftOver: 1 });
  });

  it('keeps bodies and reads secrets', async () => {
    const { system, show } = await open();
    expect(await show({ what: 'keep', key: 'a/b c', text: '<æ/>' })).toEqual({
      text: '<æ/>',
      ContentType: 'text/xml',
    });
    const secret = system.disk.secret('webhook-secret', () => 'none');
    expect(await show({ what: 'secret' })).toEqual({
      digest: createHash('sha256').update(secret).digest('hex'),
    });
    expect(system.bill()).toMatchObject({ bodyWrites: 1, bodyReads: 1, secretReads: 1, invocations: 2 });
  });

  it('that nobody knows is reported as Lambda reports it', async () => {
    const { system } = await open();
    await expect(system.invoke('missions/none', {})).rejects.toMatchObject({
      name: 'Lambda.ResourceNotFoundException',
    });
  });
});
