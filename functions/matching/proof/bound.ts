import type { RosterColumns } from '../../roster/columns.ts';
import { idOf } from '../../roster/reading.ts';
import type { Candidacies } from '../candidates/candidacies.ts';
import { type CertifiedStage, grain, type Kind, type Prices, type Proof } from './certificate.ts';

/** A stage of a certificate with those before it, and everybody who is eligible. */
export type Bounded = {
  candidacies: Candidacies;
  roster: RosterColumns;
  stages: readonly CertifiedStage[];
  number: number;
};

/** One side of a case on the way to the prices. */
type Side = { people: Kind; most: number } | { people: Kind; least: number };

/** What the goals before leave open: seats that may stay empty, breaches, minutes. */
type Limits = {
  /** By stage number, the goals over empty seats and breaches that are held, with their value. */
  totals: Map<number, number>;
  latest: Map<string, number>;
  /** Minutes by team after which only stragglers may come, and the stage whose price that row has. */
  nine: Map<string, { minute: number; stage: number }>;
};

/**
 * The least that any plan can reach for the stage's goal, as far as its proof shows: by weak duality, in whole multiples of
 * the grain. Infinity: there is no such plan at all. For arrivals: `bound` itself when there is no plan before that
 * minute, else 0. A sentence instead of a number says what is wrong with the prices.
 */
export function provenBound(bounded: Bounded): number | string {
  const { stages, number } = bounded;
  const stage = stages[number]!;
  const isArrival = stage.goal === 'latest arrival' || stage.goal === 'arrival of nine in ten';
  const limits = limitsAt(stages, number);
  const leafBound = (prices: Prices, sides: readonly Side[]): number | string => {
    const fault = faultOf(bounded, prices, sides);
    if (fault) return fault;
    if (weakDuality(bounded, limits, false, prices, sides) > 0) return Number.POSITIVE_INFINITY;
    return isArrival ? 0 : Math.ceil(weakDuality(bounded, limits, true, prices, sides) * grain);
  };
  const walk = (proof: Proof, sides: readonly Side[]): number | string => {
    if ('prices' in proof) return leafBound(proof.prices, sides);
    const { people, atMost } = proof;
    const low = walk(proof.low, [...sides, { people, most: atMost }]);
    if (typeof low === 'string') return low;
    const high = walk(proof.high, [...sides, { people, least: atMost + 1 }]);
    return typeof high === 'string' ? high : Math.min(low, high);
  };
  const proven = walk(stage.proof, []);
  if (typeof proven === 'string' || !isArrival) return proven;
  return proven > 0 ? stage.bound : 0;
}

function limitsAt(stages: readonly CertifiedStage[], number: number): Limits {
  const limits: Limits = { totals: new Map(), latest: new Map(), nine: new Map() };
  for (const [i, { goal, teamType, value, bound }] of stages.slice(0, number + 1).entries()) {
    // The stage itself asks for a plan before the minute that it is bounded by; those before are held at their value.
    const minute = i === number ? bound - 1 : value;
    if (goal === 'latest arrival') limits.latest.set(teamType!, minute);
    else if (goal === 'arrival of nine in ten') limits.nine.set(teamType!, { minute, stage: i });
    else if (i < number) limits.totals.set(i, value);
  }
  return limits;
}

/** Whether every price is on the side on which its row may have one, and exact. */
function faultOf({ candidacies, stages }: Bounded, prices: Prices, sides: readonly Side[]): string | null {
  const all = [
    ...Object.values(prices.groups),
    ...Object.values(prices.rules),
    ...Object.values(prices.goals),
    ...prices.cases,
  ];
  if (all.some(price => !Number.isInteger(price / grain) || Math.abs(price) > 2 ** 24)) {
    return 'a price is not a multiple of 2^-16 below 2^24';
  }
  const groups = new Set(candidacies.groups.map(({ groupId }) => groupId));
  const unknown = Object.keys(prices.groups).find(groupId => !groups.has(groupId));
  if (unknown !== undefined) return `no group is called ${unknown}`;
  for (const [key, price] of Object.entries(prices.rules)) {
    const rule = candidacies.rules.find(each => key === each.ruleKey || key.startsWith(`${each.ruleKey}:`));
    if (!rule) return `no rule is called ${key}`;
    const isEmployers = rule.rule.of.is === 'same employer';
    if (isEmployers === (key === rule.ruleKey)) return `${key} has no row of its own`;
    if (rule.rule.kind === 'at least' ? price < 0 : price > 0)
      return `the price of ${key} has the wrong sign`;
  }
  for (const [stage, price] of Object.entries(prices.goals)) {
    if (!(Number(stage) < stages.length)) return `no stage has the number ${stage}`;
    if (price > 0) return `the price of stage ${stage} is above 0`;
  }
  if (prices.cases.length !== sides.length) return 'not every case has a price';
  const isWrong = (side: Side, price: number) => ('most' in side ? price > 0 : price < 0);
  if (sides.some((side, i) => isWrong(side, prices.cases[i]!)))
    return 'the price of a case has the wrong sign';
  return null;
}

/**
 * The bound in grains: rows at their prices, and what empty seats, breaches and each person could at best save on them.
 * `counted`: with the goal's own cost, or without (above 0: no plan is possible).
 */
function weakDuality(
  { candidacies, roster, stages, number }: Bounded,
  limits: Limits,
  counted: boolean,
  prices: Prices,
  sides: readonly Side[],
): number {
  const { groups, teams, rules, groupStarts, person, minutes, cost, traits, employer } = candidacies;
  const goal = counted ? stages[number]!.goal : null;
  const inGrains = (price: number | undefined): number => (price ?? 0) / grain;
  const one = 1 / grain;
  const urgencyOf = (g: number) => teams.length - teams.indexOf(groups[g]!.teamType);
  /** How much an empty seat of the group counts for a goal. */
  const weightOf = (name: string | null, g: number): number => {
    if (name === 'critical seats empty') return groups[g]!.critical ? 1 : 0;
    if (name === 'seats empty') return 1;
    return name === 'urgency of empty seats' ? urgencyOf(g) : 0;
  };
  let bound = 0;

  for (const [stage, value] of limits.totals) bound += inGrains(prices.goals[stage]) * value;

  for (const [g, { groupId, seatIds }] of groups.entries()) {
    const price = inGrains(prices.groups[groupId]);
    let reduced = weightOf(goal, g) * one - price;
    let mayBeEmpty = seatIds.length;
    for (const [stage, value] of limits.totals) {
      const weight = weightOf(stages[stage]!.goal, g);
      reduced -= inGrains(prices.goals[stage]) * weight;
      if (weight > 0) mayBeEmpty = Math.min(mayBeEmpty, Math.floor(value / weight));
    }
    bound += price * seatIds.length + Math.min(0, reduced) * mayBeEmpty;
  }

  const held = [...limits.totals].find(([stage]) => stages[stage]!.goal === 'team rules broken');
  const breachCost = (goal === 'team rules broken' ? one : 0) - (held ? inGrains(prices.goals[held[0]]) : 0);
  /** Row by row: a rule, or a rule for one employer. */
  const rulePrices = rules.map(() => 0);
  const employerPrices = rules.map(() => new Map<string, number>());
  for (const [key, value] of Object.entries(prices.rules)) {
    const price = inGrains(value);
    const r = rules.findIndex(each => key === each.ruleKey || key.startsWith(`${each.ruleKey}:`));
    const { rule, ruleKey, count, groups: ruled, taken } = rules[r]!;
    const seats = ruled.reduce((sum, g) => sum + groups[g]!.seatIds.length, 0);
    const mostBroken = Math.min(
      rule.kind === 'at least' ? count : seats,
      held ? held[1] : Number.POSITIVE_INFINITY,
    );
    let right = count;
    if (key === ruleKey) rulePrices[r] = price;
    else {
      const employerId = key.slice(ruleKey.length + 1);
      employerPrices[r]!.set(employerId, price);
      right = Math.max(0, count - (taken.get(roster.words.employers.indexOf(employerId)) ?? 0));
    }
    bound += price * right + Math.min(0, breachCost - Math.abs(price)) * mostBroken;
  }

  for (const { stage } of limits.nine.values()) {
    const team = stages[stage]!.teamType;
    const seats = groups.reduce((sum, each) => sum + (each.teamType === team ? each.seatIds.length : 0), 0);
    bound += inGrains(prices.goals[stage]) * Math.floor(seats / 10);
  }

  for (const [i, side] of sides.entries()) {
    bound += inGrains(prices.cases[i]) * ('most' in side ? side.most : side.least);
  }

  const best = new Map<number, number>();
  for (const [g, { groupId, teamType }] of groups.entries()) {
    if (groups[g]!.seatIds.length === 0) continue;
    const latest = limits.latest.get(teamType) ?? Number.POSITIVE_INFINITY;
    const nine = limits.nine.get(teamType);
    const ownSides = sides.flatMap(({ people }, i) => (people.group === groupId ? [{ people, i }] : []));
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      if (minutes[a]! > latest) continue;
      const isLate = nine !== undefined && minutes[a]! > nine.minute;
      let reduced = (goal === 'cost' ? cost[a]! * one : 0) - inGrains(prices.groups[groupId]);
      for (let r = 0; r < rules.length; r += 1) {
        if ((traits[a]! >>> r) & 1) reduced -= rulePrices[r]!;
        if (employerPrices[r]!.size > 0 && rules[r]!.groups.includes(g)) {
          reduced -= employerPrices[r]!.get(roster.words.employers[employer[a]!]!) ?? 0;
        }
      }
      if (isLate) reduced -= inGrains(prices.goals[nine.stage]);
      for (const { people, i } of ownSides) {
        if (isOneOf(candidacies, roster, people, a, isLate)) reduced -= inGrains(prices.cases[i]);
      }
      const before = best.get(person[a]!) ?? 0;
      if (reduced < before) {
        bound += reduced - before;
        best.set(person[a]!, reduced);
      }
    }
  }
  return bound;
}

/** Whether a candidacy of the group is of this kind. */
function isOneOf(
  { rules, traits, employer, person }: Candidacies,
  roster: RosterColumns,
  people: Kind,
  a: number,
  isLate: boolean,
): boolean {
  const own = () => rules.flatMap(({ ruleKey }, r) => ((traits[a]! >>> r) & 1 ? [ruleKey] : []));
  return (
    (people.traits === null || own().sort().join() === people.traits.toSorted().join()) &&
    (people.late === null || people.late === isLate) &&
    (people.employerId === null || roster.words.employers[employer[a]!] === people.employerId) &&
    (people.expertId === null || idOf(roster, person[a]!) === people.expertId)
  );
}
