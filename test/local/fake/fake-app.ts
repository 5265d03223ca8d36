import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Blueprint, describe } from '../../../infra/local/blueprint.ts';
import type { Template } from '../../../infra/local/template.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const table = { 'Fn::ImportValue': 'Data:MissionsTable' };

const functionOf = (variables: Record<string, unknown>) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Timeout: 29, MemorySize: 512, Environment: { Variables: variables } },
});

const routeOf = (key: string, integration: string, type = 'NONE') => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    RouteKey: key,
    AuthorizationType: type,
    Target: { 'Fn::Join': ['', ['integrations/', { Ref: integration }]] },
  },
});

const integrationOf = (logicalId: string) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: { IntegrationUri: arnOf(logicalId) },
});

/** Two stacks in the form that the CDK gives them: a table with an index, a bucket, and five functions around one workflow. */
export const fakeTemplates: Record<string, Template> = {
  Data: {
    Resources: {
      Missions: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          KeySchema: [{ AttributeName: 'missionId', KeyType: 'HASH' }],
          AttributeDefinitions: [
            { AttributeName: 'missionId', AttributeType: 'S' },
            { AttributeName: 'phone', AttributeType: 'S' },
          ],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'MissionsByPhone',
              KeySchema: [{ AttributeName: 'phone', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
            },
          ],
        },
      },
      Bodies: { Type: 'AWS::S3::Bucket' },
    },
    Outputs: {
      Table: { Value: { Ref: 'Missions' }, Export: { Name: 'Data:MissionsTable' } },
      Bucket: { Value: { Ref: 'Bodies' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Bucket' } } },
    },
  },
  Relief: {
    Resources: {
      TakeRequest: functionOf({
        MISSIONS_TABLE: table,
        ASK_ARN: {
          'Fn::Join': [
            '',
            [
              'arn:aws:states:',
              { Ref: 'AWS::Region' },
              ':',
              { Ref: 'AWS::AccountId' },
              ':stateMachine:ask-a-person',
            ],
          ],
        },
      }),
      AskPerson: functionOf({ MISSIONS_TABLE: table, DESK_TOPIC_ARN: { Ref: 'Desk' } }),
      ReceiveSms: functionOf({ MISSIONS_TABLE: table }),
      CloseMission: functionOf({ MISSIONS_TABLE: table }),
      ShowSurroundings: functionOf({
        MISSIONS_TABLE: table,
        PUBLIC_URL: 'https://relief.example',
        RAW_BUCKET: { 'Fn::ImportValue': 'Data:Bucket' },
        WEBHOOK_SECRET_ARN: { Ref: 'Secret' },
        TOKEN_KEYS_URL: 'http://localhost:3000/keys.json',
        GONE: { Ref: 'AWS::NoValue' },
      }),
      ReceiveSmsRetries: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: { FunctionName: { Ref: 'ReceiveSms' }, MaximumRetryAttempts: 1 },
      },
      Ask: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          StateMachineName: 'ask-a-person',
          DefinitionString: readFileSync(here('ask-a-person.asl.json'), 'utf8'),
          DefinitionSubstitutions: { AskPerson: arnOf('AskPerson'), CloseMission: arnOf('CloseMission') },
        },
      },
      Desk: { Type: 'AWS::SNS::Topic' },
      Inbound: { Type: 'AWS::SNS::Topic' },
      InboundToReceiveSms: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: 'Inbound' }, Protocol: 'lambda', Endpoint: arnOf('ReceiveSms') },
      },
      Secret: { Type: 'AWS::SecretsManager::Secret' },
      ToTakeRequest: integrationOf('TakeRequest'),
      ToShowSurroundings: integrationOf('ShowSurroundings'),
      PostMission: routeOf('POST /missions', 'ToTakeRequest', 'JWT'),
      ShowAnything: routeOf('GET /show/{thing}', 'ToShowSurroundings'),
      Token: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: { JwtConfiguration: { Issuer: 'http://localhost:3000', Audience: ['relief-desk'] } },
      },
      EveryTenMinutes: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'rate(10 minutes)',
          Target: { Arn: arnOf('ShowSurroundings'), Input: '{"what":"log","text":"the hour"}' },
        },
      },
    },
  },
};

const entries = {
  TakeRequest: 'take-request',
  AskPerson: 'ask-person',
  ReceiveSms: 'receive-sms',
  CloseMission: 'close-mission',
  ShowSurroundings: 'show-surroundings',
};

/** The entry file of each function, as the constructs of the app would name it. */
export const fakeEntries = new Map(
  Object.entries(entries).map(([logicalId, file]) => [
    `Relief/${logicalId}`,
    here(`functions/missions/${file}.ts`),
  ]),
);

/** A small system to try the machinery on: someone requests, a person is asked by SMS, the mission is closed. */
export const fakeBlueprint = (): Blueprint => describe(fakeTemplates, fakeEntries);
