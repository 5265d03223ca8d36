import type { SeatPlan, TeamRulePlan, TeamType } from '../domain/policy.ts';
import type { TeamRule } from './problem.ts';

/** A team with all its seats, filled or not: shares are worked out of its whole size. */
export type TeamSize = { teamType: TeamType; seats: readonly Pick<SeatPlan, 'role' | 'count'>[] };

/** A candidacy has a bit for each rule that counts a trait: so many fit, all teams of a deployment together. */
export const MOST_TRAIT_RULES = 32;

/** The decimals of a share, like 0.07 × 100, may come out a little beside the whole number that is meant. */
const SLIP = 1e-9;

/**
 * The policy's rules for one team, in people. A rule is left out where it says nothing: none of its roles has a seat, no
 * language of the affected country is known, or "at most" as many as there are seats. More than all seats is never asked.
 */
export function teamRulesOf(
  plans: readonly TeamRulePlan[],
  team: TeamSize,
  languages: readonly string[],
): TeamRule[] {
  return plans.flatMap(plan => {
    const { ruleId, kind, of, roles, sentence } = plan;
    if (plan.teams !== 'any' && !plan.teams.includes(team.teamType)) return [];
    if (of.is === 'speaker' && languages.length === 0) return [];
    const seats = seatsOf(plan, team);
    const count = Math.min(seats, countOf(plan, seats));
    if (seats === 0 || (kind === 'at most' && count === seats)) return [];
    return [{ ruleId, teamType: team.teamType, roles, kind, count, of, sentence }];
  });
}

/** How many seats of a team a rule is about. */
export const seatsOf = ({ roles }: Pick<TeamRulePlan, 'roles'>, { seats }: TeamSize): number =>
  seats.reduce((sum, { role, count }) => (roles === null || roles.includes(role) ? sum + count : sum), 0);

/** The number that a rule names, of so many seats. */
const countOf = ({ kind, share, count }: TeamRulePlan, seats: number): number => {
  if (share === null) return count ?? 0;
  return kind === 'at least'
    ? Math.ceil(share * seats - SLIP)
    : Math.max(1, Math.floor(share * seats + SLIP));
};
