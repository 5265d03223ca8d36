import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** One client a kind and warm function, made when first asked for: a cold start pays only for what it uses. */
const once = <T>(make: () => T) => {
  let made: T | undefined;
  return (): T => {
    made ??= make();
    return made;
  };
};

export const tables = once(() =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } }),
);
export const topics = once(() => new SNSClient({}));
export const workflows = once(() => new SFNClient({}));
/** Path style: the same address works for a bucket in AWS and for the folder that stands for it on one machine. */
export const bodies = once(() => new S3Client({ forcePathStyle: true }));
export const secrets = once(() => new SecretsManagerClient({}));
