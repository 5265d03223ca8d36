import * as z from 'zod';
import { Alert, AlertStatus, Measure } from './alert.ts';
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
  contentDigest: z.string().optional(),
});
export type EventAlert = z.infer<typeof EventAlert>;

/** The newest message of one source event, whole: what the event says is worked out from its voices alone. */
export const Voice = Alert.omit({ references: true, rawDigest: true, rawPlace: true, format: true }).extend({
  /** Withdrawn by its own source; it no longer keeps the event open. */
  cancelled: z.boolean(),
});
export type Voice = z.infer<typeof Voice>;

/** A message that another message of the same sender replaced or ended, kept also when it was never seen itself. */
export const Replacement = z.object({
  /** `source:sourceId` of the message that no longer speaks. */
  key: z.string(),
  by: z.string(),
  kind: z.enum(['Update', 'Cancel']),
});
export type Replacement = z.infer<typeof Replacement>;

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
  voices: z.array(Voice).optional(),
  replacements: z.array(Replacement).optional(),
  /** The event that took over the messages of this one, when the source said that both are the same. */
  mergedInto: z.string().nullable().optional(),
});
export type DisasterEvent = z.infer<typeof DisasterEvent>;
