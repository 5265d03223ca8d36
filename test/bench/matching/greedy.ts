import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import type { Weights } from './score.ts';

/** What stands while the greedy works: who sits by which candidacy, and how many count for each rule. */
type Seating = {
  of: Candidacies;
  weights: Weights;
  /** By group: the candidacies that sit. */
  seated: number[][];
  sits: Map<number, number>;
  counting: Int32Array;
  /** By rule: people by employer. */
  employers: Map<number, number>[];
  rulesOf: number[][];
};

/**
 * A good plan without a solver, as a careful person makes one: the scarcest critical roles first, each seat to whoever
 * costs least once the quotas that still lack people are paid for; then it is mended for as long as that helps. Mending
 * fills empty seats by moving people over, replaces one by one, and lets two change seats. It knows all rules and the
 * same weights as the other peers; what it cannot know is when to stop.
 */
export function greedyPlan(candidacies: Candidacies, places: readonly number[], weights: Weights): number[] {
  const { groups, rules } = candidacies;
  const seating: Seating = {
    of: candidacies,
    weights,
    seated: groups.map(() => []),
    sits: new Map(),
    counting: new Int32Array(rules.length),
    employers: rules.map(() => new Map()),
    rulesOf: groups.map((_, g) => [...rules.keys()].filter(r => rules[r]!.groups.includes(g))),
  };
  const lists: number[][] = groups.map(() => []);
  for (const a of places) lists[candidacies.group[a]!]!.push(a);
  for (const list of lists) list.sort((a, b) => candidacies.cost[a]! - candidacies.cost[b]! || a - b);
  fill(seating, lists);
  mend(seating, lists);
  return seating.seated.flat().sort((a, b) => a - b);
}

function fill(seating: Seating, lists: readonly number[][]): void {
  const { groups } = seating.of;
  const scarcity = (g: number) => lists[g]!.length / Math.max(1, groups[g]!.seatIds.length);
  const order = [...groups.keys()].sort(
    (a, b) => Number(groups[b]!.critical) - Number(groups[a]!.critical) || scarcity(a) - scarcity(b) || a - b,
  );
  for (const g of order) {
    while (seating.seated[g]!.length < groups[g]!.seatIds.length) {
      const { best } = cheapestFree(seating, lists[g]!, Infinity);
      if (best < 0) break;
      sit(seating, best);
    }
  }
}

/** The cheapest of a list who has no seat, if below a price; -1: there is none. */
function cheapestFree(
  seating: Seating,
  list: readonly number[],
  below: number,
): { best: number; least: number } {
  const { of, weights, counting, rulesOf, sits } = seating;
  let best = -1;
  let least = below;
  if (list.length === 0) return { best, least };
  const lacking = rulesOf[of.group[list[0]!]!]!.filter(r => {
    const { rule, count } = of.rules[r]!;
    return rule.kind === 'at least' && counting[r]! < count;
  }).length;
  for (const a of list) {
    // The list is in the order of cost, and nobody can be paid for more rules than lack people.
    if (of.cost[a]! - lacking * weights.rule >= least) break;
    if (sits.has(of.person[a]!)) continue;
    const price = of.cost[a]! + priceOfTaking(seating, a);
    if (price < least) [best, least] = [a, price];
  }
  return { best, least };
}

/** What taking this person does to the rules as they stand: a quota that still lacks people is a gain. */
function priceOfTaking({ of, weights, counting, employers, rulesOf }: Seating, a: number): number {
  let price = 0;
  for (const r of rulesOf[of.group[a]!]!) {
    const { rule, count, taken } = of.rules[r]!;
    if (rule.of.is === 'same employer') {
      const there = (employers[r]!.get(of.employer[a]!) ?? 0) + (taken.get(of.employer[a]!) ?? 0);
      if (there >= count) price += weights.rule;
    } else if ((of.traits[a]! >>> r) & 1) {
      if (rule.kind === 'at most') price += counting[r]! >= count ? weights.rule : 0;
      else if (counting[r]! < count) price -= weights.rule;
    }
  }
  return price;
}

function sit({ of, seated, sits, counting, employers, rulesOf }: Seating, a: number): void {
  seated[of.group[a]!]!.push(a);
  sits.set(of.person[a]!, a);
  for (const r of rulesOf[of.group[a]!]!) {
    const e = of.employer[a]!;
    if (of.rules[r]!.rule.of.is === 'same employer') employers[r]!.set(e, (employers[r]!.get(e) ?? 0) + 1);
    else if ((of.traits[a]! >>> r) & 1) counting[r]! += 1;
  }
}

function rise({ of, seated, sits, counting, employers, rulesOf }: Seating, a: number): void {
  const list = seated[of.group[a]!]!;
  list.splice(list.indexOf(a), 1);
  sits.delete(of.person[a]!);
  for (const r of rulesOf[of.group[a]!]!) {
    const e = of.employer[a]!;
    if (of.rules[r]!.rule.of.is === 'same employer') employers[r]!.set(e, employers[r]!.get(e)! - 1);
    else if ((of.traits[a]! >>> r) & 1) counting[r]! -= 1;
  }
}

/** What somebody costs who sits: their own points, and the breach of rules that there would not be without them. */
function priceOfStaying(seating: Seating, a: number): number {
  rise(seating, a);
  const price = seating.of.cost[a]! + priceOfTaking(seating, a);
  sit(seating, a);
  return price;
}

/** Better plans next to the one that stands, until there is none; never more rounds than seats. */
function mend(seating: Seating, lists: readonly number[][]): void {
  const { groups, group, person } = seating.of;
  const byPerson = new Map<number, number[]>();
  for (const list of lists)
    for (const a of list) byPerson.set(person[a]!, [...(byPerson.get(person[a]!) ?? []), a]);
  /** Only those with several candidacies can move. */
  const canMove = lists.map(list => list.filter(a => byPerson.get(person[a]!)!.length > 1));
  const candidacyOf = (who: number, g: number) => byPerson.get(who)!.find(a => group[a] === g);

  const replaceOne = (): boolean => {
    let better = false;
    for (const g of groups.keys()) {
      for (const a of [...seating.seated[g]!]) {
        const now = priceOfStaying(seating, a);
        rise(seating, a);
        const { best } = cheapestFree(seating, lists[g]!, now);
        sit(seating, best < 0 ? a : best);
        if (best >= 0 && best !== a) better = true;
      }
    }
    return better;
  };

  /** Somebody of group h moves over to an empty or a dear seat of group g, and somebody free takes the seat in h. */
  const moveOver = (): boolean => {
    let better = false;
    for (const g of groups.keys()) {
      const seats = groups[g]!.seatIds.length;
      const empty = seating.seated[g]!.length < seats;
      for (const out of empty ? [null] : [...seating.seated[g]!]) {
        let before = groups[g]!.critical ? seating.weights.critical : seating.weights.seat;
        if (out !== null) {
          before = priceOfStaying(seating, out);
          rise(seating, out);
        }
        const moved = bestMove(g, before);
        if (moved) better = true;
        else if (out !== null) sit(seating, out);
      }
    }
    return better;
  };
  const bestMove = (g: number, before: number): boolean => {
    for (const b of canMove[g]!) {
      const sitting = seating.sits.get(person[b]!);
      if (sitting === undefined || group[sitting] === g) continue;
      const h = group[sitting]!;
      const was = priceOfStaying(seating, sitting);
      rise(seating, sitting);
      const entering = seating.of.cost[b]! + priceOfTaking(seating, b);
      sit(seating, b);
      const { best } = cheapestFree(seating, lists[h]!, before + was - entering);
      if (best >= 0) {
        sit(seating, best);
        return true;
      }
      rise(seating, b);
      sit(seating, sitting);
    }
    return false;
  };

  const changeSeats = (): boolean => {
    let better = false;
    const all = seating.seated.flat().filter(a => byPerson.get(person[a]!)!.length > 1);
    for (const [i, a] of all.entries()) {
      for (const b of all.slice(i + 1)) {
        if (group[a] === group[b] || seating.sits.get(person[a]!) !== a || seating.sits.get(person[b]!) !== b)
          continue;
        const c = candidacyOf(person[a]!, group[b]!);
        const d = candidacyOf(person[b]!, group[a]!);
        if (c === undefined || d === undefined) continue;
        const before = priceOfStaying(seating, a);
        rise(seating, a);
        const then = priceOfStaying(seating, b);
        rise(seating, b);
        const entering = seating.of.cost[c]! + priceOfTaking(seating, c);
        sit(seating, c);
        const after = entering + seating.of.cost[d]! + priceOfTaking(seating, d);
        if (after < before + then) {
          sit(seating, d);
          better = true;
          continue;
        }
        rise(seating, c);
        sit(seating, a);
        sit(seating, b);
      }
    }
    return better;
  };

  for (let round = 0; round < 50; round += 1) {
    const better = [replaceOne(), moveOver(), changeSeats()];
    if (!better.includes(true)) return;
  }
}
