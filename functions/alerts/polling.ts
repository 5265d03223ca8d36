import * as z from 'zod';

/** One feed to poll, as the configuration gives it. */
export const Feed = z.object({
  feedId: z.string(),
  url: z.url({ protocol: /^https$/ }),
  hosts: z.array(z.string()).min(1),
});
export type Feed = z.infer<typeof Feed>;

/** What a poll brought. */
export type Poll =
  | {
      outcome: 'news';
      bytes: Uint8Array;
      contentType: string;
      etag: string | null;
      lastModified: string | null;
    }
  | { outcome: 'nothing new' }
  | { outcome: 'failed'; reason: string };

type Known = { etag: string | null; lastModified: string | null };

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 20_000_000;
const MAX_REDIRECTS = 3;
const USER_AGENT = 'relief-dispatch/0.1 (disaster alert intake)';

/** The body, given up as soon as it grows over the limit. */
async function readCapped(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Asks a feed for news since the last poll. Follows redirects inside the feed's hosts only; never throws. */
export async function pollFeed(feed: Feed, known: Known, get: typeof fetch): Promise<Poll> {
  let url = new URL(feed.url);
  const headers = {
    'user-agent': USER_AGENT,
    ...(known.etag && { 'if-none-match': known.etag }),
    ...(known.lastModified && { 'if-modified-since': known.lastModified }),
  };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      if (url.protocol !== 'https:')
        return { outcome: 'failed', reason: `redirected to ${url.protocol}//, which is not https` };
      if (!feed.hosts.includes(url.hostname))
        return { outcome: 'failed', reason: `redirected to ${url.hostname}, which is not one of its hosts` };
      const response = await get(url, { headers, redirect: 'manual', signal });
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location) {
        url = new URL(location, url);
        continue;
      }
      if (response.status === 304) return { outcome: 'nothing new' };
      if (response.status !== 200) return { outcome: 'failed', reason: `HTTP ${response.status}` };
      const contentType = response.headers.get('content-type') ?? '';
      if (contentType.toLowerCase().startsWith('text/html'))
        return { outcome: 'failed', reason: 'HTML instead of data' };
      const bytes = await readCapped(response);
      if (!bytes) return { outcome: 'failed', reason: `more than ${MAX_BYTES} bytes` };
      return {
        outcome: 'news',
        bytes,
        contentType,
        etag: response.headers.get('etag'),
        lastModified: response.headers.get('last-modified'),
      };
    }
    return { outcome: 'failed', reason: `more than ${MAX_REDIRECTS} redirects` };
  } catch (error) {
    return { outcome: 'failed', reason: error instanceof Error ? error.name : 'Error' };
  }
}
