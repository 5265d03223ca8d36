import type { Expert } from '../domain/expert.ts';
import type { TeamMatch } from '../domain/plan.ts';
import { MINUTE, plus } from '../domain/time.ts';
import { screen } from '../matching/candidates/screening.ts';
import type { MatchProblem } from '../matching/problem.ts';
import { columnsOf } from '../roster/columns-of.ts';
import { idOf } from '../roster/reading.ts';
import { groupOf } from './prospect.ts';

/**
 * Judges everybody whom a match names by their records as they are now. `gone`: who may no longer take what they were
 * chosen for; `standing`: the match without them, and with the arrivals that the records give now.
 */
export function judgeAgain<M extends TeamMatch>(
  problem: MatchProblem,
  match: M,
  people: ReadonlyMap<string, Expert>,
): { gone: Set<string>; standing: M } {
  const roster = columnsOf([...people.values()]);
  const { candidacies } = screen(problem, roster);
  const minutesOf = new Map<string, number>();
  for (let i = 0; i < candidacies.count; i += 1) {
    const { groupId } = candidacies.groups[candidacies.group[i]!]!;
    minutesOf.set(`${groupId} ${idOf(roster, candidacies.person[i]!)}`, candidacies.arrivals[i]!);
  }
  const groupIdOf = new Map(problem.seats.map(seat => [seat.seatId, groupOf(seat)]));
  const gone = new Set<string>();
  const picks = match.picks.flatMap(pick => {
    const minutes = minutesOf.get(`${groupIdOf.get(pick.seatId)} ${pick.expertId}`);
    if (minutes !== undefined) return [{ ...pick, arrivesAt: plus(problem.now, minutes * MINUTE) }];
    gone.add(pick.expertId);
    return [];
  });
  const standby = match.standby.map(list => ({
    ...list,
    expertIds: list.expertIds.filter(expertId => {
      const stands = minutesOf.has(`${groupOf(list)} ${expertId}`);
      if (!stands) gone.add(expertId);
      return stands;
    }),
  }));
  return { gone, standing: { ...match, picks, standby } };
}
