import { type Objective, shareLeft, type Task } from './task.ts';

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
export function breachOf({ of: candidacies, ...task }: Task, rule: number, chosen: Uint32Array): number {
  const { rule: said, groups, count } = candidacies.rules[rule]!;
  if (said.of.is === 'same employer') {
    const people = new Map<number, number>();
    for (const a of chosen) {
      if (!groups.includes(candidacies.group[a]!)) continue;
      const place = candidacies.employer[a]!;
      people.set(place, (people.get(place) ?? 0) + 1);
    }
    const over = [...people].map(([place, own]) =>
      Math.max(0, own - shareLeft({ of: candidacies, ...task }, rule, place)),
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
