import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import type { MatchInstance } from '../../../functions/matching/problem.ts';
import type { CertifiedStage } from '../../../functions/matching/proof/certificate.ts';
import type { RosterColumns } from '../../../functions/roster/columns.ts';
import { type PlainCandidacy, plainCandidacies } from '../../matching/candidates/plain-rules.ts';
import { boundProvenBy, type Eligible } from './bound.ts';
import { type Score, scoreOf } from './score.ts';

/** A plan as it is handed out, whoever made it. */
export type HandedOut = {
  picks: readonly { seatId: string; expertId: string }[];
  standby?: readonly { teamType: string; role: string; expertIds: readonly string[] }[];
};

export type Verdict = { faults: string[]; score: Score | null };

/** The names in the columns. */
export function eligibleOf(candidacies: Candidacies, roster: RosterColumns): Eligible {
  const decoder = new TextDecoder();
  return {
    candidacies,
    expertId: person =>
      decoder.decode(roster.ids.subarray(roster.idStarts[person], roster.idStarts[person + 1])),
    employerId: employer => roster.words.employers[employer]!,
  };
}

/**
 * Judges a plan by the hard rules (each pick must be a candidacy: of a group of open seats, somebody who passed them all),
 * one person one seat and one seat one person, and counts its score. Nobody who made the plan is asked.
 */
export function judgePlan({ candidacies, expertId }: Eligible, { picks, standby = [] }: HandedOut): Verdict {
  const { groups, groupStarts, person } = candidacies;
  const faults: string[] = [];
  const chosen: number[] = [];
  const busy = new Map<string, string>();
  const groupOf = new Map(groups.flatMap(({ seatIds }, g) => seatIds.map(seatId => [seatId, g] as const)));
  const wanted = new Map<string, { g: number; at: string; sits: boolean }>();
  const take = (who: string, g: number | undefined, at: string, sits: boolean) => {
    if (busy.has(who)) faults.push(`${who} is in ${busy.get(who)} and in ${at}`);
    else if (g === undefined) faults.push(`${at} is no open seat`);
    else wanted.set(who, { g, at, sits });
    busy.set(who, at);
  };
  const seats = new Set<string>();
  for (const { seatId, expertId: who } of picks) {
    if (seats.has(seatId)) faults.push(`${seatId} is taken twice`);
    seats.add(seatId);
    take(who, groupOf.get(seatId), seatId, true);
  }
  for (const { teamType, role, expertIds } of standby) {
    const g = groups.findIndex(each => each.teamType === teamType && each.role === role);
    const at = `the stand-by of ${teamType}/${role}`;
    if (g < 0) faults.push(`nobody asked for ${at}`);
    else if (expertIds.length > groups[g]!.standby) faults.push(`more people than asked for are in ${at}`);
    else for (const who of expertIds) take(who, g, at, false);
  }
  for (const [g] of groups.entries()) {
    for (let a = groupStarts[g]!; a < groupStarts[g + 1]! && wanted.size > 0; a += 1) {
      const who = expertId(person[a]!);
      const there = wanted.get(who);
      if (there?.g !== g) continue;
      wanted.delete(who);
      if (there.sits) chosen.push(a);
    }
  }
  for (const [who, { at }] of wanted) faults.push(`${who} may not take ${at}`);
  return { faults, score: faults.length > 0 ? null : scoreOf(candidacies, chosen) };
}

/** Whether the stages say what the plan reaches, and the prices prove what they say; each fault a sentence. */
export function judgeStages(eligible: Eligible, score: Score, stages: readonly CertifiedStage[]): string[] {
  const { teams } = eligible.candidacies;
  return stages.flatMap(({ goal, teamType, value, bound }, number) => {
    const name = teamType ? `${goal} of ${teamType}` : goal;
    const team = teamType ? teams.indexOf(teamType) : -1;
    const reached = {
      'critical seats empty': score.critical,
      'seats empty': score.empty,
      'urgency of empty seats': score.urgency,
      'team rules broken': score.broken,
      'latest arrival': score.latest[team],
      'arrival of nine in ten': score.nine[team],
      cost: score.cost,
    }[goal];
    const faults: string[] = [];
    if (reached !== value) faults.push(`${name}: ${value} is claimed, ${reached} reached`);
    if (bound > value) faults.push(`${name}: the bound ${bound} is above the value ${value}`);
    if (bound <= 0) return faults;
    try {
      const proven = boundProvenBy(eligible, stages, number);
      if (proven < bound) faults.push(`${name}: ${bound} is claimed, ${proven} proven`);
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
    }
    return faults;
  });
}

/**
 * Whether the candidacies that everybody is measured on are those of the plain rules: the same people for the same groups,
 * the same arrivals, costs and rules that they count for. Each fault a sentence.
 */
export function judgeScreening({ candidacies, expertId }: Eligible, instance: MatchInstance): string[] {
  const { groups, rules, group, person, minutes, cost, traits, count } = candidacies;
  const shown = (of: PlainCandidacy) =>
    `${of.expertId} for ${of.groupId}: ${of.minutes} min, ${of.cost} points, ${of.counts.toSorted().join(' ')}`;
  const own = Array.from({ length: count }, (_, a) =>
    shown({
      groupId: groups[group[a]!]!.groupId,
      expertId: expertId(person[a]!),
      minutes: minutes[a]!,
      cost: cost[a]!,
      counts: rules.flatMap(({ ruleKey }, r) => ((traits[a]! >>> r) & 1 ? [ruleKey] : [])),
    }),
  );
  const plain = new Set(plainCandidacies(instance).map(shown));
  const known = new Set(own);
  return [
    ...own.filter(each => !plain.has(each)).map(each => `only by the screening: ${each}`),
    ...[...plain].filter(each => !known.has(each)).map(each => `only by the plain rules: ${each}`),
  ];
}
