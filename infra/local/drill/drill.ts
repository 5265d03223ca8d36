import { readBody } from '../../../functions/alerts/intake.ts';
import { createExpertStore } from '../../../functions/store/experts.ts';
import { createStockStore } from '../../../functions/store/stock.ts';
import type { Blueprint } from '../blueprint.ts';
import { newestTimeIn } from '../commands/event-report.ts';
import { loadDemonstration } from '../demonstration/load.ts';
import { generateRoster } from '../demonstration/roster.ts';
import { type BootOptions, boot, type System } from '../system.ts';
import { createVirtualClock } from '../workflow/clock.ts';
import { audit } from './auditor.ts';
import { createDeskOfficer } from './desk-officer.ts';
import { createPeople, type Temperament } from './people.ts';
import { type DrillReport, drillReport, readWorld, tablesOf } from './report.ts';
import { createWorld } from './world.ts';

/** A message to drill on: the bytes as captured, and what to call it in a complaint. */
export type Message = { name: string; bytes: Uint8Array };

export type DrillOptions = {
  messages: Message[];
  seed: number;
  people: Temperament;
  blueprint?: Blueprint;
  /** Further boot options for tests: faults, transitions. */
  boot?: Partial<BootOptions>;
  progress?: (line: string) => void;
};

/** What stands before the name in the ARN of a topic. */
export const topicPrefix = ({ blueprint }: System): string =>
  `arn:aws:sns:${blueprint.place.region}:${blueprint.place.account}:`;

/**
 * The whole way on the virtual clock: the messages are handed in as exercises, each judged as of its own newest time; the
 * simulated desk and people do the rest. The clock starts at the newest time of all messages.
 */
export async function runDrill({
  messages,
  seed,
  people: temperament,
  progress,
  ...options
}: DrillOptions): Promise<DrillReport> {
  const readings = await Promise.all(messages.map(({ bytes }) => readBody(bytes)));
  const clock = createVirtualClock(Date.parse(newestTimeIn(readings)));
  const world = createWorld(clock);
  const officer = createDeskOfficer(world, seed);
  const { employers } = generateRoster(seed, new Date(clock.now()).toISOString());
  const firms = new Set(employers.flatMap(({ phone, email }) => [phone?.number ?? '', email?.address ?? '']));
  const people = createPeople(world, temperament, seed, address => firms.has(address));
  const logs: string[] = [];
  const system = await boot({
    clock,
    dataDir: 'memory',
    seed,
    ...(options.blueprint && { blueprint: options.blueprint }),
    onSms: people.onSms,
    onEmail: people.onEmail,
    onTransition: officer.onTransition,
    logs: ({ line }) => logs.push(line),
    ...options.boot,
  });
  world.attach(system);
  const names = tablesOf(system);
  await loadDemonstration({
    tables: system.tables,
    names,
    seed,
    now: new Date(clock.now()).toISOString(),
    topicArnPrefix: topicPrefix(system),
    subscribe: system.subscribe,
    ...(progress && { progress }),
  });
  const stock = createStockStore(system.tables, names.stock);
  const stockBefore = await stock.readAll();
  const complaints = [...officer.complaints];
  const token = await system.token({ name: 'Drill officer', groups: ['desk'] });
  for (const [index, { name, bytes }] of messages.entries()) {
    const asOf = new Date(Date.parse(newestTimeIn([readings[index]!]))).toISOString();
    const reply = await system.http({
      method: 'POST',
      path: '/api/alerts',
      headers: { authorization: `Bearer ${token}`, 'x-relief-drill-as-of': asOf },
      body: Buffer.from(bytes),
    });
    if (reply.statusCode !== 202)
      complaints.push(`${name}: ${reply.statusCode} ${JSON.parse(reply.body).detail ?? ''}`);
    await clock.advanceTo(clock.now());
  }
  progress?.(`${messages.length} messages handed in; the mission runs`);
  await clock.settled();
  const { events, wholes } = await readWorld(system);
  const experts = await createExpertStore(system.tables, names.experts).readRoster();
  const violations = audit({
    events,
    wholes,
    experts,
    stock: await stock.readAll(),
    stockBefore,
    outbox: system.outbox,
    logs,
  });
  const bill = system.bill();
  await system.close();
  return drillReport({
    seed,
    events,
    wholes,
    bill,
    violations,
    complaints: [...complaints, ...officer.complaints],
  });
}
