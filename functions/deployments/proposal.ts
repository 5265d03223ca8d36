import * as z from 'zod';
import type { Deployment } from '../domain/deployment.ts';
import { type GoodsNeed, Need, type TeamNeed } from '../domain/need.ts';
import type { Policy } from '../domain/policy.ts';
import { CountryCode, Hazard, Instant, Level, Position } from '../domain/primitives.ts';
import { addIncrease, type Increase } from '../needs/emergency.ts';
import { seatCount, toDeploymentTeam } from './seating.ts';
import { isUndecided } from './states.ts';

/** What "Assess needs" says of an event, and what opens or raises a deployment. */
export const AssessedEvent = z.object({
  eventId: z.string(),
  /** Made of exercises alone: whatever follows is a drill. */
  exercise: z.boolean(),
  title: z.string(),
  hazard: Hazard,
  level: Level,
  occurredAt: Instant,
  countries: z.array(CountryCode),
  position: Position.nullable(),
  state: z.enum(['open', 'closed']),
});
export type AssessedEvent = z.infer<typeof AssessedEvent>;

export const Assessed = z.object({ eventId: z.string(), event: AssessedEvent, need: Need });

/**
 * Ids stay readable and short enough for an execution's name (80 characters): `D-` for real, `DR-` for a drill; `number`
 * counts those opened by hand for the same event.
 */
export const deploymentIdOf = (
  { eventId, exercise }: Pick<AssessedEvent, 'eventId' | 'exercise'>,
  number = 1,
): string => {
  const name = eventId
    .replace(/^EXERCISE-/, '')
    .replace(/[^A-Za-z0-9-]/g, '-')
    .slice(0, 68);
  return `${exercise ? 'DR' : 'D'}-${name}${number > 1 ? `-${number}` : ''}`;
};

/** A proposal as the policy (or a person, `by`) makes it. Nobody is asked before the desk decides. */
export function propose(event: AssessedEvent, need: Need, by: string, now: Instant, number = 1): Deployment {
  const country = need.country?.country ?? event.countries[0] ?? null;
  return {
    deploymentId: deploymentIdOf(event, number),
    eventId: event.eventId,
    furtherEventIds: [],
    disaster: {
      title: event.title,
      hazard: event.hazard,
      level: event.level,
      occurredAt: event.occurredAt,
      country,
      countryName: need.country?.name ?? country ?? event.title,
      position: event.position,
    },
    profile: need.country,
    drill: event.exercise,
    state: 'Proposed',
    policyVersion: need.policyVersion,
    reasons: need.reasons,
    teams: need.teams.map(team => toDeploymentTeam(team, null)),
    goods: need.goods,
    request: null,
    conflictCaused: null,
    approvals: [],
    standby: [],
    plans: 0,
    brokenRules: [],
    gaps: {},
    widened: false,
    increase: null,
    stage: null,
    stages: [],
    preparedAt: null,
    soundedOutAt: null,
    standDown: null,
    createdAt: now,
    createdBy: by,
    updatedAt: now,
    heard: 0,
    heardOf: [],
    version: 0,
  };
}

type MoreNeed = { teams: TeamNeed[]; goods: GoodsNeed[] };

/** The deployment with further seats and goods; a team that grows is no longer full, and one that is new has the request's deadline. */
export function grow(deployment: Deployment, added: MoreNeed): Deployment {
  const grown = addIncrease(deployment, added);
  const touched = new Set(added.teams.map(team => team.teamType));
  return {
    ...deployment,
    goods: grown.goods,
    teams: grown.teams.map(team => {
      const before = deployment.teams.find(each => each.teamType === team.teamType);
      if (!before) return toDeploymentTeam(team, deployment.request?.receivedAt ?? null);
      if (!touched.has(team.teamType)) return before;
      return { ...before, seats: team.seats, required: seatCount(team), filledAt: null, confirmedAt: null };
    }),
  };
}

/**
 * What news of an event does to its deployment: its facts are brought up to date; further need joins a proposal at once
 * (an approval given for less no longer counts) and waits for the desk once people are being asked.
 */
export function takeNews(
  deployment: Deployment,
  event: AssessedEvent,
  added: Increase,
  now: Instant,
): Deployment {
  const isOwn = deployment.eventId === event.eventId;
  const known = isOwn || deployment.furtherEventIds.includes(event.eventId);
  const { title, level } = event;
  const told: Deployment = {
    ...deployment,
    disaster: isOwn
      ? { ...deployment.disaster, title, level, position: event.position ?? deployment.disaster.position }
      : deployment.disaster,
    furtherEventIds: known ? deployment.furtherEventIds : [...deployment.furtherEventIds, event.eventId],
  };
  if (added.teams.length === 0 && added.goods.length === 0) return told;
  const reasons = [...deployment.reasons, ...added.reasons];
  if (isUndecided(deployment)) {
    const state = deployment.state === 'Waits for second approval' ? 'Waits for approval' : deployment.state;
    return { ...grow(told, added), reasons, approvals: [], state, updatedAt: now };
  }
  const eventIds = [...new Set([...(deployment.increase?.eventIds ?? []), event.eventId])];
  return {
    ...told,
    increase: {
      ...addIncrease(deployment.increase ?? { teams: [], goods: [] }, added),
      eventIds,
      reasons: [...(deployment.increase?.reasons ?? []), ...added.reasons],
      proposedAt: now,
      // An approval given for less no longer counts.
      approvals: [],
    },
    updatedAt: now,
  };
}

/** Whether two deployments say the same; then nothing is written and nobody is told. */
export const isSame = (a: Deployment, b: Deployment): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only the policy's own roles and teams can be asked for by hand. */
export function needByHand(
  policy: Policy,
  eventId: string,
  wanted: { teams: string[]; consignments: string[] },
  country: Need['country'],
  by: string,
): Need {
  const teams = policy.teams.filter(team => wanted.teams.includes(team.teamType));
  const consignments = policy.consignments.filter(each => wanted.consignments.includes(each.consignment));
  const ruleId = 'BY-HAND';
  return {
    eventId,
    policyVersion: policy.version,
    country,
    teams: teams.map(
      ({
        teamType,
        seats,
        deadlineHours,
        standbyRatio,
        replyWindowMinutes,
        employerWindowMinutes,
        missionDays,
      }) => ({
        teamType,
        ruleId,
        seats,
        deadlineHours,
        standbyRatio,
        replyWindowMinutes,
        employerWindowMinutes,
        missionDays,
      }),
    ),
    goods: consignments.flatMap(each =>
      each.lines.map(line => ({ ...line, ruleId, deadlineHours: each.deadlineHours })),
    ),
    reasons: [{ ruleId, text: `Started by hand by ${by}.` }],
  };
}
