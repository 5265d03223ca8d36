import { describe, expect, it } from 'vitest';
import { screen } from '../../functions/matching/candidates/screening.ts';
import type { MatchInstance, TeamRule } from '../../functions/matching/problem.ts';
import { checkPlan } from '../../functions/matching/proof/check.ts';
import { type CertifiedMatch, matchTeam } from '../../functions/matching/team-match.ts';
import {
  aCandidate,
  anInstance,
  aQualification,
  aTeam,
  days,
  hours,
  problemAndRoster,
  seats,
} from './instances.ts';

/** The match of an instance; its certificate is checked each time. */
async function matched(changes: Partial<MatchInstance>): Promise<CertifiedMatch> {
  const { problem, roster } = problemAndRoster(anInstance(changes));
  const match = await matchTeam(problem, roster);
  const checked = checkPlan(screen(problem, roster).candidacies, roster, match.picks, match.certificate);
  expect(checked.faults).toEqual([]);
  return match;
}

const pairs = (match: CertifiedMatch) => match.picks.map(({ seatId, expertId }) => [seatId, expertId]);
const km = (count: number) => ({ latitude: 35.772 - count / 111.19, longitude: 140.3929 });
const english = (match: CertifiedMatch) => match.picks.map(({ reasons }) => reasons.map(({ en }) => en));

const speakers = (count: number): TeamRule => ({
  ruleId: 'SPEAKERS',
  teamType: 'rescue',
  roles: null,
  kind: 'at least',
  count,
  of: { is: 'speaker' },
  sentence: null,
});

describe('a match', () => {
  it('fills a seat that a greedy choice leaves empty', async () => {
    // The doctor who is there first could also be the only structural engineer.
    const match = await matched({
      seats: [...seats('rescue', 'doctor', 1, true), ...seats('rescue', 'structural-engineer', 1, true)],
      experts: [
        aCandidate('E-1', {
          qualifications: [aQualification('doctor'), aQualification('structural-engineer')],
        }),
        aCandidate('E-2', { qualifications: [aQualification('doctor')], home: km(200) }),
      ],
    });
    expect(pairs(match)).toEqual([
      ['rescue/doctor/1', 'E-2'],
      ['rescue/structural-engineer/1', 'E-1'],
    ]);
    expect(match.stages[1]).toMatchObject({ goal: 'seats empty', value: 0, bound: 0 });
  });

  it('gives a critical seat the person that two others would need', async () => {
    const both = [aQualification('doctor'), aQualification('fire-rescue')];
    const match = await matched({
      seats: [...seats('rescue', 'fire-rescue', 1), ...seats('rescue', 'doctor', 1, true)],
      experts: [aCandidate('E-1', { qualifications: both })],
    });
    expect(pairs(match)).toEqual([['rescue/doctor/1', 'E-1']]);
    expect(match.empty).toMatchObject([{ seatId: 'rescue/fire-rescue/1' }]);
  });

  it('lets the empty seat fall on the team with most time', async () => {
    const match = await matched({
      teams: [aTeam({ teamType: 'medical-2', deadlineAt: hours(48) }), aTeam()],
      seats: [...seats('medical-2', 'coordinator', 1), ...seats('rescue', 'coordinator', 1)],
      experts: [aCandidate('E-1', { qualifications: [aQualification('coordinator')] })],
    });
    expect(pairs(match)).toEqual([['rescue/coordinator/1', 'E-1']]);
  });

  it('waits for nobody to save points: the last arrival goes before the cost', async () => {
    const match = await matched({
      experts: [aCandidate('A', { missions: 4 }), aCandidate('B', { languages: ['tr'], home: km(100) })],
    });
    expect(pairs(match)).toEqual([['rescue/fire-rescue/1', 'A']]);
  });

  it('keeps a rule of the team before an early arrival, and a seat filled before a rule', async () => {
    const experts = [aCandidate('A'), aCandidate('B', { languages: ['tr'], home: km(100) }), aCandidate('C')];
    const one = await matched({ experts, teamRules: [speakers(1)] });
    expect(pairs(one)).toEqual([['rescue/fire-rescue/1', 'B']]);
    const three = await matched({
      seats: seats('rescue', 'fire-rescue', 3),
      experts,
      teamRules: [speakers(2)],
    });
    expect(three.picks).toHaveLength(3);
    expect(three.brokenRules).toMatchObject([{ ruleId: 'SPEAKERS', teamType: 'rescue' }]);
  });

  it('takes who sits already into account', async () => {
    const match = await matched({
      seated: [{ expertId: 'S', teamType: 'rescue', role: 'fire-rescue', arrivesAt: null }],
      experts: [
        aCandidate('S', { languages: ['tr'] }),
        aCandidate('A'),
        aCandidate('B', { languages: ['tr'], home: km(100) }),
      ],
      teamRules: [speakers(1)],
    });
    expect(pairs(match)).toEqual([['rescue/fire-rescue/1', 'A']]);
  });

  it('does not hurry for a team whose last one comes later anyway, and says when the team is complete', async () => {
    const experts = [
      aCandidate('S', { home: km(250) }),
      aCandidate('A', { pastMissions: [{ from: days(-80), to: days(-60) }], lastMissionEndedAt: days(-60) }),
      aCandidate('B', { home: km(79.9) }),
    ];
    const seated = (arrivesAt: string | null) => ({
      experts,
      seated: [{ expertId: 'S', teamType: 'rescue' as const, role: 'fire-rescue', arrivesAt }],
    });
    expect(pairs(await matched(seated(null)))).toEqual([['rescue/fire-rescue/1', 'A']]);
    const match = await matched(seated(hours(6)));
    expect(match.picks[0]).toMatchObject({ expertId: 'B', arrivesAt: hours(3.5) });
    expect(match.stages.find(({ goal }) => goal === 'latest arrival')).toMatchObject({
      value: 360,
      bound: 360,
    });
  });

  it('takes no more of one employer than the cap', async () => {
    const match = await matched({
      seats: seats('rescue', 'fire-rescue', 2),
      reachableEmployerIds: ['F-1', 'F-2'],
      experts: [aCandidate('A'), aCandidate('B'), aCandidate('C', { employerId: 'F-2', home: km(50) })],
      teamRules: [{ ...speakers(1), ruleId: 'EMPLOYER-CAP', kind: 'at most', of: { is: 'same employer' } }],
    });
    expect(match.picks.map(({ expertId }) => expertId)).toContain('C');
    expect(match.brokenRules).toEqual([]);
  });

  it('weighs language, proficiency, fatigue and turns, each against somebody who is alike', async () => {
    const best = async (...experts: MatchInstance['experts']) =>
      (await matched({ experts })).picks[0]!.expertId;
    expect(await best(aCandidate('A'), aCandidate('B', { languages: ['tr'] }))).toBe('B');
    const instructor = [aQualification('fire-rescue', { proficiency: 3 })];
    expect(await best(aCandidate('A'), aCandidate('B', { qualifications: instructor }))).toBe('B');
    const tired = { pastMissions: [{ from: days(-80), to: days(-60) }], lastMissionEndedAt: days(-60) };
    expect(await best(aCandidate('A', tired), aCandidate('B'))).toBe('B');
  });

  it('draws a lot between people who are alike in everything, another in each deployment', async () => {
    const experts = Array.from({ length: 8 }, (_, i) => aCandidate(`E-${i}`));
    const chosen = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const { picks } = await matched({ deploymentId: `D-${i}`, experts });
        const again = await matched({ deploymentId: `D-${i}`, experts: experts.toReversed() });
        expect(again.picks).toEqual(picks);
        return picks[0]!.expertId;
      }),
    );
    expect(new Set(chosen).size).toBeGreaterThan(3);
  });

  it('takes who has said yes before, as no reply window passes', async () => {
    const match = await matched({
      experts: [aCandidate('A'), aCandidate('B', { noticeToMoveMinutes: 30 })],
      preferredExpertIds: ['B'],
    });
    expect(match.picks[0]).toMatchObject({ expertId: 'B', arrivesAt: hours(2) });
    expect(english(match)[0]!.join('\n')).toMatch(/already said/);
  });

  it('is empty when no seat is open, and still says who stands by', async () => {
    const standby = [{ role: 'fire-rescue', critical: false, count: 1 }];
    const match = await matched({
      seats: [],
      teams: [aTeam({ standby })],
      experts: [aCandidate('B', { missions: 3 }), aCandidate('A', { languages: ['tr'] })],
    });
    expect(match.picks).toEqual([]);
    expect(match.standby).toEqual([{ teamType: 'rescue', role: 'fire-rescue', expertIds: ['A'] }]);
  });

  it('names everybody who stands by once, the best first, and fills as many lists as it can', async () => {
    const both = [aQualification('doctor'), aQualification('fire-rescue')];
    const match = await matched({
      teams: [
        aTeam({
          standby: [
            { role: 'fire-rescue', critical: false, count: 2 },
            { role: 'doctor', critical: true, count: 1 },
          ],
        }),
      ],
      experts: [
        aCandidate('A'),
        aCandidate('B', { qualifications: both, noticeToMoveMinutes: 70 }),
        aCandidate('C', { noticeToMoveMinutes: 300 }),
        aCandidate('D', { noticeToMoveMinutes: 150 }),
      ],
    });
    expect(pairs(match)).toEqual([['rescue/fire-rescue/1', 'A']]);
    expect(match.standby).toEqual([
      { teamType: 'rescue', role: 'doctor', expertIds: ['B'] },
      { teamType: 'rescue', role: 'fire-rescue', expertIds: ['D', 'C'] },
    ]);
  });

  it('explains an empty roster, and a role that nobody holds', async () => {
    const nobody = await matched({ experts: [] });
    expect(nobody.picks).toEqual([]);
    expect(nobody.empty[0]!.reason.en).toMatch(/[Nn]obody/);
    expect(nobody.empty[0]!.reason.ja).not.toBe(nobody.empty[0]!.reason.en);
    const surgeon = await matched({ seats: seats('rescue', 'surgeon', 1, true), experts: [aCandidate('A')] });
    expect(surgeon.stages[0]).toMatchObject({ goal: 'critical seats empty', value: 1, bound: 1 });
  });
});
