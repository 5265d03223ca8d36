import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import { type Answer, noPlan, solveByHighs } from './milp.ts';
import { none, programmeOf } from './programme.ts';

/**
 * All goals in their order by HiGHS alone, plainly: over every candidacy, one integer programme per goal, and the arrivals
 * by bisection of integer programmes. Slow, and sure: what it finds is the oracle. Null: some programme was not solved in
 * its time, so that there is no oracle for this instance.
 */
export async function solveGoalByGoal(
  candidacies: Candidacies,
  places: readonly number[],
  seconds: number,
): Promise<Answer | null> {
  const { groups, teams, minutes, group, cost } = candidacies;
  const programme = programmeOf(candidacies, places, { critical: 0, seat: 0, rule: 0 });
  const open = [...programme.upper];
  const teamOf = (a: number) => teams.indexOf(groups[group[a]!]!.teamType);
  let stopped = false;

  const solve = async (price: (column: number) => number): Promise<Answer | null> => {
    if (stopped) return null;
    const answer = await solveByHighs({ ...programme, cost: open.map((_, c) => price(c)) }, seconds);
    if (answer.trouble !== null && answer.trouble !== noPlan) stopped = true;
    return stopped ? null : answer;
  };
  const isPossible = async () => {
    const answer = await solve(() => 0);
    return answer !== null && answer.trouble === null;
  };
  /** Makes a sum of columns as small as can be, and keeps it there. */
  const settle = async (weights: Map<number, number>): Promise<void> => {
    const answer = await solve(c => weights.get(c) ?? 0);
    if (!answer) return;
    const columns = [...weights.keys()];
    programme.rows.push({
      lower: -none,
      upper: answer.value,
      columns,
      values: columns.map(c => weights.get(c)!),
    });
  };
  /** The least of some values under which there still is a plan. */
  const least = async (values: readonly number[], hold: (value: number) => void): Promise<void> => {
    let low = 0;
    let high = values.length - 1;
    while (low < high && !stopped) {
      const middle = (low + high) >>> 1;
      hold(values[middle]!);
      if (await isPossible()) high = middle;
      else low = middle + 1;
    }
    if (values.length > 0) hold(values[low]!);
  };

  const empties = (weight: (g: number) => number) =>
    new Map(programme.empty.map((c, g) => [c, weight(g)] as const).filter(([, w]) => w > 0));
  await settle(empties(g => (groups[g]!.critical ? 1 : 0)));
  await settle(empties(() => 1));
  await settle(empties(g => teams.length - teams.indexOf(groups[g]!.teamType)));
  await settle(new Map(programme.breaches.flat().map(c => [c, 1] as const)));
  const arrivals = teams.map((_, t) =>
    [...new Set(places.filter(a => teamOf(a) === t).map(a => minutes[a]!))].sort((a, b) => a - b),
  );
  for (const [t, values] of arrivals.entries())
    await least([0, ...values], latest => {
      for (const [c, a] of places.entries())
        if (teamOf(a) === t) programme.upper[c] = minutes[a]! <= latest ? open[c]! : 0;
    });
  for (const [t, values] of arrivals.entries()) {
    const seats = groups.reduce(
      (sum, { teamType, seatIds }) => sum + (teamType === teams[t] ? seatIds.length : 0),
      0,
    );
    const row = {
      lower: -none,
      upper: Math.floor(seats / 10),
      columns: [] as number[],
      values: [] as number[],
    };
    programme.rows.push(row);
    await least([0, ...values], nine => {
      row.columns = [...places.keys()].filter(c => teamOf(places[c]!) === t && minutes[places[c]!]! > nine);
      row.values = row.columns.map(() => 1);
    });
  }
  return solve(c => (c < places.length ? cost[places[c]!]! : 0));
}
