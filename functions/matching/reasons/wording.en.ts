import type { Instant } from '../../domain/primitives.ts';
import type { Grade } from '../candidates/certificate.ts';
import type { HardRule } from '../candidates/hard-rules.ts';
import type { Obstacle } from '../candidates/person.ts';
import type { Goal } from '../proof/certificate.ts';
import { day, duration, inWords, languageName, list, moment } from './spelling.ts';
import type { CostDifference, ReasonWording, Relaxable, Removed, RuleNamed } from './wording.ts';

const grades: Record<Grade, string> = { 1: 'basic', 2: 'experienced', 3: 'instructor' };

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);
const points = (count: number): string => (count === 1 ? '1 point' : `${count} points`);
const signed = (count: number): string => (count > 0 ? `+${count}` : `${count}`);
const takes = (count: number): string => (count === 1 ? 'takes' : 'take');
const last = (minutes: number): string => duration(minutes, 'en');
const and = (items: readonly string[]): string => list(items, 'en');
const languages = (codes: readonly string[]): string => and(codes.map(code => languageName(code, 'en')));

/** Those whom a rule counts: "2 women". */
function counted({ count, of }: RuleNamed): string {
  switch (of.is) {
    case 'speaker':
      return `${people(count)} who ${count === 1 ? 'works' : 'work'} in a language of the country`;
    case 'gender':
      return `${count} ${{ female: ['woman', 'women'], male: ['man', 'men'] }[of.gender][count === 1 ? 0 : 1]}`;
    case 'experienced':
      return `${people(count)} with ${of.missions} or more missions`;
    case 'newcomer':
      return `${people(count)} on a first mission`;
    case 'proficient':
      return `${people(count)} of grade ${grades[of.proficiency as Grade]}${of.proficiency < 3 ? ' or above' : ''}`;
    case 'same employer':
      return `${people(count)} of one employer`;
  }
}

/** A rule by its id and what it asks for: "SPEAKERS (at least 2 …)". */
const rule = (each: RuleNamed): string => `${each.ruleId} (${demand(each)})`;

/** The same where no team is named beside it: "SPEAKERS of the rescue team (…)". */
const ruleOfTeam = (each: RuleNamed): string => `${each.ruleId} of the ${each.team} (${demand(each)})`;

function demand(each: RuleNamed): string {
  const { kind, roles, sentence } = each;
  const among = roles === null ? '' : ` in the seats ${and(roles)}`;
  return sentence?.replace(/[.。]$/, '') ?? `${kind} ${counted(each)}${among}`;
}

function difference({ part, points: more, steps }: CostDifference): string {
  const isMore = more > 0;
  const by = (one: string, many: string) => (steps === 1 ? `1 ${one}` : `${steps} ${many}`);
  const what = {
    proficiency: isMore ? `${by('grade', 'grades')} lower` : `${by('grade', 'grades')} higher`,
    language: isMore ? 'speaks no language of the country' : 'speaks a language of the country',
    fatigue: isMore ? 'more days on missions within the year' : 'fewer days on missions within the year',
    turns: `${isMore ? by('more mission', 'more missions') : by('mission fewer', 'missions fewer')} within the year`,
    scarce: isMore ? 'holds a scarce role' : 'holds no scarce role',
    arrival: `arrives ${steps} h ${isMore ? 'later' : 'earlier'}`,
  }[part];
  return `${what} (${signed(more)})`;
}

/** Those whom a rule removed, after their number. */
function removedAs(by: HardRule, deployments: readonly string[]): string {
  return {
    'certificate ends too early': 'with a certificate that ends before the mission does',
    'proficiency too low': 'below the proficiency asked for',
    'left out by the desk': 'left out by the desk',
    'asked before': 'asked before',
    seated: 'in a seat already',
    'held elsewhere': deployments.length > 0 ? `held by ${and(deployments)}` : 'held by other deployments',
    'on leave': 'on leave or on another duty',
    'off duty by the rota': 'off duty by the rota',
    resting: 'resting after a mission',
    'vaccination missing': 'without a vaccination asked for',
    'no medical clearance': 'without medical clearance for the mission',
    'no passport': 'without a passport valid for the mission',
    'no visa': 'without a visa valid for the mission',
    'employer cannot be asked': 'with an employer who cannot be asked',
    'not reachable': 'not reachable by a confirmed channel',
    'too late': 'arriving after the deadline',
  }[by];
}

const removed = ({ rule: by, count, deployments }: Removed): string =>
  `${count} ${removedAs(by, deployments)}`;

const opened: Record<Relaxable, string> = {
  'proficiency too low': 'the proficiency asked for',
  'left out by the desk': "the desk's own list of those left out",
  'off duty by the rota': 'the rota',
  'too late': 'the deadline',
};

/** What each goal counts, and what is said when its value is proven. */
const goals: Record<Goal, { says: (team: string | null, value: number) => string; proven: string }> = {
  'critical seats empty': { says: (_, value) => `Critical seats empty: ${value}`, proven: 'proven fewest' },
  'seats empty': { says: (_, value) => `Seats empty: ${value}`, proven: 'proven fewest' },
  'urgency of empty seats': {
    says: (_, value) => `Empty seats weighed by the urgency of their teams: ${value}`,
    proven: 'proven least',
  },
  'team rules broken': {
    says: (_, value) => `People by whom team rules are broken: ${value}`,
    proven: 'proven fewest',
  },
  'latest arrival': {
    says: (team, value) => `Latest arrival of ${the(team)} ${last(value)} from now`,
    proven: 'proven earliest',
  },
  'arrival of nine in ten': {
    says: (team, value) => `9 in 10 of ${the(team)} there ${last(value)} from now`,
    proven: 'proven earliest',
  },
  cost: { says: (_, value) => `Cost: ${points(value)}`, proven: 'proven least' },
};

const the = (team: string | null): string => (team === null ? 'all teams' : `the ${team}`);
const isTime = (goal: Goal): boolean => goal === 'latest arrival' || goal === 'arrival of nine in ten';

/** What the reasons say in English; days and times are those of the desk's IANA zone. */
export function wordingEn(timeZone: string): ReasonWording {
  const on = (at: Instant): string => day(at, timeZone, 'en');
  const at = (instant: Instant): string => moment(instant, timeZone, 'en');

  const obstacle = (each: Obstacle): string => {
    switch (each.rule) {
      case 'certificate ends too early':
        return each.until === null
          ? 'the certificate has ended'
          : `the certificate ends on ${on(each.until)}, before the mission does`;
      case 'proficiency too low':
        return `is of grade ${grades[each.has]}, and ${grades[each.asked]} is asked for`;
      case 'left out by the desk':
        return 'left out by the desk';
      case 'asked before':
        return 'asked before in this deployment';
      case 'seated':
        return 'has a seat in this deployment already';
      case 'held elsewhere':
        return `held by ${each.by} until ${at(each.until)}`;
      case 'on leave':
        return `on leave or on another duty ${each.until === null ? 'without an end on record' : `until ${at(each.until)}`}`;
      case 'off duty by the rota':
        return 'off duty by the rota';
      case 'resting':
        return `resting after a mission until ${on(each.until)}`;
      case 'vaccination missing':
        return `no valid vaccination on record: ${and(each.vaccines.map(inWords))}`;
      case 'no medical clearance':
        return each.until === null
          ? 'no medical clearance on record'
          : `medical clearance ends on ${on(each.until)}, before the mission does`;
      case 'no passport':
        return each.until === null
          ? 'no passport on record'
          : `the passport ends on ${on(each.until)}, before the mission does`;
      case 'no visa':
        return 'no visa for the country that lasts to the end of the mission';
      case 'employer cannot be asked':
        return 'the employer cannot be asked for consent';
      case 'not reachable':
        return 'not reachable by a confirmed channel';
      case 'too late':
        return `would arrive ${last(each.minutes)} after the deadline`;
    }
  };

  return {
    rule,
    pick: {
      certified: (role, grade, until) =>
        `certified as ${role} (${grades[grade]})${until === null ? '' : ` until ${on(until)}`}`,
      ready: ({ minutes, ...parts }) => {
        const spent: [number, string][] = [
          [parts.replyMinutes, 'to answer'],
          [parts.employerMinutes, "the employer's answer"],
          [parts.noticeMinutes, 'notice to move'],
          [
            parts.waitMinutes,
            parts.by === 'air' ? 'waiting for the first flight' : 'waiting for the first train',
          ],
          [parts.travelMinutes, `${Math.round(parts.distanceKm)} km by ${parts.by}`],
        ];
        const shown = spent.filter(([time], i) => time > 0 || i === spent.length - 1);
        return `there ${last(minutes)} from now at the latest: ${shown
          .map(([time, what]) => `${what} ${last(time)}`)
          .join(', ')}`;
      },
      speaks: codes => `speaks ${languages(codes)}`,
      speaksNone: codes => `speaks no language of the country (${languages(codes)})`,
      saidYes: () => 'has already said that they can go',
      counts: (each, have) => `counts for ${rule(each)}: ${have} in the team`,
      needed: each => `without them ${rule(each)} would be broken`,
      nobodyElse: elsewhere =>
        `nobody else is eligible and free${
          elsewhere > 0
            ? `: the other ${elsewhere} eligible ${elsewhere === 1 ? 'sits in another seat' : 'sit in other seats'}`
            : ''
        }`,
      nextBreaks: (expertId, rules) => `the next best, ${expertId}, would break ${and(rules)}`,
      nextDelays: (expertId, later, delay) =>
        later === delay
          ? `the next best, ${expertId}, would arrive ${last(later)} later and delay the team by as much`
          : `the next best, ${expertId}, would arrive ${last(later)} later and delay the team by ${last(delay)}`,
      nextDelaysNine: (expertId, delay) =>
        `with the next best, ${expertId}, 9 in 10 of the team would be there ${last(delay)} later`,
      nextCosts: (expertId, more, differences) =>
        `the next best, ${expertId}, would cost ${points(more)} more: ${differences.map(difference).join(', ')}`,
      nextEquals: expertId => `the next best, ${expertId}, is just as good: a fixed order decides`,
      nextIsBetter: expertId =>
        `${expertId} would be better for this seat by itself: the plan is not proven best`,
    },
    empty: {
      nobodyHolds: role => `Nobody on the roster holds the role ${role}.`,
      onlyFew: (role, qualified, { rule: by, deployments }) =>
        qualified === 1
          ? `Only 1 person holds the role ${role}: ${removedAs(by, deployments)}.`
          : `Only ${qualified} people hold the role ${role}, all of them ${removedAs(by, deployments)}.`,
      ofAll: (role, qualified, here, removals, elsewhere, free) => {
        const others =
          elsewhere.count === 0
            ? ''
            : `${elsewhere.count} ${takes(elsewhere.count)} ${elsewhere.count === 1 ? 'another seat' : 'other seats'}${
                elsewhere.seats.length > 0 ? ` (${and(elsewhere.seats)})` : ''
              }`;
        const parts = [
          here > 0 ? `${here} ${takes(here)} a seat of this role` : '',
          ...removals.map(removed),
          others,
          free > 0 ? `${free} eligible and free: the plan is not proven best` : '',
        ];
        return `Of ${qualified} who hold the role ${role}: ${parts.filter(Boolean).join(', ')}.`;
      },
    },
    notChosen: {
      notOnRoster: expertId => `${expertId} is not on the roster.`,
      noSuchGroup: (role, team) => `No seat is open for ${role} in the ${team}.`,
      notHolding: (expertId, role) => `${expertId} does not hold the role ${role}.`,
      inSeat: (expertId, seatId) => `${expertId} is eligible and sits in ${seatId}.`,
      keepsSeat: (expertId, role, team) =>
        `${expertId} sits already as ${role} in the ${team} and keeps the seat.`,
      obstacles: (expertId, role, obstacles) =>
        `${expertId} may not be asked as ${role}: ${obstacles.map(obstacle).join('; ')}.`,
      delays: (expertId, minutes) =>
        `${expertId} is eligible, but would arrive ${last(minutes)} later than the last of the team.`,
      leavesEmpty: (expertId, seats) =>
        `${expertId} is eligible, but with them at least ${seats} more ${seats === 1 ? 'seat' : 'seats'} would stay empty.`,
      leavesUrgentEmpty: expertId =>
        `${expertId} is eligible, but with them a team that must be ready sooner would keep an empty seat.`,
      breaks: (expertId, count) =>
        `${expertId} is eligible, but with them team rules would be broken by at least ${people(count)} more.`,
      costs: (expertId, least) =>
        `${expertId} is eligible; with them the plan would cost at least ${points(least)} more.`,
      mayCostNothing: expertId =>
        `${expertId} is eligible and may be just as good: between equal plans a fixed order decides.`,
      unproven: expertId => `${expertId} is eligible; what the plan would cost with them is not proven.`,
      standsBy: (role, place) => `Stands by for ${role}, in place ${place}.`,
    },
    marginal: {
      cannotFill: (role, team) => `1 more seat for ${role} in the ${team} could not be filled.`,
      oneMore: (role, team, { least, most }, delay) => {
        const seat = `1 more seat for ${role} in the ${team} would cost`;
        if (most === null) {
          return `${seat} at least ${points(least ?? 0)}, if it can be filled without giving up an earlier goal.`;
        }
        const price =
          least === null
            ? `at most ${points(most)}`
            : least === most
              ? points(most)
              : `${least} to ${points(most)}`;
        const later = delay === 0 ? 'delay nobody' : `delay the team by at most ${last(delay)}`;
        return `${seat} ${price} and ${later}.`;
      },
      rule: (each, most, byOne, mayBeEarlier) => {
        const softer =
          byOne === null ? '' : `, and at most ${points(byOne)} less if it were softer by 1 person`;
        const price =
          most === null
            ? ''
            : `the plan would cost ${most === 0 ? 'no' : `at most ${points(most)}`} less${softer}, the other goals kept`;
        const time =
          mayBeEarlier === null
            ? ''
            : mayBeEarlier
              ? 'a team may be complete earlier'
              : 'no team would be complete earlier';
        return `Without ${ruleOfTeam(each)} ${[price, time].filter(Boolean).join('; ')}.`;
      },
      opens: (role, team, count, rules) =>
        `For ${role} in the ${team}, ${people(count)} more could be asked if the desk gave up ${and(rules.map(each => opened[each]))}.`,
    },
    brokenRule: {
      tooFew: (each, have, eligible) =>
        `${ruleOfTeam(each)} is not met: ${have} in the team; ${
          eligible === 0 ? 'nobody' : `only ${eligible}`
        } of the eligible ${eligible < 2 ? 'counts' : 'count'} for it.`,
      conflict: (each, have, eligible) =>
        `${ruleOfTeam(each)} is not met: ${have} in the team; ${eligible} of the eligible count for it, but with more of them a seat would stay empty or other rules be broken as much.`,
      tooMany: (each, excess, employers) =>
        `${ruleOfTeam(each)} is not met: ${people(excess)} too many${employers.length > 0 ? ` (${and(employers)})` : ''}; with fewer a seat would stay empty or other rules be broken as much.`,
      unproven: () => 'It is not proven that this is the least.',
    },
    stage: {
      sentence: (goal, team, value, bound) => {
        const { says, proven } = goals[goal];
        const least = isTime(goal) ? last(bound) : `${bound}`;
        return `${says(team, value)}, ${value === bound ? proven : `not proven: ${least} may be possible`}.`;
      },
      trouble: detail => `The proof is missing, and this is the best plan that is known: ${detail}`,
    },
    standby: {
      reason: (role, place, minutes) =>
        `stands by for ${role} in place ${place}: there ${last(minutes)} from now`,
      short: (role, team, asked, found) =>
        `${found} of ${asked} stand by for ${role} in the ${team}: nobody else is eligible and free.`,
    },
    gaps: (total, empty) => {
      const count = empty.reduce((sum, each) => sum + each.count, 0);
      if (count === 0) return `All ${total} open seats are filled.`;
      const which = and(empty.map(each => `${each.count} ${each.role}`));
      return `${count} of ${total} open seats ${count === 1 ? 'stays' : 'stay'} empty: ${which}.`;
    },
  };
}
