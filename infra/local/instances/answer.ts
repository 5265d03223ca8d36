import * as z from 'zod';
import { TeamMatch } from '../../../functions/domain/plan.ts';
import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import { peopleOf } from '../../../functions/matching/candidates/person.ts';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import { checkGoodsPlan, GoodsPlan, planGoods } from '../../../functions/matching/freight/plan.ts';
import type { MatchInstance } from '../../../functions/matching/problem.ts';
import { Certificate } from '../../../functions/matching/proof/certificate.ts';
import { checkPlan } from '../../../functions/matching/proof/check.ts';
import { standingOf } from '../../../functions/matching/reasons/standing.ts';
import { voiceIn } from '../../../functions/matching/reasons/voice.ts';
import { whyNot } from '../../../functions/matching/reasons/why-not.ts';
import { type CertifiedMatch, matchPeople, matchTeam } from '../../../functions/matching/team-match.ts';
import type { RosterColumns } from '../../../functions/roster/columns.ts';
import { columnsOf } from '../../../functions/roster/columns-of.ts';
import { idOf } from '../../../functions/roster/reading.ts';
import type { InstanceFile } from './instance-file.ts';

/** What is printed for an instance, whole, as JSON. Goods alone have no picks and no certificate. */
export type Answer = { people: CertifiedMatch | null; goods: GoodsPlan | null };

/** The parts of an answer that the check reads; what else is in it is words. */
const Claims = z.object({
  picks: TeamMatch.shape.picks.element.pick({ seatId: true, expertId: true }).array(),
  standby: TeamMatch.shape.standby,
  certificate: Certificate,
});

/** Solves an instance. Throws SolverFailed. */
export async function answerOf({ people, goods }: InstanceFile): Promise<Answer> {
  return {
    people: people && (await matchTeam(people, columnsOf(people.experts))),
    goods: goods && (await planGoods(goods)),
  };
}

/** The answer as one JSON object. */
export const answerJson = ({ people, goods }: Answer): unknown => ({
  ...people,
  ...(goods && { goods }),
});

/** An answer read from parsed JSON, for an instance that asks for these parts; what is missing or wrong, place by place. */
export function readClaims({ people, goods }: InstanceFile, value: unknown) {
  const form = z.object({
    ...(people && Claims.shape),
    ...(goods && { goods: GoodsPlan }),
  });
  return form.safeParse(value) as z.ZodSafeParseResult<
    Partial<z.infer<typeof Claims>> & { goods?: GoodsPlan }
  >;
}

/**
 * Checks an answer against its instance without a solver: every pick and stand-by is allowed, and the certificate proves
 * what it says. Each fault is a sentence; none when the answer holds.
 */
export function faultsOf(
  { people, goods }: InstanceFile,
  claims: Partial<z.infer<typeof Claims>> & { goods?: GoodsPlan },
): string[] {
  const faults: string[] = [];
  if (people && claims.picks && claims.certificate) {
    const roster = columnsOf(people.experts);
    const { candidacies } = screen(people, roster);
    faults.push(...checkPlan(candidacies, roster, claims.picks, claims.certificate).faults);
    faults.push(...standbyFaults(candidacies, roster, claims.picks, claims.standby ?? []));
  }
  if (goods && claims.goods)
    faults.push(...checkGoodsPlan(goods, claims.goods).map(fault => `goods: ${fault}`));
  return faults;
}

/** Those who stand by are eligible for the role, take no seat, and stand in one list. */
function standbyFaults(
  candidacies: Candidacies,
  roster: RosterColumns,
  picks: readonly { expertId: string }[],
  standby: TeamMatch['standby'],
): string[] {
  const busy = new Set(picks.map(({ expertId }) => expertId));
  return standby.flatMap(({ teamType, role, expertIds }) => {
    const g = candidacies.groups.findIndex(group => group.teamType === teamType && group.role === role);
    const list = `the stand-by of ${teamType}/${role}`;
    if (g < 0) return [`nobody asked for ${list}`];
    const eligible = new Set<string>();
    for (let a = candidacies.groupStarts[g]!; a < candidacies.groupStarts[g + 1]!; a += 1)
      eligible.add(idOf(roster, candidacies.person[a]!));
    const faults: string[] = [];
    if (expertIds.length > candidacies.groups[g]!.standby) faults.push(`${list} is longer than asked for`);
    for (const expertId of expertIds) {
      if (busy.has(expertId)) faults.push(`${expertId} of ${list} has another place already`);
      busy.add(expertId);
      if (!eligible.has(expertId)) faults.push(`${expertId} is not eligible for ${list}`);
    }
    return faults;
  });
}

/** Why a person has, or has not, a seat of each group, as lines by groupId. The plan is made for it once more. */
export async function whyOf(
  people: MatchInstance,
  expertId: string,
): Promise<{ groupId: string; role: string; lines: string[] }[]> {
  const roster = columnsOf(people.experts);
  const { screened, solved } = await matchPeople(people, roster);
  const { candidacies } = screened;
  const standing = standingOf(candidacies, solved);
  const facts = peopleOf(people, roster);
  const say = voiceIn(people.timeZone);
  return candidacies.groups.map(({ groupId, role }) => ({
    groupId,
    role,
    lines: whyNot(standing, solved, facts, expertId, groupId, say).map(({ en }) => en),
  }));
}
