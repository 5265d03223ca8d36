import { describe, expect, it } from 'vitest';
import { describe as describeTemplates } from '../../infra/local/blueprint.ts';
import { fillDefinition, readTemplates, type Template } from '../../infra/local/template.ts';
import { fakeBlueprint, fakeEntries, fakeTemplates } from './fake/fake-app.ts';

const place = { region: 'eu-central-1', account: '000000000000' };

const stackOf = (template: Template) => readTemplates({ Stack: template }, place).Stack!;

describe('a template', () => {
  const stack = stackOf({
    Parameters: { Size: { Type: 'Number', Default: 3 } },
    Resources: {
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'Alerts' } },
      Topic: { Type: 'AWS::SNS::Topic' },
      Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'deploy-team' } },
      Call: { Type: 'AWS::Lambda::Function' },
      Odd: { Type: 'AWS::Odd::Thing' },
    },
  });

  it.each([
    ['Ref of a table is its name', { Ref: 'Table' }, 'Alerts'],
    ['Ref of a topic is its ARN', { Ref: 'Topic' }, 'arn:aws:sns:eu-central-1:000000000000:Stack-Topic'],
    [
      'Ref of a state machine is its ARN',
      { Ref: 'Machine' },
      'arn:aws:states:eu-central-1:000000000000:stateMachine:deploy-team',
    ],
    [
      'the ARN of a function without a name',
      { 'Fn::GetAtt': ['Call', 'Arn'] },
      'arn:aws:lambda:eu-central-1:000000000000:function:Stack-Call',
    ],
    [
      'GetAtt written with a dot',
      { 'Fn::GetAtt': 'Table.Arn' },
      'arn:aws:dynamodb:eu-central-1:000000000000:table/Alerts',
    ],
    ['a parameter', { Ref: 'Size' }, 3],
    ['Join over references', { 'Fn::Join': ['/', [{ Ref: 'AWS::Region' }, 'x']] }, 'eu-central-1/x'],
    [
      'Sub with names of the template',
      { 'Fn::Sub': '${Table}-${AWS::Region}-${!Kept}' },
      'Alerts-eu-central-1-${Kept}',
    ],
    [
      'Sub with values of its own',
      { 'Fn::Sub': ['${A}/${Table.Arn}', { A: { Ref: 'Size' } }] },
      '3/arn:aws:dynamodb:eu-central-1:000000000000:table/Alerts',
    ],
    ['Select of Split', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['NoValue in an object', { keep: 1, gone: { Ref: 'AWS::NoValue' } }, { keep: 1 }],
    ['NoValue in a list', [1, { Ref: 'AWS::NoValue' }], [1]],
  ])('reads %s', (_name, value, expected) => {
    expect(stack.resolve(value)).toEqual(expected);
  });

  it.each([
    [{ 'Fn::FindInMap': ['a', 'b', 'c'] }, 'Stack: Fn::FindInMap is not supported'],
    [{ Ref: 'AWS::NotificationARNs' }, 'Ref AWS::NotificationARNs'],
    [{ 'Fn::GetAtt': ['Odd', 'Colour'] }, 'Fn::GetAtt Odd.Colour of AWS::Odd::Thing'],
    [{ 'Fn::GetAtt': ['Odd', 'Arn'] }, 'the ARN of AWS::Odd::Thing'],
    [{ Ref: 'Nobody' }, "'Nobody' (no such resource)"],
    [{ 'Fn::ImportValue': 'Nothing' }, "no stack exports 'Nothing'"],
  ])('refuses %j by name', (value, message) => {
    expect(() => stack.resolve(value)).toThrow(message);
  });
});

describe('the substitutions of a definition', () => {
  it('are checked both ways', () => {
    expect(fillDefinition('m', '{"a":"${One}"}', { One: 'x' })).toBe('{"a":"x"}');
    expect(() => fillDefinition('m', '${One} ${Two}', { One: 'x' })).toThrow(
      'm: nothing is given for ${Two}',
    );
    expect(() => fillDefinition('m', '${One}', { One: 'x', Two: 'y' })).toThrow('m: given but not used: Two');
  });
});

describe('a blueprint', () => {
  const blueprint = fakeBlueprint();

  it('finds each function with its entry and an environment without references', () => {
    const taking = blueprint.functions.find(({ logicalId }) => logicalId === 'TakeRequest');
    expect(taking).toMatchObject({
      file: 'test/local/fake/functions/missions/take-request.ts',
      entry: 'missions/take-request',
      environment: {
        MISSIONS_TABLE: 'Data-Missions',
        ASK_ARN: 'arn:aws:states:eu-central-1:000000000000:stateMachine:ask-a-person',
      },
    });
    const showing = blueprint.functions.find(({ logicalId }) => logicalId === 'ShowSurroundings');
    expect(Object.keys(showing!.environment)).not.toContain('GONE');
  });

  it('knows how often an asynchronous function is repeated', () => {
    expect(
      blueprint.functions.map(({ logicalId, asyncRetries }) => [logicalId, asyncRetries]),
    ).toContainEqual(['ReceiveSms', 1]);
  });

  it('knows the topics, the secret, the routes and who may call them', () => {
    expect(blueprint).toMatchObject({
      deskTopicArn: 'arn:aws:sns:eu-central-1:000000000000:Relief-Desk',
      inboundTopicArn: 'arn:aws:sns:eu-central-1:000000000000:Relief-Inbound',
      secrets: [{ file: 'webhook-secret' }],
      authoriser: { issuer: 'http://localhost:3000', audience: 'relief-desk' },
      routes: [
        { method: 'POST', path: '/missions', functionName: 'Relief-TakeRequest', authorised: true },
        { method: 'GET', path: '/show/{thing}', functionName: 'Relief-ShowSurroundings', authorised: false },
      ],
    });
  });

  it('refuses a function without an entry', () => {
    const fewer = new Map([...fakeEntries].filter(([id]) => id !== 'Relief/AskPerson'));
    expect(() => describeTemplates(fakeTemplates, fewer)).toThrow(
      'Relief: the function AskPerson has no entry file',
    );
  });

  it('refuses a route that the local API would not serve as AWS does', () => {
    const relief = fakeTemplates.Relief!;
    const Odd = { Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey: 'ANY /{proxy+}' } };
    const odd = { ...fakeTemplates, Relief: { Resources: { ...relief.Resources, Odd } } };
    expect(() => describeTemplates(odd, fakeEntries)).toThrow("the route 'ANY /{proxy+}' is not supported");
  });
});
