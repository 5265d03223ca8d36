import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Place } from '../template.ts';

/** A route of the API. `authorised` routes take a bearer token of the desk. */
export interface Route {
  method: string;
  /** With parameters in braces: "/api/deployments/{id}". */
  path: string;
  functionName: string;
  authorised: boolean;
}

/** A request to the API. Header names are lower case. */
export interface ApiRequest {
  method: string;
  /** With its query. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** The claims of a caller who has been checked already; otherwise the bearer token is checked. */
  claims?: Record<string, unknown>;
  sourceIp?: string;
}

export interface ApiReply {
  statusCode: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
}

export interface HttpApiOptions {
  routes: Route[];
  place: Place;
  /** The claims of a good token; undefined for any other. */
  verify(token: string): Promise<Record<string, unknown> | undefined>;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Epoch milliseconds. */
  now(): number;
  newId(): string;
}

/** Ten megabytes: what the real gateway takes. */
export const maxBodyBytes = 10 * 1024 * 1024;

interface Found {
  route: Route;
  parameters: Record<string, string>;
}

/** API Gateway's HTTP API: finds the route, checks the token, makes the event of payload format 2.0 and reads the answer. */
export function createHttpApi(options: HttpApiOptions) {
  const routes = options.routes.map(route => ({ route, parts: route.path.split('/') }));

  /** All routes of a path; one with fewer parameters goes first, as in the real gateway. */
  function routesOf(path: string): Found[] {
    const parts = path.split('/');
    const found = routes.flatMap(({ route, parts: wanted }) => {
      const parameters = parametersOf(wanted, parts);
      return parameters ? [{ route, parameters }] : [];
    });
    return found.sort((a, b) => Object.keys(a.parameters).length - Object.keys(b.parameters).length);
  }

  return {
    /** True when a route of this path exists, whatever its method. */
    knows: (path: string): boolean => routesOf(path.split('?')[0]!).length > 0,

    async handle(request: ApiRequest): Promise<ApiReply> {
      const [path = '/'] = request.path.split('?');
      const candidates = routesOf(path);
      const found = candidates.find(({ route }) => route.method === request.method);
      if (candidates.length === 0) return problem(404, 'Not found', 'There is nothing at this address.');
      if (!found) {
        const allow = [...new Set(candidates.map(({ route }) => route.method))].join(', ');
        return problem(405, 'Wrong method', `This address takes ${allow}.`, { allow });
      }
      if (Buffer.byteLength(request.body ?? '') > maxBodyBytes) {
        return problem(413, 'Body too large', `At most ${maxBodyBytes} bytes are taken.`);
      }
      let claims: Record<string, unknown> | undefined;
      if (found.route.authorised) {
        claims = request.claims ?? (await bearerClaims(request));
        if (!claims) {
          return problem(401, 'Not signed in', 'This needs a valid bearer token.', {
            'www-authenticate': 'Bearer',
          });
        }
      }
      const event = eventOf(request, found, claims, options);
      try {
        return replyOf(await options.invoke(found.route.functionName, event));
      } catch {
        // As in the cloud: what went wrong stands in the function's log, the caller learns nothing of it.
        return json(500, { message: 'Internal Server Error' });
      }
    },
  };

  async function bearerClaims({ headers = {} }: ApiRequest) {
    const [, token] = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    return token ? options.verify(token) : undefined;
  }
}

function parametersOf(wanted: string[], parts: string[]): Record<string, string> | undefined {
  if (wanted.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const given = parts[index]!;
    if (part.startsWith('{')) {
      if (given === '') return undefined;
      try {
        parameters[part.slice(1, -1)] = decodeURIComponent(given);
      } catch {
        return undefined;
      }
    } else if (part !== given) return undefined;
  }
  return parameters;
}

/** The content types whose bodies arrive as text; every other, a form's too, arrives as base64. */
const textual = /^(text\/.+|application\/(json|javascript|xml)|.+\+(json|xml))$/;

function bodyOf(request: ApiRequest): Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'> {
  const bytes = Buffer.from(request.body ?? '');
  if (bytes.length === 0) return { isBase64Encoded: false };
  const type = (request.headers?.['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const text = bytes.toString('utf8');
  // Text that is not UTF-8 would be spoiled as a string.
  return textual.test(type) && Buffer.from(text).equals(bytes)
    ? { body: text, isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
}

function eventOf(
  request: ApiRequest,
  { route, parameters }: Found,
  claims: Record<string, unknown> | undefined,
  { place, now, newId }: HttpApiOptions,
): APIGatewayProxyEventV2 {
  const at = request.path.indexOf('?');
  const rawPath = at < 0 ? request.path : request.path.slice(0, at);
  const rawQueryString = at < 0 ? '' : request.path.slice(at + 1);
  const { cookie, ...headers } = request.headers ?? {};
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  const timeEpoch = now();
  const domainName = headers.host ?? 'localhost';
  return {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath,
    rawQueryString,
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(rawQueryString && { queryStringParameters: query }),
    ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
    requestContext: {
      accountId: place.account,
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0]!,
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: newId(),
      routeKey: `${route.method} ${route.path}`,
      stage: '$default',
      time: gatewayTime(timeEpoch),
      timeEpoch,
      ...(claims && { authorizer: { jwt: { claims: claimTexts(claims), scopes: null } } }),
    },
    ...bodyOf(request),
  } as APIGatewayProxyEventV2;
}

/** The gateway hands every claim on as text, a list as "[desk approver]". */
function claimTexts(claims: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
}

/** "23/Nov/2026:19:24:09 +0000", as access logs write it. */
function gatewayTime(epochMs: number): string {
  const [, day, month, year, time] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(epochMs).toUTCString())!;
  return `${day}/${month}/${year}:${time} +0000`;
}

function replyOf(answer: unknown): ApiReply {
  if (answer === null || typeof answer !== 'object' || !('statusCode' in answer)) return json(200, answer);
  const { statusCode, headers, cookies, body, isBase64Encoded } = answer as {
    statusCode: number;
    headers?: Record<string, string | number | boolean>;
    cookies?: string[];
    body?: string;
    isBase64Encoded?: boolean;
  };
  const named = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...Object.fromEntries(named) },
    cookies: cookies ?? [],
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}

const json = (statusCode: number, value: unknown, headers: Record<string, string> = {}): ApiReply => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  cookies: [],
  body: Buffer.from(JSON.stringify(value)),
});

/** A problem document (RFC 9457). */
export const problem = (
  status: number,
  title: string,
  detail: string,
  headers: Record<string, string> = {},
): ApiReply =>
  json(
    status,
    { type: 'about:blank', title, status, detail },
    {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
    },
  );
