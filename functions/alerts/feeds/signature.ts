import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Channel } from './channel.ts';

/** A signed message is believed this long either side of its time: longer would let it be played again later. */
const WINDOW_SECONDS = 300;

const SenderId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** One sender of the webhook. */
const Sender = z.object({
  secret: z.string().min(32),
  /** Believed beside the new one while a sender changes over. */
  previousSecret: z.string().min(32).optional(),
  /** Sources that it may speak for, as `Channel.believes` has them. */
  believes: z.array(z.string().min(1)),
});
export type Sender = z.infer<typeof Sender>;

/** The senders of the secret, and the ids of those whose entry is not valid: one bad entry turns off nobody else. */
export type Senders = { known: ReadonlyMap<string, Sender>; faulty: string[] };

/** Reads the secret, `{"senders": {"<id>": {"secret", "previousSecret", "believes"}}}`. Throws, without its text, when it is no such JSON. */
export const sendersOf = (secret: string): Senders => {
  let entries: [string, unknown][];
  try {
    const { senders } = z.object({ senders: z.record(z.string(), z.unknown()) }).parse(JSON.parse(secret));
    entries = Object.entries(senders);
  } catch {
    throw new Error('the webhook secret is not JSON with "senders"');
  }
  const known = new Map<string, Sender>();
  const faulty: string[] = [];
  for (const [senderId, entry] of entries) {
    const read = Sender.safeParse(entry);
    if (read.success && SenderId.safeParse(senderId).success) known.set(senderId, read.data);
    else faulty.push(senderId.slice(0, 40));
  }
  return { known, faulty };
};

/** What a sender says of itself: the headers `x-relief-sender` and `x-relief-signature`, and the body. */
export type SignedBody = { senderId: string; signature: string; body: Uint8Array };

/** Who handed it in, or why that is not believed. An unknown sender and a wrong signature are one and the same. */
export type Checked = { channel: Channel } | { fault: 'malformed' | 'outside the window' | 'wrong' };

/** Signs for nobody: a message of an unknown sender is checked as long as one of a known sender. */
const nobody: Sender = { secret: randomBytes(32).toString('hex'), believes: [] };

/**
 * Checks `t=<epoch seconds>,v1=<hex>`, where v1 is the HMAC-SHA256 of "<t>.<sender>." and the body with the sender's
 * secret. Sender, time and body are signed together: none can be exchanged for another. A replay inside the window is
 * harmless, for the same bytes on the same way start nothing.
 */
export const checkSignature = (signed: SignedBody, senders: Senders, nowMs: number): Checked => {
  const { senderId, body } = signed;
  const parts = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signed.signature.trim());
  if (!parts || !SenderId.safeParse(senderId).success) return { fault: 'malformed' };
  const [, time, given] = parts as unknown as [string, string, string];
  if (Math.abs(nowMs / 1000 - Number(time)) > WINDOW_SECONDS) return { fault: 'outside the window' };
  const sender = senders.known.get(senderId) ?? nobody;
  const code = Buffer.from(given, 'hex');
  const isSignedWith = (secret: string): boolean =>
    timingSafeEqual(createHmac('sha256', secret).update(`${time}.${senderId}.`).update(body).digest(), code);
  // Both are always computed: how long it takes tells nothing of which sender there is or which secret was right.
  const byNew = isSignedWith(sender.secret);
  const byPrevious = isSignedWith(sender.previousSecret ?? nobody.secret);
  return (byNew || byPrevious) && sender !== nobody
    ? { channel: { channelId: `webhook/${senderId}`, believes: sender.believes } }
    : { fault: 'wrong' };
};
