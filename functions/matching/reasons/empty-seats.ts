import type { EmptySeat } from '../../domain/plan.ts';
import type { HardRule } from '../candidates/hard-rules.ts';
import type { Standing } from './standing.ts';
import type { Tongue, Voice } from './voice.ts';
import type { Removed } from './wording.ts';

/** Above so many people or deployments they are counted and not named. */
const FEW = 3;

/** What became of everybody who holds the group's role: counts by the first rule that removed them, in any order. */
export type GroupScreening = {
  qualified: number;
  removed: ReadonlyMap<HardRule, number>;
  /** Deployments that hold those removed by "held elsewhere", each once; may be empty when there are many. */
  holders: readonly string[];
};

/** Each seat of a group that nobody takes, with what became of those who hold its role. */
export function reasonsForEmpty(
  standing: Standing,
  g: number,
  screening: GroupScreening,
  say: Voice,
): EmptySeat[] {
  const { of, filled } = standing;
  const { seatIds } = of.groups[g]!;
  const empty = seatIds.slice(filled[g]!);
  if (empty.length === 0) return [];
  const removed: Removed[] = [...screening.removed]
    .filter(([, count]) => count > 0)
    .map(([rule, count]) => ({
      rule,
      count,
      deployments:
        rule === 'held elsewhere' && screening.holders.length <= FEW ? [...screening.holders].sort() : [],
    }))
    .sort((one, other) => other.count - one.count || (one.rule < other.rule ? -1 : 1));
  const reason = say(tongue => sentence(standing, g, screening.qualified, removed, tongue));
  const filters = Object.fromEntries(removed.map(({ rule, count }) => [rule, count]));
  return empty.map(seatId => ({ seatId, reason, filters }));
}

function sentence(
  standing: Standing,
  g: number,
  qualified: number,
  removed: Removed[],
  tongue: Tongue,
): string {
  const { empty } = tongue.words;
  const role = tongue.role(standing.of.groups[g]!.role);
  if (qualified === 0) return empty.nobodyHolds(role);
  const [first] = removed;
  if (qualified <= FEW && first?.count === qualified) return empty.onlyFew(role, qualified, first);
  const { seats, free } = whereabouts(standing, g);
  const elsewhere = { count: seats.length, seats: seats.length <= FEW ? seats : [] };
  return empty.ofAll(role, qualified, standing.filled[g]!, removed, elsewhere, free);
}

/** The seats in other groups of those who are eligible for this one, and how many of them sit nowhere. */
function whereabouts({ of, chosenOf, seatOf }: Standing, g: number): { seats: string[]; free: number } {
  const seats: string[] = [];
  let free = 0;
  for (let a = of.groupStarts[g]!; a < of.groupStarts[g + 1]!; a += 1) {
    const chosen = chosenOf.get(of.person[a]!);
    if (chosen === undefined) free += 1;
    else if (of.group[chosen]! !== g) seats.push(seatOf.get(chosen)!);
  }
  return { seats: seats.sort(), free };
}
