import { Aws, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';

/** The name of a person's own topic: an expert's or an employer's id after the prefix. */
export const personTopicName = (personId: string): string => `relief-person-${personId}`;

/** The topics with fixed places: the desk's, and the one that answers by SMS come in on. Both carry no plain text at rest. */
export class Messages extends Construct {
  readonly key: Key;
  readonly desk: Topic;
  readonly inboundSms: Topic;
  readonly webhookSecret: Secret;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const stack = Stack.of(this);

    this.key = new Key(this, 'Key', {
      description: 'Relief Dispatch: topics and the webhook secret',
      enableKeyRotation: true,
      // Nothing rests under this key that is not sent again or made again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const services: [service: string, source: string][] = [
      ['cloudwatch.amazonaws.com', stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' })],
      ['sms-voice.amazonaws.com', stack.formatArn({ service: 'sms-voice', resource: '*' })],
    ];
    for (const [service, source] of services)
      this.key.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal(service)],
          actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
          resources: ['*'],
          conditions: {
            StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
            ArnLike: { 'aws:SourceArn': source },
          },
        }),
      );

    this.desk = new Topic(this, 'Desk', {
      displayName: 'Relief desk',
      masterKey: this.key,
      enforceSSL: true,
    });
    this.desk.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.desk.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (config.alarmMail) this.desk.addSubscription(new EmailSubscription(config.alarmMail));

    this.inboundSms = new Topic(this, 'InboundSms', { masterKey: this.key, enforceSSL: true });
    this.inboundSms.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.inboundSms.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );

    this.webhookSecret = new Secret(this, 'WebhookSecret', {
      description: 'Signs alerts that other systems send to POST /api/alerts (HMAC-SHA256)',
      encryptionKey: this.key,
      // Nobody may send at first; `spare` is a good secret for the first sender.
      generateSecretString: {
        secretStringTemplate: '{"senders":{}}',
        generateStringKey: 'spare',
        passwordLength: 64,
        excludePunctuation: true,
      },
    });
    Validations.of(this.webhookSecret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The senders hold the same secret: it is changed together with them by hand (docs/runbook.md), never behind their back.',
    });
  }
}
