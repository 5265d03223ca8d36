import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hardRules } from '../../../functions/matching/candidates/hard-rules.ts';
import { judging } from '../../../functions/matching/candidates/person.ts';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import type { Candidate, MatchInstance } from '../../../functions/matching/problem.ts';
import { idOf } from '../../../functions/roster/reading.ts';
import {
  aCandidate,
  anInstance,
  aQualification,
  aTeam,
  aTeamRule,
  days,
  hours,
  now,
  problemAndRoster,
  seats,
} from '../instances.ts';
import { plainCounts, plainGroups, plainVerdicts } from './plain-rules.ts';
import { randomInstance } from './random-instances.ts';

const screened = (instance: MatchInstance) => {
  const { problem, roster } = problemAndRoster(instance);
  return { ...screen(problem, roster), roster };
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
    ['seated', {}, { seated: [{ expertId: 'E-1', teamType: 'rescue', role: 'nurse' }] }],
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

describe('groups', () => {
  it('stand by the deadline of their team, then by name, with their seats in order', () => {
    const { candidacies } = screened(
      anInstance({
        teams: [
          aTeam({ teamType: 'rescue', deadlineAt: null }),
          aTeam({
            teamType: 'medical-1',
            deadlineAt: hours(48),
            standby: [
              { role: 'nurse', critical: false, count: 2 },
              { role: 'doctor', critical: true, count: 0 },
            ],
          }),
          aTeam({ teamType: 'expert', deadlineAt: hours(48) }),
        ],
        seats: [
          ...seats('rescue', 'fire-rescue', 2).toReversed(),
          ...seats('expert', 'hydrologist', 1, true),
          ...seats('rescue', 'dog-handler', 1),
        ],
      }),
    );
    expect(candidacies.teams).toEqual(['expert', 'medical-1', 'rescue']);
    expect(
      candidacies.groups.map(({ groupId, critical, seatIds, standby }) => [
        groupId,
        critical,
        seatIds.length,
        standby,
      ]),
    ).toEqual([
      ['expert/hydrologist', true, 1, 0],
      ['medical-1/nurse', false, 0, 2],
      ['rescue/dog-handler', false, 1, 0],
      ['rescue/fire-rescue', false, 2, 0],
    ]);
    expect(candidacies.groups[3]!.seatIds).toEqual(['rescue/fire-rescue/1', 'rescue/fire-rescue/2']);
  });
});

describe('team rules', () => {
  const seated = [
    { expertId: 'S-1', teamType: 'rescue', role: 'fire-rescue' },
    { expertId: 'S-2', teamType: 'rescue', role: 'nurse' },
    { expertId: 'GONE', teamType: 'rescue', role: 'nurse' },
  ] as const;
  const experts = [
    aCandidate('E-1', { languages: ['tr'], gender: 'female', employerId: 'F-9' }),
    aCandidate('S-1', { languages: ['tr'], missions: 3 }),
    aCandidate('S-2', { qualifications: [aQualification('nurse', { proficiency: 3 })], employerId: 'F-2' }),
  ];
  const counted = (...rules: Parameters<typeof aTeamRule>[0][]) =>
    screened(
      anInstance({
        experts,
        seated: [...seated],
        reachableEmployerIds: ['F-1', 'F-2', 'F-9'],
        teamRules: rules.map((rule, i) => aTeamRule({ ruleId: `R-${i}`, ...rule })),
      }),
    );

  it('are less what those who sit bring, and never below nothing', () => {
    const { candidacies } = counted(
      { of: { is: 'speaker' }, count: 3 },
      { of: { is: 'experienced', missions: 3 }, count: 1 },
      { of: { is: 'newcomer' }, kind: 'at most', count: 3 },
      { of: { is: 'newcomer' }, kind: 'at most', count: 0 },
      { of: { is: 'proficient', proficiency: 3 }, count: 2 },
      { of: { is: 'proficient', proficiency: 3 }, count: 2, roles: ['fire-rescue'] },
    );
    expect(candidacies.rules.map(({ count }) => count)).toEqual([2, 0, 2, 0, 1, 2]);
  });

  it('about employers stand last, and know whom each employer has in the team', () => {
    const { candidacies, roster } = counted(
      { of: { is: 'same employer' }, kind: 'at most', count: 1 },
      { of: { is: 'gender', gender: 'female' }, count: 1 },
    );
    expect(candidacies.rules.map(({ ruleKey }) => ruleKey)).toEqual(['rescue/R-1', 'rescue/R-0']);
    const { taken, count } = candidacies.rules[1]!;
    expect(count).toBe(1);
    expect([...taken].map(([place, people]) => [roster.words.employers[place], people])).toEqual([
      ['F-1', 1],
      ['F-2', 1],
    ]);
    expect([...candidacies.traits]).toEqual([1]);
  });

  it('of all 32 bits can be counted, and no more', () => {
    const many = (count: number) => counted(...Array.from({ length: count }, () => ({})));
    expect([...many(32).candidacies.traits]).toEqual([0xffff_ffff]);
    expect(() => many(33)).toThrow(
      '33 team rules count people by what they are: more than 32 cannot be kept',
    );
  });
});

describe('the screening', () => {
  it('says of everybody what the plain rules say', () => {
    fc.assert(
      fc.property(randomInstance, instance => {
        const { candidacies, screenings, roster } = screened(instance);
        const { groups, rules } = candidacies;
        const found = Array.from({ length: candidacies.count }, (_, a) => ({
          groupId: groups[candidacies.group[a]!]!.groupId,
          expertId: idOf(roster, candidacies.person[a]!),
          minutes: candidacies.minutes[a]!,
          cost: candidacies.cost[a]!,
          counts: rules.flatMap(({ ruleKey }, r) =>
            ((candidacies.traits[a]! >>> r) & 1) === 1 ? [ruleKey] : [],
          ),
        }));
        const verdicts = plainVerdicts(instance);
        const order = (each: { groupId: string; expertId: string }) => `${each.groupId} ${each.expertId}`;
        for (const each of found) each.counts.sort();
        found.sort((a, b) => (order(a) < order(b) ? -1 : 1));
        expect(found).toEqual(verdicts.filter(verdict => !('removedBy' in verdict)));
        for (const [g, { groupId }] of groups.entries()) {
          const own = verdicts.filter(verdict => verdict.groupId === groupId);
          const removed = own.flatMap(verdict => ('removedBy' in verdict ? [verdict.removedBy] : []));
          expect(screenings[g]).toEqual({
            qualified: own.length,
            eligible: own.length - removed.length,
            removed: new Map(removed.map(rule => [rule, removed.filter(each => each === rule).length])),
          });
        }
        expect(groups.map(({ groupId }) => groupId).sort()).toEqual(
          plainGroups(instance)
            .map(({ groupId }) => groupId)
            .sort(),
        );
        const counts = plainCounts(instance);
        for (const { ruleKey, count } of rules) expect(count).toBe(counts[ruleKey]);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same in whatever order the lists stand', () => {
    fc.assert(
      fc.property(randomInstance, instance => {
        const turned: MatchInstance = {
          ...instance,
          experts: instance.experts.toReversed().map(person => ({
            ...person,
            languages: person.languages.toReversed(),
            qualifications: person.qualifications.toReversed(),
            unavailability: person.unavailability.toReversed(),
            pastMissions: person.pastMissions.toReversed(),
            vaccinations: person.vaccinations.toReversed(),
            visas: person.visas.toReversed(),
          })),
          teams: instance.teams.toReversed(),
          seats: instance.seats.toReversed(),
          seated: instance.seated.toReversed(),
          teamRules: instance.teamRules.toReversed(),
          scarceRoles: instance.scarceRoles.toReversed(),
          reachableEmployerIds: instance.reachableEmployerIds.toReversed(),
        };
        const { roster: _, ...one } = screened(instance);
        const { roster: __, ...other } = screened(turned);
        expect(other).toEqual(one);
      }),
      { numRuns: 60 },
    );
  });

  it('says of each person what the judgement of that person alone says', () => {
    fc.assert(
      fc.property(randomInstance, instance => {
        const { problem, roster } = problemAndRoster(instance);
        const { candidacies, screenings } = screen(problem, roster);
        const judge = judging(problem, roster);
        for (const [g, { removed }] of screenings.entries()) {
          const first: string[] = [];
          for (const { expertId } of instance.experts) {
            const { hindrances, person, journey, cost } = judge(g, expertId);
            const own = [
              ...candidacies.person.subarray(candidacies.groupStarts[g], candidacies.groupStarts[g + 1]),
            ];
            const place = own.indexOf(person);
            expect(place >= 0).toBe(hindrances.length === 0);
            if (place >= 0) {
              const a = candidacies.groupStarts[g]! + place;
              expect(journey!.minutes).toBe(candidacies.minutes[a]);
              expect(cost!.points).toBe(candidacies.cost[a]);
            } else if (!hindrances.some(({ rule }) => rule === 'role not held'))
              first.push(hindrances[0]!.rule);
            const places = hindrances.map(({ rule }) => (hardRules as readonly string[]).indexOf(rule));
            expect(places).toEqual(places.toSorted((a, b) => a - b));
          }
          expect(new Map(first.map(rule => [rule, first.filter(each => each === rule).length]))).toEqual(
            removed,
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
