/// <reference lib="dom" />

/** Who is signed in, as the token says; the API checks it, the screen only shows and hides by it. */
export type Person = { name: string; roles: string[] };

/** What the API answers to a refused request (RFC 9457). */
export type Refused = { status: number; title: string; detail: string; rule?: string };

/** An answer of the API; `lost` when none came, so that nobody knows whether the request was acted on. */
export type Answer<T> = { value: T; clockAhead: number } | { refused: Refused } | { lost: true };

const KEY = 'token';

/** Takes a token from the address ("/#token=…"), so that it is neither seen, kept in the history nor copied. */
export function takeTokenFromAddress(): void {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (!token) return;
  history.replaceState(null, '', '/#/situation');
  keepToken(decodeURIComponent(token));
}

/** Keeps a token for this tab; false when the text is none. */
export function keepToken(text: string): boolean {
  const token = text.trim().replace(/^Bearer\s+/i, '');
  if (!personOf(token)) return false;
  sessionStorage.setItem(KEY, token);
  return true;
}

export const forgetToken = (): void => sessionStorage.removeItem(KEY);

/** The person that a token names; undefined for a text that is no token. */
export function personOf(token: string | null): Person | undefined {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token ?? '')?.[1];
  if (!payload) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), c =>
      c.charCodeAt(0),
    );
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const groups = claims['cognito:groups'];
    return {
      name: String(claims.name ?? claims.username ?? claims.sub ?? 'nobody'),
      roles: Array.isArray(groups) ? groups.map(String) : [],
    };
  } catch {
    return undefined;
  }
}

export const person = (): Person | undefined => personOf(sessionStorage.getItem(KEY));

type Reply = { text: string; clockAhead: number };

/** Asks the API for a text, such as the raw body of a message: GET, or POST with a body. */
export async function askText(path: string, body?: unknown): Promise<Answer<string>> {
  const reply = await reach(path, body);
  return 'text' in reply ? { value: reply.text, clockAhead: reply.clockAhead } : reply;
}

/** Asks the API for JSON: GET, or POST with a body. */
export async function ask<T>(path: string, body?: unknown): Promise<Answer<T>> {
  const reply = await reach(path, body);
  if (!('text' in reply)) return reply;
  try {
    return { value: JSON.parse(reply.text) as T, clockAhead: reply.clockAhead };
  } catch {
    return { lost: true };
  }
}

async function reach(path: string, body: unknown): Promise<Reply | Exclude<Answer<never>, { value: never }>> {
  try {
    const reply = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${sessionStorage.getItem(KEY) ?? ''}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(15_000),
    });
    const text = await reply.text();
    if (!reply.ok) return { refused: refusedOf(reply.status, text) };
    const date = Date.parse(reply.headers.get('date') ?? '');
    return { text, clockAhead: Number.isNaN(date) ? 0 : date - Date.now() };
  } catch {
    return { lost: true };
  }
}

function refusedOf(status: number, text: string): Refused {
  try {
    const { title, detail, message, rule } = JSON.parse(text) as Record<string, unknown>;
    return {
      status,
      title: String(title ?? 'Refused'),
      detail: String(detail ?? message ?? ''),
      ...(rule !== undefined && { rule: String(rule) }),
    };
  } catch {
    return { status, title: `Refused (${status})`, detail: '' };
  }
}
