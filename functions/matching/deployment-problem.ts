import type { Deployment, DeploymentTeam, Seat } from '../domain/deployment.ts';
import { entryFor, type Policy, scarceRolesOf } from '../domain/policy.ts';
import type { Instant } from '../domain/primitives.ts';
import { DAY, HOUR, plus } from '../domain/time.ts';
import type { MatchProblem, MatchTeam } from './problem.ts';
import { teamRulesOf } from './team-rules.ts';

/** The records that a plan is made from; the people come beside it, as columns. */
export type PlanRecords = {
  deployment: Deployment;
  /** All seats of the deployment: those without a person are filled, those with one keep theirs. */
  seats: readonly Seat[];
  /** Employers who can be asked. */
  reachableEmployerIds: readonly string[];
  policy: Policy;
  /** Everybody who has had an offer of a seat or a stand-by place in this deployment. */
  askedExpertIds: readonly string[];
  excludedExpertIds: readonly string[];
  /** Answered yes when they were asked whether they could go. */
  preferredExpertIds: readonly string[];
  /** How many further people a role with so many seats may need, beside those asked to stand by. */
  reserve: (seats: number) => number;
  now: Instant;
};

/** The matching problem of a deployment as it stands now. Teams that are confirmed or go short are not touched. */
export function matchProblemOf(records: PlanRecords): MatchProblem {
  const { deployment, seats, policy, now } = records;
  const teams = deployment.teams.filter(team => team.confirmedAt === null && !team.goesShort);
  const types = new Set(teams.map(team => team.teamType));
  const languages = deployment.profile?.languages ?? [];
  const seated = seats.flatMap(({ expertId, teamType, role, arrivesAt }) =>
    expertId === null ? [] : [{ expertId, teamType, role, arrivesAt }],
  );
  const { source: _travel, ...travel } = policy.travel;
  const { source: _costs, ...costs } = policy.costs;
  const { critical, other } = policy.leastProficiency;
  return {
    deploymentId: deployment.deploymentId,
    now,
    requestedAt: deployment.request?.receivedAt ?? now,
    timeZone: policy.desk.timeZone,
    assemblyPoint: policy.desk.assemblyPoint.position,
    country: deployment.disaster.country,
    languages,
    restDays: policy.restDays.days,
    leastProficiency: { critical, other },
    entry: entryFor(policy.entry, deployment.disaster.country),
    scarceRoles: scarceRolesOf(policy),
    travel,
    costs,
    widened: deployment.widened,
    teams: teams.map(team => matchTeamOf(team, now, records.reserve)),
    teamRules: teams.flatMap(team => teamRulesOf(policy.teamRules, team, languages)),
    seats: seats
      .filter(seat => seat.expertId === null && types.has(seat.teamType))
      .map(({ seatId, teamType, role, critical: isCritical }) => ({
        seatId,
        teamType,
        role,
        critical: isCritical,
      })),
    seated: seated.filter(({ teamType }) => types.has(teamType)),
    reachableEmployerIds: [...records.reachableEmployerIds],
    // Who sits in a team that is not planned counts for no rule here, and is no more to be had than who was asked.
    askedExpertIds: [
      ...new Set([
        ...records.askedExpertIds,
        ...seated.filter(({ teamType }) => !types.has(teamType)).map(({ expertId }) => expertId),
      ]),
    ],
    excludedExpertIds: [...records.excludedExpertIds],
    preferredExpertIds: [...records.preferredExpertIds],
  };
}

/** Without a request the deadline is counted from now. The mission lasts from now to its days after the deadline. */
function matchTeamOf(team: DeploymentTeam, now: Instant, reserve: PlanRecords['reserve']): MatchTeam {
  const deadlineAt = team.deadlineAt ?? plus(now, team.deadlineHours * HOUR);
  return {
    teamType: team.teamType,
    deadlineAt,
    missionFrom: now,
    missionUntil: plus(Date.parse(deadlineAt) > Date.parse(now) ? deadlineAt : now, team.missionDays * DAY),
    replyWindowMinutes: team.replyWindowMinutes,
    employerWindowMinutes: team.employerWindowMinutes,
    standby: team.seats.map(({ role, critical, count }) => ({
      role,
      critical,
      count: standbyCount(team, count) + reserve(count),
    })),
  };
}

/** How many are asked to stand by for so many seats of a role: 35 × 0.2 is a little above 7 in floating point and must not become 8. */
export const standbyCount = ({ standbyRatio }: Pick<DeploymentTeam, 'standbyRatio'>, seats: number): number =>
  Math.ceil(seats * standbyRatio - 1e-9);
