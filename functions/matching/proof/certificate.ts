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

/**
 * What a filled seat of a group, a person who counts for a rule, and an earlier goal's value are worth: one dual value
 * each. Whatever they are, they prove a bound by plain arithmetic (proof/bound.ts); good ones prove a good bound.
 */
export const Prices = z.object({
  /** By groupId. Free. */
  groups: z.record(z.string(), z.number()),
  /** By ruleKey ("rescue/SPEAKERS") or, for an employer rule, ruleKey:employerId. At least: 0 or more; at most: 0 or less. */
  rules: z.record(z.string(), z.number()),
  /** By stage number (0 the first) of an earlier goal that is held at its value. 0 or less. */
  goals: z.record(z.string(), z.number()),
  /** By place in the list of cases that lead here; low: 0 or less, high: 0 or more. */
  cases: z.array(z.number()),
});
export type Prices = z.infer<typeof Prices>;

/**
 * A bound proven at once, or by cases: of the seats of a group so many are taken by people of one kind, at most `atMost`
 * or at least one more. Between them the two cases leave out no plan in whole people.
 */
export type Proof =
  | { prices: Prices }
  | { people: { group: string; traits: string[]; employerId: string | null }; atMost: number; low: Proof; high: Proof };
