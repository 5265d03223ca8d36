import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';

/**
 * The candidacies that some cheapest plan can do with, for the peers, which would choke on all of them. People of a group
 * are alike in all that rules count when their traits are (a class): of a class only the cheapest matter, as many as the
 * others who sit can take away at the most.
 *
 * Of a list of a class's cheapest, at most `demand - 1` take other seats of the group, and in each other group at most its
 * seats or as many as also hold its role; an employer is closed to newcomers when it has its share in the team, which
 * happens to (seats - 1) / share employers at the most. When the list has more people than all of these together, somebody
 * on it can take the seat of anybody behind it, who is dearer: no plan gets worse.
 */
export function prunedPlaces(candidacies: Candidacies): number[] {
  const { groups, rules, person, group, groupStarts, cost, traits, employer, count } = candidacies;
  const groupsOfPerson = new Map<number, number[]>();
  for (let a = 0; a < count; a += 1) {
    const own = groupsOfPerson.get(person[a]!);
    if (own) own.push(group[a]!);
    else groupsOfPerson.set(person[a]!, [group[a]!]);
  }
  const demand = groups.map(({ seatIds }) => seatIds.length);
  const kept: number[] = [];
  for (const [g, { teamType }] of groups.entries()) {
    if (demand[g] === 0) continue;
    const seats = groups.reduce((sum, each, h) => sum + (each.teamType === teamType ? demand[h]! : 0), 0);
    const shares = rules.filter(({ rule, groups: own }) => rule.of.is === 'same employer' && own.includes(g));
    const closed = shares.reduce((sum, each) => sum + Math.floor((seats - 1) / Math.max(1, each.count)), 0);
    const classes = new Map<number, number[]>();
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      const alike = classes.get(traits[a]!);
      if (alike) alike.push(a);
      else classes.set(traits[a]!, [a]);
    }
    for (const alike of classes.values()) {
      alike.sort((a, b) => cost[a]! - cost[b]! || person[a]! - person[b]!);
      const also = new Map<number, number>();
      const byEmployer = new Map<number, number>();
      let taken = demand[g]! - 1;
      for (const [rank, a] of alike.entries()) {
        kept.push(a);
        byEmployer.set(employer[a]!, (byEmployer.get(employer[a]!) ?? 0) + 1);
        for (const h of groupsOfPerson.get(person[a]!)!) {
          if (h === g) continue;
          const holders = (also.get(h) ?? 0) + 1;
          also.set(h, holders);
          if (holders <= demand[h]!) taken += 1;
        }
        if (rank + 1 <= taken) continue;
        const largest = [...byEmployer.values()].sort((x, y) => y - x).slice(0, closed);
        if (rank + 1 - largest.reduce((sum, each) => sum + each, 0) > taken) break;
      }
    }
  }
  return kept.sort((a, b) => a - b);
}

/** All candidacies of groups that have open seats. */
export const allPlaces = ({ groups, group, count }: Candidacies): number[] =>
  Array.from({ length: count }, (_, a) => a).filter(a => groups[group[a]!]!.seatIds.length > 0);
