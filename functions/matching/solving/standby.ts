import type { Highs } from 'highs';
import type { Candidacies } from '../candidates/candidacies.ts';
import { fillSeats } from './fill.ts';
import { openProgramme } from './programme.ts';
import { firstCandidacies } from './start.ts';
import { nothingHeld, type Task, taskOf } from './task.ts';

/**
 * Who stands by for each group: from those without a seat, nobody twice, as many places taken as people allow (those of
 * critical roles first), at the least cost. Places of candidacies, the best first within a group.
 */
export function chooseStandby(
  highs: Highs,
  of: Candidacies,
  persons: number,
  chosen: Uint32Array,
): Uint32Array {
  const { task, places } = withoutSeats(of, persons, chosen);
  const wanted = task.demand.reduce((sum, each) => sum + each, 0);
  if (wanted === 0) return new Uint32Array();
  const filled = new Int32Array(task.demand.length);
  for (const a of fillSeats(task).chosen) filled[task.of.group[a]!]! += 1;
  const fillable: Task = { ...task, demand: filled };
  const held = { ...nothingHeld(fillable), seats: 0 };
  const { used } = highs.withModel(model => {
    const start = firstCandidacies(fillable, held, 'cost');
    return openProgramme(highs, model, fillable, held, start).optimise('cost');
  });
  return Uint32Array.from(
    [...used.keys()].sort(
      (a, b) =>
        task.of.group[a]! - task.of.group[b]! ||
        task.of.cost[a]! - task.of.cost[b]! ||
        task.of.minutes[a]! - task.of.minutes[b]! ||
        a - b,
    ),
    a => places[a]!,
  );
}

/** The task of standing by: the groups want as many as stand by, no rule counts, and whoever has a seat is out. */
function withoutSeats(
  of: Candidacies,
  persons: number,
  chosen: Uint32Array,
): { task: Task; places: Uint32Array } {
  const seated = new Uint8Array(persons);
  for (const a of chosen) seated[of.person[a]!] = 1;
  const list: number[] = [];
  const groupStarts = new Uint32Array(of.groups.length + 1);
  for (const [g, { standby }] of of.groups.entries()) {
    for (let a = of.groupStarts[g]!; standby > 0 && a < of.groupStarts[g + 1]!; a += 1) {
      if (!seated[of.person[a]!]) list.push(a);
    }
    groupStarts[g + 1] = list.length;
  }
  const places = Uint32Array.from(list);
  const rest: Candidacies = {
    ...of,
    groups: of.groups.map(group => ({ ...group, seatIds: Array<string>(group.standby).fill('') })),
    rules: [],
    count: places.length,
    person: places.map(a => of.person[a]!),
    group: Uint16Array.from(places, a => of.group[a]!),
    groupStarts,
    minutes: places.map(a => of.minutes[a]!),
    cost: Uint16Array.from(places, a => of.cost[a]!),
    traits: new Uint32Array(places.length),
    employer: places.map(a => of.employer[a]!),
  };
  return { task: taskOf(rest, persons), places };
}
