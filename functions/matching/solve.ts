import type { TeamMatch } from '../domain/plan.ts';
import { type Arc, compareArcs, type Model, type Nobody, transportOf } from './model.ts';
import { optimalFace, solveTransport, type Transport } from './transport.ts';

type Stage = TeamMatch['stages'][number];

/** Who takes which seat group, and the proof goal by goal. */
export type Choice = { chosen: Arc[]; stages: Stage[] };

/**
 * The goals in their order, each within the optima of those before it:
 * 1. as few critical seats empty as possible, 2. as few seats empty as possible; where some must stay empty, on the team
 * with most time left, 3. the latest arrival of each team as early as possible, the most urgent team first, 4. the sum of
 * arrivals, 5. preferences, 6. the lowest expertIds, so that there is one answer.
 */
export async function chooseTeam(model: Model): Promise<Choice> {
  const demand = model.groups.map(group => group.seatIds.length);
  const seats = demand.reduce((sum, each) => sum + each, 0);
  if (seats === 0) return { chosen: [], stages: [] };

  const { stages, empties } = await fill(model, demand, seats);
  let arcs = model.arcs.filter(({ group }) => demand[group]! > 0);
  for (const team of model.teams) {
    const latest = await earliestLatest(model, arcs, demand, empties, team.teamType);
    if (latest === null) continue;
    arcs = arcs.filter(({ group, minutes }) => !isIn(model, group, team.teamType) || minutes <= latest.value);
    stages.push(latest);
  }
  const refined = await refine(transportOf(model, arcs, demand, empties), arcs, [
    { goal: 'sum of arrivals, minutes from now', cost: arc => arc.minutes },
    { goal: 'preferences, in minutes', cost: arc => arc.preference },
    { goal: 'order of expertIds', cost: arc => arc.person },
  ]);
  return { chosen: refined.chosen, stages: [...stages, ...refined.stages] };
}

const isIn = (model: Model, group: number, teamType: string) => model.groups[group]!.teamType === teamType;

/** Goals 1 and 2. A critical seat weighs more than all others together, so one solution settles both. */
async function fill(
  model: Model,
  demand: readonly number[],
  seats: number,
): Promise<{ stages: Stage[]; empties: Nobody[] }> {
  const weight = seats + 1;
  const arcs = model.arcs.filter(({ group }) => demand[group]! > 0);
  const places = [...demand.keys()].filter(group => demand[group]! > 0);
  const isCritical = (group: number) => model.groups[group]!.critical;
  const problem = transportOf(
    model,
    arcs,
    demand,
    places.map(group => ({
      groups: [group],
      supply: demand[group]!,
      cost: isCritical(group) ? weight : 1,
    })),
  );
  const { value, bound } = await solveTransport(problem, emptyCosts(problem), problem.active);
  const critical = Math.floor(value / weight);
  const others = value % weight;
  const stages = [
    { goal: 'critical seats empty', value: critical, bound: Math.floor(bound / weight) },
    { goal: 'seats empty', value: critical + others, bound: bound === value ? critical + others : critical },
  ];

  // Where the empty seats fall: each costs the more, the sooner its team has to be ready.
  const urgency = new Map<string, number>(
    model.teams.map(({ teamType }, i) => [teamType, model.teams.length - i]),
  );
  const cells = cellsOf(model, places);
  const spread = transportOf(model, arcs, demand, [
    { groups: places.filter(isCritical), supply: critical, cost: 0 },
    { groups: places.filter(group => !isCritical(group)), supply: others, cost: 0 },
  ]);
  const cost = new Float64Array(spread.from.length);
  for (let a = arcs.length; a < cost.length; a += 1) {
    cost[a] = urgency.get(model.groups[spread.to[a]!]!.teamType)!;
  }
  spread.active.set(problem.active.subarray(0, arcs.length));
  const { flow } = await solveTransport(spread, cost, spread.active);
  const left = new Map<string, number>();
  for (let a = arcs.length; a < flow.length; a += 1) {
    const cell = cellOf(model, spread.to[a]!);
    left.set(cell, (left.get(cell) ?? 0) + flow[a]!);
  }
  const empties = [...cells].map(([cell, groups]) => ({ groups, supply: left.get(cell) ?? 0, cost: 0 }));
  return { stages, empties };
}

/** A team's critical groups, or its others: how many of their seats stay empty is settled by the fill. */
const cellOf = (model: Model, group: number): string =>
  `${model.groups[group]!.teamType}/${model.groups[group]!.critical ? 'critical' : 'other'}`;

function cellsOf(model: Model, groups: readonly number[]): Map<string, number[]> {
  const cells = new Map<string, number[]>();
  for (const group of groups) {
    const cell = cellOf(model, group);
    cells.set(cell, [...(cells.get(cell) ?? []), group]);
  }
  return cells;
}

/** Goal 3 for one team: the smallest time by which its people can all be there, by bisection; null when it has no people. */
async function earliestLatest(
  model: Model,
  arcs: readonly Arc[],
  demand: readonly number[],
  empties: readonly Nobody[],
  teamType: string,
): Promise<Stage | null> {
  const own = arcs.filter(({ group }) => isIn(model, group, teamType));
  const times = [...new Set(own.map(arc => arc.minutes))].sort((a, b) => a - b);
  const empty = (cell: string) =>
    empties.find(each => cellOf(model, each.groups[0]!) === `${teamType}/${cell}`)?.supply ?? 0;
  const required = demand.reduce((sum, seats, g) => sum + (isIn(model, g, teamType) ? seats : 0), 0);
  if (required - empty('critical') - empty('other') <= 0 || times.length === 0) return null;

  // Somebody may go short at will: one more empty seat than settled costs one.
  const short: Nobody = {
    groups: [...demand.keys()].filter(group => demand[group]! > 0),
    supply: demand.reduce((sum, each) => sum + each, 0),
    cost: 1,
  };
  const isEnough = async (latest: number): Promise<boolean> => {
    const within = arcs.filter(({ group, minutes }) => !isIn(model, group, teamType) || minutes <= latest);
    const problem = transportOf(model, within, demand, [...empties, short]);
    const { value } = await solveTransport(problem, emptyCosts(problem), problem.active);
    return value === 0;
  };
  // No group can be full before as many of its people are there as it must at least fill.
  let low = 0;
  for (const [g, group] of model.groups.entries()) {
    if (group.teamType !== teamType) continue;
    const least = demand[g]! - empty(group.critical ? 'critical' : 'other');
    if (least <= 0) continue;
    const nth = own.filter(arc => arc.group === g)[least - 1];
    if (nth) low = Math.max(low, times.indexOf(nth.minutes));
  }
  let high = times.length - 1;
  let probe = low;
  while (low < high) {
    if (await isEnough(times[probe]!)) high = probe;
    else low = probe + 1;
    probe = Math.floor((low + high) / 2);
  }
  return { goal: `latest arrival of ${teamType}, minutes from now`, value: times[low]!, bound: times[low]! };
}

/** Goals 4 to 6: each restricts the problem to its optima before the next. Ends early when a proof is missing. */
async function refine(
  start: Transport & { active: Uint8Array },
  arcs: readonly Arc[],
  goals: readonly { goal: string; cost: (arc: Arc) => number }[],
): Promise<Choice> {
  let problem: Transport = start;
  let active = start.active;
  let list: readonly (Arc | null)[] = [...arcs, ...Array(start.from.length - arcs.length).fill(null)];
  let chosen: Arc[] = [];
  const stages: Stage[] = [];
  for (const { goal, cost: costOf } of goals) {
    const cost = Float64Array.from(list, arc => (arc ? costOf(arc) : 0));
    const solved = await solveTransport(problem, cost, active);
    chosen = list.filter((arc, a): arc is Arc => arc !== null && solved.flow[a] === 1);
    stages.push({ goal, value: solved.value, bound: solved.bound });
    if (solved.bound !== solved.value) break;
    const face = optimalFace(problem, cost, solved.prices);
    problem = face.problem;
    active = Uint8Array.from(face.kept, a => active[a]!);
    list = Array.from(face.kept, a => list[a]!);
  }
  return { chosen, stages };
}

/** Zero for people, what the model says for empty seats. */
function emptyCosts(problem: Transport & { emptyCost: number[] }): Float64Array {
  const cost = new Float64Array(problem.from.length);
  cost.set(problem.emptyCost, problem.from.length - problem.emptyCost.length);
  return cost;
}

/** Who stands by for each group: from those without a seat, nobody twice, as many lists full as possible, then the earliest. */
export async function chooseStandby(model: Model, chosen: readonly Arc[]): Promise<Arc[]> {
  const taken = new Set(chosen.map(arc => arc.person));
  const demand = model.groups.map(group => group.standby);
  const wanted = demand.reduce((sum, each) => sum + each, 0);
  const arcs = model.arcs.filter(arc => !taken.has(arc.person) && demand[arc.group]! > 0);
  if (wanted === 0 || arcs.length === 0) return [];
  const problem = transportOf(
    model,
    arcs,
    demand,
    [...demand.keys()]
      .filter(group => demand[group]! > 0)
      .map(group => ({
        groups: [group],
        supply: demand[group]!,
        cost: model.groups[group]!.critical ? wanted + 1 : 1,
      })),
  );
  const cost = emptyCosts(problem);
  const filled = await solveTransport(problem, cost, problem.active);
  if (filled.bound !== filled.value) return arcs.filter((_, a) => filled.flow[a] === 1).sort(compareArcs);
  const face = optimalFace(problem, cost, filled.prices);
  const list = Array.from(face.kept, a => arcs[a] ?? null);
  const active = Uint8Array.from(face.kept, a => problem.active[a]!);
  const order = Float64Array.from(list, arc => arc?.minutes ?? 0);
  const { flow } = await solveTransport(face.problem, order, active);
  return list.filter((arc, a): arc is Arc => arc !== null && flow[a] === 1).sort(compareArcs);
}
