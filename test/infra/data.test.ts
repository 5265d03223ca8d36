import { describe, expect, it } from 'vitest';
import { deskRoles } from '../../infra/stacks/data.ts';
import { ofType, synthesise } from './synthesised.ts';

const { data } = synthesise('prod');
const tables = ofType(data, 'AWS::DynamoDB::Table');
const tableOf = (name: string) => tables.find(([id]) => id.startsWith(name))?.[1].Properties;
const [key] = ofType(data, 'AWS::KMS::Key');
const bucketOf = (name: string) =>
  ofType(data, 'AWS::S3::Bucket').find(([id]) => id.startsWith(name))![1].Properties;
const [, users] = ofType(data, 'AWS::Cognito::UserPool')[0]!;

describe('what must outlive every deployment', () => {
  it.each(['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool'])(
    '%s is retained when it is removed or replaced',
    type => {
      for (const [id, resource] of ofType(data, type))
        expect({ id, ...resource }).toMatchObject({
          id,
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
        });
    },
  );

  it.each(tables)(
    '%s is recoverable to the second, encrypted with our key and refuses deletion',
    (_id, table) => {
      expect(table.Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: {
          SSEEnabled: true,
          SSEType: 'KMS',
          KMSMasterKeyId: { 'Fn::GetAtt': [key![0], 'Arn'] },
        },
      });
    },
  );

  it('the key is renewed each year and the accounts refuse deletion', () => {
    expect(key![1].Properties.EnableKeyRotation).toBe(true);
    expect(users.Properties.DeletionProtection).toBe('ACTIVE');
  });

  it('the local stage keeps nothing back', () => {
    const local = synthesise('local').data;
    expect(ofType(local, 'AWS::DynamoDB::Table').map(([, table]) => table.DeletionPolicy)).toEqual(
      Array(5).fill('Delete'),
    );
    expect(ofType(local, 'AWS::Cognito::UserPool')).toEqual([]);
  });
});

describe('keys and indexes', () => {
  const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
  const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' });
  const keysOnly = { ProjectionType: 'KEYS_ONLY' };
  const all = { ProjectionType: 'ALL' };

  it.each([
    ['Alerts', [hash('eventId'), range('record')]],
    ['Experts', [hash('expertId')]],
    ['Employers', [hash('employerId')]],
    ['Stock', [hash('warehouseId'), range('item')]],
    ['Deployments', [hash('deploymentId'), range('record')]],
  ])('%s', (name, keys) => expect(tableOf(name)?.KeySchema).toEqual(keys));

  it.each([
    ['Alerts', 'EventsByFamily', [hash('family'), range('occurredAt')], all],
    ['Experts', 'ExpertsByPhone', [hash('phoneNumber')], keysOnly],
    ['Experts', 'ExpertsByChange', [hash('changeShard'), range('changedAt')], keysOnly],
    ['Employers', 'EmployersByPhone', [hash('phoneNumber')], keysOnly],
    ['Deployments', 'DeploymentsByEvent', [hash('eventId'), range('createdAt')], all],
    ['Deployments', 'OffersByLink', [hash('link')], keysOnly],
    ['Deployments', 'OffersByExpert', [hash('offeredTo'), range('record')], keysOnly],
    ['Deployments', 'OffersByEmployer', [hash('employerId'), range('record')], keysOnly],
  ])('%s by %s', (name, IndexName, KeySchema, Projection) =>
    expect(tableOf(name)?.GlobalSecondaryIndexes).toContainEqual({ IndexName, KeySchema, Projection }),
  );

  it('has no index beyond these', () =>
    expect(tables.flatMap(([, table]) => table.Properties.GlobalSecondaryIndexes ?? [])).toHaveLength(8));
});

describe('buckets', () => {
  it.each(['Bodies', 'Roster'])('%s is not public, and is encrypted with our key', name => {
    const { PublicAccessBlockConfiguration, BucketEncryption, OwnershipControls } = bucketOf(name);
    expect(Object.values(PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    expect(BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual({
      SSEAlgorithm: 'aws:kms',
      KMSMasterKeyID: { 'Fn::GetAtt': [key![0], 'Arn'] },
    });
  });

  it('of raw alert bodies keeps what was overwritten, and lets only old versions expire', () => {
    const { VersioningConfiguration, LifecycleConfiguration } = bucketOf('Bodies');
    expect(VersioningConfiguration).toEqual({ Status: 'Enabled' });
    for (const rule of LifecycleConfiguration.Rules) expect(rule).not.toHaveProperty('ExpirationInDays');
  });

  it('of the roster keeps no old version of people, and no snapshot for longer than a week', () => {
    const { VersioningConfiguration, LifecycleConfiguration } = bucketOf('Roster');
    expect(VersioningConfiguration).toBeUndefined();
    expect(LifecycleConfiguration.Rules).toEqual([
      expect.objectContaining({ ExpirationInDays: 7, Status: 'Enabled' }),
    ]);
  });

  it('are reached by TLS only', () => {
    const policies = ofType(data, 'AWS::S3::BucketPolicy');
    expect(policies).toHaveLength(2);
    for (const [, policy] of policies)
      expect(policy.Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Action: 's3:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
  });
});

describe('the accounts of the desk', () => {
  it('are made by an administrator and carry a second factor', () => {
    expect(users.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  it('have one group a role', () => {
    const groups = ofType(data, 'AWS::Cognito::UserPoolGroup').map(([, group]) => group.Properties.GroupName);
    expect(groups.sort()).toEqual(Object.keys(deskRoles).sort());
  });
});
