import { describe, expect, it } from 'vitest';
import { CostModel } from '../../../functions/domain/policy.ts';
import type { CostParts } from '../../../functions/matching/candidates/cost.ts';
import { costPartsFor, journeyFor, peopleOf } from '../../../functions/matching/candidates/person.ts';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import type { Candidate, MatchInstance } from '../../../functions/matching/problem.ts';
import {
  aCandidate,
  anInstance,
  aQualification,
  days,
  hours,
  problemAndRoster,
  seats,
} from '../instances.ts';

const costOf = (person: Partial<Candidate>, changes: Partial<MatchInstance> = {}) => {
  const { problem, roster } = problemAndRoster(
    anInstance({ experts: [aCandidate('E-1', person)], ...changes }),
  );
  const { groups, cost } = screen(problem, roster).candidacies;
  expect(cost).toHaveLength(1);
  const people = peopleOf(problem, roster);
  const { minutes } = journeyFor(people, groups[0]!, 0);
  return { parts: costPartsFor(people, groups[0]!, 0, minutes), points: cost[0]! };
};

const mission = (from: number, to: number) => ({ from: days(from), to: days(to) });
const critical = seats('rescue', 'fire-rescue', 1, true);
const surgeon = (until: string) => ({
  qualifications: [aQualification('fire-rescue'), aQualification('surgeon', { validUntil: until })],
});

describe('what a choice costs', () => {
  type Row = [what: string, part: keyof CostParts, person: Partial<Candidate>, steps: number, points: number];
  const rows: Row[] = [
    [
      'an instructor',
      'proficiency',
      { qualifications: [aQualification('fire-rescue', { proficiency: 3 })] },
      0,
      0,
    ],
    ['one step below', 'proficiency', {}, 1, 3],
    [
      'two steps below',
      'proficiency',
      { qualifications: [aQualification('fire-rescue', { proficiency: 1 })] },
      2,
      6,
    ],
    ['no language of the country', 'language', {}, 1, 6],
    ['a language of the country', 'language', { languages: ['ja', 'tr'] }, 0, 0],
    ['no mission', 'fatigue', {}, 0, 0],
    ['one hour on a mission', 'fatigue', { pastMissions: [{ from: hours(-99), to: hours(-98) }] }, 1, 2],
    ['five days', 'fatigue', { pastMissions: [mission(-50, -45)] }, 1, 2],
    [
      'eleven days in two missions',
      'fatigue',
      { pastMissions: [mission(-90, -84), mission(-50, -45)] },
      3,
      6,
    ],
    ['only the days within the year', 'fatigue', { pastMissions: [mission(-380, -361)] }, 1, 2],
    ['only the days before now', 'fatigue', { pastMissions: [mission(-4, 20)] }, 1, 2],
    ['a mission that began before the year', 'turns', { pastMissions: [mission(-366, -300)] }, 0, 0],
    [
      'missions that began within it',
      'turns',
      { pastMissions: [mission(-365, -360), mission(-9, -5)] },
      2,
      8,
    ],
    ['a mission that is still to begin', 'turns', { pastMissions: [mission(0, 5)] }, 0, 0],
    ['a started hour', 'arrival', {}, 3, 3],
    ['full hours', 'arrival', { noticeToMoveMinutes: 30 }, 3, 3],
    ['a minute more', 'arrival', { noticeToMoveMinutes: 31 }, 4, 4],
    ['nothing scarce', 'scarce', {}, 0, 0],
    ['a scarce role', 'scarce', surgeon(hours(1)), 1, 5],
    ['a scarce role, formerly', 'scarce', surgeon(hours(0)), 0, 0],
  ];
  it.each(rows)('%s (%s)', (_, part, person, steps, points) => {
    const { parts, points: sum } = costOf(person, { scarceRoles: ['surgeon'] });
    expect(parts[part]).toEqual({ steps, points });
    expect(sum).toBe(Object.values(parts).reduce((total, each) => total + each.points, 0));
  });

  it('is nothing for a scarce role in a critical seat', () => {
    expect(costOf(surgeon(days(90)), { seats: critical, scarceRoles: ['surgeon'] }).parts.scarce.points).toBe(
      0,
    );
  });

  it('is nothing for languages where none of the country is known', () => {
    expect(costOf({}, { languages: [] }).parts.language.points).toBe(0);
  });

  it('follows the model, and is at most what the columns hold', () => {
    const costs = CostModel.parse({ fatiguePerFiveDays: 1000, noLanguage: 0 });
    expect(costOf({ pastMissions: [mission(-50, -40)] }, { costs }).parts.fatigue.points).toBe(2000);
    expect(costOf({ pastMissions: [mission(-400, -1)] }, { costs }).points).toBe(65_535);
  });
});
