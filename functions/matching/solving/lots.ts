import type { RosterColumns } from '../../roster/columns.ts';
import { idOf } from '../../roster/reading.ts';
import { shareLeft } from '../candidates/candidacies.ts';
import { type Held, isAllowed, isLate, type Task } from './task.ts';

/**
 * The fixed tie-break: where somebody without a seat is alike in all that the goals count (points, team rules, before or
 * after the nine in ten), the lower lot sits. The lot is drawn from the deployment's and the person's id, so that it falls
 * differently in each deployment and the same in each plan.
 */
export function drawLots(
  task: Task,
  held: Held,
  chosen: Uint32Array,
  roster: RosterColumns,
  deploymentId: string,
): Uint32Array {
  const { group, groupStarts, person, cost, traits, employer } = task.of;
  const seated = new Set<number>();
  const people = task.of.rules.map(() => new Map<number, number>());
  const count = (a: number, change: number) => {
    for (const r of task.employerRules[group[a]!]!) {
      people[r]!.set(employer[a]!, (people[r]!.get(employer[a]!) ?? 0) + change);
    }
  };
  for (const a of chosen) {
    seated.add(person[a]!);
    count(a, 1);
  }
  const seed = hash(2_166_136_261, deploymentId);
  const lots = new Map<number, number>();
  const lotOf = (a: number): number => {
    const known = lots.get(person[a]!);
    if (known !== undefined) return known;
    const lot = hash(seed, idOf(roster, person[a]!));
    lots.set(person[a]!, lot);
    return lot;
  };
  const hasRoom = (a: number): boolean =>
    task.employerRules[group[a]!]!.every(
      r => (people[r]!.get(employer[a]!) ?? 0) < shareLeft(task.of.rules[r]!, employer[a]!),
    );
  const isAlike = (a: number, b: number): boolean =>
    cost[a] === cost[b] && traits[a] === traits[b] && isLate(task, held, a) === isLate(task, held, b);

  const after: number[] = [];
  for (const g of task.demand.keys()) {
    const own = [...chosen].filter(a => group[a] === g);
    if (own.length === 0) continue;
    const kinds = new Set(own.map(a => cost[a]!));
    const free: number[] = [];
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      if (kinds.has(cost[a]!) && !seated.has(person[a]!) && isAllowed(task, held, a)) free.push(a);
    }
    free.sort((a, b) => lotOf(a) - lotOf(b) || a - b);
    for (const a of own.sort((one, other) => lotOf(other) - lotOf(one) || one - other)) {
      count(a, -1);
      const place = free.findIndex(b => lotOf(b) < lotOf(a) && isAlike(a, b) && hasRoom(b));
      const sits = place < 0 ? a : free.splice(place, 1)[0]!;
      count(sits, 1);
      seated.delete(person[a]!);
      seated.add(person[sits]!);
      after.push(sits);
    }
  }
  return Uint32Array.from(after).sort();
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hash(seed: number, text: string): number {
  let value = seed;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 16_777_619);
  return value >>> 0;
}
