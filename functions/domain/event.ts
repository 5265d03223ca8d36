import * as z from 'zod';
import { Alert, AlertArea, AlertStatus, Measure, MessageType, Ring } from './alert.ts';
import { CountryCode, Hazard, Instant, Level, Position } from './primitives.ts';

/** What an event keeps of each message about it; the message itself is kept whole beside the event. */
export const EventAlert = z.object({
  alertId: z.string(),
  source: z.string(),
  sourceId: z.string(),
  revision: z.string(),
  status: AlertStatus,
  messageType: MessageType,
  level: Level,
  sentAt: Instant,
  receivedAt: Instant,
  /** SHA-256 of what it says: the same id with another digest is a correction, and both are kept. */
  contentDigest: z.string(),
  rawDigest: z.string(),
  rawPlace: z.string(),
  channelId: z.string().nullable(),
});
export type EventAlert = z.infer<typeof EventAlert>;

/** The newest message of a source about one thing, whole but for its size: what the event says is worked out from these. */
export const Voice = Alert.omit({ references: true, format: true }).extend({
  receivedAt: Instant,
  contentDigest: z.string(),
  /** Withdrawn by its own source; it no longer keeps the event open. */
  cancelled: z.boolean(),
  /** The latest level that any of the source's messages about it gave, and where; null while none did. */
  judged: z
    .object({
      level: Level,
      levelRule: z.string(),
      sourceLevel: z.object({ scale: z.string(), value: z.string() }).nullable(),
      revision: z.string(),
      alertId: z.string(),
      rawDigest: z.string(),
      place: z.string(),
    })
    .nullable(),
});
export type Voice = z.infer<typeof Voice>;

/** A message that another of the same sender replaced or ended, kept also when it was never seen itself. */
export const Replacement = z.object({
  /** `source:sourceId` of the message that no longer speaks, or `incident:…` for all of an incident sent before. */
  key: z.string(),
  by: z.string(),
  kind: z.enum(['Update', 'Cancel']),
  sentAt: Instant,
});
export type Replacement = z.infer<typeof Replacement>;

/**
 * All that one source has said about one event in its own books. Made of its messages by unions and maxima alone, so the
 * order in which they arrive does not matter.
 */
export const Account = z.object({
  /** `source:sourceId` of its earliest message. */
  accountId: z.string(),
  source: z.string(),
  exercise: z.boolean(),
  ownIds: z.array(z.string()),
  strongIds: z.array(z.string()),
  voices: z.array(Voice),
  replacements: z.array(Replacement),
  /** Its earliest message, and the id of the event that this message would open. */
  opened: z.object({ isCancel: z.boolean(), sentAt: Instant, alertId: z.string(), eventId: z.string() }),
  /** The earliest beginning that any of its messages gave. */
  beganAt: Instant,
  /** Ids of the events that were opened for it. */
  homes: z.array(z.string()),
});
export type Account = z.infer<typeof Account>;

/** Why two accounts are in one event. */
export const Join = z.object({
  accounts: z.tuple([z.string(), z.string()]),
  kind: z.enum(['desk', 'id', 'number', 'likeness']),
  /** The rule and its figures in words. */
  reason: z.string(),
});
export type Join = z.infer<typeof Join>;

/** Two accounts that may speak of one event: a person decides. */
export const Doubt = z.object({
  accounts: z.tuple([z.string(), z.string()]),
  /** The event that the other account is in. */
  eventId: z.string(),
  reason: z.string(),
});
export type Doubt = z.infer<typeof Doubt>;

/** What a person decided about two accounts; the latest decision about a pair stands above every rule. */
export const MergeDecision = z.object({
  kind: z.enum(['together', 'apart']),
  /** One own id of each account. */
  ids: z.tuple([z.string(), z.string()]),
  by: z.string(),
  at: Instant,
  reason: z.string(),
});
export type MergeDecision = z.infer<typeof MergeDecision>;

/** From which message, and which place in its body, the event has a field. */
export const Provenance = z.object({ alertId: z.string(), rawDigest: z.string(), place: z.string() });
export type Provenance = z.infer<typeof Provenance>;

/** One real disaster event, made from the messages of all feeds about it. */
export const DisasterEvent = z.object({
  eventId: z.string(),
  hazard: Hazard,
  level: Level,
  levelRule: z.string(),
  /** What each source says in its own scale. */
  sourceLevels: z.array(z.object({ source: z.string(), scale: z.string(), value: z.string() })).default([]),
  title: z.string(),
  titles: z.record(z.string(), z.string()).default({}),
  state: z.enum(['open', 'closed']),
  /** True when every message is an exercise or test: it may be drilled on, never acted on. */
  exercise: z.boolean(),
  occurredAt: Instant,
  endedAt: Instant.nullable(),
  countries: z.array(CountryCode),
  position: Position.nullable(),
  footprint: z.array(Ring).nullable().default(null),
  areas: z.array(AlertArea).default([]),
  measures: z.array(Measure),
  strongIds: z.array(z.string()),
  alerts: z.array(EventAlert),
  parentEventId: z.string().nullable(),
  /** When its first message came. */
  openedAt: Instant.optional(),
  updatedAt: Instant,
  /** By field: "level", "position", "measures.magnitude". */
  provenance: z.record(z.string(), Provenance).default({}),
  joins: z.array(Join).default([]),
  doubts: z.array(Doubt).default([]),
  decisions: z.array(MergeDecision).default([]),
  accounts: z.array(Account).default([]),
  /** The event that took over the messages of this one. */
  mergedInto: z.string().nullable().optional(),
});
export type DisasterEvent = z.infer<typeof DisasterEvent>;
