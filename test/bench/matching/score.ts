import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';

/**
 * What a plan is worth goal by goal, in the order of the goals; in each, less is better. Counted here from nothing but the
 * candidacies and the choice, in whole numbers, and by none of the code that makes plans.
 */
export type Score = {
  critical: number;
  empty: number;
  /** Empty seats, each weighed by its team's place: the most urgent team weighs the most. */
  urgency: number;
  /** People too many or too few, over all rules. */
  broken: number;
  /** By team, minutes from now. 0 without people. */
  latest: number[];
  /** By team, minutes from now: only a tenth of the team's open seats, rounded down, arrive later. */
  nine: number[];
  cost: number;
};

/** What one objective of all goals that count people weighs: the peers know only such a sum. */
export type Weights = { critical: number; seat: number; rule: number };

export function scoreOf(candidacies: Candidacies, chosen: Iterable<number>): Score {
  const { groups, teams, cost } = candidacies;
  const list = [...chosen];
  const filled = new Array<number>(groups.length).fill(0);
  for (const a of list) filled[candidacies.group[a]!]! += 1;
  const emptyOf = (count: (group: number) => number) =>
    groups.reduce((sum, { seatIds }, g) => sum + (seatIds.length - filled[g]!) * count(g), 0);
  const place = (g: number) => teams.indexOf(groups[g]!.teamType);
  const arrivals = teams.map((_, t) =>
    list
      .filter(a => place(candidacies.group[a]!) === t)
      .map(a => candidacies.minutes[a]!)
      .sort((a, b) => b - a),
  );
  const stragglers = teams.map(team =>
    Math.floor(
      groups.reduce((sum, group) => sum + (group.teamType === team ? group.seatIds.length : 0), 0) / 10,
    ),
  );
  return {
    critical: emptyOf(g => (groups[g]!.critical ? 1 : 0)),
    empty: emptyOf(() => 1),
    urgency: emptyOf(g => teams.length - place(g)),
    broken: brokenBy(candidacies, list).reduce((sum, each) => sum + each, 0),
    latest: arrivals.map(minutes => minutes[0] ?? 0),
    nine: arrivals.map((minutes, t) => minutes[stragglers[t]!] ?? 0),
    cost: list.reduce((sum, a) => sum + cost[a]!, 0),
  };
}

/** By how many people each rule is broken. */
export function brokenBy(candidacies: Candidacies, chosen: readonly number[]): number[] {
  return candidacies.rules.map(({ rule, groups, count, taken }, r) => {
    const own = chosen.filter(a => groups.includes(candidacies.group[a]!));
    if (rule.of.is === 'same employer') {
      const people = new Map<number, number>();
      for (const a of own)
        people.set(candidacies.employer[a]!, (people.get(candidacies.employer[a]!) ?? 0) + 1);
      return [...people].reduce(
        (sum, [employer, there]) =>
          sum + Math.max(0, there - Math.max(0, count - (taken.get(employer) ?? 0))),
        0,
      );
    }
    const counting = own.filter(a => ((candidacies.traits[a]! >>> r) & 1) === 1).length;
    return Math.max(0, rule.kind === 'at least' ? count - counting : counting - Math.max(0, count));
  });
}

/** The score as a list, in the order of the goals: compared place by place. */
export const vectorOf = ({ critical, empty, urgency, broken, latest, nine, cost }: Score): number[] => [
  critical,
  empty,
  urgency,
  broken,
  ...latest,
  ...nine,
  cost,
];

/** Negative when `a` is the better. */
export function compareVectors(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, i) => value !== b[i]);
  return place < 0 ? 0 : a[place]! - b[place]!;
}

/** The peers' one objective. */
export const weighed = (score: Score, weights: Weights): number =>
  weights.critical * score.critical +
  weights.seat * (score.empty - score.critical) +
  weights.rule * score.broken +
  score.cost;

/**
 * Weights under which no number of a later goal makes up for one of an earlier, or as close to that as the solvers'
 * tolerances bear: whether the order was kept is seen in the answer. A seat outweighs twenty broken rules.
 */
export function weightsFor({ groups, cost, count }: Candidacies): Weights {
  let dearest = 0;
  for (let a = 0; a < count; a += 1) dearest = Math.max(dearest, cost[a]!);
  const seats = groups.reduce((sum, { seatIds }) => sum + seatIds.length, 0);
  // Twice what two plans differ in on average per seat, for each seat: far more than any real difference.
  const rule = Math.min(20_000, Math.max(500, Math.ceil((seats * dearest) / 4)));
  return { rule, seat: 20 * rule, critical: 60 * rule };
}
