import { propose } from '../../functions/deployments/proposal.ts';
import { seatsOf } from '../../functions/deployments/seating.ts';
import { matchInputOf } from '../../functions/matching/deployment-instance.ts';
import type { MatchInput } from '../../functions/matching/instance.ts';
import { matchTeam } from '../../functions/matching/team-match.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';
import { generateRoster } from '../../infra/local/demonstration/roster.ts';
import { median, row } from './measure.ts';

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

/** Finding people for the seats of two teams, beside taking the first who fits. */
export async function benchMatching(): Promise<void> {
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
