import * as z from 'zod';
import { RoleCode, TeamType } from './policy.ts';
import { Instant, Wording } from './primitives.ts';

/** One person for one seat, with the reasons in words. */
export const Pick = z.object({
  seatId: z.string(),
  expertId: z.string(),
  arrivesAt: Instant,
  reasons: z.array(Wording),
});
export type Pick = z.infer<typeof Pick>;

/** Why a seat stays empty: in words, and how many of those who hold the role each hard rule removed. */
export const EmptySeat = z.object({
  seatId: z.string(),
  reason: Wording,
  filters: z.record(z.string(), z.number().int()),
});
export type EmptySeat = z.infer<typeof EmptySeat>;

/** The order in which people stand by for a role, best first; nobody stands in two lists. */
export const StandbyList = z.object({ teamType: TeamType, role: RoleCode, expertIds: z.array(z.string()) });
export type StandbyList = z.infer<typeof StandbyList>;

/** A rule about a team that the plan does not meet: by how many people, and why. */
export const BrokenRule = z.object({
  teamType: TeamType,
  ruleId: z.string(),
  people: z.number().int().positive(),
  reason: Wording,
});
export type BrokenRule = z.infer<typeof BrokenRule>;

/** What a change of the problem would do to the plan, the goals before the cost kept. Every number is a bound. */
export const Marginals = z.object({
  /** One more seat of a role. */
  seats: z.array(z.object({ teamType: TeamType, role: RoleCode, reason: Wording })),
  /** One rule less. */
  rules: z.array(z.object({ teamType: TeamType, ruleId: z.string(), reason: Wording })),
  /** Who could be asked for a role with empty seats if these hard rules were given up. */
  openings: z.array(
    z.object({
      teamType: TeamType,
      role: RoleCode,
      rules: z.array(z.string()),
      people: z.number().int().positive(),
      reason: Wording,
    }),
  ),
});
export type Marginals = z.infer<typeof Marginals>;

/** A matched team: one plan for people of all teams of a deployment. */
export const TeamMatch = z.object({
  picks: z.array(Pick),
  empty: z.array(EmptySeat),
  standby: z.array(StandbyList),
  /** Objective and proven bound per stage of the order of goals; equal means proven best. */
  stages: z.array(
    z.object({
      goal: z.string(),
      /** For the goals of one team. */
      teamType: TeamType.nullable(),
      value: z.number(),
      bound: z.number(),
      sentence: Wording,
    }),
  ),
  brokenRules: z.array(BrokenRule),
  marginals: Marginals,
  /** For the timeline: how many seats stay empty, who is missing on stand-by, whether a proof is missing. */
  summary: z.array(Wording),
});
export type TeamMatch = z.infer<typeof TeamMatch>;
