import type { Bill } from '../bill.ts';
import type { Post } from '../post.ts';
import type { Place } from '../template.ts';
import type { Topics } from '../topics.ts';
import { type Endpoint, operationOf, xml, xmlReply } from '../wire.ts';

export interface SnsOptions {
  place: Place;
  topics: Topics;
  post: Post;
  bill: Bill;
  /** The topic whose messages are for the desk. */
  deskTopicArn: string | null;
  /** ISO 8601 UTC. */
  now(): string;
  newId(): string;
  /** Hands a notification to a function; resolves once it cannot be lost any more. */
  deliver(functionArn: string, notification: unknown): void;
}

/** A refusal in the words of the query protocol. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const e164 = /^\+[1-9]\d{6,14}$/;
const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** One message of a topic. */
interface TopicMessage {
  topicArn: string;
  subject?: string;
  text: string;
}

/** SNS on one machine: its endpoint, and publishing for those who are not customers of the wire. */
export interface Sns {
  endpoint: Endpoint;
  publish(message: TopicMessage): string;
}

/** SNS as far as it is used. An e-mail subscription counts as confirmed at once: nobody here could click the link. */
export function createSns(options: SnsOptions): Sns {
  const { place, topics, post, bill } = options;

  function publish({ topicArn, subject = '', text }: TopicMessage): string {
    if (!topics.has(topicArn)) throw new Refusal(404, 'NotFound', 'Topic does not exist');
    const messageId = options.newId();
    const at = options.now();
    bill.topicPublishes += 1;
    if (topicArn === options.deskTopicArn) post.tellDesk({ at, messageId, subject, text });
    for (const { protocol, endpoint, arn, isPending } of topics.subscriptionsOf(topicArn)) {
      if (isPending) continue;
      if (protocol === 'email') post.sendEmail({ at, messageId, topicArn, to: endpoint, subject, text });
      else if (protocol === 'lambda') {
        options.deliver(endpoint, {
          Records: [
            {
              EventSource: 'aws:sns',
              EventVersion: '1.0',
              EventSubscriptionArn: arn,
              Sns: {
                Type: 'Notification',
                MessageId: messageId,
                TopicArn: topicArn,
                Subject: subject || null,
                Message: text,
                Timestamp: at,
                SignatureVersion: '1',
                Signature: 'local',
                SigningCertUrl: 'http://localhost/none.pem',
                UnsubscribeUrl: 'http://localhost/none',
                MessageAttributes: {},
              },
            },
          ],
        });
      }
    }
    return messageId;
  }

  function publishSms(to: string, text: string, form: URLSearchParams): string {
    if (!e164.test(to)) throw new Refusal(400, 'InvalidParameter', 'Invalid parameter: PhoneNumber');
    const messageId = options.newId();
    const from = attributesOf(form).get('AWS.MM.SMS.OriginationNumber');
    // Accepted is not delivered: a phone that opted out gets nothing, and the sender is not told.
    if (!topics.isOptedOut(to)) {
      post.sendSms({ at: options.now(), messageId, to, ...(from && { from }), text });
    }
    return messageId;
  }

  const required = (form: URLSearchParams, name: string): string => {
    const value = form.get(name);
    if (!value) throw new Refusal(400, 'InvalidParameter', `Invalid parameter: ${name}`);
    return value;
  };

  const operations: Record<string, (form: URLSearchParams) => string> = {
    Publish(form) {
      const text = required(form, 'Message');
      const subject = form.get('Subject');
      if (subject && !/^[\x20-\x7e]{1,99}$/.test(subject)) {
        throw new Refusal(400, 'InvalidParameter', 'Invalid parameter: Subject');
      }
      const phone = form.get('PhoneNumber');
      const topicArn = form.get('TopicArn') ?? form.get('TargetArn');
      if (!phone === !topicArn) {
        throw new Refusal(400, 'InvalidParameter', 'Invalid parameter: TopicArn or PhoneNumber');
      }
      const messageId = phone
        ? publishSms(phone, text, form)
        : publish({ topicArn: topicArn!, text, ...(subject && { subject }) });
      return tag('MessageId', messageId);
    },
    CreateTopic(form) {
      const name = required(form, 'Name');
      if (!/^[\w-]{1,256}$/.test(name)) {
        throw new Refusal(400, 'InvalidParameter', 'Invalid parameter: Topic Name');
      }
      const topicArn = `arn:aws:sns:${place.region}:${place.account}:${name}`;
      topics.create(topicArn);
      return tag('TopicArn', topicArn);
    },
    Subscribe(form) {
      const topicArn = required(form, 'TopicArn');
      const protocol = required(form, 'Protocol');
      const endpoint = required(form, 'Endpoint');
      if (!topics.has(topicArn)) throw new Refusal(404, 'NotFound', 'Topic does not exist');
      if (protocol !== 'email') {
        throw new Refusal(
          400,
          'InvalidParameter',
          `Invalid parameter: Protocol ${protocol} is not served here`,
        );
      }
      const { arn } = topics.subscribe({
        arn: `${topicArn}:${options.newId()}`,
        topicArn,
        protocol,
        endpoint,
      });
      return tag('SubscriptionArn', arn);
    },
    ListSubscriptionsByTopic(form) {
      const topicArn = required(form, 'TopicArn');
      if (!topics.has(topicArn)) throw new Refusal(404, 'NotFound', 'Topic does not exist');
      const members = topics
        .subscriptionsOf(topicArn)
        .map(
          ({ arn, protocol, endpoint, isPending }) =>
            `<member>${tag('SubscriptionArn', isPending ? 'PendingConfirmation' : arn)}${tag('Owner', place.account)}${tag('Protocol', protocol)}` +
            `${tag('Endpoint', endpoint)}${tag('TopicArn', topicArn)}</member>`,
        );
      return `<Subscriptions>${members.join('')}</Subscriptions>`;
    },
    CheckIfPhoneNumberIsOptedOut(form) {
      return tag('isOptedOut', String(topics.isOptedOut(required(form, 'phoneNumber'))));
    },
  };

  const endpoint: Endpoint = async request => {
    const operation = operationOf('sns', request);
    try {
      const work = operations[operation];
      if (!work) throw new Refusal(400, 'InvalidAction', `${operation} is not served here`);
      const result = work(new URLSearchParams(request.body.toString('utf8')));
      return xmlReply(
        200,
        `<${operation}Response xmlns="${namespace}"><${operation}Result>${result}</${operation}Result>` +
          `<ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></${operation}Response>`,
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return xmlReply(
        error.status,
        `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type>${tag('Code', error.code)}` +
          `${tag('Message', error.message)}</Error><RequestId>local</RequestId></ErrorResponse>`,
      );
    }
  };

  return { endpoint, publish };
}

const tag = (name: string, text: string): string => `<${name}>${xml(text)}</${name}>`;

/** The message attributes of a form: `MessageAttributes.entry.1.Name`, `….Value.StringValue`. */
function attributesOf(form: URLSearchParams): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [field, name] of form) {
    const [, entry] = /^(MessageAttributes\.entry\.\d+)\.Name$/.exec(field) ?? [];
    if (entry) attributes.set(name, form.get(`${entry}.Value.StringValue`) ?? '');
  }
  return attributes;
}
