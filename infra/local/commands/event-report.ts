import { latestOf } from '../../../functions/alerts/documents/times.ts';
import type { Reading } from '../../../functions/alerts/intake.ts';
import type { DisasterEvent } from '../../../functions/domain/event.ts';

/** The newest time that any of the messages speaks of having been made at; the epoch when none does. */
export const newestTimeIn = (readings: readonly Reading[]): string =>
  latestOf(readings.flatMap(reading => [reading.madeAt, ...reading.accepted.map(alert => alert.sentAt)])) ??
  new Date(0).toISOString();

/** An event as the commands print it with `--json`. */
export const eventReport = (event: DisasterEvent) => ({
  eventId: event.eventId,
  hazard: event.hazard,
  level: event.level,
  title: event.title,
  state: event.state,
  occurredAt: event.occurredAt,
  countries: event.countries,
  position: event.position,
  alerts: event.alerts.map(({ source, sourceId, revision, status }) => ({
    source,
    sourceId,
    revision,
    status,
  })),
  parentEventId: event.parentEventId,
  exercise: event.exercise,
  endedAt: event.endedAt,
  measures: event.measures,
});
