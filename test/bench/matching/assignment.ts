import { munkres } from 'munkres';
import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import type { Answer } from './milp.ts';
import type { Weights } from './score.ts';

/**
 * The Hungarian algorithm of the npm package munkres: a matrix of seats by people, and one more column for each seat that
 * stays empty. It knows no rules of teams: only where there are none is its answer the best plan.
 */
export function solveByMunkres(
  candidacies: Candidacies,
  places: readonly number[],
  weights: Weights,
): Answer {
  const { groups, person, group, cost } = candidacies;
  const people = [...new Set(places.map(a => person[a]!))];
  const columnOf = new Map(people.map((who, c) => [who, c]));
  const forbidden = 1e9;
  const seats: number[] = groups.flatMap(({ seatIds }, g) => seatIds.map(() => g));
  const rows = groups.map(({ critical }) => {
    const row = new Array<number>(people.length + seats.length).fill(forbidden);
    return row.fill(critical ? weights.critical : weights.seat, people.length);
  });
  const placeOf = new Map<string, number>();
  for (const a of places) {
    const c = columnOf.get(person[a]!)!;
    rows[group[a]!]![c] = cost[a]!;
    placeOf.set(`${group[a]}/${c}`, a);
  }
  const pairs = munkres(seats.map(g => rows[g]!));
  const value = pairs.reduce((sum, [seat, c]) => sum + rows[seats[seat]!]![c]!, 0);
  const chosen = pairs.flatMap(([seat, c]) => placeOf.get(`${seats[seat]}/${c}`) ?? []);
  return { chosen: chosen.sort((a, b) => a - b), value, bound: value, trouble: null };
}
