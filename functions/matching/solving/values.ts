import { shareLeft } from '../candidates/candidacies.ts';
import type { Goal } from '../proof/certificate.ts';
import type { Held, Objective, Task } from './task.ts';

/** What a plan reaches for an objective: whole, by plain counting. */
export function valueFor(task: Task, objective: Objective, chosen: Uint32Array): number {
  if (objective === 'nothing') return 0;
  if (objective === 'cost') return chosen.reduce((sum, a) => sum + task.of.cost[a]!, 0);
  if (objective === 'rules') return task.of.rules.reduce((sum, _, r) => sum + breachOf(task, r, chosen), 0);
  const filled = new Int32Array(task.demand.length);
  for (const a of chosen) filled[task.of.group[a]!]! += 1;
  const weight = (g: number) =>
    objective === 'critical' ? task.critical[g]! : objective === 'urgency' ? task.urgency[g]! : 1;
  return task.demand.reduce((sum, seats, g) => sum + (seats - filled[g]!) * weight(g), 0);
}

/** By how many people the plan breaks a rule. */
export function breachOf({ of: candidacies }: Task, rule: number, chosen: Uint32Array): number {
  const { rule: said, groups, count } = candidacies.rules[rule]!;
  if (said.of.is === 'same employer') {
    const people = new Map<number, number>();
    for (const a of chosen) {
      if (!groups.includes(candidacies.group[a]!)) continue;
      const place = candidacies.employer[a]!;
      people.set(place, (people.get(place) ?? 0) + 1);
    }
    const over = [...people].map(([place, own]) =>
      Math.max(0, own - shareLeft(candidacies.rules[rule]!, place)),
    );
    return over.reduce((sum, each) => sum + each, 0);
  }
  const counted = chosen.reduce((sum, a) => sum + ((candidacies.traits[a]! >>> rule) & 1), 0);
  return Math.max(0, said.kind === 'at least' ? count - counted : counted - count);
}

/** When the last of a team is there, and when all but its stragglers are; 0 where nobody comes. */
export function arrivalsOf(task: Task, team: number, chosen: Uint32Array): { latest: number; nine: number } {
  const minutes = [...chosen]
    .filter(a => task.teamOf[task.of.group[a]!] === team)
    .map(a => task.of.minutes[a]!)
    .sort((a, b) => b - a);
  return { latest: minutes[0] ?? 0, nine: minutes[task.stragglers[team]!] ?? 0 };
}

/** Whether the plan keeps the arrivals that are held (its other goals are not looked at). */
export const isWithin = (task: Task, held: Held, chosen: Uint32Array): boolean =>
  [...task.of.teams.keys()].every(team => {
    const { latest, nine } = arrivalsOf(task, team, chosen);
    return latest <= held.latest[team]! && nine <= held.nine[team]!;
  });

/** Every goal that the plan is measured by, in their order, with what it reaches. */
export function goalsOf(
  task: Task,
  chosen: Uint32Array,
): { goal: Goal; team: number | null; value: number }[] {
  const places = [...task.of.teams.keys()];
  const hasSeats = (team: number) => task.demand.some((seats, g) => seats > 0 && task.teamOf[g] === team);
  const empty = valueFor(task, 'seats', chosen);
  const whole = (goal: Goal, objective: Objective) => ({
    goal,
    team: null,
    value: valueFor(task, objective, chosen),
  });
  return [
    whole('critical seats empty', 'critical'),
    whole('seats empty', 'seats'),
    ...(empty > 0 ? [whole('urgency of empty seats', 'urgency')] : []),
    ...(task.of.rules.length > 0 ? [whole('team rules broken', 'rules')] : []),
    ...places.filter(hasSeats).map(team => ({
      goal: 'latest arrival' as const,
      team,
      value: arrivalsOf(task, team, chosen).latest,
    })),
    ...places
      .filter(team => task.stragglers[team]! > 0)
      .map(team => ({
        goal: 'arrival of nine in ten' as const,
        team,
        value: arrivalsOf(task, team, chosen).nine,
      })),
    whole('cost', 'cost'),
  ];
}
