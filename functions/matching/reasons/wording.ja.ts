import type { Instant } from '../../domain/primitives.ts';
import type { Grade } from '../candidates/certificate.ts';
import type { HardRule } from '../candidates/hard-rules.ts';
import type { Obstacle } from '../candidates/person.ts';
import type { Goal } from '../proof/certificate.ts';
import { day, duration, inWords, languageName, list, moment } from './spelling.ts';
import type { CostDifference, ReasonWording, Relaxable, RuleNamed } from './wording.ts';

const grades: Record<Grade, string> = { 1: '初級', 2: '熟練', 3: '指導員' };

/** Vaccines by the policy's codes; another is written as its code. */
const vaccines: Readonly<Record<string, string>> = {
  cholera: 'コレラ',
  diphtheria: 'ジフテリア',
  'hepatitis-a': 'A型肝炎',
  'hepatitis-b': 'B型肝炎',
  influenza: 'インフルエンザ',
  'japanese-encephalitis': '日本脳炎',
  measles: '麻疹',
  meningococcal: '髄膜炎菌',
  polio: 'ポリオ',
  rabies: '狂犬病',
  rubella: '風疹',
  tetanus: '破傷風',
  typhoid: '腸チフス',
  'yellow-fever': '黄熱',
};

const vaccineName = (code: string): string =>
  (Object.hasOwn(vaccines, code) ? vaccines[code] : undefined) ?? inWords(code);
const signed = (count: number): string => (count > 0 ? `+${count}` : `${count}`);
const last = (minutes: number): string => duration(minutes, 'ja');
const listed = (items: readonly string[]): string => list(items, 'ja');
/** Ids and names that belong closely together: the comma parts the rest. */
const joined = (items: readonly string[]): string => items.join('・');
const languages = (codes: readonly string[]): string => joined(codes.map(code => languageName(code, 'ja')));

/** Those whom a rule counts: 「女性」. */
function counted({ of }: RuleNamed): string {
  switch (of.is) {
    case 'speaker':
      return '被災国の言語で業務ができる人';
    case 'gender':
      return { female: '女性', male: '男性' }[of.gender];
    case 'experienced':
      return `派遣経験${of.missions}回以上の人`;
    case 'newcomer':
      return '初めて派遣される人';
    case 'proficient':
      return `習熟度が${grades[of.proficiency as Grade]}${of.proficiency < 3 ? '以上' : ''}の人`;
    case 'same employer':
      return '同じ所属先の人';
  }
}

/** A rule by its id and what it asks for: 「SPEAKERS（被災国の…）」. */
const rule = (each: RuleNamed): string => `${each.ruleId}（${demand(each)}）`;

/** The same where no team is named beside it. */
const ruleOfTeam = (each: RuleNamed): string => `${each.team}の${each.ruleId}（${demand(each)}）`;

function demand(each: RuleNamed): string {
  const { kind, count, roles, sentence } = each;
  const among = roles === null ? '' : `${joined(roles)}の席で`;
  const limit = kind === 'at least' ? '名以上' : '名まで';
  return sentence?.replace(/[.。]$/, '') ?? `${among}${counted(each)}${count}${limit}`;
}

function difference({ part, points: more, steps }: CostDifference): string {
  const isMore = more > 0;
  const what = {
    proficiency: `習熟度が${steps}段階${isMore ? '低い' : '高い'}`,
    language: isMore ? '被災国の言語ができない' : '被災国の言語ができる',
    fatigue: isMore ? 'この一年の派遣日数が多い' : 'この一年の派遣日数が少ない',
    turns: `この一年の派遣が${steps}回${isMore ? '多い' : '少ない'}`,
    scarce: isMore ? '希少な資格を持つ' : '希少な資格を持たない',
    arrival: `到着が${steps}時間${isMore ? '遅い' : '早い'}`,
  }[part];
  return `${what}（${signed(more)}）`;
}

/** Those whom a rule removed, before their number. */
function removedAs(by: HardRule, deployments: readonly string[]): string {
  return {
    'certificate ends too early': '資格が任務終了前に失効',
    'proficiency too low': '習熟度が基準未満',
    'left out by the desk': 'デスクが除外',
    'asked before': '照会済み',
    seated: 'すでに席あり',
    'held elsewhere': deployments.length > 0 ? `${joined(deployments)}が確保中` : '別の派遣が確保中',
    'on leave': '休暇または別の任務',
    'off duty by the rota': '当番外',
    resting: '派遣後の休養期間中',
    'vaccination missing': '必要な予防接種なし',
    'no medical clearance': '任務終了まで有効な健康判定なし',
    'no passport': '任務終了まで有効な旅券なし',
    'no visa': '任務終了まで有効な査証なし',
    'employer cannot be asked': '所属先に同意を求める連絡先なし',
    'not reachable': '確認済みの連絡手段なし',
    'too late': '期限後の到着',
  }[by];
}

const opened: Record<Relaxable, string> = {
  'proficiency too low': '習熟度の基準',
  'left out by the desk': 'デスクによる除外',
  'off duty by the rota': '当番制',
  'too late': '到着期限',
};

/** What each goal counts, and what is said when its value is proven. */
const goals: Record<Goal, { says: (team: string | null, value: number) => string; proven: string }> = {
  'critical seats empty': { says: (_, value) => `必須席の空席：${value}`, proven: '最少と証明済み' },
  'seats empty': { says: (_, value) => `空席：${value}`, proven: '最少と証明済み' },
  'urgency of empty seats': {
    says: (_, value) => `チームの緊急度で重み付けした空席：${value}`,
    proven: '最小と証明済み',
  },
  'team rules broken': {
    says: (_, value) => `チーム規則を満たすのに足りない、または多すぎる人数：${value}`,
    proven: '最少と証明済み',
  },
  'latest arrival': {
    says: (team, value) => `${team ?? '全チーム'}の最終到着：今から${last(value)}後`,
    proven: '最も早いと証明済み',
  },
  'arrival of nine in ten': {
    says: (team, value) => `${team ?? '全チーム'}の10人中9人の到着：今から${last(value)}後`,
    proven: '最も早いと証明済み',
  },
  cost: { says: (_, value) => `コスト：${value}点`, proven: '最小と証明済み' },
};

const isTime = (goal: Goal): boolean => goal === 'latest arrival' || goal === 'arrival of nine in ten';

/** What the reasons say in Japanese; days and times are those of the desk's IANA zone. */
export function wordingJa(timeZone: string): ReasonWording {
  const on = (at: Instant): string => day(at, timeZone, 'ja');
  const at = (instant: Instant): string => moment(instant, timeZone, 'ja');

  const obstacle = (each: Obstacle): string => {
    switch (each.rule) {
      case 'certificate ends too early':
        return each.until === null ? '資格が失効' : `資格の期限（${on(each.until)}）が任務終了より前`;
      case 'proficiency too low':
        return `習熟度が${grades[each.has]}（必要：${grades[each.asked]}）`;
      case 'left out by the desk':
        return 'デスクが除外';
      case 'asked before':
        return 'この派遣ですでに照会済み';
      case 'seated':
        return 'この派遣ですでに席あり';
      case 'held elsewhere':
        return `${each.by}が${at(each.until)}まで確保中`;
      case 'on leave':
        return `${each.until === null ? '終了日の記録がない' : `${at(each.until)}まで`}休暇または別の任務`;
      case 'off duty by the rota':
        return '当番外';
      case 'resting':
        return `${on(each.until)}まで派遣後の休養期間`;
      case 'vaccination missing':
        return `有効な予防接種の記録なし（${joined(each.vaccines.map(vaccineName))}）`;
      case 'no medical clearance':
        return each.until === null
          ? '健康判定の記録なし'
          : `健康判定の期限（${on(each.until)}）が任務終了より前`;
      case 'no passport':
        return each.until === null ? '旅券の記録なし' : `旅券の期限（${on(each.until)}）が任務終了より前`;
      case 'no visa':
        return '任務終了まで有効な査証なし';
      case 'employer cannot be asked':
        return '所属先に同意を求める連絡先なし';
      case 'not reachable':
        return '確認済みの連絡手段なし';
      case 'too late':
        return `到着が期限より${last(each.minutes)}遅い`;
    }
  };

  return {
    rule,
    pick: {
      certified: (role, grade, until) =>
        `${role}の資格（${grades[grade]}）${until === null ? '' : `、有効期限${on(until)}`}`,
      ready: ({ minutes, ...parts }) => {
        const spent: [number, string][] = [
          [parts.replyMinutes, '本人の回答'],
          [parts.employerMinutes, '所属先の同意'],
          [parts.noticeMinutes, '出発準備'],
          [parts.waitMinutes, parts.by === 'air' ? '始発便待ち' : '始発列車待ち'],
          [
            parts.travelMinutes,
            `${parts.by === 'air' ? '空路' : '陸路'}${Math.round(parts.distanceKm)} kmで`,
          ],
        ];
        const shown = spent.filter(([time], i) => time > 0 || i === spent.length - 1);
        return `遅くとも今から${last(minutes)}後に到着（${listed(
          shown.map(([time, what]) => `${what}${last(time)}`),
        )}）`;
      },
      speaks: codes => `${languages(codes)}で業務可能`,
      speaksNone: codes => `被災国の言語（${languages(codes)}）では業務不可`,
      saidYes: () => '派遣可能とすでに回答済み',
      counts: (each, have) => `${rule(each)}に該当（チーム内${have}名）`,
      needed: each => `この人がいなければ${rule(each)}を満たせない`,
      nobodyElse: elsewhere =>
        `ほかに条件を満たし、空いている候補者なし${
          elsewhere > 0 ? `（条件を満たすほかの${elsewhere}名は別の席）` : ''
        }`,
      nextBreaks: (expertId, rules) => `次点の ${expertId} では${joined(rules)}を満たせない`,
      nextDelays: (expertId, later, delay) =>
        later === delay
          ? `次点の ${expertId} は到着が${last(later)}遅く、チームの集結も同じだけ遅れる`
          : `次点の ${expertId} は到着が${last(later)}遅く、チームの集結が${last(delay)}遅れる`,
      nextDelaysNine: (expertId, delay) =>
        `次点の ${expertId} では、チームの10人中9人がそろうのが${last(delay)}遅れる`,
      nextCosts: (expertId, more, differences) =>
        `次点の ${expertId} はコストが${more}点高い：${listed(differences.map(difference))}`,
      nextEquals: expertId => `次点の ${expertId} も同等：あらかじめ決めた順序による`,
      nextIsBetter: expertId => `この席だけを見れば ${expertId} のほうがよい：計画は最良と証明されていない`,
    },
    empty: {
      nobodyHolds: role => `名簿に${role}の資格を持つ人がいません。`,
      onlyFew: (role, qualified, { rule: by, deployments }) =>
        `${role}の資格保持者は${qualified}名のみで、${qualified === 1 ? '' : '全員が'}対象外です（${removedAs(by, deployments)}）。`,
      ofAll: (role, qualified, here, removals, elsewhere, free) => {
        const parts = [
          here > 0 ? `この役割の席に${here}名` : '',
          ...removals.map(each => `${removedAs(each.rule, each.deployments)}${each.count}名`),
          elsewhere.count > 0
            ? `別の席に${elsewhere.count}名${elsewhere.seats.length > 0 ? `（${joined(elsewhere.seats)}）` : ''}`
            : '',
          free > 0 ? `条件を満たし空いている人${free}名（計画は最良と証明されていません）` : '',
        ];
        return `${role}の資格保持者${qualified}名の内訳：${listed(parts.filter(Boolean))}。`;
      },
    },
    notChosen: {
      notOnRoster: expertId => `${expertId} は名簿に登録されていません。`,
      noSuchGroup: (role, team) => `${team}の${role}に空席はありません。`,
      notHolding: (expertId, role) => `${expertId} は${role}の資格を保有していません。`,
      inSeat: (expertId, seatId) => `${expertId} は条件を満たし、席 ${seatId} に割り当てられています。`,
      keepsSeat: (expertId, role, team) =>
        `${expertId} はすでに${team}の${role}として席があり、変更しません。`,
      obstacles: (expertId, role, obstacles) =>
        `${expertId} には${role}として照会できません：${listed(obstacles.map(obstacle))}。`,
      delays: (expertId, minutes) =>
        `${expertId} は条件を満たしますが、到着がチームの最終到着より${last(minutes)}遅くなります。`,
      leavesEmpty: (expertId, seats) =>
        `${expertId} は条件を満たしますが、入れると空席が少なくとも${seats}席増えます。`,
      leavesUrgentEmpty: expertId =>
        `${expertId} は条件を満たしますが、入れるとより急ぐチームに空席が残ります。`,
      breaks: (expertId, count) =>
        `${expertId} は条件を満たしますが、入れるとチーム規則に合わない人数が少なくとも${count}名増えます。`,
      costs: (expertId, least) =>
        `${expertId} は条件を満たしますが、入れると計画のコストが少なくとも${least}点上がります。`,
      mayCostNothing: expertId =>
        `${expertId} は条件を満たし、同等の可能性があります。同等の計画の間では、あらかじめ決めた順序によります。`,
      unproven: expertId => `${expertId} は条件を満たします。入れた場合のコストは証明されていません。`,
      standsBy: (role, place) => `${role}の待機要員（${place}番目）です。`,
    },
    marginal: {
      cannotFill: (role, team) => `${team}の${role}を1席増やしても、充足できません。`,
      oneMore: (role, team, { least, most }, delay) => {
        const seat = `${team}の${role}を1席増やすと、コストの増加は`;
        if (most === null)
          return `${seat}少なくとも${least ?? 0}点です（先の目標を損なわずに充足できる場合）。`;
        const price = least === null ? `最大${most}点` : least === most ? `${most}点` : `${least}～${most}点`;
        const later = delay === 0 ? '到着の遅れはありません' : `チームの集結の遅れは最大${last(delay)}です`;
        return `${seat}${price}で、${later}。`;
      },
      rule: (each, most, byOne, mayBeEarlier) => {
        const time =
          mayBeEarlier === null
            ? ''
            : mayBeEarlier
              ? 'チームの集結が早まる可能性はあります。'
              : 'チームの集結は早まりません。';
        const price =
          most === null
            ? ''
            : most === 0
              ? 'ほかの目標を保つ限り、コストは下がりません。'
              : `ほかの目標を保つ限り、コストの低下は最大でも${most}点${byOne === null ? '' : `（1名緩めるだけなら最大でも${byOne}点）`}です。`;
        return `${ruleOfTeam(each)}を外した場合：${price}${time}`;
      },
      opens: (role, team, count, rules) =>
        `${team}の${role}は、デスクが${joined(rules.map(each => opened[each]))}を外せば、あと${count}名に照会できます。`,
    },
    brokenRule: {
      tooFew: (each, have, eligible) =>
        `${ruleOfTeam(each)}を満たしていません：チーム内${have}名、条件を満たす候補者のうち該当者は${eligible === 0 ? 'いません' : `${eligible}名のみです`}。`,
      conflict: (each, have, eligible) =>
        `${ruleOfTeam(each)}を満たしていません：チーム内${have}名。条件を満たす候補者のうち該当者は${eligible}名いますが、増やすと空席が出るか、ほかの規則が同じだけ満たせなくなります。`,
      tooMany: (each, excess, employers) =>
        `${ruleOfTeam(each)}を満たしていません：${excess}名多すぎます${employers.length > 0 ? `（${joined(employers)}）` : ''}。減らすと空席が出るか、ほかの規則が同じだけ満たせなくなります。`,
      unproven: () => 'これが最少であることは証明されていません。',
    },
    stage: {
      sentence: (goal, team, value, bound) => {
        const { says, proven } = goals[goal];
        const least = isTime(goal) ? last(bound) : `${bound}`;
        return `${says(team, value)}、${value === bound ? proven : `未証明（${least}の可能性あり）`}。`;
      },
      trouble: detail => `証明がなく、これまでに見つかった最良の計画です：${detail}`,
    },
    standby: {
      reason: (role, place, minutes) => `${role}の待機要員（${place}番目）：今から${last(minutes)}後に到着`,
      short: (role, team, asked, found) =>
        `${team}の${role}の待機要員は${asked}名中${found}名です。ほかに条件を満たし、空いている候補者はいません。`,
    },
    gaps: (total, empty) => {
      const count = empty.reduce((sum, each) => sum + each.count, 0);
      if (count === 0) return `空席${total}席がすべて埋まりました。`;
      const which = listed(empty.map(each => `${each.role}${each.count}席`));
      return `空席${total}席のうち${count}席が埋まりません：${which}。`;
    },
  };
}
