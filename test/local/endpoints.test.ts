import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  CheckIfPhoneNumberIsOptedOutCommand,
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpApi, maxBodyBytes } from '../../infra/local/endpoints/http-api.ts';
import { boot, type System } from '../../infra/local/system.ts';
import { createTokens, newPrivateKey } from '../../infra/local/tokens.ts';
import { createVirtualClock, type VirtualClock } from '../../infra/local/workflow/clock.ts';
import { fakeBlueprint } from './fake/fake-app.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

describe('the services, as the unmodified SDK sees them by AWS_ENDPOINT_URL', () => {
  let clock: VirtualClock;
  let system: System;
  const before = { ...process.env };
  const blueprint = fakeBlueprint();

  beforeAll(async () => {
    clock = createVirtualClock(start);
    system = await boot({ clock, dataDir: 'memory', seed: 1, blueprint, transport: 'socket' });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: system.servicesUrl,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  });
  afterAll(async () => {
    process.env = before;
    await system.close();
  });

  it('keep items and answer conditions by their names', async () => {
    const tables = new DynamoDBClient({});
    const put = (phone: string) =>
      tables.send(
        new PutItemCommand({
          TableName: 'Data-Missions',
          Item: { missionId: { S: 'm1' }, phone: { S: phone }, note: { S: '"CapacityUnits":99' } },
          ConditionExpression: 'attribute_not_exists(missionId)',
        }),
      );
    const units = system.bill();
    await put('+12065550123');
    await expect(put('+12065550124')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    const { Item } = await tables.send(
      new GetItemCommand({
        TableName: 'Data-Missions',
        Key: { missionId: { S: 'm1' } },
        ConsistentRead: true,
      }),
    );
    expect(Item?.phone).toEqual({ S: '+12065550123' });
    const { Count } = await tables.send(
      new QueryCommand({
        TableName: 'Data-Missions',
        IndexName: 'MissionsByPhone',
        KeyConditionExpression: 'phone = :p',
        ExpressionAttributeValues: { ':p': { S: '+12065550123' } },
      }),
    );
    expect(Count).toBe(1);
    // The lost condition costs a write too; a consistent read is a whole unit, one of an index a half.
    expect(system.bill().writeUnits - units.writeUnits).toBe(2);
    expect(system.bill().readUnits - units.readUnits).toBe(1.5);
  });

  it('make a topic once, subscribe by mail, and send what is published to it', async () => {
    const topics = new SNSClient({});
    const { TopicArn } = await topics.send(new CreateTopicCommand({ Name: 'relief-person-e1' }));
    expect(TopicArn).toBe('arn:aws:sns:eu-central-1:000000000000:relief-person-e1');
    expect((await topics.send(new CreateTopicCommand({ Name: 'relief-person-e1' }))).TopicArn).toBe(TopicArn);
    const subscribe = () =>
      topics.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'aiko@relief.example' }));
    const { SubscriptionArn } = await subscribe();
    expect((await subscribe()).SubscriptionArn).toBe(SubscriptionArn);
    const { Subscriptions } = await topics.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toEqual([
      {
        SubscriptionArn,
        Owner: '000000000000',
        Protocol: 'email',
        Endpoint: 'aiko@relief.example',
        TopicArn,
      },
    ]);
    const text = 'Können Sie <heute> & morgen?\n"Ja"';
    const { MessageId } = await topics.send(
      new PublishCommand({ TopicArn, Subject: 'A question', Message: text }),
    );
    expect(system.outbox.emails.at(-1)).toEqual({
      at: '2026-01-01T00:00:00.000Z',
      messageId: MessageId,
      topicArn: TopicArn,
      to: 'aiko@relief.example',
      subject: 'A question',
      text,
    });
  });

  it('send nothing to a person who has not confirmed the subscription', async () => {
    const topics = new SNSClient({});
    const TopicArn = 'arn:aws:sns:eu-central-1:000000000000:relief-person-e2';
    system.subscribe({ topicArn: TopicArn, address: 'ben@relief.example', state: 'pending' });
    const sent = system.outbox.emails.length;
    await topics.send(new PublishCommand({ TopicArn, Message: 'x' }));
    expect(system.outbox.emails).toHaveLength(sent);
    const { Subscriptions } = await topics.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toMatchObject([{ SubscriptionArn: 'PendingConfirmation' }]);
  });

  it('send an SMS with its number of origin, and none to a phone that opted out', async () => {
    const topics = new SNSClient({});
    const publish = () =>
      topics.send(
        new PublishCommand({
          PhoneNumber: '+12065550125',
          Message: '行けますか'.repeat(20),
          MessageAttributes: {
            'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
            'AWS.MM.SMS.OriginationNumber': { DataType: 'String', StringValue: '+12065550199' },
          },
        }),
      );
    const { MessageId } = await publish();
    expect(system.outbox.sms.at(-1)).toMatchObject({
      messageId: MessageId,
      to: '+12065550125',
      from: '+12065550199',
      segments: 2,
    });
    const optedOut = async () =>
      (await topics.send(new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber: '+12065550125' })))
        .isOptedOut;
    expect(await optedOut()).toBe(false);
    const sent = system.outbox.sms.length;
    await system.inboundSms('+12065550125', ' stop ');
    expect(await optedOut()).toBe(true);
    expect((await publish()).MessageId).toBeDefined();
    expect(system.outbox.sms).toHaveLength(sent);
    await system.inboundSms('+12065550125', 'START');
    expect(await optedOut()).toBe(false);
  });

  it.each([
    [
      'a topic that is not there',
      { TopicArn: 'arn:aws:sns:eu-central-1:000000000000:none', Message: 'x' },
      'NotFoundException',
    ],
    ['a number that is none', { PhoneNumber: '12', Message: 'x' }, 'InvalidParameterException'],
    [
      'a subject that SNS does not take',
      { TopicArn: 'arn:x', Subject: 'né', Message: 'x' },
      'InvalidParameterException',
    ],
    ['no receiver', { Message: 'x' }, 'InvalidParameterException'],
  ])('refuse to publish to %s', async (_name, input, name) => {
    await expect(new SNSClient({}).send(new PublishCommand(input))).rejects.toMatchObject({ name });
  });

  it('start, describe and stop an execution, and know a token that is none', async () => {
    const workflows = new SFNClient({});
    const { arn } = blueprint.machines[0]!;
    const begin = (input: string) =>
      workflows.send(new StartExecutionCommand({ stateMachineArn: arn, name: 'once', input }));
    const input = JSON.stringify({ missionId: 'm1', phone: '+12065550123' });
    const { executionArn, startDate } = await begin(input);
    expect(startDate).toEqual(new Date(start));
    await expect(begin('{}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await expect(begin('{')).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
    await expect(
      workflows.send(new StartExecutionCommand({ stateMachineArn: `${arn}x` })),
    ).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    await clock.advanceTo(start + 1);
    expect(await workflows.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'RUNNING',
      stateMachineArn: arn,
      input,
    });
    for (const late of [
      new SendTaskSuccessCommand({ taskToken: 'x', output: '{}' }),
      new SendTaskFailureCommand({ taskToken: 'x' }),
    ]) {
      await expect(workflows.send(late as SendTaskFailureCommand)).rejects.toMatchObject({
        name: 'InvalidToken',
      });
    }
    await workflows.send(new StopExecutionCommand({ executionArn, error: 'Desk', cause: 'drill is over' }));
    expect(await workflows.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'ABORTED',
      error: 'Desk',
    });
    await expect(
      workflows.send(new DescribeExecutionCommand({ executionArn: `${executionArn}x` })),
    ).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  });

  it('keep a body with its type, put it once if asked to, and know that one is missing', async () => {
    const bodies = new S3Client({ forcePathStyle: true });
    const [Bucket] = blueprint.bucketNames;
    const at = { Bucket, Key: 'a/b +ä' };
    const put = (Body: string) =>
      bodies.send(
        new PutObjectCommand({
          ...at,
          Body,
          ContentType: 'application/cap+xml',
          IfNoneMatch: '*',
          Metadata: { format: 'cap' },
        }),
      );
    await put('<alert/>');
    await expect(put('<other/>')).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const found = await bodies.send(new GetObjectCommand(at));
    expect(await found.Body?.transformToString()).toBe('<alert/>');
    expect(found).toMatchObject({ ContentType: 'application/cap+xml', Metadata: { format: 'cap' } });
    expect((await bodies.send(new HeadObjectCommand(at))).ContentLength).toBe(8);
    await expect(bodies.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    await expect(bodies.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(bodies.send(new GetObjectCommand({ Bucket: 'none', Key: 'x' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  it('give a secret by its ARN', async () => {
    const secrets = new SecretsManagerClient({});
    const { SecretString } = await secrets.send(
      new GetSecretValueCommand({ SecretId: blueprint.secrets[0]!.arn }),
    );
    expect(SecretString).toMatch(/^[\w-]{43}$/);
    await expect(secrets.send(new GetSecretValueCommand({ SecretId: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('the HTTP API', () => {
  const seen: APIGatewayProxyEventV2[] = [];
  let answer: unknown = { statusCode: 200, body: 'ok' };
  const tokens = createTokens(
    { issuer: 'http://localhost:3000', audience: 'relief-desk' },
    (() => {
      const key = newPrivateKey();
      return () => key;
    })(),
    () => start,
  );
  const route = (method: string, path: string, authorised = false) => ({
    method,
    path,
    functionName: `${method} ${path}`,
    authorised,
  });
  const api = createHttpApi({
    routes: [
      route('GET', '/api/deployments/{id}', true),
      route('POST', '/api/deployments/{id}/{action}', true),
      route('GET', '/api/deployments/mine'),
      route('POST', '/api/alerts'),
      route('GET', '/a/{token}'),
      route('POST', '/a/{token}'),
    ],
    place: { region: 'eu-central-1', account: '000000000000' },
    verify: tokens.verify,
    async invoke(_name, event) {
      seen.push(event as APIGatewayProxyEventV2);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    now: () => start,
    newId: () => 'id-1',
  });

  it('makes the event of payload format 2.0', async () => {
    await api.handle({
      method: 'GET',
      path: '/a/x%2Fy%20z?lang=ja&lang=en&q=%C3%A4',
      headers: { host: 'relief.example', cookie: 'a=1; b=2', 'user-agent': 'phone' },
      sourceIp: '192.0.2.1',
    });
    expect(seen.at(-1)).toEqual({
      version: '2.0',
      routeKey: 'GET /a/{token}',
      rawPath: '/a/x%2Fy%20z',
      rawQueryString: 'lang=ja&lang=en&q=%C3%A4',
      cookies: ['a=1', 'b=2'],
      headers: { host: 'relief.example', 'user-agent': 'phone' },
      queryStringParameters: { lang: 'ja,en', q: 'ä' },
      pathParameters: { token: 'x/y z' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        domainName: 'relief.example',
        domainPrefix: 'relief',
        http: {
          method: 'GET',
          path: '/a/x%2Fy%20z',
          protocol: 'HTTP/1.1',
          sourceIp: '192.0.2.1',
          userAgent: 'phone',
        },
        requestId: 'id-1',
        routeKey: 'GET /a/{token}',
        stage: '$default',
        time: '01/Jan/2026:00:00:00 +0000',
        timeEpoch: start,
      },
      isBase64Encoded: false,
    });
  });

  it.each([
    ['application/json', '{"a":"ä"}', false],
    ['application/cap+xml; charset=utf-8', '<alert/>', false],
    ['text/csv', 'a,b', false],
    ['application/x-www-form-urlencoded', 'answer=yes', true],
    ['application/octet-stream', 'bytes', true],
    ['text/plain', Buffer.from([0xff, 0xfe, 0x41]), true],
  ])('hands on a body of %s as the gateway does', async (type, body, isBase64Encoded) => {
    await api.handle({ method: 'POST', path: '/api/alerts', headers: { 'content-type': type }, body });
    const event = seen.at(-1)!;
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body!, isBase64Encoded ? 'base64' : 'utf8')).toEqual(Buffer.from(body));
  });

  it('prefers the route without a parameter', async () => {
    await api.handle({ method: 'GET', path: '/api/deployments/mine' });
    expect(seen.at(-1)?.routeKey).toBe('GET /api/deployments/mine');
  });

  it.each([
    ['an address that is not there', { method: 'GET', path: '/api/none' }, 404],
    ['an empty parameter', { method: 'GET', path: '/a/' }, 404],
    ['a parameter that cannot be read', { method: 'GET', path: '/a/%E0%A4%A' }, 404],
    ['a method that it does not take', { method: 'DELETE', path: '/a/x' }, 405],
    [
      'a body that is too large',
      { method: 'POST', path: '/api/alerts', body: Buffer.alloc(maxBodyBytes + 1) },
      413,
    ],
    ['a call without a token', { method: 'GET', path: '/api/deployments/d1' }, 401],
    [
      'a token that is none',
      { method: 'GET', path: '/api/deployments/d1', headers: { authorization: 'Bearer x.y.z' } },
      401,
    ],
  ])('refuses %s', async (_name, request, status) => {
    const calls = seen.length;
    const reply = await api.handle(request);
    expect(reply.statusCode).toBe(status);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(reply.body.toString())).toMatchObject({ type: 'about:blank', status });
    expect(seen).toHaveLength(calls);
  });

  it('says which methods an address takes', async () => {
    expect((await api.handle({ method: 'PUT', path: '/a/x' })).headers.allow).toBe('GET, POST');
  });

  const call = (token: string) =>
    api.handle({ method: 'GET', path: '/api/deployments/d1', headers: { authorization: `Bearer ${token}` } });

  it('lets a good token in and hands on its claims as texts', async () => {
    expect((await call(await tokens.sign({ name: 'Aiko', groups: ['desk', 'approver'] }))).statusCode).toBe(
      200,
    );
    const { authorizer } = seen.at(-1)!.requestContext as unknown as {
      authorizer: { jwt: { claims: Record<string, string> } };
    };
    expect(authorizer.jwt.claims).toMatchObject({
      name: 'Aiko',
      'cognito:groups': '[desk approver]',
      exp: String(start / 1000 + 12 * 3600),
    });
  });

  it('refuses a token that has expired, is for others, or is signed by others', async () => {
    const bearer = { name: 'Aiko', groups: ['desk'] };
    const key = newPrivateKey();
    const made = (issuer: string, audience: string, own = key) =>
      createTokens(
        { issuer, audience },
        () => own,
        () => start,
      ).sign(bearer);
    for (const token of [
      await tokens.sign({ ...bearer, hours: -1 }),
      await made('http://localhost:3000', 'relief-desk'),
      await made('http://elsewhere.example', 'relief-desk'),
    ]) {
      expect((await call(token)).statusCode).toBe(401);
    }
    const good = await tokens.sign(bearer);
    const [head, , signature] = good.split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'x', 'cognito:groups': ['approver'] })).toString(
      'base64url',
    );
    expect((await call(`${head}.${forged}.${signature}`)).statusCode).toBe(401);
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect((await call(`${none}.${forged}.`)).statusCode).toBe(401);
  });

  it.each([
    [
      'a reply',
      { statusCode: 201, headers: { 'Content-Type': 'text/html' }, body: '<p>' },
      201,
      'text/html',
      '<p>',
    ],
    [
      'a reply in base64',
      { statusCode: 200, body: 'PHA+', isBase64Encoded: true },
      200,
      'text/plain; charset=utf-8',
      '<p>',
    ],
    ['a bare value', { a: 1 }, 200, 'application/json', '{"a":1}'],
    ['a failure', new Error('secret'), 500, 'application/json', '{"message":"Internal Server Error"}'],
  ])('reads %s', async (_name, given, status, type, body) => {
    answer = given;
    const reply = await api.handle({ method: 'GET', path: '/a/x' });
    answer = { statusCode: 200, body: 'ok' };
    expect([reply.statusCode, reply.headers['content-type'], reply.body.toString()]).toEqual([
      status,
      type,
      body,
    ]);
  });
});
