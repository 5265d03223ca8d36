import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type BootOptions, boot, type System } from '../../infra/local/system.ts';
import type { CallHook } from '../../infra/local/transport.ts';
import { createVirtualClock } from '../../infra/local/workflow/clock.ts';
import { fakeBlueprint } from './fake/fake-app.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const phone = '+12065550123';
const hour = 3_600_000;
const askArn = 'arn:aws:states:eu-central-1:000000000000:execution:ask-a-person:m1';

const opened: System[] = [];
async function open(options: Partial<BootOptions> = {}) {
  const clock = createVirtualClock(start);
  const system = await boot({ clock, dataDir: 'memory', seed: 1, blueprint: fakeBlueprint(), ...options });
  opened.push(system);
  return { clock, system };
}
afterEach(async () => {
  for (const system of opened.splice(0)) await system.close();
});

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'relief-desk-'));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const missionsOf = async (system: System) => {
  const { Items = [] } = await system.tables.send(new ScanCommand({ TableName: 'Data-Missions' }));
  return Items;
};

const request = (system: System, claims: Record<string, unknown> = { sub: 'desk' }) =>
  system.http({
    method: 'POST',
    path: '/missions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phone }),
    claims,
  });

describe('a system', () => {
  it('carries a request through API, table, workflow, SMS and answer', async () => {
    const { clock, system } = await open();
    const { statusCode, body } = await request(system);
    expect(statusCode).toBe(201);
    const { missionId } = JSON.parse(body);
    await clock.advanceTo(start + hour);
    expect(system.outbox.sms).toMatchObject([
      { at: '2026-01-01T00:00:00.000Z', to: phone, text: `Can you go? ${missionId}`, segments: 1 },
    ]);
    expect(system.outbox.desk).toMatchObject([{ subject: 'Asked', text: missionId }]);
    await system.inboundSms(phone, 'yes');
    await clock.settled();
    expect(await missionsOf(system)).toMatchObject([
      { state: 'going', answer: 'yes', closedAt: '2026-01-01T01:00:00.000Z' },
    ]);
    expect(system.bill()).toEqual({
      stateTransitions: 2,
      executions: 1,
      invocations: 4,
      apiRequests: 1,
      readUnits: 0.5,
      writeUnits: 4,
      bodyReads: 0,
      bodyWrites: 0,
      secretReads: 0,
      topicPublishes: 2,
      sms: 1,
      smsSegments: 1,
      emails: 0,
    });
  });

  it('lets two hours pass at once when nobody answers', async () => {
    const { clock, system } = await open();
    await request(system);
    await clock.settled();
    expect(clock.now()).toBe(start + 2 * hour);
    expect(await missionsOf(system)).toMatchObject([{ state: 'silent' }]);
  });

  it('is the same, call for call, for the same seed', async () => {
    const run = async () => {
      const calls: string[] = [];
      const { clock, system } = await open({
        onCall: ({ functionName, service, operation, ordinal }) => {
          calls.push(`${functionName} ${ordinal} ${service} ${operation}`);
          return undefined;
        },
      });
      await request(system);
      await clock.advanceTo(start + hour);
      await system.inboundSms(phone, 'no');
      await clock.settled();
      return { calls, outbox: system.outbox, missions: await missionsOf(system) };
    };
    const [first, second] = await Promise.all([run(), run()]);
    expect(first.calls).toHaveLength(9);
    expect(second).toEqual(first);
  });

  it('reaches the same end over sockets', async () => {
    const { clock, system } = await open({ transport: 'socket' });
    await request(system);
    await clock.advanceTo(start + hour);
    await system.inboundSms(phone, 'yes');
    await clock.settled();
    expect(await missionsOf(system)).toMatchObject([{ state: 'going' }]);
    expect(system.calls().made).toBe(9);
  });

  it('says what functions know under a variable', async () => {
    const { system } = await open();
    expect(system.variable('MISSIONS_TABLE')).toBe('Data-Missions');
    expect(() => system.variable('OTHER_TABLE')).toThrow('No function knows OTHER_TABLE');
  });

  it('tells those outside as soon as something is sent', async () => {
    const told: string[] = [];
    const { clock, system } = await open({
      onSms: ({ to }) => void told.push(`sms ${to}`),
      onDeskMessage: ({ subject }) => void told.push(`desk ${subject}`),
    });
    await request(system);
    await clock.advanceTo(start + 1);
    expect(told).toEqual([`sms ${phone}`, 'desk Asked']);
  });

  it('repeats an inbound SMS that the function fails at as Lambda does, and keeps it when it gives up', async () => {
    const { clock, system } = await open();
    await system.inboundSms(phone, 'fail');
    await clock.settled();
    // One repetition after a minute: what the template says of this function.
    expect(clock.now()).toBe(start + 60_000);
    expect(system.bill().invocations).toBe(2);
    expect(system.deadLetters()).toMatchObject([
      { failed: 2, payload: { Records: [{ EventSource: 'aws:sns' }] } },
    ]);
  });

  it('keeps its schedules only when asked to', async () => {
    const idle = await open();
    await idle.clock.advanceTo(start + hour);
    expect(idle.system.bill().invocations).toBe(0);
    const polling = await open({ poll: true });
    await polling.clock.advanceTo(start + hour);
    expect(polling.system.bill().invocations).toBe(7);
  });
});

/** One mission whose person answers after ten minutes; a system that dies is followed by the next at once. */
async function mission(onCall?: CallHook) {
  const clock = createVirtualClock(start);
  const outside = clock.lease('outside');
  const blueprint = fakeBlueprint();
  let live: Promise<System>;
  const follow = (system: System): System => {
    void system.crashed.then(() => {
      live = outside.run(async () => follow(await system.restart()), 'restart');
    });
    return system;
  };
  const first = await boot({
    clock,
    dataDir: 'memory',
    seed: 1,
    blueprint,
    ...(onCall && { onCall }),
    onSms: () => {
      outside.at(start + 600_000, async () => {
        // The crash may be of this very moment: the phone network waits for the next system.
        await new Promise(resolve => setImmediate(resolve));
        await (await live).inboundSms(phone, 'yes');
      });
    },
  });
  live = Promise.resolve(follow(first));
  await first.tables.send(new PutCommand({ TableName: 'Data-Missions', Item: { missionId: 'm1', phone } }));
  await first.runner.start('ask-a-person', 'm1', { missionId: 'm1', phone });
  await clock.settled();
  const last = await live;
  const { Item } = await last.tables.send(
    new GetCommand({ TableName: 'Data-Missions', Key: { missionId: 'm1' } }),
  );
  const record = await last.runner.describe(askArn);
  const ended = { mission: Item, status: record?.status, output: record?.output };
  const seen = { sms: last.outbox.sms.length, calls: first.calls().made, generations: last.generation + 1 };
  await last.close();
  return { ended, seen };
}

describe('a system that dies', () => {
  it('at any call, before or after its effect, comes to the same end and asks at most twice', async () => {
    const whole = await mission();
    expect(whole.ended).toMatchObject({
      mission: { state: 'going', answer: 'yes', closedAt: '2026-01-01T00:10:00.000Z' },
      status: 'SUCCEEDED',
      output: { missionId: 'm1', state: 'going' },
    });
    expect(whole.seen).toEqual({ sms: 1, calls: 7, generations: 1 });
    for (const fault of ['crash-before', 'crash-after'] as const) {
      for (let k = 1; k <= whole.seen.calls; k += 1) {
        const broken = await mission(call => (call.k === k ? fault : undefined));
        expect(broken.ended, `${fault} at call ${k}`).toEqual(whole.ended);
        expect(broken.seen.generations).toBe(2);
        expect(broken.seen.sms).toBeLessThanOrEqual(2);
      }
    }
  });

  it.each([
    ['throttled once', 'throttle'],
    ['answered with a 500 once', 'error-500'],
  ] as const)('is not needed when a service is %s: the SDK tries again', async (_name, fault) => {
    const whole = await mission();
    for (const service of ['dynamodb', 'sns', 'states']) {
      let spoilt = false;
      const { ended, seen } = await mission(call => {
        if (spoilt || call.service !== service) return undefined;
        spoilt = true;
        return fault;
      });
      expect(ended).toEqual(whole.ended);
      expect(seen.calls).toBe(whole.seen.calls + 1);
    }
  });

  it('answers nobody any more', async () => {
    const { clock, system } = await open();
    system.kill();
    let answered = false;
    void request(system).then(() => {
      answered = true;
    });
    await clock.settled();
    expect(answered).toBe(false);
    expect(await missionsOf(system)).toEqual([]);
  });
});

describe('a data folder', () => {
  it('holds everything that the next process needs', async () => {
    const dataDir = newFolder();
    const first = await open({ dataDir });
    await request(first.system);
    await first.clock.advanceTo(start + hour);
    const { missionId } = (await missionsOf(first.system))[0]!;
    const keys = await first.system.keySet();
    const token = await first.system.token({ name: 'Aiko', groups: ['desk'] });
    await first.system.close();
    opened.splice(0);

    const clock = createVirtualClock(start + hour);
    const { system } = await open({ dataDir, clock });
    expect(system.outbox.sms).toMatchObject([{ to: phone }]);
    expect(await system.keySet()).toEqual(keys);
    await system.inboundSms(phone, 'yes');
    await clock.settled();
    expect(await missionsOf(system)).toMatchObject([{ missionId, state: 'going' }]);
    const signed = await system.http({
      method: 'POST',
      path: '/missions',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ phone }),
    });
    expect(signed.statusCode).toBe(201);
  });

  it('is for its owner alone', async () => {
    const dataDir = newFolder();
    const { system } = await open({ dataDir });
    await system.token({ name: 'Aiko', groups: ['desk'] });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    for (const name of [
      'webhook-secret',
      'token-key.pem',
      'outbox.jsonl',
      'topics.jsonl',
      'deliveries.jsonl',
    ]) {
      expect(statSync(join(dataDir, name)).mode & 0o777, name).toBe(0o600);
    }
    expect(readdirSync(dataDir)).toContain('tables');
  });

  it('takes one desk at a time', async () => {
    const dataDir = newFolder();
    const { system } = await open({ dataDir });
    await expect(open({ dataDir })).rejects.toMatchObject({
      name: 'FolderInUse',
      message: expect.stringMatching(
        /^Another desk is running here: this process works on .* set RELIEF_DATA_DIR/,
      ),
    });
    await system.close();
    opened.splice(0);
    await open({ dataDir });
  });

  it.skipIf(process.platform !== 'linux')(
    'is refused while another process holds it, and taken over when that one is gone',
    async () => {
      const dataDir = newFolder();
      const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
      const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      writeFileSync(join(dataDir, 'lock'), JSON.stringify({ pid: process.ppid, start: began }));
      await expect(open({ dataDir })).rejects.toThrow(`process ${process.ppid} works on`);
      // The same number, given to another process since.
      writeFileSync(join(dataDir, 'lock'), JSON.stringify({ pid: process.ppid, start: '1' }));
      await open({ dataDir });
    },
  );

  it('says so when its tables are of another version', async () => {
    const dataDir = newFolder();
    const { system } = await open({ dataDir });
    await system.close();
    opened.splice(0);
    const blueprint = fakeBlueprint();
    delete blueprint.tables[0]!.GlobalSecondaryIndexes;
    await expect(open({ dataDir, blueprint })).rejects.toMatchObject({
      name: 'TableDiffers',
      message: expect.stringContaining('table Data-Missions in'),
    });
  });
});
