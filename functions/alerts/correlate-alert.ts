import * as z from 'zod';
import type { Alert } from '../domain/alert.ts';
import { Instant } from '../domain/primitives.ts';
import { plus } from '../domain/time.ts';
import { bodies, tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { TemporarilyUnavailable } from '../runtime/errors.ts';
import { log } from '../runtime/log.ts';
import { createAlertStore } from '../store/alerts.ts';
import { createRawBodyStore } from '../store/raw-bodies.ts';
import { candidateSearchOf } from './correlation.ts';
import { correlate } from './fold.ts';
import { readBody } from './intake.ts';

const env = readEnv(z.object({ ALERTS_TABLE: z.string().min(1), RAW_BUCKET: z.string().min(1) }));

/** Longer than the function may run: nobody takes the fence from one that is still at work. */
const FENCE_MS = 90_000;

/** A message from further ahead than clocks differ is correlated again when its time has come, if that is within a day. */
const LONGEST_WAIT_SECONDS = 86_400;

/** `asOf`: a drill on a past message, whose alerts are exercises, judged as of that moment. */
const TriageInput = z.object({
  rawDigest: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  asOf: Instant.nullable().default(null),
});

/** Folds the alerts of a kept message into events, one correlation at a time, and names the events that changed. */
export const handler = stateEntry(TriageInput, async ({ rawDigest, from, to, asOf }) => {
  const store = createAlertStore(tables(), env.ALERTS_TABLE);
  const { bytes, contentType } = await createRawBodyStore(bodies(), env.RAW_BUCKET).read(rawDigest);
  const { accepted } = await readBody(bytes, { contentType });
  // A drill on a message and the message itself are two correlations: they must not share the fence.
  const holder = `${rawDigest}/${from}/${asOf ?? ''}`;
  const at = now();
  if (!(await store.takeFence(holder, at, plus(at, FENCE_MS))))
    throw new TemporarilyUnavailable('another correlation is at work');
  const touched = new Map<string, string>();
  let waitSeconds = 0;
  for (const read of accepted.slice(from, to)) {
    const alert: Alert = asOf ? { ...read, status: 'Exercise' } : read;
    const found = correlate(alert, await store.candidates(candidateSearchOf(alert)), asOf ?? now());
    if (found.changed) {
      // As soon as the event knows the message, a repeat takes the message for a duplicate: it is kept before.
      if (found.decision !== 'duplicate')
        await store.keepAlert(found.event.eventId, alert, found.decision, found.reason);
      await store.saveChanged(found);
    }
    const ahead = (Date.parse(alert.sentAt) - Date.parse(asOf ?? now())) / 1000;
    if (found.decision === 'held' && !found.changed && ahead > 0) {
      log.warn('alert from the future', { rawDigest, place: alert.rawPlace, ahead });
      waitSeconds = Math.max(waitSeconds, Math.min(Math.ceil(ahead), LONGEST_WAIT_SECONDS));
    }
    // A repeat after a crash finds a duplicate where the first run changed an event: it is assessed all the same.
    if (found.decision !== 'stale' && found.decision !== 'held')
      touched.set(found.event.eventId, found.event.occurredAt);
  }
  await store.dropFence(holder);
  const oldestFirst = [...touched].sort((a, b) => a[1].localeCompare(b[1]) || a[0].localeCompare(b[0]));
  return { events: oldestFirst.map(([eventId]) => ({ eventId, asOf })), waitSeconds };
});
