import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmployerStore } from '../../functions/store/employers.ts';
import { createExpertStore } from '../../functions/store/experts.ts';
import { createStockStore } from '../../functions/store/stock.ts';
import { openTables, TABLES } from '../support/tables.ts';

const sns = mockClient(SNSClient);
type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

let opened: Awaited<ReturnType<typeof openTables>>;
let handlers: { roster: Handler; stock: Handler };

beforeAll(async () => {
  opened = await openTables();
  Object.assign(process.env, {
    EXPERTS_TABLE: TABLES.experts,
    EMPLOYERS_TABLE: TABLES.employers,
    STOCK_TABLE: TABLES.stock,
    AWS_ENDPOINT_URL_DYNAMODB: opened.endpoint,
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const roster = await import('../../functions/desk/import-roster.ts');
  const stock = await import('../../functions/desk/import-stock.ts');
  handlers = { roster: roster.handler as unknown as Handler, stock: stock.handler as unknown as Handler };
});
afterAll(() => opened.close());
beforeEach(() => {
  sns.reset();
  sns.on(CreateTopicCommand).callsFake(({ Name }) => ({ TopicArn: `arn:aws:sns:x:1:${Name}` }));
  sns.on(SubscribeCommand).resolves({ SubscriptionArn: 'pending confirmation' });
});

const post = async (
  what: 'roster' | 'stock',
  body: string | Buffer,
  { roles = '[roster-admin]', type = 'text/csv; charset=utf-8', query = {} } = {},
) => {
  const event = {
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : body.toString('base64'),
    isBase64Encoded: typeof body !== 'string',
    queryStringParameters: query,
    routeKey: `POST /api/${what}`,
    requestContext: { authorizer: { jwt: { claims: { sub: 'kunita', 'cognito:groups': roles } } } },
  } as unknown as APIGatewayProxyEventV2;
  const reply = await handlers[what](event, {} as Context);
  return { status: reply.statusCode, body: JSON.parse(reply.body ?? 'null') };
};

const header =
  'expertId,familyName,givenName,language,employerId,employerName,qualifications,latitude,longitude,phone,email,languages';
const row = (number: number, change: { languages?: string; phone?: string; mail?: string } = {}) =>
  `E-${number},Mori,Aoi,ja,EMP-1,Aoba Hospital,nurse:2:2031-03-31,35.7,139.7,` +
  `${change.phone ?? `+44770090000${number}`},${change.mail ?? `e${number}@roster.example`},${change.languages ?? 'ja|en'}`;

describe('POST /api/roster', () => {
  const experts = () => createExpertStore(opened.tables, TABLES.experts);

  it('writes the good rows, names the bad ones and asks for the confirmation of addresses', async () => {
    const file = [header, row(1), row(2, { languages: 'TRK' }), row(3, { mail: '' })].join('\r\n');
    const { status, body } = await post('roster', Buffer.from(`\uFEFF${file}`));
    expect(status).toBe(200);
    expect(body).toEqual({
      accepted: 2,
      changed: 2,
      changedEmployers: 1,
      rejected: [{ line: 3, column: 'languages', reason: '`TRK` is not a language code (TR is)' }],
      ignoredColumns: [],
      emails: { asked: 1, left: 0 },
    });
    expect(await experts().get('E-1')).toMatchObject({
      phone: { state: 'confirmed' },
      email: { state: 'pending', topicArn: expect.stringContaining('relief-person-E-1-') },
    });
    expect(await experts().get('E-2')).toBeNull();
    expect(await createEmployerStore(opened.tables, TABLES.employers).get('EMP-1')).toMatchObject({
      name: 'Aoba Hospital',
    });
  });

  it('sees at the next import who has confirmed, and changes nothing else', async () => {
    sns.on(SubscribeCommand).resolves({ SubscriptionArn: 'arn:aws:sns:x:1:t:1' });
    const file = [header, row(1)].join('\n');
    expect((await post('roster', file)).body).toMatchObject({
      accepted: 1,
      changed: 0,
      emails: { asked: 1 },
    });
    expect((await experts().get('E-1'))?.email?.state).toBe('confirmed');
    expect((await post('roster', file)).body).toMatchObject({ changed: 0, emails: { asked: 0, left: 0 } });
  });

  it('shows what it would do without doing it', async () => {
    const file = [header, row(4)].join('\n');
    const { body } = await post('roster', file, { query: { preview: 'true' } });
    expect(body).toMatchObject({ accepted: 1, changed: 1, preview: true });
    expect(await experts().get('E-4')).toBeNull();
    expect(sns.commandCalls(SubscribeCommand)).toHaveLength(0);
  });

  it.each([
    ['another role', [header, row(1)].join('\n'), { roles: '[viewer approver]' }, 403, 'needs the role'],
    ['another type', [header, row(1)].join('\n'), { type: 'application/json' }, 415, 'Send text/csv'],
    ['another table', 'warehouse,item\n1,2\n', {}, 422, 'line 1: no column `expertId`'],
    ['an empty file', '', {}, 422, 'line 1: the file is empty'],
    ['another coding', Buffer.from([0x65, 0x8f, 0xe8, 0x0a]), {}, 422, 'not UTF-8'],
  ])('refuses %s', async (_what, body, options, status, detail) => {
    const reply = await post('roster', body, options);
    expect(reply.status).toBe(status);
    expect(reply.body.detail).toContain(detail);
  });
});

describe('POST /api/stock', () => {
  const stock = () => createStockStore(opened.tables, TABLES.stock);
  const file = (quantity: number) =>
    'warehouseId;item;quantity;unit;unitWeightKg;warehouseName;country;latitude;longitude;staysInCountry;handlingHours;flightEveryHours\n' +
    `dubai;tent;${quantity};tent;41,5;Dubai;ARE;25,25;55,37;no;12;6\n` +
    'dubai;blanket;many;blanket;1,6;;;;;;;\n';

  it('counts what is there, keeps what is promised and names the bad rows', async () => {
    const first = await post('stock', file(500), { roles: '[desk]' });
    expect(first.body).toEqual({
      accepted: 1,
      changed: 1,
      rejected: [{ line: 3, column: 'quantity', reason: '`many` is not a whole number from 0 to 100000000' }],
      ignoredColumns: [],
    });
    await stock().reserve('dubai', 'tent', 'D-1', 120, '2026-01-01T00:00:00.000Z');
    expect((await post('stock', file(450))).body).toMatchObject({ accepted: 1, changed: 1 });
    expect(await stock().get('dubai', 'tent')).toMatchObject({
      available: 330,
      reservations: { 'D-1': 120 },
    });
    const tooFew = await post('stock', file(100));
    expect(tooFew.body).toMatchObject({ accepted: 0, changed: 0 });
    expect(tooFew.body.rejected[0].reason).toBe('100 counted, but 120 are promised to deployments');
  });
});
