import type { Whole } from '../../console/whole.ts';
import type { Deployment, DeploymentTeam, Seat } from '../../functions/domain/deployment.ts';

/** A rescue team of two dog handlers and two doctors. */
export const team = (over: Partial<DeploymentTeam>): DeploymentTeam => ({
  teamType: 'rescue',
  ruleId: 'EQ-RESCUE',
  seats: [
    { role: 'dog-handler', count: 2, critical: false },
    { role: 'doctor', count: 2, critical: true },
  ],
  deadlineHours: 24,
  standbyRatio: 0.2,
  replyWindowMinutes: 30,
  employerWindowMinutes: 60,
  missionDays: 10,
  required: 4,
  deadlineAt: null,
  filledAt: null,
  confirmedAt: null,
  goesShort: false,
  ...over,
});

/** A deployment of one rescue team. */
export const a = (over: Partial<Deployment>): Deployment => ({
  deploymentId: 'D-1',
  eventId: 'EQ-20230206-TUR',
  furtherEventIds: [],
  disaster: {
    title: 'M 7.8',
    hazard: 'EQ',
    level: 'Red',
    occurredAt: '2023-02-06T01:17:34Z',
    country: 'TUR',
    countryName: 'Türkiye',
    position: null,
  },
  profile: null,
  drill: false,
  state: 'Proposed',
  policyVersion: '1',
  reasons: [],
  teams: [team({})],
  goods: [],
  request: null,
  conflictCaused: null,
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
  preparedAt: null,
  soundedOutAt: null,
  standDown: null,
  createdAt: '2023-02-06T02:00:00Z',
  createdBy: 'policy',
  updatedAt: '2023-02-06T02:00:00Z',
  version: 3,
  ...over,
});

/** The same with its first seats in these states; whoever holds one has been asked. */
export function whole(over: Partial<Deployment>, states: Seat['state'][]): Whole {
  const deployment = a(over);
  const seats = states.map((state, index): Seat => {
    const role = index % 2 === 0 || index > 2 ? (index > 2 ? 'doctor' : 'dog-handler') : 'doctor';
    const empty = state === 'Open' || state === 'No candidate';
    return {
      deploymentId: 'D-1',
      seatId: `rescue/${role}/${index + 1}`,
      teamType: 'rescue',
      role,
      number: index + 1,
      critical: role === 'doctor',
      state,
      expertId: empty ? null : `E-${index}`,
      offerId: empty ? null : `o${index}`,
      arrivesAt: `2023-02-06T0${7 + Math.min(index, 2)}:00:00Z`,
      reasons: [],
      timesAsked: 1,
      filledAt: null,
    };
  });
  if (seats[2]) seats[2].arrivesAt = '2023-02-06T10:00:00Z';
  const offers = seats.flatMap(seat =>
    seat.offerId ? [{ offerId: seat.offerId, askedAt: '2023-02-06T04:00:00Z', finalWord: null }] : [],
  ) as unknown as Whole['offers'];
  return { ...deployment, seats, offers, notices: [], goodsLines: [], timeline: [], waitsFor: null };
}
