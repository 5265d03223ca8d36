import type { TeamMatch } from '../domain/plan.ts';
import type { RosterColumns } from '../roster/columns.ts';
import { idOf } from '../roster/reading.ts';
import type { Candidacies, Screened } from './candidates/candidacies.ts';
import { screen } from './candidates/screening.ts';
import type { MatchProblem } from './problem.ts';
import type { Certificate } from './proof/certificate.ts';
import { checkPlan, gapOf, type PlannedSeats } from './proof/check.ts';
import { matchInWords } from './reasons/match-in-words.ts';
import type { Names } from './reasons/spelling.ts';
import { type Effort, solve } from './solving/solve.ts';
import type { Solved } from './solving/solved.ts';

/** A plan with its reasons and its proof. */
export type CertifiedMatch = TeamMatch & { certificate: Certificate };

/** A match with all that it was made from, for further questions about it. */
export type Matching = { screened: Screened; solved: Solved; match: CertifiedMatch };

/**
 * The best people for the open seats of all teams, nobody twice, by the goals in their order (proof/certificate.ts), with
 * reasons, gaps, stand-by lists and a proof for each goal. The same for the same problem and people, in whatever order
 * they are listed. A solver that fails or runs out of its limits leaves the best plan known, and the certificate says so.
 * The proof is checked before anybody hears of it: one that is refused is called trouble, and nothing is called proven.
 * `names`: of roles and teams, as the policy has them. Throws when more than 32 team rules count people by a trait.
 */
export async function matchPeople(
  problem: MatchProblem,
  roster: RosterColumns,
  names?: Names,
  effort?: Effort,
): Promise<Matching> {
  const screened = screen(problem, roster);
  const found = await solve(screened.candidacies, roster, problem.deploymentId, effort);
  const { faults } = checkPlan(
    screened.candidacies,
    roster,
    seatsOf(screened.candidacies, roster, found.chosen),
    certificateOf(found),
  );
  const solved = faults.length > 0 ? { ...found, trouble: `the proof is refused: ${faults[0]}` } : found;
  const match = matchInWords(problem, roster, screened, solved, names);
  return { screened, solved, match: { ...match, certificate: certificateOf(solved) } };
}

const certificateOf = ({ stages, trouble }: Solved): Certificate => ({
  stages: stages.map(stage => ({ ...stage, gap: gapOf(stage) })),
  trouble,
});

/** The chosen on the seats of their groups: which of them takes which is all the same to a proof. */
function seatsOf(
  { groups, group, person }: Candidacies,
  roster: RosterColumns,
  chosen: Uint32Array,
): PlannedSeats {
  const taken = groups.map(() => 0);
  return Array.from(chosen, a => {
    const g = group[a]!;
    taken[g]! += 1;
    return { seatId: groups[g]!.seatIds[taken[g]! - 1]!, expertId: idOf(roster, person[a]!) };
  });
}

/** The match alone. */
export const matchTeam = async (
  problem: MatchProblem,
  roster: RosterColumns,
  names?: Names,
  effort?: Effort,
): Promise<CertifiedMatch> => (await matchPeople(problem, roster, names, effort)).match;
