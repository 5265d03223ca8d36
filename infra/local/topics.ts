import type { Journal } from './journal.ts';

/** Who gets what is published to a topic. */
interface Subscription {
  arn: string;
  topicArn: string;
  protocol: string;
  /** An e-mail address (personal data) or a function's ARN. */
  endpoint: string;
  /** The person has not clicked the link yet: nothing is sent to them. */
  isPending?: boolean;
}

export type TopicEntry =
  | { topic: string }
  | { subscription: Subscription }
  | { optedOut: string }
  | { optedIn: string };

/** The topics that exist, who is subscribed, and the phones that want no more messages. */
export interface Topics {
  has(topicArn: string): boolean;
  create(topicArn: string): void;
  /** Subscribing the same endpoint again gives the same subscription. */
  subscribe(subscription: Subscription): Subscription;
  subscriptionsOf(topicArn: string): Subscription[];
  isOptedOut(phoneNumber: string): boolean;
  optOut(phoneNumber: string): void;
  optIn(phoneNumber: string): void;
}

/** The topics over their journal. */
export function openTopics(journal: Journal<TopicEntry>): Topics {
  const topics = new Map<string, Subscription[]>();
  const silent = new Set<string>();
  const apply = (entry: TopicEntry) => {
    if ('topic' in entry) topics.set(entry.topic, topics.get(entry.topic) ?? []);
    else if ('subscription' in entry) topics.get(entry.subscription.topicArn)?.push(entry.subscription);
    else if ('optedOut' in entry) silent.add(entry.optedOut);
    else silent.delete(entry.optedIn);
  };
  const note = (entry: TopicEntry) => {
    journal.append(entry);
    apply(entry);
  };
  for (const entry of journal.entries) apply(entry);

  return {
    has: topicArn => topics.has(topicArn),
    create(topicArn) {
      if (!topics.has(topicArn)) note({ topic: topicArn });
    },
    subscribe(subscription) {
      const known = topics
        .get(subscription.topicArn)
        ?.find(
          ({ protocol, endpoint }) =>
            protocol === subscription.protocol && endpoint === subscription.endpoint,
        );
      if (known) return known;
      note({ subscription });
      return subscription;
    },
    subscriptionsOf: topicArn => topics.get(topicArn) ?? [],
    isOptedOut: phoneNumber => silent.has(phoneNumber),
    optOut: phoneNumber => note({ optedOut: phoneNumber }),
    optIn: phoneNumber => note({ optedIn: phoneNumber }),
  };
}
