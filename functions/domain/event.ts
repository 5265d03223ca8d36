import * as z from 'zod';
import { AlertStatus, Measure } from './alert.ts';
import { CountryCode, Hazard, Instant, Level, Position } from './primitives.ts';

/** What an event keeps of each message that it was made from; the newest revision of a source event speaks for it. */
export const EventAlert = z.object({
  alertId: z.string(),
  source: z.string(),
  sourceId: z.string(),
  revision: z.string(),
  status: AlertStatus,
  level: Level,
  sentAt: Instant,
  /** Why the message belongs to this event: the rule that joined it. */
  reason: z.string(),
});
export type EventAlert = z.infer<typeof EventAlert>;

/** One real disaster event, made from the messages of all feeds about it. */
export const DisasterEvent = z.object({
  eventId: z.string(),
  hazard: Hazard,
  level: Level,
  levelRule: z.string(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  /** True when every message is an exercise or test: it may be drilled on, never acted on. */
  exercise: z.boolean(),
  occurredAt: Instant,
  endedAt: Instant.nullable(),
  countries: z.array(CountryCode),
  position: Position.nullable(),
  measures: z.array(Measure),
  strongIds: z.array(z.string()),
  alerts: z.array(EventAlert),
  parentEventId: z.string().nullable(),
  updatedAt: Instant,
});
export type DisasterEvent = z.infer<typeof DisasterEvent>;
