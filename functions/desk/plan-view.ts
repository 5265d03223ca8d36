import * as z from 'zod';
import type { PlanAhead } from '../deployments/plan-ahead.ts';
import { isFilled, seatCount } from '../deployments/seating.ts';
import { type Answer, whyOf } from '../deployments/why.ts';
import { PlanMade } from '../domain/deployment.ts';
import { TeamMatch } from '../domain/plan.ts';
import { type Policy, RoleCode, TeamType } from '../domain/policy.ts';
import { Instant, Wording } from '../domain/primitives.ts';
import { GoodsPlan } from '../matching/freight/plan.ts';
import { Certificate } from '../matching/proof/certificate.ts';
import { namesOf } from '../matching/reasons/spelling.ts';

/** What a plan of people and goods made now would be. Of people it says their ids and nothing else. */
export const PlanView = z.object({
  deploymentId: z.string(),
  /** Of the deployment as it was read: an approval that names it approves what this was planned on. */
  version: z.number().int(),
  at: Instant,
  teams: z.array(
    z.object({
      teamType: TeamType,
      required: z.number().int(),
      /** Seats of people with both consents. */
      filled: z.number().int(),
      /** Seats of people who are asked, or are about to be. */
      asked: z.number().int(),
      /** Seats that the plan would fill. */
      picked: z.number().int(),
      empty: z.number().int(),
      /** The standard; null until a request is recorded. */
      deadlineAt: Instant.nullable(),
      /** When the last of all these people is at the assembly point at the latest; null: nobody would be there. */
      arrivesAt: Instant.nullable(),
    }),
  ),
  /** Null where no seat is open. */
  people: TeamMatch.extend({
    from: PlanMade.shape.from,
    because: PlanMade.shape.because,
    certificate: Certificate,
  }).nullable(),
  /** Null where no goods are missing, or there is no place to ship them to. */
  goods: GoodsPlan.nullable(),
  /** Asked for with `why`: for each role that the person holds, why they are in the plan for it, or are not. */
  why: z
    .object({
      expertId: z.string(),
      answers: z.array(z.object({ teamType: z.string(), role: RoleCode, reasons: z.array(Wording) })),
    })
    .nullable(),
});
export type PlanView = z.infer<typeof PlanView>;

/** How each team would stand with the people of a plan. */
const teamsAfter = ({ picture: { deployment, seats }, people }: PlanAhead): PlanView['teams'] =>
  deployment.teams.map(team => {
    const own = seats.filter(seat => seat.teamType === team.teamType);
    const ids = new Set(own.map(seat => seat.seatId));
    const picks = people?.match.picks.filter(pick => ids.has(pick.seatId)) ?? [];
    const filled = own.filter(isFilled).length;
    const asked = own.filter(seat => seat.expertId !== null).length - filled;
    const arrivals = [...own, ...picks].flatMap(({ arrivesAt }) => arrivesAt ?? []).sort();
    const required = seatCount(team);
    return {
      teamType: team.teamType,
      required,
      filled,
      asked,
      picked: picks.length,
      empty: required - filled - asked - picks.length,
      deadlineAt: team.deadlineAt,
      arrivesAt: arrivals.at(-1) ?? null,
    };
  });

/** A plan ahead as the API shows it. `why`: the person about whom it is asked. */
export function planView(ahead: PlanAhead, at: Instant, policy: Policy, why: string | undefined): PlanView {
  const { picture, people, goods } = ahead;
  const answers = (expertId: string): Answer[] => (people ? whyOf(people, expertId, namesOf(policy)) : []);
  return {
    deploymentId: picture.deployment.deploymentId,
    version: picture.deployment.version,
    at,
    teams: teamsAfter(ahead),
    people: people && { ...people.match, from: people.from, because: people.because },
    goods,
    why: why === undefined ? null : { expertId: why, answers: answers(why) },
  };
}
