import { describe, expect, it } from 'vitest';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import type { MatchInstance } from '../../../functions/matching/problem.ts';
import {
  aCandidate,
  anInstance,
  aQualification,
  aTeam,
  aTeamRule,
  hours,
  problemAndRoster,
  seats,
} from '../instances.ts';

const screened = (instance: MatchInstance) => {
  const { problem, roster } = problemAndRoster(instance);
  return { ...screen(problem, roster), roster };
};

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
    { expertId: 'S-1', teamType: 'rescue', role: 'fire-rescue', arrivesAt: null },
    { expertId: 'S-2', teamType: 'rescue', role: 'nurse', arrivesAt: null },
    { expertId: 'GONE', teamType: 'rescue', role: 'nurse', arrivesAt: null },
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
