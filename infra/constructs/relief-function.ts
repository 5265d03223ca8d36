import { copyFileSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AssetHashType, DockerImage, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { ROSTER_KEY } from '../../functions/roster/snapshot-file.ts';
import { repositoryRoot } from '../repository.ts';
import { personTopicName } from './messages.ts';
import type { ReliefTable } from './relief-table.ts';
import { workflowArn } from './workflow.ts';

export interface ReliefFunctionProps {
  /** The entry under functions/ without its suffix: "deployments/plan-team". */
  entry: string;
  retentionDays: RetentionDays;
  /** @default 512. A full virtual CPU comes at 1769 MB. */
  memoryMegabytes?: number;
  /** @default 29, what the HTTP API waits at most. */
  timeoutSeconds?: number;
  /** Invoked without a caller that waits: what fails for good is kept in a dead letter queue of its own. @default false */
  asynchronous?: boolean;
  /** Files to lie beside the bundle, as paths from the repository's root. @default none */
  beside?: string[];
}

/** The two wildcards by name that a function may have, as cdk-nag spells them. */
const BODIES = 'ReliefData:ExportsOutputFnGetAttBodies3FF2AA63ArnC3365D50/*';
const PERSON_TOPICS = `arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:${personTopicName('*')}`;

const READ_ITEMS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'];
const WRITE_ITEMS = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
];

/**
 * The entry and all that it imports as one ES module, index.mjs, by esbuild in this process: a process of its own for
 * each function, as CDK's own bundling starts, takes a second more each.
 */
const bundleOf = (entry: string, beside: string[]): Code =>
  Code.fromAsset(join(repositoryRoot, 'functions'), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never pulled: the local way below always answers.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(folder) {
          buildSync({
            entryPoints: [entry],
            outfile: join(folder, 'index.mjs'),
            bundle: true,
            platform: 'node',
            format: 'esm',
            target: 'node24',
            mainFields: ['module', 'main'],
            minify: true,
            sourcemap: true,
            logLevel: 'error',
            // The pinned SDK is bundled, not the runtime's: the same code as was tested, and a faster cold start.
            external: [],
            // CommonJS packages inside an ES module call `require`.
            banner: {
              js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
            },
          });
          for (const file of beside) copyFileSync(join(repositoryRoot, file), join(folder, basename(file)));
          return true;
        },
      },
    },
  });

/**
 * The house Lambda: one bundled file for Node 24 on ARM, its own role and log group, traces, and grants that set the
 * variable which names what was granted. `pascalName` ("PlanTeam") is also its id and its name in a workflow.
 */
export class ReliefFunction extends LambdaFunction {
  /** Absolute path of the TypeScript entry file. */
  readonly entry: string;
  readonly deadLetters: Queue | null;
  private readonly executionRole: Role;
  private readonly home: Construct;

  constructor(scope: Construct, id: string, props: ReliefFunctionProps) {
    const home = new Construct(scope, id);
    const entry = join(repositoryRoot, 'functions', `${props.entry}.ts`);
    if (!existsSync(entry)) throw new Error(`${id}: there is no functions/${props.entry}.ts`);

    const role = new Role(home, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(home, 'Log', {
      retention: props.retentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    const deadLetters = props.asynchronous
      ? new Queue(home, 'DeadLetters', {
          encryption: QueueEncryption.SQS_MANAGED,
          enforceSSL: true,
          retentionPeriod: Duration.days(14),
        })
      : null;

    super(home, 'Function', {
      code: bundleOf(entry, props.beside ?? []),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes ?? 512,
      timeout: Duration.seconds(props.timeoutSeconds ?? 29),
      tracing: Tracing.ACTIVE,
      role,
      logGroup,
      ...(deadLetters && { deadLetterQueue: deadLetters, maxEventAge: Duration.hours(1), retryAttempts: 2 }),
      environment: { NODE_OPTIONS: '--enable-source-maps' },
    });
    this.entry = entry;
    this.executionRole = role;
    this.home = home;
    this.deadLetters = deadLetters;
    Validations.of(home).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray accepts segments by account only: PutTraceSegments and PutTelemetryRecords have no resource.',
    });
  }

  readsTable(table: ReliefTable, variable: string): this {
    return this.usesTable(table, variable, READ_ITEMS);
  }

  readsAndWritesTable(table: ReliefTable, variable: string): this {
    return this.usesTable(table, variable, [...READ_ITEMS, ...WRITE_ITEMS]);
  }

  readsBodies(bucket: Bucket, key: IKey): this {
    this.mayUseKey(key, 's3', ['kms:Decrypt']);
    return this.usesBodies(bucket, 's3:GetObject');
  }

  writesBodies(bucket: Bucket, key: IKey): this {
    this.mayUseKey(key, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']);
    return this.usesBodies(bucket, 's3:PutObject');
  }

  /**
   * May read the roster's snapshot. Without the right to list, S3 says of an object that is not there yet that it is
   * forbidden.
   */
  readsRoster(bucket: Bucket, key: IKey): this {
    this.mayUseKey(key, 's3', ['kms:Decrypt']);
    this.may(['s3:GetObject'], [bucket.arnForObjects(ROSTER_KEY)]);
    this.may(['s3:ListBucket'], [bucket.bucketArn]);
    return this.knows('ROSTER_BUCKET', bucket.bucketName);
  }

  /** May read the roster's snapshot and put another in its place. */
  keepsRoster(bucket: Bucket, key: IKey): this {
    this.mayUseKey(key, 's3', ['kms:GenerateDataKey']);
    this.may(['s3:PutObject'], [bucket.arnForObjects(ROSTER_KEY)]);
    return this.readsRoster(bucket, key);
  }

  /** May start executions of one workflow. */
  startsWorkflow(name: string, variable: string): this {
    const arn = workflowArn(this, name);
    this.may(['states:StartExecution'], [arn]);
    return this.knows(variable, arn);
  }

  /** May hand an answer to a step of this workflow that waits for one. */
  answersWorkflow(name: string): this {
    return this.may(['states:SendTaskSuccess'], [workflowArn(this, name)]);
  }

  tellsTopic(topic: ITopic, key: IKey, variable: string): this {
    this.mayUseKey(key, 'sns', ['kms:GenerateDataKey', 'kms:Decrypt']);
    this.may(['sns:Publish'], [topic.topicArn]);
    return this.knows(variable, topic.topicArn);
  }

  /**
   * May send an SMS to any phone and a message to any person's own topic, and to no other topic. A phone number is no
   * ARN: the first statement covers everything that is not a topic or an endpoint of a topic.
   */
  tellsPeople(smsOrigin: string | null): this {
    const { partition } = Stack.of(this);
    this.mayAll(
      'Phones',
      '*',
      'A phone number is no resource; SNS hands SMS on to End User Messaging in the name of the caller, which the function may not call itself.',
      [
        new PolicyStatement({ actions: ['sns:Publish'], notResources: [`arn:${partition}:sns:*:*:*`] }),
        new PolicyStatement({
          actions: ['sms-voice:SendTextMessage'],
          resources: ['*'],
          conditions: { Bool: { 'aws:ViaAWSService': 'true' } },
        }),
      ],
    );
    this.mayUsePersonTopics(['sns:Publish']);
    return smsOrigin ? this.knows('SMS_ORIGIN', smsOrigin) : this;
  }

  /** May make a person's own topic and subscribe that person to it. */
  enrolsPeople(): this {
    return this.mayUsePersonTopics(['sns:CreateTopic', 'sns:Subscribe']);
  }

  readsSecret(secret: Secret, key: IKey, variable: string): this {
    this.mayUseKey(key, 'secretsmanager', ['kms:Decrypt']);
    this.may(['secretsmanager:GetSecretValue'], [secret.secretArn]);
    return this.knows(variable, secret.secretArn);
  }

  /** Sets a variable of the environment. */
  knows(variable: string, value: string): this {
    this.addEnvironment(variable, value);
    return this;
  }

  private usesTable(table: ReliefTable, variable: string, actions: string[]): this {
    this.mayUseKey(table.key, 'dynamodb', ['kms:Decrypt', 'kms:DescribeKey']);
    this.may(actions, table.resourceArns);
    return this.knows(variable, table.tableName);
  }

  private usesBodies(bucket: Bucket, action: string): this {
    this.mayAll(
      'Bodies',
      BODIES,
      'The key of a body is its digest, which is not known before the body comes.',
      [new PolicyStatement({ actions: [action], resources: [bucket.arnForObjects('*')] })],
    );
    return this.knows('RAW_BUCKET', bucket.bucketName);
  }

  private mayUsePersonTopics(actions: string[]): this {
    const topics = Stack.of(this).formatArn({ service: 'sns', resource: personTopicName('*') });
    return this.mayAll(
      'People',
      PERSON_TOPICS,
      'One topic a person: their names begin with a prefix that no other topic has.',
      [new PolicyStatement({ actions, resources: [topics] })],
    );
  }

  /** A grant that cannot name each resource: a policy of its own, with the reason beside it. */
  private mayAll(id: string, wildcard: string, reason: string, statements: PolicyStatement[]): this {
    const policy = new Policy(this.home, id, { roles: [this.executionRole], statements });
    this.node.addDependency(policy);
    Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${wildcard}]`, reason });
    return this;
  }

  private may(actions: string[], resources: string[]): this {
    this.addToRolePolicy(new PolicyStatement({ actions, resources }));
    return this;
  }

  /** The key only for what one service does with it in this function's name. */
  private mayUseKey(key: IKey, service: string, actions: string[]): void {
    const { region } = Stack.of(this);
    this.addToRolePolicy(
      new PolicyStatement({
        actions,
        resources: [key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } },
      }),
    );
  }
}
