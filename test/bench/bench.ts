import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { readBody } from '../../functions/alerts/intake.ts';
import { propose } from '../../functions/deployments/proposal.ts';
import { seatsOf } from '../../functions/deployments/seating.ts';
import { matchInputOf } from '../../functions/matching/deployment-instance.ts';
import type { MatchInput } from '../../functions/matching/instance.ts';
import { matchTeam } from '../../functions/matching/team-match.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';
import { generateRoster } from '../../infra/local/demonstration/roster.ts';
import { repositoryRoot } from '../../infra/repository.ts';

/**
 * What the system needs for its work, beside something that does less in the same run: quote the ratios, since machines
 * differ. Nothing here passes or fails.
 */

/** The median of some runs, in milliseconds, after one to warm up. */
async function median(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const began = performance.now();
    await work();
    if (run > 0) times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}

const row = (what: string, ms: number, beside: string, ratio: number) =>
  console.log(`${what.padEnd(44)} ${ms.toFixed(1).padStart(9)} ms   ${ratio.toFixed(2)} x ${beside}`);

/** The whole way from bytes to alerts, beside a bare strict parse of the same bytes. */
async function benchIntake(): Promise<void> {
  const captures = join(repositoryRoot, '..', 'shared', 'captures');
  const folders: [string, 'xml' | 'json'][] = [
    ['gdacs-rss', 'xml'],
    ['cap', 'xml'],
    ['usgs-geojson', 'json'],
  ];
  for (const [folder, kind] of folders) {
    let files: Buffer[];
    try {
      files = readdirSync(join(captures, folder)).map(name => readFileSync(join(captures, folder, name)));
    } catch {
      console.log(`intake ${folder}: skipped, the captures are not here`);
      continue;
    }
    const bare = await median(5, () => {
      for (const file of files)
        try {
          if (kind === 'json') JSON.parse(file.toString('utf8'));
          else new SaxesParser({ xmlns: true }).write(file.toString('utf8').replace(/^\uFEFF/, '')).close();
        } catch {
          // A broken capture costs the same on both sides.
        }
    });
    const whole = await median(5, async () => {
      for (const file of files) await readBody(file);
    });
    row(`intake ${folder}, ${files.length} files`, whole, 'a bare parse', whole / bare);
  }
}

/** A rescue and a medical team of one event among the demonstration roster. */
function problem(): MatchInput {
  const policy = loadPolicy();
  const now = '2026-02-06T03:00:00.000Z';
  const teams = policy.teams.filter(({ teamType }) => teamType === 'rescue' || teamType === 'medical-2');
  const event = {
    eventId: 'EQ-BENCH',
    exercise: true,
    title: 'M 7.8',
    hazard: 'EQ' as const,
    level: 'Red' as const,
    occurredAt: now,
    countries: ['TUR'],
    position: { latitude: 37.2, longitude: 37 },
    state: 'open' as const,
  };
  const need = {
    eventId: event.eventId,
    policyVersion: policy.version,
    country: null,
    goods: [],
    reasons: [],
    teams: teams.map(team => ({ ...team, ruleId: 'BENCH' })),
  };
  const deployment = propose(event, need, 'bench', now);
  const { experts, employers } = generateRoster(1, now);
  return matchInputOf({
    deployment,
    seats: seatsOf(deployment),
    experts,
    employers,
    policy,
    askedExpertIds: [],
    excludedExpertIds: [],
    preferredExpertIds: [],
    now,
  });
}

/** In order, the first who holds the role: what the open systems do. Counts the seats that it fills. */
function greedy({ seats, experts }: MatchInput): number {
  const taken = new Set<string>();
  let filled = 0;
  for (const seat of seats) {
    const person = experts.find(
      ({ expertId, qualifications }) =>
        !taken.has(expertId) && qualifications.some(({ role }) => role === seat.role),
    );
    if (!person) continue;
    taken.add(person.expertId);
    filled += 1;
  }
  return filled;
}

async function benchMatching(): Promise<void> {
  const input = problem();
  const simple = await median(5, () => greedy(input));
  const exact = await median(5, () => matchTeam(input));
  row(
    `match ${input.seats.length} seats x ${input.experts.length} people, exact`,
    exact,
    'greedy without any rule',
    exact / simple,
  );
}

/** The whole way of the bundled sample, as a process of its own, beside the time that the mission takes in the world. */
async function benchDrill(): Promise<void> {
  const sample = join(repositoryRoot, 'infra/local/demonstration/sample-alert/us6000jllz.json');
  const began = performance.now();
  const report = JSON.parse(
    execFileSync('npm', ['run', '-s', 'drill', '--', sample, '--json'], {
      cwd: repositoryRoot,
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 100_000_000,
    }).toString(),
  ) as { deployments: { timeline: { at: string }[] }[]; bill: Record<string, number> };
  const ms = performance.now() - began;
  const at = report.deployments.flatMap(each => each.timeline.map(entry => Date.parse(entry.at)));
  const world = Math.max(...at) - Math.min(...at);
  row(`drill of the sample, ${report.bill.invocations} invocations`, ms, 'real time', ms / world);
}

await benchIntake();
await benchMatching();
await benchDrill();
