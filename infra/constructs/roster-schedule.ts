import { Aws } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { ReliefFunction } from './relief-function.ts';

/** Calls refresh-roster every hour, and keeps a call that could not be made. */
export class RosterSchedule extends Construct {
  constructor(scope: Construct, id: string, refresh: ReliefFunction) {
    super(scope, id);
    const { deadLetters } = refresh;
    if (!deadLetters)
      throw new Error('refresh-roster: a schedule needs the dead letter queue of an asynchronous function');
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    refresh.grantInvokeLatestVersion(role);
    deadLetters.grantSendMessages(role);
    new CfnSchedule(this, 'Hourly', {
      description: 'Brings the snapshot of the roster up to date',
      scheduleExpression: 'rate(1 hour)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: refresh.functionArn,
        roleArn: role.roleArn,
        input: '{}',
        // The next call folds in the same changes: an old one is worth nothing.
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 3600 },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
  }
}
