import type { TeamMatch } from '../domain/plan.ts';
import { explainEmptySeats, explainPicks } from './explanation.ts';
import type { MatchInput } from './instance.ts';
import { buildModel } from './model.ts';
import { chooseStandby, chooseTeam } from './solve.ts';

/**
 * The best people for the open seats of all teams, nobody twice, with reasons, gaps, stand-by lists and the proof.
 * Exact, and the same for the same input in whatever order. The input has been read by MatchInput or built from records.
 * Throws SolverFailed when the solver does.
 */
export async function matchTeam(input: MatchInput): Promise<TeamMatch> {
  const model = buildModel(input);
  const { chosen, stages } = await chooseTeam(model);
  const standby = await chooseStandby(model, chosen);
  return {
    picks: explainPicks(model, chosen, input),
    empty: explainEmptySeats(model, chosen, input),
    standby: model.groups.flatMap(({ team, role, standby: count }, g) =>
      count === 0
        ? []
        : [
            {
              teamType: team.teamType,
              role,
              expertIds: standby.filter(arc => arc.group === g).map(arc => arc.eligible.person.expertId),
            },
          ],
    ),
    stages,
  };
}
