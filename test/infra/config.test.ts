import { describe, expect, it } from 'vitest';
import { configOf, readConfig, stages } from '../../infra/config.ts';
import { placeholdersOf } from '../../infra/constructs/workflow.ts';

describe('the stage', () => {
  it('is dev when nothing names one', () => expect(readConfig({}).stage).toBe('dev'));

  it('is what the context says, before the environment', () =>
    expect(readConfig({ CDK_CONTEXT_JSON: '{"stage":"prod"}', RELIEF_STAGE: 'dev' }).stage).toBe('prod'));

  it('is refused in one line when it is not known', () =>
    expect(() => readConfig({ RELIEF_STAGE: 'production' })).toThrow(
      'stage: "production" is not one of dev, prod, local',
    ));
});

describe('settings', () => {
  it.each(stages)('%s: every feed has its own id and an interval of at least a minute', stage => {
    const { feeds } = configOf(stage);
    expect(new Set(feeds.map(feed => feed.feedId)).size).toBe(feeds.length);
    for (const feed of feeds) expect(feed.everyMinutes).toBeGreaterThanOrEqual(1);
  });

  it('keep the data of a real stage', () =>
    expect(stages.filter(stage => configOf(stage).retainData)).toEqual(['dev', 'prod']));

  it('know nobody by name: numbers and addresses come from the deploying environment', () => {
    for (const stage of stages) expect(configOf(stage)).toMatchObject({ smsOrigin: null, alarmMail: null });
    expect(configOf('prod', { RELIEF_ALARM_MAIL: 'desk@relief.example' }).alarmMail).toBe(
      'desk@relief.example',
    );
  });

  it('take the base of the answer page without its trailing slash', () =>
    expect(configOf('prod', { RELIEF_PUBLIC_URL: 'https://relief.example/' }).publicUrl).toBe(
      'https://relief.example',
    ));
});

it('finds each placeholder of a definition once', () =>
  expect(placeholdersOf('{"A":"${PlanTeam}","B":"${SendOffers}","C":"${PlanTeam}"}')).toEqual([
    'PlanTeam',
    'SendOffers',
  ]));
