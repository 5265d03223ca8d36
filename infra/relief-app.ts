import { App, type AppProps, Tags } from 'aws-cdk-lib';
import cdk from '../cdk.json' with { type: 'json' };
import type { Config } from './config.ts';
import { DataStack } from './stacks/data.ts';
import { ReliefStack } from './stacks/relief.ts';

/**
 * The system of one stage as a CDK app. The feature flags of cdk.json hold for every caller, also for those who
 * synthesise in process without the CDK command.
 */
export function createReliefApp(
  config: Config,
  appProps: AppProps = {},
): { app: App; data: DataStack; relief: ReliefStack } {
  const app = new App({ ...appProps, context: { ...cdk.context, ...appProps.context } });
  const data = new DataStack(app, 'ReliefData', config, {
    description: 'Relief Dispatch: what is kept',
    terminationProtection: config.retainData,
  });
  const relief = new ReliefStack(app, 'Relief', config, data, { description: 'Relief Dispatch' });
  Tags.of(app).add('project', 'relief-dispatch');
  Tags.of(app).add('stage', config.stage);
  return { app, data, relief };
}
