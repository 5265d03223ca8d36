import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { NoticeNotSent, notSentBecause } from './notice-not-sent.ts';

// USD for one message with all its segments. The dearest we send, four UCS-2 segments, costs under 0.40 in Japan;
// a number that costs more than a dollar is a fraud, not a colleague.
const MAX_PRICE_USD = '1.00';

/** Publishes one SMS to an E.164 number; `origin` is the number that answers come back to. Throws NoticeNotSent. */
export async function sendSms(
  client: SNSClient,
  message: { phoneNumber: string; text: string; origin?: string | undefined },
): Promise<{ messageId: string }> {
  const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
  try {
    const { MessageId } = await client.send(
      new PublishCommand({
        PhoneNumber: message.phoneNumber,
        Message: message.text,
        MessageAttributes: {
          'AWS.SNS.SMS.SMSType': attribute('Transactional'),
          'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: MAX_PRICE_USD },
          ...(message.origin ? { 'AWS.MM.SMS.OriginationNumber': attribute(message.origin) } : {}),
        },
      }),
    );
    if (!MessageId) throw new NoticeNotSent('no message id came back', false);
    return { messageId: MessageId };
  } catch (error) {
    throw notSentBecause(error);
  }
}
