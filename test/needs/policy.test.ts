import { describe, expect, it } from 'vitest';
import { CostModel, type Policy, TravelModel } from '../../functions/domain/policy.ts';
import { loadPolicy, PolicyRejected, readPolicy } from '../../functions/needs/policy.ts';

/** The policy in force with one thing changed. */
const changed = (change: (policy: Policy) => void): unknown => {
  const copy = structuredClone(loadPolicy());
  change(copy);
  return copy;
};

describe('the policy in force', () => {
  it('seats the teams as the desk has them', () => {
    const seats = Object.fromEntries(
      loadPolicy().teams.map(team => [team.teamType, team.seats.reduce((sum, { count }) => sum + count, 0)]),
    );
    expect(seats).toEqual({
      rescue: 70,
      'medical-2': 75,
      'medical-1': 41,
      'infectious-disease': 8,
      expert: 5,
    });
  });

  it('sends only the six items of the stock', () => {
    const items = new Set(loadPolicy().consignments.flatMap(({ lines }) => lines.map(({ item }) => item)));
    expect([...items].sort()).toEqual([
      'blanket',
      'jerry-can',
      'plastic-sheet',
      'sleeping-pad',
      'tent',
      'water-purifier',
    ]);
  });

  it('says of each number where it was read or that it is unconfirmed', () => {
    const { teams, consignments, rules, stages, entry, teamRules, travel, costs } = loadPolicy();
    const items = [...teams, ...consignments, ...rules, ...stages, ...entry.vaccinations, ...teamRules];
    for (const { source } of [...items, entry.medicalClearance, entry.visas, travel, costs])
      expect(source).toMatch(/\w{5}/);
  });

  it('weighs and counts as the matching does where nobody says otherwise', () => {
    const { travel, costs } = loadPolicy();
    expect(TravelModel.parse(travel)).toEqual(TravelModel.parse({}));
    expect(CostModel.parse(costs)).toEqual(CostModel.parse({}));
  });
});

describe('a policy that cannot be used', () => {
  const rejected: [string, (policy: Policy) => void, string][] = [
    [
      'a team that no rule can send',
      policy => policy.teams.splice(0, 1),
      'policy rules[0].propose.teams[0]: no team is called "rescue"',
    ],
    [
      'a consignment that does not exist',
      policy => policy.rules[2]!.propose.consignments.push('cord-reels'),
      'policy rules[2].propose.consignments[2]: no consignment is called "cord-reels"',
    ],
    [
      'a seat of an unknown role',
      policy => Object.assign(policy.teams[0]!.seats[1]!, { role: 'astronaut' }),
      'policy teams[0].seats[1].role: no role is called "astronaut"',
    ],
    [
      'a rule there twice',
      policy => policy.rules.push(policy.rules[0]!),
      `policy rules[${loadPolicy().rules.length}]: "EQ-RED-RESCUE" is there twice`,
    ],
    [
      'a role with two lines in a team',
      policy => policy.teams[0]!.seats.push(policy.teams[0]!.seats[3]!),
      'policy teams[0].seats[13]: "dog-handler" is there twice',
    ],
    [
      'a rule that proposes nothing',
      policy => Object.assign(policy.rules[0]!, { propose: { teams: [], consignments: [] } }),
      'policy rules[0].propose: rule EQ-RED-RESCUE proposes nothing',
    ],
    [
      'a time zone that does not exist',
      policy => Object.assign(policy.desk, { timeZone: 'Asia/Edo' }),
      'policy desk.timeZone: no time zone is called "Asia/Edo"',
    ],
    [
      'a vaccine there twice',
      policy => policy.entry.vaccinations.splice(1, 0, policy.entry.vaccinations[0]!),
      'policy entry.vaccinations[1]: "tetanus" is there twice',
    ],
    [
      'a country that does not exist',
      policy => policy.entry.visas.countries.push('PRX'),
      'policy entry.visas.countries[2]: no country has the code "PRX"',
    ],
    [
      'a country that a vaccine names twice',
      policy => (policy.entry.vaccinations[2]!.countries as string[]).splice(1, 0, 'AGO'),
      'policy entry.vaccinations[2].countries[1]: "AGO" is there twice',
    ],
    [
      'a rule about teams there twice',
      policy => policy.teamRules.push(policy.teamRules[0]!),
      `policy teamRules[${loadPolicy().teamRules.length}]: "SPEAKERS" is there twice`,
    ],
    [
      'a rule about an unknown role',
      policy => policy.teamRules[1]!.roles!.push('astronaut'),
      'policy teamRules[1].roles[5]: no role is called "astronaut"',
    ],
    [
      'a rule about a team without its roles',
      policy => Object.assign(policy.teamRules[1]!, { teams: ['medical-1', 'expert'] }),
      'policy teamRules[1].teams[1]: "expert" has no seat of these roles',
    ],
    [
      'a rule about a team that does not exist',
      policy => {
        policy.teams = policy.teams.filter(({ teamType }) => teamType !== 'medical-1');
        policy.rules = policy.rules.filter(({ propose }) => !propose.teams.includes('medical-1'));
      },
      'policy teamRules[1].teams[0]: no team is called "medical-1"',
    ],
    [
      'a rule about roles that no team seats',
      policy => {
        policy.roles.push({ ...policy.roles[0]!, role: 'astronaut' });
        Object.assign(policy.teamRules[3]!, { roles: ['astronaut'] });
      },
      'policy teamRules[3].roles: no team has a seat of these roles',
    ],
    [
      'a rule that asks for more than the seats',
      policy => Object.assign(policy.teamRules[3]!, { count: 2 }),
      'policy teamRules[3].count: EXPERIENCED-LEADER asks for 2 of the 1 seats of "rescue"',
    ],
    [
      'two rules that forbid each other',
      policy =>
        policy.teamRules.push({
          ...policy.teamRules[1]!,
          ruleId: 'FEW-WOMEN',
          kind: 'at most',
          share: 0.4,
        }),
      'policy teamRules: in "medical-2" WOMEN-MEDICAL asks for at least 20, FEW-WOMEN for at most 16 of the same',
    ],
    [
      'more rules than a deployment can count',
      policy => {
        for (let missions = 3; missions < 6; missions += 1)
          policy.teamRules.push({
            ...policy.teamRules[0]!,
            ruleId: `EXPERIENCED-${missions}`,
            of: { is: 'experienced', missions },
          });
      },
      'policy teamRules: 36 rules in all teams together, 32 at most (those about employers not counted)',
    ],
    [
      'trains that stop before they start',
      policy => Object.assign(policy.travel, { landUntilHour: 5 }),
      'policy travel.landUntilHour: the last train leaves before the first',
    ],
    [
      'flights that stop before they start',
      policy => Object.assign(policy.travel, { airUntilHour: 3 }),
      'policy travel.airUntilHour: the last flight leaves before the first',
    ],
  ];
  it.each(rejected)('names the place of %s', (_, change, message) => {
    expect(() => readPolicy(changed(change))).toThrow(new PolicyRejected(message));
  });

  it('names the place of a value of the wrong kind, in one line', () => {
    const policy = changed(each => Object.assign(each.teams[1]!.seats[0]!, { count: 0 }));
    expect(() => readPolicy(policy)).toThrow(/^policy teams\[1\]\.seats\[0\]\.count: [^\n]+$/);
    expect(() => readPolicy('nothing')).toThrow(/^policy \(whole\): [^\n]+$/);
  });
});
