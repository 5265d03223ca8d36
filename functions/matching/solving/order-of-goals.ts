import type { Highs } from 'highs';
import type { Goal } from '../proof/certificate.ts';
import { type Counted, earliestLatest, earliestNine, minutesOf } from './arrivals.ts';
import { type Branch, type Limits, searchPlan } from './branching.ts';
import { type Fill, fillSeats } from './fill.ts';
import { openProgramme, type Programme } from './programme.ts';
import { firstCandidacies } from './start.ts';
import { noPrices } from './sweep.ts';
import { type Held, isAllowed, nothingHeld, type Objective, type Task } from './task.ts';
import { arrivalsOf, goalsOf, valueFor } from './values.ts';

/** One goal as far as it is settled, with the goals that were held when it was. */
export type Settled = { goal: Goal; team: number | null; value: number; bound: number; proof: Branch };
export type Plan = { chosen: Uint32Array; settled: Settled[]; held: Held };

/**
 * How goals are settled before the cost. `counted`: all seats filled, no rule broken, everybody as early as heads can be
 * counted; true of most problems, and then one programme is enough. `relaxed`: by programmes that may split people.
 * `exact`: in whole people, goal by goal. Each later way is taken only when the one before leads to no plan in whole people.
 */
type Way = 'counted' | 'relaxed' | 'exact';

export type Work = {
  highs: Highs;
  task: Task;
  costs: Float64Array;
  limits: Limits;
  /** Hears what is settled so far: when the solver fails on the way, it still holds. */
  note: (settled: readonly Settled[]) => void;
};

/** The goals in their order, each within the values of those before it. Null: no plan was found within the limits. */
export function planInOrder(work: Work): Plan | null {
  const { task } = work;
  const fill = fillSeats(task);
  if (task.demand.every(seats => seats === 0)) return nothingToFill(task);
  for (const way of ['counted', 'relaxed', 'exact'] as const) {
    if (way === 'counted' && fill.empty > 0) continue;
    const held = nothingHeld(task);
    held.critical = fill.emptyCritical;
    held.seats = fill.empty;
    const settled = byFill(task, fill);
    work.note(settled);
    const known = settleGoals(work, way, held, settled);
    if (known === undefined) continue;
    const cost = search(work, held, 'cost', known);
    if (!cost.chosen) continue;
    settled.push({ goal: 'cost', team: null, value: cost.value, bound: cost.bound, proof: cost.proof });
    return { chosen: cost.chosen, settled, held };
  }
  return null;
}

/** Every goal is at its best when there is no seat to fill. */
function nothingToFill(task: Task): Plan {
  const chosen = new Uint32Array();
  const settled = goalsOf(task, chosen).map(goal => ({
    ...goal,
    bound: goal.value,
    proof: { prices: noPrices(task) },
  }));
  return { chosen, settled, held: nothingHeld(task) };
}

/** The goals over seats, with the groups that prove them. */
export function byFill(task: Task, fill: Fill): Settled[] {
  const proofOf = (value: number, short: Uint8Array): Branch => {
    const prices = noPrices(task);
    if (value > 0) prices.group = Float64Array.from(short);
    return { prices };
  };
  const { emptyCritical, empty } = fill;
  return [
    {
      goal: 'critical seats empty',
      team: null,
      value: emptyCritical,
      bound: emptyCritical,
      proof: proofOf(emptyCritical, fill.shortCritical),
    },
    { goal: 'seats empty', team: null, value: empty, bound: empty, proof: proofOf(empty, fill.short) },
  ];
}

/** All goals between the seats and the cost. Null: settled without a plan in whole people; undefined: there is none this way. */
function settleGoals(work: Work, way: Way, held: Held, settled: Settled[]): Uint32Array | null | undefined {
  const { task } = work;
  const without = { prices: noPrices(task) };
  let known: Uint32Array | null = null;
  const soft: [Goal, 'urgency' | 'rules', boolean][] = [
    ['urgency of empty seats', 'urgency', held.seats! > 0],
    ['team rules broken', 'rules', task.of.rules.length > 0],
  ];
  for (const [goal, name, isAsked] of soft) {
    if (!isAsked) continue;
    if (way === 'counted') {
      settled.push({ goal, team: null, value: 0, bound: 0, proof: without });
      held[name] = 0;
      continue;
    }
    if (way === 'relaxed') {
      const { bound, prices } = programmeFor(work, held, 'cost', programme => programme.optimise(name));
      const value = Math.max(0, Math.ceil(bound));
      settled.push({ goal, team: null, value, bound: value, proof: { prices } });
      held[name] = value;
      continue;
    }
    const found = search(work, held, name, known);
    if (!found.chosen) return undefined;
    known = found.chosen;
    settled.push({ goal, team: null, value: found.value, bound: found.bound, proof: found.proof });
    held[name] = found.value;
  }
  const arrivals: [Goal, 'latest' | 'nine', (team: number) => Counted][] = [
    ['latest arrival', 'latest', team => earliestLatest(task, held, team)],
    ['arrival of nine in ten', 'nine', team => earliestNine(task, held, team)],
  ];
  for (const [goal, name, countedFor] of arrivals) {
    for (const team of task.of.teams.keys()) {
      const isAsked = name === 'latest' ? task.demand.some((d, g) => d > 0 && task.teamOf[g] === team) : true;
      if (!isAsked || (name === 'nine' && task.stragglers[team] === 0)) continue;
      const counted = countedFor(team);
      if (way === 'counted') {
        settled.push({
          goal,
          team,
          value: counted.minute,
          bound: counted.minute,
          proof: { prices: counted.prices },
        });
        held[name][team] = counted.minute;
        continue;
      }
      const found = earliest(work, way, held, name, team, counted, known);
      if (!found) return undefined;
      known = found.known ?? known;
      settled.push({ goal, team, value: found.value, bound: found.bound, proof: found.proof });
      held[name][team] = found.value;
    }
  }
  return known;
}

type Tested = { isPossible: boolean; known: Uint32Array | null; proof: Branch | null };

/** The earliest minute by which a team can be there, by bisection over the minutes at which somebody comes. */
function earliest(
  work: Work,
  way: Way,
  held: Held,
  name: 'latest' | 'nine',
  team: number,
  counted: Counted,
  known: Uint32Array | null,
): { value: number; bound: number; proof: Branch; known: Uint32Array | null } | null {
  const { task } = work;
  const minutes = minutesOf(task, held, team, counted.minute);
  const without = { value: counted.minute, bound: counted.minute, proof: { prices: counted.prices } };
  if (minutes.length === 0) return { ...without, known };
  const within = (minute: number): Held => {
    const next = { ...held, latest: held.latest.slice(), nine: held.nine.slice() };
    next[name][team] = minute;
    return next;
  };
  const test = (minute: number): Tested => {
    const next = within(minute);
    if (known && isWithin(task, next, known)) return { isPossible: true, known, proof: null };
    if (way === 'relaxed') {
      const { feasible, prices } = programmeFor(work, next, 'minutes', each => each.optimise('nothing'));
      return { isPossible: feasible, known: null, proof: { prices } };
    }
    const found = search(work, next, 'nothing', null);
    return {
      isPossible: found.chosen !== null,
      known: found.chosen,
      proof: found.bound === Number.POSITIVE_INFINITY ? found.proof : null,
    };
  };
  let proof: Branch | null = { prices: counted.prices };
  // Nobody comes between the counted minute and the first of these.
  let bound = minutes[0]!;
  let best = known;
  let low = 0;
  let high = minutes.length - 1;
  let probe = 0;
  while (low < high) {
    const tested = test(minutes[probe]!);
    if (tested.isPossible) {
      high = probe;
      best = tested.known ?? best;
    } else {
      low = probe + 1;
      // What is not possible but not proven so within the limits leaves a gap.
      if (tested.proof) [proof, bound] = [tested.proof, minutes[low]!];
    }
    probe = (low + high) >> 1;
  }
  const value = minutes[low]!;
  if (way === 'exact' && !(best && isWithin(task, within(value), best))) {
    best = test(value).known;
    if (!best) return null;
  }
  return { value, bound: Math.min(bound, value), proof, known: best };
}

/** Whether the plan keeps the arrivals that are held (its other goals are not looked at). */
function isWithin(task: Task, held: Held, chosen: Uint32Array): boolean {
  return [...task.of.teams.keys()].every(team => {
    const { latest, nine } = arrivalsOf(task, team, chosen);
    return latest <= held.latest[team]! && nine <= held.nine[team]!;
  });
}

function search(work: Work, held: Held, objective: Objective, known: Uint32Array | null) {
  const { task, limits } = work;
  const isKnownAllowed = known?.every(a => isAllowed(task, held, a)) && isWithin(task, held, known);
  return programmeFor(work, held, objective === 'nothing' ? 'minutes' : 'cost', programme =>
    searchPlan(
      task,
      held,
      programme,
      objective,
      chosen => valueFor(task, objective, chosen),
      limits,
      isKnownAllowed ? known : null,
    ),
  );
}

function programmeFor<T>(
  { highs, task, costs }: Work,
  held: Held,
  by: 'cost' | 'minutes',
  use: (programme: Programme) => T,
): T {
  return highs.withModel(model =>
    use(openProgramme(highs, model, task, held, costs, firstCandidacies(task, held, by))),
  );
}
