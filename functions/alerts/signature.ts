import { createHmac, timingSafeEqual } from 'node:crypto';

/** A signed message is believed this long after its time: longer would let it be played again later. */
const WINDOW_SECONDS = 300;

/** Why a signature is not believed; undefined when it is. */
export type SignatureFault = 'malformed' | 'outside the window' | 'wrong';

/**
 * Checks `t=<epoch seconds>,v1=<hex HMAC-SHA256 of "t.body">` as the webhook sends it in `x-relief-signature`. A replay
 * inside the window is harmless: the same bytes start nothing.
 */
export function signatureFault(
  header: string,
  body: Uint8Array,
  secret: string,
  nowMs: number,
): SignatureFault | undefined {
  const parts = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header.trim());
  if (!parts) return 'malformed';
  const [, time, given] = parts as unknown as [string, string, string];
  if (Math.abs(nowMs / 1000 - Number(time)) > WINDOW_SECONDS) return 'outside the window';
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(given, 'hex')) ? undefined : 'wrong';
}
