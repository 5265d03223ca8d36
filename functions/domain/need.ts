import * as z from 'zod';
import { SeatPlan, TeamType } from './policy.ts';
import { CountryCode } from './primitives.ts';

/** One team that an event calls for, copied from the policy so that a later policy does not change a running deployment. */
export const TeamNeed = z.object({
  teamType: TeamType,
  ruleId: z.string(),
  seats: z.array(SeatPlan),
  deadlineHours: z.number(),
  standbyRatio: z.number(),
  replyWindowMinutes: z.number(),
  employerWindowMinutes: z.number(),
  missionDays: z.number(),
});
export type TeamNeed = z.infer<typeof TeamNeed>;

/** One line of goods that an event calls for. */
export const GoodsNeed = z.object({
  item: z.string(),
  quantity: z.number().int().positive(),
  ruleId: z.string(),
  deadlineHours: z.number(),
});
export type GoodsNeed = z.infer<typeof GoodsNeed>;

/** What the country's profile adds: languages that help, and whether it is a least developed or small island state. */
export const CountryProfile = z.object({
  country: CountryCode,
  name: z.string(),
  /** ISO 639-1 where there is one, else 639-3. */
  languages: z.array(z.string()),
  leastDeveloped: z.boolean(),
  smallIsland: z.boolean(),
  /** IANA zone for the clock of the place, when known. */
  timeZone: z.string().nullable(),
});
export type CountryProfile = z.infer<typeof CountryProfile>;

/** What an event calls for, by which rules of which policy; empty teams and goods mean that nothing is to be done, and why. */
export const Need = z.object({
  eventId: z.string(),
  policyVersion: z.string(),
  country: CountryProfile.nullable(),
  teams: z.array(TeamNeed),
  goods: z.array(GoodsNeed),
  /** One line per rule that fired or that kept something from being proposed ("OWN-COUNTRY: …"). */
  reasons: z.array(z.object({ ruleId: z.string(), text: z.string() })),
});
export type Need = z.infer<typeof Need>;
