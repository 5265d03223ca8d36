import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPersonTopics, personTopicName } from '../../functions/store/person-topics.ts';

const sns = mockClient(SNSClient);
const topics = createPersonTopics(new SNSClient({ region: 'ap-northeast-1' }), 'Relief desk');
const waiting = (personId: string, topicArn: string | null = null) => ({
  personId,
  email: { address: `${personId.toLowerCase()}@roster.example`, state: 'pending' as const, topicArn },
});

beforeEach(() => {
  sns.reset();
  sns.on(CreateTopicCommand).callsFake(({ Name }) => ({ TopicArn: `arn:aws:sns:x:1:${Name}` }));
  sns.on(SubscribeCommand).resolves({ SubscriptionArn: 'pending confirmation' });
});

describe('the topic of a person', () => {
  it('is named by the person and tells addresses apart without showing them', () => {
    const name = personTopicName('E-0001', 'a@roster.example');
    expect(name).toMatch(/^relief-person-E-0001-[0-9a-f]{8}$/);
    expect(personTopicName('E-0001', 'a@roster.example')).toBe(name);
    expect(personTopicName('E-0001', 'b@roster.example')).not.toBe(name);
  });

  it('is made once and the address subscribed', async () => {
    const { channels, left, failures } = await topics.enrolAll([waiting('E-1')]);
    expect(channels.get('E-1')).toMatchObject({
      state: 'pending',
      topicArn: expect.stringContaining('relief-person-E-1-'),
    });
    expect({ left, failures }).toEqual({ left: 0, failures: [] });
    expect(sns.commandCalls(SubscribeCommand)[0]?.args[0].input).toMatchObject({
      Protocol: 'email',
      Endpoint: 'e-1@roster.example',
    });
  });

  it('is not made again for who was asked before, and a confirmation that came is seen', async () => {
    sns.on(SubscribeCommand).resolves({ SubscriptionArn: 'arn:aws:sns:x:1:t:42' });
    const { channels } = await topics.enrolAll([waiting('E-1', 'arn:aws:sns:x:1:t')]);
    expect(channels.get('E-1')).toMatchObject({ state: 'confirmed', topicArn: 'arn:aws:sns:x:1:t' });
    expect(sns.commandCalls(CreateTopicCommand)).toHaveLength(0);
  });

  it('is asked for at most 250 times in a call, those first who were never asked', async () => {
    const reminded = Array.from({ length: 100 }, (_, index) => waiting(`R-${index}`, 'arn:aws:sns:x:1:t'));
    const fresh = Array.from({ length: 240 }, (_, index) => waiting(`N-${index}`));
    const { channels, left } = await topics.enrolAll([...reminded, ...fresh]);
    expect(left).toBe(90);
    expect([...channels.keys()].filter(id => id.startsWith('N-'))).toHaveLength(240);
  });

  it('that SNS refuses keeps nobody else from being asked', async () => {
    const refusal = Object.assign(new Error('no'), { name: 'InvalidParameterException' });
    sns.on(SubscribeCommand, { Endpoint: 'e-2@roster.example' }).rejects(refusal);
    const { channels, left, failures } = await topics.enrolAll(['E-1', 'E-2', 'E-3'].map(id => waiting(id)));
    expect([...channels.keys()].sort()).toEqual(['E-1', 'E-3']);
    expect({ left, failures }).toEqual({ left: 1, failures: ['InvalidParameterException'] });
  });
});
