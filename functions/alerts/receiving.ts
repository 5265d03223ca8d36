import type { Instant } from '../domain/primitives.ts';
import { startWorkflow } from '../runtime/workflow-calls.ts';
import type { RawBodyStore } from '../store/raw-bodies.ts';
import { digestOf } from './identity.ts';
import { type Reading, readBody } from './intake.ts';

/** Alerts that one execution of triage-alert correlates: some 50 × 15 ms, far within a function's minute. */
const ALERTS_A_TRIAGE = 50;

/**
 * Keeps a message whole, then starts the triage of its alerts. The execution's name is the message's digest, so that
 * the same bytes received again start nothing (`asOf` makes it a drill on a past message, judged as of then); kept first, so that a crash in between loses nothing: the sender tries again.
 */
export async function receiveMessage(
  bodies: RawBodyStore,
  triageArn: string,
  bytes: Uint8Array,
  contentType: string,
  asOf: Instant | null = null,
): Promise<Reading & { rawDigest: string }> {
  const rawDigest = digestOf(bytes);
  const reading = await readBody(bytes, { contentType });
  await bodies.keep(rawDigest, bytes, contentType || 'application/octet-stream');
  for (let from = 0; from < reading.accepted.length; from += ALERTS_A_TRIAGE) {
    const to = Math.min(from + ALERTS_A_TRIAGE, reading.accepted.length);
    const name = `${rawDigest.slice(0, 40)}-${from}${asOf ? `-drill-${Date.parse(asOf)}` : ''}`;
    await startWorkflow(triageArn, name, { rawDigest, from, to, asOf });
  }
  return { ...reading, rawDigest };
}
