import { describe, expect, it } from 'vitest';
import { MatchInstance, type TeamRule } from '../../functions/matching/problem.ts';
import { aCandidate, anInstance, aTeam, days, seats } from './instances.ts';

const aRule = (changes: Partial<TeamRule> = {}): TeamRule => ({
  ruleId: 'SPEAKERS',
  teamType: 'rescue',
  roles: null,
  kind: 'at least',
  count: 2,
  of: { is: 'speaker' },
  sentence: null,
  ...changes,
});

describe('an instance', () => {
  const wrong: [string, unknown, string, (string | number)[]][] = [
    [
      'two seats of one name',
      { seats: [...seats('rescue', 'doctor', 1), ...seats('rescue', 'doctor', 1)] },
      '"rescue/doctor/1" is there twice',
      ['seats', 1, 'seatId'],
    ],
    [
      'a seat of a team that is not there',
      { seats: seats('expert', 'team-leader', 1) },
      'no team is called "expert"',
      ['seats', 0, 'teamType'],
    ],
    [
      'seats of a role of which some are critical',
      { seats: [...seats('rescue', 'doctor', 1), { ...seats('rescue', 'doctor', 2, true)[1] }] },
      'the seats of rescue/doctor are all critical or none is',
      ['seats', 1, 'critical'],
    ],
    [
      'one person twice',
      { experts: [aCandidate('E-1'), aCandidate('E-1')] },
      '"E-1" is there twice',
      ['experts', 1, 'expertId'],
    ],
    [
      'one person on two seats already',
      {
        seated: [
          { expertId: 'E-1', teamType: 'rescue', role: 'doctor' },
          { expertId: 'E-1', teamType: 'rescue', role: 'nurse' },
        ],
      },
      '"E-1" is there twice',
      ['seated', 1, 'expertId'],
    ],
    [
      'somebody on a seat who is not there',
      { seated: [{ expertId: 'E-9', teamType: 'rescue', role: 'doctor' }] },
      '"E-9" is none of the experts',
      ['seated', 0, 'expertId'],
    ],
    [
      'a leave that ends before it starts',
      { experts: [aCandidate('E-1', { unavailability: [{ from: days(2), to: days(1), reason: 'leave' }] })] },
      'ends before it starts',
      ['experts', 0, 'unavailability', 0, 'to'],
    ],
    [
      'a past mission that ends before it starts',
      { experts: [aCandidate('E-1', { pastMissions: [{ from: days(-2), to: days(-3) }] })] },
      'ends before it starts',
      ['experts', 0, 'pastMissions', 0, 'to'],
    ],
    [
      'a duty group that is not there',
      { experts: [aCandidate('E-1', { rota: { group: 3, groups: 3 } })] },
      'group 3 is none of 3, counted from 0',
      ['experts', 0, 'rota', 'group'],
    ],
    [
      'a person in an unknown zone',
      { experts: [aCandidate('E-1', { timeZone: 'Mars/North' })] },
      'no time zone is called so',
      ['experts', 0, 'timeZone'],
    ],
    ['an unknown zone', { timeZone: 'Mars/North' }, 'no time zone is called so', ['timeZone']],
    [
      'a mission that ends before it starts',
      { teams: [aTeam({ missionUntil: days(-1) })] },
      'the mission ends before it starts',
      ['teams', 0, 'missionUntil'],
    ],
    [
      'a rule of a team that is not there',
      { teamRules: [aRule({ teamType: 'expert' })] },
      'no team is called "expert"',
      ['teamRules', 0, 'teamType'],
    ],
    [
      'one rule twice',
      { teamRules: [aRule(), aRule({ count: 3 })] },
      '"rescue/SPEAKERS" is there twice',
      ['teamRules', 1, 'ruleId'],
    ],
    [
      'rules that cannot both hold',
      { teamRules: [aRule(), aRule({ ruleId: 'FEW-SPEAKERS', kind: 'at most', count: 1 })] },
      '"SPEAKERS" asks for at least 2, "FEW-SPEAKERS" for at most 1 of the same',
      ['teamRules', 0, 'count'],
    ],
    [
      'a rule that asks for many of one employer',
      { teamRules: [aRule({ of: { is: 'same employer' } })] },
      'a rule about one employer can only say "at most"',
      ['teamRules', 0, 'kind'],
    ],
  ];
  it.each(wrong)('with %s is refused with the place', (_, changes, message, path) => {
    const read = MatchInstance.safeParse({ ...anInstance(), ...(changes as object) });
    expect(read.error?.issues[0]).toMatchObject({ message, path });
  });

  it('keeps no name, number or address of a person', () => {
    const read = MatchInstance.parse({
      ...anInstance(),
      experts: [
        { ...aCandidate('E-1'), name: { family: 'A', given: 'B' }, phone: { number: '+1', state: 'lost' } },
      ],
    });
    expect(JSON.stringify(read)).not.toMatch(/family|\+1/);
  });

  it('needs no more than what was needed before there were team rules', () => {
    const whole = anInstance({ experts: [aCandidate('E-1')] });
    const { country, entry, scarceRoles, travel, costs, teamRules, seated, ...before } = whole;
    const { gender, timeZone, pastMissions, visas, vaccinations, medicalClearanceUntil, ...person } =
      whole.experts[0]!;
    expect(MatchInstance.parse({ ...before, country, experts: [person] })).toEqual(
      MatchInstance.parse(whole),
    );
    expect([entry.visa, scarceRoles, teamRules, seated]).toEqual([false, [], [], []]);
    expect([gender, timeZone, pastMissions, visas, vaccinations, medicalClearanceUntil]).toEqual([
      'unstated',
      null,
      [],
      [],
      [],
      null,
    ]);
    expect([travel.byLandUpToKm, costs.noLanguage]).toEqual([300, 6]);
  });
});
