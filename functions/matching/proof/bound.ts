import type { RosterColumns } from '../../roster/columns.ts';
import { idOf } from '../../roster/reading.ts';
import type { Candidacies } from '../candidates/candidacies.ts';
import { type CertifiedStage, type Goal, grain, type Kind, type Prices, type Proof } from './certificate.ts';

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
    const row = { bounded, limits, prices, sides };
    const reached = isArrival ? 0 : Math.ceil(weakDuality(row, stage.goal) * grain);
    if (!isArrival && reached >= stage.bound) return reached;
    return weakDuality(row, null) > 0 ? Number.POSITIVE_INFINITY : reached;
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
  const byTrait = candidacies.rules.filter(({ rule }) => rule.of.is !== 'same employer');
  const keys = new Set(byTrait.map(({ ruleKey }) => ruleKey));
  if (sides.some(({ people }) => people.traits?.some(key => !keys.has(key)))) {
    return 'a case is about a rule that counts nobody by a trait';
  }
  if (prices.cases.length !== sides.length) return 'not every case has a price';
  const isWrong = (side: Side, price: number) => ('most' in side ? price > 0 : price < 0);
  if (sides.some((side, i) => isWrong(side, prices.cases[i]!)))
    return 'the price of a case has the wrong sign';
  return null;
}

/** What one end of a proof says. */
type Leaf = { bounded: Bounded; limits: Limits; prices: Prices; sides: readonly Side[] };

const one = 1 / grain;
const inGrains = (price: number | undefined): number => (price ?? 0) / grain;

/**
 * The bound in grains: rows at their prices, and what empty seats, breaches and each person could at best save on them.
 * `goal`: whose own cost counts; null: none does (above 0, no plan is possible).
 */
const weakDuality = (leaf: Leaf, goal: Goal | null): number =>
  seatRows(leaf, goal) + ruleRows(leaf, goal) + otherRows(leaf) + peoplesSavings(leaf, goal);

/** How much an empty seat of the group counts for a goal. */
function weightOf({ groups, teams }: Candidacies, goal: Goal | null, g: number): number {
  const { critical, teamType } = groups[g]!;
  if (goal === 'critical seats empty') return critical ? 1 : 0;
  if (goal === 'seats empty') return 1;
  return goal === 'urgency of empty seats' ? teams.length - teams.indexOf(teamType) : 0;
}

/** Seats to be filled, and how many of them may stay empty within the goals that are held. */
function seatRows({ bounded: { candidacies, stages }, limits, prices }: Leaf, goal: Goal | null): number {
  let sum = 0;
  for (const [g, { groupId, seatIds }] of candidacies.groups.entries()) {
    const price = inGrains(prices.groups[groupId]);
    let reduced = weightOf(candidacies, goal, g) * one - price;
    let mayBeEmpty = seatIds.length;
    for (const [stage, value] of limits.totals) {
      const weight = weightOf(candidacies, stages[stage]!.goal, g);
      reduced -= inGrains(prices.goals[stage]) * weight;
      if (weight > 0) mayBeEmpty = Math.min(mayBeEmpty, Math.floor(value / weight));
    }
    sum += price * seatIds.length + Math.min(0, reduced) * mayBeEmpty;
  }
  return sum;
}

/** The rule that a price is of, and for which employer. */
function ruleOf(rules: Candidacies['rules'], key: string): { r: number; employerId: string | null } {
  const r = rules.findIndex(({ ruleKey }) => key === ruleKey || key.startsWith(`${ruleKey}:`));
  const { ruleKey } = rules[r]!;
  return { r, employerId: key === ruleKey ? null : key.slice(ruleKey.length + 1) };
}

/** Row by row: a rule, or a rule for one employer; with what breaking it could save. */
function ruleRows({ bounded, limits, prices }: Leaf, goal: Goal | null): number {
  const { candidacies, roster, stages } = bounded;
  const held = [...limits.totals].find(([stage]) => stages[stage]!.goal === 'team rules broken');
  const breachCost = (goal === 'team rules broken' ? one : 0) - (held ? inGrains(prices.goals[held[0]]) : 0);
  let sum = 0;
  for (const [key, value] of Object.entries(prices.rules)) {
    const price = inGrains(value);
    const { r, employerId } = ruleOf(candidacies.rules, key);
    const { rule, count, groups, taken } = candidacies.rules[r]!;
    const seats = groups.reduce((all, g) => all + candidacies.groups[g]!.seatIds.length, 0);
    const mostBroken = Math.min(
      rule.kind === 'at least' ? count : seats,
      held ? held[1] : Number.POSITIVE_INFINITY,
    );
    const place = employerId === null ? -1 : roster.words.employers.indexOf(employerId);
    const right = employerId === null ? count : Math.max(0, count - (taken.get(place) ?? 0));
    sum += price * right + Math.min(0, breachCost - Math.abs(price)) * mostBroken;
  }
  return sum;
}

/** The goals over empty seats and breaches that are held, those who may come late, and the cases. */
function otherRows({ bounded: { candidacies }, limits, prices, sides }: Leaf): number {
  let sum = 0;
  for (const [stage, value] of limits.totals) sum += inGrains(prices.goals[stage]) * value;
  for (const [teamType, { stage }] of limits.nine) {
    const seats = candidacies.groups.reduce(
      (all, each) => all + (each.teamType === teamType ? each.seatIds.length : 0),
      0,
    );
    sum += inGrains(prices.goals[stage]) * Math.floor(seats / 10);
  }
  for (const [i, side] of sides.entries()) {
    sum += inGrains(prices.cases[i]) * ('most' in side ? side.most : side.least);
  }
  return sum;
}

/** Each person sits once: what their best candidacy costs less than its seat and all it counts for are worth. */
function peoplesSavings({ bounded, limits, prices, sides }: Leaf, goal: Goal | null): number {
  const { candidacies, roster } = bounded;
  const { groups, rules, groupStarts, person, minutes, cost, traits, employer } = candidacies;
  const rulePrices = new Float64Array(rules.length);
  const employerPrices = rules.map(() => new Map<number, number>());
  for (const [key, value] of Object.entries(prices.rules)) {
    const { r, employerId } = ruleOf(rules, key);
    if (employerId === null) rulePrices[r] = inGrains(value);
    else employerPrices[r]!.set(roster.words.employers.indexOf(employerId), inGrains(value));
  }
  const best = new Float64Array(roster.count);
  let sum = 0;
  for (const [g, { groupId, teamType, seatIds }] of groups.entries()) {
    if (seatIds.length === 0) continue;
    const latest = limits.latest.get(teamType) ?? Number.POSITIVE_INFINITY;
    const nine = limits.nine.get(teamType);
    const price = inGrains(prices.groups[groupId]);
    const latePrice = nine ? inGrains(prices.goals[nine.stage]) : 0;
    const ownRules = [...rules.keys()].filter(r => rulePrices[r] !== 0);
    const ownEmployers = employerPrices.filter((each, r) => each.size > 0 && rules[r]!.groups.includes(g));
    const ownCases = sides.flatMap(({ people }, i) =>
      people.group === groupId ? [{ isOne: membership(candidacies, roster, people), i }] : [],
    );
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      if (minutes[a]! > latest) continue;
      const isLate = nine !== undefined && minutes[a]! > nine.minute;
      let reduced = (goal === 'cost' ? cost[a]! * one : 0) - price;
      for (const r of ownRules) if ((traits[a]! >>> r) & 1) reduced -= rulePrices[r]!;
      for (const each of ownEmployers) reduced -= each.get(employer[a]!) ?? 0;
      if (isLate) reduced -= latePrice;
      for (const { isOne, i } of ownCases) if (isOne(a, isLate)) reduced -= inGrains(prices.cases[i]);
      const before = best[person[a]!]!;
      if (reduced < before) {
        sum += reduced - before;
        best[person[a]!] = reduced;
      }
    }
  }
  return sum;
}

/** Whether a candidacy of the group is of this kind. */
function membership(
  { rules, traits, employer, person }: Candidacies,
  roster: RosterColumns,
  people: Kind,
): (candidacy: number, isLate: boolean) => boolean {
  const mask = people.traits?.reduce(
    (bits, key) => (bits | (1 << rules.findIndex(({ ruleKey }) => ruleKey === key))) >>> 0,
    0,
  );
  const place = people.employerId === null ? null : roster.words.employers.indexOf(people.employerId);
  return (a, isLate) =>
    (mask === undefined || traits[a] === mask) &&
    (people.late === null || people.late === isLate) &&
    (place === null || employer[a] === place) &&
    (people.expertId === null || idOf(roster, person[a]!) === people.expertId);
}
