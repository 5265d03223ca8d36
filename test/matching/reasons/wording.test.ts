import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hardRules } from '../../../functions/matching/candidates/hard-rules.ts';
import type { Obstacle } from '../../../functions/matching/candidates/person.ts';
import { Goal } from '../../../functions/matching/proof/certificate.ts';
import { wordingEn } from '../../../functions/matching/reasons/wording.en.ts';
import { wordingJa } from '../../../functions/matching/reasons/wording.ja.ts';
import {
  type CostDifference,
  type ReasonWording,
  type RuleNamed,
  relaxable,
} from '../../../functions/matching/reasons/wording.ts';

const en = wordingEn('Asia/Tokyo');
const ja = wordingJa('Asia/Tokyo');

const at = '2027-03-05T12:30:00.000Z';
const speakers: RuleNamed = {
  ruleId: 'SPEAKERS',
  team: 'T',
  kind: 'at least',
  count: 2,
  of: { is: 'speaker' },
  roles: null,
  sentence: null,
};
const cap: RuleNamed = { ...speakers, ruleId: 'CAP', kind: 'at most', of: { is: 'same employer' }, count: 4 };
const journey = {
  minutes: 582,
  replyMinutes: 60,
  employerMinutes: 120,
  noticeMinutes: 0,
  waitMinutes: 110,
  travelMinutes: 292,
  distanceKm: 944.6,
  by: 'air' as const,
};
const seven: CostDifference[] = [
  { part: 'language', points: 6, steps: 1 },
  { part: 'turns', points: 4, steps: 1 },
  { part: 'proficiency', points: -3, steps: 1 },
];

/** Every sentence there is, once. */
const table: [string, (words: ReasonWording) => string, string, string][] = [
  [
    'certified',
    w => w.pick.certified('R', 2, at),
    'certified as R (experienced) until 5 Mar 2027',
    'Rの資格（熟練）、有効期限2027年3月5日',
  ],
  [
    'certified without end',
    w => w.pick.certified('R', 3, null),
    'certified as R (instructor)',
    'Rの資格（指導員）',
  ],
  [
    'ready by air',
    w => w.pick.ready(journey),
    "there 9 h 42 min from now at the latest: to answer 1 h, the employer's answer 2 h, waiting for the first flight 1 h 50 min, 945 km by air 4 h 52 min",
    '遅くとも今から9時間42分後に到着（本人の回答1時間、所属先の同意2時間、始発便待ち1時間50分、空路945 kmで4時間52分）',
  ],
  [
    'ready by land',
    w =>
      w.pick.ready({
        ...journey,
        minutes: 45,
        replyMinutes: 0,
        employerMinutes: 0,
        noticeMinutes: 10,
        waitMinutes: 5,
        travelMinutes: 30,
        distanceKm: 0,
        by: 'land',
      }),
    'there 45 min from now at the latest: notice to move 10 min, waiting for the first train 5 min, 0 km by land 30 min',
    '遅くとも今から45分後に到着（出発準備10分、始発列車待ち5分、陸路0 kmで30分）',
  ],
  ['speaks', w => w.pick.speaks(['tr', 'ku']), 'speaks Turkish and Kurdish', 'トルコ語・クルド語で業務可能'],
  [
    'speaks none',
    w => w.pick.speaksNone(['tr']),
    'speaks no language of the country (Turkish)',
    '被災国の言語（トルコ語）では業務不可',
  ],
  ['said yes', w => w.pick.saidYes(), 'has already said that they can go', '派遣可能とすでに回答済み'],
  [
    'counts',
    w => w.pick.counts(speakers, 3),
    'counts for SPEAKERS (at least 2 people who work in a language of the country): 3 in the team',
    'SPEAKERS（被災国の言語で業務ができる人2名以上）に該当（チーム内3名）',
  ],
  [
    'needed',
    w => w.pick.needed({ ...speakers, sentence: 'Two speak it 2.' }),
    'without them SPEAKERS (Two speak it 2) would be broken',
    'この人がいなければSPEAKERS（Two speak it 2）を満たせない',
  ],
  [
    'nobody else',
    w => w.pick.nobodyElse(0),
    'nobody else is eligible and free',
    'ほかに条件を満たし、空いている候補者なし',
  ],
  [
    'nobody else, one elsewhere',
    w => w.pick.nobodyElse(1),
    'nobody else is eligible and free: the other 1 eligible sits in another seat',
    'ほかに条件を満たし、空いている候補者なし（条件を満たすほかの1名は別の席）',
  ],
  [
    'next breaks',
    w => w.pick.nextBreaks('E-9', ['SPEAKERS', 'CAP']),
    'the next best, E-9, would break SPEAKERS and CAP',
    '次点の E-9 ではSPEAKERS・CAPを満たせない',
  ],
  [
    'next delays by as much',
    w => w.pick.nextDelays('E-9', 540, 540),
    'the next best, E-9, would arrive 9 h later and delay the team by as much',
    '次点の E-9 は到着が9時間遅く、チームの集結も同じだけ遅れる',
  ],
  [
    'next delays',
    w => w.pick.nextDelays('E-9', 540, 61),
    'the next best, E-9, would arrive 9 h later and delay the team by 1 h 1 min',
    '次点の E-9 は到着が9時間遅く、チームの集結が1時間1分遅れる',
  ],
  [
    'next delays nine in ten',
    w => w.pick.nextDelaysNine('E-9', 4),
    'with the next best, E-9, 9 in 10 of the team would be there 4 min later',
    '次点の E-9 では、チームの10人中9人がそろうのが4分遅れる',
  ],
  [
    'next costs',
    w => w.pick.nextCosts('E-9', 7, seven),
    'the next best, E-9, would cost 7 points more: speaks no language of the country (+6), 1 more mission within the year (+4), 1 grade higher (-3)',
    '次点の E-9 はコストが7点高い：被災国の言語ができない（+6）、この一年の派遣が1回多い（+4）、習熟度が1段階高い（-3）',
  ],
  [
    'next costs, the other parts',
    w =>
      w.pick.nextCosts('E-9', 1, [
        { part: 'scarce', points: 5, steps: 1 },
        { part: 'fatigue', points: -4, steps: 2 },
        { part: 'arrival', points: -2, steps: 2 },
        { part: 'turns', points: 2, steps: 2 },
      ]),
    'the next best, E-9, would cost 1 point more: holds a scarce role (+5), fewer days on missions within the year (-4), arrives 2 h earlier (-2), 2 more missions within the year (+2)',
    '次点の E-9 はコストが1点高い：希少な資格を持つ（+5）、この一年の派遣日数が少ない（-4）、到着が2時間早い（-2）、この一年の派遣が2回多い（+2）',
  ],
  [
    'next equals',
    w => w.pick.nextEquals('E-9'),
    'the next best, E-9, is just as good: a fixed order decides',
    '次点の E-9 も同等：あらかじめ決めた順序による',
  ],
  [
    'next is better',
    w => w.pick.nextIsBetter('E-9'),
    'E-9 would be better for this seat by itself: the plan is not proven best',
    'この席だけを見れば E-9 のほうがよい：計画は最良と証明されていない',
  ],
  [
    'nobody holds',
    w => w.empty.nobodyHolds('R'),
    'Nobody on the roster holds the role R.',
    '名簿にRの資格を持つ人がいません。',
  ],
  [
    'only one, held',
    w => w.empty.onlyFew('R', 1, { rule: 'held elsewhere', count: 1, deployments: ['D-7'] }),
    'Only 1 person holds the role R: held by D-7.',
    'Rの資格保持者は1名のみで、対象外です（D-7が確保中）。',
  ],
  [
    'only two, held',
    w => w.empty.onlyFew('R', 2, { rule: 'held elsewhere', count: 2, deployments: ['D-7', 'D-8'] }),
    'Only 2 people hold the role R, all of them held by D-7 and D-8.',
    'Rの資格保持者は2名のみで、全員が対象外です（D-7・D-8が確保中）。',
  ],
  [
    'of all',
    w =>
      w.empty.ofAll(
        'R',
        41,
        3,
        [
          { rule: 'on leave', count: 12, deployments: [] },
          { rule: 'held elsewhere', count: 9, deployments: ['D-3'] },
          { rule: 'too late', count: 3, deployments: [] },
        ],
        { count: 2, seats: ['a/b/1', 'a/b/2'] },
        0,
      ),
    'Of 41 who hold the role R: 3 take a seat of this role, 12 on leave or on another duty, 9 held by D-3, 3 arriving after the deadline, 2 take other seats (a/b/1 and a/b/2).',
    'Rの資格保持者41名の内訳：この役割の席に3名、休暇または別の任務12名、D-3が確保中9名、期限後の到着3名、別の席に2名（a/b/1・a/b/2）。',
  ],
  [
    'of all, without a proof',
    w => w.empty.ofAll('R', 5, 0, [], { count: 4, seats: [] }, 1),
    'Of 5 who hold the role R: 4 take other seats, 1 eligible and free: the plan is not proven best.',
    'Rの資格保持者5名の内訳：別の席に4名、条件を満たし空いている人1名（計画は最良と証明されていません）。',
  ],
  [
    'not on the roster',
    w => w.notChosen.notOnRoster('E-9'),
    'E-9 is not on the roster.',
    'E-9 は名簿に登録されていません。',
  ],
  [
    'no such group',
    w => w.notChosen.noSuchGroup('R', 'T'),
    'No seat is open for R in the T.',
    'TのRに空席はありません。',
  ],
  [
    'not holding',
    w => w.notChosen.notHolding('E-9', 'R'),
    'E-9 does not hold the role R.',
    'E-9 はRの資格を保有していません。',
  ],
  [
    'in a seat',
    w => w.notChosen.inSeat('E-9', 'a/b/1'),
    'E-9 is eligible and sits in a/b/1.',
    'E-9 は条件を満たし、席 a/b/1 に割り当てられています。',
  ],
  [
    'keeps a seat',
    w => w.notChosen.keepsSeat('E-9', 'R', 'T'),
    'E-9 sits already as R in the T and keeps the seat.',
    'E-9 はすでにTのRとして席があり、変更しません。',
  ],
  [
    'would arrive later',
    w => w.notChosen.delays('E-9', 540),
    'E-9 is eligible, but would arrive 9 h later than the last of the team.',
    'E-9 は条件を満たしますが、到着がチームの最終到着より9時間遅くなります。',
  ],
  [
    'leaves empty',
    w => w.notChosen.leavesEmpty('E-9', 1),
    'E-9 is eligible, but with them at least 1 more seat would stay empty.',
    'E-9 は条件を満たしますが、入れると空席が少なくとも1席増えます。',
  ],
  [
    'leaves a more urgent seat empty',
    w => w.notChosen.leavesUrgentEmpty('E-9'),
    'E-9 is eligible, but with them a team that must be ready sooner would keep an empty seat.',
    'E-9 は条件を満たしますが、入れるとより急ぐチームに空席が残ります。',
  ],
  [
    'breaks rules',
    w => w.notChosen.breaks('E-9', 2),
    'E-9 is eligible, but with them team rules would be broken by at least 2 people more.',
    'E-9 は条件を満たしますが、入れるとチーム規則に合わない人数が少なくとも2名増えます。',
  ],
  [
    'costs more',
    w => w.notChosen.costs('E-9', 12),
    'E-9 is eligible; with them the plan would cost at least 12 points more.',
    'E-9 は条件を満たしますが、入れると計画のコストが少なくとも12点上がります。',
  ],
  [
    'may cost nothing',
    w => w.notChosen.mayCostNothing('E-9'),
    'E-9 is eligible and may be just as good: between equal plans a fixed order decides.',
    'E-9 は条件を満たし、同等の可能性があります。同等の計画の間では、あらかじめ決めた順序によります。',
  ],
  [
    'unproven',
    w => w.notChosen.unproven('E-9'),
    'E-9 is eligible; what the plan would cost with them is not proven.',
    'E-9 は条件を満たします。入れた場合のコストは証明されていません。',
  ],
  [
    'stands by',
    w => w.notChosen.standsBy('R', 2),
    'Stands by for R, in place 2.',
    'Rの待機要員（2番目）です。',
  ],
  [
    'cannot fill',
    w => w.marginal.cannotFill('R', 'T'),
    '1 more seat for R in the T could not be filled.',
    'TのRを1席増やしても、充足できません。',
  ],
  [
    'one more, between',
    w => w.marginal.oneMore('R', 'T', { least: 12, most: 14 }, 0),
    '1 more seat for R in the T would cost 12 to 14 points and delay nobody.',
    'TのRを1席増やすと、コストの増加は12～14点で、到着の遅れはありません。',
  ],
  [
    'one more, known',
    w => w.marginal.oneMore('R', 'T', { least: 14, most: 14 }, 0),
    '1 more seat for R in the T would cost 14 points and delay nobody.',
    'TのRを1席増やすと、コストの増加は14点で、到着の遅れはありません。',
  ],
  [
    'one more, later',
    w => w.marginal.oneMore('R', 'T', { least: null, most: 1 }, 130),
    '1 more seat for R in the T would cost at most 1 point and delay the team by at most 2 h 10 min.',
    'TのRを1席増やすと、コストの増加は最大1点で、チームの集結の遅れは最大2時間10分です。',
  ],
  [
    'one more, from below',
    w => w.marginal.oneMore('R', 'T', { least: 8, most: null }, 0),
    '1 more seat for R in the T would cost at least 8 points, if it can be filled without giving up an earlier goal.',
    'TのRを1席増やすと、コストの増加は少なくとも8点です（先の目標を損なわずに充足できる場合）。',
  ],
  [
    'a rule that costs nothing',
    w => w.marginal.rule(cap, 0, null, false),
    'Without CAP of the T (at most 4 people of one employer) the plan would cost no less, the other goals kept; no team would be complete earlier.',
    'TのCAP（同じ所属先の人4名まで）を外した場合：ほかの目標を保つ限り、コストは下がりません。チームの集結は早まりません。',
  ],
  [
    'a rule that costs',
    w => w.marginal.rule(cap, 8, 3, true),
    'Without CAP of the T (at most 4 people of one employer) the plan would cost at most 8 points less, and at most 3 points less if it were softer by 1 person, the other goals kept; a team may be complete earlier.',
    'TのCAP（同じ所属先の人4名まで）を外した場合：ほかの目標を保つ限り、コストの低下は最大でも8点（1名緩めるだけなら最大でも3点）です。チームの集結が早まる可能性はあります。',
  ],
  [
    'a rule of which only the time is known',
    w => w.marginal.rule(cap, null, null, true),
    'Without CAP of the T (at most 4 people of one employer) a team may be complete earlier.',
    'TのCAP（同じ所属先の人4名まで）を外した場合：チームの集結が早まる可能性はあります。',
  ],
  [
    'opens',
    w => w.marginal.opens('R', 'T', 2, ['off duty by the rota', 'too late']),
    'For R in the T, 2 people more could be asked if the desk gave up the rota and the deadline.',
    'TのRは、デスクが当番制・到着期限を外せば、あと2名に照会できます。',
  ],
  [
    'too few',
    w => w.brokenRule.tooFew(speakers, 1, 1),
    'SPEAKERS of the T (at least 2 people who work in a language of the country) is not met: 1 in the team; only 1 of the eligible counts for it.',
    'TのSPEAKERS（被災国の言語で業務ができる人2名以上）を満たしていません：チーム内1名、条件を満たす候補者のうち該当者は1名のみです。',
  ],
  [
    'nobody counts',
    w =>
      w.brokenRule.tooFew(
        { ...speakers, of: { is: 'gender', gender: 'female' }, count: 1, roles: ['R', 'S'] },
        0,
        0,
      ),
    'SPEAKERS of the T (at least 1 woman in the seats R and S) is not met: 0 in the team; nobody of the eligible counts for it.',
    'TのSPEAKERS（R・Sの席で女性1名以上）を満たしていません：チーム内0名、条件を満たす候補者のうち該当者はいません。',
  ],
  [
    'a conflict',
    w => w.brokenRule.conflict({ ...speakers, of: { is: 'experienced', missions: 3 } }, 1, 5),
    'SPEAKERS of the T (at least 2 people with 3 or more missions) is not met: 1 in the team; 5 of the eligible count for it, but with more of them a seat would stay empty or other rules be broken as much.',
    'TのSPEAKERS（派遣経験3回以上の人2名以上）を満たしていません：チーム内1名。条件を満たす候補者のうち該当者は5名いますが、増やすと空席が出るか、ほかの規則が同じだけ満たせなくなります。',
  ],
  [
    'too many of an employer',
    w => w.brokenRule.tooMany(cap, 1, ['F-1']),
    'CAP of the T (at most 4 people of one employer) is not met: 1 person too many (F-1); with fewer a seat would stay empty or other rules be broken as much.',
    'TのCAP（同じ所属先の人4名まで）を満たしていません：1名多すぎます（F-1）。減らすと空席が出るか、ほかの規則が同じだけ満たせなくなります。',
  ],
  [
    'a doubt',
    w => w.brokenRule.unproven(),
    'It is not proven that this is the least.',
    'これが最少であることは証明されていません。',
  ],
  [
    'newcomers',
    w => w.rule({ ...cap, of: { is: 'newcomer' } }),
    'CAP (at most 4 people on a first mission)',
    'CAP（初めて派遣される人4名まで）',
  ],
  [
    'a grade',
    w => w.rule({ ...speakers, of: { is: 'proficient', proficiency: 2 } }),
    'SPEAKERS (at least 2 people of grade experienced or above)',
    'SPEAKERS（習熟度が熟練以上の人2名以上）',
  ],
  [
    'stands by, for the console',
    w => w.standby.reason('R', 2, 90),
    'stands by for R in place 2: there 1 h 30 min from now',
    'Rの待機要員（2番目）：今から1時間30分後に到着',
  ],
  [
    'few stand by',
    w => w.standby.short('R', 'T', 3, 1),
    '1 of 3 stand by for R in the T: nobody else is eligible and free.',
    'TのRの待機要員は3名中1名です。ほかに条件を満たし、空いている候補者はいません。',
  ],
  ['no gaps', w => w.gaps(70, []), 'All 70 open seats are filled.', '空席70席がすべて埋まりました。'],
  [
    'gaps',
    w =>
      w.gaps(70, [
        { role: 'R', count: 1 },
        { role: 'S', count: 2 },
      ]),
    '3 of 70 open seats stay empty: 1 R and 2 S.',
    '空席70席のうち3席が埋まりません：R1席、S2席。',
  ],
  [
    'trouble',
    w => w.stage.trouble('HiGHS failed'),
    'The proof is missing, and this is the best plan that is known: HiGHS failed',
    '証明がなく、これまでに見つかった最良の計画です：HiGHS failed',
  ],
];

const obstacles: [Obstacle, string, string][] = [
  [
    { rule: 'certificate ends too early', until: at },
    'the certificate ends on 5 Mar 2027, before the mission does',
    '資格の期限（2027年3月5日）が任務終了より前',
  ],
  [{ rule: 'certificate ends too early', until: null }, 'the certificate has ended', '資格が失効'],
  [
    { rule: 'proficiency too low', has: 1, asked: 2 },
    'is of grade basic, and experienced is asked for',
    '習熟度が初級（必要：熟練）',
  ],
  [{ rule: 'left out by the desk' }, 'left out by the desk', 'デスクが除外'],
  [{ rule: 'asked before' }, 'asked before in this deployment', 'この派遣ですでに照会済み'],
  [{ rule: 'seated' }, 'has a seat in this deployment already', 'この派遣ですでに席あり'],
  [
    { rule: 'held elsewhere', by: 'D-7', until: at },
    'held by D-7 until 5 Mar 2027 21:30',
    'D-7が2027年3月5日 21:30まで確保中',
  ],
  [
    { rule: 'on leave', until: at },
    'on leave or on another duty until 5 Mar 2027 21:30',
    '2027年3月5日 21:30まで休暇または別の任務',
  ],
  [
    { rule: 'on leave', until: null },
    'on leave or on another duty without an end on record',
    '終了日の記録がない休暇または別の任務',
  ],
  [{ rule: 'off duty by the rota' }, 'off duty by the rota', '当番外'],
  [
    { rule: 'resting', until: at },
    'resting after a mission until 5 Mar 2027',
    '2027年3月5日まで派遣後の休養期間',
  ],
  [
    { rule: 'vaccination missing', vaccines: ['yellow-fever', 'dengue'] },
    'no valid vaccination on record: yellow fever and dengue',
    '有効な予防接種の記録なし（黄熱・dengue）',
  ],
  [
    { rule: 'no medical clearance', until: at },
    'medical clearance ends on 5 Mar 2027, before the mission does',
    '健康判定の期限（2027年3月5日）が任務終了より前',
  ],
  [{ rule: 'no medical clearance', until: null }, 'no medical clearance on record', '健康判定の記録なし'],
  [
    { rule: 'no passport', until: at },
    'the passport ends on 5 Mar 2027, before the mission does',
    '旅券の期限（2027年3月5日）が任務終了より前',
  ],
  [{ rule: 'no passport', until: null }, 'no passport on record', '旅券の記録なし'],
  [
    { rule: 'no visa' },
    'no visa for the country that lasts to the end of the mission',
    '任務終了まで有効な査証なし',
  ],
  [
    { rule: 'employer cannot be asked' },
    'the employer cannot be asked for consent',
    '所属先に同意を求める連絡先なし',
  ],
  [{ rule: 'not reachable' }, 'not reachable by a confirmed channel', '確認済みの連絡手段なし'],
  [
    { rule: 'too late', minutes: 172 },
    'would arrive 2 h 52 min after the deadline',
    '到着が期限より2時間52分遅い',
  ],
];

const stages: [Goal, number, number, string, string][] = [
  [
    'critical seats empty',
    0,
    0,
    'Critical seats empty: 0, proven fewest.',
    '必須席の空席：0、最少と証明済み。',
  ],
  [
    'seats empty',
    3,
    2,
    'Seats empty: 3, not proven: 2 may be possible.',
    '空席：3、未証明（2の可能性あり）。',
  ],
  [
    'urgency of empty seats',
    4,
    4,
    'Empty seats weighed by the urgency of their teams: 4, proven least.',
    'チームの緊急度で重み付けした空席：4、最小と証明済み。',
  ],
  [
    'team rules broken',
    1,
    1,
    'People by whom team rules are broken: 1, proven fewest.',
    'チーム規則を満たすのに足りない、または多すぎる人数：1、最少と証明済み。',
  ],
  [
    'latest arrival',
    400,
    400,
    'Latest arrival of the T 6 h 40 min from now, proven earliest.',
    'Tの最終到着：今から6時間40分後、最も早いと証明済み。',
  ],
  [
    'arrival of nine in ten',
    400,
    60,
    '9 in 10 of the T there 6 h 40 min from now, not proven: 1 h may be possible.',
    'Tの10人中9人の到着：今から6時間40分後、未証明（1時間の可能性あり）。',
  ],
  ['cost', 312, 312, 'Cost: 312 points, proven least.', 'コスト：312点、最小と証明済み。'],
];

describe('every sentence, in both languages', () => {
  it.each(table)('%s', (_, phrase, english, japanese) => {
    expect(phrase(en)).toBe(english);
    expect(phrase(ja)).toBe(japanese);
  });

  it.each(obstacles)('an obstacle: $rule', (obstacle, english, japanese) => {
    expect(en.notChosen.obstacles('E-9', 'R', [obstacle])).toBe(`E-9 may not be asked as R: ${english}.`);
    expect(ja.notChosen.obstacles('E-9', 'R', [obstacle])).toBe(
      `E-9 にはRとして照会できません：${japanese}。`,
    );
  });

  it('names several obstacles at once', () => {
    const both: Obstacle[] = [{ rule: 'on leave', until: at }, { rule: 'not reachable' }];
    expect(en.notChosen.obstacles('E-9', 'R', both)).toBe(
      'E-9 may not be asked as R: on leave or on another duty until 5 Mar 2027 21:30; not reachable by a confirmed channel.',
    );
    expect(ja.notChosen.obstacles('E-9', 'R', both)).toBe(
      'E-9 にはRとして照会できません：2027年3月5日 21:30まで休暇または別の任務、確認済みの連絡手段なし。',
    );
  });

  it('has an obstacle for every hard rule, and a stage for every goal', () => {
    expect(new Set(obstacles.map(([{ rule }]) => rule))).toEqual(new Set(hardRules));
    expect(stages.map(([goal]) => goal)).toEqual(Goal.options);
  });

  it.each(stages)('the stage "%s"', (goal, value, bound, english, japanese) => {
    const team = goal.includes('arrival') ? 'T' : null;
    expect(en.stage.sentence(goal, team, value, bound)).toBe(english);
    expect(ja.stage.sentence(goal, team, value, bound)).toBe(japanese);
  });
});

/** Figures and ids of a text, sorted; a month in letters is its number. */
function named(text: string): string[] {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const plain = text.replace(new RegExp(`(?<=\\d )(${months.join('|')})(?= \\d)`, 'g'), month =>
    String(months.indexOf(month) + 1),
  );
  return (plain.match(/[A-Z]-[\dA-Z-]+|[A-Z][A-Z-]{3,}|[+-]?\d+/g) ?? []).sort();
}

const count = fc.integer({ min: 0, max: 5000 });
const some = fc.integer({ min: 1, max: 5000 });
const id = fc.stringMatching(/^[A-Z]-\d{1,5}$/);
const instant = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map(date => date.toISOString());
const maybe = fc.option(instant);
const grade = fc.constantFrom(1 as const, 2 as const, 3 as const);
const rule: fc.Arbitrary<RuleNamed> = fc.record({
  ruleId: fc.constantFrom('SPEAKERS', 'EMPLOYER-CAP'),
  team: fc.constantFrom('T', 'T 2'),
  kind: fc.constantFrom('at least' as const, 'at most' as const),
  count: some,
  of: fc.constantFrom<RuleNamed['of'][]>(
    { is: 'speaker' },
    { is: 'gender', gender: 'male' },
    { is: 'experienced', missions: 3 },
    { is: 'newcomer' },
    { is: 'proficient', proficiency: 3 },
    { is: 'same employer' },
  ),
  roles: fc.option(fc.array(fc.constantFrom('R', 'S'), { minLength: 1 })),
  sentence: fc.option(fc.constantFrom('3 of them.', '3 of them。')),
});
const differences = fc.array(
  fc.record({
    part: fc.constantFrom(
      'proficiency' as const,
      'language' as const,
      'turns' as const,
      'scarce' as const,
      'arrival' as const,
      'fatigue' as const,
    ),
    points: fc.integer({ min: -99, max: 99 }).filter(points => points !== 0),
    steps: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 1 },
);
const removed = fc.record({
  rule: fc.constantFrom(...hardRules),
  count: some,
  deployments: fc.array(id, { maxLength: 3 }),
});
const obstacle: fc.Arbitrary<Obstacle> = fc.oneof(
  fc.record({ rule: fc.constant('certificate ends too early' as const), until: maybe }),
  fc.record({ rule: fc.constant('proficiency too low' as const), has: grade, asked: grade }),
  fc.record({ rule: fc.constant('held elsewhere' as const), by: id, until: instant }),
  fc.record({ rule: fc.constant('on leave' as const), until: maybe }),
  fc.record({ rule: fc.constant('resting' as const), until: instant }),
  fc.record({ rule: fc.constant('no passport' as const), until: maybe }),
  fc.record({ rule: fc.constant('no medical clearance' as const), until: maybe }),
  fc.record({ rule: fc.constant('too late' as const), minutes: some }),
);
const spent = fc.record({
  minutes: count,
  replyMinutes: count,
  employerMinutes: count,
  noticeMinutes: count,
  waitMinutes: count,
  travelMinutes: count,
  distanceKm: fc.double({ min: 0, max: 20_000, noNaN: true }),
  by: fc.constantFrom('land' as const, 'air' as const),
});
const range = fc.oneof(
  fc.record({ least: fc.option(count), most: count }),
  fc.record({ least: count, most: fc.constant(null) }),
);

type Phrase = (words: ReasonWording) => string;
const phrases: fc.Arbitrary<Phrase> = fc.oneof(
  fc.tuple(grade, maybe).map(
    ([g, until]): Phrase =>
      w =>
        w.pick.certified('R', g, until),
  ),
  spent.map(
    (each): Phrase =>
      w =>
        w.pick.ready(each),
  ),
  fc.tuple(rule, count).map(
    ([r, n]): Phrase =>
      w =>
        w.pick.counts(r, n),
  ),
  rule.map(
    (r): Phrase =>
      w =>
        w.pick.needed(r),
  ),
  count.map(
    (n): Phrase =>
      w =>
        w.pick.nobodyElse(n),
  ),
  fc.tuple(id, fc.array(fc.constantFrom('SPEAKERS', 'EMPLOYER-CAP'), { minLength: 1 })).map(
    ([e, rs]): Phrase =>
      w =>
        w.pick.nextBreaks(e, rs),
  ),
  fc.tuple(id, some, some).map(
    ([e, a, b]): Phrase =>
      w =>
        w.pick.nextDelays(e, a, b),
  ),
  fc.tuple(id, some).map(
    ([e, n]): Phrase =>
      w =>
        w.pick.nextDelaysNine(e, n),
  ),
  fc.tuple(id, some, differences).map(
    ([e, n, d]): Phrase =>
      w =>
        w.pick.nextCosts(e, n, d),
  ),
  fc.tuple(some, removed).map(
    ([n, r]): Phrase =>
      w =>
        w.empty.onlyFew('R', n, r),
  ),
  fc.tuple(some, some, fc.array(removed, { maxLength: 4 }), count, fc.array(id, { maxLength: 3 }), count).map(
    ([n, here, r, elsewhere, ids, free]): Phrase =>
      w =>
        w.empty.ofAll('R', n, here, r, { count: elsewhere, seats: elsewhere ? ids : [] }, free),
  ),
  fc.tuple(id, fc.array(obstacle, { minLength: 1 })).map(
    ([e, o]): Phrase =>
      w =>
        w.notChosen.obstacles(e, 'R', o),
  ),
  fc.tuple(id, some).map(
    ([e, n]): Phrase =>
      w =>
        w.notChosen.delays(e, n),
  ),
  fc.tuple(id, some).map(
    ([e, n]): Phrase =>
      w =>
        w.notChosen.leavesEmpty(e, n),
  ),
  fc.tuple(id, some).map(
    ([e, n]): Phrase =>
      w =>
        w.notChosen.breaks(e, n),
  ),
  fc.tuple(id, some).map(
    ([e, n]): Phrase =>
      w =>
        w.notChosen.costs(e, n),
  ),
  fc.tuple(range, count).map(
    ([r, n]): Phrase =>
      w =>
        w.marginal.oneMore('R', 'T', r, n),
  ),
  fc.tuple(rule, some, fc.option(some), fc.option(fc.boolean())).map(
    ([r, n, one, earlier]): Phrase =>
      w =>
        w.marginal.rule(r, n, one, earlier),
  ),
  fc.tuple(some, fc.subarray([...relaxable], { minLength: 1 })).map(
    ([n, rs]): Phrase =>
      w =>
        w.marginal.opens('R', 'T', n, rs),
  ),
  fc.tuple(rule, count, count).map(
    ([r, a, b]): Phrase =>
      w =>
        w.brokenRule.tooFew(r, a, b),
  ),
  fc.tuple(rule, count, some).map(
    ([r, a, b]): Phrase =>
      w =>
        w.brokenRule.conflict(r, a, b),
  ),
  fc.tuple(rule, some, fc.array(id)).map(
    ([r, n, ids]): Phrase =>
      w =>
        w.brokenRule.tooMany(r, n, ids),
  ),
  fc.tuple(fc.constantFrom(...Goal.options), fc.option(fc.constant('T')), count, count).map(
    ([goal, team, a, b]): Phrase =>
      w =>
        w.stage.sentence(goal, team, a, b),
  ),
  fc.tuple(count, fc.array(fc.record({ role: fc.constant('R'), count: some }))).map(
    ([n, empty]): Phrase =>
      w =>
        w.gaps(n, empty),
  ),
);

describe('whatever the facts', () => {
  it('both languages name the same ids and numbers, and nothing that is no word', () => {
    fc.assert(
      fc.property(phrases, phrase => {
        const [english, japanese] = [phrase(en), phrase(ja)];
        expect(named(japanese)).toEqual(named(english));
        for (const text of [english, japanese]) {
          expect(text).not.toMatch(/undefined|NaN|null|\[object|[{}]/);
          expect(text).not.toMatch(/ {2}|、、|, ,|：$|: $/);
          expect(text.trim()).toBe(text);
        }
        expect(english).not.toMatch(/[\u3000-\u9fff]/);
      }),
      { numRuns: 800 },
    );
  });
});
