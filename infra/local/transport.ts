import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import {
  type Endpoint,
  faultReply,
  operationOf,
  type Reply,
  type ServiceFault,
  type ServiceName,
  serviceNames,
  type Wire,
} from './wire.ts';

/** Which invocation makes a call. Once it has ended, its calls are left over: nobody waits for them. */
export interface Invocation {
  functionName: string;
  requestId: string;
  /** How many calls it has made. */
  calls: number;
  ended: boolean;
}

/** One call of a function to a service. */
export interface Call {
  /** Counted from 1 over the life of the system. */
  k: number;
  service: ServiceName;
  operation: string;
  /** Null when the call came through a socket, which does not tell. */
  functionName: string | null;
  /** The place of the call among those of its invocation, from 1; 0 when unknown. */
  ordinal: number;
}

/** What happens to a call instead of its being served. A crash takes the whole system with it. */
export type Fault = 'crash-before' | 'crash-after' | ServiceFault;

/** Looks at every call before it is served and may spoil it. */
export type CallHook = (call: Call) => Fault | undefined;

export interface TransportOptions {
  endpoints: Record<ServiceName, Endpoint>;
  /** @default none: every call is served */
  onCall?: CallHook | undefined;
  /** Told at the very call with which the system dies. */
  onCrash(call: Call): void;
}

/** Carries the calls of functions to the services. */
export interface Transport {
  send(service: ServiceName, request: Wire, invocation: Invocation | undefined): Promise<Reply>;
  /** The calls so far. */
  readonly calls: number;
  /** Calls that came after the end of their invocation: work that Lambda would freeze or lose. */
  readonly leftOver: number;
  /** From now on no call is served, and none ever answered: the process that waits is gone. */
  die(): void;
}

const never = <T>(): Promise<T> => new Promise(() => {});

export function createTransport({ endpoints, onCall, onCrash }: TransportOptions): Transport {
  let calls = 0;
  let leftOver = 0;
  let dead = false;

  async function send(service: ServiceName, request: Wire, invocation: Invocation | undefined) {
    if (dead) return never<Reply>();
    calls += 1;
    if (invocation) invocation.calls += 1;
    if (invocation?.ended) leftOver += 1;
    const call: Call = {
      k: calls,
      service,
      operation: operationOf(service, request),
      functionName: invocation?.functionName ?? null,
      ordinal: invocation?.calls ?? 0,
    };
    const fault = onCall?.(call);
    if (fault === 'throttle' || fault === 'error-500') return faultReply(service, fault);
    if (fault === 'crash-before' || fault === 'crash-after') {
      dead = true;
      if (fault === 'crash-after') await endpoints[service](request);
      onCrash(call);
      return never<Reply>();
    }
    const reply = await endpoints[service](request);
    return dead ? never<Reply>() : reply;
  }

  return {
    send,
    get calls() {
      return calls;
    },
    get leftOver() {
      return leftOver;
    },
    die() {
      dead = true;
    },
  };
}

/** The request of the SDK as it hands it to its HTTP handler. */
interface SdkRequest {
  method: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

/** A request handler for an SDK client that needs no socket: `send` gets the bytes that would have gone out. */
export function requestHandler(send: (request: Wire) => Promise<Reply>) {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request: SdkRequest) {
      const reply = await send({
        method: request.method,
        path: request.path + queryOf(request.query),
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: await bytesOf(request.body),
      });
      const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
      return {
        response: {
          statusCode: reply.status,
          headers: reply.headers,
          body: body.length === 0 ? Readable.from([]) : Readable.from([body], { objectMode: false }),
        },
      };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
}

function queryOf(query: SdkRequest['query'] = {}): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value ?? '']) form.append(name, each);
  }
  const text = form.toString();
  return text && `?${text}`;
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  // The SDK's own subclass of Uint8Array warns when it is read as text.
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Uint8Array>) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** A server on the loopback that serves the same services by the same bytes, for clients that know AWS_ENDPOINT_URL. */
export interface LoopbackServices {
  /** Such as "http://127.0.0.1:40001". */
  url: string;
  close(): Promise<void>;
}

/** Which service is meant stands in the scope of the signature: "Credential=KEY/DATE/REGION/sns/aws4_request". */
function serviceOf(authorization = ''): ServiceName | undefined {
  const [, scope] = /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(authorization) ?? [];
  return serviceNames.find(name => name === scope);
}

export async function serveLoopback(
  send: (service: ServiceName, request: Wire) => Promise<Reply>,
): Promise<LoopbackServices> {
  const server: Server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', part => parts.push(part));
    incoming.on('end', async () => {
      const service = serviceOf(incoming.headers.authorization);
      if (!service) {
        outgoing.writeHead(403).end('The request is not signed for a service that is served here');
        return;
      }
      try {
        const reply = await send(service, {
          method: incoming.method ?? 'GET',
          path: incoming.url ?? '/',
          headers: incoming.headers as Record<string, string>,
          body: Buffer.concat(parts),
        });
        outgoing.writeHead(reply.status, reply.headers).end(reply.body);
      } catch {
        const { status, headers, body } = faultReply(service, 'error-500');
        outgoing.writeHead(status, headers).end(body);
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
