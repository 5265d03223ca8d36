import type { TimelineEntry } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';

/** What a timeline line is about; screens filter by it. */
export type TimelineKind =
  | 'decision'
  | 'plan'
  | 'offer'
  | 'answer'
  | 'seat'
  | 'team'
  | 'goods'
  | 'mission'
  | 'desk'
  | 'failure';

/**
 * One line of the timeline. `subject` (a seat, an offer, a team) makes its id, so that a step repeated after a crash
 * writes the same line again and not a second one.
 */
export const timelineEntry = (
  deploymentId: string,
  at: Instant,
  kind: TimelineKind,
  subject: string,
  what: string,
  who = 'system',
): TimelineEntry => ({ deploymentId, entryId: `${kind}/${subject}`, at, kind, what, who });
