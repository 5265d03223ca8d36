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

/** A closed outer ring of [longitude, latitude] in WGS 84 degrees, first = last; never crosses the antimeridian. */
export const Ring = z.array(z.tuple([z.number(), z.number()]));
export type Ring = z.infer<typeof Ring>;

/** A part of what a message speaks of, with a life of its own: one bulletin may end one area and keep another. */
export const AlertArea = z.object({
  name: z.string(),
  state: z.enum(['live', 'over']),
  level: Level,
  /** Codes as the source writes them, behind their scheme ("SAME:041510", "EMMA_ID:DE343"). */
  codes: z.array(z.string()),
  startsAt: Instant.nullable(),
  /** When it ends or ended, as far as the source says. */
  endsAt: Instant.nullable(),
});
export type AlertArea = z.infer<typeof AlertArea>;

/** One message of one source about one event: the common model that every format is read into. */
export const Alert = z.object({
  /** `source:sourceId:revision`: the same message always has the same id. */
  alertId: z.string().min(1),
  /** GDACS, USGS, …, or the CAP sender. */
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
  /** Ids under which the source keeps this event: two of its messages that share one speak of the same event. */
  ownIds: z.array(z.string()),
  /** All ids that name the event, its own and those of other sources: `usgs:us6000pi9w`, `gdacs:EQ1199929`, `glide:EQ-2023-000015-TUR`. */
  strongIds: z.array(z.string()),
  hazard: Hazard,
  level: Level,
  /** Which rule mapped the source's own scale to `level`. */
  levelRule: z.string(),
  /** What the source itself says: its scale and the word or number on it. */
  sourceLevel: z.object({ scale: z.string(), value: z.string() }).nullable(),
  title: z.string(),
  /** The title in each language given, by BCP 47 tag in lower case; `und` where the feed does not say which. */
  titles: z.record(z.string(), z.string()),
  sentAt: Instant,
  occurredAt: Instant,
  endedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  countries: z.array(CountryCode),
  position: Position.nullable(),
  /** Where it is felt or feared, simplified; null when the source gives no area. */
  footprint: z.array(Ring).nullable(),
  areas: z.array(AlertArea),
  measures: z.array(Measure),
  /** SHA-256 of the raw body, and the place of this item in it ("item[4]", "features[0]", "alert[0]"). */
  rawDigest: z.string(),
  rawPlace: z.string(),
  /** Where in the item each field was read ("parameter[3]/value", "properties/mag"). */
  places: z.record(z.string(), z.string()),
  /** What was wrong with the message and did not keep it from being read. */
  remarks: z.array(z.string()),
  /** The feed or sender that brought it; null for a body handed in by the desk. */
  channelId: z.string().nullable(),
  /** The last moment that the source describes, for hazards that last (GDACS `todate`); says nothing about an end. */
  observedUntilAt: Instant.nullable(),
});
export type Alert = z.infer<typeof Alert>;
