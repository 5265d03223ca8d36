import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { Instant } from '../domain/primitives.ts';
import { bodies } from '../runtime/clients.ts';
import { bodyBytes, rawHttpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { Problem } from '../runtime/errors.ts';
import { log } from '../runtime/log.ts';
import { rolesOfBearer, webhookSecret } from '../runtime/sender.ts';
import { createRawBodyStore } from '../store/raw-bodies.ts';
import type { Channel } from './feeds/channel.ts';
import { receiveMessage } from './feeds/receiving.ts';
import { checkSignature, sendersOf } from './feeds/signature.ts';

const name = z.string().min(1);
const env = readEnv(
  z.object({
    RAW_BUCKET: name,
    TRIAGE_ALERT_ARN: name,
    WEBHOOK_SECRET_ARN: name,
    TOKEN_ISSUER: name,
    TOKEN_AUDIENCE: name,
    TOKEN_KEYS_URL: z.url(),
  }),
);

/** A desk's drill on a past message: its alerts become exercises, judged as of this moment. */
const DRILL_HEADER = 'x-relief-drill-as-of';

/** Lambda takes 6 MB at most, and base64 makes three bytes four. */
const MAX_BYTES = 4_000_000;
const NO_FEED = /^(image|audio|video|multipart)\//i;
const MAY_HAND_IN = ['desk', 'approver'];

type By = { channel: Channel | null; who: string };

/** The sender of a signed body, on its own channel. */
async function sender(headers: APIGatewayProxyEventV2['headers'], body: Buffer): Promise<By> {
  const senders = sendersOf(await webhookSecret(env.WEBHOOK_SECRET_ARN));
  for (const senderId of senders.faulty) log.error('webhook sender not valid', { senderId });
  const signed = {
    senderId: headers['x-relief-sender']?.trim() ?? '',
    signature: headers['x-relief-signature'] ?? '',
    body,
  };
  const checked = checkSignature(signed, senders, Date.now());
  if ('channel' in checked) return { channel: checked.channel, who: checked.channel.channelId };
  const detail = `The sender or the signature is ${checked.fault}.`;
  throw new Problem(401, 'Signature not believed', detail, 'WEBHOOK-SIGNATURE');
}

/** Somebody of the desk, who answers for what they hand in: every source is believed. */
async function desk(headers: APIGatewayProxyEventV2['headers']): Promise<By> {
  const roles = await rolesOfBearer(headers.authorization, env);
  const role = MAY_HAND_IN.find(each => roles.includes(each));
  if (!role) throw new Problem(403, 'Not allowed', 'This needs the role desk.', 'ROLE');
  return { channel: null, who: role };
}

/** A raw feed body, from a sender who signs it or from the desk: kept whole, read, and handed to triage. */
export const handler = rawHttpEntry(async event => {
  const { headers } = event;
  const bytes = bodyBytes(event, MAX_BYTES);
  const asOf = headers[DRILL_HEADER] ?? null;
  if (asOf !== null && !Instant.safeParse(asOf).success)
    throw new Problem(422, 'Not valid', `${DRILL_HEADER}: not an ISO 8601 UTC time`);
  const isSigned = headers['x-relief-signature'] !== undefined && asOf === null;
  const { channel, who } = isSigned ? await sender(headers, bytes) : await desk(headers);
  const contentType = (headers['content-type'] ?? '').slice(0, 200);
  if (NO_FEED.test(contentType)) throw new Problem(415, 'Wrong type', `${contentType} is no alert feed.`);
  const kept = createRawBodyStore(bodies(), env.RAW_BUCKET);
  const reading = await receiveMessage(kept, env.TRIAGE_ALERT_ARN, { bytes, contentType, channel, asOf });
  const { rawDigest, format, accepted, ignored, rejected } = reading;
  log.info('alerts handed in', { who, rawDigest, format, accepted: accepted.length, drill: asOf !== null });
  if (reading.problem) throw new Problem(422, reading.problem.name, reading.problem.reason);
  return {
    statusCode: 202,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ digest: rawDigest, format, accepted: accepted.length, ignored, rejected }),
  };
});
