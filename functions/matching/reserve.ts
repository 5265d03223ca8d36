import type { RosterColumns } from '../roster/columns.ts';
import { idOf } from '../roster/reading.ts';
import type { Candidacies } from './candidates/candidacies.ts';

/** Cost points fit into 16 bits, so that minutes and cost of a candidacy are one number that sorts by minutes first. */
const POINTS = 0x1_0000;

/**
 * Whom a later plan for the same seats may need, by expertId, ascending: of each group the people without a seat for whom
 * fewer than `group.standby` others arrive no later and cost no more. Who is not among them never is the only one to take
 * a seat: as long as no more people than that are asked or gone, one who is as early and as cheap is free. The same again
 * among those who count for each rule of "at least", since one of them may have to be replaced by another.
 *
 * So for one role nothing is lost, whichever arrival a later plan must keep to; where people of several roles, caps of
 * employers or the clock (a first train that comes meanwhile) change the order, somebody better may be outside.
 */
export function reserveOf(of: Candidacies, chosen: Uint32Array, roster: RosterColumns): string[] {
  const isSeated = new Uint8Array(roster.count);
  for (const a of chosen) isSeated[of.person[a]!] = 1;
  const kept = new Set<number>();
  for (const [g, group] of of.groups.entries()) {
    if (group.standby === 0) continue;
    const own: number[] = [];
    for (let a = of.groupStarts[g]!; a < of.groupStarts[g + 1]!; a += 1)
      if (isSeated[of.person[a]!] === 0) own.push(a);
    const rules = of.rules.flatMap(({ rule, groups }, r) =>
      rule.kind === 'at least' && groups.includes(g) ? [r] : [],
    );
    keepBest(of, own, group.standby, kept);
    for (const r of rules)
      keepBest(
        of,
        own.filter(a => ((of.traits[a]! >>> r) & 1) === 1),
        group.standby,
        kept,
      );
  }
  return [...kept].sort((a, b) => a - b).map(person => idOf(roster, person));
}

/** Adds the people of those of these candidacies that fewer than `most` others beat, or equal and stand before. */
function keepBest(of: Candidacies, own: readonly number[], most: number, kept: Set<number>): void {
  const keyOf = (a: number) => of.minutes[a]! * POINTS + of.cost[a]!;
  const keys = Float64Array.from(own, keyOf).sort();
  /** The lowest costs so far, ascending, `most` of them. */
  const lowest: number[] = [];
  /** How many of each key are kept. */
  const wanted = new Map<number, number>();
  for (const key of keys) {
    const cost = key % POINTS;
    const isFull = lowest.length === most;
    if (isFull && lowest.at(-1)! <= cost) continue;
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
    if (isFull) lowest.pop();
    const after = lowest.findIndex(each => each > cost);
    lowest.splice(after < 0 ? lowest.length : after, 0, cost);
  }
  for (const a of own) {
    const left = wanted.get(keyOf(a)) ?? 0;
    if (left === 0) continue;
    wanted.set(keyOf(a), left - 1);
    kept.add(of.person[a]!);
  }
}
