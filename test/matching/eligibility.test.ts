import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../functions/matching/eligibility.ts';
import type { Candidate, MatchInput } from '../../functions/matching/instance.ts';
import { matchTeam } from '../../functions/matching/team-match.ts';
import { aCandidate, anInstance, aQualification, aTeam, days, hours, now, seats } from './instances.ts';

type Row = [reason: string, person: Partial<Candidate>, input?: Partial<MatchInput>];

/** What happens to one person who is all there is for one seat. */
const outcome = async ([, person, input]: Row, widened = false) => {
  const instance = anInstance({ experts: [aCandidate('E-1', person)], widened, ...input });
  const match = await matchTeam(instance);
  return match.picks.length === 1 ? 'eligible' : match.empty[0]!.reason;
};

describe('who may not be asked', () => {
  const always: Row[] = [
    [
      'with a certificate that ends before the mission does',
      { qualifications: [aQualification('fire-rescue', { validUntil: days(10) })] },
    ],
    ['left out by the desk', {}, { excludedExpertIds: ['E-1'] }],
    ['asked before', {}, { askedExpertIds: ['E-1'] }],
    ['held by another deployment', { hold: { deploymentId: 'D-2', until: hours(1) } }],
    ['on leave or on another duty', { unavailability: [{ from: days(10), to: days(12), reason: 'leave' }] }],
    ['resting after a mission', { lastMissionEndedAt: days(-29) }],
    ['without a passport valid for the mission', { passportValidUntil: days(10) }],
    ['without a passport valid for the mission', { passportValidUntil: null }],
    ['whose employer cannot be asked', { employerId: 'F-2' }],
    ['whose employer cannot be asked', { employerId: 'F-2', standingConsentUntil: days(10) }],
    ['not reachable by a confirmed channel', { phone: { state: 'pending' }, email: { state: 'lost' } }],
    ['not reachable by a confirmed channel', { phone: null, email: null }],
  ];
  it.each(always)('%s, not even when the search is widened', async (...row) => {
    expect(await outcome(row)).toBe(`Of 1 qualified: 1 ${row[0]}.`);
    expect(await outcome(row, true)).toBe(`Of 1 qualified: 1 ${row[0]}.`);
  });

  const untilWidened: Row[] = [
    [
      'below the proficiency asked for',
      { qualifications: [aQualification('fire-rescue', { proficiency: 1 })] },
      { seats: seats('rescue', 'fire-rescue', 1, true) },
    ],
    // Day 20514 of the desk's rota.
    ['off duty by the rota', { rota: { group: 1, groups: 4 } }],
    ['arriving after the deadline', { noticeToMoveMinutes: 22 * 60 }],
  ];
  it.each(untilWidened)('%s, until the search is widened', async (...row) => {
    expect(await outcome(row)).toBe(`Of 1 qualified: 1 ${row[0]}.`);
    expect(await outcome(row, true)).toBe('eligible');
  });

  it('is who does not hold the role at all, who is not even counted', async () => {
    expect(await outcome(['', { qualifications: [aQualification('nurse')] }])).toBe(
      'Nobody on the roster holds this role.',
    );
  });
});

describe('who may be asked', () => {
  const rows: Row[] = [
    ['one with everything in order', {}],
    [
      'the longest of several certificates counts',
      {
        qualifications: [
          aQualification('fire-rescue', { validUntil: days(1) }),
          aQualification('fire-rescue', { validUntil: days(90) }),
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
    ['on duty by the rota', { rota: { group: 2, groups: 4 } }],
    ['a standing consent for the whole mission', { employerId: 'F-2', standingConsentUntil: days(11) }],
    ['reached by e-mail only', { phone: { state: 'lost' }, email: { state: 'confirmed' } }],
    [
      'a basic one for a seat that is not critical',
      { qualifications: [aQualification('fire-rescue', { proficiency: 1 })] },
    ],
    ['a team without a deadline', { noticeToMoveMinutes: 5000 }, { teams: [aTeam({ deadlineAt: null })] }],
  ];
  it.each(rows)('%s', async (...row) => {
    expect(await outcome(row)).toBe('eligible');
  });
});

describe('the duty rota', () => {
  it.each([
    ['1970-01-01T12:00:00.000Z', 'UTC', 0],
    ['2026-03-02T00:00:00.000Z', 'Asia/Tokyo', 20514],
    ['2026-03-01T14:59:59.000Z', 'Asia/Tokyo', 20513],
    ['2026-03-01T15:00:00.000Z', 'Asia/Tokyo', 20514],
  ])('counts the day of %s in %s', (at, zone, day) => {
    expect(dayNumber(at, zone)).toBe(day);
  });

  it('is judged on the day of the request in the desk zone, however late the search goes on', async () => {
    const person = { rota: { group: 20513 % 4, groups: 4 } };
    expect(await outcome(['', person, { requestedAt: '2026-03-01T14:59:59.000Z' }])).toBe('eligible');
    expect(await outcome(['', person, { requestedAt: '2026-03-01T15:00:00.000Z' }])).not.toBe('eligible');
  });
});

describe('an empty seat', () => {
  it('says what removed those who hold its role, the last filter first', async () => {
    const away = { unavailability: [{ from: now, to: days(3), reason: 'leave' }] };
    const held = { hold: { deploymentId: 'D-2', until: days(3) } };
    const experts = [
      ...[1, 2].map(n => aCandidate(`L-${n}`, away)),
      ...[1, 2, 3, 4].map(n => aCandidate(`H-${n}`, held)),
      aCandidate('N-1', { phone: null }),
    ];
    const { empty } = await matchTeam(anInstance({ experts }));
    expect(empty).toEqual([
      {
        seatId: 'rescue/fire-rescue/1',
        reason:
          'Of 7 qualified: 1 not reachable by a confirmed channel, 2 on leave or on another duty, ' +
          '4 held by another deployment.',
        filters: {
          'not reachable by a confirmed channel': 1,
          'on leave or on another duty': 2,
          'held by another deployment': 4,
        },
      },
    ]);
  });

  it('says that somebody takes another seat', async () => {
    const { empty } = await matchTeam(
      anInstance({
        seats: [...seats('rescue', 'fire-rescue', 2), ...seats('rescue', 'doctor', 1, true)],
        experts: [
          aCandidate('E-1'),
          aCandidate('E-2', { qualifications: [aQualification('fire-rescue'), aQualification('doctor')] }),
        ],
      }),
    );
    expect(empty).toMatchObject([
      {
        seatId: 'rescue/fire-rescue/2',
        reason: 'Of 2 qualified: 1 takes a seat of this role, 1 takes another seat.',
      },
    ]);
  });
});
