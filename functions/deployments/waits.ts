import * as z from 'zod';
import type { Deployment } from '../domain/deployment.ts';
import { Instant } from '../domain/primitives.ts';
import type { Picture } from './news.ts';
import { nextDeadline, outcomeOf } from './review.ts';

/** What a review or a plan hands on, so that sending and waiting need not read everything again. */
export const Waits = z.object({
  /** What had been heard when the offers were read. */
  heard: z.number().int(),
  /** No window ends before this; null: not known, look at all offers. */
  deadlineAt: Instant.nullable(),
  /** Somebody may still fill a seat. */
  pending: z.boolean(),
  /** The offers of which somebody must be told; null: not known. */
  due: z.array(z.string()).nullable(),
});
export type Waits = z.infer<typeof Waits>;

/** `known`: an earlier bound for the windows of offers that the picture leaves out. */
export function waitsAfter(
  deployment: Deployment,
  { seats, offers }: Pick<Picture, 'seats' | 'offers'>,
  heard: number,
  known: Instant | null,
): Waits {
  const deadlines = [known, nextDeadline(offers)].filter(each => each != null);
  return {
    heard,
    deadlineAt: deadlines.sort()[0] ?? null,
    pending: outcomeOf(deployment, seats, false) === 'send',
    due: offers.filter(offer => offer.noticesDue).map(offer => offer.offerId),
  };
}
