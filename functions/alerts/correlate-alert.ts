import * as z from 'zod';
import { MergeDecision } from '../domain/event.ts';
import { Instant } from '../domain/primitives.ts';
import { plus } from '../domain/time.ts';
import { bodies, tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { TemporarilyUnavailable } from '../runtime/errors.ts';
import { log } from '../runtime/log.ts';
import { type AlertStore, createAlertStore } from '../store/alerts.ts';
import { createRawBodyStore } from '../store/raw-bodies.ts';
import { correlateStored, decideStored } from './events/correlating.ts';
import { digestOf } from './events/identity.ts';
import { Channel } from './feeds/channel.ts';
import { readBody } from './intake.ts';

const env = readEnv(z.object({ ALERTS_TABLE: z.string().min(1), RAW_BUCKET: z.string().min(1) }));

/** Longer than the function may run: nobody takes the fence from one that is still at work. */
const FENCE_MS = 90_000;

/** A message from further ahead than clocks differ is correlated again when its time has come, if that is within a day. */
const LONGEST_WAIT_SECONDS = 86_400;

/** Some alerts of a kept message; `asOf`: a drill on a past one, whose alerts are exercises, judged as of that moment. */
const Message = z.object({
  rawDigest: z.string(),
  contentType: z.string(),
  channel: Channel.nullable(),
  /** Which of its accepted alerts. */
  indexes: z.array(z.number().int().nonnegative()),
  asOf: Instant.nullable().default(null),
});

/** What a person decided about what some events are made of. */
const Decided = z.object({ eventIds: z.array(z.string()).min(1), decisions: z.array(MergeDecision).min(1) });

type Touched = { eventId: string; occurredAt: string };

const correlateMessage = async (store: AlertStore, message: z.infer<typeof Message>) => {
  const { rawDigest, contentType, channel, indexes, asOf } = message;
  const { bytes } = await createRawBodyStore(bodies(), env.RAW_BUCKET).read(rawDigest);
  const { accepted } = await readBody(bytes, { contentType, channel });
  const touched: Touched[] = [];
  let waitSeconds = 0;
  for (const read of indexes.flatMap(index => accepted[index] ?? [])) {
    const at = asOf ?? now();
    const found = await correlateStored(store, asOf ? { ...read, status: 'Exercise' } : read, at);
    if (!found.event) {
      const ahead = (Date.parse(read.sentAt) - Date.parse(at)) / 1000;
      log.warn('alert from the future', { rawDigest, place: read.rawPlace, ahead });
      waitSeconds = Math.max(waitSeconds, Math.min(Math.ceil(ahead), LONGEST_WAIT_SECONDS));
    } else if (found.decision !== 'stale' && found.decision !== 'held') {
      // A repeat after a crash finds a duplicate where the first run changed events: they are assessed all the same.
      touched.push(...found.after);
    }
  }
  return { touched, waitSeconds, asOf };
};

/** Folds messages into events, or sorts events anew after a decision, one at a time, and names the events to be assessed. */
export const handler = stateEntry(z.union([Message, Decided]), async input => {
  const store = createAlertStore(tables(), env.ALERTS_TABLE);
  // A drill on a message and the message itself are two correlations: they must not share the fence.
  const holder = digestOf(JSON.stringify(input));
  const at = now();
  if (!(await store.takeFence(holder, at, plus(at, FENCE_MS))))
    throw new TemporarilyUnavailable('another correlation is at work');
  const { touched, waitSeconds, asOf } =
    'decisions' in input
      ? {
          touched: await decideStored(store, input.eventIds, input.decisions, at),
          waitSeconds: 0,
          asOf: null,
        }
      : await correlateMessage(store, input);
  await store.dropFence(holder);
  const times = new Map<string, string>(touched.map(event => [event.eventId, event.occurredAt]));
  const oldestFirst = [...times].sort((a, b) => a[1].localeCompare(b[1]) || a[0].localeCompare(b[0]));
  return { events: oldestFirst.map(([eventId]) => ({ eventId, asOf })), waitSeconds };
});
