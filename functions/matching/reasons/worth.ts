import type { Candidacies } from '../candidates/candidacies.ts';
import type { Goal, Kind, Prices, Proof } from '../proof/certificate.ts';
import type { SolvedStage } from '../solving/solved.ts';
import { hasTrait } from './standing.ts';

/** One end of a proof: its prices, and the people whom the cases on the way are about. */
export type Leaf = { prices: Prices; kinds: Kind[] };

/** What names people in a proof. */
export type PeopleNamed = {
  expertIdOf: (candidacy: number) => string;
  employerIdOf: (candidacy: number) => string;
};

export function leavesOf(proof: Proof, kinds: Kind[] = []): Leaf[] {
  if ('prices' in proof) return [{ prices: proof.prices, kinds }];
  const next = [...kinds, proof.people];
  return [...leavesOf(proof.low, next), ...leavesOf(proof.high, next)];
}

/**
 * By how much, at the least, the goal of a stage gets worse (below 0: at most so much better) when the problem changes and
 * every goal before is kept. Weak duality: the prices of a proof prove a bound for every problem with the same rows, so
 * the changed problem's bound is the old one plus what the change is worth at these prices (`worth`), the least of all
 * cases. The proven bound is rounded up to a whole number, so what is added to it is rounded down: the answer may be too
 * small by less than 1, never too large. Null: the stage proves nothing that can be carried over (arrivals).
 */
export function changeAtLeast(stage: SolvedStage, worth: (leaf: Leaf) => number): number | null {
  if (stage.goal === 'latest arrival' || stage.goal === 'arrival of nine in ten') return null;
  const least = Math.min(...leavesOf(stage.proof).map(worth));
  return stage.bound + Math.floor(least) - stage.value;
}

type Limits = {
  totals: { number: number; goal: Goal; value: number }[];
  latest: Map<string, number>;
  nine: Map<string, [number, number]>;
};

/** What the goals before a stage leave open. */
function limitsOf(stages: readonly SolvedStage[], number: number): Limits {
  const limits: Limits = { totals: [], latest: new Map(), nine: new Map() };
  for (const [i, { goal, teamType, value }] of stages.slice(0, number).entries()) {
    if (goal === 'latest arrival') limits.latest.set(teamType!, value);
    else if (goal === 'arrival of nine in ten') limits.nine.set(teamType!, [value, i]);
    else limits.totals.push({ number: i, goal, value });
  }
  return limits;
}

const weightOf = ({ groups, teams }: Candidacies, goal: Goal, g: number): number => {
  const { critical, teamType } = groups[g]!;
  if (goal === 'critical seats empty') return critical ? 1 : 0;
  if (goal === 'seats empty') return 1;
  return goal === 'urgency of empty seats' ? teams.length - teams.indexOf(teamType) : 0;
};

/** What a breach costs at these prices. */
function breachCost(stages: readonly SolvedStage[], number: number, prices: Prices): number {
  const held = stages.findIndex(({ goal }, i) => i < number && goal === 'team rules broken');
  const own = stages[number]!.goal === 'team rules broken' ? 1 : 0;
  return own - (held < 0 ? 0 : (prices.goals[held] ?? 0));
}

/** What one more open seat of a group is worth in a leaf of the stage's proof: its price, and what is bounded by the number of seats. */
export function worthOfSeat(
  of: Candidacies,
  stages: readonly SolvedStage[],
  number: number,
  g: number,
): (leaf: Leaf) => number {
  const { groups, rules } = of;
  const { totals, nine } = limitsOf(stages, number);
  const { groupId, seatIds, teamType } = groups[g]!;
  const mayBeEmpty = (seats: number): number =>
    totals.reduce((least, { goal, value }) => {
      const weight = weightOf(of, goal, g);
      return weight > 0 ? Math.min(least, Math.floor(value / weight)) : least;
    }, seats);
  const seatsIn = (places: readonly number[]) =>
    places.reduce((sum, each) => sum + groups[each]!.seatIds.length, 0);
  const teamSeats = seatsIn([...groups.keys()].filter(each => groups[each]!.teamType === teamType));
  return ({ prices }) => {
    const price = prices.groups[groupId] ?? 0;
    const empty = totals.reduce(
      (sum, total) => sum - (prices.goals[total.number] ?? 0) * weightOf(of, total.goal, g),
      weightOf(of, stages[number]!.goal, g) - price,
    );
    let worth = price + Math.min(0, empty) * (mayBeEmpty(seatIds.length + 1) - mayBeEmpty(seatIds.length));
    const late = nine.get(teamType);
    if (late)
      worth += (prices.goals[late[1]] ?? 0) * (Math.floor((teamSeats + 1) / 10) - Math.floor(teamSeats / 10));
    // A rule of "at most" may then be broken by one person more.
    for (const { rule, ruleKey, groups: ruled } of rules) {
      if (rule.kind === 'at least' || !ruled.includes(g)) continue;
      for (const [, rulePrice] of pricesOf(prices, ruleKey)) {
        worth += Math.min(0, breachCost(stages, number, prices) - Math.abs(rulePrice));
      }
    }
    return worth;
  };
}

/** The prices of a rule: under its own key, or one for each employer. */
const pricesOf = (prices: Prices, ruleKey: string): [string, number][] =>
  Object.entries(prices.rules).filter(([key]) => key === ruleKey || key.startsWith(`${ruleKey}:`));

/** Whether some leaf of the proof has a price on the rule: a proof without holds without the rule. */
export const usesRule = (stage: SolvedStage, ruleKey: string): boolean =>
  leavesOf(stage.proof).some(({ prices }) => pricesOf(prices, ruleKey).some(([, price]) => price !== 0));

/**
 * What giving up a rule is worth in a leaf, 0 or less: "at least" is asked of nobody, "at most" admits as many as there
 * are seats (for an employer, as many as are eligible: `eligibleOf` by employerId).
 */
export function worthOfRule(
  of: Candidacies,
  stages: readonly SolvedStage[],
  number: number,
  r: number,
  employers: { takenBy: (employerId: string) => number; eligibleOf: (employerId: string) => number },
): (leaf: Leaf) => number {
  const { rule, ruleKey, count, groups: ruled } = of.rules[r]!;
  const seats = ruled.reduce((sum, g) => sum + of.groups[g]!.seatIds.length, 0);
  const held = stages.find(({ goal }, i) => i < number && goal === 'team rules broken')?.value;
  return ({ prices }) =>
    pricesOf(prices, ruleKey).reduce((worth, [key, price]) => {
      const mostBroken = Math.min(rule.kind === 'at least' ? count : seats, held ?? Number.POSITIVE_INFINITY);
      // Without the rule nothing is broken either: what a breach could save goes with it.
      const breach = Math.min(0, breachCost(stages, number, prices) - Math.abs(price)) * mostBroken;
      if (rule.kind === 'at least') return worth - price * count - breach;
      const employerId = key === ruleKey ? null : key.slice(ruleKey.length + 1);
      const now = employerId === null ? count : Math.max(0, count - employers.takenBy(employerId));
      const without = employerId === null ? seats : Math.min(seats, employers.eligibleOf(employerId));
      return worth + price * Math.max(0, without - now) - breach;
    }, 0);
}

/** What a rule softer by one person is worth in a leaf, 0 or less; for a rule about employers, by one of each. */
export const worthOfSofterRule =
  (of: Candidacies, r: number): ((leaf: Leaf) => number) =>
  ({ prices }) =>
    pricesOf(prices, of.rules[r]!.ruleKey).reduce((worth, [, price]) => worth - Math.abs(price), 0);

/**
 * What it is worth in a leaf that a person without a seat takes one of a group: the candidacy's cost beyond what the seat
 * and all it counts for are worth, less what the bound already takes the person to save. `own`: all candidacies of the
 * person. Null: the person comes after the last arrival that is held.
 */
export function worthOfPerson(
  of: Candidacies,
  stages: readonly SolvedStage[],
  number: number,
  candidacy: number,
  own: readonly number[],
  named: PeopleNamed,
): ((leaf: Leaf) => number) | null {
  const limits = limitsOf(stages, number);
  const isAllowed = (a: number) =>
    of.minutes[a]! <= (limits.latest.get(of.groups[of.group[a]!]!.teamType) ?? Number.POSITIVE_INFINITY);
  if (!isAllowed(candidacy)) return null;
  const allowed = own.filter(a => isAllowed(a) && of.groups[of.group[a]!]!.seatIds.length > 0);
  return leaf => {
    const reduced = (a: number) => reducedCost(of, stages[number]!.goal, limits, leaf, a, named);
    return reduced(candidacy) - Math.min(0, ...allowed.map(reduced));
  };
}

function reducedCost(
  of: Candidacies,
  goal: Goal,
  limits: Limits,
  leaf: Leaf,
  a: number,
  named: PeopleNamed,
): number {
  const { prices, kinds } = leaf;
  const g = of.group[a]!;
  const { groupId, teamType } = of.groups[g]!;
  const late = limits.nine.get(teamType);
  const isLate = late !== undefined && of.minutes[a]! > late[0];
  let reduced = (goal === 'cost' ? of.cost[a]! : 0) - (prices.groups[groupId] ?? 0);
  for (const [r, { rule, ruleKey, groups }] of of.rules.entries()) {
    if (hasTrait(of, r, a)) reduced -= prices.rules[ruleKey] ?? 0;
    else if (rule.of.is === 'same employer' && groups.includes(g))
      reduced -= prices.rules[`${ruleKey}:${named.employerIdOf(a)}`] ?? 0;
  }
  if (isLate) reduced -= prices.goals[late[1]] ?? 0;
  for (const [i, kind] of kinds.entries()) {
    if (kind.group === groupId && isOfKind(of, kind, a, isLate, named)) reduced -= prices.cases[i] ?? 0;
  }
  return reduced;
}

function isOfKind(of: Candidacies, kind: Kind, a: number, isLate: boolean, named: PeopleNamed): boolean {
  const traits = () => of.rules.flatMap(({ ruleKey }, r) => (hasTrait(of, r, a) ? [ruleKey] : []));
  return (
    (kind.traits === null || traits().sort().join() === [...kind.traits].sort().join()) &&
    (kind.late === null || kind.late === isLate) &&
    (kind.employerId === null || kind.employerId === named.employerIdOf(a)) &&
    (kind.expertId === null || kind.expertId === named.expertIdOf(a))
  );
}
