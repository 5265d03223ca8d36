import type { StandbyList } from '../domain/plan.ts';
import type { RosterColumns } from '../roster/columns.ts';
import { idOf } from '../roster/reading.ts';
import type { Candidacies } from './candidates/candidacies.ts';

/** Cost points fit into 16 bits, so that minutes and cost of a candidacy are one number that sorts by minutes first. */
const POINTS = 0x1_0000;

/**
 * Whom a later plan for the same seats may need, by role of a team, ascending by expertId: of each group the people
 * without a seat for whom fewer than `group.standby` others arrive no later and cost no more. Who is not among them is
 * never the only one to take a seat: as long as no more people than that are asked or gone, one who is as early and as
 * cheap is free. The same again among those who help to keep each rule of the team, and among those who help to keep all,
 * since somebody who does may have to be replaced by another.
 *
 * So for one role nothing is lost, whichever arrival a later plan must keep to; where people of several roles, caps of
 * employers or the clock (a first train that comes meanwhile) change the order, somebody better may be outside.
 */
export function reserveOf(of: Candidacies, chosen: Uint32Array, roster: RosterColumns): StandbyList[] {
  const isSeated = new Uint8Array(roster.count);
  for (const a of chosen) isSeated[of.person[a]!] = 1;
  return of.groups.map((group, g) => {
    const kept = new Set<number>();
    const own: number[] = [];
    for (let a = of.groupStarts[g]!; a < of.groupStarts[g + 1]!; a += 1)
      if (isSeated[of.person[a]!] === 0) own.push(a);
    for (const helps of [() => true, ...helpers(of, g)]) keepBest(of, own.filter(helps), group.standby, kept);
    const expertIds = [...kept].sort((a, b) => a - b).map(person => idOf(roster, person));
    return { teamType: group.team.teamType, role: group.role, expertIds };
  });
}

/** Who helps to keep each rule that counts people of a group by a trait ("at most": who does not count), and who all. */
function helpers({ rules, traits }: Candidacies, g: number): ((a: number) => boolean)[] {
  const each = rules.flatMap(({ rule, groups }, r) => {
    if (rule.of.is === 'same employer' || !groups.includes(g)) return [];
    const wanted = rule.kind === 'at least' ? 1 : 0;
    return [(a: number) => ((traits[a]! >>> r) & 1) === wanted];
  });
  return each.length > 1 ? [...each, a => each.every(helps => helps(a))] : each;
}

/** Adds the people of those of these candidacies that fewer than `most` others beat, or equal and stand before. */
function keepBest(of: Candidacies, own: readonly number[], most: number, kept: Set<number>): void {
  const keyOf = (a: number) => of.arrivals[a]! * POINTS + of.cost[a]!;
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
