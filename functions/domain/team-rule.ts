import * as z from 'zod';

/** What a team rule counts: a person counts, or does not. */
export const Trait = z.discriminatedUnion('is', [
  /** Works in a language of the affected country. */
  z.object({ is: z.literal('speaker') }),
  z.object({ is: z.literal('gender'), gender: z.enum(['female', 'male']) }),
  /** Has been on at least so many missions. */
  z.object({ is: z.literal('experienced'), missions: z.number().int().positive() }),
  /** Has never been on a mission. */
  z.object({ is: z.literal('newcomer') }),
  /** Takes the seat with at least this proficiency (1 basic, 2 experienced, 3 instructor). */
  z.object({ is: z.literal('proficient'), proficiency: z.number().int().min(1).max(3) }),
  /** Belongs to one employer; the rule holds for each employer by itself. */
  z.object({ is: z.literal('same employer') }),
]);
export type Trait = z.infer<typeof Trait>;
