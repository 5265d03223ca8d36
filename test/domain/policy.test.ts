import { describe, expect, it } from 'vitest';
import { type EntryPlan, entryFor, scarceRolesOf, TeamRulePlan } from '../../functions/domain/policy.ts';

const name = { en: 'name', ja: '名' };
const source = 'unconfirmed';

describe('what a mission to a country asks of everybody', () => {
  const entry: EntryPlan = {
    vaccinations: [
      { vaccine: 'tetanus', name, countries: 'any', source },
      { vaccine: 'yellow-fever', name, countries: ['BRA', 'COD'], source },
      { vaccine: 'rabies', name, countries: [], source },
    ],
    medicalClearance: { required: true, source },
    visas: { countries: ['PRK'], source },
  };

  it.each([
    ['a country of a list', 'COD', ['tetanus', 'yellow-fever'], false],
    ['a country of no list', 'TUR', ['tetanus'], false],
    ['a country that lets nobody in without a visa', 'PRK', ['tetanus'], true],
    ['a country that is not known', null, ['tetanus'], false],
  ])('%s', (_, country, vaccinations, visa) => {
    expect(entryFor(entry, country)).toEqual({ vaccinations, medicalClearance: true, visa });
  });

  it('asks for no clearance where the policy asks for none', () => {
    const lenient = { ...entry, medicalClearance: { required: false, source } };
    expect(entryFor(lenient, 'TUR').medicalClearance).toBe(false);
  });
});

describe('scarce roles', () => {
  it('are those that are critical in some team, once, as the policy lists the roles', () => {
    const role = (code: string) => ({ role: code, name, component: 'Rescue', bring: name });
    const team = (...seats: { role: string; count: number; critical: boolean }[]) => ({
      teamType: 'rescue' as const,
      name,
      seats,
      deadlineHours: 24,
      standbyRatio: 0,
      replyWindowMinutes: 60,
      employerWindowMinutes: 60,
      missionDays: 10,
      source,
    });
    const policy = {
      roles: [role('doctor'), role('nurse'), role('leader')],
      teams: [
        team({ role: 'leader', count: 1, critical: true }, { role: 'doctor', count: 2, critical: false }),
        team({ role: 'doctor', count: 2, critical: true }, { role: 'nurse', count: 2, critical: false }),
        team({ role: 'leader', count: 1, critical: true }),
      ],
    };
    expect(scarceRolesOf(policy)).toEqual(['doctor', 'leader']);
  });
});

describe('a rule about teams', () => {
  const rule = {
    ruleId: 'WOMEN',
    sentence: name,
    teams: 'any',
    roles: null,
    kind: 'at least',
    of: { is: 'gender', gender: 'female' },
    source,
  };

  it.each([
    [{ share: 0.3 }, null],
    [{ count: 2 }, null],
    [{ count: 0, kind: 'at most' }, null],
    [{}, 'share: a rule has either a share or a count'],
    [{ share: 0.3, count: 2 }, 'share: a rule has either a share or a count'],
    [{ count: 0 }, 'count: "at least 0" asks for nothing'],
    [{ share: 30 }, 'share: Too big: expected number to be <=1'],
    [{ share: 0 }, 'share: Too small: expected number to be >0'],
    [{ count: 2, of: { is: 'same employer' } }, 'kind: a rule about one employer can only say "at most"'],
    [{ count: 2, ruleId: 'women' }, 'ruleId: Invalid string: must match pattern /^[A-Z0-9-]+$/'],
  ])('%j: %s', (change, fault) => {
    const read = TeamRulePlan.safeParse({ ...rule, ...change });
    const issue = read.error?.issues[0];
    expect(issue ? `${issue.path.join('.')}: ${issue.message}` : null).toBe(fault);
  });
});
