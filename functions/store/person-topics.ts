import { createHash } from 'node:crypto';
import { CreateTopicCommand, type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { EmailChannel } from '../domain/expert.ts';

/** What SNS answers for a subscription that the person has not confirmed yet. */
const PENDING = 'pending confirmation';

/** Confirmations asked for in one import: CreateTopic is good for 30 a second, and the gateway waits half a minute. */
const MOST_AT_A_TIME = 250;

/** Requests under way at a time. */
const WIDTH = 5;

/**
 * The topic of one person and one address. The address is in the name as eight digits of a digest, so that somebody with
 * a new address gets a new topic: on the old one the old mailbox would go on reading along.
 */
export const personTopicName = (personId: string, address: string): string => {
  const digest = createHash('sha256').update(`${personId} ${address}`).digest('hex');
  return `relief-person-${personId}-${digest.slice(0, 8)}`;
};

/** Somebody whose e-mail address is to be confirmed: an expert or an employer, by id. */
export type Enrolment = { personId: string; email: EmailChannel };

/** Opens the topics of people. `displayName` is what stands as the sender of their mails. */
export const createPersonTopics = (topics: SNSClient, displayName: string) => {
  /** Makes the topic, if there is none, and subscribes the address: SNS mails it unless it is confirmed already. */
  const enrol = async ({ personId, email }: Enrolment): Promise<EmailChannel> => {
    const { address } = email;
    const topicArn =
      email.topicArn ??
      (
        await topics.send(
          new CreateTopicCommand({
            Name: personTopicName(personId, address),
            Attributes: { DisplayName: displayName, KmsMasterKeyId: 'alias/aws/sns' },
          }),
        )
      ).TopicArn;
    if (!topicArn) throw new Error('no topic came back');
    const { SubscriptionArn } = await topics.send(
      new SubscribeCommand({ TopicArn: topicArn, Protocol: 'email', Endpoint: address }),
    );
    const isConfirmed = SubscriptionArn !== undefined && SubscriptionArn !== PENDING;
    return { address, topicArn, state: isConfirmed ? 'confirmed' : 'pending' };
  };

  return {
    /**
     * Asks people to confirm their addresses, those first who never were; who was asked before is reminded, and found to
     * be confirmed if that has happened. Answers the channels as they are now by person id. At most 250 a call, and SNS
     * may refuse some: `left` are those not reached this time, `failures` the names of the errors.
     */
    async enrolAll(
      people: readonly Enrolment[],
    ): Promise<{ channels: Map<string, EmailChannel>; left: number; failures: string[] }> {
      const channels = new Map<string, EmailChannel>();
      const failures = new Set<string>();
      const newFirst = people.toSorted(
        (a, b) => Number(a.email.topicArn !== null) - Number(b.email.topicArn !== null),
      );
      const queue = newFirst.slice(0, MOST_AT_A_TIME).values();
      await Promise.all(
        Array.from({ length: WIDTH }, async () => {
          for (const person of queue) {
            try {
              channels.set(person.personId, await enrol(person));
            } catch (error) {
              // One address that SNS does not take must not keep the others from being asked.
              failures.add(error instanceof Error ? error.name : 'Error');
            }
          }
        }),
      );
      return { channels, left: people.length - channels.size, failures: [...failures] };
    },
  };
};
