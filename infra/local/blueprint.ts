import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { configOf } from '../config.ts';
import { repositoryRoot } from '../repository.ts';
import { cached, fingerprint } from './build-cache.ts';
import type { Route } from './endpoints/http-api.ts';
import {
  fillDefinition,
  type Place,
  readTemplates,
  type StackReader,
  type Template,
  TemplateRefused,
} from './template.ts';
import type { Authoriser } from './tokens.ts';
import type { AslDefinition } from './workflow/definition.ts';

/** A table as CreateTable takes it. */
export interface TableDefinition {
  TableName: string;
  BillingMode: 'PAY_PER_REQUEST';
  KeySchema: { AttributeName: string; KeyType: string }[];
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  GlobalSecondaryIndexes?: {
    IndexName: string;
    KeySchema: { AttributeName: string; KeyType: string }[];
    Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
  }[];
}

export interface FunctionDefinition {
  logicalId: string;
  name: string;
  arn: string;
  /** The entry under functions/ without its suffix: "deployments/plan-team". */
  entry: string;
  /** Path of the entry's file from the repository's root. */
  file: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** How often Lambda tries again when it was invoked without a caller that waits. */
  asyncRetries: number;
}

/** A generated secret that is JSON: the text, to which one random value is added under the key. */
export interface SecretTemplate {
  text: string;
  key: string;
}

/** What the synthesised templates describe, with names and ARNs instead of references. Plain JSON. */
export interface Blueprint {
  place: Place;
  tables: TableDefinition[];
  functions: FunctionDefinition[];
  machines: { name: string; arn: string; definition: AslDefinition }[];
  routes: Route[];
  /** Null when no route asks for a token. */
  authoriser: Authoriser | null;
  topics: { name: string; arn: string }[];
  /** Those of the template; people's own are made while the system runs. */
  subscriptions: { topicArn: string; protocol: string; endpoint: string }[];
  schedules: { name: string; expression: string; functionName: string; input: unknown }[];
  bucketNames: string[];
  /** `file` is how the data folder calls it: "webhook-secret" for what functions know as WEBHOOK_SECRET_ARN. */
  secrets: { name: string; arn: string; file: string; template?: SecretTemplate }[];
  deskTopicArn: string | null;
  inboundTopicArn: string | null;
}

/** Where the local system pretends to be. */
const localPlace: Place = { region: 'eu-central-1', account: '000000000000' };

/**
 * Reads the system from its CDK app, synthesised in process with bundling off. What was read is kept until a file that
 * it depends on changes: the CDK takes seconds. Throws {@link TemplateRefused} for what the local system cannot run.
 */
export async function readBlueprint(): Promise<Blueprint> {
  const settings = feedSettings();
  const key = fingerprint({
    // Of the functions only what the CDK runs itself: how feeds are written into the environment.
    contents: [
      'infra',
      'workflows',
      'cdk.json',
      'package-lock.json',
      'functions/alerts/feeds/feed.ts',
      'functions/alerts/feeds/hosts.ts',
    ],
    values: [JSON.stringify(settings)],
    // The CDK asks only whether an entry is there.
    names: ['functions'],
    except: /^infra\/local\/(?!blueprint\.ts|template\.ts)/,
  });
  return cached('blueprint', key, async () => describe(...(await synthesise(settings))));
}

type Entries = Map<string, string>;
type Environment = Record<string, string | undefined>;

/** Which feeds are polled is all that the environment decides here. */
const feedSettings = ({ env } = process): Environment => ({
  RELIEF_FEEDS: env.RELIEF_FEEDS,
  RELIEF_RELIEFWEB_NAME: env.RELIEF_RELIEFWEB_NAME,
  RELIEF_FEED_CONTACT: env.RELIEF_FEED_CONTACT,
});

/** The templates by stack, and the entry file of each function by stack and logical id. */
async function synthesise(settings: Environment): Promise<[Record<string, Template>, Entries]> {
  const [{ Stack }, { createReliefApp }] = await Promise.all([
    import('aws-cdk-lib'),
    import('../relief-app.ts'),
  ]);
  const outdir = mkdtempSync(join(tmpdir(), 'relief-synth-'));
  try {
    const { app } = createReliefApp(configOf('local', settings), {
      outdir,
      context: { 'aws:cdk:bundling-stacks': [] },
      // It takes seconds, and `npm run synth` does it.
      builtinCloudFormationValidation: false,
    });
    const entries: Entries = new Map();
    for (const construct of app.node.findAll()) {
      const { entry } = construct as { entry?: unknown };
      const child = construct.node.defaultChild;
      if (typeof entry !== 'string' || !child) continue;
      const stack = Stack.of(construct);
      entries.set(`${stack.stackName}/${stack.getLogicalId(child as never)}`, entry);
    }
    const templates = Object.fromEntries(
      app.synth().stacks.map(artifact => [artifact.stackName, artifact.template as Template]),
    );
    return [templates, entries];
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

type Properties = Record<string, unknown>;
type Found = { stack: StackReader; logicalId: string; properties: Properties };

/** Makes a blueprint of templates. `entries` gives the absolute entry file of "<stack>/<logical id>". */
export function describe(templates: Record<string, Template>, entries: Entries): Blueprint {
  const place = localPlace;
  const stacks = Object.values(readTemplates(templates, place));
  const all = (type: string): Found[] =>
    stacks.flatMap(stack => stack.ofType(type).map(found => ({ stack, ...found })));
  const named = (type: string) =>
    all(type).map(({ stack, logicalId }) => ({ name: stack.nameOf(logicalId), arn: stack.arn(logicalId) }));

  const functions = all('AWS::Lambda::Function').map(found => describeFunction(found, entries));
  for (const { stack, properties } of all('AWS::Lambda::EventInvokeConfig')) {
    const name = functionNameOf(stack.resolve(properties.FunctionName));
    const config = functions.find(each => each.name === name);
    const retries = properties.MaximumRetryAttempts;
    if (config && retries !== undefined) config.asyncRetries = Number(retries);
  }

  const subscriptions = all('AWS::SNS::Subscription').map(({ stack, properties }) => ({
    topicArn: String(stack.resolve(properties.TopicArn)),
    protocol: String(properties.Protocol),
    endpoint: String(stack.resolve(properties.Endpoint)),
  }));
  const environment = (variable: string) =>
    functions.map(each => each.environment[variable]).find(value => value !== undefined) ?? null;
  const receiver = functions.find(({ entry }) => entry.endsWith('/receive-sms'));

  return {
    place,
    functions,
    tables: all('AWS::DynamoDB::Table').map(describeTable),
    machines: all('AWS::StepFunctions::StateMachine').map(describeMachine),
    routes: all('AWS::ApiGatewayV2::Route').map(found =>
      describeRoute(found, all('AWS::ApiGatewayV2::Integration')),
    ),
    authoriser: describeAuthoriser(all('AWS::ApiGatewayV2::Authorizer')),
    topics: named('AWS::SNS::Topic'),
    subscriptions,
    schedules: all('AWS::Scheduler::Schedule').map(describeSchedule),
    bucketNames: named('AWS::S3::Bucket').map(({ name }) => name),
    secrets: all('AWS::SecretsManager::Secret').map(found => describeSecret(found, functions)),
    deskTopicArn: environment('DESK_TOPIC_ARN'),
    inboundTopicArn: subscriptions.find(({ endpoint }) => endpoint === receiver?.arn)?.topicArn ?? null,
  };
}

function describeFunction({ stack, logicalId, properties }: Found, entries: Entries): FunctionDefinition {
  const file = entries.get(`${stack.stackName}/${logicalId}`);
  if (!file) throw new TemplateRefused(`${stack.stackName}: the function ${logicalId} has no entry file`);
  const { Variables = {} } = (stack.resolve(properties.Environment) ?? {}) as { Variables?: object };
  return {
    logicalId,
    name: stack.nameOf(logicalId),
    arn: stack.arn(logicalId),
    entry: file.replace(/^.*\/functions\//, '').replace(/\.ts$/, ''),
    file: relative(repositoryRoot, file),
    environment: Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, String(value)])),
    timeoutSeconds: Number(properties.Timeout ?? 3),
    memoryMegabytes: Number(properties.MemorySize ?? 128),
    asyncRetries: 2,
  };
}

function describeTable({ stack, logicalId, properties }: Found): TableDefinition {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = stack.resolve(
    properties,
  ) as unknown as TableDefinition;
  return {
    TableName: stack.nameOf(logicalId),
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema,
    AttributeDefinitions,
    ...(GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
    }),
  };
}

function describeMachine({ stack, logicalId, properties }: Found): Blueprint['machines'][number] {
  const name = stack.nameOf(logicalId);
  const text = stack.resolve(properties.DefinitionString);
  if (typeof text !== 'string') {
    throw new TemplateRefused(`${name}: its definition must stand in the template as DefinitionString`);
  }
  const values = (stack.resolve(properties.DefinitionSubstitutions) ?? {}) as Record<string, string>;
  return {
    name,
    arn: stack.arn(logicalId),
    definition: JSON.parse(fillDefinition(name, text, values)) as AslDefinition,
  };
}

function describeRoute({ stack, properties }: Found, integrations: Found[]): Route {
  const key = String(properties.RouteKey);
  const [, method, path] = /^(GET|POST|PUT|PATCH|DELETE) (\/[^+]*)$/.exec(key) ?? [];
  if (!method || !path) throw new TemplateRefused(`the route '${key}' is not supported by the local API`);
  const target = String(stack.resolve(properties.Target));
  const integration = integrations.find(
    found => target === `integrations/${found.stack.ref(found.logicalId)}`,
  );
  if (!integration) throw new TemplateRefused(`the route '${key}' leads nowhere: ${target}`);
  const type = properties.AuthorizationType ?? 'NONE';
  if (type !== 'NONE' && type !== 'JWT') {
    throw new TemplateRefused(
      `the route '${key}': authorisation by ${type} is not supported by the local API`,
    );
  }
  const uri = integration.stack.resolve(integration.properties.IntegrationUri);
  return { method, path, functionName: functionNameOf(uri), authorised: type === 'JWT' };
}

function describeAuthoriser(authorisers: Found[]): Authoriser | null {
  if (authorisers.length > 1) throw new TemplateRefused('only one authoriser is supported by the local API');
  const [found] = authorisers;
  if (!found) return null;
  const { Issuer, Audience } = found.stack.resolve(found.properties.JwtConfiguration) as {
    Issuer: string;
    Audience: string[];
  };
  return { issuer: Issuer, audience: Audience[0]! };
}

function describeSchedule({ stack, logicalId, properties }: Found): Blueprint['schedules'][number] {
  const { Arn, Input = '{}' } = stack.resolve(properties.Target) as { Arn: string; Input?: string };
  return {
    name: logicalId,
    expression: String(properties.ScheduleExpression),
    functionName: functionNameOf(Arn),
    input: JSON.parse(Input),
  };
}

function describeSecret(
  { stack, logicalId, properties }: Found,
  functions: FunctionDefinition[],
): Blueprint['secrets'][number] {
  const arn = stack.arn(logicalId);
  const { SecretStringTemplate: text, GenerateStringKey: key } = (stack.resolve(
    properties.GenerateSecretString,
  ) ?? {}) as { SecretStringTemplate?: string; GenerateStringKey?: string };
  return {
    name: stack.nameOf(logicalId),
    arn,
    file: secretFile(arn, functions),
    ...(text !== undefined && key !== undefined && { template: { text, key } }),
  };
}

function secretFile(arn: string, functions: FunctionDefinition[]): string {
  for (const { environment } of functions) {
    for (const [variable, value] of Object.entries(environment)) {
      if (value === arn) return variable.replace(/_ARN$/, '').toLowerCase().replaceAll('_', '-');
    }
  }
  return arn.split(':').pop()!;
}

/** The name in a function's ARN, with or without a version behind it; a bare name is itself. */
export function functionNameOf(reference: unknown): string {
  const text = String(reference);
  return /:function:([^:/]+)/.exec(text)?.[1] ?? text.split(':')[0]!;
}
