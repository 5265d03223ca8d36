import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { NoticeNotSent, notSentBecause } from './notice-not-sent.ts';

/** Publishes one e-mail to a person's own topic; the subject must be ASCII and under 100 characters. Throws NoticeNotSent. */
export async function sendEmail(
  client: SNSClient,
  message: { topicArn: string; subject: string; body: string },
): Promise<{ messageId: string }> {
  try {
    const { MessageId } = await client.send(
      new PublishCommand({ TopicArn: message.topicArn, Subject: message.subject, Message: message.body }),
    );
    if (!MessageId) throw new NoticeNotSent('no message id came back', false);
    return { messageId: MessageId };
  } catch (error) {
    throw notSentBecause(error);
  }
}
