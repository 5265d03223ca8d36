import * as z from 'zod';
import { Instant } from '../domain/primitives.ts';
import { bodies } from '../runtime/clients.ts';
import { bodyBytes, rawHttpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { Problem } from '../runtime/errors.ts';
import { rolesOfBearer, webhookSecret } from '../runtime/sender.ts';
import { createRawBodyStore } from '../store/raw-bodies.ts';
import { receiveMessage } from './receiving.ts';
import { signatureFault } from './signature.ts';

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

/** A raw feed body, from a sender who signs it or from the desk: kept whole, read, and handed to triage. */
export const handler = rawHttpEntry(async event => {
  const { headers } = event;
  const bytes = bodyBytes(event, MAX_BYTES);
  const asOf = headers[DRILL_HEADER] ?? null;
  if (asOf !== null && !Instant.safeParse(asOf).success)
    throw new Problem(422, 'Not valid', `${DRILL_HEADER}: not an ISO 8601 UTC time`);
  const signature = headers['x-relief-signature'];
  if (signature && asOf === null) {
    const fault = signatureFault(signature, bytes, await webhookSecret(env.WEBHOOK_SECRET_ARN), Date.now());
    if (fault)
      throw new Problem(401, 'Signature not believed', `The signature is ${fault}.`, 'WEBHOOK-SIGNATURE');
  } else if (
    !(await rolesOfBearer(headers.authorization, env)).some(role => role === 'desk' || role === 'approver')
  )
    throw new Problem(403, 'Not allowed', 'This needs the role desk.', 'ROLE');
  const contentType = headers['content-type'] ?? '';
  if (NO_FEED.test(contentType)) throw new Problem(415, 'Wrong type', `${contentType} is no alert feed.`);
  const reading = await receiveMessage(
    createRawBodyStore(bodies(), env.RAW_BUCKET),
    env.TRIAGE_ALERT_ARN,
    bytes,
    contentType,
    asOf,
  );
  if (reading.problem) throw new Problem(422, reading.problem.name, reading.problem.reason);
  const { rawDigest, format, accepted, ignored, rejected } = reading;
  return {
    statusCode: 202,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ digest: rawDigest, format, accepted: accepted.length, ignored, rejected }),
  };
});
