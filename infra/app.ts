import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readConfig } from './config.ts';
import { createReliefApp } from './relief-app.ts';

const { app } = createReliefApp(readConfig());
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
