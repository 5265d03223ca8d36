import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { Alarms } from '../constructs/alarms.ts';
import { DeskApi } from '../constructs/desk-api.ts';
import { FeedSchedules } from '../constructs/feed-schedules.ts';
import { DEPLOY_TEAM, ReliefFunctions, TRIAGE_ALERT } from '../constructs/functions.ts';
import { Messages } from '../constructs/messages.ts';
import { RosterSchedule } from '../constructs/roster-schedule.ts';
import { SignIn } from '../constructs/sign-in.ts';
import { Workflow } from '../constructs/workflow.ts';
import type { DataStack } from './data.ts';

/** Everything that can be torn down and made again without losing a record: functions, workflows, topics, API, alarms. */
export class ReliefStack extends Stack {
  readonly functions: ReliefFunctions;
  readonly messages: Messages;
  readonly triage: Workflow;
  readonly deploy: Workflow;
  readonly api: DeskApi;

  constructor(scope: Construct, id: string, config: Config, data: DataStack, props: StackProps) {
    super(scope, id, props);
    const retentionDays = config.logRetentionDays;

    this.messages = new Messages(this, 'Messages', config);
    this.api = new DeskApi(this, 'DeskApi', config);
    const signIn = new SignIn(this, 'SignIn', config, data.users);
    this.functions = new ReliefFunctions(this, 'Functions', {
      config,
      data,
      messages: this.messages,
      publicUrl: config.publicUrl ?? this.api.api.apiEndpoint,
      tokens: signIn.tokens,
    });

    this.triage = new Workflow(this, 'TriageAlert', {
      name: TRIAGE_ALERT,
      functions: this.functions.triage,
      retentionDays,
    });
    this.deploy = new Workflow(this, 'DeployTeam', {
      name: DEPLOY_TEAM,
      functions: this.functions.deploy,
      retentionDays,
    });

    this.api.route(
      this.functions,
      new HttpJwtAuthorizer('DeskToken', signIn.tokens.issuer, { jwtAudience: [signIn.tokens.audience] }),
    );
    new FeedSchedules(this, 'FeedSchedules', config.feeds, this.functions.pollFeeds);
    new RosterSchedule(this, 'RosterSchedule', this.functions.refreshRoster);
    const { receiveSms } = this.functions;
    this.messages.inboundSms.addSubscription(
      new LambdaSubscription(receiveSms, {
        ...(receiveSms.deadLetters && { deadLetterQueue: receiveSms.deadLetters }),
      }),
    );

    new Alarms(this, 'Alarms', {
      config,
      desk: this.messages.desk,
      data,
      functions: this.functions,
      workflows: [this.triage, this.deploy],
      api: this.api.api,
    });

    for (const [name, value] of Object.entries({
      ApiUrl: this.api.api.apiEndpoint,
      DeskTopic: this.messages.desk.topicArn,
      InboundSmsTopic: this.messages.inboundSms.topicArn,
      TokenIssuer: signIn.tokens.issuer,
      TokenAudience: signIn.tokens.audience,
    }))
      new CfnOutput(this, name, { value });
  }
}
