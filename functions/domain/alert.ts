import * as z from 'zod';
import { CountryCode, Hazard, Instant, Level, Position } from './primitives.ts';

/** CAP 1.2 `status`: only Actual may lead to work; a drill feeds Exercise. */
export const AlertStatus = z.enum(['Actual', 'Exercise', 'System', 'Test', 'Draft']);
export type AlertStatus = z.infer<typeof AlertStatus>;

/** What a message does to what was said before. A format without the notion sends Alert for all. */
export const MessageType = z.enum(['Alert', 'Update', 'Cancel']);
export type MessageType = z.infer<typeof MessageType>;

/** One number in the source's own scale, kept beside the common level. */
export const Measure = z.object({ name: z.string(), value: z.number(), unit: z.string() });
export type Measure = z.infer<typeof Measure>;

/** One message of one source about one event: the common model that every format is read into. */
export const Alert = z.object({
  /** `source:sourceId:revision`: the same message always has the same id. */
  alertId: z.string().min(1),
  /** GDACS, USGS, or the CAP sender. */
  source: z.string().min(1),
  /** The source's own key of the event ("EQ1199929", "us6000pi9w", the CAP identifier). */
  sourceId: z.string().min(1),
  /** Sorts as text in the order in which the source made its revisions. */
  revision: z.string(),
  format: z.string(),
  status: AlertStatus,
  messageType: MessageType,
  /** Keys of earlier messages that this one replaces or ends, as `source:sourceId`. */
  references: z.array(z.string()),
  /** Ids that name the same real event in any feed: `usgs:us6000pi9w`, `gdacs:EQ1199929`, `glide:EQ-2023-000015-TUR`. */
  strongIds: z.array(z.string()),
  hazard: Hazard,
  level: Level,
  /** Which rule mapped the source's own scale to `level`. */
  levelRule: z.string(),
  title: z.string(),
  sentAt: Instant,
  occurredAt: Instant,
  endedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  countries: z.array(CountryCode),
  position: Position.nullable(),
  measures: z.array(Measure),
  /** SHA-256 of the raw body, and the place of this item in it ("item[4]", "feature[0]", "alert"). */
  rawDigest: z.string(),
  rawPlace: z.string(),
  /** The last moment that the source describes, for hazards that last (GDACS `todate`); says nothing about an end. */
  observedUntilAt: Instant.nullable().optional(),
  /** SHA-256 of what the message says, without when and where it was read: the same in every poll that repeats it. */
  contentDigest: z.string().optional(),
});
export type Alert = z.infer<typeof Alert>;
