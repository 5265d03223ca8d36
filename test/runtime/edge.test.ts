import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { httpEntry, rawHttpEntry, requireRole, stateEntry } from '../../functions/runtime/edge.ts';
import { Problem } from '../../functions/runtime/errors.ts';
import { Contended } from '../../functions/store/items.ts';
import { aRequest, send } from './requests.ts';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

const Body = z.object({ team: z.object({ seats: z.number().int() }) });
const good = JSON.stringify({ team: { seats: 3 } });
const json = 'application/json';

const entry = httpEntry({ roles: ['desk', 'approver'], body: Body }, async ({ body, caller }) => ({
  status: 201,
  body: { seats: body.team.seats, by: caller.name },
}));
const failing = (error: unknown) =>
  rawHttpEntry(async () => {
    throw error;
  });
const named = (name: string, text = 'x', more: object = {}) =>
  Object.assign(new Error(text), { name, ...more });

describe('an entry of the API', () => {
  it('answers JSON that nobody keeps', async () => {
    const reply = await send(entry, aRequest({ type: json, body: good }));
    expect(reply).toEqual({ status: 201, type: json, body: { seats: 3, by: 'ito' } });
    expect(lines).toEqual([]);
  });

  it.each([
    ['an array', ['viewer', 'desk']],
    ['the text of the gateway', '[viewer desk]'],
    ['a text with commas', '[viewer, desk]'],
    ['one role as text', 'desk'],
  ])('reads roles from %s', async (_form, roles) => {
    expect((await send(entry, aRequest({ roles, type: json, body: good }))).status).toBe(201);
  });

  it.each([
    ['another role', ['viewer']],
    ['a role of which ours is a part', '[desk-reader]'],
    ['no roles', undefined],
    ['an empty text', '[]'],
  ])('refuses a caller with %s', async (_what, roles) => {
    const request = aRequest({ type: json, body: good });
    const claims = { sub: 'ito', ...(roles !== undefined && { 'cognito:groups': roles }) };
    Object.assign(request.requestContext, { authorizer: { jwt: { claims } } });
    const reply = await send(entry, request);
    expect(reply).toEqual({
      status: 403,
      type: 'application/problem+json',
      body: {
        type: 'about:blank',
        title: 'Not allowed',
        status: 403,
        detail: 'This needs the role desk or approver.',
        rule: 'ROLE',
      },
    });
  });

  it('refuses a caller without a token the same way', async () => {
    const request = aRequest({ type: json, body: good });
    delete (request.requestContext as { authorizer?: unknown }).authorizer;
    expect((await send(entry, request)).status).toBe(403);
    expect(() => requireRole({ name: 'x', roles: ['viewer'] }, ['desk'])).toThrow(Problem);
    expect(requireRole({ name: 'x', roles: ['viewer', 'desk'] }, ['desk'])).toBeUndefined();
  });

  it.each([
    ['a body over the limit', { type: json, body: `"${'x'.repeat(1_000_000)}"` }, 413, '1000002 bytes'],
    ['the same as base64', { type: json, body: Buffer.alloc(1_000_001, 32) }, 413, '1000001 bytes'],
    ['a form', { type: 'application/x-www-form-urlencoded', body: 'a=1' }, 415, 'Send application/json'],
    ['a body without a type', { body: good }, 415, 'a body without a type'],
    ['half of a JSON', { type: json, body: good.slice(0, 9) }, 400, 'not valid JSON'],
    ['no body at all', { type: json }, 422, 'team: '],
    ['a wrong value', { type: json, body: '{"team":{"seats":"3"}}' }, 422, 'team.seats: '],
  ])('refuses %s with a problem document', async (_what, request, status, detail) => {
    const reply = await send(entry, aRequest(request));
    expect(reply.status).toBe(status);
    expect(reply.type).toBe('application/problem+json');
    expect(reply.body).toMatchObject({
      type: 'about:blank',
      status,
      detail: expect.stringContaining(detail),
    });
  });

  it.each([`${json}; charset=utf-8`, 'Application/JSON'])('takes JSON called %s', async type => {
    expect((await send(entry, aRequest({ type, body: Buffer.from(good) }))).status).toBe(201);
  });

  it('says of a fault of its own only by which number to ask for it', async () => {
    const reply = await send(failing(new TypeError('cannot read link of undefined')), aRequest());
    expect(reply.status).toBe(500);
    expect(reply.body.detail).toBe('The request failed. Reference request-1.');
    expect(JSON.stringify(reply)).not.toContain('undefined');
    expect(lines.map(line => JSON.parse(line))).toEqual([
      {
        level: 'error',
        message: 'request failed',
        route: 'POST /api/thing',
        name: 'TypeError',
        text: 'cannot read link of undefined',
      },
    ]);
  });

  it.each([
    ['throttling', named('ThrottlingException')],
    ['a 5xx of a service', named('Odd', 'x', { $metadata: { httpStatusCode: 502 } })],
    ['a 429', named('Odd', 'x', { $metadata: { httpStatusCode: 429 } })],
    ['a lost connection', named('Error', 'x', { code: 'ECONNRESET' })],
    ['a service that is not reached', named('Error', 'x', { code: 'ECONNREFUSED' })],
    ['too many writers of one item', new Contended('x')],
  ])('says of %s that it passes', async (_what, error) => {
    const reply = await send(failing(error), aRequest());
    expect([reply.status, reply.body.title]).toEqual([503, 'Not available just now']);
  });

  it.each([
    [
      'a lost condition',
      named('ConditionalCheckFailedException', 'x', { $metadata: { httpStatusCode: 400 } }),
    ],
    ['a forbidden call', named('AccessDeniedException', 'x', { $metadata: { httpStatusCode: 400 } })],
    ['no error at all', 'text'],
  ])('does not say so of %s', async (_what, error) => {
    expect((await send(failing(error), aRequest())).status).toBe(500);
  });
});

describe('what is logged', () => {
  it.each([
    ['a phone number', 'Invalid parameter: +44 7700 900-123 is opted out', '900'],
    ['a mail address', 'no such address <aoi.mori@roster.example>', 'roster.example'],
    ['a link of the answer page', 'GET https://relief.example/a/3kfr5zpd8w7q2m4x6n0bvcgh failed', '3kfr5zpd'],
    ['a link in capitals', 'GET /a/3KFR5ZPD8W7Q2M4X6N0BVCGH', '3KFR5ZPD'],
  ])('holds no %s', async (_what, text, secret) => {
    await send(failing(new Error(text)), aRequest());
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(secret);
    expect(JSON.parse(lines[0]!).text).toMatch(/\[(personal|token)\]/);
  });

  it('of a refusal is the rule and not the words', async () => {
    await send(failing(new Problem(409, 'Refused', 'Aoi Mori +447700900123 is held', 'HOLD')), aRequest());
    expect(lines.map(line => JSON.parse(line))).toEqual([
      {
        level: 'warn',
        message: 'request refused',
        route: 'POST /api/thing',
        status: 409,
        rule: 'HOLD',
        title: 'Refused',
      },
    ]);
  });

  it('keeps numbers that are nobody’s', async () => {
    await send(failing(new Error('item 4411 at +1.5 of 2026-03-02T00:00:00.000Z')), aRequest());
    expect(JSON.parse(lines[0]!).text).toBe('item 4411 at +1.5 of 2026-03-02T00:00:00.000Z');
  });
});

describe('an entry of a workflow', () => {
  const state = (error: unknown) =>
    stateEntry(z.object({ id: z.string() }), async () => {
      throw error;
    }) as unknown as (event: unknown, context: Context) => Promise<unknown>;
  const outcome = (error: unknown, event: unknown = { id: '1' }) =>
    state(error)(event, {} as Context).catch((thrown: Error) => thrown) as Promise<Error>;

  it.each([
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'InternalServerError',
    'TimeoutError',
    'SlowDown',
    'KMSThrottlingException',
  ])('gives %s the name that the workflow retries', async name => {
    expect(await outcome(named(name, 'slower'))).toMatchObject({
      name: 'TemporarilyUnavailable',
      message: `${name}: slower`,
    });
  });

  it('leaves other errors their names, and one that has the name already its words', async () => {
    expect(await outcome(named('ValidationException'))).toMatchObject({ name: 'ValidationException' });
    expect(await outcome(new Contended('20 others'))).toMatchObject({
      name: 'TemporarilyUnavailable',
      message: '20 others',
    });
  });

  it('refuses an input that breaks its schema, with the place', async () => {
    expect(await outcome(new Error('not reached'), { id: 1 })).toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(/^id: /),
    });
  });

  it('throws no personal data, for Lambda logs what is thrown and a history shows it', async () => {
    for (const name of ['OptedOut', 'ThrottlingException']) {
      const thrown = await outcome(named(name, 'could not reach +447700900123'));
      expect(thrown.message).toContain('could not reach [personal]');
      expect(thrown.stack).not.toContain('447700900123');
    }
    expect(lines.join()).not.toContain('447700900123');
  });
});
