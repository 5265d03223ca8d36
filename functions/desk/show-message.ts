import * as z from 'zod';
import { bodies } from '../runtime/clients.ts';
import { rawHttpEntry, requireRole } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { Problem } from '../runtime/errors.ts';
import { createRawBodyStore } from '../store/raw-bodies.ts';

const env = readEnv(z.object({ RAW_BUCKET: z.string().min(1) }));

/** Lambda answers 6 MB at most, and base64 makes four bytes of three. */
const MOST_BYTES = 4_000_000;

const kept = async (digest: string) => {
  try {
    return await createRawBodyStore(bodies(), env.RAW_BUCKET).read(digest);
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
};

/** The raw body of a message, byte for byte as it came; as plain text that no browser runs, since anyone could have sent it. */
export const handler = rawHttpEntry(async (event, caller) => {
  requireRole(caller, ['viewer', 'desk', 'approver', 'roster-admin', 'auditor']);
  const digest = event.pathParameters?.digest ?? '';
  const body = /^[0-9a-f]{64}$/.test(digest) ? await kept(digest) : undefined;
  if (!body) throw new Problem(404, 'No such message', `No message is kept under ${digest.slice(0, 80)}.`);
  if (body.bytes.length > MOST_BYTES)
    throw new Problem(
      413,
      'Too large',
      `The message has ${body.bytes.length} bytes; it is kept whole in the archive.`,
    );
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=31536000, immutable',
    },
    isBase64Encoded: true,
    body: Buffer.from(body.bytes).toString('base64'),
  };
});
