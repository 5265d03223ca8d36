import { describe, expect, it } from 'vitest';
import type { Policy } from '../../functions/domain/policy.ts';
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
    const { teams, consignments, rules, stages } = loadPolicy();
    for (const { source } of [...teams, ...consignments, ...rules, ...stages])
      expect(source).toMatch(/\w{5}/);
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
