import type { Highs } from 'highs';
import { fillSeats } from './fill.ts';
import { openProgramme } from './programme.ts';
import { firstCandidacies } from './start.ts';
import { narrowed, nothingHeld, type Task } from './task.ts';

/**
 * Who stands by for each group: from those without a seat, nobody twice, as many places taken as people allow (those of
 * critical roles first), at the least cost. Places of candidacies, the best first within a group.
 *
 * Only as many of a group are looked at as places are wanted in all groups together, the cheapest: if somebody dearer had
 * a place, one of these would be free to take it.
 */
export function chooseStandby(highs: Highs, task: Task, chosen: Uint32Array): Uint32Array {
  const demand = Int32Array.from(task.of.groups, group => group.standby);
  const wanted = demand.reduce((sum, each) => sum + each, 0);
  if (wanted === 0) return new Uint32Array();
  const waiting: Task = { ...task, demand, employerRules: task.employerRules.map(() => []) };
  const isSeated = new Uint8Array(task.persons);
  for (const a of chosen) isSeated[task.of.person[a]!] = 1;
  const kept = firstCandidacies(
    waiting,
    nothingHeld(waiting),
    'cost',
    () => wanted,
    a => isSeated[task.of.person[a]!] === 1,
  );
  const few = narrowed(waiting, kept);
  few.of = { ...few.of, rules: [], traits: new Uint32Array(few.of.count) };
  const filled = new Int32Array(demand.length);
  for (const a of fillSeats(few).chosen) filled[few.of.group[a]!]! += 1;
  const fillable: Task = { ...few, demand: filled };
  const held = { ...nothingHeld(fillable), seats: 0 };
  const { group, cost, minutes } = few.of;
  const { used } = highs.withModel(model =>
    openProgramme(highs, model, fillable, held, firstCandidacies(fillable, held, 'cost')).optimise('cost'),
  );
  const inOrder = [...used.keys()].sort(
    (a, b) => group[a]! - group[b]! || cost[a]! - cost[b]! || minutes[a]! - minutes[b]! || a - b,
  );
  return Uint32Array.from(inOrder, a => kept[a]!);
}
