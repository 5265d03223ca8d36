import type { Deployment, DeploymentTeam, Seat } from '../domain/deployment.ts';
import type { Employer, Expert } from '../domain/expert.ts';
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/primitives.ts';
import { DAY, HOUR, plus } from '../domain/time.ts';
import { isReachable } from './eligibility.ts';
import { Candidate, type MatchInput, type MatchTeam } from './instance.ts';

/** The records that a plan is made from. */
export type PlanRecords = {
  deployment: Deployment;
  /** All seats of the deployment; those without a person are filled, those with one keep theirs. */
  seats: readonly Seat[];
  experts: readonly Expert[];
  employers: readonly Employer[];
  policy: Policy;
  /** Everybody who has had an offer of a seat in this deployment. */
  askedExpertIds: readonly string[];
  excludedExpertIds: readonly string[];
  /** Answered yes when they were asked whether they could go. */
  preferredExpertIds: readonly string[];
  now: Instant;
};

/** The matching problem of a deployment as it stands now. Teams that are confirmed or go short are not touched. */
export function matchInputOf(records: PlanRecords): MatchInput {
  const { deployment, seats, policy, now } = records;
  const teams = deployment.teams.filter(team => team.confirmedAt === null && !team.goesShort);
  const types = new Set(teams.map(team => team.teamType));
  const seated = seats.flatMap(({ expertId }) => (expertId === null ? [] : [expertId]));
  return {
    deploymentId: deployment.deploymentId,
    now,
    requestedAt: deployment.request?.receivedAt ?? now,
    timeZone: policy.desk.timeZone,
    assemblyPoint: policy.desk.assemblyPoint.position,
    languages: deployment.profile?.languages ?? [],
    restDays: policy.restDays.days,
    leastProficiency: policy.leastProficiency,
    widened: deployment.widened,
    teams: teams.map(team => matchTeamOf(team, now)),
    seats: seats
      .filter(seat => seat.expertId === null && types.has(seat.teamType))
      .map(({ seatId, teamType, role, critical }) => ({ seatId, teamType, role, critical })),
    // Only what the matching needs: no name, number or address goes on from here.
    experts: records.experts.map(expert => Candidate.parse(expert)),
    reachableEmployerIds: records.employers.filter(isReachable).map(({ employerId }) => employerId),
    askedExpertIds: [...new Set([...records.askedExpertIds, ...seated])],
    excludedExpertIds: [...records.excludedExpertIds],
    preferredExpertIds: [...records.preferredExpertIds],
  };
}

/** Without a request the deadline is counted from now. The mission lasts from now to its days after the deadline. */
function matchTeamOf(team: DeploymentTeam, now: Instant): MatchTeam {
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
      // 35 × 0.2 is a little above 7 in floating point and must not become 8.
      count: Math.ceil(count * team.standbyRatio - 1e-9),
    })),
  };
}
