import { MissionStage } from '../../../functions/domain/deployment.ts';
import { createStream } from '../random.ts';
import type { System } from '../surface.ts';
import type { Transition } from '../workflow/runner.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Two people, since above the policy's number of seats a second one must approve. */
const OFFICER = { name: 'Drill officer', 'cognito:groups': ['desk', 'approver'] };
const APPROVER = { name: 'Drill approver', 'cognito:groups': ['approver'] };

/** Hours from the stage before (from confirmation to `assembled`: the people's own arrival). Unconfirmed. */
const STAGE_HOURS: Partial<Record<MissionStage, number>> = {
  departed: 4,
  arrived: 14,
  operating: 6,
  home: 24,
};

type Answer = {
  statusCode: number;
  deployment: Record<string, unknown> & { state?: string; version?: number; detail?: string };
};

async function act(
  system: System,
  who: object,
  deploymentId: string,
  action: string,
  body: object,
): Promise<Answer> {
  const reply = await system.http({
    method: 'POST',
    path: `/api/deployments/${deploymentId}/${action}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    claims: who as Record<string, unknown>,
  });
  return { statusCode: reply.statusCode, deployment: JSON.parse(reply.body || '{}') };
}

/** What a drill's desk could not do, in words: a drill without such lines went as it should. */
export type Complaint = string;

/**
 * The desk of a drill: records the state's request and approves, with a second person; widens the search when candidates
 * are exhausted and then lets the team go short; reports the stages of the mission as time passes.
 */
export function createDeskOfficer(world: World, seed: string | number) {
  const complaints: Complaint[] = [];
  const planned = new Set<string>();
  const minutesFor = (...what: string[]) => 3 + Math.round(createStream(seed, 'desk', ...what).next() * 12);

  const once = (key: string, dueMs: number, deed: (system: System) => Promise<void>): void => {
    if (planned.has(key)) return;
    planned.add(key);
    world.at(dueMs, deed, key);
  };

  const expect = (what: string, { statusCode, deployment }: Answer): void => {
    if (statusCode !== 200) complaints.push(`${what}: ${statusCode} ${deployment.detail ?? ''}`);
  };

  /** The request comes in and the first person approves; the second follows when the policy wants one. */
  const decide = (deploymentId: string): void => {
    const dueMs = world.now() + minutesFor(deploymentId, 'request') * MINUTE;
    once(`request/${deploymentId}`, dueMs, async system => {
      const receivedAt = new Date(world.now()).toISOString();
      const request = {
        reference: `NV/${deploymentId.slice(-12)}`,
        receivedAt,
        channel: 'embassy',
        conflictCaused: false,
      };
      expect('request', await act(system, OFFICER, deploymentId, 'record-request', { request }));
      const first = await act(system, OFFICER, deploymentId, 'approve', { note: 'drill' });
      expect('approval', first);
      if (first.deployment.state !== 'Waits for second approval') return;
      once(`second/${deploymentId}`, world.now() + minutesFor(deploymentId, 'second') * MINUTE, async next =>
        expect('second approval', await act(next, APPROVER, deploymentId, 'approve', { note: 'drill' })),
      );
    });
  };

  const decideOnGaps = (deploymentId: string): void => {
    const isFirst = !planned.has(`widen/${deploymentId}`);
    const action = isFirst ? 'widen' : 'go-short';
    const key = isFirst ? `widen/${deploymentId}` : `go-short/${deploymentId}/${world.now()}`;
    once(key, world.now() + minutesFor(deploymentId, key) * MINUTE, async system =>
      expect(action, await act(system, OFFICER, deploymentId, action, {})),
    );
  };

  /** When the next stage comes, from what the deployment itself says. */
  const follow = (deploymentId: string): void => {
    once(`look/${deploymentId}/${world.now()}`, world.now() + 1000, async system => {
      const reply = await system.http({
        method: 'GET',
        path: `/api/deployments/${deploymentId}`,
        claims: OFFICER,
      });
      const whole = JSON.parse(reply.body) as {
        stage: MissionStage | null;
        teams: { missionDays: number }[];
        seats: { arrivesAt: string | null }[];
        standDown: unknown;
      };
      const stages = MissionStage.options;
      const stage = stages[whole.stage ? stages.indexOf(whole.stage) + 1 : 0];
      if (!stage || whole.standDown) return;
      const arrivals = whole.seats.map(seat => Date.parse(seat.arrivesAt ?? '') || 0);
      const missionHours = Math.max(0, ...whole.teams.map(team => team.missionDays)) * 24;
      const dueMs =
        stage === 'assembled'
          ? Math.max(world.now() + HOUR, ...arrivals)
          : world.now() + (stage === 'demobilised' ? missionHours : (STAGE_HOURS[stage] ?? 1)) * HOUR;
      once(`${stage}/${deploymentId}`, dueMs, async next =>
        expect(`stage ${stage}`, await act(next, OFFICER, deploymentId, 'report-stage', { stage })),
      );
    });
  };

  return {
    complaints,
    /** Sees on the screen that a workflow has come to wait for the desk. */
    onTransition: ({ machine, execution, to }: Transition): void => {
      if (!/deploy-team$/.test(machine)) return;
      if (to === 'Ask the desk') decide(execution);
      if (to === 'Ask the desk about gaps') decideOnGaps(execution);
      if (to === 'Track mission') follow(execution);
    },
  };
}
