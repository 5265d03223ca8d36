import type { RosterColumns } from '../../roster/columns.ts';
import { idOf } from '../../roster/reading.ts';
import type { Candidacies } from '../candidates/candidacies.ts';
import { type Bounded, provenBound } from './bound.ts';
import type { Certificate, CertifiedStage, Goal } from './certificate.ts';

/** A plan as it is handed out: who takes which seat. */
export type PlannedSeats = readonly { seatId: string; expertId: string }[];

/** What the check found: accepted when there is no fault. Each fault is a sentence. */
export type Checked = { accepted: boolean; faults: string[] };

/**
 * Checks a plan and its certificate against everybody who is eligible, by plain arithmetic: every pick is a candidacy,
 * nobody sits twice, every goal has the value that is claimed, and the prices prove every bound. It shares no code with
 * the search for the plan and trusts neither the solver nor the bound that the search reports.
 */
export function checkPlan(
  candidacies: Candidacies,
  roster: RosterColumns,
  picks: PlannedSeats,
  certificate: Certificate,
): Checked {
  const faults: string[] = [];
  const chosen = candidaciesOf(candidacies, roster, picks, faults);
  if (faults.length > 0) return { accepted: false, faults };
  const counts = countOf(candidacies, chosen);
  checkOrder(counts, certificate, faults);
  if (faults.length > 0) return { accepted: false, faults };
  for (const [i, stage] of certificate.stages.entries()) {
    const name = stage.teamType ? `${stage.goal} of ${stage.teamType}` : stage.goal;
    const value = counts.valueFor(stage.goal, stage.teamType);
    if (value !== stage.value) faults.push(`${name}: the plan reaches ${value}, not ${stage.value}`);
    if (stage.bound > stage.value) faults.push(`${name}: the bound ${stage.bound} is above the value`);
    if (stage.gap !== gapOf(stage)) faults.push(`${name}: the gap is ${gapOf(stage)}, not ${stage.gap}`);
    faults.push(...boundFaults(candidacies, roster, certificate.stages, i, name));
  }
  return { accepted: faults.length === 0, faults };
}

export const gapOf = ({ value, bound }: { value: number; bound: number }): number =>
  value === 0 ? 0 : (value - bound) / value;

function boundFaults(
  candidacies: Candidacies,
  roster: RosterColumns,
  stages: readonly CertifiedStage[],
  number: number,
  name: string,
): string[] {
  const { bound } = stages[number]!;
  // No seat, no breach, no minute and no point is below 0: that needs no proof.
  if (bound <= 0) return [];
  const bounded: Bounded = { candidacies, roster, stages, number };
  const proven = provenBound(bounded);
  if (typeof proven === 'string') return [`${name}: ${proven}`];
  return proven >= bound ? [] : [`${name}: the prices prove ${proven}, not ${bound}`];
}

/** The candidacy of each pick; what is wrong with a pick goes to the faults. */
function candidaciesOf(
  { groups, groupStarts, person }: Candidacies,
  roster: RosterColumns,
  picks: PlannedSeats,
  faults: string[],
): number[] {
  const groupOfSeat = new Map(
    groups.flatMap(({ seatIds }, g) => seatIds.map(seatId => [seatId, g] as const)),
  );
  const wanted = groups.map(() => new Map<string, number>());
  const people = new Map<string, string>();
  const seats = new Set<string>();
  for (const { seatId, expertId } of picks) {
    const g = groupOfSeat.get(seatId);
    if (g === undefined) faults.push(`${seatId} is no open seat`);
    else wanted[g]!.set(expertId, -1);
    if (seats.has(seatId)) faults.push(`${seatId} is taken twice`);
    if (people.has(expertId)) faults.push(`${expertId} takes ${people.get(expertId)} and ${seatId}`);
    seats.add(seatId);
    people.set(expertId, seatId);
  }
  for (const [g, list] of wanted.entries()) {
    if (list.size === 0) continue;
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]!; a += 1) {
      const expertId = idOf(roster, person[a]!);
      if (list.has(expertId)) list.set(expertId, a);
    }
    for (const [expertId, a] of list) {
      if (a < 0) faults.push(`${expertId} is not eligible for ${people.get(expertId)}`);
    }
  }
  return wanted.flatMap(list => [...list.values()]);
}

/** What the plan reaches for each goal, counted from its people. */
type Counts = { expected: [Goal, string | null][]; valueFor(goal: Goal, teamType: string | null): number };

function countOf(candidacies: Candidacies, chosen: readonly number[]): Counts {
  const { groups, teams, rules, group, minutes, cost } = candidacies;
  const empty = groups.map(({ seatIds }, g) => seatIds.length - chosen.filter(a => group[a] === g).length);
  const sum = (weight: (g: number) => number) => empty.reduce((all, each, g) => all + each * weight(g), 0);
  const openSeats = (teamType: string | null) =>
    groups.reduce((all, each) => all + (each.teamType === teamType ? each.seatIds.length : 0), 0);
  const stragglers = (teamType: string | null) => Math.floor(openSeats(teamType) / 10);
  const arrivals = (teamType: string | null) =>
    chosen
      .filter(a => groups[group[a]!]!.teamType === teamType)
      .map(a => minutes[a]!)
      .sort((one, other) => other - one);
  const expected: [Goal, string | null][] = [
    ['critical seats empty', null],
    ['seats empty', null],
    ...(sum(() => 1) > 0 ? [['urgency of empty seats', null] as [Goal, null]] : []),
    ...(rules.length > 0 ? [['team rules broken', null] as [Goal, null]] : []),
    ...teams.flatMap((team): [Goal, string][] => (openSeats(team) > 0 ? [['latest arrival', team]] : [])),
    ...teams.flatMap((team): [Goal, string][] =>
      stragglers(team) > 0 ? [['arrival of nine in ten', team]] : [],
    ),
    ['cost', null],
  ];
  return {
    expected,
    valueFor: (goal, teamType) => {
      if (goal === 'critical seats empty') return sum(g => (groups[g]!.critical ? 1 : 0));
      if (goal === 'seats empty') return sum(() => 1);
      if (goal === 'urgency of empty seats')
        return sum(g => teams.length - teams.indexOf(groups[g]!.teamType));
      if (goal === 'team rules broken')
        return rules.reduce((all, _, r) => all + breachOf(candidacies, r, chosen), 0);
      if (goal === 'cost') return chosen.reduce((all, a) => all + cost[a]!, 0);
      return arrivals(teamType)[goal === 'latest arrival' ? 0 : stragglers(teamType)] ?? 0;
    },
  };
}

function breachOf(
  { rules, group, traits, employer }: Candidacies,
  r: number,
  chosen: readonly number[],
): number {
  const { rule, groups, count, taken } = rules[r]!;
  if (rule.of.is !== 'same employer') {
    const people = chosen.filter(a => (traits[a]! >>> r) & 1).length;
    return Math.max(0, rule.kind === 'at least' ? count - people : people - count);
  }
  const own = chosen.filter(a => groups.includes(group[a]!)).map(a => employer[a]!);
  return [...new Set(own)].reduce((all, place) => {
    const share = Math.max(0, count - (taken.get(place) ?? 0));
    return all + Math.max(0, own.filter(each => each === place).length - share);
  }, 0);
}

function checkOrder({ expected }: Counts, { stages }: Certificate, faults: string[]): void {
  const named = (list: readonly [string, string | null][]) =>
    list.map(([goal, team]) => (team ? `${goal} of ${team}` : goal)).join(', ');
  const given = named(stages.map(({ goal, teamType }) => [goal, teamType]));
  if (given !== named(expected)) faults.push(`the goals are ${named(expected)}, not ${given}`);
}
