import type { MatchTeam, TeamRule } from '../../../functions/matching/problem.ts';

/** Seats of one role in a generated team. */
export type SeatCount = { role: string; count: number; critical: boolean };

/** A generated team: what it is made of, and how it is called out. */
export type TeamShape = {
  teamType: MatchTeam['teamType'];
  seats: SeatCount[];
  deadlineHours: number;
  days: number;
};

const seat = (role: string, count: number, critical = false): SeatCount => ({ role, count, critical });

/** The make-up of a heavy rescue team, 70 seats; the numbers of the policy of November 2026. */
const rescue = [
  seat('team-leader', 1, true),
  seat('deputy-leader', 4, true),
  seat('technical-search', 4, true),
  seat('dog-handler', 4),
  seat('squad-leader', 3, true),
  seat('fire-rescue', 15),
  seat('police-rescue', 12),
  seat('coast-guard-rescue', 12),
  seat('structural-engineer', 2, true),
  seat('doctor', 2, true),
  seat('rescue-nurse', 4),
  seat('communications', 2),
  seat('coordinator', 5),
];

/** The make-up of a medical team of type 2, 75 seats; from the same policy. */
const medical = [
  seat('team-leader', 1, true),
  seat('deputy-leader', 2, true),
  seat('surgeon', 4, true),
  seat('emergency-doctor', 8, true),
  seat('anaesthetist', 2, true),
  seat('nurse', 24),
  seat('midwife', 2),
  seat('pharmacist', 3),
  seat('radiographer', 2, true),
  seat('clinical-engineer', 2, true),
  seat('laboratory', 2),
  seat('physiotherapist', 2),
  seat('medical-coordinator', 6),
  seat('coordinator', 13),
  seat('water-and-power', 2),
];

/** Roles that treat patients: of these the medical team wants women. */
const clinical = [
  'surgeon',
  'emergency-doctor',
  'anaesthetist',
  'nurse',
  'midwife',
  'pharmacist',
  'radiographer',
  'laboratory',
  'physiotherapist',
];

/** A rescue team for up to 39 seats; above, a rescue and a medical team of half the seats each. */
export function teamsOf(seats: number): TeamShape[] {
  const shape = (
    teamType: TeamShape['teamType'],
    plan: SeatCount[],
    count: number,
    deadlineHours: number,
    days: number,
  ) => ({
    teamType,
    seats: scaled(plan, count),
    deadlineHours,
    days,
  });
  if (seats < 40) return [shape('rescue', rescue, seats, 24, 10)];
  const half = Math.floor(seats / 2);
  return [shape('rescue', rescue, half, 24, 10), shape('medical-2', medical, seats - half, 48, 14)];
}

/** The same proportions in so many seats: at least one of each role while there are enough, largest remainders first. */
function scaled(plan: readonly SeatCount[], seats: number): SeatCount[] {
  const whole = plan.reduce((sum, { count }) => sum + count, 0);
  const exact = plan.map(({ count }) => (count * seats) / whole);
  const least = seats >= plan.length ? 1 : 0;
  const counts = exact.map(each => Math.max(least, Math.floor(each)));
  const by = (remainder: (place: number) => number) =>
    plan.map((_, place) => place).toSorted((a, b) => remainder(b) - remainder(a) || a - b);
  let left = seats - counts.reduce((sum, each) => sum + each, 0);
  while (left !== 0) {
    const step = Math.sign(left);
    const [place] = by(p => (step < 0 && counts[p]! <= least ? -Infinity : step * (exact[p]! - counts[p]!)));
    counts[place!]! += step;
    left -= step;
  }
  return plan.flatMap((each, place) => (counts[place]! > 0 ? [{ ...each, count: counts[place]! }] : []));
}

/**
 * What is asked of a team as a whole, in the terms of the policy. `overlapping` adds quotas that many people meet at once
 * or not at all, so that the best plan for one is a poor one for another.
 */
export function rulesOf({ teamType, seats }: TeamShape, overlapping: boolean): TeamRule[] {
  const size = seats.reduce((sum, { count }) => sum + count, 0);
  const rule = (
    ruleId: string,
    kind: TeamRule['kind'],
    count: number,
    of: TeamRule['of'],
    roles: string[] | null = null,
  ): TeamRule => ({ ruleId, teamType, roles, kind, count, of, sentence: null });
  const held = (roles: readonly string[]) => seats.filter(({ role }) => roles.includes(role));
  const count = (roles: readonly string[]) => held(roles).reduce((sum, each) => sum + each.count, 0);
  const leaders = held(['team-leader', 'deputy-leader']).map(({ role }) => role);
  const treating = held(clinical).map(({ role }) => role);

  const rules = [
    rule('SPEAKERS', 'at least', Math.ceil(0.3 * size), { is: 'speaker' }),
    rule('ONE-EMPLOYER', 'at most', Math.max(1, Math.floor(0.12 * size)), { is: 'same employer' }),
    rule('NEWCOMERS', 'at most', Math.floor(0.4 * size), { is: 'newcomer' }),
  ];
  if (leaders.length > 0)
    rules.push(rule('LED-BEFORE', 'at least', 1, { is: 'experienced', missions: 3 }, leaders));
  if (teamType === 'medical-2' && treating.length > 0)
    rules.push(
      rule(
        'WOMEN',
        'at least',
        Math.ceil(0.5 * count(treating)),
        { is: 'gender', gender: 'female' },
        treating,
      ),
    );
  if (!overlapping) return rules;
  const share = (part: number) => Math.ceil(part * size);
  return [
    ...rules,
    rule('EXPERIENCED', 'at least', share(0.4), { is: 'experienced', missions: 2 }),
    rule('INSTRUCTORS', 'at least', share(0.15), { is: 'proficient', proficiency: 3 }),
    rule('WOMEN-IN-ALL', 'at least', share(0.3), { is: 'gender', gender: 'female' }),
    rule('MEN-IN-ALL', 'at least', share(0.45), { is: 'gender', gender: 'male' }),
    rule('NOT-ALL-OLD-HANDS', 'at most', share(0.7), { is: 'experienced', missions: 1 }),
  ];
}
