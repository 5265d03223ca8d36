import * as z from 'zod';
import { TeamType } from '../../domain/policy.ts';

/** The goals in their order; each holds within the optima of those before it. */
export const Goal = z.enum([
  'critical seats empty',
  'seats empty',
  /** Only where seats stay empty: on the team that has most time left. Weighed by the team's place in that order. */
  'urgency of empty seats',
  'team rules broken',
  'latest arrival',
  'arrival of nine in ten',
  'cost',
]);
export type Goal = z.infer<typeof Goal>;

/** Prices are multiples of 2^-16 and below 2^24 in size: so a bound is worked out without any rounding. */
export const grain = 2 ** -16;

/**
 * What a filled seat of a group, a person who counts for a rule, and an earlier goal's value are worth: one dual value
 * each. Whatever they are, they prove a bound by plain arithmetic (proof/bound.ts); good ones prove a good bound.
 */
export const Prices = z.object({
  /** By groupId. Free. */
  groups: z.record(z.string(), z.number()),
  /** By ruleKey ("rescue/SPEAKERS") or, for an employer rule, ruleKey:employerId. At least: 0 or more; at most: 0 or less. */
  rules: z.record(z.string(), z.number()),
  /**
   * By stage number (0 the first): of an earlier goal that is held at its value ("latest arrival" excepted, for it leaves
   * people out), and of the stage itself when it is about nine in ten. 0 or less.
   */
  goals: z.record(z.string(), z.number()),
  /** By place in the list of cases that lead here; low: 0 or less, high: 0 or more. */
  cases: z.array(z.number()),
});
export type Prices = z.infer<typeof Prices>;

/** People of one kind in one group; what is null may be anything. */
export const Kind = z.object({
  group: z.string(),
  /** Exactly these rules (ruleKeys, none about employers) count them. */
  traits: z.array(z.string()).nullable(),
  /** Whether they arrive after the nine in ten of their team. */
  late: z.boolean().nullable(),
  employerId: z.string().nullable(),
  expertId: z.string().nullable(),
});
export type Kind = z.infer<typeof Kind>;

/**
 * A bound proven at once, or by cases: of the seats of a group at most `atMost` are taken by people of one kind, or at
 * least one more. Between them the two cases leave out no plan in whole people.
 */
export type Proof = { prices: Prices } | { people: Kind; atMost: number; low: Proof; high: Proof };
export const Proof: z.ZodType<Proof> = z.union([
  z.object({ prices: Prices }),
  z.object({
    people: Kind,
    atMost: z.number().int().nonnegative(),
    get low() {
      return Proof;
    },
    get high() {
      return Proof;
    },
  }),
]);

/**
 * What was reached for one goal, in seats, people, minutes from now or points, and a proof that no plan that is as good in
 * all goals before reaches less than `bound`. For arrivals the proof shows that there is no plan before that minute.
 */
export const CertifiedStage = z.object({
  goal: Goal,
  teamType: TeamType.nullable(),
  value: z.number().int().nonnegative(),
  bound: z.number().int().nonnegative(),
  /** (value - bound) / value; 0 is proven best. */
  gap: z.number().min(0).max(1),
  proof: Proof,
});
export type CertifiedStage = z.infer<typeof CertifiedStage>;

/** The proof of a plan: checked by plain arithmetic over everybody eligible, without trust in the solver (check.ts). */
export const Certificate = z.object({
  stages: z.array(CertifiedStage),
  /** Why goals are not proven: the solver failed or was cut short, and the plan is the best known. */
  trouble: z.string().nullable(),
});
export type Certificate = z.infer<typeof Certificate>;
