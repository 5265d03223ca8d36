import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { meterTables } from './bill.ts';
import { type Blueprint, readBlueprint } from './blueprint.ts';
import { bundleEntries } from './bundles.ts';
import { createDeliveries } from './deliveries.ts';
import { type Disk, newSecret, openDisk } from './disk.ts';
import { type ApiRequest, createHttpApi } from './endpoints/http-api.ts';
import { createS3Endpoint } from './endpoints/s3.ts';
import { createSecretsEndpoint } from './endpoints/secrets.ts';
import { createSns } from './endpoints/sns.ts';
import { createStatesEndpoint } from './endpoints/states.ts';
import { createExecutionStore, executionsTable } from './executions-store.ts';
import { createFunctions } from './functions.ts';
import { type Inbound, receivedFrom } from './inbound.ts';
import { createStream, uuidFrom } from './random.ts';
import { startSchedules } from './schedules.ts';
import type { BootOptions, System } from './surface.ts';
import { createTokens, type Tokens } from './tokens.ts';
import {
  type Call,
  createTransport,
  type Invocation,
  type LoopbackServices,
  requestHandler,
  serveLoopback,
} from './transport.ts';
import type { ServiceName } from './wire.ts';
import { createRunner } from './workflow/runner.ts';

export type { BootOptions, System } from './surface.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * Nobody here checks signatures, and making one is a tenth of a call: requests in process carry the form of one. Over the
 * loopback the SDK signs as it does in the cloud.
 */
const unsigned = {
  httpAuthSchemeProvider: () => [{ schemeId: 'smithy.api#noAuth' }],
  httpAuthSchemes: [
    {
      schemeId: 'smithy.api#noAuth',
      identityProvider: () => async () => ({}),
      signer: {
        sign: async (request: { headers: Record<string, string> }) => {
          request.headers.authorization =
            'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=none';
          request.headers['x-amz-date'] = '20200101T000000Z';
          return request;
        },
      },
    },
  ],
};

/** Nothing listens there: a client whose requests are handled in process cannot reach out by mistake. */
const nowhere = 'http://127.0.0.1:9';

const servicePackages: Record<string, ServiceName> = {
  '@aws-sdk/client-dynamodb': 'dynamodb',
  '@aws-sdk/client-sns': 'sns',
  '@aws-sdk/client-sfn': 'states',
  '@aws-sdk/client-s3': 's3',
  '@aws-sdk/client-secrets-manager': 'secretsmanager',
};

/**
 * Starts the system that the CDK app describes, on this machine, and goes on with what its disk holds as running.
 * Throws FolderInUse, TableDiffers, TemplateRefused or DefinitionRefused, each with one line that says what to do.
 */
export async function boot(options: BootOptions): Promise<System> {
  const disk = options.disk ?? openDisk(options.dataDir);
  try {
    return await start(options, disk);
  } catch (error) {
    if (!options.disk) await disk.close();
    throw error;
  }
}

async function start(options: BootOptions, disk: Disk): Promise<System> {
  const { clock, seed = randomBytes(16).toString('hex') } = options;
  const blueprint = withPublicUrl(options.blueprint ?? (await readBlueprint()), options.publicUrl);
  const { place } = blueprint;
  const [bundles] = await Promise.all([
    bundleEntries(blueprint.functions),
    disk.tables.ensure([...blueprint.tables, executionsTable]),
  ]);

  const generation = disk.nextGeneration();
  const path = `${seed}/${generation}`;
  const ids = createStream(path, 'ids');
  const newId = () => uuidFrom(ids);
  const iso = () => new Date(clock.now()).toISOString();
  const lease = clock.lease(`system ${generation}`);
  const { onSms, onEmail, onDeskMessage } = options;
  disk.recipients = {
    ...(onSms && { onSms }),
    ...(onEmail && { onEmail }),
    ...(onDeskMessage && { onDeskMessage }),
  };
  for (const { arn } of blueprint.topics) disk.topics.create(arn);
  for (const subscription of blueprint.subscriptions) {
    disk.topics.subscribe({ arn: `${subscription.topicArn}:template`, ...subscription });
  }
  const secretOf = ({ file, template }: Blueprint['secrets'][number]) =>
    disk.secret(file, () => newSecret(template));
  for (const secret of blueprint.secrets) secretOf(secret);

  let dead = false;
  const alive = async <T>(work: Promise<T>): Promise<T> => {
    const value = await work;
    return dead ? new Promise<never>(() => {}) : value;
  };
  const store = createExecutionStore({
    call: (operation, input) =>
      dead ? new Promise<never>(() => {}) : alive(disk.tables.call(operation, input)),
  });

  const tokens = createTokens(
    blueprint.authoriser ?? { issuer: 'http://localhost', audience: 'none' },
    disk.privateKey,
    clock.now,
  );
  const keysUrl = blueprint.functions.map(({ environment }) => environment.TOKEN_KEYS_URL).find(Boolean);
  const functions = createFunctions({
    definitions: blueprint.functions,
    bundles,
    region: place.region,
    lease,
    seed: path,
    clientDefaults,
    fetch: answering(keysUrl, tokens, options.fetch ?? fetch),
    logs: options.logs,
    onInvoke: () => {
      disk.bill.invocations += 1;
    },
    ...(options.watchdogMs !== undefined && { watchdogMs: options.watchdogMs }),
  });
  const deliveries = createDeliveries(
    disk.deliveries,
    lease,
    functions.invoke,
    name => functions.find(name)?.asyncRetries ?? 0,
  );

  const workflowStream = createStream(path, 'workflows');
  const runner = createRunner({
    machines: Object.fromEntries(
      blueprint.machines.map(({ name, arn, definition }) => [name, { arn, definition }]),
    ),
    lease,
    invoke: functions.invoke,
    store,
    random: workflowStream.next,
    onTransition(transition) {
      if (transition.to !== null) disk.bill.stateTransitions += 1;
      if (transition.from === null && transition.item === undefined) disk.bill.executions += 1;
      options.onTransition?.(transition);
    },
    ...(options.onEnd && { onEnd: options.onEnd }),
  });

  const sns = createSns({
    place,
    topics: disk.topics,
    post: disk.post,
    bill: disk.bill,
    deskTopicArn: blueprint.deskTopicArn,
    now: iso,
    newId,
    deliver: (functionArn, notification) => deliveries.enqueue(newId(), functionArn, notification),
  });
  const counting =
    (field: 'secretReads' | 'bodyReads' | 'bodyWrites') =>
    <T>(value: T): T => {
      disk.bill[field] += 1;
      return value;
    };
  const secrets = createSecretsEndpoint(blueprint.secrets, name =>
    secretOf(blueprint.secrets.find(secret => secret.name === name)!),
  );
  const bodies = createS3Endpoint(blueprint.bucketNames, disk.bodies);
  let crashed!: (call: Call) => void;
  const crash = new Promise<Call>(resolve => {
    crashed = resolve;
  });
  const transport = createTransport({
    endpoints: {
      dynamodb: meterTables(disk.tables.endpoint, disk.bill),
      sns: sns.endpoint,
      states: createStatesEndpoint(runner, blueprint.machines, newId),
      s3: request => bodies(counting(request.method === 'PUT' ? 'bodyWrites' : 'bodyReads')(request)),
      secretsmanager: request => secrets(counting('secretReads')(request)),
    },
    onCall: options.onCall,
    onCrash(call) {
      kill();
      crashed(call);
    },
  });
  let loopback: LoopbackServices | undefined;
  if (options.transport === 'socket') {
    loopback = await serveLoopback((service, request) => transport.send(service, request, undefined));
  }

  function clientDefaults(packageName: string, current: () => Invocation | undefined): object {
    const service = servicePackages[packageName];
    if (!service) throw new Error(`${packageName} has no service on one machine`);
    return {
      region: place.region,
      credentials,
      endpoint: loopback?.url ?? nowhere,
      // Without one the SDK prepares every message for a logger that throws it away: a tenth of a call.
      logger: {},
      ...(service === 's3' && { forcePathStyle: true }),
      ...(options.maxAttempts !== undefined && { maxAttempts: options.maxAttempts }),
      ...(!loopback && {
        ...unsigned,
        requestHandler: requestHandler(request => transport.send(service, request, current())),
      }),
    };
  }

  const api = createHttpApi({
    routes: blueprint.routes,
    place,
    verify: tokens.verify,
    invoke: functions.invoke,
    now: clock.now,
    newId,
  });
  const handle = (request: ApiRequest) =>
    lease.run(() => {
      disk.bill.apiRequests += 1;
      return api.handle(request);
    }, `${request.method} of the API`);
  const outsideClient = new DynamoDBClient({
    region: place.region,
    credentials,
    endpoint: nowhere,
    requestHandler: requestHandler(disk.tables.endpoint),
  });

  function kill(): void {
    dead = true;
    transport.die();
    runner.dispose();
    functions.dispose();
    lease.dispose();
    void loopback?.close();
  }

  const system: System = {
    blueprint,
    disk,
    generation,
    tables: DynamoDBDocumentClient.from(outsideClient, {
      marshallOptions: { removeUndefinedValues: true },
    }),
    invoke: functions.invoke,
    async http(request) {
      const { body, ...reply } = await handle(request);
      return { ...reply, body: body.toString('utf8') };
    },
    api: { ...api, handle },
    runner,
    outbox: disk.post.outbox,
    variable(name) {
      const knowing = blueprint.functions.find(({ environment }) => environment[name] !== undefined);
      if (!knowing) throw new Error(`No function knows ${name}`);
      return knowing.environment[name]!;
    },
    subscribe({ topicArn, address, state }) {
      disk.topics.create(topicArn);
      disk.topics.subscribe({
        arn: `${topicArn}:${newId()}`,
        topicArn,
        protocol: 'email',
        endpoint: address,
        ...(state === 'pending' && { isPending: true }),
      });
    },
    inboundSms: (from, text) =>
      lease.run(async () => {
        if (!blueprint.inboundTopicArn) throw new Error('No function receives SMS');
        const inbound: Inbound = receivedFrom({
          from,
          text,
          place,
          messageId: newId(),
          sent: disk.post.outbox.sms,
        });
        if (inbound.consent === 'stop') disk.topics.optOut(from);
        if (inbound.consent === 'start' && disk.topics.isOptedOut(from)) disk.topics.optIn(from);
        sns.publish({ topicArn: blueprint.inboundTopicArn, text: JSON.stringify(inbound.message) });
        return inbound.message.inboundMessageId;
      }, 'inbound SMS'),
    bill: () => ({ ...disk.bill }),
    token: tokens.sign,
    keySet: tokens.keySet,
    deadLetters: deliveries.dead,
    calls: () => ({ made: transport.calls, leftOver: transport.leftOver }),
    servicesUrl: loopback?.url ?? null,
    crashed: crash,
    kill,
    async restart(changes = {}) {
      kill();
      await disk.tables.idle();
      const { onCall: _spoiler, ...same } = options;
      return boot({ ...same, seed, ...changes, blueprint, disk });
    },
    async close() {
      kill();
      await disk.tables.idle();
      await disk.close();
    },
  };

  deliveries.resume();
  await runner.resume();
  if (options.poll) {
    startSchedules(blueprint.schedules, lease, ({ functionName, input }) =>
      deliveries.enqueue(newId(), functionName, input),
    );
  }
  return system;
}

function withPublicUrl(blueprint: Blueprint, publicUrl: string | undefined): Blueprint {
  if (publicUrl === undefined) return blueprint;
  const functions = blueprint.functions.map(each => ({
    ...each,
    environment: {
      ...each.environment,
      ...('PUBLIC_URL' in each.environment && { PUBLIC_URL: publicUrl }),
    },
  }));
  return { ...blueprint, functions };
}

/** Fetch as functions have it: the key set of the desk's tokens comes from here, and only from here. */
function answering(keysUrl: string | undefined, tokens: Tokens, outside: typeof fetch): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return url === keysUrl ? Response.json(await tokens.keySet()) : outside(input, init);
  };
}
