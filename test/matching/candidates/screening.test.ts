import { describe, expect, it } from 'vitest';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import type { Candidate, MatchInstance } from '../../../functions/matching/problem.ts';
import {
  aCandidate,
  anInstance,
  aQualification,
  aTeam,
  days,
  hours,
  now,
  problemAndRoster,
  seats,
} from '../instances.ts';

const screened = (instance: MatchInstance) => {
  const { problem, roster } = problemAndRoster(instance);
  return screen(problem, roster);
};

type Row = [rule: string, person: Partial<Candidate>, input?: Partial<MatchInstance>];

/** What happens to one person who is all there is for one seat. */
const outcome = ([, person, input]: Row, widened = false) => {
  const { screenings } = screened(anInstance({ experts: [aCandidate('E-1', person)], widened, ...input }));
  const { qualified, eligible, removed } = screenings[0]!;
  expect(qualified).toBe(1);
  return eligible === 1 ? 'may go' : [...removed.keys()].join();
};

const entry = { vaccinations: ['tetanus'], medicalClearance: true, visa: true };
const asking = (what: Partial<typeof entry>) => ({
  entry: { vaccinations: [], medicalClearance: false, visa: false, ...what },
});

describe('who may not go', () => {
  const always: Row[] = [
    [
      'certificate ends too early',
      { qualifications: [aQualification('fire-rescue', { validUntil: days(10) })] },
    ],
    ['left out by the desk', {}, { excludedExpertIds: ['E-1'] }],
    ['asked before', {}, { askedExpertIds: ['E-1'] }],
    ['seated', {}, { seated: [{ expertId: 'E-1', teamType: 'rescue', role: 'nurse', arrivesAt: null }] }],
    ['held elsewhere', { hold: { deploymentId: 'D-2', until: hours(1) } }],
    ['on leave', { unavailability: [{ from: days(10), to: days(12), reason: 'leave' }] }],
    ['resting', { lastMissionEndedAt: days(-29) }],
    ['vaccination missing', {}, asking({ vaccinations: ['tetanus'] })],
    [
      'vaccination missing',
      { vaccinations: [{ vaccine: 'tetanus', validUntil: days(10) }] },
      asking({ vaccinations: ['tetanus'] }),
    ],
    [
      'vaccination missing',
      { vaccinations: [{ vaccine: 'tetanus', validUntil: null }] },
      asking({ vaccinations: ['tetanus', 'rabies'] }),
    ],
    ['no medical clearance', {}, asking({ medicalClearance: true })],
    ['no medical clearance', { medicalClearanceUntil: days(10) }, asking({ medicalClearance: true })],
    ['no passport', { passportValidUntil: days(10) }],
    ['no passport', { passportValidUntil: null }],
    ['no visa', { visas: [{ country: 'NPL', validUntil: days(90) }] }, asking({ visa: true })],
    ['no visa', { visas: [{ country: 'TUR', validUntil: days(10) }] }, asking({ visa: true })],
    [
      'no visa',
      { visas: [{ country: 'TUR', validUntil: days(90) }] },
      { ...asking({ visa: true }), country: null },
    ],
    ['employer cannot be asked', { employerId: 'F-2' }],
    ['employer cannot be asked', { employerId: 'F-2', standingConsentUntil: days(10) }],
    ['not reachable', { phone: { state: 'pending' }, email: { state: 'lost' } }],
    ['not reachable', { phone: null, email: null }],
  ];
  it.each(always)('%s, not even when the search is widened', (...row) => {
    expect(outcome(row)).toBe(row[0]);
    expect(outcome(row, true)).toBe(row[0]);
  });

  const untilWidened: Row[] = [
    [
      'proficiency too low',
      { qualifications: [aQualification('fire-rescue', { proficiency: 1 })] },
      { seats: seats('rescue', 'fire-rescue', 1, true) },
    ],
    // Day 20514 of the desk's rota.
    ['off duty by the rota', { rota: { group: 1, groups: 4 } }],
    ['too late', { noticeToMoveMinutes: 22 * 60 }],
  ];
  it.each(untilWidened)('%s, until the search is widened', (...row) => {
    expect(outcome(row)).toBe(row[0]);
    expect(outcome(row, true)).toBe('may go');
  });

  it('is who does not hold the role, who is not even counted', () => {
    const { screenings } = screened(
      anInstance({ experts: [aCandidate('E-1', { qualifications: [aQualification('nurse')] })] }),
    );
    expect(screenings).toEqual([{ qualified: 0, eligible: 0, removed: new Map() }]);
  });

  it('is counted at the first rule that removes them, in the order of the rules', () => {
    const away = { unavailability: [{ from: now, to: days(3), reason: 'leave' }] };
    const held = { hold: { deploymentId: 'D-2', until: days(3) } };
    const { screenings } = screened(
      anInstance({
        experts: [
          aCandidate('N-1', { phone: null }),
          aCandidate('N-2', { phone: null, ...away }),
          ...[1, 2].map(n => aCandidate(`H-${n}`, { ...held, ...away })),
        ],
      }),
    );
    expect([...screenings[0]!.removed]).toEqual([
      ['held elsewhere', 2],
      ['on leave', 1],
      ['not reachable', 1],
    ]);
  });
});

describe('who may go', () => {
  const rows: Row[] = [
    ['one with everything in order', {}],
    [
      'the longest of several certificates counts',
      {
        qualifications: [
          aQualification('fire-rescue', { validUntil: days(90) }),
          aQualification('fire-rescue', { validUntil: days(1) }),
        ],
      },
    ],
    ['a hold of this deployment', { hold: { deploymentId: 'D-1', until: hours(1) } }],
    ['a hold that has ended', { hold: { deploymentId: 'D-2', until: now } }],
    [
      'leave that ends as the mission starts',
      { unavailability: [{ from: days(-5), to: now, reason: 'leave' }] },
    ],
    [
      'leave that starts when the mission is over',
      { unavailability: [{ from: days(11), to: days(12), reason: 'leave' }] },
    ],
    ['the rest is over today', { lastMissionEndedAt: days(-30) }],
    ['never on a mission, however long the rest', {}, { restDays: 100_000 }],
    ['on duty by the rota', { rota: { group: 2, groups: 4 } }],
    ['a standing consent for the whole mission', { employerId: 'F-2', standingConsentUntil: days(11) }],
    ['reached by e-mail only', { phone: { state: 'lost' }, email: { state: 'confirmed' } }],
    [
      'a basic one for a seat that is not critical',
      { qualifications: [aQualification('fire-rescue', { proficiency: 1 })] },
    ],
    ['a team without a deadline', { noticeToMoveMinutes: 5000 }, { teams: [aTeam({ deadlineAt: null })] }],
    [
      'all papers to the last day of the mission',
      {
        visas: [{ country: 'TUR', validUntil: days(11) }],
        vaccinations: [{ vaccine: 'tetanus', validUntil: days(11) }],
        medicalClearanceUntil: days(11),
        passportValidUntil: days(11),
      },
      { entry },
    ],
    ['there in the very minute of the deadline', {}, { teams: [aTeam({ deadlineAt: hours(2.5) })] }],
  ];
  it.each(rows)('%s', (...row) => {
    expect(outcome(row)).toBe('may go');
  });
});

it('judges the rota on the day of the request in the desk zone, however late the search goes on', () => {
  const person = { rota: { group: 20513 % 4, groups: 4 } };
  expect(outcome(['', person, { requestedAt: '2026-03-01T14:59:59.000Z' }])).toBe('may go');
  expect(outcome(['', person, { requestedAt: '2026-03-01T15:00:00.000Z' }])).toBe('off duty by the rota');
});
