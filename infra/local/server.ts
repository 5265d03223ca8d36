import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import * as z from 'zod';
import { PhoneNumber } from '../../functions/domain/primitives.ts';
import type { Role } from '../../functions/runtime/edge.ts';
import { type ApiReply, maxBodyBytes, problem } from './endpoints/http-api.ts';
import type { System } from './system.ts';

/** Another program listens there already. */
class PortInUse extends Error {
  override name = 'PortInUse';
}

export interface ServerOptions {
  port: number;
  /** Where the console's files lie, as an absolute path; what is not there is not served. */
  consoleDir: string;
}

export interface DeskServer {
  /** "http://localhost:3000". */
  url: string;
  close(): Promise<void>;
}

const InboundSms = z.strictObject({ from: PhoneNumber, text: z.string().min(1).max(1600) });

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.geojson': 'application/geo+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** The person at the desk of one machine may do everything, but not give the second approval too. */
const everyRole: Role[] = ['viewer', 'desk', 'approver', 'roster-admin', 'auditor'];
const tokenHours = 30 * 24;

const loopbackHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Serves a system to this machine alone: the API, the console, and under /local what only one machine has. Leaves
 * tokens good for thirty days in the data folder: `desk-token`, and `approver-token` of a second person. Throws PortInUse.
 */
export async function serve(system: System, { port, consoleDir }: ServerOptions): Promise<DeskServer> {
  const server = createServer((incoming, outgoing) => {
    void answer(system, consoleDir, incoming)
      .catch(() => problem(500, 'Failed', 'The request failed.'))
      .then(reply => send(incoming, outgoing, reply));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new PortInUse(`Port ${port} is in use; set PORT to another one.`)
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const { disk, token } = system;
  disk.keep('desk-token', await token({ name: 'Desk', groups: everyRole, hours: tokenHours }));
  disk.keep('approver-token', await token({ name: 'Approver', groups: ['approver'], hours: tokenHours }));
  const address = server.address();
  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(incoming: IncomingMessage, outgoing: ServerResponse, reply: ApiReply): void {
  outgoing.writeHead(reply.statusCode, {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...reply.headers,
    ...(reply.cookies.length > 0 && { 'set-cookie': reply.cookies }),
    'content-length': reply.body.length,
    // A body that was refused unread must not be taken for the next request.
    ...(reply.statusCode === 413 && { connection: 'close' }),
  });
  outgoing.end(incoming.method === 'HEAD' ? undefined : reply.body);
}

async function answer(system: System, consoleDir: string, incoming: IncomingMessage): Promise<ApiReply> {
  const { method = 'GET', url = '/' } = incoming;
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value!,
    ]),
  );
  // A page of another site whose name has been pointed at this machine must read nothing here.
  if (!loopbackHost.test(headers.host ?? '')) {
    return problem(403, 'Not here', 'This desk answers to localhost alone.');
  }
  const body = await readBody(incoming);
  if (!body) return problem(413, 'Body too large', `At most ${maxBodyBytes} bytes are taken.`);
  const [path = '/'] = url.split('?');
  if (path.startsWith('/local/') || path === '/.well-known/jwks.json') {
    return local(system, method, path, headers, body);
  }
  if (system.api.knows(path)) {
    const sourceIp = incoming.socket.remoteAddress ?? '127.0.0.1';
    return system.api.handle({ method, path: url, headers, body, sourceIp });
  }
  return staticFile(consoleDir, method, path);
}

/** The whole body; undefined as soon as it is larger than the gateway takes. */
function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    incoming.on('error', reject);
    incoming.on('end', () => resolve(Buffer.concat(parts)));
    incoming.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= maxBodyBytes) parts.push(part);
      else {
        incoming.pause();
        resolve(undefined);
      }
    });
  });
}

const json = (value: unknown, statusCode = 200): ApiReply => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  cookies: [],
  body: Buffer.from(`${JSON.stringify(value, null, 2)}\n`),
});

async function local(
  system: System,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Buffer,
): Promise<ApiReply> {
  switch (`${method} ${path}`) {
    case 'GET /local/health':
      return json({ status: 'ok', deadLetters: system.deadLetters().length });
    case 'GET /local/outbox':
      return json(system.outbox);
    case 'GET /local/jwks.json':
    case 'GET /.well-known/jwks.json':
      return json(await system.keySet());
    case 'POST /local/inbound-sms':
      return inboundSms(system, headers, body);
    default:
      return problem(404, 'Not found', 'There is nothing at this address.');
  }
}

async function inboundSms(system: System, headers: Record<string, string>, body: Buffer): Promise<ApiReply> {
  // A form of another site cannot send this type without being asked first, and is refused then.
  if (headers['content-type']?.split(';')[0]?.trim() !== 'application/json') {
    return problem(415, 'Wrong type', 'Send application/json.');
  }
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return problem(400, 'Not JSON', 'The body is not valid JSON.');
  }
  const read = InboundSms.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0]!;
    return problem(422, 'Not valid', `${issue.path.join('.') || 'body'}: ${issue.message}`);
  }
  const inboundMessageId = await system.inboundSms(read.data.from, read.data.text);
  return json({ inboundMessageId }, 202);
}

async function staticFile(consoleDir: string, method: string, path: string): Promise<ApiReply> {
  const missing = problem(404, 'Not found', 'There is nothing at this address.');
  if (method !== 'GET' && method !== 'HEAD') return missing;
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return missing;
  }
  const file = join(consoleDir, decoded.endsWith('/') ? `${decoded}index.html` : decoded);
  const type = contentTypes[extname(file)];
  if (file.startsWith(consoleDir + sep) && !decoded.includes('\0')) {
    if (type) {
      const found = await readIfThere(file);
      if (found) return page(found, type);
    }
    // An address of the console itself, such as a deployment's: its page finds the way.
    if (extname(file) === '' && !decoded.startsWith('/api/') && !decoded.startsWith('/a/')) {
      const index = await readIfThere(join(consoleDir, 'index.html'));
      if (index) return page(index, contentTypes['.html']!);
    }
  }
  return missing;
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (/^(ENOENT|EISDIR|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

const page = (body: Buffer, type: string): ApiReply => ({
  statusCode: 200,
  headers: { 'content-type': type, 'cache-control': 'no-cache' },
  cookies: [],
  body,
});
