import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import { asDomainError, InvalidInput, isTransient, Problem } from './errors.ts';
import { log, withoutPersonalData } from './log.ts';

/** `place: what is wrong` of the first issue, as people read it. */
export const firstIssue = (error: z.ZodError): string => {
  const issue = error.issues[0];
  return `${issue?.path.length ? issue.path.join('.') : 'input'}: ${issue?.message ?? 'not valid'}`;
};

/** The error with a text that may be kept: Lambda logs what a handler throws, and a workflow's history shows it. */
function fitForLogs(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  error.message = withoutPersonalData(error.message);
  if (error.stack) error.stack = withoutPersonalData(error.stack);
  return error;
}

/** A workflow state: checks what comes in, gives transient faults the name that the workflow retries. */
export function stateEntry<I extends z.ZodType, O>(input: I, work: (input: z.infer<I>) => Promise<O>) {
  return middy()
    .onError(request => {
      const { error } = request;
      log.error('state failed', { name: error?.name ?? 'Error', text: error?.message ?? '' });
      throw fitForLogs(asDomainError(error));
    })
    .handler(async (event: unknown) => {
      const read = input.safeParse(event);
      if (!read.success) throw new InvalidInput(firstIssue(read.error));
      return work(read.data);
    });
}

/** Who calls the API, from the checked token. */
export type Caller = { name: string; roles: string[] };

export type HttpReply = {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
};

type HttpRequest<B> = {
  body: B;
  path: Record<string, string>;
  query: Record<string, string>;
  caller: Caller;
  raw: APIGatewayProxyEventV2;
};

/** The roles of the console; a role may do what its name says and everybody may read. */
export type Role = 'viewer' | 'desk' | 'approver' | 'roster-admin' | 'auditor';

const MAX_BODY_BYTES = 1_000_000;

/** Groups arrive as an array or, through the gateway, as the text "[desk approver]". */
const rolesOf = (claim: unknown): string[] =>
  Array.isArray(claim)
    ? claim.map(String)
    : String(claim ?? '')
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/)
        .filter(Boolean);

function callerOf(event: APIGatewayProxyEventV2): Caller {
  const context = event.requestContext as { authorizer?: { jwt?: { claims?: Record<string, unknown> } } };
  const claims = context.authorizer?.jwt?.claims ?? {};
  return {
    name: String(claims.name ?? claims.username ?? claims.sub ?? 'nobody'),
    roles: rolesOf(claims['cognito:groups']),
  };
}

/** The bytes of the body, refused above the limit. */
export function bodyBytes(event: APIGatewayProxyEventV2, limit = MAX_BODY_BYTES): Buffer {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > limit)
    throw new Problem(
      413,
      'Body too large',
      `The body has ${bytes.length} bytes; at most ${limit} are read.`,
    );
  return bytes;
}

function readBody(event: APIGatewayProxyEventV2, schema: z.ZodType): unknown {
  const type = (event.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const bytes = bodyBytes(event);
  if (bytes.length > 0 && type !== 'application/json')
    throw new Problem(415, 'Wrong type', `Send application/json, not ${type || 'a body without a type'}.`);
  let value: unknown;
  try {
    value = bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Problem(400, 'Not JSON', 'The body is not valid JSON.');
  }
  const read = schema.safeParse(value);
  if (!read.success) throw new Problem(422, 'Not valid', firstIssue(read.error));
  return read.data;
}

/** A problem document (RFC 9457). */
export const problemReply = (problem: Problem): APIGatewayProxyStructuredResultV2 => ({
  statusCode: problem.status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  body: JSON.stringify({
    type: 'about:blank',
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    ...(problem.rule && { rule: problem.rule }),
  }),
});

/** Every fault of an HTTP entry as a problem document; what is not ours to show is logged, not sent. */
function problems() {
  return {
    onError: (request: { error: Error | null; event: unknown; response?: unknown }) => {
      const { error } = request;
      const event = request.event as APIGatewayProxyEventV2;
      if (error instanceof Problem) {
        log.warn('request refused', {
          route: event.routeKey,
          status: error.status,
          rule: error.rule ?? null,
          title: error.title,
        });
        return problemReply(error);
      }
      log.error('request failed', {
        route: event.routeKey,
        name: error?.name ?? 'Error',
        text: error?.message ?? '',
      });
      return problemReply(
        isTransient(error)
          ? new Problem(
              503,
              'Not available just now',
              'The system could not answer. What was recorded is kept; try again.',
            )
          : new Problem(
              500,
              'Failed',
              `The request failed. Reference ${event.requestContext?.requestId ?? 'none'}.`,
            ),
      );
    },
  };
}

/** An API entry for callers with one of the roles; answers JSON. */
export function httpEntry<B extends z.ZodType>(
  options: { roles: Role[]; body: B },
  work: (request: HttpRequest<z.infer<B>>) => Promise<HttpReply>,
) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(problems())
    .handler(async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
      const caller = callerOf(event);
      if (!options.roles.some(role => caller.roles.includes(role)))
        throw new Problem(403, 'Not allowed', `This needs the role ${options.roles.join(' or ')}.`, 'ROLE');
      const { status, body, headers } = await work({
        body: readBody(event, options.body) as z.infer<B>,
        path: (event.pathParameters ?? {}) as Record<string, string>,
        query: (event.queryStringParameters ?? {}) as Record<string, string>,
        caller,
        raw: event,
      });
      return {
        statusCode: status,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
        body: JSON.stringify(body),
      };
    });
}

/** An entry that reads its own body and makes its own reply (pages, raw feed bodies, CSV). */
export function rawHttpEntry(
  work: (event: APIGatewayProxyEventV2, caller: Caller) => Promise<APIGatewayProxyStructuredResultV2>,
) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(problems())
    .handler(async (event: APIGatewayProxyEventV2) => work(event, callerOf(event)));
}

/** Refuses a caller without one of the roles. */
export function requireRole(caller: Caller, roles: Role[]): void {
  if (!roles.some(role => caller.roles.includes(role)))
    throw new Problem(403, 'Not allowed', `This needs the role ${roles.join(' or ')}.`, 'ROLE');
}
