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

/** Why a seat stays empty: how many the filters removed, the last filter named first. */
export const EmptySeat = z.object({
  seatId: z.string(),
  reason: Wording,
  filters: z.record(z.string(), z.number().int()),
});
export type EmptySeat = z.infer<typeof EmptySeat>;

/** The order in which people stand by for a role, best first; nobody stands in two lists. */
export const StandbyList = z.object({ teamType: TeamType, role: RoleCode, expertIds: z.array(z.string()) });
export type StandbyList = z.infer<typeof StandbyList>;

/** A matched team: one plan for people of all teams of a deployment. */
export const TeamMatch = z.object({
  picks: z.array(Pick),
  empty: z.array(EmptySeat),
  standby: z.array(StandbyList),
  /** Objective and proven bound per stage of the order of goals; equal means proven best. */
  stages: z.array(z.object({ goal: z.string(), value: z.number(), bound: z.number() })),
});
export type TeamMatch = z.infer<typeof TeamMatch>;
