import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FeedSettings } from '../../functions/alerts/feeds/feed.ts';
import type { Config } from '../config.ts';
import type { DataStack } from '../stacks/data.ts';
import type { ReliefFunctions } from './functions.ts';
import type { ReliefFunction } from './relief-function.ts';
import type { ReliefTable } from './relief-table.ts';
import type { Workflow } from './workflow.ts';

export interface AlarmsProps {
  config: Config;
  desk: ITopic;
  data: DataStack;
  functions: ReliefFunctions;
  workflows: Workflow[];
  api: HttpApi;
}

interface AlarmHow {
  /** Heading of the section of docs/runbook.md that says what to do. */
  runbook: string;
  /** What is the matter, in one sentence of the person who is woken. */
  says: string;
  metric: IMetric;
  /** Reached or passed: alarm. */
  threshold: number;
  /** How many periods in a row. @default 1 */
  periods?: number;
  /** Below the threshold is the fault, and so is no data at all. @default false */
  silence?: boolean;
}

/** What poll-feeds logs, with the feed's id, at each turn of a feed that is not read, or that says nothing new. */
export const FEED_LINES = { notRead: 'feed not read', silent: 'feed silent' };

const FIVE_MINUTES = Duration.minutes(5);

/** "A feed is silent" as the fragment that a rendered heading gets: "a-feed-is-silent". */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s+/g, '-');

/** What wakes the desk. Each alarm names the section of the runbook that says what to do about it. */
export class Alarms extends Construct {
  private readonly desk: ITopic;
  private readonly runbookUrl: string;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { config, data, functions, workflows, api } = props;
    this.desk = props.desk;
    this.runbookUrl = config.runbookUrl;

    this.watchFunctions(functions);
    for (const workflow of workflows) this.watchWorkflow(workflow);
    this.watchApi(api);
    this.watchFeeds(config.feeds, functions.pollFeeds);
    this.watchRoster(functions.refreshRoster);
    this.watchSms(config.smsSpendAlarmUsd);
    for (const name of ['alerts', 'experts', 'employers', 'stock', 'deployments'] as const)
      this.watchTable(name, data[name]);
  }

  private watchFunctions(functions: ReliefFunctions): void {
    const workflowSteps = new Set([...Object.values(functions.triage), ...Object.values(functions.deploy)]);
    for (const each of functions.all) {
      const name = each.node.scope?.node.id ?? each.node.id;
      // A workflow repeats a failed step, and its own alarm tells when that did not help: here only a step that goes on failing.
      const isStep = workflowSteps.has(each);
      this.alarm(`${name}Errors`, {
        runbook: 'A function fails',
        says: `${name} fails.`,
        metric: each.metricErrors({ period: FIVE_MINUTES, statistic: 'Sum' }),
        threshold: isStep ? 5 : 1,
        periods: isStep ? 3 : 1,
      });
      if (each.deadLetters)
        this.alarm(`${name}DeadLetters`, {
          runbook: 'A message was given up',
          says: `${name} gave up a message; it waits in the dead letter queue.`,
          metric: each.deadLetters.metricApproximateNumberOfMessagesVisible({
            period: FIVE_MINUTES,
            statistic: 'Maximum',
          }),
          threshold: 1,
        });
    }
    this.alarm('Throttles', {
      runbook: 'Functions are throttled',
      says: 'Lambda turns calls away: the concurrency of the account is used up.',
      // Without a dimension: all functions of the account, because they share its concurrency.
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        statistic: 'Sum',
        period: FIVE_MINUTES,
      }),
      threshold: 1,
      periods: 2,
    });
  }

  private watchWorkflow({ machine, workflowName }: Workflow): void {
    const how = { period: FIVE_MINUTES, statistic: 'Sum' };
    this.alarm(`${machine.node.scope?.node.id}Ended`, {
      runbook:
        workflowName === 'deploy-team'
          ? 'A deployment workflow ended badly'
          : 'A triage workflow ended badly',
      says: `An execution of ${workflowName} failed, timed out or was stopped.`,
      metric: new MathExpression({
        // SUM over the list takes what there is; with `+` one metric without a value would leave no sum.
        expression: 'SUM([failed, timedOut, aborted])',
        usingMetrics: {
          failed: machine.metricFailed(how),
          timedOut: machine.metricTimedOut(how),
          aborted: machine.metricAborted(how),
        },
        period: FIVE_MINUTES,
      }),
      threshold: 1,
    });
  }

  private watchApi(api: HttpApi): void {
    this.alarm('ApiFaults', {
      runbook: 'The API answers with errors',
      says: 'The API answers with 5xx: people who answer and the desk are turned away.',
      metric: api.metricServerError({ period: FIVE_MINUTES, statistic: 'Sum' }),
      threshold: 3,
    });
  }

  private watchFeeds(feeds: FeedSettings[], poll: ReliefFunction): void {
    if (feeds.length === 0) return;
    // The fastest feed alone is called several times in this period.
    const period = Duration.minutes(Math.max(15, Math.min(...feeds.map(feed => feed.everyMinutes)) * 3));
    this.alarm('FeedsNotPolled', {
      runbook: 'Feeds are not polled',
      says: `No feed was polled for ${period.toMinutes()} minutes.`,
      metric: poll.metricInvocations({ period, statistic: 'Sum' }),
      threshold: 1,
      silence: true,
    });

    const lines = (feedId: string, line: string, metricName: string): MetricFilter =>
      new MetricFilter(this, `${feedId}${metricName}`, {
        logGroup: poll.logGroup,
        filterPattern: FilterPattern.allTerms(line, feedId),
        metricNamespace: 'ReliefDispatch',
        metricName: `${metricName}-${feedId}`,
      });
    for (const { feedId, everyMinutes, silentAfterIntervals } of feeds) {
      // Public feeds fail for minutes now and then; nearly every turn of half an hour, six at least, is an outage.
      const minutes = Math.max(30, everyMinutes * 6);
      this.alarm(`${feedId}NotRead`, {
        runbook: 'A feed is not read',
        says: `The feed ${feedId} could hardly be read for ${minutes} minutes.`,
        metric: lines(feedId, FEED_LINES.notRead, 'FeedNotRead').metric({
          period: Duration.minutes(minutes),
          statistic: 'Sum',
        }),
        threshold: Math.floor((minutes / everyMinutes) * (5 / 6)),
      });
      if (silentAfterIntervals === null) continue;
      this.alarm(`${feedId}Silent`, {
        runbook: 'A feed says nothing new',
        says: `The feed ${feedId} answers, and has brought nothing new for ${silentAfterIntervals} intervals.`,
        // Two turns, so that the alarm does not end between one and the next.
        metric: lines(feedId, FEED_LINES.silent, 'FeedSilent').metric({
          period: Duration.minutes(Math.max(15, everyMinutes * 2)),
          statistic: 'Sum',
        }),
        threshold: 1,
      });
    }
  }

  private watchRoster(refresh: ReliefFunction): void {
    // Called every hour: three without a call is a schedule that does not run. Failed calls have alarms of their own.
    this.alarm('RosterNotRefreshed', {
      runbook: 'The roster snapshot is old',
      says: 'The snapshot of the roster was not brought up to date for three hours: plans read more and become slow.',
      metric: refresh.metricInvocations({ period: Duration.hours(3), statistic: 'Sum' }),
      threshold: 1,
      silence: true,
    });
  }

  private watchSms(threshold: number): void {
    this.alarm('SmsSpend', {
      runbook: 'SMS spend nears its limit',
      says: `SMS of this month cost ${threshold} USD or more; at the limit of the account SNS stops sending.`,
      metric: new Metric({
        namespace: 'AWS/SNS',
        metricName: 'SMSMonthToDateSpentUSD',
        statistic: 'Maximum',
        period: FIVE_MINUTES,
      }),
      threshold,
    });
  }

  private watchTable(name: string, table: ReliefTable): void {
    const of = (metricName: string, index?: string) =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: table.tableName, ...(index && { GlobalSecondaryIndexName: index }) },
        statistic: 'Sum',
        period: FIVE_MINUTES,
      });
    const metrics = [undefined, ...table.indexNames].flatMap(index => [
      of('ReadThrottleEvents', index),
      of('WriteThrottleEvents', index),
    ]);
    const usingMetrics = Object.fromEntries(metrics.map((metric, number) => [`m${number}`, metric]));
    this.alarm(`${name}Throttled`, {
      runbook: 'A table is throttled',
      says: `DynamoDB turns requests to the table ${name} away.`,
      metric: new MathExpression({
        expression: `SUM([${Object.keys(usingMetrics).join(', ')}])`,
        usingMetrics,
        period: FIVE_MINUTES,
      }),
      threshold: 1,
      periods: 2,
    });
  }

  private alarm(id: string, how: AlarmHow): void {
    new Alarm(this, id, {
      alarmDescription: `${how.says} What to do: ${this.runbookUrl}#${anchorOf(how.runbook)}`,
      metric: how.metric,
      threshold: how.threshold,
      evaluationPeriods: how.periods ?? 1,
      comparisonOperator: how.silence
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: how.silence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.desk));
  }
}
