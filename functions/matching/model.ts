import { type Eligible, filtersFor, type Group, type Screening, screen } from './eligibility.ts';
import type { Candidate, MatchInput, MatchTeam } from './instance.ts';
import type { Transport } from './transport.ts';

/** A group of the model: its open seats, how many stand by for it, and who could take part. */
export type ModelGroup = Group & { standby: number; screening: Screening };

/** One person for one group. `preference` breaks ties of arrival, lower is better; both are whole numbers. */
export type Arc = { group: number; person: number; minutes: number; preference: number; eligible: Eligible };

/** The problem in numbers. Demand stands per group, never per seat, so that equal seats give no equal solutions. */
export type Model = {
  teams: MatchTeam[];
  groups: ModelGroup[];
  /** By expertId, so that the order of the input cannot change the answer. */
  persons: Candidate[];
  /** By arrival, then preference, then expertId. */
  arcs: Arc[];
};

/** What a person costs beyond the minutes until arrival, in the same unit. Unconfirmed: a desk's wish, not a rule. */
const preferences = {
  /** Speaks no language of the affected country. */
  noLanguage: 60,
  /** For each step below instructor. */
  proficiencyStep: 30,
  /** For each earlier mission, so that the load is shared; more than ten count as ten. */
  mission: 10,
  missionsCounted: 10,
};

/** Sorts everybody into the groups that they may fill, and each arc by what it gives. */
export function buildModel(input: MatchInput): Model {
  const filters = filtersFor(input);
  const persons = input.experts.toSorted((a, b) => compareText(a.expertId, b.expertId));
  const sorted = { ...input, experts: persons };
  const places = new Map(persons.map((person, place) => [person.expertId, place]));
  const groups = groupsOf(input).map(group => ({ ...group, screening: screen(group, sorted, filters) }));
  const arcs = groups.flatMap((group, g) =>
    group.screening.eligible.map(
      (eligible): Arc => ({
        group: g,
        person: places.get(eligible.person.expertId)!,
        minutes: eligible.arrival.minutes,
        preference: preferenceOf(eligible, input.languages),
        eligible,
      }),
    ),
  );
  arcs.sort(compareArcs);
  return { teams: inOrderOfDeadline(input.teams), groups, persons, arcs };
}

/** Better first: earlier, then preferred, then by expertId. */
export const compareArcs = (a: Arc, b: Arc): number =>
  a.minutes - b.minutes || a.preference - b.preference || a.person - b.person || a.group - b.group;

/** The open seats by team and role, and the roles that only need people standing by. */
function groupsOf(input: MatchInput): (Group & { standby: number })[] {
  const groups = new Map<string, Group & { standby: number }>();
  for (const team of input.teams) {
    const { teamType } = team;
    for (const { role, critical, count } of team.standby) {
      groups.set(`${teamType}/${role}`, { teamType, role, critical, seatIds: [], team, standby: count });
    }
  }
  for (const { seatId, teamType, role, critical } of input.seats) {
    const team = input.teams.find(each => each.teamType === teamType)!;
    const group = groups.get(`${teamType}/${role}`) ?? {
      teamType,
      role,
      critical,
      seatIds: [],
      team,
      standby: 0,
    };
    groups.set(`${teamType}/${role}`, { ...group, critical, seatIds: [...group.seatIds, seatId] });
  }
  return [...groups.values()];
}

function preferenceOf({ person, qualification }: Eligible, languages: readonly string[]): number {
  const speaks = languages.length === 0 || person.languages.some(code => languages.includes(code));
  return (
    (speaks ? 0 : preferences.noLanguage) +
    (3 - qualification.proficiency) * preferences.proficiencyStep +
    Math.min(person.missions, preferences.missionsCounted) * preferences.mission
  );
}

/** The team that has to be ready first comes first; a team without a deadline last. */
function inOrderOfDeadline(teams: readonly MatchTeam[]): MatchTeam[] {
  const deadline = ({ deadlineAt }: MatchTeam) => (deadlineAt === null ? Infinity : Date.parse(deadlineAt));
  return teams.toSorted((a, b) => (deadline(a) === deadline(b) ? 0 : deadline(a) - deadline(b)));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Seats that may stay empty: so many among these groups, each at this cost. */
export type Nobody = { groups: number[]; supply: number; cost: number };

/** A goal put as a transport problem over the given arcs: persons supply one each, "nobody" supplies empty seats. */
export function transportOf(
  model: Model,
  arcs: readonly Arc[],
  demand: readonly number[],
  nobody: readonly Nobody[],
): Transport & { emptyCost: number[]; active: Uint8Array } {
  const empties = nobody.flatMap(({ groups, cost }, n) => groups.map(group => ({ n, group, cost })));
  const persons = model.persons.length;
  const supply = new Int32Array(persons + nobody.length).fill(1);
  for (const [n, each] of nobody.entries()) supply[persons + n] = each.supply;
  return {
    demand: Int32Array.from(demand),
    supply,
    exhausted: new Uint8Array(supply.length),
    from: Int32Array.from([...arcs.map(arc => arc.person), ...empties.map(({ n }) => persons + n)]),
    to: Int32Array.from([...arcs.map(arc => arc.group), ...empties.map(({ group }) => group)]),
    emptyCost: empties.map(({ cost }) => cost),
    active: firstArcs(arcs, demand, empties.length),
  };
}

/** The arcs to begin with: the best few of each group (twice its demand and eight more), and all empty seats. */
function firstArcs(arcs: readonly Arc[], demand: readonly number[], empties: number): Uint8Array {
  const left = demand.map(seats => 2 * seats + 8);
  const active = new Uint8Array(arcs.length + empties).fill(1, arcs.length);
  for (const [a, { group }] of arcs.entries()) {
    if (left[group]! > 0) active[a] = 1;
    left[group]! -= 1;
  }
  return active;
}
