import { Aws } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { FeedSettings } from '../../functions/alerts/feeds/feed.ts';
import type { ReliefFunction } from './relief-function.ts';

/** One schedule a feed: calls poll-feeds with the feed's id, and keeps a call that could not be made. */
export class FeedSchedules extends Construct {
  constructor(scope: Construct, id: string, feeds: FeedSettings[], poll: ReliefFunction) {
    super(scope, id);
    const { deadLetters } = poll;
    if (!deadLetters)
      throw new Error('poll-feeds: a schedule needs the dead letter queue of an asynchronous function');

    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    poll.grantInvokeLatestVersion(role);
    deadLetters.grantSendMessages(role);

    for (const feed of feeds)
      new CfnSchedule(this, feed.feedId, {
        description: `Polls ${feed.feedId}`,
        scheduleExpression: `rate(${feed.everyMinutes} ${feed.everyMinutes === 1 ? 'minute' : 'minutes'})`,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: poll.functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify({ feedId: feed.feedId }),
          // The next poll brings the same alerts: an old call is worth nothing.
          retryPolicy: {
            maximumRetryAttempts: 2,
            maximumEventAgeInSeconds: Math.max(60, feed.everyMinutes * 60),
          },
          deadLetterConfig: { arn: deadLetters.queueArn },
        },
      });
  }
}
