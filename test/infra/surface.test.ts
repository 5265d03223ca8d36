import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unpackFeeds } from '../../functions/alerts/feeds/feed.ts';
import { configOf } from '../../infra/config.ts';
import { placeholdersOf } from '../../infra/constructs/workflow.ts';
import { entryOf, flat, grantsOf, ofType, synthesise } from './synthesised.ts';

const { relief } = synthesise('prod');
const { feeds } = configOf('prod');
const functions = ofType(relief, 'AWS::Lambda::Function');
/** The function behind an ARN, with `:$LATEST` or without. */
const functionAt = (arn: unknown) => entryOf(/^<(\w+)\.Arn>(:\$LATEST)?$/.exec(flat(arn))?.[1] ?? '');

describe('functions', () => {
  it.each(functions)(
    '%s runs on Node 24, ARM64, with traces and a log group of its own',
    (id, { Properties }) => {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: { Ref: expect.stringMatching(`^Functions${entryOf(id)}Log`) } },
      });
      expect(Properties.Environment.Variables.NODE_OPTIONS).toBe('--enable-source-maps');
    },
  );

  it('cover every entry: a file that exports a handler is deployed', () => {
    const entries = readdirSync('functions', { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .filter(file => /^export const handler\b/m.test(readFileSync(`functions/${file}`, 'utf8')))
      .map(file =>
        file
          .replace(/^.*[\\/]|\.ts$/g, '')
          .replace(/(^|-)(\w)/g, (_all, _dash, first) => first.toUpperCase()),
      );
    expect(functions.map(([id]) => entryOf(id)).sort()).toEqual(entries.sort());
  });

  it('keep what fails for good when nobody waits for the answer', () => {
    const kept = functions
      .filter(([, { Properties }]) => Properties.DeadLetterConfig)
      .map(([id]) => entryOf(id));
    const asynchronous = [
      ...ofType(relief, 'AWS::SNS::Subscription').map(([, each]) => functionAt(each.Properties.Endpoint)),
      ...ofType(relief, 'AWS::Scheduler::Schedule').map(([, each]) => functionAt(each.Properties.Target.Arn)),
    ];
    expect(kept.sort()).toEqual([...new Set(asynchronous)].sort());
    for (const [, { Properties }] of ofType(relief, 'AWS::SNS::Subscription'))
      expect(Properties.RedrivePolicy.deadLetterTargetArn).toBeDefined();
  });

  it('give the solver a whole CPU', () => {
    const planTeam = functions.find(([id]) => entryOf(id) === 'PlanTeam')![1].Properties;
    expect(planTeam.MemorySize).toBe(1769);
  });

  it('answer the gateway before it gives up after 30 seconds', () => {
    const integrated = ofType(relief, 'AWS::ApiGatewayV2::Integration').map(([, each]) =>
      functionAt(each.Properties.IntegrationUri),
    );
    for (const [id, { Properties }] of functions)
      if (integrated.includes(entryOf(id))) expect(Properties.Timeout).toBeLessThan(30);
  });
});

describe('workflows', () => {
  const machines = ofType(relief, 'AWS::StepFunctions::StateMachine');
  const grants = grantsOf(relief);

  it.each(machines)('%s invokes exactly the functions that its file names', (_id, { Properties }) => {
    const { DefinitionString, DefinitionSubstitutions, StateMachineName, RoleArn } = Properties;
    expect(DefinitionString).toBe(readFileSync(`workflows/${StateMachineName}.asl.json`, 'utf8'));
    const names = placeholdersOf(DefinitionString).sort();
    expect(Object.keys(DefinitionSubstitutions).sort()).toEqual(names);
    for (const [name, arn] of Object.entries(DefinitionSubstitutions)) expect(functionAt(arn)).toBe(name);

    const role = RoleArn['Fn::GetAtt'][0];
    const invoked = grants
      .filter(grant => grant.who === role && grant.action === 'lambda:InvokeFunction')
      .flatMap(grant => grant.resources);
    expect([...new Set(invoked.map(functionAt))].sort()).toEqual(names);
  });

  it.each(machines)(
    '%s logs every step but never its data, which holds task tokens',
    (_id, { Properties }) => {
      expect(Properties.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
      expect(Properties.TracingConfiguration).toEqual({ Enabled: true });
    },
  );
});

describe('the API', () => {
  const routes = ofType(relief, 'AWS::ApiGatewayV2::Route').map(([, each]) => each.Properties);
  const open = ['GET /a/{token}', 'GET /openapi.json', 'POST /a/{token}', 'POST /api/alerts'];
  const [, stage] = ofType(relief, 'AWS::ApiGatewayV2::Stage')[0]!;

  it('asks for a token on every route but the answer page, the signed webhook and its own description', () => {
    const withoutToken = routes
      .filter(route => route.AuthorizationType !== 'JWT')
      .map(route => route.RouteKey);
    expect(withoutToken.sort()).toEqual(open);
    for (const route of routes)
      if (!open.includes(route.RouteKey)) expect(flat(route.AuthorizerId)).toMatch(/^<DeskApiDeskToken\w+>$/);
  });

  it('has the routes that others rely on', () =>
    expect(routes.map(route => route.RouteKey).sort()).toEqual([
      'GET /a/{token}',
      'GET /api/deployments',
      'GET /api/deployments/{id}',
      'GET /api/deployments/{id}/plan',
      'GET /api/events',
      'GET /api/events/{id}',
      'GET /api/feeds',
      'GET /api/messages/{digest}',
      'GET /openapi.json',
      'POST /a/{token}',
      'POST /api/alerts',
      'POST /api/deployments',
      'POST /api/deployments/{id}/{action}',
      'POST /api/events/{id}/{action}',
      'POST /api/roster',
      'POST /api/stock',
    ]));

  it('takes tokens of the desk made for the console', () => {
    const [, authorizer] = ofType(relief, 'AWS::ApiGatewayV2::Authorizer')[0]!;
    expect(authorizer.Properties.IdentitySource).toEqual(['$request.header.Authorization']);
    const { Issuer, Audience } = authorizer.Properties.JwtConfiguration;
    expect(flat(Issuer)).toMatch(
      /^https:\/\/cognito-idp\.<AWS::Region>\.<AWS::URLSuffix>\/<ReliefData:\w*Users\w+>$/,
    );
    expect(Audience.map(flat)).toEqual([expect.stringMatching(/^<SignInConsole\w+>$/)]);
  });

  it('speaks payload 2.0 to its functions', () => {
    for (const [, each] of ofType(relief, 'AWS::ApiGatewayV2::Integration'))
      expect(each.Properties.PayloadFormatVersion).toBe('2.0');
  });

  it('writes neither a path nor an address into its log: an answer page is opened by its path', () => {
    const format = stage.Properties.AccessLogSettings.Format;
    expect(JSON.parse(format).route).toBe('$context.routeKey');
    expect(format).not.toMatch(/path|identity|sourceIp|querystring|authorizer\.claims/i);
  });

  it('takes a bounded number of requests, and fewer from anybody', () => {
    const { DefaultRouteSettings, RouteSettings } = stage.Properties;
    expect(DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(0);
    expect(Object.keys(RouteSettings).sort()).toEqual(open);
    for (const route of open)
      expect(RouteSettings[route].ThrottlingRateLimit).toBeLessThan(DefaultRouteSettings.ThrottlingRateLimit);
  });
});

const schedules = ofType(relief, 'AWS::Scheduler::Schedule');

describe('schedules', () => {
  it('keep a call that could not be made', () => {
    for (const [, { Properties }] of schedules) expect(Properties.Target.DeadLetterConfig).toBeDefined();
  });

  it('bring the snapshot of the roster up to date every hour', () => {
    const [, { Properties }] = schedules.find(([id]) => id.startsWith('RosterSchedule'))!;
    expect(Properties.ScheduleExpression).toBe('rate(1 hour)');
    expect(JSON.parse(Properties.Target.Input)).toEqual({});
    expect(entryOf(Properties.Target.Arn['Fn::GetAtt'][0])).toBe('RefreshRoster');
  });
});

describe('feeds', () => {
  it('are polled one schedule each, with the id of the feed', () => {
    const polls = schedules.filter(([id]) => id.startsWith('FeedSchedules'));
    expect(polls.map(([, each]) => JSON.parse(each.Properties.Target.Input)).sort()).toEqual(
      feeds.map(({ feedId }) => ({ feedId })).sort(),
    );
  });

  it('reach those that poll and show them whole, and only by https at their own hosts', () => {
    const knowing = functions.filter(([, { Properties }]) => Properties.Environment.Variables.FEEDS);
    expect(knowing.map(([id]) => entryOf(id)).sort()).toEqual(['ListFeeds', 'PollFeeds']);
    for (const [, { Properties }] of knowing)
      expect(unpackFeeds(Properties.Environment.Variables.FEEDS)).toMatchObject(feeds);
    for (const { url, hosts } of feeds) {
      expect(new URL(url).protocol).toBe('https:');
      expect(hosts).toContain(new URL(url).hostname);
    }
  });

  it('leave room in the environment: Lambda takes 4 kB', () => {
    for (const [id, { Properties }] of functions) {
      const text = Object.entries(Properties.Environment.Variables).map(
        ([name, value]) => name + flat(value),
      );
      expect(text.join('').length, id).toBeLessThan(4_096);
    }
  });
});
