import { shareLeft } from '../candidates/candidacies.ts';
import { countsFor, type Standing, timesOf } from './standing.ts';

/** Somebody free who could take the seat instead, and what the plan would then be: differences, positive is worse. */
export type NextBest = {
  candidacy: number;
  /** Rules that would be broken by more people than now, by number. */
  breaks: number[];
  broken: number;
  /** Minutes by which the last of the team, and the last but the stragglers, would come later. */
  latest: number;
  nine: number;
  cost: number;
};

/** Those free people of each group among whom the next best for any of its seats is. */
export type Shortlist = number[][];

/**
 * One pass over all candidacies. Free people of a group who count for the same rules and whose employer is not at a limit
 * are alike but for arrival and cost: of those who come within nine in ten, of those within the last arrival, and of the
 * later ones, one each is enough.
 */
export function shortlistOf(standing: Standing): Shortlist {
  const { of, chosenOf } = standing;
  const { groups, teams, rules, groupStarts, person, minutes, cost, traits, employer } = of;
  return groups.map(({ seatIds, teamType }, g) => {
    if (seatIds.length === 0 || standing.filled[g] === 0) return [];
    const { latest, nine } = timesOf(standing, teams.indexOf(teamType));
    const limited = new Set<number>();
    for (const [r, { rule, groups: ruled }] of rules.entries()) {
      if (rule.of.is !== 'same employer' || !ruled.includes(g)) continue;
      for (const place of [...standing.employed[r]!.keys(), ...rules[r]!.taken.keys()]) {
        if ((standing.employed[r]!.get(place) ?? 0) >= shareLeft(standing.of.rules[r]!, place))
          limited.add(place);
      }
      // A share of nobody at all limits every employer, also those who have nobody yet.
      if (rules[r]!.count === 0)
        for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) limited.add(employer[a]!);
    }
    const best = new Map<number, number>();
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      const tier = minutes[a]! <= nine ? 0 : minutes[a]! <= latest ? 1 : 2;
      const own = limited.size > 0 && limited.has(employer[a]!) ? employer[a]! + 1 : 0;
      const key = (traits[a]! + own * 2 ** 32) * 3 + tier;
      const known = best.get(key);
      if (known !== undefined) {
        const byMinutes = minutes[a]! - minutes[known]!;
        const byCost = cost[a]! - cost[known]!;
        if ((tier === 2 ? byMinutes || byCost : byCost || byMinutes) >= 0) continue;
      }
      // Asked last: few get this far.
      if (!chosenOf.has(person[a]!)) best.set(key, a);
    }
    return [...best.values()];
  });
}

/** The best of the free people for the seat of a chosen one, goals in their order; null: nobody is free. */
export function nextBest(standing: Standing, shortlist: Shortlist, chosen: number): NextBest | null {
  const { group, groups, teams, person } = standing.of;
  const g = group[chosen]!;
  const team = teams.indexOf(groups[g]!.teamType);
  const others = without(standing.arrivals[team]!, standing.of.minutes[chosen]!);
  let best: NextBest | null = null;
  for (const candidacy of shortlist[g]!) {
    const next = swapped(standing, chosen, candidacy, team, others);
    const order = best
      ? next.broken - best.broken ||
        next.latest - best.latest ||
        next.nine - best.nine ||
        next.cost - best.cost ||
        person[candidacy]! - person[best.candidacy]!
      : -1;
    if (order < 0) best = next;
  }
  return best;
}

function swapped(
  standing: Standing,
  from: number,
  to: number,
  team: number,
  others: readonly number[],
): NextBest {
  const { rules, minutes, cost, group } = standing.of;
  const breaks: number[] = [];
  let broken = 0;
  for (const r of rules.keys()) {
    if (!rules[r]!.groups.includes(group[from]!)) continue;
    const change = breachChange(standing, r, from, to);
    if (change > 0) breaks.push(r);
    broken += change;
  }
  const now = timesOf(standing, team);
  const stragglers = standing.stragglers[team]!;
  const arrival = minutes[to]!;
  return {
    candidacy: to,
    breaks,
    broken,
    latest: placed(others, arrival, 0) - now.latest,
    nine: placed(others, arrival, stragglers) - now.nine,
    cost: cost[to]! - cost[from]!,
  };
}

/** By how many people more the rule is broken when one gives way to the other. */
function breachChange(standing: Standing, r: number, from: number, to: number): number {
  const { rule, count } = standing.of.rules[r]!;
  if (rule.of.is === 'same employer') {
    const { employer } = standing.of;
    const [leaving, coming] = [employer[from]!, employer[to]!];
    if (leaving === coming) return 0;
    const over = (place: number, change: number) =>
      Math.max(0, (standing.employed[r]!.get(place) ?? 0) + change - shareLeft(standing.of.rules[r]!, place));
    return over(leaving, -1) - over(leaving, 0) + over(coming, 1) - over(coming, 0);
  }
  const now = standing.counted[r]!;
  const then = now + Number(countsFor(standing.of, r, to)) - Number(countsFor(standing.of, r, from));
  const breach = (people: number) => Math.max(0, rule.kind === 'at least' ? count - people : people - count);
  return breach(then) - breach(now);
}

/** The list, from the last arrival down, without one of this minute. */
function without(arrivals: readonly number[], minute: number): number[] {
  const at = arrivals.indexOf(minute);
  return arrivals.filter((_, i) => i !== at);
}

/** What stands at the place of the descending list once the minute is put in. */
function placed(others: readonly number[], minute: number, place: number): number {
  if (place > others.length) return 0;
  const here = others[place] ?? Number.NEGATIVE_INFINITY;
  if (minute < here) return here;
  const before = place > 0 ? (others[place - 1] ?? minute) : minute;
  return Math.min(before, minute);
}
