import { type Refuse, refusalOf } from './hosts.ts';

/** One GET as a feed's configuration describes it. */
export type Request = {
  url: string;
  hosts: readonly string[];
  accept: string;
  contact: string | null;
  contentTypes: readonly string[];
  /** What the server said last time, so that it can answer "nothing new". */
  known: { etag: string | null; lastModified: string | null };
  timeoutMs: number;
  maxBytes: number;
};

/** How the outside is reached. */
export type Network = {
  get: typeof fetch;
  /** Which addresses may be asked. @default refusalOf; a test lets one server of its own through. */
  refuse?: Refuse;
  /** Ends everything that is under way. @default nothing does */
  until?: AbortSignal;
};

export type Fetched =
  | {
      outcome: 'body';
      bytes: Uint8Array;
      contentType: string;
      etag: string | null;
      lastModified: string | null;
    }
  | { outcome: 'not modified' }
  /** `retryAfter`: the header of a 429 or 503, as it stands. */
  | { outcome: 'failed'; reason: string; retryAfter: string | null };

const MAX_REDIRECTS = 3;
const DATA = /^(application|text)\/([\w.-]+\+)?(json|xml|geo\+json|ld\+json|plain|octet-stream)\s*(;|$)/i;
const PAGE = /^(text\/html|application\/xhtml\+xml)\s*(;|$)/i;
const PAGE_START = /^[\sï»¿]*<(!doctype\s+html|html)\b/i;
const COMMENTS = /<!--[\s\S]*?-->/g;

/** Feeds answer 200 with a page of HTML when they are down, whatever type they call it. */
const isPage = (bytes: Uint8Array): boolean =>
  PAGE_START.test(Buffer.from(bytes.subarray(0, 1_000)).toString('latin1').replace(COMMENTS, ''));

const userAgent = (contact: string | null): string =>
  `relief-dispatch/0.1 (disaster alert intake${contact ? `; ${contact}` : ''})`;

/** A header that is kept and sent back: a longer one than this names nothing. */
const mark = (response: Response, name: string): string | null => {
  const value = response.headers.get(name);
  return value !== null && value.length <= 300 ? value : null;
};

const failed = (reason: string, retryAfter: string | null = null): Fetched => ({
  outcome: 'failed',
  reason,
  retryAfter,
});

/** The decoded body, given up as soon as it grows over the limit: undefined. Leaving the loop closes the connection. */
async function readCapped(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const wrongType = (contentType: string, expected: readonly string[]): string | undefined => {
  const type = contentType.trim().toLowerCase();
  const shown = type.slice(0, 60);
  if (expected.length > 0)
    return expected.some(start => type.startsWith(start.toLowerCase())) ? undefined : `wrong type: ${shown}`;
  if (PAGE.test(type)) return 'HTML instead of data';
  return type === '' || DATA.test(type) ? undefined : `wrong type: ${shown}`;
};

/** What went wrong, in words; the code of the system beside it where there is one. */
const reasonOf = (error: unknown, { timeoutMs }: Request, answered: boolean): string => {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError' || name === 'AbortError')
    return `${answered ? 'not whole' : 'no answer'} within ${timeoutMs / 1000} s`;
  const code = cause?.code ? ` (${cause.code})` : '';
  if (answered) return `the answer broke off${code}`;
  return message === 'fetch failed' ? `not reachable${code}` : `${name}${code}`;
};

/** A body that nobody will read must not hold its connection. */
const leave = (response: Response): Promise<void> =>
  response.body ? response.body.cancel().catch(() => undefined) : Promise.resolve();

/** Asks one address, with its redirects inside the hosts and within one time limit for all of it. Never throws. */
export async function fetchBody(request: Request, network: Network): Promise<Fetched> {
  const { hosts, known, maxBytes } = request;
  const refuse = network.refuse ?? refusalOf;
  const limit = AbortSignal.timeout(request.timeoutMs);
  const signal = network.until ? AbortSignal.any([limit, network.until]) : limit;
  const headers = {
    accept: request.accept,
    'user-agent': userAgent(request.contact),
    ...(known.etag && { 'if-none-match': known.etag }),
    ...(known.lastModified && { 'if-modified-since': known.lastModified }),
  };
  let answered = false;
  try {
    let url = new URL(request.url);
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const refusal = refuse(url, hosts);
      if (refusal) return failed(hop === 0 ? refusal : `redirected: ${refusal}`);
      const response = await network.get(url, { headers, redirect: 'manual', signal });
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location) {
        await leave(response);
        if (!URL.canParse(location, url)) return failed('redirected to no address');
        url = new URL(location, url);
        continue;
      }
      answered = true;
      return await bodyOf(response, request.contentTypes, maxBytes);
    }
    return failed(`more than ${MAX_REDIRECTS} redirects`);
  } catch (error) {
    return failed(reasonOf(error, request, answered));
  }
}

async function bodyOf(response: Response, types: readonly string[], maxBytes: number): Promise<Fetched> {
  const { status, headers } = response;
  if (status !== 200) {
    await leave(response);
    if (status === 304) return { outcome: 'not modified' };
    return failed(`HTTP ${status}`, status === 429 || status === 503 ? headers.get('retry-after') : null);
  }
  const contentType = headers.get('content-type') ?? '';
  const tooLarge = `more than ${maxBytes} bytes`;
  const announced = headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0);
  const fault = wrongType(contentType, types) ?? (announced > maxBytes ? tooLarge : undefined);
  if (fault) {
    await leave(response);
    return failed(fault);
  }
  const bytes = await readCapped(response, maxBytes);
  if (!bytes) return failed(tooLarge);
  if (bytes.length === 0) return failed('an empty body');
  if (isPage(bytes)) return failed('HTML instead of data');
  const kept = { etag: mark(response, 'etag'), lastModified: mark(response, 'last-modified') };
  return { outcome: 'body', bytes, contentType: contentType.slice(0, 200), ...kept };
}
