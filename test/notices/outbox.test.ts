import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '../../functions/domain/deployment.ts';
import { sendEmail } from '../../functions/notices/email-channel.ts';
import { NoticeNotSent } from '../../functions/notices/notice-not-sent.ts';
import { type OutboxPorts, sendDue } from '../../functions/notices/outbox.ts';
import type { OutgoingNotice } from '../../functions/notices/rendering.ts';
import { sendSms } from '../../functions/notices/sms-channel.ts';
import { NOW } from './samples.ts';

const outgoing = (offerId: string): OutgoingNotice => ({
  deploymentId: 'D-1',
  noticeId: `${offerId}/offer/sms`,
  offerId,
  kind: 'offer',
  to: 'member',
  channel: 'sms',
  language: 'en',
  address: '+447700900001',
  createdAt: null,
  text: 'a'.repeat(161),
});

/** A store in memory with the condition of the real one. */
function aStore(notices: Notice[] = []) {
  const table = new Map(notices.map(notice => [notice.noticeId, notice]));
  return {
    table,
    claim: async (notice: Notice) => {
      const state = table.get(notice.noticeId)?.state ?? 'Sending';
      if (state !== 'Sending' && state !== 'Failed for now') return false;
      table.set(notice.noticeId, notice);
      return true;
    },
    record: async (notice: Notice) => void table.set(notice.noticeId, notice),
  };
}

const ports = (change: Partial<OutboxPorts> = {}) => {
  const left: string[] = [];
  const store = aStore();
  return {
    left,
    table: store.table,
    now: () => NOW,
    claim: store.claim,
    record: store.record,
    sms: async ({ text }: { text: string }) => ({ messageId: `m${left.push(text)}` }),
    email: async ({ subject }: { subject: string }) => ({ messageId: `m${left.push(subject)}` }),
    ...change,
  };
};

describe('sending what is due', () => {
  it('records, publishes and records again, with no address and no text', async () => {
    const world = ports();
    const result = await sendDue({ due: [outgoing('O-1')], ...world });
    expect(result).toEqual({ sent: 1, skipped: 0, failedForNow: 0, failedForGood: 0, failures: [] });
    expect(world.table.get('O-1/offer/sms')).toEqual({
      deploymentId: 'D-1',
      noticeId: 'O-1/offer/sms',
      offerId: 'O-1',
      kind: 'offer',
      to: 'member',
      channel: 'sms',
      language: 'en',
      state: 'Sent',
      segments: 2,
      messageId: 'm1',
      failure: null,
      createdAt: NOW,
      sentAt: NOW,
    });
  });

  it('sends nothing twice that is recorded as sent', async () => {
    const world = ports();
    await sendDue({ due: [outgoing('O-1')], ...world });
    expect(await sendDue({ due: [outgoing('O-1')], ...world })).toMatchObject({ sent: 0, skipped: 1 });
    expect(world.left).toHaveLength(1);
  });

  it('sends again after a crash between publishing and recording', async () => {
    const world = ports({ record: () => Promise.reject(new Error('crash')) });
    expect(await sendDue({ due: [outgoing('O-1')], ...world })).toMatchObject({ sent: 0, failedForNow: 1 });
    expect(world.table.get('O-1/offer/sms')?.state).toBe('Sending');
    const { claim, record } = aStore([...world.table.values()]);
    expect(await sendDue({ due: [outgoing('O-1')], ...world, claim, record })).toMatchObject({ sent: 1 });
    expect(world.left).toHaveLength(2);
  });

  it('goes on after a failure, and tells failures for good from those for now', async () => {
    const failures = [
      new NoticeNotSent('OptedOutException', true),
      new NoticeNotSent('ThrottledException', false),
      new TypeError('x'),
    ];
    const world = ports({
      sms: () =>
        failures.length > 0 ? Promise.reject(failures.shift()) : Promise.resolve({ messageId: 'm' }),
    });
    const result = await sendDue({ due: ['O-1', 'O-2', 'O-3', 'O-4'].map(outgoing), ...world });
    expect(result).toEqual({
      sent: 1,
      skipped: 0,
      failedForNow: 2,
      failedForGood: 1,
      failures: [
        { noticeId: 'O-1/offer/sms', reason: 'OptedOutException', forGood: true },
        { noticeId: 'O-2/offer/sms', reason: 'ThrottledException', forGood: false },
        { noticeId: 'O-3/offer/sms', reason: 'TypeError', forGood: false },
      ],
    });
    expect([...world.table.values()].map(({ state, failure }) => [state, failure])).toEqual([
      ['Failed for good', 'OptedOutException'],
      ['Failed for now', 'ThrottledException'],
      ['Failed for now', 'TypeError'],
      ['Sent', null],
    ]);
  });

  it('never holds a failure of the store against the address', async () => {
    const refusal = Object.assign(new Error('no table'), { name: 'ResourceNotFoundException' });
    const world = ports({ claim: () => Promise.reject(refusal) });
    const result = await sendDue({ due: [outgoing('O-1'), outgoing('O-2')], ...world });
    expect(result).toMatchObject({ failedForNow: 2, failedForGood: 0 });
    expect(world.left).toEqual([]);
  });

  it('keeps when a notice was first recorded', async () => {
    const world = ports();
    const first = '2023-02-06T04:00:00.000Z';
    await sendDue({ due: [{ ...outgoing('O-1'), createdAt: first }], ...world });
    expect(world.table.get('O-1/offer/sms')?.createdAt).toBe(first);
  });
});

describe('the channels', () => {
  const sns = mockClient(SNSClient);
  const client = new SNSClient({ region: 'ap-northeast-1' });
  beforeEach(() => void sns.reset());

  it('publish an SMS to a number, transactional, with a limit on its price', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm-1' });
    expect(
      await sendSms(client, { phoneNumber: '+447700900001', text: 'hello', origin: '+12025550143' }),
    ).toEqual({ messageId: 'm-1' });
    expect(sns.commandCalls(PublishCommand)[0]!.args[0].input).toEqual({
      PhoneNumber: '+447700900001',
      Message: 'hello',
      MessageAttributes: {
        'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
        'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: '1.00' },
        'AWS.MM.SMS.OriginationNumber': { DataType: 'String', StringValue: '+12025550143' },
      },
    });
  });

  it('publish an e-mail to the topic of a person', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm-2' });
    const message = { topicArn: 'arn:aws:sns:x:1:relief-person-E-1', subject: 'Can you go?', body: 'text' };
    expect(await sendEmail(client, message)).toEqual({ messageId: 'm-2' });
    expect(sns.commandCalls(PublishCommand)[0]!.args[0].input).toEqual({
      TopicArn: message.topicArn,
      Subject: 'Can you go?',
      Message: 'text',
    });
  });

  it.each([
    ['InvalidParameterException', true],
    ['InvalidParameter', true],
    ['InvalidParameterValueException', true],
    ['OptedOutException', true],
    ['OptedOut', true],
    ['EndpointDisabledException', true],
    ['NotFoundException', true],
    ['ThrottledException', false],
    ['InternalErrorException', false],
    ['KMSThrottlingException', false],
    ['TimeoutError', false],
    ['AuthorizationErrorException', false],
    ['CredentialsProviderError', false],
  ])('take %s for lasting: %s, without its message', async (name, forGood) => {
    const error = Object.assign(new Error('Invalid parameter: +447700900001'), { name });
    sns.on(PublishCommand).rejects(error);
    for (const sending of [
      sendSms(client, { phoneNumber: '+447700900001', text: 'hello' }),
      sendEmail(client, { topicArn: 'arn', subject: 's', body: 'b' }),
    ]) {
      const failure = await sending.then(
        () => null,
        (reason: unknown) => reason as NoticeNotSent,
      );
      expect(failure).toBeInstanceOf(NoticeNotSent);
      expect(failure).toMatchObject({ name: 'NoticeNotSent', forGood, reason: name });
      expect(failure?.message).not.toContain('+44');
    }
  });

  it('take a missing message id for a failure', async () => {
    sns.on(PublishCommand).resolves({});
    await expect(sendSms(client, { phoneNumber: '+447700900001', text: 'x' })).rejects.toThrow(NoticeNotSent);
    await expect(sendEmail(client, { topicArn: 'arn', subject: 's', body: 'b' })).rejects.toThrow(
      NoticeNotSent,
    );
  });
});
