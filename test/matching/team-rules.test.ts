import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TeamRulePlan } from '../../functions/domain/policy.ts';
import { TeamRule } from '../../functions/matching/problem.ts';
import { MOST_TRAIT_RULES, seatsOf, teamRulesOf } from '../../functions/matching/team-rules.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';

const plan = (change: Partial<TeamRulePlan> = {}): TeamRulePlan => ({
  ruleId: 'WOMEN',
  sentence: { en: 'Women.', ja: '女性。' },
  teams: 'any',
  roles: null,
  kind: 'at least',
  share: null,
  count: null,
  of: { is: 'gender', gender: 'female' },
  source: 'unconfirmed',
  ...change,
});

const team = (nurses: number, doctors = 0) => ({
  teamType: 'medical-1' as const,
  seats: [{ role: 'nurse', count: nurses }, ...(doctors > 0 ? [{ role: 'doctor', count: doctors }] : [])],
});

const counts = (rule: Partial<TeamRulePlan>, nurses: number, doctors = 0, languages = ['tr']) =>
  teamRulesOf([plan(rule)], team(nurses, doctors), languages).map(({ count }) => count);

describe('a rule of the policy for one team', () => {
  it('carries its name, what it counts and its sentence', () => {
    expect(teamRulesOf([plan({ roles: ['nurse', 'midwife'], share: 0.5 })], team(10, 30), [])).toEqual([
      {
        ruleId: 'WOMEN',
        teamType: 'medical-1',
        roles: ['nurse', 'midwife'],
        kind: 'at least',
        count: 5,
        of: { is: 'gender', gender: 'female' },
        sentence: { en: 'Women.', ja: '女性。' },
      },
    ]);
  });

  it.each([
    ['at least', 0.3, 70, 21],
    ['at least', 0.3, 41, 13],
    ['at least', 0.07, 100, 7],
    ['at least', 0.01, 5, 1],
    ['at least', 1, 5, 5],
    ['at most', 0.12, 70, 8],
    ['at most', 0.29, 100, 29],
    ['at most', 0.12, 5, 1],
  ] as const)('%s %d of %d seats is %d people', (kind, share, seats, people) => {
    expect(counts({ kind, share }, seats)).toEqual([people]);
  });

  it('takes a share of the seats of its roles alone', () => {
    expect(counts({ share: 0.5 }, 10, 30)).toEqual([20]);
    expect(counts({ share: 0.5, roles: ['nurse'] }, 10, 30)).toEqual([5]);
  });

  it('is for the teams that it names', () => {
    expect(counts({ count: 1, teams: ['medical-1'] }, 10)).toEqual([1]);
    expect(counts({ count: 1, teams: ['rescue', 'medical-2'] }, 10)).toEqual([]);
  });

  it('is left out where it says nothing', () => {
    expect(counts({ share: 0.5, roles: ['surgeon'] }, 10)).toEqual([]);
    expect(counts({ share: 0.3, of: { is: 'speaker' } }, 10, 0, [])).toEqual([]);
    expect(counts({ kind: 'at most', count: 12 }, 10)).toEqual([]);
    expect(counts({ kind: 'at most', share: 0.12 }, 1)).toEqual([]);
  });

  it('asks for no more people than there are seats, and can forbid all', () => {
    expect(counts({ count: 3 }, 2)).toEqual([2]);
    expect(counts({ kind: 'at most', count: 0, of: { is: 'newcomer' } }, 10)).toEqual([0]);
  });

  it('never asks for more than the seats, and a share is met by rounding one person at most', () => {
    const share = fc.integer({ min: 1, max: 100 }).map(percent => percent / 100);
    fc.assert(
      fc.property(
        share,
        fc.nat(90),
        fc.nat(90),
        fc.constantFrom('at least', 'at most'),
        (share, a, b, kind) => {
          const seats = a + b;
          for (const count of counts({ share, kind }, a, b)) {
            expect(count).toBeGreaterThanOrEqual(1);
            expect(count).toBeLessThanOrEqual(seats);
            const rounded = kind === 'at least' ? count - share * seats : share * seats - count;
            if (count > 1 || kind === 'at least') expect(rounded).toBeGreaterThan(-1e-6);
            expect(rounded).toBeLessThan(1);
          }
        },
      ),
    );
  });
});

describe('the rules of the policy in force', () => {
  const { teams, teamRules } = loadPolicy();
  const rulesOf = (teamType: string, languages = ['tr']) =>
    Object.fromEntries(
      teamRulesOf(teamRules, teams.find(each => each.teamType === teamType)!, languages).map(
        ({ ruleId, kind, count }) => [ruleId, `${kind} ${count}`],
      ),
    );

  it('are numbers of people in each team', () => {
    expect(rulesOf('rescue')).toEqual({
      SPEAKERS: 'at least 2',
      'WOMEN-RESCUE-MEDICAL': 'at least 1',
      'EXPERIENCED-LEADER': 'at least 1',
      'EXPERIENCED-DEPUTY': 'at least 1',
      'EMPLOYER-CAP': 'at most 6',
      'MIXED-EXPERIENCE': 'at most 23',
    });
    expect(rulesOf('medical-2')).toMatchObject({
      SPEAKERS: 'at least 2',
      'WOMEN-MEDICAL': 'at least 20',
      'EMPLOYER-CAP': 'at most 6',
      'MIXED-EXPERIENCE': 'at most 25',
    });
    expect(rulesOf('infectious-disease')).toEqual({
      SPEAKERS: 'at least 1',
      'EXPERIENCED-LEADER': 'at least 1',
      'MIXED-EXPERIENCE': 'at most 2',
    });
    expect(rulesOf('expert', [])).toEqual({
      'EXPERIENCED-LEADER': 'at least 1',
      'MIXED-EXPERIENCE': 'at most 1',
    });
  });

  it('are what the matching reads, and few enough for all teams at once', () => {
    const rules = teams.flatMap(team => teamRulesOf(teamRules, team, ['tr']));
    expect(rules.map(rule => TeamRule.parse(rule))).toEqual(rules);
    expect(rules.length).toBeLessThanOrEqual(MOST_TRAIT_RULES);
    for (const rule of rules) {
      const team = teams.find(({ teamType }) => teamType === rule.teamType)!;
      expect(rule.count).toBeLessThanOrEqual(seatsOf(rule, team));
    }
  });
});
