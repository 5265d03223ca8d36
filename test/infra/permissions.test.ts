import { describe, expect, it } from 'vitest';
import { flat, grantsOf, ofType, synthesise } from './synthesised.ts';

const { relief } = synthesise('prod');
const grants = grantsOf(relief);
const who = (action: string) =>
  [...new Set(grants.filter(grant => grant.action === action).map(grant => grant.who))].sort();
const whatFor = (action: string) =>
  [...new Set(grants.filter(grant => grant.action === action).flatMap(grant => grant.resources))].sort();
/** Who may do this with what lies in a bucket, from the name of its export. */
const whoOnBucket = (bucket: string, action: string) => whoOnTable(bucket, action);
/** Who may write (or only read) a table, from the name of its export. */
const whoOnTable = (table: string, action: string) =>
  [
    ...new Set(
      grants
        .filter(grant => grant.action === action)
        .filter(grant => grant.resources.some(arn => arn.includes(`ExportsOutputFnGetAtt${table}`)))
        .map(grant => grant.who),
    ),
  ].sort();

const workflow = (name: string) =>
  `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:${name}`;
const TELL_PEOPLE = ['ReceiveSms', 'ReleaseTeam', 'SendOffers', 'StandDown', 'TrackMission'];
const TELL_THE_DESK = [
  'AskTheDesk',
  'AskTheDeskAboutGaps',
  'ConfirmTeam',
  'ReleaseTeam',
  'TrackMission',
  'UpdateDeployment',
];
const ANSWER_WORKFLOWS = [
  'ActOnDeployment',
  'AskTheDesk',
  'AskTheDeskAboutGaps',
  'AwaitAnswers',
  'ReceiveSms',
  'TakeAnswer',
  'TrackMission',
  'UpdateDeployment',
];

describe('messages', () => {
  it('go to phones and to the topics of people from five functions only', () => {
    const phones = grants.filter(grant => grant.resources.includes('!arn:<AWS::Partition>:sns:*:*:*'));
    expect(phones.map(grant => grant.action)).toEqual(Array(TELL_PEOPLE.length).fill('sns:Publish'));
    expect(phones.map(grant => grant.who).sort()).toEqual(TELL_PEOPLE);
    const people = grants.filter(
      grant =>
        grant.action === 'sns:Publish' && grant.resources.some(arn => arn.endsWith(':relief-person-*')),
    );
    expect(people.map(grant => grant.who).sort()).toEqual(TELL_PEOPLE);
  });

  it('reach no other topic: a publish names phones, topics of people or the desk', () => {
    expect(whatFor('sns:Publish')).toEqual([
      '!arn:<AWS::Partition>:sns:*:*:*',
      expect.stringMatching(/^<MessagesDesk\w+>$/),
      'arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:relief-person-*',
    ]);
  });

  it('reach the desk from those that ask it', () => {
    const desk = grants.filter(
      grant => grant.action === 'sns:Publish' && grant.resources.some(arn => arn.startsWith('<MessagesDesk')),
    );
    expect(desk.map(grant => grant.who).sort()).toEqual(TELL_THE_DESK);
  });

  it('let SNS alone hand on an SMS in the name of a function', () => {
    const statements = ofType(relief, 'AWS::IAM::Policy').flatMap(
      ([, policy]) => policy.Properties.PolicyDocument.Statement,
    );
    for (const statement of statements.filter(each => each.Action === 'sms-voice:SendTextMessage'))
      expect(statement.Condition).toEqual({ Bool: { 'aws:ViaAWSService': 'true' } });
    expect(who('sms-voice:SendTextMessage')).toEqual(TELL_PEOPLE);
  });

  it('get new topics of people from the import alone', () => {
    expect(who('sns:CreateTopic')).toEqual(['ImportRoster']);
    expect(who('sns:Subscribe')).toEqual(['ImportRoster']);
    expect(whatFor('sns:CreateTopic')).toEqual([
      'arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:relief-person-*',
    ]);
  });

  it.each(['Desk', 'InboundSms'])('the topic %s is encrypted and takes TLS only', name => {
    const [id, topic] = ofType(relief, 'AWS::SNS::Topic').find(([each]) =>
      each.startsWith(`Messages${name}`),
    )!;
    expect(topic.Properties.KmsMasterKeyId).toBeDefined();
    const policy = ofType(relief, 'AWS::SNS::TopicPolicy').find(([, each]) =>
      each.Properties.Topics.some((one: unknown) => flat(one) === `<${id}>`),
    )![1];
    expect(policy.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 'sns:Publish',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });
});

describe('workflows', () => {
  it('are answered by the callbacks and the answers alone, and only deploy-team is', () => {
    expect(who('states:SendTaskSuccess')).toEqual(ANSWER_WORKFLOWS);
    expect(whatFor('states:SendTaskSuccess')).toEqual([workflow('deploy-team')]);
  });

  it('are started by those that have a reason to', () => {
    const starters = (name: string) =>
      grants
        .filter(grant => grant.action === 'states:StartExecution' && grant.resources.includes(workflow(name)))
        .map(grant => grant.who)
        .sort();
    expect(starters('triage-alert')).toEqual(['ActOnEvent', 'PollFeeds', 'ReceiveAlerts']);
    expect(starters('deploy-team')).toEqual(['OpenDeployment', 'StartDeployment']);
    expect(whatFor('states:StartExecution')).toEqual([workflow('deploy-team'), workflow('triage-alert')]);
  });

  it('have no other power over themselves', () => {
    const others = grants.map(grant => grant.action).filter(action => action.startsWith('states:'));
    expect(new Set(others)).toEqual(new Set(['states:SendTaskSuccess', 'states:StartExecution']));
  });
});

describe('tables', () => {
  it('are named one by one, with their indexes: no wildcard in action or resource', () => {
    const onTables = grants.filter(grant => grant.action.startsWith('dynamodb:'));
    expect(onTables.length).toBeGreaterThan(0);
    for (const grant of onTables) {
      expect(grant.action).not.toContain('*');
      expect(grant.resources.join()).not.toContain('*');
    }
  });

  it.each([
    ['Alerts', ['CorrelateAlert', 'PollFeeds']],
    ['Employers', ['ImportRoster']],
    [
      'Experts',
      [
        'ActOnDeployment',
        'ConfirmTeam',
        'ImportRoster',
        'PlanTeam',
        'ReleaseTeam',
        'ReviewAnswers',
        'StandDown',
        'TrackMission',
      ],
    ],
    ['Stock', ['ConfirmTeam', 'ImportStock', 'PlanTeam', 'ReleaseTeam', 'StandDown', 'TrackMission']],
  ])('%s is written by few', (table, writers) => {
    for (const action of ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'])
      expect(whoOnTable(table, action)).toEqual(writers);
  });

  it('personal data is read by those that plan, tell or review, and not by the lists of the desk', () => {
    const readers = whoOnTable('Experts', 'dynamodb:GetItem');
    for (const entry of [
      'ListEvents',
      'ListFeeds',
      'ListDeployments',
      'ShowDeployment',
      'PollFeeds',
      'ReceiveAlerts',
      'DescribeApi',
    ])
      expect(readers).not.toContain(entry);
  });

  it('a function that reads only has no verb that writes', () => {
    const writes = grants.filter(grant => /dynamodb:(Put|Update|Delete|BatchWrite)/.test(grant.action));
    for (const entry of [
      'AssessNeeds',
      'ListEvents',
      'ListFeeds',
      'ListDeployments',
      'ShowDeployment',
      'ShowPlan',
      'DescribeApi',
    ])
      expect(writes.map(grant => grant.who)).not.toContain(entry);
  });
});

describe('roles', () => {
  it('carry no managed policy', () => {
    for (const [id, role] of ofType(relief, 'AWS::IAM::Role'))
      expect({ id, managed: role.Properties.ManagedPolicyArns }).toEqual({ id, managed: undefined });
  });

  it('have no wildcard action', () =>
    expect(grants.filter(grant => grant.effect === 'Allow' && grant.action.includes('*'))).toEqual([]));

  it('use a key only through the service that it is for', () => {
    const statements = ofType(relief, 'AWS::IAM::Policy').flatMap(
      ([, policy]) => policy.Properties.PolicyDocument.Statement,
    );
    const keyUses = statements.filter(each =>
      [each.Action].flat().some((action: string) => action.startsWith('kms:')),
    );
    expect(keyUses.length).toBeGreaterThan(0);
    for (const each of keyUses) expect(each.Condition?.StringEquals).toHaveProperty(['kms:ViaService']);
  });

  it('read the webhook secret in receive-alerts alone', () =>
    expect(who('secretsmanager:GetSecretValue')).toEqual(['ReceiveAlerts']));

  it('write raw bodies where alerts come in, and read them where they are correlated', () => {
    expect(whoOnBucket('Bodies', 's3:PutObject')).toEqual(['PollFeeds', 'ReceiveAlerts']);
    expect(whoOnBucket('Bodies', 's3:GetObject')).toEqual(['CorrelateAlert', 'ShowMessage']);
  });

  it('reach the snapshot of the roster where people are planned, by its name alone', () => {
    expect(whoOnBucket('Roster', 's3:PutObject')).toEqual(['PlanTeam', 'RefreshRoster']);
    expect(whoOnBucket('Roster', 's3:GetObject')).toEqual(['PlanTeam', 'RefreshRoster', 'ShowPlan']);
    expect(who('s3:ListBucket')).toEqual(whoOnBucket('Roster', 's3:GetObject'));
    const objects = [...whatFor('s3:GetObject'), ...whatFor('s3:PutObject')].filter(arn =>
      arn.includes('FnGetAttRoster'),
    );
    for (const arn of objects) expect(arn).toMatch(/\/columns-\d+\.gz$/);
  });

  it('know no other verb of S3', () => {
    const verbs = grants.map(grant => grant.action).filter(action => action.startsWith('s3:'));
    expect([...new Set(verbs)].sort()).toEqual(['s3:GetObject', 's3:ListBucket', 's3:PutObject']);
  });
});
