import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
  UserPoolGroup,
} from 'aws-cdk-lib/aws-cognito';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Role } from '../../functions/runtime/edge.ts';
import type { Config } from '../config.ts';
import { ReliefTable } from '../constructs/relief-table.ts';

/** The roles of the desk: groups of the user pool, read from the token by the API. */
export const deskRoles: Record<Role, string> = {
  viewer: 'Reads everything but phone numbers',
  desk: 'Works deployments: answers, asks again, follows missions',
  approver: 'Approves a deployment or sends it back',
  'roster-admin': 'Imports people and stock',
  auditor: 'Reads the record of who did what',
};

/** What must outlive every deployment of the software: tables, raw alert bodies, their key, and the desk's accounts. */
export class DataStack extends Stack {
  readonly key: Key;
  readonly alerts: ReliefTable;
  readonly experts: ReliefTable;
  readonly employers: ReliefTable;
  readonly stock: ReliefTable;
  readonly deployments: ReliefTable;
  readonly bodies: Bucket;
  /** The roster as one file that is made anew all the time: personal data. */
  readonly roster: Bucket;
  /** Null when the tokens come from another issuer. */
  readonly users: UserPool | null;

  constructor(scope: Construct, id: string, config: Config, props: StackProps) {
    super(scope, id, props);
    const retain = config.retainData;
    const removalPolicy = retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    const key = new Key(this, 'Key', {
      description: 'Relief Dispatch: tables, raw alert bodies, roster snapshot',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.key = key;

    this.alerts = new ReliefTable(this, 'Alerts', {
      partition: 'eventId',
      sort: 'record',
      indexes: [{ name: 'EventsByFamily', partition: 'family', sort: 'occurredAt', all: true }],
      key,
      retain,
    });
    this.experts = new ReliefTable(this, 'Experts', {
      partition: 'expertId',
      indexes: [
        { name: 'ExpertsByPhone', partition: 'phoneNumber', all: false },
        { name: 'ExpertsByChange', partition: 'changeShard', sort: 'changedAt', all: false },
      ],
      key,
      retain,
    });
    this.employers = new ReliefTable(this, 'Employers', {
      partition: 'employerId',
      indexes: [{ name: 'EmployersByPhone', partition: 'phoneNumber', all: false }],
      key,
      retain,
    });
    this.stock = new ReliefTable(this, 'Stock', { partition: 'warehouseId', sort: 'item', key, retain });
    this.deployments = new ReliefTable(this, 'Deployments', {
      partition: 'deploymentId',
      sort: 'record',
      indexes: [
        { name: 'DeploymentsByEvent', partition: 'eventId', sort: 'createdAt', all: true },
        { name: 'OffersByLink', partition: 'link', all: false },
        { name: 'OffersByExpert', partition: 'offeredTo', sort: 'record', all: false },
        { name: 'OffersByEmployer', partition: 'employerId', sort: 'record', all: false },
      ],
      key,
      retain,
    });

    this.bodies = new Bucket(this, 'Bodies', {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy,
      lifecycleRules: [
        {
          // A body is evidence of why people were sent: kept for good, in cheaper storage once its mission is over.
          transitions: [
            { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(180) },
          ],
          noncurrentVersionExpiration: Duration.days(90),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    Validations.of(this.bodies).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'The bucket holds public alert bodies named by their own digest; versioning keeps what was overwritten, and who read a public text is of no use.',
    });

    this.roster = new Bucket(this, 'Roster', {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      // No versions: who has left the roster leaves its copy for good. It is made anew daily, so an old one is nobody's.
      versioned: false,
      removalPolicy,
      lifecycleRules: [
        { expiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    Validations.of(this.roster).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'One file, read by name by a handful of functions and by nobody else; their own logs say when. It holds no name, number or address.',
    });

    this.users = config.tokens ? null : this.createUsers(config, removalPolicy);

    for (const [name, value] of Object.entries({
      AlertsTable: this.alerts.tableName,
      ExpertsTable: this.experts.tableName,
      EmployersTable: this.employers.tableName,
      StockTable: this.stock.tableName,
      DeploymentsTable: this.deployments.tableName,
      RawBucket: this.bodies.bucketName,
      RosterBucket: this.roster.bucketName,
    }))
      new CfnOutput(this, name, { value });
  }

  /** The desk's accounts: made by an administrator only, each with a second factor. */
  private createUsers(config: Config, removalPolicy: RemovalPolicy): UserPool {
    const users = new UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInAliases: { username: true, email: true },
      standardAttributes: { fullname: { required: true, mutable: true } },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
        tempPasswordValidity: Duration.days(3),
      },
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: config.retainData,
      removalPolicy,
    });
    for (const [groupName, description] of Object.entries(deskRoles))
      new UserPoolGroup(users, groupName, { userPool: users, groupName, description });
    if (config.signInPrefix)
      users.addDomain('SignInPage', { cognitoDomain: { domainPrefix: config.signInPrefix } });
    return users;
  }
}
