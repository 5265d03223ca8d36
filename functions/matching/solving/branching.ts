import type { Programme } from './programme.ts';
import type { RowPrices } from './sweep.ts';
import { type Case, type Held, isLate, type Kind, type Objective, type Task } from './task.ts';

/** A proof in numbers: prices at once, or two cases. */
export type Branch = { prices: RowPrices } | { kind: Kind; atMost: number; low: Branch; high: Branch };

export type Searched = {
  /** The best plan in whole people, if any was found. */
  chosen: Uint32Array | null;
  value: number;
  /** No plan has less; Infinity: there is none. */
  bound: number;
  proof: Branch;
};

/** How much of a search is allowed: by count, so that the same problem gives the same answer, and by time as a last resort. */
export type Limits = { cases: number; isOver: () => boolean };

/**
 * The best plan in whole people, by cases: where the programme splits people, the number of one kind that take a seat of a
 * group lies below or above, and each case is a programme of its own. Kinds are what rules and arrivals distinguish, so
 * equal people are not tried one by one. Objectives are whole numbers: a case whose bound is above the best found less one
 * holds nothing better. `known`: a plan to begin with.
 */
export function searchPlan(
  task: Task,
  held: Held,
  programme: Programme,
  objective: Objective,
  valueFor: (chosen: Uint32Array) => number,
  limits: Limits,
  known: Uint32Array | null = null,
): Searched {
  let chosen = known;
  let value = known ? valueFor(known) : Number.POSITIVE_INFINITY;
  let left = limits.cases;

  const explore = (cases: readonly Case[]): { bound: number; proof: Branch } => {
    const { feasible, used, bound, prices } = programme.optimise(objective, cases);
    const proof = { prices };
    if (!feasible) return { bound: Number.POSITIVE_INFINITY, proof };
    const least = Math.ceil(bound);
    if (least >= value) return { bound: least, proof };
    const split = splitOf(task, held, used);
    if (!split) {
      const whole = Uint32Array.from(used.keys()).sort();
      const reached = valueFor(whole);
      if (reached < value) [chosen, value] = [whole, reached];
      return { bound: least, proof };
    }
    if (left <= 0 || limits.isOver()) return { bound: least, proof };
    left -= 1;
    const { kind, people } = split;
    const atMost = Math.floor(people);
    const lower: Case = { kind, atMost };
    const higher: Case = { kind, atLeast: atMost + 1 };
    // The nearer side first: it leads to a plan sooner.
    const isNearHigh = people - atMost > 0.5;
    const first = explore([...cases, isNearHigh ? higher : lower]);
    const second = explore([...cases, isNearHigh ? lower : higher]);
    const [high, low] = isNearHigh ? [first, second] : [second, first];
    return {
      bound: Math.min(high.bound, low.bound),
      proof: { kind, atMost, low: low.proof, high: high.proof },
    };
  };
  const { bound, proof } = explore([]);
  return { chosen, value, bound: Math.min(bound, value), proof };
}

/** Nearer to a whole number than this is whole: the solver's tolerance, and a few sums of it. */
const whole = 1e-5;
const isWhole = (people: number): boolean => Math.abs(people - Math.round(people)) < whole;

/** A kind of which not a whole number of people is used, the most divided first; null where all people are whole. */
function splitOf(
  task: Task,
  held: Held,
  used: ReadonlyMap<number, number>,
): { kind: Kind; people: number } | null {
  const parts = [...used].filter(([, share]) => !isWhole(share));
  if (parts.length === 0) return null;
  const { group, traits, employer, person } = task.of;
  const kinds: ((a: number) => Kind)[] = [
    a => ({
      group: group[a]!,
      traits: traits[a]!,
      late: isLate(task, held, a),
      employer: null,
      person: null,
    }),
    a => ({ group: group[a]!, traits: null, late: null, employer: employer[a]!, person: null }),
    a => ({ group: group[a]!, traits: null, late: null, employer: null, person: task.places[person[a]!]! }),
  ];
  for (const kindOf of kinds) {
    const sums = new Map<string, { kind: Kind; people: number }>();
    for (const [a, share] of used) {
      const kind = kindOf(a);
      const key = JSON.stringify(kind);
      const sum = sums.get(key);
      sums.set(key, { kind, people: (sum?.people ?? 0) + share });
    }
    const divided = [...sums.values()].filter(({ people }) => !isWhole(people));
    const distance = ({ people }: { people: number }) => Math.abs(people - Math.floor(people) - 0.5);
    divided.sort((one, other) => distance(one) - distance(other) || compareKinds(one.kind, other.kind));
    if (divided[0]) return divided[0];
  }
  return null;
}

const compareKinds = (one: Kind, other: Kind): number =>
  one.group - other.group || (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
