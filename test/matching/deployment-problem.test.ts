import { describe, expect, it } from 'vitest';
import type { Deployment, Seat } from '../../functions/domain/deployment.ts';
import { matchProblemOf } from '../../functions/matching/deployment-problem.ts';
import { MatchProblem } from '../../functions/matching/problem.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';

const now = '2026-03-02T00:00:00.000Z';
const hours = (count: number) => new Date(Date.parse(now) + count * 3_600_000).toISOString();

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
  plans: 0,
  brokenRules: [],
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

const problemOf = (
  deployment: Deployment,
  seats: Seat[],
  change: Partial<Parameters<typeof matchProblemOf>[0]> = {},
) =>
  matchProblemOf({
    deployment,
    seats,
    reachableEmployerIds: ['F-1'],
    policy,
    askedExpertIds: ['E-9'],
    excludedExpertIds: ['E-7'],
    preferredExpertIds: ['E-8'],
    reserve: () => 0,
    now,
    ...change,
  });

describe('the matching problem of a deployment', () => {
  it('asks for the seats that have nobody, counts those who sit, and leaves out who was asked', () => {
    const problem = problemOf(aDeployment(), [seat('rescue', 1, 'E-1'), seat('rescue', 2, null)]);
    expect(MatchProblem.parse(problem)).toEqual(problem);
    expect(problem).toMatchObject({
      deploymentId: 'D-1',
      country: 'TUR',
      seats: [{ seatId: 'rescue/fire-rescue/02', critical: false }],
      seated: [{ expertId: 'E-1', teamType: 'rescue', role: 'fire-rescue' }],
      askedExpertIds: ['E-9'],
      excludedExpertIds: ['E-7'],
      preferredExpertIds: ['E-8'],
      reachableEmployerIds: ['F-1'],
    });
  });

  it('takes every number and rule from the policy', () => {
    const profile = {
      country: 'TUR',
      name: 'Türkiye',
      languages: ['tr'],
      leastDeveloped: false,
      smallIsland: false,
      timeZone: null,
    };
    const problem = problemOf(aDeployment({ profile }), [seat('rescue', 1, null)], {
      policy: {
        ...policy,
        restDays: { days: 9, source: 'test' },
        travel: { ...policy.travel, landKmPerHour: 61 },
        costs: { ...policy.costs, noLanguage: 17 },
        entry: {
          ...policy.entry,
          medicalClearance: { required: true, source: 'test' },
          visas: { countries: ['TUR'], source: 'test' },
        },
        teamRules: [
          {
            ruleId: 'SPEAKERS',
            sentence: { en: 'A fifth speaks.', ja: '五分の一は話す。' },
            teams: 'any',
            roles: null,
            kind: 'at least',
            share: 0.2,
            count: null,
            of: { is: 'speaker' },
            source: 'test',
          },
        ],
      },
    });
    expect(problem).toMatchObject({
      restDays: 9,
      languages: ['tr'],
      travel: { landKmPerHour: 61 },
      costs: { noLanguage: 17 },
      entry: { medicalClearance: true, visa: true },
      teamRules: [{ ruleId: 'SPEAKERS', teamType: 'rescue', kind: 'at least', count: 7 }],
    });
    expect(problem.scarceRoles).toContain('team-leader');
  });

  it('counts the standard, the mission, and the stand-by and reserve of the whole team', () => {
    const problem = problemOf(aDeployment(), [], { reserve: seats => seats * 2 });
    expect(problem.requestedAt).toBe(hours(-4));
    expect(problem.teams).toEqual([
      {
        teamType: 'rescue',
        deadlineAt: hours(20),
        missionFrom: now,
        missionUntil: new Date(Date.parse(hours(20)) + 10 * 86_400_000).toISOString(),
        replyWindowMinutes: 60,
        employerWindowMinutes: 60,
        standby: [{ role: 'fire-rescue', critical: false, count: 7 + 70 }],
      },
    ]);
  });

  it('counts from now where there is no request yet, and from now where the standard is past', () => {
    const early = aDeployment({ request: null, teams: [team('rescue', { deadlineAt: null })] });
    expect(problemOf(early, [])).toMatchObject({ requestedAt: now, teams: [{ deadlineAt: hours(24) }] });
    const late = aDeployment({ teams: [team('rescue', { deadlineAt: hours(-1) })] });
    expect(problemOf(late, []).teams[0]!.missionUntil).toBe(hours(240));
  });

  it('leaves teams alone that are confirmed or go short, and gives their people no other seat', () => {
    const deployment = aDeployment({
      teams: [team('rescue', { confirmedAt: now }), team('expert', { goesShort: true })],
    });
    const seats = [seat('rescue', 1, 'E-1'), seat('rescue', 2, null), seat('expert', 1, null)];
    expect(problemOf(deployment, seats)).toMatchObject({
      teams: [],
      teamRules: [],
      seats: [],
      seated: [],
      askedExpertIds: ['E-9', 'E-1'],
    });
  });
});
