import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TeamMatch } from '../../../functions/domain/plan.ts';
import type { Wording } from '../../../functions/domain/primitives.ts';
import { peopleOf } from '../../../functions/matching/candidates/person.ts';
import type { MatchInstance } from '../../../functions/matching/problem.ts';
import { matchInWords } from '../../../functions/matching/reasons/match-in-words.ts';
import { namesOf } from '../../../functions/matching/reasons/spelling.ts';
import { reasonForStandby } from '../../../functions/matching/reasons/stages.ts';
import { standingOf } from '../../../functions/matching/reasons/standing.ts';
import { voiceIn } from '../../../functions/matching/reasons/voice.ts';
import { whyNot } from '../../../functions/matching/reasons/why-not.ts';
import { solve } from '../../../functions/matching/solving/solve.ts';
import {
  aCandidate,
  anInstance,
  aQualification,
  aTeam,
  aTeamRule,
  days,
  hours,
  seats,
} from '../instances.ts';
import { goalsOf, leastCost, screened, smallProblem } from './small-problems.ts';

const names = namesOf({
  roles: [
    { role: 'fire-rescue', name: { en: 'Fire rescue', ja: '消防救助' } },
    { role: 'doctor', name: { en: 'Doctor', ja: '医師' } },
  ],
  teams: [{ teamType: 'rescue', name: { en: 'Rescue team', ja: '救助チーム' } }],
});

async function matched(instance: MatchInstance) {
  const { problem, roster, candidacies, screenings } = screened(instance);
  const solved = await solve(candidacies, roster, problem.deploymentId);
  const match = matchInWords(problem, roster, { candidacies, screenings }, solved, names);
  const standing = standingOf(candidacies, solved);
  const people = peopleOf(problem, roster);
  const say = voiceIn(problem.timeZone, names);
  const why = (expertId: string, groupId = 'rescue/fire-rescue') =>
    whyNot(standing, solved, people, expertId, groupId, say);
  return { match, why, standing, candidacies, solved, say };
}

const english = (all: readonly Wording[]) => all.map(({ en }) => en);

const far = { latitude: 33.58, longitude: 130.4 };
const people = [
  aCandidate('E-01', { languages: ['tr'], standingConsentUntil: days(90) }),
  aCandidate('E-02', { languages: ['tr', 'ja'], home: far }),
  aCandidate('E-03', { pastMissions: [{ from: days(-100), to: days(-80) }], missions: 3 }),
  aCandidate('E-04', { qualifications: [aQualification('fire-rescue', { proficiency: 1 })] }),
  aCandidate('E-05', {
    unavailability: [{ from: days(1), to: days(3), reason: 'leave' }],
    passportValidUntil: null,
  }),
  aCandidate('E-06', { hold: { deploymentId: 'D-7', until: days(9) } }),
  aCandidate('E-07', { rota: { group: 0, groups: 7 } }),
  aCandidate('E-08', { qualifications: [aQualification('doctor'), aQualification('fire-rescue')] }),
  aCandidate('E-09', {
    qualifications: [aQualification('doctor')],
    hold: { deploymentId: 'D-7', until: days(9) },
  }),
  aCandidate('E-10', { home: far, noticeToMoveMinutes: 600 }),
  aCandidate('E-11', { qualifications: [aQualification('nurse')], rota: { group: 0, groups: 7 } }),
  aCandidate('E-12', { home: far, noticeToMoveMinutes: 1200 }),
  aCandidate('E-13', { employerId: 'F-2' }),
  aCandidate('E-14'),
  aCandidate('E-15', { noticeToMoveMinutes: 120 }),
];
const team = aTeam({
  standby: [
    { role: 'fire-rescue', critical: false, count: 2 },
    { role: 'doctor', critical: true, count: 1 },
  ],
});
const quake = anInstance({
  experts: people,
  reachableEmployerIds: ['F-1', 'F-2'],
  teams: [team],
  seats: [
    ...seats('rescue', 'fire-rescue', 4),
    ...seats('rescue', 'doctor', 2, true),
    ...seats('rescue', 'nurse', 1),
    ...seats('rescue', 'surgeon', 1),
  ],
  teamRules: [
    aTeamRule(),
    aTeamRule({ ruleId: 'WOMEN', of: { is: 'gender', gender: 'female' }, count: 1 }),
    aTeamRule({ ruleId: 'EMPLOYER-CAP', kind: 'at most', count: 4, of: { is: 'same employer' } }),
  ],
});

/** Matched once: looking at a plan changes nothing. */
let once: ReturnType<typeof matched> | undefined;
const quakeMatched = () => (once ??= matched(quake));

describe('a team in words', () => {
  it('says why each person has the seat', async () => {
    const { match } = await quakeMatched();
    const reasons = new Map(match.picks.map(({ expertId, reasons: own }) => [expertId, own]));
    expect(match.picks.map(({ seatId, expertId }) => `${seatId} ${expertId}`)).toEqual([
      'rescue/doctor/1 E-08',
      'rescue/fire-rescue/1 E-01',
      'rescue/fire-rescue/2 E-13',
      'rescue/fire-rescue/3 E-14',
      'rescue/fire-rescue/4 E-02',
    ]);
    expect(reasons.get('E-01')).toEqual([
      {
        en: 'certified as fire rescue (experienced) until 27 Dec 2026',
        ja: '消防救助の資格（熟練）、有効期限2026年12月27日',
      },
      {
        en: 'there 1 h 30 min from now at the latest: to answer 1 h, 0 km by land 30 min',
        ja: '遅くとも今から1時間30分後に到着（本人の回答1時間、陸路0 kmで30分）',
      },
      { en: 'speaks Turkish', ja: 'トルコ語で業務可能' },
      {
        en: 'without them SPEAKERS (at least 2 people who work in a language of the country) would be broken',
        ja: 'この人がいなければSPEAKERS（被災国の言語で業務ができる人2名以上）を満たせない',
      },
      { en: 'the next best, E-15, would break SPEAKERS', ja: '次点の E-15 ではSPEAKERSを満たせない' },
    ]);
    // E-15 is of the employer whose share is used up by others: fine in the place of a colleague, not in that of another.
    expect(reasons.get('E-13')!.at(-1)!.en).toBe('the next best, E-15, would break EMPLOYER-CAP');
    expect(reasons.get('E-14')!.at(-1)!.en).toBe(
      'the next best, E-15, would cost 2 points more: arrives 2 h later (+2)',
    );
    expect(reasons.get('E-08')!.at(-1)!.en).toBe('nobody else is eligible and free');
    expect(match.picks[1]!.arrivesAt).toBe(hours(1.5));
  });

  it('says why seats stay empty, who holds the missing, and what would open them', async () => {
    const { match } = await quakeMatched();
    expect(match.empty).toEqual([
      {
        seatId: 'rescue/doctor/2',
        reason: {
          en: 'Of 2 who hold the role doctor: 1 takes a seat of this role, 1 held by D-7.',
          ja: '医師の資格保持者2名の内訳：この役割の席に1名、D-7が確保中1名。',
        },
        filters: { 'held elsewhere': 1 },
      },
      {
        seatId: 'rescue/nurse/1',
        reason: {
          en: 'Only 1 person holds the role nurse: off duty by the rota.',
          ja: 'nurseの資格保持者は1名のみで、対象外です（当番外）。',
        },
        filters: { 'off duty by the rota': 1 },
      },
      {
        seatId: 'rescue/surgeon/1',
        reason: {
          en: 'Nobody on the roster holds the role surgeon.',
          ja: '名簿にsurgeonの資格を持つ人がいません。',
        },
        filters: {},
      },
    ]);
    expect(match.marginals.openings).toEqual([
      {
        teamType: 'rescue',
        role: 'nurse',
        rules: ['off duty by the rota'],
        people: 1,
        reason: {
          en: 'For nurse in the rescue team, 1 person more could be asked if the desk gave up the rota.',
          ja: '救助チームのnurseは、デスクが当番制を外せば、あと1名に照会できます。',
        },
      },
    ]);
  });

  it('says what is broken, what is proven, and what the desk should know at a glance', async () => {
    const { match } = await quakeMatched();
    expect(match.brokenRules).toEqual([
      {
        teamType: 'rescue',
        ruleId: 'WOMEN',
        people: 1,
        reason: {
          en: 'WOMEN of the rescue team (at least 1 woman) is not met: 0 in the team; nobody of the eligible counts for it.',
          ja: '救助チームのWOMEN（女性1名以上）を満たしていません：チーム内0名、条件を満たす候補者のうち該当者はいません。',
        },
      },
    ]);
    expect(match.stages.map(({ sentence }) => sentence.en)).toEqual([
      'Critical seats empty: 1, proven fewest.',
      'Seats empty: 3, proven fewest.',
      'Empty seats weighed by the urgency of their teams: 3, proven least.',
      'People by whom team rules are broken: 1, proven fewest.',
      'Latest arrival of the rescue team 6 h 52 min from now, proven earliest.',
      'Cost: 51 points, proven least.',
    ]);
    expect(english(match.summary)).toEqual([
      '3 of 8 open seats stay empty: 1 doctor, 1 nurse and 1 surgeon.',
      '0 of 1 stand by for doctor in the rescue team: nobody else is eligible and free.',
    ]);
    expect(match.marginals.rules.map(({ ruleId, reason }) => [ruleId, reason.en])).toEqual([
      [
        'SPEAKERS',
        'Without SPEAKERS of the rescue team (at least 2 people who work in a language of the country) the plan would cost no less, the other goals kept; a team may be complete earlier.',
      ],
      [
        'EMPLOYER-CAP',
        'Without EMPLOYER-CAP of the rescue team (at most 4 people of one employer) the plan would cost no less, the other goals kept; no team would be complete earlier.',
      ],
    ]);
    expect(() => TeamMatch.parse(match)).not.toThrow();
  });

  it.each([
    ['E-01', ['E-01 is eligible and sits in rescue/fire-rescue/1.']],
    ['E-03', ['E-03 is eligible; with them the plan would cost at least 12 points more.']],
    [
      'E-04',
      [
        'E-04 is eligible; with them the plan would cost at least 3 points more.',
        'Stands by for fire rescue, in place 2.',
      ],
    ],
    [
      'E-05',
      [
        'E-05 may not be asked as fire rescue: on leave or on another duty until 5 Mar 2026 09:00; no passport on record.',
      ],
    ],
    ['E-06', ['E-06 may not be asked as fire rescue: held by D-7 until 11 Mar 2026 09:00.']],
    ['E-07', ['E-07 may not be asked as fire rescue: off duty by the rota.']],
    ['E-09', ['E-09 does not hold the role fire rescue.']],
    ['E-10', ['E-10 is eligible, but would arrive 17 h later than the last of the team.']],
    ['E-12', ['E-12 may not be asked as fire rescue: would arrive 2 h 52 min after the deadline.']],
    ['E-99', ['E-99 is not on the roster.']],
  ])('says why not %s', async (expertId, sentences) => {
    const { why } = await quakeMatched();
    expect(english(why(expertId))).toEqual(sentences);
  });

  it('says of a role without seats, and of one who keeps a seat, what they are', async () => {
    const { why } = await matched(
      anInstance({
        experts: [aCandidate('E-1'), aCandidate('E-2')],
        seated: [{ expertId: 'E-2', teamType: 'rescue', role: 'fire-rescue', arrivesAt: null }],
      }),
    );
    expect(english(why('E-1', 'rescue/doctor'))).toEqual(['No seat is open for doctor in the rescue team.']);
    expect(english(why('E-2'))).toEqual([
      'E-2 sits already as fire rescue in the rescue team and keeps the seat.',
    ]);
  });

  it.each<[string, Partial<MatchInstance>, Parameters<typeof aCandidate>[1], string]>([
    [
      'certificate',
      {},
      { qualifications: [aQualification('fire-rescue', { validUntil: days(5) })] },
      'the certificate ends on 7 Mar 2026, before the mission does',
    ],
    [
      'proficiency',
      { leastProficiency: { critical: 2, other: 3 } },
      {},
      'is of grade experienced, and instructor is asked for',
    ],
    ['rest', {}, { lastMissionEndedAt: days(-10) }, 'resting after a mission until 22 Mar 2026'],
    [
      'vaccination',
      { entry: { vaccinations: ['yellow-fever', 'polio'], medicalClearance: false, visa: false } },
      { vaccinations: [{ vaccine: 'polio', validUntil: null }] },
      'no valid vaccination on record: yellow fever',
    ],
    [
      'clearance',
      { entry: { vaccinations: [], medicalClearance: true, visa: false } },
      { medicalClearanceUntil: days(3) },
      'medical clearance ends on 5 Mar 2026, before the mission does',
    ],
    [
      'visa',
      { entry: { vaccinations: [], medicalClearance: false, visa: true } },
      {},
      'no visa for the country that lasts to the end of the mission',
    ],
    [
      'passport',
      {},
      { passportValidUntil: days(2) },
      'the passport ends on 4 Mar 2026, before the mission does',
    ],
    ['employer', { reachableEmployerIds: [] }, {}, 'the employer cannot be asked for consent'],
    ['reach', {}, { phone: null }, 'not reachable by a confirmed channel'],
    ['left out', { excludedExpertIds: ['E-1'] }, {}, 'left out by the desk'],
    ['asked', { askedExpertIds: ['E-1'] }, {}, 'asked before in this deployment'],
  ])('finds on the roster what is in the way: %s', async (_, problem, person, obstacle) => {
    const { why, match } = await matched(anInstance({ experts: [aCandidate('E-1', person)], ...problem }));
    expect(english(why('E-1'))).toEqual([`E-1 may not be asked as fire rescue: ${obstacle}.`]);
    expect(match.empty[0]!.reason.en).toMatch(/^Only 1 person holds the role fire rescue: /);
  });

  it('says who said yes before, who is just as good, and who stands by', async () => {
    const two = anInstance({
      teams: [aTeam({ standby: [{ role: 'fire-rescue', critical: false, count: 1 }] })],
      experts: [aCandidate('E-1', { noticeToMoveMinutes: 60 }), aCandidate('E-2')],
      preferredExpertIds: ['E-1'],
      languages: [],
    });
    const { match, standing, say } = await matched(two);
    const [pick] = match.picks;
    expect(english(pick!.reasons)).toContain(
      pick!.expertId === 'E-1'
        ? 'has already said that they can go'
        : 'the next best, E-1, is just as good: a fixed order decides',
    );
    expect(pick!.reasons.at(-1)!.en).toMatch(/is just as good: a fixed order decides$/);
    const [standby] = [...standing.standbyOf.values()];
    expect(reasonForStandby(standing, standby!, say).en).toMatch(
      /^stands by for fire rescue in place 1: there 2 h 30 min from now$/,
    );
  });

  it('claims no proof that is not there', async () => {
    const { candidacies, screenings, problem, roster } = screened(quake);
    const solved = { ...(await solve(candidacies, roster, 'D-1')), trouble: 'the solver failed' };
    const match = matchInWords(problem, roster, { candidacies, screenings }, solved);
    expect(match.marginals.rules).toEqual([]);
    expect(english(match.summary).at(-1)).toContain('the solver failed');
    expect(match.brokenRules[0]!.reason.en).toMatch(/It is not proven that this is the least\.$/);
    const standing = standingOf(candidacies, solved);
    const why = whyNot(
      standing,
      solved,
      peopleOf(problem, roster),
      'E-03',
      'rescue/fire-rescue',
      voiceIn('Asia/Tokyo'),
    );
    expect(english(why)).toEqual(['E-03 is eligible; what the plan would cost with them is not proven.']);
  });
});

/** Figures and ids; a month in letters is its number. */
function named(text: string): string[] {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const plain = text.replace(new RegExp(`(?<=\\d )(${months.join('|')})(?= \\d)`, 'g'), month =>
    String(months.indexOf(month) + 1),
  );
  return (plain.match(/[A-Z]-[\dA-Z-]+|[A-Z][A-Z-]{3,}|[+-]?\d+/g) ?? []).sort();
}

function wordingsIn(value: unknown): Wording[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value && 'ja' in value) return [value as Wording];
  return Object.values(value).flatMap(wordingsIn);
}

describe('whatever the problem', () => {
  it('every sentence is whole, and the same in both languages', async () => {
    await fc.assert(
      fc.asyncProperty(smallProblem, async instance => {
        const { match, why } = await matched(instance);
        TeamMatch.parse(match);
        expect(match.picks.length + match.empty.length).toBe(instance.seats.length);
        const asked = instance.experts.flatMap(({ expertId }) =>
          ['rescue/fire-rescue', 'rescue/doctor'].flatMap(groupId => why(expertId, groupId)),
        );
        for (const { en, ja } of [...wordingsIn(match), ...asked]) {
          expect(named(ja)).toEqual(named(en));
          expect(`${en}${ja}`).not.toMatch(/undefined|NaN|null|\[object|[{}]|: \.|：。/);
        }
      }),
      { numRuns: 15, seed: 11 },
    );
  });

  it('one more seat costs what is said, or cannot be filled', async () => {
    const seen = { filled: 0, not: 0 };
    await fc.assert(
      fc.asyncProperty(smallProblem, async instance => {
        const { match, candidacies: of, solved } = await matched(instance);
        const goals = goalsOf(of, [...solved.chosen]);
        for (const { role, reason } of match.marginals.seats) {
          const more = {
            ...of,
            groups: of.groups.map(group =>
              group.role === role ? { ...group, seatIds: [...group.seatIds, 'one more'] } : group,
            ),
          };
          const open = goals.map((value, i) => (i < 2 ? value : Number.POSITIVE_INFINITY));
          const possible = leastCost(more, open) !== null;
          expect(reason.en.includes('could not be filled')).toBe(!possible);
          seen[possible ? 'filled' : 'not'] += 1;
          const inTime = /cost (?:at most |(\d+) to )?(\d+) points? and delay nobody/.exec(reason.en);
          if (!inTime) continue;
          const rise = leastCost(more, goals)! - goals.at(-1)!;
          expect(rise).toBeLessThanOrEqual(Number(inTime[2]));
          expect(rise).toBeGreaterThanOrEqual(Number(inTime[1] ?? 0));
        }
      }),
      { numRuns: 20, seed: 3 },
    );
    expect(Math.min(seen.filled, seen.not)).toBeGreaterThan(0);
  });
});
