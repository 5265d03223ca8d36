import type { Candidacies, CountedRule, Group } from '../../../functions/matching/candidates/candidacies.ts';
import { drawsOf } from '../../../infra/local/instances/draws.ts';

/** How large drawn candidacies are. */
export type DrawnSize = { groups: number; seats: number; people: number };

const noTeam = {
  teamType: 'rescue',
  deadlineAt: null,
  missionFrom: '2026-03-02T00:00:00.000Z',
  missionUntil: '2026-03-12T00:00:00.000Z',
  replyWindowMinutes: 0,
  employerWindowMinutes: 0,
  standby: [],
} as const;

/**
 * Candidacies out of nothing, for tests of solvers: two teams, groups of up to so many seats, quotas that often cannot all
 * be met, people of four employers with one or two roles. No roster stands behind them.
 */
export function drawnCandidacies(
  seed: number,
  { groups: groupCount, seats, people }: DrawnSize,
): Candidacies {
  const draws = drawsOf(seed, 0);
  const teams = ['rescue', 'medical-2'];
  const groups: Group[] = Array.from({ length: groupCount }, (_, g) => {
    const teamType = teams[g % 2]!;
    const groupId = `${teamType}/role-${String.fromCharCode(97 + g)}`;
    const seatIds = Array.from({ length: draws.whole(1, seats) }, (_, i) => `${groupId}/${i + 1}`);
    const team = { ...noTeam, teamType: teamType as 'rescue', standby: [] };
    return { groupId, teamType, role: `role-${g}`, critical: draws.happens(0.4), seatIds, standby: 0, team };
  }).sort(
    (a, b) => teams.indexOf(a.teamType) - teams.indexOf(b.teamType) || (a.groupId < b.groupId ? -1 : 1),
  );
  const rules: CountedRule[] = teams.flatMap(teamType => {
    const own = [...groups.keys()].filter(g => groups[g]!.teamType === teamType);
    const size = own.reduce((sum, g) => sum + groups[g]!.seatIds.length, 0);
    const rule = (
      ruleId: string,
      kind: 'at least' | 'at most',
      count: number,
      of: CountedRule['rule']['of'],
    ) => ({
      rule: { ruleId, teamType: teamType as 'rescue', roles: null, kind, count, of, sentence: null },
      ruleKey: `${teamType}/${ruleId}`,
      groups: own,
      count,
      taken: new Map<number, number>(),
    });
    return [
      rule('SPEAKERS', 'at least', Math.ceil(size * 0.5), { is: 'speaker' }),
      rule('NEWCOMERS', 'at most', Math.floor(size * 0.3), { is: 'newcomer' }),
      rule('EMPLOYER', 'at most', Math.max(1, Math.floor(size * 0.35)), { is: 'same employer' }),
    ];
  });
  const rows: {
    person: number;
    group: number;
    minutes: number;
    cost: number;
    traits: number;
    employer: number;
  }[] = [];
  for (let person = 0; person < people; person += 1) {
    const employer = draws.whole(0, 3);
    const speaks = draws.happens(0.4);
    const isNew = draws.happens(0.4);
    const minutes = draws.whole(2, 30) * 10;
    const held = new Set([draws.whole(0, groupCount - 1)]);
    if (draws.happens(0.5)) held.add(draws.whole(0, groupCount - 1));
    for (const group of held) {
      let traits = 0;
      for (const [r, { rule, groups: own }] of rules.entries()) {
        if (!own.includes(group)) continue;
        if ((rule.of.is === 'speaker' && speaks) || (rule.of.is === 'newcomer' && isNew)) traits |= 1 << r;
      }
      rows.push({ person, group, minutes, cost: draws.whole(0, 40), traits: traits >>> 0, employer });
    }
  }
  rows.sort((a, b) => a.group - b.group || a.person - b.person);
  const starts = new Uint32Array(groupCount + 1);
  for (const { group } of rows) starts[group + 1]! += 1;
  for (let g = 0; g < groupCount; g += 1) starts[g + 1]! += starts[g]!;
  return {
    groups,
    teams: teams.filter(team => groups.some(({ teamType }) => teamType === team)),
    rules,
    count: rows.length,
    person: Uint32Array.from(rows, each => each.person),
    group: Uint16Array.from(rows, each => each.group),
    groupStarts: starts,
    minutes: Uint32Array.from(rows, each => each.minutes),
    arrivals: Uint32Array.from(rows, each => each.minutes),
    cost: Uint16Array.from(rows, each => each.cost),
    traits: Uint32Array.from(rows, each => each.traits),
    employer: Uint32Array.from(rows, each => each.employer),
  };
}
