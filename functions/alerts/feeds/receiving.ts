import type { Instant } from '../../domain/primitives.ts';
import { startWorkflow } from '../../runtime/workflow-calls.ts';
import type { RawBodyStore } from '../../store/raw-bodies.ts';
import { digestOf, statementOf } from '../events/identity.ts';
import { type Reading, readBody } from '../intake.ts';
import type { Channel } from './channel.ts';

/** Alerts that one execution of triage-alert correlates: some 50 × 15 ms, far within a function's minute. */
const ALERTS_A_TRIAGE = 50;

/** A body as it came in. */
export type Received = {
  bytes: Uint8Array;
  contentType: string;
  /** The way on which it came; null when the desk handed it in. */
  channel: Channel | null;
  /** Makes it a drill on a past message, judged as of then. */
  asOf?: Instant | null;
  /** Statements that need no triage any more, because this way has brought them twice. */
  settled?: ReadonlySet<string>;
};

/**
 * The name of an execution, at most 80 characters: the same bytes on the same way start nothing twice. On another way they
 * start another one, so that nobody can use up the name of a feed's message by handing in its bytes first; and so does a
 * way that is believed in more, or less, than before.
 */
const executionName = (
  { channel, asOf }: Received,
  rawDigest: string,
  indexes: readonly number[],
): string => {
  const way = channel
    ? digestOf(JSON.stringify([channel.channelId, ...channel.believes])).slice(0, 12)
    : 'desk';
  const part = `${indexes[0]}-${digestOf(indexes.join()).slice(0, 6)}`;
  return `${rawDigest.slice(0, 32)}-${way}-${part}${asOf ? `-drill-${Date.parse(asOf)}` : ''}`;
};

/**
 * Keeps a message whole, then starts the triage of its alerts: kept first, so that a crash in between loses nothing, for
 * the sender tries again. The input says all that reading it again needs; the kept content type may be another's.
 */
export async function receiveMessage(
  bodies: RawBodyStore,
  triageArn: string,
  received: Received,
): Promise<Reading> {
  const { bytes, contentType, channel, asOf = null, settled } = received;
  const reading = await readBody(bytes, { contentType, channel });
  const { rawDigest } = reading;
  await bodies.keep(rawDigest, bytes, contentType || 'application/octet-stream');
  const news = reading.accepted.flatMap((alert, index) => (settled?.has(statementOf(alert)) ? [] : [index]));
  for (let from = 0; from < news.length; from += ALERTS_A_TRIAGE) {
    const indexes = news.slice(from, from + ALERTS_A_TRIAGE);
    const input = { rawDigest, contentType, channel, indexes, asOf };
    await startWorkflow(triageArn, executionName(received, rawDigest, indexes), input);
  }
  return reading;
}
