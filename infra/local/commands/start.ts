import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildConsole } from '../../../console/build.ts';
import { readBody } from '../../../functions/alerts/intake.ts';
import { isUndecided } from '../../../functions/deployments/states.ts';
import { createExpertStore } from '../../../functions/store/experts.ts';
import { configOf } from '../../config.ts';
import { repositoryRoot } from '../../repository.ts';
import { loadDemonstration } from '../demonstration/load.ts';
import { topicPrefix } from '../drill/drill.ts';
import { createPeople, TEMPERAMENTS, type Temperament } from '../drill/people.ts';
import { readWorld, tablesOf, type Whole } from '../drill/report.ts';
import { createWorld } from '../drill/world.ts';
import { serve } from '../server.ts';
import type { System } from '../surface.ts';
import { boot } from '../system.ts';
import { createWallClock } from '../workflow/clock.ts';
import { readArguments, runCommand, WrongUse } from './arguments.ts';
import { newestTimeIn } from './event-report.ts';

const usage = `
usage: npm start

The whole system on this machine: the desk on http://localhost:3000, no account, no network. The first start loads the
demonstration roster and stock and replays a sample alert, which becomes a proposed deployment that waits for the desk.
Stop it with Ctrl C; running deployments go on at the next start.

  PORT             another port
  RELIEF_DATA_DIR  where the data lies (default .relief)
  RELIEF_PEOPLE    eager, typical or reluctant: simulated people answer, sixty times faster than life (default: nobody does)
  RELIEF_POLL      "on": polls the public feeds, which needs a network (default: off)
  RELIEF_FEEDS     which of them, by the ids in infra/feeds.ts with commas between (default: those of worldwide disasters)
`;

const SEED = 1;
const SAMPLE = join(repositoryRoot, 'infra/local/demonstration/sample-alert/us6000jllz.json');
/** An hour of people's time in a minute of ours. */
const SPEED = 60;

const say = (line: string) => process.stdout.write(`${line}\n`);

function readEnvironment() {
  const port = Number(process.env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new WrongUse(`PORT=${process.env.PORT}: not a port`);
  const people = process.env.RELIEF_PEOPLE;
  if (people && !TEMPERAMENTS.includes(people as Temperament))
    throw new WrongUse(`RELIEF_PEOPLE=${people}: not one of ${TEMPERAMENTS.join(', ')}`);
  try {
    configOf('local', { RELIEF_FEEDS: process.env.RELIEF_FEEDS });
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
  return {
    port,
    people: people as Temperament | undefined,
    poll: process.env.RELIEF_POLL === 'on',
    dataDir: resolve(process.env.RELIEF_DATA_DIR ?? '.relief'),
  };
}

/** The demonstration's people and goods, if nobody is on the roster yet. True when they were loaded. */
async function loadOnFirstStart(system: System): Promise<boolean> {
  const names = tablesOf(system);
  if ((await createExpertStore(system.tables, names.experts).readRoster()).length > 0) return false;
  say(
    'First start: loading the demonstration. All people are invented; their numbers and addresses belong to nobody.',
  );
  await loadDemonstration({
    tables: system.tables,
    names,
    seed: SEED,
    now: new Date().toISOString(),
    topicArnPrefix: topicPrefix(system),
    subscribe: system.subscribe,
    progress: line => say(`  ${line}`),
  });
  return true;
}

/** Hands the bundled alert in as a drill, as of its own time, and waits until the desk is asked. */
async function replaySample(system: System, asked: () => Promise<void>): Promise<void> {
  const bytes = readFileSync(SAMPLE);
  const reading = await readBody(bytes);
  say(`Replaying the sample alert: ${reading.accepted[0]?.title ?? 'none'} (USGS, made from public facts).`);
  const token = await system.token({ name: 'Desk', groups: ['desk'] });
  const reply = await system.http({
    method: 'POST',
    path: '/api/alerts',
    headers: { authorization: `Bearer ${token}`, 'x-relief-drill-as-of': newestTimeIn([reading]) },
    body: bytes,
  });
  if (reply.statusCode !== 202) throw new Error(`the sample alert was refused: ${reply.body}`);
  await asked();
}

function describe({ deployment }: Whole, url: string): void {
  const { deploymentId, state, teams, goods, disaster } = deployment;
  say(`  event       ${disaster.level}  ${disaster.title} (${disaster.countryName}), ${disaster.occurredAt}`);
  for (const team of teams)
    say(
      `  need        ${team.teamType}: ${team.required} seats, ready ${team.deadlineHours} h after the request (rule ${team.ruleId})`,
    );
  if (goods.length > 0)
    say(`  need        goods: ${goods.map(line => `${line.quantity} ${line.item}`).join(', ')}`);
  say(
    `  deployment  ${deploymentId}: ${state}.${isUndecided(deployment) ? ' Nobody has been asked; it waits for you.' : ''}`,
  );
  say(`  decide      ${url}/#/deployments/${deploymentId}`);
}

const showSteps = (step: string, execution: string) =>
  say(`  ${new Date().toISOString().slice(11, 19)}  ${execution.slice(0, 44).padEnd(44)}  ${step}`);

await runCommand(async () => {
  readArguments({ usage, options: {}, positionals: 'none' });
  const { port, people, poll, dataDir } = readEnvironment();
  const clock = createWallClock();
  const world = createWorld(clock);
  let onAsked = () => {};
  const asked = new Promise<void>(done => {
    onAsked = done;
  });
  const crowd = people && createPeople(world, people, SEED, address => address.startsWith('+4420'), SPEED);
  const began = Date.now();
  const system = await boot({
    clock,
    dataDir,
    poll,
    publicUrl: `http://localhost:${port}`,
    ...(crowd && { onSms: crowd.onSms, onEmail: crowd.onEmail }),
    onTransition({ execution, to }) {
      if (to) showSteps(to, execution);
    },
    onDeskMessage: ({ subject }) => {
      say(`  desk told   ${subject}`);
      onAsked();
    },
    logs: ({ level, entry, line }) => {
      if (level !== 'info') process.stderr.write(`${entry}: ${line}\n`);
    },
  });
  world.attach(system);
  // People remember what they were asked before the system was stopped; who has answered finds nothing left to answer.
  for (const sms of system.outbox.sms) crowd?.onSms(sms);
  for (const email of system.outbox.emails) crowd?.onEmail(email);
  const { functions, machines, tables } = system.blueprint;
  say(
    `Relief Dispatch: ${functions.length} functions, ${machines.length} workflows and ${tables.length} tables as the CDK app describes them (${Date.now() - began} ms).`,
  );
  // A folder of its own: the tokens lie beside it and are never served.
  const consoleDir = join(dataDir, 'console');
  await buildConsole(consoleDir);
  const server = await serve(system, { port, consoleDir });
  const isFirst = await loadOnFirstStart(system);
  if (isFirst) await replaySample(system, () => asked);
  const { wholes } = await readWorld(system);
  if (!isFirst) say(`Data of ${dataDir}: ${wholes.length} deployments; what was running goes on.`);
  for (const whole of wholes.slice(0, 5)) describe(whole, server.url);
  say('');
  say(`The desk is open on ${server.url}`);
  say(
    `  sign in with the token in ${join(dataDir, 'desk-token')}; a second person's is approver-token beside it`,
  );
  say(`  messages sent: ${server.url}/local/outbox   the API: ${server.url}/openapi.json`);
  say(
    crowd
      ? `  simulated people (${people}) answer at ${SPEED}x`
      : '  nobody answers by itself: RELIEF_PEOPLE=typical npm start lets simulated people answer',
  );
  say(
    poll
      ? '  the public feeds are polled'
      : '  the public feeds are not polled: RELIEF_POLL=on npm start does',
  );
  await new Promise<void>(done => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
  say('Closing; running deployments go on at the next start.');
  await server.close();
  await system.close();
  return 0;
});
