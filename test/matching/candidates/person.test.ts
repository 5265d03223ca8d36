import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../../functions/matching/candidates/groups.ts';
import {
  certificateFor,
  costPartsFor,
  failedRules,
  journeyFor,
  obstaclesOf,
  peopleOf,
} from '../../../functions/matching/candidates/person.ts';
import type { Candidate, MatchInstance } from '../../../functions/matching/problem.ts';
import { forever } from '../../../functions/roster/columns.ts';
import {
  aCandidate,
  anInstance,
  aQualification,
  aTeam,
  days,
  hours,
  problemAndRoster,
  seats,
} from '../instances.ts';

const judged = (person: Partial<Candidate>, changes: Partial<MatchInstance> = {}) => {
  const instance = anInstance({ experts: [aCandidate('E-1', person)], ...changes });
  const { problem, roster } = problemAndRoster(instance);
  const people = peopleOf(problem, roster);
  const group = groupsOf(problem).find(({ groupId }) => groupId === 'rescue/fire-rescue')!;
  return {
    obstacles: obstaclesOf(people, group, 0),
    certificate: certificateFor(people, group, 0),
    journey: journeyFor(people, group, 0),
    people,
    group,
  };
};

const entry = { vaccinations: ['tetanus', 'rabies'], medicalClearance: true, visa: true };

describe('one person judged', () => {
  it('may go, with certificate, journey and cost', () => {
    const { obstacles, certificate, journey, people, group } = judged({});
    expect(obstacles).toEqual([]);
    expect(failedRules(people, group, 0)).toEqual([]);
    expect(certificate).toEqual({ grade: 2, until: days(300) });
    expect(journey).toMatchObject({ minutes: 150 });
    expect(costPartsFor(people, group, 0, 150)).toMatchObject({
      proficiency: { steps: 1, points: 3 },
      language: { steps: 1, points: 6 },
      arrival: { steps: 3, points: 3 },
    });
  });

  it('is told every rule that fails, each with its fact, in the order of the rules', () => {
    const person = {
      qualifications: [aQualification('fire-rescue', { validUntil: days(5), proficiency: 1 })],
      hold: { deploymentId: 'D-7', until: hours(5) },
      unavailability: [
        { from: days(10), to: days(14), reason: 'leave' },
        { from: days(1), to: days(3), reason: 'leave' },
        { from: days(20), to: days(30), reason: 'leave' },
      ],
      rota: { group: 1, groups: 4 },
      lastMissionEndedAt: days(-10),
      vaccinations: [{ vaccine: 'tetanus', validUntil: null }],
      medicalClearanceUntil: days(3),
      passportValidUntil: null,
      employerId: 'F-7',
      phone: null,
      noticeToMoveMinutes: 24 * 60,
    };
    const lists = {
      seats: seats('rescue', 'fire-rescue', 1, true),
      excludedExpertIds: ['E-1'],
      askedExpertIds: ['E-1'],
      seated: [{ expertId: 'E-1', teamType: 'rescue' as const, role: 'nurse', arrivesAt: null }],
      entry,
    };
    expect(judged(person, lists).obstacles).toEqual([
      { rule: 'certificate ends too early', until: days(5) },
      { rule: 'proficiency too low', has: 1, asked: 2 },
      { rule: 'left out by the desk' },
      { rule: 'asked before' },
      { rule: 'seated' },
      { rule: 'held elsewhere', by: 'D-7', until: hours(5) },
      { rule: 'on leave', until: days(14) },
      { rule: 'off duty by the rota' },
      { rule: 'resting', until: days(20) },
      { rule: 'vaccination missing', vaccines: ['rabies'] },
      { rule: 'no medical clearance', until: days(3) },
      { rule: 'no passport', until: null },
      { rule: 'no visa' },
      { rule: 'employer cannot be asked' },
      { rule: 'not reachable' },
      { rule: 'too late', minutes: 150 },
    ]);
  });

  it('of another role is not judged, whatever else fails', () => {
    expect(judged({ qualifications: [aQualification('nurse')], phone: null })).toMatchObject({
      obstacles: null,
      certificate: null,
    });
  });

  it('is told what has no end on record, and what is not on record', () => {
    const person = {
      unavailability: [{ from: days(1), to: days(3), reason: 'leave' }],
      medicalClearanceUntil: null,
      passportValidUntil: null,
    };
    const { people, group, obstacles } = judged(person, { entry });
    people.roster.absenceTo[0] = forever;
    expect(obstaclesOf(people, group, 0)).toContainEqual({ rule: 'on leave', until: null });
    expect(obstacles).toContainEqual({ rule: 'no medical clearance', until: null });
    expect(obstacles).toContainEqual({ rule: 'no passport', until: null });
  });

  it('is too late by started minutes', () => {
    const teams = [aTeam({ deadlineAt: new Date(Date.parse(hours(2)) + 30_000).toISOString() })];
    expect(judged({}, { teams }).obstacles).toEqual([{ rule: 'too late', minutes: 30 }]);
  });

  it('is judged for a group of the problem alone', () => {
    const { people, group } = judged({});
    const other = { ...group, groupId: 'rescue/cook', role: 'cook' };
    for (const ask of [failedRules, obstaclesOf, certificateFor, journeyFor]) {
      expect(() => ask(people, other, 0)).toThrow('the problem has no group rescue/cook');
    }
  });
});
