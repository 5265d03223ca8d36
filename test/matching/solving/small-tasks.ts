import type { Candidacies, CountedRule, Group } from '../../../functions/matching/candidates/candidacies.ts';
import type { MatchTeam } from '../../../functions/matching/problem.ts';
import type { Certificate } from '../../../functions/matching/proof/certificate.ts';
import { gapOf } from '../../../functions/matching/proof/check.ts';
import type { Solved } from '../../../functions/matching/solving/solved.ts';
import type { RosterColumns } from '../../../functions/roster/columns.ts';
import { idOf } from '../../../functions/roster/reading.ts';

/** Draws from a seed (mulberry32): the same seed gives the same task. */
export function drawsFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** People without any fact but an id and an employer: the search looks at nothing else. */
export const rosterOf = (count: number, employers: number): RosterColumns =>
  ({
    count,
    ids: new TextEncoder().encode(Array.from({ length: count }, (_, p) => idOfPerson(p)).join('')),
    idStarts: Uint32Array.from({ length: count + 1 }, (_, p) => 5 * p),
    words: {
      roles: [],
      languages: [],
      employers: Array.from({ length: employers }, (_, e) => `F-${e}`),
      zones: [],
      vaccines: [],
      countries: [],
      deployments: [],
    },
  }) as unknown as RosterColumns;

const idOfPerson = (p: number) => `E-${String(p).padStart(3, '0')}`;

type Shape = {
  /** Seats and criticality of each group, team by team. */
  teams: { seats: number; critical: boolean }[][];
  people: number;
  /** Of ten people, how many are eligible for a group. */
  density: number;
  employers: number;
  rules: number;
  /** Different minutes of arrival, and different costs. */
  spread: number;
};

/** A random task of the shape: rules of every kind over one team each, one of them perhaps about employers. */
export function randomTask(seed: number, shape: Shape): Candidacies {
  const draw = drawsFrom(seed);
  const names = ['rescue', 'medical-2', 'expert'];
  const groups: Group[] = shape.teams.flatMap((plan, t) =>
    plan.map(({ seats, critical }, g) => ({
      groupId: `${names[t]}/role-${g}`,
      teamType: names[t]!,
      role: `role-${g}`,
      critical,
      seatIds: Array.from({ length: seats }, (_, s) => `${names[t]}/role-${g}/${s + 1}`),
      standby: 0,
      team: {} as MatchTeam,
    })),
  );
  const rules = Array.from({ length: shape.rules }, (_, r): CountedRule => {
    const t = draw(shape.teams.length);
    const own = [...groups.keys()].filter(g => groups[g]!.teamType === names[t]);
    const seats = own.reduce((sum, g) => sum + groups[g]!.seatIds.length, 0);
    const isEmployers = shape.employers > 0 && r === 0;
    const kind = isEmployers || draw(3) === 0 ? 'at most' : 'at least';
    return {
      rule: {
        ruleId: `RULE-${r}`,
        teamType: names[t] as 'rescue',
        roles: null,
        kind,
        count: 0,
        of: isEmployers ? { is: 'same employer' } : { is: 'speaker' },
        sentence: null,
      },
      ruleKey: `${names[t]}/RULE-${r}`,
      groups: own,
      count: isEmployers ? 1 + draw(2) : 1 + draw(seats),
      taken: new Map(isEmployers && draw(3) === 0 ? [[0, 1]] : []),
    };
  });
  const employerOf = Array.from({ length: shape.people }, () => draw(Math.max(1, shape.employers)));
  const isCounted = rules.map(() => Array.from({ length: shape.people }, () => draw(10) < 4));
  const list: { p: number; g: number; minutes: number; cost: number; traits: number }[] = [];
  const groupStarts = [0];
  for (const [g] of groups.entries()) {
    for (let p = 0; p < shape.people; p += 1) {
      if (draw(10) >= shape.density) continue;
      let traits = 0;
      for (const [r, { groups: own, rule }] of rules.entries()) {
        if (rule.of.is !== 'same employer' && own.includes(g) && isCounted[r]![p]) traits |= 1 << r;
      }
      list.push({ p, g, minutes: 60 * (1 + draw(shape.spread)), cost: draw(shape.spread), traits });
    }
    groupStarts.push(list.length);
  }
  return {
    groups,
    teams: names.slice(0, shape.teams.length),
    rules,
    count: list.length,
    person: Uint32Array.from(list, each => each.p),
    group: Uint16Array.from(list, each => each.g),
    groupStarts: Uint32Array.from(groupStarts),
    minutes: Uint32Array.from(list, each => each.minutes),
    arrivals: Uint32Array.from(list, each => each.minutes),
    cost: Uint16Array.from(list, each => each.cost),
    traits: Uint32Array.from(list, each => each.traits),
    employer: Uint32Array.from(list, each => employerOf[each.p]!),
  };
}

/** What a plan reaches, goal by goal in their order, written down plainly once more. */
export function reached(of: Candidacies, chosen: readonly number[]): number[] {
  const taken = (g: number) => chosen.filter(a => of.group[a] === g).length;
  const empty = of.groups.map(({ seatIds }, g) => seatIds.length - taken(g));
  const total = empty.reduce((sum, each) => sum + each, 0);
  const urgency = empty.reduce(
    (sum, each, g) => sum + each * (of.teams.length - of.teams.indexOf(of.groups[g]!.teamType)),
    0,
  );
  const broken = of.rules.map(({ rule, groups, count, taken: sitting }, r) => {
    const own = chosen.filter(a => groups.includes(of.group[a]!));
    if (rule.of.is === 'same employer') {
      const places = [...new Set(own.map(a => of.employer[a]!))];
      return places
        .map(e => own.filter(a => of.employer[a] === e).length - Math.max(0, count - (sitting.get(e) ?? 0)))
        .reduce((sum, over) => sum + Math.max(0, over), 0);
    }
    const counted = own.filter(a => (of.traits[a]! >>> r) & 1).length;
    return Math.max(0, rule.kind === 'at least' ? count - counted : counted - count);
  });
  const seatsOf = (team: string) =>
    of.groups.reduce((sum, each) => sum + (each.teamType === team ? each.seatIds.length : 0), 0);
  const arrivals = of.teams.map(team =>
    chosen
      .filter(a => of.groups[of.group[a]!]!.teamType === team)
      .map(a => of.minutes[a]!)
      .sort((a, b) => b - a),
  );
  const teamPlaces = [...of.teams.keys()];
  return [
    empty.reduce((sum, each, g) => sum + (of.groups[g]!.critical ? each : 0), 0),
    total,
    ...(total > 0 ? [urgency] : []),
    ...(of.rules.length > 0 ? [broken.reduce((sum, each) => sum + each, 0)] : []),
    ...teamPlaces.filter(t => seatsOf(of.teams[t]!) > 0).map(t => arrivals[t]![0] ?? 0),
    ...teamPlaces
      .filter(t => seatsOf(of.teams[t]!) >= 10)
      .map(t => arrivals[t]![Math.floor(seatsOf(of.teams[t]!) / 10)] ?? 0),
    chosen.reduce((sum, a) => sum + of.cost[a]!, 0),
  ];
}

/** The best that there is, by trying every plan. Only for very small tasks. */
export function bestByTrying(of: Candidacies, people: number): number[] {
  const own = Array.from({ length: people }, (_, p) => [...of.person.keys()].filter(a => of.person[a] === p));
  const left = of.groups.map(({ seatIds }) => seatIds.length);
  let best: number[] | null = null;
  const chosen: number[] = [];
  const isLess = (one: readonly number[], other: readonly number[]): boolean => {
    for (const [i, value] of one.entries()) if (value !== other[i]) return value < other[i]!;
    return false;
  };
  const walk = (p: number): void => {
    if (p === people) {
      const value = reached(of, chosen);
      // A plan with other empty seats has another list of goals: compare what comes first in both.
      if (best === null || isLess(value, best)) best = value;
      return;
    }
    for (const a of own[p]!) {
      const g = of.group[a]!;
      if (left[g] === 0) continue;
      left[g]! -= 1;
      chosen.push(a);
      walk(p + 1);
      chosen.pop();
      left[g]! += 1;
    }
    walk(p + 1);
  };
  walk(0);
  return best!;
}

/** The certificate of a plan, as it is handed out. */
export const certificateOf = ({ stages, trouble }: Solved): Certificate => ({
  stages: stages.map(stage => ({ ...stage, teamType: stage.teamType as 'rescue' | null, gap: gapOf(stage) })),
  trouble,
});

/** The people of a plan on the seats of their groups. */
export const picksOf = (of: Candidacies, roster: RosterColumns, chosen: Uint32Array) => {
  const next = of.groups.map(() => 0);
  return [...chosen].map(a => ({
    seatId: of.groups[of.group[a]!]!.seatIds[next[of.group[a]!]!++]!,
    expertId: idOf(roster, of.person[a]!),
  }));
};
