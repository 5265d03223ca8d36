import type * as z from 'zod';
import type { Deployment, DeploymentState, MissionStage } from '../domain/deployment.ts';
import { MissionStage as STAGES } from '../domain/deployment.ts';
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/primitives.ts';
import { DAY, HOUR, isBefore, MINUTE, plus } from '../domain/time.ts';
import { checkGate } from '../needs/gate.ts';
import type { RequestBody } from './actions.ts';
import { grow } from './proposal.ts';
import { seatCount } from './seating.ts';
import { hasEnded, isUndecided } from './states.ts';

/** A decision that is not taken, with the rule that forbids it. */
export type Refusal = { status: 403 | 409 | 422; rule: string; text: string };

/** A decision taken: the deployment after it, and the line for the timeline. */
export type Decided = { deployment: Deployment; what: string } | { refused: Refusal };

const refuse = (status: Refusal['status'], rule: string, text: string): Decided => ({
  refused: { status, rule, text },
});

/** The desk may record a request as received up to this much in the future: clocks differ. */
const CLOCK_SKEW = 10 * MINUTE;

/** Records the affected state's request and the answer to the conflict question. The standard runs from the request. */
export function recordRequest(
  d: Deployment,
  body: z.infer<typeof RequestBody>,
  by: string,
  now: Instant,
): Decided {
  if (!isUndecided(d))
    return refuse(
      409,
      'STATE',
      `The request can be recorded before approval; this deployment is "${d.state}".`,
    );
  if (Date.parse(body.receivedAt) > Date.parse(now) + CLOCK_SKEW)
    return refuse(422, 'REQUEST-TIME', 'The request is said to come from the future. When was it received?');
  const { conflictCaused, ...request } = body;
  const recorded: Deployment = {
    ...d,
    request: { ...request, recordedBy: by, recordedAt: now },
    conflictCaused,
    teams: d.teams.map(team => ({
      ...team,
      deadlineAt: plus(request.receivedAt, team.deadlineHours * HOUR),
    })),
    state: conflictCaused ? 'Refused' : 'Waits for approval',
    approvals: [],
  };
  return {
    deployment: recorded,
    what: conflictCaused
      ? checkGate(recorded).text
      : `Request ${request.reference} recorded, received ${request.receivedAt}`,
  };
}

/** How many different people must approve so many seats. */
const approvalsNeeded = (seats: number, policy: Policy): number =>
  seats > policy.secondApprovalAboveSeats.seats ? 2 : 1;

/** One approval; above the policy's number of seats a second person must give another. */
export function approve(d: Deployment, policy: Policy, by: string, note: string, now: Instant): Decided {
  if (!isUndecided(d)) return refuse(409, 'STATE', `Nothing to approve: this deployment is "${d.state}".`);
  const gate = checkGate(d);
  if (gate.outcome !== 'go') return refuse(409, gate.ruleId, gate.text);
  if (d.approvals.some(approval => approval.by === by))
    return refuse(
      403,
      'SECOND-PERSON',
      'You gave the first approval. Another person with the role approver gives the second.',
    );
  const approvals = [...d.approvals, { by, at: now, note }];
  const seats = d.teams.reduce((sum, team) => sum + seatCount(team), 0);
  if (approvals.length < approvalsNeeded(seats, policy))
    return {
      deployment: { ...d, approvals, state: 'Waits for second approval' },
      what: `First approval by ${by}; ${seats} seats need a second person`,
    };
  return {
    deployment: { ...d, approvals, state: 'Filling seats' },
    what: `Approved by ${by}: ${seats} seats are filled now`,
  };
}

/** Prepare only: people are asked whether they could go, nobody is held. */
export function prepare(d: Deployment, by: string, now: Instant): Decided {
  if (!isUndecided(d)) return refuse(409, 'STATE', `Too late to prepare: this deployment is "${d.state}".`);
  if (d.conflictCaused) return refuse(409, 'GATE-CONFLICT', checkGate(d).text);
  if (d.preparedAt) return refuse(409, 'STATE', 'People have been sounded out already.');
  return {
    deployment: { ...d, preparedAt: now, state: 'Prepared (no request)' },
    what: `Prepare only, by ${by}: people are sounded out, nobody is held`,
  };
}

/** Ends a deployment before anybody was asked to go. */
export function reject(d: Deployment, by: string, reason: string): Decided {
  if (!isUndecided(d))
    return refuse(409, 'STATE', `Too late to reject: this deployment is "${d.state}". Stand it down.`);
  return { deployment: { ...d, state: 'Refused' }, what: `Rejected by ${by}: ${reason}` };
}

/** Calls everything off: everybody who was asked gets a final word. */
export function standDown(d: Deployment, by: string, reason: string, now: Instant): Decided {
  if (hasEnded(d)) return refuse(409, 'STATE', `This deployment is already "${d.state}".`);
  return {
    deployment: { ...d, state: 'Standing down', standDown: { at: now, by, reason } },
    what: `Stand-down by ${by}: ${reason}`,
  };
}

/** The teams with empty seats leave without them. */
export function goShort(d: Deployment, by: string): Decided {
  if (hasEnded(d) || d.standDown) return refuse(409, 'STATE', `This deployment is "${d.state}".`);
  const short = teamsWithGaps(d);
  if (short.length === 0) return refuse(409, 'STATE', 'No seat is without a candidate.');
  return {
    deployment: {
      ...d,
      teams: d.teams.map(team => (short.includes(team.teamType) ? { ...team, goesShort: true } : team)),
    },
    what: `${by} lets ${short.join(', ')} go short of ${Object.keys(d.gaps).length} seats`,
  };
}

/** Later arrivals, lower proficiency and people off their rota count from now on. */
export function widen(d: Deployment, by: string): Decided {
  if (hasEnded(d) || d.standDown) return refuse(409, 'STATE', `This deployment is "${d.state}".`);
  if (d.widened) return refuse(409, 'STATE', 'The search is already widened.');
  const short = teamsWithGaps(d);
  if (short.length === 0) return refuse(409, 'STATE', 'No seat is without a candidate.');
  // A seat without a reason is one that has yet to be planned.
  const gaps = Object.fromEntries(
    Object.entries(d.gaps).filter(([seatId]) => !short.includes(seatId.split('/')[0] as string)),
  );
  return { deployment: { ...d, widened: true, gaps }, what: `${by} widens the search` };
}

/** Teams of which a seat has no candidate left; a seat's id begins with its team. */
export const teamsWithGaps = (d: Deployment): string[] =>
  [...new Set(Object.keys(d.gaps).map(seatId => seatId.split('/')[0] as string))].filter(type =>
    d.teams.some(team => team.teamType === type && !team.goesShort && !team.confirmedAt),
  );

/** The state word for the last stage reported. */
const STATE_AFTER: Record<MissionStage, DeploymentState> = {
  assembled: 'Assembling',
  departed: 'Under way',
  arrived: 'Under way',
  operating: 'Operating',
  demobilised: 'Coming home',
  home: 'Standing down',
};

/** A mission stage as reported; stages come in order, and none comes twice. */
export function reportStage(d: Deployment, stage: MissionStage, at: Instant, by: string): Decided {
  const order = STAGES.options;
  const expected = order[d.stage ? order.indexOf(d.stage) + 1 : 0];
  if (!['Confirmed', 'Assembling', 'Under way', 'Operating', 'Coming home'].includes(d.state))
    return refuse(409, 'STATE', `No stage can be reported: this deployment is "${d.state}".`);
  if (stage !== expected)
    return refuse(409, 'STAGE-ORDER', `The next stage is "${expected ?? 'none'}", not "${stage}".`);
  return {
    deployment: { ...d, stage, stages: [...d.stages, { stage, at, by }], state: STATE_AFTER[stage] },
    what: `Stage reported: ${stage}`,
  };
}

/** Adds what a further event calls for to a deployment that is under way. The same gate holds as for the first approval. */
export function approveIncrease(d: Deployment, policy: Policy, by: string, now: Instant): Decided {
  if (!d.increase) return refuse(409, 'STATE', 'No further need waits for approval.');
  if (hasEnded(d) || d.standDown) return refuse(409, 'STATE', `This deployment is "${d.state}".`);
  const gate = checkGate(d);
  if (gate.outcome !== 'go') return refuse(409, gate.ruleId, gate.text);
  const given = d.increase.approvals;
  if (given.some(approval => approval.by === by))
    return refuse(
      403,
      'SECOND-PERSON',
      'You gave the first approval. Another person with the role approver gives the second.',
    );
  const seats = d.increase.teams.reduce((sum, team) => sum + seatCount(team), 0);
  if (given.length + 1 < approvalsNeeded(seats, policy))
    return {
      deployment: { ...d, increase: { ...d.increase, approvals: [...given, { by, at: now }] } },
      what: `Further need: first approval by ${by}; ${seats} further seats need a second person`,
    };
  const reasons = [...d.reasons, ...d.increase.reasons];
  const grown = grow(
    { ...d, reasons, approvals: [...d.approvals, { by, at: now, note: 'further need' }] },
    d.increase,
  );
  const state = d.state === 'Full' || d.state === 'Confirmed' ? 'Filling seats' : d.state;
  return { deployment: { ...grown, state, increase: null }, what: `Further need approved by ${by}` };
}

/** A proposal that nobody has decided on for this long has lapsed: the disaster is no longer a matter of hours. */
const PROPOSAL_LAPSES_AFTER = 7 * DAY;

/** What the desk has decided so far, as the workflow that asks it reads it; undefined while it has not. */
export function deskDecision(d: Deployment): 'approve' | 'prepare' | 'stand down' | undefined {
  if (d.standDown || d.state === 'Refused') return 'stand down';
  if (d.preparedAt && !d.soundedOutAt && d.state === 'Prepared (no request)') return 'prepare';
  return isUndecided(d) ? undefined : 'approve';
}

export const hasLapsed = (d: Deployment, now: Instant): boolean =>
  deskDecision(d) === undefined && !isBefore(now, plus(d.createdAt, PROPOSAL_LAPSES_AFTER));

/** Where the mission is, as the workflow that follows it reads it; undefined while it must wait. */
export function missionNews(
  d: Deployment,
  seatsOpen: boolean,
): 'home' | 'stand down' | 'more people' | undefined {
  if (d.standDown) return 'stand down';
  if (d.stage === 'home') return 'home';
  return seatsOpen ? 'more people' : undefined;
}
