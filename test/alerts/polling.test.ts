import { afterEach, describe, expect, it, vi } from 'vitest';
import { Feed, pollFeed } from '../../functions/alerts/polling.ts';

const feed = Feed.parse({
  feedId: 'quakes',
  url: 'https://feeds.example/quakes.geojson',
  hosts: ['feeds.example', 'cdn.feeds.example'],
});
const nothingKnown = { etag: null, lastModified: null };

/** A network that answers in turn, and notes what it was asked. */
const network = (...answers: (Response | (() => Promise<Response>))[]) => {
  const asked: { url: string; headers: Headers; init: RequestInit }[] = [];
  const get = (async (url: URL, init: RequestInit = {}) => {
    asked.push({ url: String(url), headers: new Headers(init.headers), init });
    const answer = answers.shift();
    if (!answer) throw new Error('one request too many');
    return typeof answer === 'function' ? answer() : answer;
  }) as typeof fetch;
  return { get, asked };
};
const found = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Response(body, { status: 200, headers: { 'content-type': 'application/json', ...headers } });
const moved = (location: string, status = 302) => new Response(null, { status, headers: { location } });
const poll = (...answers: Parameters<typeof network>) =>
  pollFeed(feed, nothingKnown, network(...answers).get);

afterEach(() => vi.restoreAllMocks());

describe('polling a feed', () => {
  it('brings the body with what proves next time that nothing is new', async () => {
    const result = await poll(
      found('{"a":1}', { etag: 'W/"7"', 'last-modified': 'Mon, 02 Mar 2026 00:00:00 GMT' }),
    );
    expect(result).toEqual({
      outcome: 'news',
      bytes: Buffer.from('{"a":1}'),
      contentType: 'application/json',
      etag: 'W/"7"',
      lastModified: 'Mon, 02 Mar 2026 00:00:00 GMT',
    });
  });

  it('sends back both marks, and neither when it has none', async () => {
    const first = network(new Response(null, { status: 304 }));
    const known = { etag: 'W/"7"', lastModified: 'Mon, 02 Mar 2026 00:00:00 GMT' };
    expect(await pollFeed(feed, known, first.get)).toEqual({ outcome: 'nothing new' });
    const [{ headers, init }] = first.asked as [(typeof first.asked)[number]];
    expect(headers.get('if-none-match')).toBe('W/"7"');
    expect(headers.get('if-modified-since')).toBe('Mon, 02 Mar 2026 00:00:00 GMT');
    expect(headers.get('user-agent')).toContain('relief-dispatch');
    expect(init.redirect).toBe('manual');
    expect(init.signal).toBeInstanceOf(AbortSignal);
    const second = network(found('{}'));
    await pollFeed(feed, nothingKnown, second.get);
    expect(second.asked[0]?.headers.has('if-none-match')).toBe(false);
    expect(second.asked[0]?.headers.has('if-modified-since')).toBe(false);
  });

  it.each([
    [429, 'HTTP 429'],
    [500, 'HTTP 500'],
    [404, 'HTTP 404'],
    [204, 'HTTP 204'],
    [302, 'HTTP 302'],
  ])('fails on a status %i that is no answer', async (status, reason) => {
    expect(await poll(new Response(null, { status }))).toEqual({ outcome: 'failed', reason });
  });

  it('follows redirects among the hosts of the feed', async () => {
    const { get, asked } = network(
      moved('/v2/quakes.geojson', 301),
      moved('https://cdn.feeds.example/q', 307),
      found('{}'),
    );
    expect(await pollFeed(feed, nothingKnown, get)).toMatchObject({ outcome: 'news' });
    expect(asked.map(({ url }) => url)).toEqual([
      'https://feeds.example/quakes.geojson',
      'https://feeds.example/v2/quakes.geojson',
      'https://cdn.feeds.example/q',
    ]);
  });

  it.each([
    ['to another host', 'https://other.example/q', /other\.example, which is not one of its hosts/],
    ['to an address inside', 'https://169.254.169.254/latest', /169\.254\.169\.254/],
    ['to a host that only begins alike', 'https://feeds.example.other.example/q', /not one of its hosts/],
    ['to the same host without encryption', 'http://feeds.example/q', /which is not https/],
    ['to a file', 'file:///etc/passwd', /which is not https/],
    ['to nowhere', 'https://', /TypeError/],
  ])('does not follow one %s', async (_what, location, reason) => {
    const { get, asked } = network(moved(location));
    expect(await pollFeed(feed, nothingKnown, get)).toEqual({
      outcome: 'failed',
      reason: expect.stringMatching(reason),
    });
    expect(asked).toHaveLength(1);
  });

  it('gives up a redirect that leads back to itself', async () => {
    const { get, asked } = network(...Array.from({ length: 9 }, () => moved(feed.url)));
    expect(await pollFeed(feed, nothingKnown, get)).toEqual({
      outcome: 'failed',
      reason: 'more than 3 redirects',
    });
    expect(asked).toHaveLength(4);
  });

  it.each(['text/html', 'text/html; charset=utf-8', 'Text/HTML'])(
    'takes no page (%s) for data',
    async type => {
      expect(await poll(found('<html>maintenance</html>', { 'content-type': type }))).toEqual({
        outcome: 'failed',
        reason: 'HTML instead of data',
      });
    },
  );

  it('stops reading above 20 MB', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(1_000_000));
      },
    });
    expect(await poll(found(endless as unknown as BodyInit))).toEqual({
      outcome: 'failed',
      reason: 'more than 20000000 bytes',
    });
    expect(sent).toBeLessThan(25);
  });

  it('keeps nothing of a body that ends too soon', async () => {
    const cut = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from('{"features":['));
        controller.error(new TypeError('terminated'));
      },
    });
    expect(await poll(found(cut as unknown as BodyInit))).toEqual({ outcome: 'failed', reason: 'TypeError' });
  });

  it('names what the network did', async () => {
    const timeout = async () => Promise.reject(new DOMException('too slow', 'TimeoutError'));
    expect(await poll(timeout)).toEqual({ outcome: 'failed', reason: 'TimeoutError' });
    const unreachable = async () => Promise.reject(new TypeError('fetch failed'));
    expect(await poll(unreachable)).toEqual({ outcome: 'failed', reason: 'TypeError' });
  });

  it('gives the whole poll, redirects included, one time limit', async () => {
    const limit = vi.spyOn(AbortSignal, 'timeout');
    const { get, asked } = network(moved('/b'), found('{}'));
    await pollFeed(feed, nothingKnown, get);
    expect(limit).toHaveBeenCalledTimes(1);
    expect(asked[1]?.init.signal).toBe(asked[0]?.init.signal);
  });

  it('is configured with https and at least one host', () => {
    for (const wrong of [
      { ...feed, url: 'http://feeds.example/q' },
      { ...feed, url: 'quakes' },
      { ...feed, hosts: [] },
    ])
      expect(Feed.safeParse(wrong).success).toBe(false);
  });
});
