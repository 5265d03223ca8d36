import { Construct } from 'constructs';
import { packFeeds } from '../../functions/alerts/feeds/feed.ts';
import type { Config } from '../config.ts';
import type { DataStack } from '../stacks/data.ts';
import type { Messages } from './messages.ts';
import { ReliefFunction, type ReliefFunctionProps } from './relief-function.ts';

/** The names of the two workflows: the files in workflows/, and the state machines. */
export const TRIAGE_ALERT = 'triage-alert';
export const DEPLOY_TEAM = 'deploy-team';

/** 1769 MB is one whole CPU, which the solver uses up; its time limit is far below the timeouts. */
const SOLVES = { memoryMegabytes: 1769, beside: ['node_modules/highs/build/highs.wasm'] };

export interface ReliefFunctionsProps {
  config: Config;
  data: DataStack;
  messages: Messages;
  /** Base of the answer page. */
  publicUrl: string;
  tokens: { issuer: string; audience: string; keysUrl: string };
}

/** "deployments/plan-team" as "PlanTeam": the id of the function and its name in a workflow. */
const pascalName = (entry: string): string =>
  entry
    .slice(entry.lastIndexOf('/') + 1)
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** Every Lambda of the system with what it may do: read it as the table of who touches what. */
export class ReliefFunctions extends Construct {
  readonly all: ReliefFunction[] = [];

  readonly receiveAlerts: ReliefFunction;
  readonly pollFeeds: ReliefFunction;
  readonly receiveSms: ReliefFunction;
  readonly showOffer: ReliefFunction;
  readonly takeAnswer: ReliefFunction;
  readonly listEvents: ReliefFunction;
  readonly showEvent: ReliefFunction;
  readonly actOnEvent: ReliefFunction;
  readonly showMessage: ReliefFunction;
  readonly listFeeds: ReliefFunction;
  readonly listDeployments: ReliefFunction;
  readonly startDeployment: ReliefFunction;
  readonly showDeployment: ReliefFunction;
  readonly showPlan: ReliefFunction;
  readonly actOnDeployment: ReliefFunction;
  readonly importRoster: ReliefFunction;
  readonly importStock: ReliefFunction;
  readonly refreshRoster: ReliefFunction;
  readonly describeApi: ReliefFunction;
  /** What each workflow calls, by the name that stands in its file. */
  readonly triage: Record<string, ReliefFunction>;
  readonly deploy: Record<string, ReliefFunction>;

  constructor(scope: Construct, id: string, props: ReliefFunctionsProps) {
    super(scope, id);
    const { config, data, messages } = props;
    const { smsOrigin } = config;
    const feeds = packFeeds(config.feeds);
    const make = (entry: string, how: Partial<ReliefFunctionProps> = {}): ReliefFunction => {
      const made = new ReliefFunction(this, pascalName(entry), {
        entry,
        retentionDays: config.logRetentionDays,
        ...how,
      });
      this.all.push(made);
      return made;
    };
    // A message to the desk links to the deployment, a message to a person to the answer page.
    const tellsDesk = (entry: ReliefFunction) =>
      entry.tellsTopic(messages.desk, messages.key, 'DESK_TOPIC_ARN').knows('PUBLIC_URL', props.publicUrl);
    const tellsPeople = (entry: ReliefFunction) =>
      entry.tellsPeople(smsOrigin).knows('PUBLIC_URL', props.publicUrl);
    const deployments = (entry: ReliefFunction) =>
      entry.readsAndWritesTable(data.deployments, 'DEPLOYMENTS_TABLE');
    /** Holds and goods are let go, and those concerned are told. */
    const endsMissions = (entry: ReliefFunction) =>
      tellsPeople(deployments(entry))
        .readsAndWritesTable(data.experts, 'EXPERTS_TABLE')
        .readsTable(data.employers, 'EMPLOYERS_TABLE')
        .readsAndWritesTable(data.stock, 'STOCK_TABLE');
    const answers = (entry: ReliefFunction) =>
      deployments(entry)
        .readsTable(data.experts, 'EXPERTS_TABLE')
        .readsTable(data.employers, 'EMPLOYERS_TABLE');
    const asksDesk = (entry: ReliefFunction) => tellsDesk(deployments(entry)).answersWorkflow(DEPLOY_TEAM);

    // Alerts come in.
    this.receiveAlerts = make('alerts/receive-alerts')
      .writesBodies(data.bodies, data.key)
      .startsWorkflow(TRIAGE_ALERT, 'TRIAGE_ALERT_ARN')
      .readsSecret(messages.webhookSecret, messages.key, 'WEBHOOK_SECRET_ARN')
      .knows('TOKEN_ISSUER', props.tokens.issuer)
      .knows('TOKEN_AUDIENCE', props.tokens.audience)
      .knows('TOKEN_KEYS_URL', props.tokens.keysUrl);
    this.pollFeeds = make('alerts/poll-feeds', { asynchronous: true, timeoutSeconds: 60 })
      .readsAndWritesTable(data.alerts, 'ALERTS_TABLE')
      .writesBodies(data.bodies, data.key)
      .startsWorkflow(TRIAGE_ALERT, 'TRIAGE_ALERT_ARN')
      .knows('FEEDS', feeds);

    // triage-alert, in the order of the file.
    this.triage = {
      CorrelateAlert: make('alerts/correlate-alert')
        .readsAndWritesTable(data.alerts, 'ALERTS_TABLE')
        .readsBodies(data.bodies, data.key),
      AssessNeeds: make('needs/assess-needs')
        .readsTable(data.alerts, 'ALERTS_TABLE')
        .readsTable(data.deployments, 'DEPLOYMENTS_TABLE'),
      OpenDeployment: deployments(make('deployments/open-deployment')).startsWorkflow(
        DEPLOY_TEAM,
        'DEPLOY_TEAM_ARN',
      ),
      UpdateDeployment: asksDesk(make('deployments/update-deployment')),
    };

    // deploy-team, in the order of the file.
    this.deploy = {
      AskTheDesk: asksDesk(make('deployments/ask-the-desk')),
      PlanTeam: deployments(make('deployments/plan-team', { ...SOLVES, timeoutSeconds: 120 }))
        .readsAndWritesTable(data.experts, 'EXPERTS_TABLE')
        .readsTable(data.employers, 'EMPLOYERS_TABLE')
        .readsAndWritesTable(data.stock, 'STOCK_TABLE')
        .keepsRoster(data.roster, data.key),
      // SNS takes some 20 SMS a second: hundreds of notices need more than half a minute.
      SendOffers: tellsPeople(answers(make('deployments/send-offers', { timeoutSeconds: 120 }))),
      AwaitAnswers: deployments(make('deployments/await-answers')).answersWorkflow(DEPLOY_TEAM),
      ReviewAnswers: deployments(
        make('deployments/review-answers', { timeoutSeconds: 60 }),
      ).readsAndWritesTable(data.experts, 'EXPERTS_TABLE'),
      ConfirmTeam: tellsDesk(deployments(make('deployments/confirm-team', { timeoutSeconds: 60 })))
        .readsAndWritesTable(data.experts, 'EXPERTS_TABLE')
        .readsAndWritesTable(data.stock, 'STOCK_TABLE'),
      AskTheDeskAboutGaps: asksDesk(make('deployments/ask-the-desk-about-gaps')),
      TrackMission: tellsDesk(
        endsMissions(make('deployments/track-mission', { timeoutSeconds: 120 })),
      ).answersWorkflow(DEPLOY_TEAM),
      StandDown: endsMissions(make('deployments/stand-down', { timeoutSeconds: 120 })),
      ReleaseTeam: tellsDesk(endsMissions(make('deployments/release-team', { timeoutSeconds: 120 }))),
    };

    // People answer.
    this.showOffer = answers(make('notices/show-offer'));
    this.takeAnswer = answers(make('notices/take-answer')).answersWorkflow(DEPLOY_TEAM);
    this.receiveSms = tellsPeople(deployments(make('notices/receive-sms', { asynchronous: true })))
      .readsTable(data.experts, 'EXPERTS_TABLE')
      .readsTable(data.employers, 'EMPLOYERS_TABLE')
      .answersWorkflow(DEPLOY_TEAM);

    // The desk works.
    this.listEvents = make('desk/list-events').readsTable(data.alerts, 'ALERTS_TABLE');
    this.showEvent = make('desk/show-event').readsTable(data.alerts, 'ALERTS_TABLE');
    this.actOnEvent = make('desk/act-on-event')
      .readsTable(data.alerts, 'ALERTS_TABLE')
      .startsWorkflow(TRIAGE_ALERT, 'TRIAGE_ALERT_ARN');
    this.showMessage = make('desk/show-message').readsBodies(data.bodies, data.key);
    this.listFeeds = make('desk/list-feeds').readsTable(data.alerts, 'ALERTS_TABLE').knows('FEEDS', feeds);
    this.listDeployments = make('desk/list-deployments').readsTable(data.deployments, 'DEPLOYMENTS_TABLE');
    this.startDeployment = deployments(make('desk/start-deployment'))
      .readsTable(data.alerts, 'ALERTS_TABLE')
      .startsWorkflow(DEPLOY_TEAM, 'DEPLOY_TEAM_ARN');
    this.showDeployment = make('desk/show-deployment').readsTable(data.deployments, 'DEPLOYMENTS_TABLE');
    // Solves as plan-team does, and writes nothing; the API waits half a minute at most.
    this.showPlan = make('desk/show-plan', SOLVES)
      .readsTable(data.deployments, 'DEPLOYMENTS_TABLE')
      .readsTable(data.experts, 'EXPERTS_TABLE')
      .readsTable(data.employers, 'EMPLOYERS_TABLE')
      .readsTable(data.stock, 'STOCK_TABLE')
      .readsRoster(data.roster, data.key);
    this.actOnDeployment = deployments(make('desk/act-on-deployment'))
      .readsAndWritesTable(data.experts, 'EXPERTS_TABLE')
      .answersWorkflow(DEPLOY_TEAM);
    this.importRoster = make('desk/import-roster')
      .readsAndWritesTable(data.experts, 'EXPERTS_TABLE')
      .readsAndWritesTable(data.employers, 'EMPLOYERS_TABLE')
      .enrolsPeople();
    // A million people are read whole in some minutes; a hundred thousand are changed in seconds.
    this.refreshRoster = make('roster/refresh-roster', {
      asynchronous: true,
      memoryMegabytes: 1769,
      timeoutSeconds: 900,
    })
      .readsTable(data.experts, 'EXPERTS_TABLE')
      .keepsRoster(data.roster, data.key);
    this.importStock = make('desk/import-stock').readsAndWritesTable(data.stock, 'STOCK_TABLE');
    this.describeApi = make('desk/describe-api');
  }
}
