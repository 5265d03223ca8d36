import * as z from 'zod';
import { EVENT_ACTIONS } from '../alerts/events/deciding.ts';
import { ACTIONS, Seen } from '../deployments/actions.ts';
import { Deployment, PlanMade } from '../domain/deployment.ts';
import { DisasterEvent } from '../domain/event.ts';
import { KeptAlert } from '../store/alerts.ts';
import { ROLES_FOR } from './acting.ts';
import { FeedView } from './feed-view.ts';
import { planExample } from './plan-example.ts';
import { PlanView } from './plan-view.ts';
import { StartBody } from './start-body.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

/** A named schema that refers to parts of itself, from the root of the whole description. */
const namedSchemaOf = (name: string, schema: z.ZodType): Json =>
  JSON.parse(
    JSON.stringify(schemaOf(schema, 'output')).replaceAll(
      '"#/$defs/',
      `"#/components/schemas/${name}/$defs/`,
    ),
  );

const json = (schema: Json) => ({ content: { 'application/json': { schema } } });
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const problem = {
  description: 'Refused, in the form of RFC 9457; `rule` names the rule',
  content: { 'application/problem+json': { schema: ref('Problem') } },
};
const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const tokenParameter = { name: 'token', in: 'path', required: true, schema: { type: 'string' } };

const read = (summary: string, schema: Json, parameters: Json[] = []) => ({
  summary,
  parameters,
  responses: { 200: { description: 'OK', ...json(schema) }, '4XX': problem },
});

const actionPaths = (): Json =>
  Object.fromEntries(
    Object.entries(ACTIONS).map(([action, body]) => [
      `/api/deployments/{id}/${action}`,
      {
        post: {
          summary: `${action} (${ROLES_FOR[action as keyof typeof ACTIONS].join(' or ')})`,
          parameters: [idParameter],
          requestBody: json({ allOf: [schemaOf(body, 'input'), schemaOf(Seen, 'input')] }),
          responses: {
            200: { description: 'Done; the deployment as it stands', ...json(ref('Deployment')) },
            '4XX': problem,
          },
        },
      },
    ]),
  );

const eventActionPaths = (): Json =>
  Object.fromEntries(
    Object.entries(EVENT_ACTIONS).map(([action, body]) => [
      `/api/events/{id}/${action}`,
      {
        post: {
          summary: `${action}: what the sources of an event are about (desk or approver)`,
          parameters: [idParameter],
          requestBody: json(schemaOf(body, 'input')),
          responses: {
            202: { description: 'Recorded; the sources are being sorted anew', ...json({ type: 'object' }) },
            '4XX': problem,
          },
        },
      },
    ]),
  );

const importPath = (what: string) => ({
  post: {
    summary: `Load a ${what} from CSV; good rows are kept, each bad row is named`,
    requestBody: { content: { 'text/csv': { schema: { type: 'string' } } } },
    responses: {
      200: { description: 'What was taken and what was left out', ...json({ type: 'object' }) },
      '4XX': problem,
    },
  },
});

const page = (verb: string) => ({
  summary: `${verb} the answer page of one offer`,
  security: [],
  parameters: [tokenParameter],
});

/** The API in OpenAPI 3.1, from the schemas that the entries parse with. */
export const describeApi = (): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Relief Dispatch',
    version: '0.1.0',
    description:
      'Alerts in, teams and goods out. Times are ISO 8601 UTC; status words are those of the console.',
  },
  security: [{ bearer: [] }],
  paths: {
    '/api/alerts': {
      post: {
        summary: 'Hand in a raw feed body: signed by a webhook, or by the desk',
        security: [{ signature: [] }, { bearer: [] }],
        parameters: [
          {
            name: 'x-relief-sender',
            in: 'header',
            description: 'Who signs: the id under which the secret and the believed sources are kept',
            schema: { type: 'string' },
          },
          {
            name: 'x-relief-drill-as-of',
            in: 'header',
            description: 'Makes a drill of a past message, judged as of this time; for the desk alone',
            schema: { type: 'string', format: 'date-time' },
          },
        ],
        requestBody: { content: { '*/*': { schema: { type: 'string' } } } },
        responses: {
          202: { description: 'Kept; its alerts are being triaged', ...json({ type: 'object' }) },
          '4XX': problem,
        },
      },
    },
    '/openapi.json': {
      get: {
        summary: 'This description',
        security: [],
        responses: { 200: { description: 'OpenAPI 3.1', ...json({ type: 'object' }) } },
      },
    },
    '/api/events': {
      get: read(
        'All events, newest first',
        { type: 'object', properties: { events: { type: 'array', items: ref('Event') } } },
        [{ name: 'state', in: 'query', schema: { enum: ['open', 'closed'] } }],
      ),
    },
    '/api/feeds': {
      get: read('Every feed that is polled, with how it is', {
        type: 'object',
        properties: { feeds: { type: 'array', items: ref('Feed') } },
      }),
    },
    '/api/events/{id}': {
      get: read(
        'One event whole: what each source says, every message and its place in the raw body, merges, doubts',
        {
          allOf: [ref('Event')],
          properties: { messages: { type: 'array', items: schemaOf(KeptAlert, 'output') } },
        },
        [idParameter],
      ),
    },
    ...eventActionPaths(),
    '/api/messages/{digest}': {
      get: {
        summary: 'A message byte for byte as it came, by the SHA-256 of its bytes',
        parameters: [{ name: 'digest', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'The raw body', content: { 'text/plain': {} } }, '4XX': problem },
      },
    },
    '/api/deployments': {
      get: read('All deployments, newest first', {
        type: 'object',
        properties: { deployments: { type: 'array', items: ref('Deployment') } },
      }),
      post: {
        summary: 'Start a deployment by hand',
        requestBody: json(schemaOf(StartBody, 'input')),
        responses: { 201: { description: 'Proposed', ...json(ref('Deployment')) }, '4XX': problem },
      },
    },
    '/api/deployments/{id}': {
      get: read('One deployment with seats, offers, notices, goods and timeline', ref('Deployment'), [
        idParameter,
      ]),
    },
    '/api/deployments/{id}/plan': {
      get: {
        summary:
          'What a plan of people and goods made now would be, with its reasons and its proof; nobody is held',
        parameters: [
          idParameter,
          {
            name: 'why',
            in: 'query',
            description:
              'An expertId: why this person is in the plan for each role that they hold, or is not',
            schema: { type: 'string' },
          },
          {
            name: 'number',
            in: 'query',
            description: 'Instead: a plan that was made, with its certificate; 1 is the first',
            schema: { type: 'integer', minimum: 1 },
          },
        ],
        responses: {
          200: {
            description: 'The plan ahead, or the plan of that number',
            content: {
              'application/json': {
                schema: { oneOf: [ref('PlanAhead'), ref('PlanMade')] },
                example: planExample,
              },
            },
          },
          '4XX': problem,
        },
      },
    },
    ...actionPaths(),
    '/api/roster': importPath('roster'),
    '/api/stock': importPath('stock'),
    '/a/{token}': {
      get: {
        ...page('Read'),
        responses: {
          200: { description: 'A page; reading never answers', content: { 'text/html': {} } },
          404: {
            description: 'A page: the link opens nothing, or nothing any more',
            content: { 'text/html': {} },
          },
        },
      },
      post: {
        ...page('Answer on'),
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                properties: { answer: { type: 'string' }, note: { type: 'string', maxLength: 500 } },
                required: ['answer'],
              },
            },
          },
        },
        responses: {
          303: { description: 'Recorded' },
          '4XX': { description: 'The page again, with what was wrong' },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      signature: {
        type: 'apiKey',
        in: 'header',
        name: 'x-relief-signature',
        description:
          't=<epoch seconds>,v1=<hex HMAC-SHA256 of "<t>.<sender>." and the body, with the secret of the sender>; beside it the header x-relief-sender',
      },
    },
    schemas: {
      Event: schemaOf(
        DisasterEvent.omit({ accounts: true, footprint: true, provenance: true, areas: true }),
        'output',
      ),
      Deployment: schemaOf(Deployment, 'output'),
      Feed: schemaOf(FeedView, 'output'),
      PlanAhead: namedSchemaOf('PlanAhead', PlanView),
      PlanMade: schemaOf(PlanMade, 'output'),
      Problem: {
        type: 'object',
        required: ['title', 'status', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          rule: { type: 'string' },
        },
      },
    },
  },
});
