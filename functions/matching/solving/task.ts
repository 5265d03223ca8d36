import type { Candidacies } from '../candidates/candidacies.ts';

/** A matching task in numbers: the candidacies and what the goals ask of each group and team. */
export type Task = {
  of: Candidacies;
  /** People: as many as the roster has, or as are left when the task was narrowed. */
  persons: number;
  /** Place of each person in the roster. */
  places: Uint32Array;
  /** Room for one number of each person, for whoever counts at the moment; what is in it is of no meaning. */
  scratch: Float64Array;
  /** Open seats of each group. */
  demand: Int32Array;
  /** Place of each group's team in `of.teams`: the most urgent first. */
  teamOf: Int32Array;
  critical: Uint8Array;
  /** What an empty seat of each group weighs where some must stay empty: the more, the sooner its team must be ready. */
  urgency: Int32Array;
  /** Of each team, how many may arrive after the nine in ten: a tenth of its open seats, rounded down. */
  stragglers: Int32Array;
  /** Numbers of the rules about employers that each group is under. */
  employerRules: number[][];
};

/** The goals that are settled: what their values must not exceed. Null or Infinity: not settled yet. */
export type Held = {
  critical: number | null;
  seats: number | null;
  urgency: number | null;
  rules: number | null;
  /** Minutes by team: who arrives later is no candidate. */
  latest: Float64Array;
  /** Minutes by team: at most the stragglers arrive later. */
  nine: Float64Array;
};

/** People of one kind in one group; null means any. */
export type Kind = {
  group: number;
  traits: number | null;
  late: boolean | null;
  employer: number | null;
  /** Place in the roster. */
  person: number | null;
};

/** A case of a proof: at least and at most so many seats of the group are taken by this kind of people. */
export type Case = { kind: Kind; atMost: number } | { kind: Kind; atLeast: number };

/** What is made as small as possible. `nothing`: any plan will do. */
export type Objective = 'nothing' | 'critical' | 'seats' | 'urgency' | 'rules' | 'cost';

export function taskOf(candidacies: Candidacies, persons: number): Task {
  const { groups, teams, rules } = candidacies;
  const demand = Int32Array.from(groups, group => group.seatIds.length);
  const teamOf = Int32Array.from(groups, group => teams.indexOf(group.teamType));
  const seatsOf = teams.map((_, t) => demand.reduce((sum, d, g) => sum + (teamOf[g] === t ? d : 0), 0));
  const places = new Uint32Array(persons);
  for (let p = 0; p < persons; p += 1) places[p] = p;
  return {
    of: candidacies,
    persons,
    places,
    scratch: new Float64Array(persons),
    demand,
    teamOf,
    critical: Uint8Array.from(groups, group => (group.critical ? 1 : 0)),
    urgency: teamOf.map(t => teams.length - t),
    stragglers: Int32Array.from(seatsOf, seats => Math.floor(seats / 10)),
    employerRules: groups.map((_, g) =>
      [...rules.keys()].filter(r => rules[r]!.rule.of.is === 'same employer' && rules[r]!.groups.includes(g)),
    ),
  };
}

export const nothingHeld = ({ of: { teams } }: Task): Held => ({
  critical: null,
  seats: null,
  urgency: null,
  rules: null,
  latest: new Float64Array(teams.length).fill(Number.POSITIVE_INFINITY),
  nine: new Float64Array(teams.length).fill(Number.POSITIVE_INFINITY),
});

/** How many seats of each group may stay empty within the goals that are held. */
export function emptiesAllowed(task: Task, held: Held): Int32Array {
  return task.demand.map((seats, g) => {
    const limits = [
      seats,
      held.seats ?? seats,
      task.critical[g] && held.critical !== null ? held.critical : seats,
      held.urgency === null ? seats : Math.floor(held.urgency / task.urgency[g]!),
    ];
    return Math.min(...limits);
  });
}

/** By how many people a rule may be broken at all. */
export function breachAllowed(task: Task, held: Held, rule: number): number {
  const { rule: said, count, groups } = task.of.rules[rule]!;
  const people = groups.reduce((sum, g) => sum + task.demand[g]!, 0);
  return Math.min(said.kind === 'at least' ? count : people, held.rules ?? Number.POSITIVE_INFINITY);
}

/** Whether the person would come after the nine in ten of the team. */
export const isLate = (task: Task, held: Held, candidacy: number): boolean =>
  task.of.minutes[candidacy]! > held.nine[task.teamOf[task.of.group[candidacy]!]!]!;

export const isAllowed = (task: Task, held: Held, candidacy: number): boolean =>
  task.of.minutes[candidacy]! <= held.latest[task.teamOf[task.of.group[candidacy]!]!]!;

/** Whether the candidacy is of this kind. */
export function isOfKind(task: Task, held: Held, kind: Kind, candidacy: number): boolean {
  const { group, traits, employer, person } = task.of;
  return (
    group[candidacy] === kind.group &&
    (kind.traits === null || traits[candidacy] === kind.traits) &&
    (kind.late === null || isLate(task, held, candidacy) === kind.late) &&
    (kind.employer === null || employer[candidacy] === kind.employer) &&
    (kind.person === null || task.places[person[candidacy]!] === kind.person)
  );
}

/** A task with only these candidacies (ascending), and only their people. `kept` leads back to the places in the wider task. */
export function narrowed(task: Task, kept: Uint32Array): Task {
  const { person, group, minutes, arrivals, cost, traits, employer } = task.of;
  const numbers = new Int32Array(task.persons).fill(-1);
  for (const a of kept) numbers[person[a]!] = 0;
  let persons = 0;
  for (let p = 0; p < task.persons; p += 1) if (numbers[p] === 0) numbers[p] = persons++;
  const places = new Uint32Array(persons);
  for (let p = 0; p < task.persons; p += 1) if (numbers[p]! >= 0) places[numbers[p]!] = task.places[p]!;
  const groupStarts = new Uint32Array(task.demand.length + 1);
  for (const a of kept) groupStarts[group[a]! + 1]! += 1;
  for (let g = 0; g < task.demand.length; g += 1) groupStarts[g + 1]! += groupStarts[g]!;
  return {
    ...task,
    persons,
    places,
    scratch: new Float64Array(persons),
    of: {
      ...task.of,
      count: kept.length,
      person: kept.map(a => numbers[person[a]!]!),
      group: Uint16Array.from(kept, a => group[a]!),
      groupStarts,
      minutes: kept.map(a => minutes[a]!),
      arrivals: kept.map(a => arrivals[a]!),
      cost: Uint16Array.from(kept, a => cost[a]!),
      traits: kept.map(a => traits[a]!),
      employer: kept.map(a => employer[a]!),
    },
  };
}
