import { propose } from '../../functions/deployments/proposal.ts';
import { seatsOf } from '../../functions/deployments/seating.ts';
import type { StockLine } from '../../functions/domain/stock.ts';
import { createDeploymentStore } from '../../functions/store/deployments.ts';
import { createEmployerStore } from '../../functions/store/employers.ts';
import { createExpertStore } from '../../functions/store/experts.ts';
import { createStockStore } from '../../functions/store/stock.ts';
import { type Blueprint, readBlueprint } from '../../infra/local/blueprint.ts';
import { type Disk, openDisk } from '../../infra/local/disk.ts';
import { audit } from '../../infra/local/drill/auditor.ts';
import { readWorld, tablesOf } from '../../infra/local/drill/report.ts';
import { executionsTable } from '../../infra/local/executions-store.ts';
import type { Outbox } from '../../infra/local/post.ts';
import { boot, type System } from '../../infra/local/system.ts';
import type { Call, CallHook } from '../../infra/local/transport.ts';
import { createVirtualClock } from '../../infra/local/workflow/clock.ts';
import { OFFICER, START } from './mission.ts';
import { aRoster, aStockLine, employerIdOf, standing } from './roster.ts';

const MINUTE = 60_000;
const ID = 'D-SWEEP';

/** For L1 and A4 a standing consent is on record, and the employers of the others are asked; they are asked in their order. */
const people = aRoster({ L: 1, A: 4 }, ({ expertId, noticeToMoveMinutes }) =>
  /^(L1|A4)$/.test(expertId) ? { ...standing(), noticeToMoveMinutes: noticeToMoveMinutes + 120 } : {},
);
const stock: StockLine[] = [aStockLine('tent', 100)];

/** What people and the desk know of the system: what they were sent. */
type Knows = {
  system: System;
  /** Answers through the page behind the newest link that this person or employer was sent. */
  tap(id: string, answer: 'yes' | 'no'): Promise<number>;
  /** Answers by SMS, with the code of the newest message that has one. */
  text(id: string, answer: 'yes' | 'no'): Promise<number>;
  act(action: string, body: object): Promise<number>;
};
type Deed = { minute: number; what: string; do(knows: Knows): Promise<number> };

const stage = (minute: number, name: string): Deed => ({
  minute,
  what: `reports ${name}`,
  do: knows => knows.act('report-stage', { stage: name }),
});

/** The whole mission: one declines, one stays silent, one on stand-by moves up, an employer is asked, goods go along. */
export const DEEDS: Deed[] = [
  {
    minute: 0,
    what: 'approves',
    do: knows =>
      knows.act('approve', {
        request: {
          reference: 'NV/1',
          receivedAt: new Date(START).toISOString(),
          channel: 'embassy',
          conflictCaused: false,
        },
      }),
  },
  { minute: 5, what: 'A1 declines', do: knows => knows.tap('A1', 'no') },
  { minute: 10, what: 'L1 says yes', do: knows => knows.text('L1', 'yes') },
  { minute: 15, what: 'A4, asked instead of A1, says yes', do: knows => knows.tap('A4', 'yes') },
  { minute: 20, what: 'A3 will stand by', do: knows => knows.tap('A3', 'yes') },
  // At minute 120 the window of A2 ends, and A3 takes the seat.
  { minute: 25, what: 'the employer of A3 agrees', do: knows => knows.text(employerIdOf('A3'), 'yes') },
  stage(200, 'assembled'),
  stage(210, 'departed'),
  stage(220, 'arrived'),
  stage(230, 'operating'),
  stage(240, 'demobilised'),
  stage(250, 'home'),
];
const END_MINUTE = 260;

/** Everything that a stop leaves: the tables item by item, and the post. */
type Snapshot = { items: Record<string, Item[]>; outbox: Outbox };
type Item = Record<string, unknown>;

let blueprintRead: Promise<Blueprint> | undefined;
const blueprint = () => (blueprintRead ??= readBlueprint());

async function scan(disk: Disk, table: string): Promise<Item[]> {
  const { Items, LastEvaluatedKey } = await disk.tables.call('Scan', { TableName: table });
  if (LastEvaluatedKey) throw new Error(`${table} has outgrown one page`);
  return Items as Item[];
}

const definitions = async () => [...(await blueprint()).tables, executionsTable];

async function snapshotOf(disk: Disk): Promise<Snapshot> {
  const items: Snapshot['items'] = {};
  for (const { TableName } of await definitions()) items[TableName] = await scan(disk, TableName);
  const { sms, emails, desk } = disk.post.outbox;
  return { items, outbox: { sms: [...sms], emails: [...emails], desk: [...desk] } };
}

/** Makes a disk what it was at the snapshot; only what differs is written. */
async function restore(disk: Disk, snapshot: Snapshot): Promise<void> {
  for (const { TableName, KeySchema } of await definitions()) {
    const keyOf = (item: Item) =>
      Object.fromEntries(KeySchema.map(({ AttributeName: name }) => [name, item[name]]));
    const byKey = (items: Item[]) => new Map(items.map(item => [JSON.stringify(keyOf(item)), item]));
    const now = byKey(await scan(disk, TableName));
    const then = byKey(snapshot.items[TableName] ?? []);
    const requests = [
      ...[...then]
        .filter(([key, item]) => JSON.stringify(now.get(key)) !== JSON.stringify(item))
        .map(([, Item]) => ({ PutRequest: { Item } })),
      ...[...now]
        .filter(([key]) => !then.has(key))
        .map(([, item]) => ({ DeleteRequest: { Key: keyOf(item) } })),
    ];
    for (let first = 0; first < requests.length; first += 25)
      await disk.tables.call('BatchWriteItem', {
        RequestItems: { [TableName]: requests.slice(first, first + 25) },
      });
  }
  const { outbox } = disk.post;
  outbox.sms.splice(0, Number.POSITIVE_INFINITY, ...snapshot.outbox.sms);
  outbox.emails.splice(0, Number.POSITIVE_INFINITY, ...snapshot.outbox.emails);
  outbox.desk.splice(0, Number.POSITIVE_INFINITY, ...snapshot.outbox.desk);
  disk.deliveries.entries.length = 0;
}

const LINK = /\/a\/([0-9a-z]{24})/;
const CODE = /\b([A-Z]\d-[A-Z0-9]{3})\b/;

function knowing(system: System): Knows {
  const phoneOf = (id: string): string => {
    const found =
      people.experts.find(each => each.expertId === id) ??
      people.employers.find(each => each.employerId === id);
    return found?.phone?.number ?? '';
  };
  const newest = (id: string, pattern: RegExp): string => {
    const text =
      system.outbox.sms.findLast(sms => sms.to === phoneOf(id) && pattern.test(sms.text))?.text ?? '';
    const found = pattern.exec(text)?.[1];
    if (!found) throw new Error(`${id} was sent nothing to answer to`);
    return found;
  };
  return {
    system,
    async tap(id, answer) {
      const reply = await system.http({
        method: 'POST',
        path: `/a/${newest(id, LINK)}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `answer=${answer}`,
      });
      return reply.statusCode;
    },
    async text(id, answer) {
      await system.inboundSms(phoneOf(id), `${newest(id, CODE)} ${answer.toUpperCase()}`);
      return 200;
    },
    async act(action, body) {
      const reply = await system.http({
        method: 'POST',
        path: `/api/deployments/${ID}/${action}`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        claims: OFFICER,
      });
      return reply.statusCode;
    },
  };
}

type Run = {
  /** Calls of the first system. */
  calls: Call[];
  generations: number;
  /** After the last deed that was asked for, ten minutes on. */
  left: Snapshot;
  complaints: string[];
  logs: string[];
};

/**
 * Lives through the deeds from `first` up to `last` on a disk as the snapshot left it. A system that dies is followed by
 * the next at once, and what it has not acknowledged is said to that one again.
 */
async function live(
  disk: Disk,
  from: Snapshot,
  first: number,
  last: number,
  onCall?: CallHook,
): Promise<Run> {
  await restore(disk, from);
  const clock = createVirtualClock(START + (DEEDS[first]?.minute ?? END_MINUTE) * MINUTE);
  const outside = clock.lease('outside');
  const logs: string[] = [];
  const complaints: string[] = [];
  const calls: Run['calls'] = [];
  let generations = 1;
  let current: Promise<System>;
  const follow = (system: System): System => {
    void system.crashed.then(() => {
      current = outside.run(async () => {
        generations += 1;
        return follow(await system.restart());
      }, 'restart');
    });
    return system;
  };
  current = boot({
    clock,
    dataDir: 'memory',
    disk,
    seed: 1,
    blueprint: await blueprint(),
    maxAttempts: 1,
    logs: ({ line }) => logs.push(line),
    onCall: call => {
      if (generations === 1) calls.push(call);
      return onCall?.(call);
    },
  }).then(follow);
  await current;

  /** Says it until it is acknowledged; a 5xx asks for patience. */
  const say = async ({ what, do: deed }: Deed): Promise<void> => {
    for (let tries = 0; tries < 5; tries += 1) {
      const system = await current;
      const status = await Promise.race([deed(knowing(system)), system.crashed.then(() => 0)]);
      // The next system takes its place in this very turn.
      await new Promise(resolve => setImmediate(resolve));
      if (status !== 0 && status < 500) {
        // Said a second time, it has been heard before.
        if (status >= 400 && !(tries > 0 && status === 409)) complaints.push(`${what}: ${status}`);
        return;
      }
    }
    complaints.push(`${what}: nobody listens`);
  };

  for (let index = first; index < last; index += 1) {
    await outside.run(() => say(DEEDS[index]!), DEEDS[index]!.what);
    await clock.advanceTo(START + (DEEDS[index + 1]?.minute ?? END_MINUTE) * MINUTE);
  }
  const system = await current;
  await disk.tables.idle();
  const left = await snapshotOf(disk);
  for (const dead of system.deadLetters()) complaints.push(`dead letter for ${dead.functionName}`);
  system.kill();
  return { calls, generations, left, complaints, logs };
}

/** The disk before the first deed: people, stock, and a deployment that waits for the desk. */
async function beginning(disk: Disk): Promise<Snapshot> {
  const clock = createVirtualClock(START);
  const system = await boot({
    clock,
    dataDir: 'memory',
    disk,
    seed: 1,
    blueprint: await blueprint(),
  });
  const names = tablesOf(system);
  await createEmployerStore(system.tables, names.employers).saveMany(people.employers);
  await createExpertStore(system.tables, names.experts, () => new Date(START).toISOString()).fill(
    people.experts,
  );
  await createStockStore(system.tables, names.stock).fill(stock);
  const store = createDeploymentStore(system.tables, names.deployments);
  const deployment = propose(
    {
      eventId: 'EQ-SWEEP',
      exercise: false,
      title: 'Earthquake in Türkiye',
      hazard: 'EQ',
      level: 'Red',
      occurredAt: new Date(START).toISOString(),
      countries: ['TUR'],
      position: { latitude: 37.2, longitude: 37 },
      state: 'open',
    },
    {
      eventId: 'EQ-SWEEP',
      policyVersion: 'test',
      country: null,
      teams: [
        {
          teamType: 'expert',
          ruleId: 'TEST',
          seats: [
            { role: 'team-leader', count: 1, critical: true },
            { role: 'assessment-expert', count: 2, critical: true },
          ],
          deadlineHours: 48,
          standbyRatio: 0.2,
          replyWindowMinutes: 120,
          employerWindowMinutes: 120,
          missionDays: 10,
        },
      ],
      goods: [{ item: 'tent', quantity: 60, ruleId: 'TEST', deadlineHours: 72 }],
      reasons: [],
    },
    'test',
    new Date(START).toISOString(),
  );
  await store.create({ ...deployment, deploymentId: ID });
  for (const seat of seatsOf({ ...deployment, deploymentId: ID })) await store.createSeat(seat);
  await system.runner.start('deploy-team', ID, { deploymentId: ID });
  await clock.advanceTo(START);
  const left = await snapshotOf(disk);
  system.kill();
  await disk.tables.idle();
  return left;
}

const VOLATILE = new Set([
  ...[
    'code',
    'link',
    'memberKey',
    'employerKey',
    'messageId',
    'taskToken',
    'record',
    'createdAt',
    'since',
    'until',
  ],
  // Why this person and who comes next: found again by a plan that is repeated when some are already held.
  ...['reasons', 'standby', 'plans'],
  // How often something was written or heard; a step that is repeated counts again.
  ...['writes', 'version', 'heard', 'heardOf', 'answers', 'updatedAt'],
]);

/** A value of the wire as JSON. */
function plain(value: unknown): unknown {
  const [[type, content]] = Object.entries(value as Record<string, unknown>) as [[string, never]];
  if (type === 'M')
    return Object.fromEntries(Object.entries(content).map(([key, each]) => [key, plain(each)]));
  if (type === 'L') return (content as unknown[]).map(plain);
  if (type === 'NULL') return null;
  return type === 'N' ? Number(content) : content;
}

/** Lines of the timeline that tell how far one try of a step came. */
const OF_ONE_TRY = /^(offer\/sent|mission\/closed|plan\/)/;

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** A value without what differs from one honest run to the next; `times` keeps the moments. */
function essence(value: unknown, times: boolean): unknown {
  if (typeof value === 'string') return times ? value : value.replaceAll(INSTANT, '@');
  if (Array.isArray(value)) return value.map(each => essence(each, times));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !VOLATILE.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, essence(each, times)]),
  );
}

/** What a snapshot means, one line an item: the state of everybody and everything, and what the timeline tells. */
export function meaningOf({ items }: Snapshot, times = true): string[] {
  const lines = new Set<string>();
  for (const [table, rows] of Object.entries(items))
    for (const row of rows) {
      const item = plain({ M: row }) as Record<string, unknown>;
      if (table === executionsTable.TableName) {
        const { state, status, parked } = JSON.parse(String(item.record)) as {
          state: string;
          status: string;
          parked?: { kind: string };
        };
        lines.add(`workflow: ${state}, ${status}, ${parked?.kind ?? 'not parked'}`);
        continue;
      }
      // A plan is kept for each try as well, and its reserve names the plan.
      if (/^(plan#|reserve$)/.test(String(item.record))) continue;
      const entryId = item.entryId as string | undefined;
      if (entryId !== undefined && OF_ONE_TRY.test(entryId)) continue;
      lines.add(JSON.stringify(essence(entryId === undefined ? item : { entryId, what: item.what }, times)));
    }
  return [...lines].sort();
}

/** Every message that left: to whom, and what it says apart from code and link. */
export const messagesOf = ({ outbox }: Snapshot): string[] =>
  [
    ...outbox.sms.map(
      ({ to, text }) => `${to} ${text.replace(LINK, '').replaceAll(new RegExp(CODE, 'g'), 'CODE')}`,
    ),
    ...outbox.desk.map(({ subject }) => subject),
  ].sort();

/** A mission that nothing disturbed, deed by deed, on a disk that can be put back to each of them. */
export interface Undisturbed {
  disk: Disk;
  /** How it stands before each deed, and after the last. */
  stands: Snapshot[];
  /** The calls that each deed leads to, up to the next deed. */
  calls: Call[][];
  /** The breaches that the auditor finds on the disk as it is now. */
  violations(logs: string[]): Promise<string[]>;
}

export async function undisturbed(): Promise<Undisturbed> {
  const disk = openDisk('memory');
  await disk.tables.ensure(await definitions());
  const stands = [await beginning(disk)];
  const calls: Call[][] = [];
  for (const index of DEEDS.keys()) {
    const run = await live(disk, stands[index]!, index, index + 1);
    if (run.complaints.length > 0) throw new Error(run.complaints.join('; '));
    calls.push(run.calls);
    stands.push(run.left);
  }
  // Its clock is never driven: it only reads.
  const onlooker = await boot({
    clock: createVirtualClock(START),
    dataDir: 'memory',
    disk,
    seed: 1,
    blueprint: await blueprint(),
  });
  const names = tablesOf(onlooker);
  const violations = async (logs: string[]) =>
    audit({
      ...(await readWorld(onlooker)),
      experts: await createExpertStore(onlooker.tables, names.experts).readRoster(),
      stock: await createStockStore(onlooker.tables, names.stock).readAll(),
      stockBefore: stock,
      outbox: onlooker.outbox,
      logs,
    });
  return { disk, stands, calls, violations };
}

/** What one disturbed run did wrong, in words; empty when it came to the same end. */
export async function disturb(
  calm: Undisturbed,
  deed: number,
  onCall: CallHook,
  { times }: { times: boolean },
): Promise<string[]> {
  const { disk, stands, violations } = calm;
  const faults = async (run: Run, wanted: Snapshot, exact: boolean): Promise<string[]> => {
    const [is, should] = [meaningOf(run.left, exact), meaningOf(wanted, exact)];
    const [left, sent] = [messagesOf(run.left), messagesOf(wanted)];
    return [
      ...run.complaints,
      ...is.filter(line => !should.includes(line)).map(line => `is, and should not be: ${line}`),
      ...should.filter(line => !is.includes(line)).map(line => `should be, and is not: ${line}`),
      ...sent.filter(message => !left.includes(message)).map(message => `never sent: ${message}`),
      ...left.filter(message => !sent.includes(message)).map(message => `sent, uncalled for: ${message}`),
      // At most the one in flight is sent twice.
      ...(left.length > sent.length + 1 ? [`${left.length - sent.length} messages were sent twice`] : []),
      ...(await violations(run.logs)),
    ];
  };
  const short = await live(disk, stands[deed]!, deed, deed + 1, onCall);
  const early = await faults(short, stands[deed + 1]!, times);
  if (early.length === 0) return [];
  if (process.env.DEBUG_SWEEP)
    console.log(
      'WHOLE',
      deed,
      early.map(l => l.slice(0, 150)),
    );
  // What was put off may be done later: only the end counts.
  const whole = await live(disk, stands[deed]!, deed, DEEDS.length, onCall);
  const atTheEnd = await faults(whole, stands.at(-1)!, false);
  return atTheEnd.length > 0 ? [...atTheEnd, ...early.map(line => `  after the deed: ${line}`)] : [];
}
