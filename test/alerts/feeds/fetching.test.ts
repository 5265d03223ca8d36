import { createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Fetched,
  fetchBody,
  type Network,
  type Request,
} from '../../../functions/alerts/feeds/fetching.ts';
import { gives, openServer } from './loopback.ts';

let server: Awaited<ReturnType<typeof openServer>>;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());
beforeEach(() => void server.asked.splice(0));

const ask = (path: string, request: Partial<Request> = {}, more: Partial<Network> = {}): Promise<Fetched> =>
  fetchBody(
    {
      url: `${server.origin}${path}`,
      hosts: ['feeds.example'],
      accept: 'application/json',
      contact: null,
      contentTypes: [],
      known: { etag: null, lastModified: null },
      timeoutMs: 2_000,
      maxBytes: 100_000,
      ...request,
    },
    server.network(more),
  );
const failed = (reason: string | RegExp) => ({
  outcome: 'failed',
  reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
  retryAfter: null,
});

describe('a body that comes as it should', () => {
  it('is brought whole, with the marks that prove next time that nothing is new', async () => {
    const marks = { etag: 'W/"7"', 'last-modified': 'Mon, 02 Mar 2026 00:00:00 GMT' };
    server.on('/good', gives('{"a":1}', marks));
    expect(await ask('/good')).toEqual({
      outcome: 'body',
      bytes: Buffer.from('{"a":1}'),
      contentType: 'application/json',
      etag: 'W/"7"',
      lastModified: 'Mon, 02 Mar 2026 00:00:00 GMT',
    });
    expect(server.asked[0]?.headers).not.toHaveProperty('if-none-match');
    expect(server.asked[0]?.headers).not.toHaveProperty('if-modified-since');
  });

  it('is asked for with those marks, the type that is wanted, and who asks', async () => {
    server.on('/304', (_request, response) => void response.writeHead(304).end());
    const known = { etag: 'W/"7"', lastModified: 'Mon, 02 Mar 2026 00:00:00 GMT' };
    expect(await ask('/304', { known, contact: 'feeds@relief.example' })).toEqual({
      outcome: 'not modified',
    });
    expect(server.asked[0]?.headers).toMatchObject({
      'if-none-match': 'W/"7"',
      'if-modified-since': 'Mon, 02 Mar 2026 00:00:00 GMT',
      accept: 'application/json',
      'user-agent': 'relief-dispatch/0.1 (disaster alert intake; feeds@relief.example)',
    });
  });

  it('is unpacked, and counted as unpacked', async () => {
    server.on('/gzip', gives(gzipSync('{"a":1}'), { 'content-encoding': 'gzip' }));
    expect(await ask('/gzip')).toMatchObject({ outcome: 'body', bytes: Buffer.from('{"a":1}') });
  });

  it.each([
    'application/geo+json',
    'application/vnd.geo+json; charset=utf-8',
    'application/cap+xml',
    'text/xml;charset=UTF-8',
    'Application/RSS+XML',
    'text/plain',
    'application/octet-stream',
  ])('may be called %s', async type => {
    server.on('/type', gives('<a/>', { 'content-type': type }));
    expect(await ask('/type')).toMatchObject({ outcome: 'body', contentType: type });
  });

  it('drops a mark that is too long to keep', async () => {
    server.on('/mark', gives('{}', { etag: `"${'x'.repeat(400)}"` }));
    expect(await ask('/mark')).toMatchObject({ outcome: 'body', etag: null });
  });
});

describe('a server that is slow', () => {
  it('is given up when it sends no headers', async () => {
    server.on('/slow', () => {});
    expect(await ask('/slow', { timeoutMs: 40 })).toEqual(failed('no answer within 0.04 s'));
  });

  it('is given up when the body drips, however steadily', async () => {
    let drops = 0;
    server.on('/drip', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => {
        drops += 1;
        response.write(' ');
      }, 10);
      response.on('close', () => clearInterval(drip));
    });
    expect(await ask('/drip', { timeoutMs: 150 })).toEqual(failed('not whole within 0.15 s'));
    expect(drops).toBeGreaterThan(0);
  });

  it('has one time limit for all redirects together', async () => {
    for (const n of [0, 1, 2])
      server.on(`/hop${n}`, (_request, response) => {
        setTimeout(() => response.writeHead(302, { location: `/hop${n + 1}` }).end(), 30);
      });
    expect(await ask('/hop0', { timeoutMs: 50 })).toEqual(failed('no answer within 0.05 s'));
  });

  it('is left at once when everything has to end', async () => {
    server.on('/slow', () => {});
    const until = AbortSignal.timeout(30);
    expect(await ask('/slow', {}, { until })).toEqual(failed(/^no answer within/));
  });
});

describe('a body that breaks off', () => {
  it('is none: fewer bytes than announced', async () => {
    server.on('/short', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"features":[', () => response.destroy());
    });
    expect(await ask('/short')).toEqual(failed(/^the answer broke off/));
  });

  it('is none: the connection is reset in the middle', async () => {
    server.on('/reset', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"features":[', () => response.socket?.resetAndDestroy());
    });
    expect(await ask('/reset')).toEqual(failed(/^the answer broke off/));
  });

  it('is none: reset before any answer', async () => {
    server.on('/gone', (_request, response) => void response.socket?.resetAndDestroy());
    expect(await ask('/gone')).toEqual(failed(/^not reachable \((UND_ERR_SOCKET|ECONNRESET)\)/));
  });

  it('is none: a packed body that is no packed body', async () => {
    server.on('/packed', gives('{"a":1}', { 'content-encoding': 'gzip' }));
    expect(await ask('/packed')).toEqual(failed(/^the answer broke off/));
  });

  it('is none: empty', async () => {
    server.on('/empty', gives(''));
    expect(await ask('/empty')).toEqual(failed('an empty body'));
  });
});

describe('a body that is too large', () => {
  const megabyte = Buffer.alloc(1_000_000, ' ');

  it('is given up before its first byte when it says so', async () => {
    const left = new Promise<void>(resolve => {
      server.on('/announced', (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '50000000' });
        response.on('close', resolve).flushHeaders();
      });
    });
    expect(await ask('/announced')).toEqual(failed('more than 100000 bytes'));
    await left;
  });

  it.each(['/fifty-megabytes', '/endless'])('is given up as soon as it is (%s)', async path => {
    let sent = 0;
    const closed = new Promise<void>(resolve => {
      server.on(path, (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const send = () => {
          if (response.destroyed) return;
          if (path !== '/endless' && sent >= 50) return void response.end();
          sent += 1;
          if (response.write(megabyte)) setImmediate(send);
          else response.once('drain', send);
        };
        response.on('close', resolve);
        send();
      });
    });
    expect(await ask(path)).toEqual(failed('more than 100000 bytes'));
    await closed;
    expect(sent).toBeLessThan(20);
  });

  it('is measured unpacked: a bomb of 20 kB with 20 MB in it', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));
    expect(bomb.length).toBeLessThan(25_000);
    server.on('/bomb', gives(bomb, { 'content-encoding': 'gzip' }));
    expect(await ask('/bomb')).toEqual(failed('more than 100000 bytes'));
  });

  describe('and lies about it', () => {
    let liar: Server;
    const sockets = new Set<Socket>();
    beforeAll(async () => {
      liar = createServer(socket => {
        sockets.add(socket.on('error', () => {}));
        socket.once('data', () =>
          socket.write(
            `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}${' '.repeat(200_000)}`,
          ),
        );
      });
      await new Promise<void>(resolve => liar.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => {
      for (const socket of sockets) socket.destroy();
      liar.close();
    });

    it('is read as far as it was announced, and no further', async () => {
      const { port } = liar.address() as { port: number };
      const network = { get: fetch, refuse: () => null };
      const request = { url: `http://127.0.0.1:${port}/`, timeoutMs: 500 };
      const fetched = await fetchBody(
        {
          hosts: [],
          accept: '*/*',
          contact: null,
          contentTypes: [],
          known: { etag: null, lastModified: null },
          maxBytes: 100,
          ...request,
        },
        network,
      );
      expect(fetched.outcome === 'body' ? fetched.bytes.length : JSON.stringify(fetched)).toSatisfy(
        (seen: unknown) => seen === 2 || String(seen).includes('the answer broke off'),
      );
    });
  });
});

describe('an answer that is no data', () => {
  it.each([
    [500, 'HTTP 500'],
    [404, 'HTTP 404'],
    [403, 'HTTP 403'],
    [204, 'HTTP 204'],
    [206, 'HTTP 206'],
    [302, 'HTTP 302'],
  ])('is status %i', async (status, reason) => {
    server.on('/status', (_request, response) => void response.writeHead(status).end());
    expect(await ask('/status')).toEqual(failed(reason));
  });

  it.each([429, 503])('is status %i, which says when to come again', async status => {
    server.on('/later', gives('', { 'retry-after': '120' }, status));
    expect(await ask('/later')).toEqual({ ...failed(`HTTP ${status}`), retryAfter: '120' });
  });

  it.each(['text/html', 'Text/HTML; charset=utf-8', 'application/xhtml+xml'])(
    'is a page by its type (%s)',
    async type => {
      server.on('/page', gives('{}', { 'content-type': type }));
      expect(await ask('/page')).toEqual(failed('HTML instead of data'));
    },
  );

  it.each([
    '<!DOCTYPE html><title>Maintenance</title>',
    '\n  <!doctype HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">',
    '\ufeff<html lang="en">',
    '<!-- cached --><!-- twice --> <HTML>',
  ])('is a page by its content: %s', async page => {
    server.on('/page', gives(page, { 'content-type': 'application/xml' }));
    expect(await ask('/page')).toEqual(failed('HTML instead of data'));
  });

  it('is not made slow by a page of comments', async () => {
    server.on('/comments', gives('<!---->'.repeat(10_000), { 'content-type': 'application/xml' }));
    expect(await ask('/comments')).toMatchObject({ outcome: 'body' });
  });

  it.each(['image/png', 'application/zip', 'application/pdf', 'video/mp4', 'multipart/mixed; boundary=x'])(
    'is of the type %s',
    async type => {
      server.on('/type', gives('x', { 'content-type': type }));
      expect(await ask('/type')).toEqual(failed(`wrong type: ${type}`));
    },
  );

  it('is of another type than the feed is served with', async () => {
    const contentTypes = ['application/atom+xml', 'text/html'];
    server.on('/hinted', gives('{}'));
    expect(await ask('/hinted', { contentTypes })).toEqual(failed('wrong type: application/json'));
    server.on('/hinted', gives('<feed/>', { 'content-type': 'text/html' }));
    expect(await ask('/hinted', { contentTypes })).toMatchObject({ outcome: 'body' });
  });
});

describe('a redirect', () => {
  const moved = (location: string, status = 302) =>
    server.on('/moved', (_request, response) => void response.writeHead(status, { location }).end());

  it('is followed inside the hosts of the feed', async () => {
    moved('/there', 301);
    server.on('/there', gives('{}'));
    expect(await ask('/moved')).toMatchObject({ outcome: 'body' });
    expect(server.asked.map(({ path }) => path)).toEqual(['/moved', '/there']);
  });

  it.each([
    ['to another host', 'https://other.example/q', 'other.example is not one of its hosts'],
    [
      'to a host that begins alike',
      'https://feeds.example.other.example/',
      'feeds.example.other.example is not one',
    ],
    ['to its host without encryption', 'http://feeds.example/q', 'http:// is not https'],
    ['to another port of its host', 'https://feeds.example:8443/', 'port 8443 is not the one of https'],
    ['with a password', 'https://a:b@feeds.example/', 'the address carries a password'],
    ['to an address inside', 'https://169.254.169.254/latest/meta-data', '169.254.169.254 is no public name'],
    ['to this machine', 'https://localhost/', 'localhost is no public name'],
    ['to this machine in disguise', 'https://0x7f.1/', '127.0.0.1 is no public name'],
    ['to this machine in IPv6', 'https://[::ffff:127.0.0.1]/', '[::ffff:7f00:1] is no public name'],
    ['to a file', 'file:///etc/passwd', 'file:// is not https'],
    ['to nowhere', 'https://', 'to no address'],
  ])('is not followed %s', async (_what, location, reason) => {
    moved(location);
    const { reason: said } = (await ask('/moved')) as { reason: string };
    expect(said).toMatch(/^redirected/);
    expect(said).toContain(reason);
    expect(server.asked).toHaveLength(1);
  });

  it('is given up when it goes round in a circle', async () => {
    moved('/moved');
    expect(await ask('/moved')).toEqual(failed('more than 3 redirects'));
    expect(server.asked).toHaveLength(4);
  });
});

it('asks no address that the rule forbids, and says what it is', async () => {
  const fetched = await ask('/good', {}, { refuse: () => 'it is Sunday' });
  expect(fetched).toEqual(failed('it is Sunday'));
  expect(server.asked).toEqual([]);
});
