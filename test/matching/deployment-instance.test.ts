import { describe, expect, it } from 'vitest';
import type { Deployment, Seat } from '../../functions/domain/deployment.ts';
import type { Expert } from '../../functions/domain/expert.ts';
import { matchInputOf } from '../../functions/matching/deployment-instance.ts';
import { MatchInput } from '../../functions/matching/instance.ts';
import { matchTeam } from '../../functions/matching/team-match.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';
import { aCandidate, days, hours, now } from './instances.ts';

const policy = loadPolicy();

const team = (teamType: 'rescue' | 'expert', changes: Partial<Deployment['teams'][number]> = {}) => ({
  teamType,
  ruleId: 'R',
  seats: [{ role: 'fire-rescue', count: 35, critical: false }],
  deadlineHours: 24,
  standbyRatio: 0.2,
  replyWindowMinutes: 60,
  employerWindowMinutes: 60,
  missionDays: 10,
  required: 35,
  deadlineAt: hours(20),
  filledAt: null,
  confirmedAt: null,
  goesShort: false,
  ...changes,
});

const seat = (teamType: 'rescue' | 'expert', number: number, expertId: string | null): Seat => ({
  deploymentId: 'D-1',
  seatId: `${teamType}/fire-rescue/0${number}`,
  teamType,
  role: 'fire-rescue',
  number,
  critical: false,
  state: expertId === null ? 'Open' : 'Asked',
  expertId,
  offerId: null,
  arrivesAt: null,
  reasons: [],
  timesAsked: 0,
  filledAt: null,
});

const aDeployment = (changes: Partial<Deployment> = {}): Deployment => ({
  deploymentId: 'D-1',
  eventId: 'EV-1',
  furtherEventIds: [],
  disaster: {
    title: 'Earthquake',
    hazard: 'EQ',
    level: 'Red',
    occurredAt: now,
    country: 'TUR',
    countryName: 'Türkiye',
    position: null,
  },
  profile: null,
  preparedAt: null,
  soundedOutAt: null,
  drill: false,
  state: 'Filling seats',
  policyVersion: policy.version,
  reasons: [],
  teams: [team('rescue')],
  goods: [],
  request: {
    reference: 'NV 1',
    receivedAt: hours(-4),
    channel: 'embassy',
    recordedBy: 'desk',
    recordedAt: hours(-4),
  },
  conflictCaused: false,
  approvals: [],
  standby: [],
  gaps: {},
  widened: false,
  increase: null,
  heard: 0,
  heardOf: [],
  stage: null,
  stages: [],
  standDown: null,
  createdAt: hours(-5),
  createdBy: 'policy',
  updatedAt: now,
  version: 3,
  ...changes,
});

const anExpert = (expertId: string): Expert => ({
  ...aCandidate(expertId),
  name: { family: 'Family', given: 'Given' },
  gender: 'unstated',
  language: 'ja',
  phone: { number: '+12025550101', state: 'confirmed' },
  email: null,
});

const inputOf = (deployment: Deployment, seats: Seat[]) =>
  matchInputOf({
    deployment,
    seats,
    experts: [anExpert('E-1'), anExpert('E-2'), anExpert('E-3')],
    employers: [
      {
        employerId: 'F-1',
        name: 'City',
        language: 'ja',
        phone: { number: '+12025550102', state: 'confirmed' },
        email: null,
      },
      { employerId: 'F-2', name: 'Town', language: 'ja', phone: null, email: null },
    ],
    policy,
    askedExpertIds: ['E-9'],
    excludedExpertIds: [],
    preferredExpertIds: [],
    now,
  });

describe('the matching problem of a deployment', () => {
  it('asks for the seats that have nobody, and for nobody who sits or was asked', async () => {
    const input = inputOf(aDeployment(), [seat('rescue', 1, 'E-1'), seat('rescue', 2, null)]);
    expect(MatchInput.safeParse(input).success).toBe(true);
    expect(input.seats.map(({ seatId }) => seatId)).toEqual(['rescue/fire-rescue/02']);
    expect(input.askedExpertIds).toEqual(['E-9', 'E-1']);
    expect(input.reachableEmployerIds).toEqual(['F-1']);
    const match = await matchTeam(input);
    expect(match.picks).toMatchObject([{ seatId: 'rescue/fire-rescue/02', expertId: 'E-2' }]);
    expect(match.standby).toEqual([{ teamType: 'rescue', role: 'fire-rescue', expertIds: ['E-3'] }]);
  });

  it('counts the standard, the mission and the stand-by of the whole team', () => {
    const input = inputOf(aDeployment(), []);
    expect(input.requestedAt).toBe(hours(-4));
    expect(input.teams).toEqual([
      {
        teamType: 'rescue',
        deadlineAt: hours(20),
        missionFrom: now,
        missionUntil: new Date(Date.parse(hours(20)) + 10 * 86_400_000).toISOString(),
        replyWindowMinutes: 60,
        employerWindowMinutes: 60,
        standby: [{ role: 'fire-rescue', critical: false, count: 7 }],
      },
    ]);
  });

  it('counts from now where there is no request yet, and from now where the standard is past', () => {
    const early = aDeployment({ request: null, teams: [team('rescue', { deadlineAt: null })] });
    expect(inputOf(early, [])).toMatchObject({ requestedAt: now, teams: [{ deadlineAt: hours(24) }] });
    const late = aDeployment({ teams: [team('rescue', { deadlineAt: hours(-1) })] });
    expect(inputOf(late, []).teams[0]!.missionUntil).toBe(days(10));
  });

  it('leaves teams alone that are confirmed or go short', () => {
    const deployment = aDeployment({
      teams: [team('rescue', { confirmedAt: now }), team('expert', { goesShort: true })],
    });
    expect(inputOf(deployment, [seat('rescue', 1, null), seat('expert', 1, null)])).toMatchObject({
      teams: [],
      seats: [],
    });
  });

  it('carries no name, number or address', () => {
    expect(JSON.stringify(inputOf(aDeployment(), []))).not.toMatch(/Family|Given|\+1202/);
  });
});
