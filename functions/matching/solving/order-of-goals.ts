import type { Goal } from '../proof/certificate.ts';
import { type Counted, earliestLatest, earliestNine } from './arrivals.ts';
import type { Branch, Searched } from './branching.ts';
import { earliest } from './earliest.ts';
import { type Fill, fillSeats } from './fill.ts';
import type { Settled } from './settled.ts';
import { firstCandidacies } from './start.ts';
import { noPrices } from './sweep.ts';
import { type Held, isAllowed, narrowed, nothingHeld, type Task } from './task.ts';
import { goalsOf } from './values.ts';
import { type Known, programmeFor, search, type Work } from './work.ts';

/**
 * How goals are settled before the cost. `counted`: all seats filled, no rule broken, everybody as early as heads can be
 * counted; where that is so, one programme is enough. `relaxed`: by programmes that may split people. `exact`: in whole
 * people, goal by goal. Each later way is taken only when the one before leads to no plan in whole people.
 */
type Way = 'counted' | 'relaxed' | 'exact';

export type Plan = { chosen: Uint32Array; settled: Settled[]; held: Held };

/** The goals in their order, each within the values of those before it. Null: no plan was found within the limits. */
export function planInOrder(task: Task, work: Work): Plan | null {
  const fill = fillSeats(task);
  if (task.demand.every(seats => seats === 0)) return nothingToFill(task);
  for (const way of ['counted', 'relaxed', 'exact'] as const) {
    if (way === 'counted' && fill.empty > 0) continue;
    const held = { ...nothingHeld(task), critical: fill.emptyCritical, seats: fill.empty };
    const settled = byFill(task, fill);
    work.note(settled);
    const plan = planWith(task, work, way, held, settled);
    if (plan) return plan;
  }
  return null;
}

/** All goals after the seats, one way; null where it leads to no plan in whole people. */
function planWith(task: Task, work: Work, way: Way, held: Held, settled: Settled[]): Plan | null {
  const soft = settleSoft(task, work, way, held, settled);
  if (soft === undefined) return null;
  const latest = settleArrivals(task, work, way, held, settled, 'latest', soft);
  if (latest === undefined) return null;
  // Whoever comes too late is out from here on, which leaves few of a large roster.
  const kept = allowedOf(task, held);
  const early = narrowed(task, kept);
  const places = new Map(Array.from(kept, (a, i) => [a, i]));
  const nine = settleArrivals(
    early,
    work,
    way,
    held,
    settled,
    'nine',
    latest?.map(a => places.get(a)!) ?? null,
  );
  if (nine === undefined) return null;
  const cost = search(early, work, held, 'cost', nine);
  if (!cost.chosen) return null;
  settled.push({ goal: 'cost', team: null, value: cost.value, bound: cost.bound, proof: cost.proof });
  return { chosen: cost.chosen.map(a => kept[a]!), settled, held };
}

function allowedOf(task: Task, held: Held): Uint32Array {
  const kept: number[] = [];
  for (let a = 0; a < task.of.count; a += 1) {
    if (task.demand[task.of.group[a]!]! > 0 && isAllowed(task, held, a)) kept.push(a);
  }
  return Uint32Array.from(kept);
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
  const settledAt = (goal: Goal, value: number, short: Uint8Array): Settled => ({
    goal,
    team: null,
    value,
    bound: value,
    proof: proofOf(value, short),
  });
  return [
    settledAt('critical seats empty', fill.emptyCritical, fill.shortCritical),
    settledAt('seats empty', fill.empty, fill.short),
  ];
}

/** Where the empty seats fall, and the team rules. Undefined: there is no plan this way. */
function settleSoft(task: Task, work: Work, way: Way, held: Held, settled: Settled[]): Known | undefined {
  let known: Known = null;
  const goals: [Goal, 'urgency' | 'rules', boolean][] = [
    ['urgency of empty seats', 'urgency', held.seats! > 0],
    ['team rules broken', 'rules', task.of.rules.length > 0],
  ];
  for (const [goal, name, isAsked] of goals) {
    if (!isAsked) continue;
    const found = settleTotal(task, work, way, held, name, known);
    if (!found) return undefined;
    known = found.chosen;
    settled.push({ goal, team: null, value: found.value, bound: found.bound, proof: found.proof });
    held[name] = found.value;
  }
  return known;
}

function settleTotal(
  task: Task,
  work: Work,
  way: Way,
  held: Held,
  name: 'urgency' | 'rules',
  known: Known,
): Searched | null {
  if (way === 'counted') return { chosen: null, value: 0, bound: 0, proof: { prices: noPrices(task) } };
  if (way === 'relaxed') {
    const start = firstCandidacies(task, held, 'cost');
    const { bound, prices } = programmeFor(task, work, held, start, each => each.optimise(name));
    const value = Math.max(0, Math.ceil(bound));
    return { chosen: null, value, bound: value, proof: { prices } };
  }
  const found = search(task, work, held, name, known);
  return found.chosen ? found : null;
}

/** The arrivals, team by team. Undefined: there is no plan this way. */
function settleArrivals(
  task: Task,
  work: Work,
  way: Way,
  held: Held,
  settled: Settled[],
  name: 'latest' | 'nine',
  start: Known,
): Known | undefined {
  const goal = name === 'latest' ? 'latest arrival' : 'arrival of nine in ten';
  let known = start;
  for (const team of task.of.teams.keys()) {
    const hasSeats = task.demand.some((seats, g) => seats > 0 && task.teamOf[g] === team);
    if (!hasSeats || (name === 'nine' && task.stragglers[team] === 0)) continue;
    const counted: Counted = (name === 'latest' ? earliestLatest : earliestNine)(task, held, team);
    const found =
      way === 'counted'
        ? { value: counted.minute, bound: counted.minute, proof: { prices: counted.prices }, known: null }
        : earliest(task, work, way, held, name, team, counted, known);
    if (!found) return undefined;
    known = found.known;
    settled.push({ goal, team, value: found.value, bound: found.bound, proof: found.proof });
    held[name][team] = found.value;
  }
  return known;
}
