import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnRoute,
  type CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Config, throttle } from '../config.ts';
import type { ReliefFunctions } from './functions.ts';
import type { ReliefFunction } from './relief-function.ts';

/** Who may call a route: `desk` bearers of a token of the desk; the others are open at the gateway, each for its reason. */
type Access = 'desk' | 'signed' | 'public';

interface Route {
  method: HttpMethod;
  path: string;
  to: ReliefFunction;
  access: Access;
}

const openBecause: Record<Exclude<Access, 'desk'>, string> = {
  signed:
    'Other systems sign the body (HMAC-SHA256) instead of holding a token; the handler refuses what has neither a good signature nor a good token.',
  public:
    'Made for anybody who has the link: the answer page by its unguessable token, and the description of the API.',
};

/**
 * What the access log says of a request. Never the path or the caller's address: the path of an answer page is the
 * credential of one person; the route ("GET /a/{token}") says as much as anyone needs.
 */
const accessLog = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  authorizerError: '$context.authorizer.error',
  integrationStatus: '$context.integrationStatus',
};

/** The HTTP API without its routes: made before the functions, which need to know its address. */
export class DeskApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const origins = config.consoleUrls.map(url => new URL(url).origin);
    this.api = new HttpApi(this, 'Api', {
      description: 'Relief Dispatch: alerts in, the desk at work, people answering',
      createDefaultStage: false,
      ...(origins.length > 0 && {
        corsPreflight: {
          allowOrigins: origins,
          allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
          allowHeaders: ['authorization', 'content-type'],
        },
      }),
    });
    const log = new LogGroup(this, 'AccessLog', {
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: throttle.all,
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
  }

  /** Adds the routes of section 7 of the design. A call without a token of the desk reaches only the four open ones. */
  route(functions: ReliefFunctions, authorizer: IHttpRouteAuthorizer): void {
    const { GET, POST } = HttpMethod;
    const routes: Route[] = [
      { method: POST, path: '/api/alerts', to: functions.receiveAlerts, access: 'signed' },
      { method: GET, path: '/api/events', to: functions.listEvents, access: 'desk' },
      { method: GET, path: '/api/events/{id}', to: functions.showEvent, access: 'desk' },
      { method: POST, path: '/api/events/{id}/{action}', to: functions.actOnEvent, access: 'desk' },
      { method: GET, path: '/api/messages/{digest}', to: functions.showMessage, access: 'desk' },
      { method: GET, path: '/api/feeds', to: functions.listFeeds, access: 'desk' },
      { method: GET, path: '/api/deployments', to: functions.listDeployments, access: 'desk' },
      { method: POST, path: '/api/deployments', to: functions.startDeployment, access: 'desk' },
      { method: GET, path: '/api/deployments/{id}', to: functions.showDeployment, access: 'desk' },
      { method: GET, path: '/api/deployments/{id}/plan', to: functions.showPlan, access: 'desk' },
      { method: POST, path: '/api/deployments/{id}/{action}', to: functions.actOnDeployment, access: 'desk' },
      { method: POST, path: '/api/roster', to: functions.importRoster, access: 'desk' },
      { method: POST, path: '/api/stock', to: functions.importStock, access: 'desk' },
      { method: GET, path: '/a/{token}', to: functions.showOffer, access: 'public' },
      { method: POST, path: '/a/{token}', to: functions.takeAnswer, access: 'public' },
      { method: GET, path: '/openapi.json', to: functions.describeApi, access: 'public' },
    ];
    const stage = this.stage.node.defaultChild as CfnStage;
    const limits: Record<string, object> = {};
    for (const { method, path, to, access } of routes) {
      const route = new HttpRoute(this, `${method} ${path}`, {
        httpApi: this.api,
        routeKey: HttpRouteKey.with(path, method),
        integration: new HttpLambdaIntegration('Call', to),
        ...(access === 'desk' && { authorizer }),
      });
      if (access === 'desk') continue;
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: openBecause[access] });
      limits[`${method} ${path}`] = {
        ThrottlingRateLimit: throttle.public.rateLimit,
        ThrottlingBurstLimit: throttle.public.burstLimit,
      };
      // A limit can only be set on a route that exists.
      stage.addResourceDependency(route.node.defaultChild as CfnRoute);
    }
    stage.routeSettings = limits;
  }
}
