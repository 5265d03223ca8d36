import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { isTransient } from '../../functions/runtime/errors.ts';
import { type Call, createTransport, type Fault, requestHandler } from '../../infra/local/transport.ts';
import { type Endpoint, jsonReply, type ServiceName } from '../../infra/local/wire.ts';

function open(fault: (call: Call) => Fault | undefined) {
  const served: string[] = [];
  const calls: Call[] = [];
  let crashedAt: Call | undefined;
  const endpoint: Endpoint = async ({ path }) => {
    served.push(path);
    return jsonReply(200, {});
  };
  const services: ServiceName[] = ['dynamodb', 'sns', 'states', 's3', 'secretsmanager'];
  const transport = createTransport({
    endpoints: Object.fromEntries(services.map(name => [name, endpoint])) as Record<ServiceName, Endpoint>,
    onCall(call) {
      calls.push(call);
      return fault(call);
    },
    onCrash(call) {
      crashedAt = call;
    },
  });
  const config = (service: ServiceName) => ({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: requestHandler(request => transport.send(service, request, undefined)),
  });
  const send = {
    dynamodb: () => new DynamoDBClient(config('dynamodb')).send(new ListTablesCommand()),
    sns: () => new SNSClient(config('sns')).send(new PublishCommand({ PhoneNumber: '+1', Message: 'x' })),
    states: () =>
      new SFNClient(config('states')).send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' })),
    s3: () => new S3Client(config('s3')).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })),
    secretsmanager: () =>
      new SecretsManagerClient(config('secretsmanager')).send(new GetSecretValueCommand({ SecretId: 's' })),
  };
  return { transport, served, calls, send, crashedAt: () => crashedAt };
}

/** Whether a promise is still open after everything that could settle it has run. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  const later = new Promise(resolve => setTimeout(resolve, 20, open));
  return (await Promise.race([promise, later])) === open;
}

describe('the transport', () => {
  it('names each call by service and operation and counts it', async () => {
    const { calls, send } = open(() => undefined);
    await send.dynamodb();
    await send.states();
    await send.secretsmanager();
    await send.sns().catch(() => {});
    await send.s3();
    expect(calls.map(({ k, service, operation }) => [k, service, operation])).toEqual([
      [1, 'dynamodb', 'ListTables'],
      [2, 'states', 'SendTaskSuccess'],
      [3, 'secretsmanager', 'GetSecretValue'],
      [4, 'sns', 'Publish'],
      [5, 's3', 'GetObject'],
    ]);
  });

  it.each(['dynamodb', 'sns', 'states', 's3', 'secretsmanager'] as const)(
    'words a fault of %s so that the SDK and the house know it as one of the moment',
    async service => {
      for (const fault of ['throttle', 'error-500'] as const) {
        const { send, served } = open(() => fault);
        const error = await (send[service]() as Promise<unknown>).catch(thrown => thrown);
        expect(isTransient(error), `${fault}: ${error}`).toBe(true);
        expect(served).toEqual([]);
      }
    },
  );

  it.each([
    ['before', 'crash-before', 1],
    ['after', 'crash-after', 2],
  ] as const)(
    'dies %s the effect of a call, and serves none that comes later',
    async (_when, fault, effects) => {
      const { send, served, crashedAt, transport } = open(({ k }) => (k === 2 ? fault : undefined));
      await send.dynamodb();
      expect(await isPending(send.dynamodb())).toBe(true);
      expect(crashedAt()).toMatchObject({ k: 2, operation: 'ListTables' });
      expect(await isPending(send.dynamodb())).toBe(true);
      expect(served).toHaveLength(effects);
      expect(transport.calls).toBe(2);
    },
  );
});
