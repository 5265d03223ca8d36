import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { repositoryRoot } from '../repository.ts';

export interface WorkflowProps {
  /** The file workflows/<name>.asl.json, and the name of the state machine. */
  name: string;
  /** The functions that the file calls, each under the name that stands there as `${Name}`. */
  functions: Record<string, IFunction>;
  retentionDays: RetentionDays;
}

/** The names that a definition expects in place of `${Name}`, each once, in the order of the file. */
export const placeholdersOf = (definition: string): string[] => [
  ...new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name as string)),
];

/**
 * The ARN of a workflow by its name. Those who start or answer a workflow use it instead of a reference: a function
 * that a workflow calls and that answers the same workflow would otherwise make a cycle in the template.
 */
export const workflowArn = (scope: Construct, name: string): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** One ASL file as a state machine that may invoke the functions it names, and no other. */
export class Workflow extends Construct {
  readonly machine: StateMachine;
  readonly workflowName: string;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const { name, functions } = props;
    this.workflowName = name;
    const definition = readFileSync(join(repositoryRoot, 'workflows', `${name}.asl.json`), 'utf8');
    const placeholders = placeholdersOf(definition);
    const missing = placeholders.filter(placeholder => !(placeholder in functions));
    const unused = Object.keys(functions).filter(given => !placeholders.includes(given));
    if (missing.length > 0)
      throw new Error(`workflows/${name}.asl.json: no function for ${missing.join(', ')}`);
    if (unused.length > 0) throw new Error(`workflows/${name}.asl.json: does not call ${unused.join(', ')}`);

    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: Object.fromEntries(
        Object.entries(functions).map(([placeholder, called]) => [placeholder, called.functionArn]),
      ),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        // The input of a step that waits holds its task token, which is a credential: states yes, data no.
        includeExecutionData: false,
        destination: new LogGroup(this, 'Log', {
          retention: props.retentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    for (const called of Object.values(functions)) called.grantInvokeLatestVersion(this.machine);
    Validations.of(this.machine).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Delivery of logs and X-Ray segments is granted by account: these actions have no resource.',
    });
  }
}
