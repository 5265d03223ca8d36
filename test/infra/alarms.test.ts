import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configOf } from '../../infra/config.ts';
import { anchorOf, FEED_LINES } from '../../infra/constructs/alarms.ts';
import { entryOf, flat, type Json, ofType, synthesise } from './synthesised.ts';

const { relief } = synthesise('prod');
const { feeds } = configOf('prod');
const alarms = ofType(relief, 'AWS::CloudWatch::Alarm');
const headings = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^## (.+)$/gm)].map(
  ([, heading]) => heading!,
);
const linkOf = (description: string) => /What to do: \S+#(\S+)$/.exec(description)?.[1];

/** Every metric that an alarm looks at, with its dimensions as flat text. */
const metrics = alarms.flatMap(([id, { Properties }]) =>
  (
    Properties.Metrics?.filter((each: Json) => each.MetricStat).map(
      (each: Json) => each.MetricStat.Metric,
    ) ?? [Properties]
  ).map((metric: Json) => ({
    id,
    name: `${metric.Namespace} ${metric.MetricName}`,
    of: (metric.Dimensions ?? []).map((each: Json) => flat(each.Value)),
  })),
);
const watched = (name: string) => metrics.filter(metric => metric.name === name).flatMap(metric => metric.of);

describe('alarms', () => {
  it.each(alarms)(
    '%s tells the desk and links to an existing section of the runbook',
    (_id, { Properties }) => {
      expect(Properties.AlarmActions.map(flat)).toEqual([expect.stringMatching(/^<MessagesDesk\w+>$/)]);
      expect(headings.map(anchorOf)).toContain(linkOf(Properties.AlarmDescription));
    },
  );

  it('watch every function, queue, workflow and table', () => {
    const functionNames = ofType(relief, 'AWS::Lambda::Function').map(([id]) => `<${id}>`);
    expect(watched('AWS/Lambda Errors').sort()).toEqual(functionNames.sort());
    const queues = ofType(relief, 'AWS::SQS::Queue').map(([id]) => `<${id}.QueueName>`);
    expect(watched('AWS/SQS ApproximateNumberOfMessagesVisible').sort()).toEqual(queues.sort());
    const machines = ofType(relief, 'AWS::StepFunctions::StateMachine').map(([id]) => `<${id}>`);
    for (const outcome of ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'])
      expect(watched(`AWS/States ${outcome}`).sort()).toEqual(machines.sort());
    for (const direction of ['Read', 'Write'])
      expect(
        new Set(watched(`AWS/DynamoDB ${direction}ThrottleEvents`).filter(each => each.startsWith('<'))).size,
      ).toBe(5);
  });

  it('watch the indexes too: a throttled index holds back the writes of its table', () => {
    const indexes = watched('AWS/DynamoDB WriteThrottleEvents').filter(each => !each.startsWith('<'));
    expect(indexes.sort()).toEqual([
      'DeploymentsByEvent',
      'EmployersByPhone',
      'EventsByFamily',
      'ExpertsByChange',
      'ExpertsByPhone',
      'OffersByEmployer',
      'OffersByExpert',
      'OffersByLink',
    ]);
  });

  it.each(['AWS/Lambda Throttles', 'AWS/ApiGateway 5xx', 'AWS/SNS SMSMonthToDateSpentUSD'])(
    'watch %s',
    name => expect(metrics.map(metric => metric.name)).toContain(name),
  );

  it('take silence for a fault where work never rests, and only there', () => {
    const breaching = alarms.filter(([, each]) => each.Properties.TreatMissingData === 'breaching');
    const silent = breaching.map(([id, { Properties }]) => {
      expect(Properties.ComparisonOperator).toBe('LessThanThreshold');
      const calls = Properties.Dimensions.map((each: Json) => entryOf(each.Value.Ref));
      return [id.replace(/[0-9A-F]{8}$/, ''), ...calls];
    });
    expect(silent).toEqual([
      ['AlarmsFeedsNotPolled', 'PollFeeds'],
      ['AlarmsRosterNotRefreshed', 'RefreshRoster'],
    ]);
  });

  it('count what poll-feeds says at each turn of a feed that is not read, or that brings nothing new', () => {
    const patterns = ofType(relief, 'AWS::Logs::MetricFilter').map(([, { Properties }]) => {
      expect(entryOf(Properties.LogGroupName.Ref)).toBe('PollFeeds');
      return [Properties.MetricTransformations[0].MetricName, Properties.FilterPattern];
    });
    expect(patterns).toEqual(
      feeds.flatMap(({ feedId, silentAfterIntervals }) => [
        [`FeedNotRead-${feedId}`, `"${FEED_LINES.notRead}" "${feedId}"`],
        ...(silentAfterIntervals === null
          ? []
          : [[`FeedSilent-${feedId}`, `"${FEED_LINES.silent}" "${feedId}"`]]),
      ]),
    );
    // These lines hold an id and numbers: in a reason another feed could be named.
    const source = readFileSync('functions/alerts/poll-feeds.ts', 'utf8');
    expect(source).toContain(`log.warn('${FEED_LINES.notRead}', { feedId, failures: state.failures })`);
    expect(source).toContain(`log.warn('${FEED_LINES.silent}', { feedId })`);
  });

  it('ring while a feed is silent, from one turn to the next', () => {
    for (const { feedId, everyMinutes, silentAfterIntervals } of feeds) {
      const alarm = alarms.find(([id]) => id.startsWith(`Alarms${feedId.replaceAll('-', '')}Silent`))?.[1];
      expect(alarm === undefined, feedId).toBe(silentAfterIntervals === null);
      if (!alarm) continue;
      expect(alarm.Properties.Period / 60).toBeGreaterThanOrEqual(everyMinutes * 2);
      expect(alarm.Properties.Threshold).toBe(1);
      expect(linkOf(alarm.Properties.AlarmDescription)).toBe('a-feed-says-nothing-new');
    }
  });

  it('cannot mistake one feed for another: no id is a part of another', () => {
    const ids = feeds.map(({ feedId }) => feedId);
    for (const id of ids) expect(ids.filter(other => other.includes(id))).toEqual([id]);
  });

  it('ring for a feed before every poll of its window has failed', () => {
    for (const { feedId, everyMinutes } of feeds) {
      const alarm = alarms.find(([id]) => id.startsWith(`Alarms${feedId.replaceAll('-', '')}NotRead`))![1];
      const polls = alarm.Properties.Period / 60 / everyMinutes;
      expect(polls).toBeGreaterThanOrEqual(6);
      expect(alarm.Properties.Threshold).toBeGreaterThanOrEqual(polls / 2);
      expect(alarm.Properties.Threshold).toBeLessThan(polls);
    }
  });
});
