import { describe, expect, it } from 'vitest';
import { judge } from '../../../functions/matching/candidates/person.ts';
import type { Candidate, MatchInstance } from '../../../functions/matching/problem.ts';
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

const judged = (person: Partial<Candidate>, changes: Partial<MatchInstance> = {}, expertId = 'E-1') => {
  const instance = anInstance({ experts: [aCandidate('E-1', person)], ...changes });
  const { problem, roster } = problemAndRoster(instance);
  return judge(problem, roster, { teamType: 'rescue', role: 'fire-rescue' }, expertId);
};

const entry = { vaccinations: ['tetanus', 'rabies'], medicalClearance: true, visa: true };

describe('one person judged', () => {
  it('may go, with certificate, journey and cost', () => {
    expect(judged({})).toMatchObject({
      group: { groupId: 'rescue/fire-rescue' },
      person: 0,
      hindrances: [],
      certificate: { level: 2, until: days(300) },
      journey: { minutes: 150 },
      cost: { points: 12 },
    });
  });

  it('is told every rule that fails, each with its fact, in the order of the rules', () => {
    const person = {
      qualifications: [aQualification('fire-rescue', { validUntil: days(5), proficiency: 1 })],
      hold: { deploymentId: 'D-7', until: hours(5) },
      unavailability: [
        { from: days(1), to: days(3), reason: 'leave' },
        { from: days(10), to: days(14), reason: 'leave' },
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
      seated: [{ expertId: 'E-1', teamType: 'rescue' as const, role: 'nurse' }],
      entry,
    };
    expect(judged(person, lists).hindrances).toEqual([
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
      { rule: 'no visa', country: 'TUR' },
      { rule: 'employer cannot be asked', employerId: 'F-7' },
      { rule: 'not reachable' },
      { rule: 'too late', minutes: 150 },
    ]);
  });

  it('of another role is told so, and what else fails', () => {
    expect(judged({ qualifications: [aQualification('nurse')], phone: null })).toMatchObject({
      hindrances: [{ rule: 'role not held' }, { rule: 'not reachable' }],
      certificate: null,
      journey: { minutes: 150 },
      cost: null,
    });
  });

  it('who is not on the roster is told nothing else', () => {
    expect(judged({}, { askedExpertIds: ['E-9'] }, 'E-9')).toMatchObject({
      person: -1,
      hindrances: [{ rule: 'not on the roster' }],
      certificate: null,
      journey: null,
      cost: null,
    });
  });

  it('is too late by started minutes', () => {
    const teams = [aTeam({ deadlineAt: new Date(Date.parse(hours(2)) + 30_000).toISOString() })];
    expect(judged({}, { teams }).hindrances).toEqual([{ rule: 'too late', minutes: 30 }]);
  });

  it('is judged for a group that there is', () => {
    const { problem, roster } = problemAndRoster(anInstance({ experts: [aCandidate('E-1')] }));
    expect(judge(problem, roster, 0, 'E-1').hindrances).toEqual([]);
    expect(() => judge(problem, roster, 1, 'E-1')).toThrow('the problem has no group number 1');
    expect(() => judge(problem, roster, { teamType: 'rescue', role: 'cook' }, 'E-1')).toThrow(
      'the problem has no group rescue/cook',
    );
  });
});
