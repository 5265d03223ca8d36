import type { Marginals } from '../../domain/plan.ts';
import type { TeamType } from '../../domain/policy.ts';
import { shareLeft } from '../candidates/candidacies.ts';
import type { HardRule } from '../candidates/hard-rules.ts';
import { failedRules, type People } from '../candidates/person.ts';
import type { Solved } from '../solving/solved.ts';
import type { Shortlist } from './next-best.ts';
import { holdersOf } from './people.ts';
import { breachOf, countsFor, type Standing, timesOf } from './standing.ts';
import type { Voice } from './voice.ts';
import { type Relaxable, relaxable } from './wording.ts';
import { changeAtLeast, type Leaf, usesRule, worthOfRule, worthOfSeat, worthOfSofterRule } from './worth.ts';

type Proven = Pick<Solved, 'stages' | 'trouble'>;

/**
 * What one more seat of each full group would cost. From below by weak duality: the bound with one seat more, less the
 * plan's cost; true of every plan that fills the seat and keeps all goals before. From above by a plan: this one with the
 * cheapest free person who is in time and breaks no rule. Where everybody free comes later, that plan delays the team,
 * and the bound from below says nothing of it. That no chain of exchanges leads to a free person is a proof that the seat
 * cannot be filled.
 */
export function seatMarginals(
  standing: Standing,
  shortlist: Shortlist,
  { stages, trouble }: Proven,
  say: Voice,
): Marginals['seats'] {
  const { of } = standing;
  const cost = stages.findIndex(({ goal }) => goal === 'cost');
  return of.groups.flatMap(({ seatIds, teamType, role }, g) => {
    if (seatIds.length === 0 || standing.filled[g]! < seatIds.length) return [];
    const marginal = (reason: ReturnType<Voice>) => [{ teamType: teamType as TeamType, role, reason }];
    if (!canFillOneMore(standing, g)) {
      return marginal(say(each => each.words.marginal.cannotFill(each.role(role), each.team(teamType))));
    }
    const bound =
      trouble !== null || cost < 0 ? null : changeAtLeast(stages[cost]!, worthOfSeat(of, stages, cost, g));
    const found = oneMore(standing, shortlist, g);
    // Below 1 the bound says nothing that costs do not say by themselves: but for a rule that the seat would mend.
    const least = bound === null || bound < 1 || (found && found.delay > 0) ? null : bound;
    if (least === null && !found) return [];
    const range = { least, most: found ? found.cost : null };
    return marginal(
      say(each =>
        each.words.marginal.oneMore(each.role(role), each.team(teamType), range, found?.delay ?? 0),
      ),
    );
  });
}

/** Whether one more seat of the group can be filled with all others kept full: a free person at the end of a chain of exchanges. */
function canFillOneMore({ of, chosenOf }: Standing, group: number): boolean {
  const reached = new Set([group]);
  for (const g of reached) {
    for (let a = of.groupStarts[g]!; a < of.groupStarts[g + 1]!; a += 1) {
      const chosen = chosenOf.get(of.person[a]!);
      if (chosen === undefined) return true;
      reached.add(of.group[chosen]!);
    }
  }
  return false;
}

/** The cheapest free person for one more seat who breaks no rule: in time, or else the first to come. Null: there is none. */
function oneMore(
  standing: Standing,
  shortlist: Shortlist,
  g: number,
): { cost: number; delay: number } | null {
  const { of } = standing;
  const { teamType } = of.groups[g]!;
  const team = of.teams.indexOf(teamType);
  const { latest, nine } = timesOf(standing, team);
  const seats = of.groups.reduce(
    (sum, each) => sum + (each.teamType === teamType ? each.seatIds.length : 0),
    0,
  );
  const late = standing.arrivals[team]!.filter(minute => minute > nine).length;
  const mayBeLate = late < Math.floor((seats + 1) / 10);
  let inTime: number | null = null;
  let first: number | null = null;
  for (const a of shortlist[g]!) {
    if (breaksRule(standing, g, a)) continue;
    const minutes = of.minutes[a]!;
    if (minutes <= nine || (minutes <= latest && mayBeLate)) {
      if (inTime === null || of.cost[a]! < of.cost[inTime]!) inTime = a;
    } else if (minutes > latest && (first === null || minutes < of.minutes[first]!)) first = a;
  }
  if (inTime !== null) return { cost: of.cost[inTime]!, delay: 0 };
  return first === null ? null : { cost: of.cost[first]!, delay: of.minutes[first]! - latest };
}

/** Whether one person more breaks a rule of "at most". */
function breaksRule(standing: Standing, g: number, a: number): boolean {
  const { rules, employer } = standing.of;
  return rules.some(({ rule, groups, count }, r) => {
    if (rule.kind === 'at least' || !groups.includes(g) || !countsFor(standing.of, r, a)) return false;
    if (rule.of.is !== 'same employer') return standing.counted[r]! >= count;
    return (standing.employed[r]!.get(employer[a]!) ?? 0) >= shareLeft(standing.of.rules[r]!, employer[a]!);
  });
}

/**
 * What the plan would save without each rule that it meets. Weak duality bounds what a relaxed problem costs from below,
 * so the saving is bounded from above: "at most so much less", and a price of 0 proves "no less". It holds among the plans
 * that are as good in every goal before the cost. No team would be complete earlier where the proofs of the last arrivals
 * have no price on the rule: they stand without it.
 */
export function ruleMarginals(
  standing: Standing,
  { stages, trouble }: Proven,
  people: People,
  say: Voice,
): Marginals['rules'] {
  if (trouble !== null) return [];
  const { of } = standing;
  const cost = stages.findIndex(({ goal }) => goal === 'cost');
  const arrivals = stages.filter(({ goal }) => goal === 'latest arrival');
  const places = new Map(people.roster.words.employers.map((employerId, place) => [employerId, place]));
  return of.rules.flatMap(({ rule, ruleKey, taken, groups }, r) => {
    if (breachOf(standing, r) > 0 || groups.every(g => of.groups[g]!.seatIds.length === 0)) return [];
    const employers = {
      takenBy: (employerId: string) => taken.get(places.get(employerId)!) ?? 0,
      eligibleOf: (employerId: string) => eligibleOf(standing, groups, places.get(employerId)!),
    };
    const saving = (worth: (leaf: Leaf) => number): number | null => {
      const change = cost < 0 ? null : changeAtLeast(stages[cost]!, worth);
      return change === null ? null : Math.max(0, -change);
    };
    const points = saving(worthOfRule(of, stages, cost, r, employers));
    const softer = saving(worthOfSofterRule(of, r));
    // Where giving up the rule saves no more than softening it, that says all.
    const byOne = points === null || softer === null || softer >= points ? null : softer;
    const isProven = arrivals.every(({ value, bound }) => value === bound);
    const mayBeEarlier = isProven ? arrivals.some(stage => usesRule(stage, ruleKey)) : null;
    if (points === null && mayBeEarlier === null) return [];
    const reason = say(each => each.words.marginal.rule(each.rule(rule), points, byOne, mayBeEarlier));
    return [{ teamType: rule.teamType, ruleId: rule.ruleId, reason }];
  });
}

/** How many people of an employer may take a seat in these groups. */
function eligibleOf({ of }: Standing, groups: readonly number[], employer: number): number {
  const people = new Set<number>();
  for (const g of groups) {
    for (let a = of.groupStarts[g]!; a < of.groupStarts[g + 1]!; a += 1) {
      if (of.employer[a] === employer) people.add(of.person[a]!);
    }
  }
  return people.size;
}

/** Each rule that the desk can give up by itself, and those that it gives up together when it widens the search. */
const openings: readonly (readonly Relaxable[])[] = [
  ...relaxable.map(rule => [rule]),
  ['proficiency too low', 'off duty by the rota', 'too late'],
];

/**
 * For groups with empty seats: how many more could be asked if the desk gave up a rule, counted exactly, person by
 * person: those without a seat who fail nothing else. They may still say no, or be needed elsewhere.
 */
export function openingMarginals(standing: Standing, people: People, say: Voice): Marginals['openings'] {
  const { of, chosenOf } = standing;
  const { roster } = people;
  return of.groups.flatMap((group, g) => {
    const { seatIds, teamType, role } = group;
    if (standing.filled[g]! >= seatIds.length) return [];
    const counts = openings.map(() => 0);
    for (const person of holdersOf(roster, role)) {
      if (chosenOf.has(person)) continue;
      const failed = failedRules(people, group, person) ?? [];
      if (failed.length === 0) continue;
      for (const [i, rules] of openings.entries()) {
        if (failed.every(rule => (rules as readonly HardRule[]).includes(rule))) counts[i]! += 1;
      }
    }
    return openings.flatMap((rules, i) => {
      const count = counts[i]!;
      // Together is worth a sentence only where it opens more than each rule by itself.
      const alone = rules.length > 1 ? rules.map(rule => counts[relaxable.indexOf(rule)]!) : [];
      if (count === 0 || alone.some(each => each === count)) return [];
      const reason = say(each =>
        each.words.marginal.opens(each.role(role), each.team(teamType), count, [...rules]),
      );
      return [{ teamType: teamType as TeamType, role, rules: [...rules], people: count, reason }];
    });
  });
}
