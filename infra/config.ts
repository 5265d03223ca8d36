import type { FeedSettings } from '../functions/alerts/feeds/feed.ts';
import { chooseFeeds } from './feeds.ts';

/** The stages there are. `local` is the same system on one machine. */
export const stages = ['dev', 'prod', 'local'] as const;
export type Stage = (typeof stages)[number];

/** Where the desk's tokens come from when it is not the Cognito pool of this app. */
export interface TokenIssuer {
  issuer: string;
  audience: string;
  keysUrl: string;
}

/** Everything that differs from stage to stage. Stacks and constructs read nothing else. */
export interface Config {
  stage: Stage;
  /** Tables, bucket, key and user pool outlive the stack and refuse deletion. */
  retainData: boolean;
  feeds: FeedSettings[];
  /** Base of the answer page without a trailing slash; null: the API's own address. */
  publicUrl: string | null;
  /** Where the console is served: the origins that browsers may call the API from, and where sign-in returns to. */
  consoleUrls: string[];
  /** First label of the sign-in page's host, unique in the Region; null: no hosted sign-in page. */
  signInPrefix: string | null;
  /** Null: a Cognito user pool of this app. */
  tokens: TokenIssuer | null;
  /** The number that SMS come from and answers go to; null: what the account sends with by default. */
  smsOrigin: string | null;
  /** Month-to-date SMS spend that raises the alarm, in USD. */
  smsSpendAlarmUsd: number;
  /** Who gets the alarms of the system by e-mail, besides the desk's own subscriptions. */
  alarmMail: string | null;
  logRetentionDays: 30 | 90 | 365;
  /** Address of docs/runbook.md as people on duty open it; an alarm links to a section of it. */
  runbookUrl: string;
}

/** What the whole API and one public route may take, per second and in a burst. */
export const throttle = {
  all: { rateLimit: 50, burstLimit: 100 },
  /** A call-out asks some hundred people in minutes; ten answers a second is far above that and far below a flood. */
  public: { rateLimit: 10, burstLimit: 40 },
} as const;

const perStage: Record<Stage, Omit<Config, 'stage' | 'feeds' | 'smsOrigin' | 'alarmMail'>> = {
  dev: {
    retainData: true,
    publicUrl: null,
    consoleUrls: ['http://localhost:3000'],
    signInPrefix: null,
    tokens: null,
    smsSpendAlarmUsd: 1,
    logRetentionDays: 30,
    runbookUrl: 'docs/runbook.md',
  },
  prod: {
    retainData: true,
    publicUrl: null,
    consoleUrls: [],
    signInPrefix: null,
    tokens: null,
    // A call-out of 70 people is about 200 messages of two segments; at 0.08 USD a segment that is 32 USD.
    smsSpendAlarmUsd: 100,
    logRetentionDays: 365,
    runbookUrl: 'docs/runbook.md',
  },
  local: {
    retainData: false,
    publicUrl: 'http://localhost:3000',
    consoleUrls: ['http://localhost:3000'],
    signInPrefix: null,
    tokens: {
      issuer: 'http://localhost:3000',
      audience: 'relief-desk',
      keysUrl: 'http://localhost:3000/.well-known/jwks.json',
    },
    smsSpendAlarmUsd: 1,
    logRetentionDays: 30,
    runbookUrl: 'docs/runbook.md',
  },
};

type Environment = Record<string, string | undefined>;

/** The settings of a stage, with what only the deploying environment can know. */
export function configOf(stage: Stage, environment: Environment = {}): Config {
  const settings = perStage[stage];
  return {
    ...settings,
    stage,
    feeds: chooseFeeds({
      feedIds: environment.RELIEF_FEEDS?.split(/[\s,]+/).filter(Boolean) ?? null,
      reliefWebName: environment.RELIEF_RELIEFWEB_NAME || null,
      contact: environment.RELIEF_FEED_CONTACT || null,
    }),
    publicUrl: environment.RELIEF_PUBLIC_URL?.replace(/\/+$/, '') || settings.publicUrl,
    consoleUrls: environment.RELIEF_CONSOLE_URL ? [environment.RELIEF_CONSOLE_URL] : settings.consoleUrls,
    signInPrefix: environment.RELIEF_SIGN_IN_PREFIX || settings.signInPrefix,
    smsOrigin: environment.RELIEF_SMS_ORIGIN || null,
    alarmMail: environment.RELIEF_ALARM_MAIL || null,
    runbookUrl: environment.RELIEF_RUNBOOK_URL || settings.runbookUrl,
  };
}

/**
 * The settings of this run: stage from `cdk -c stage=prod` or RELIEF_STAGE, dev when neither names one.
 * Throws one line when the stage is not known.
 */
export function readConfig(environment: Environment = process.env): Config {
  const context = JSON.parse(environment.CDK_CONTEXT_JSON ?? '{}') as { stage?: unknown };
  const named = String(context.stage ?? environment.RELIEF_STAGE ?? 'dev');
  const stage = stages.find(known => known === named);
  if (!stage) throw new Error(`stage: "${named}" is not one of ${stages.join(', ')}`);
  return configOf(stage, environment);
}
