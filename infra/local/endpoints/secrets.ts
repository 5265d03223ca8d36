import { type Endpoint, jsonError, jsonReply, operationOf } from '../wire.ts';

/** Secrets Manager as far as it is used: the present value of a secret, by its name or ARN. */
export function createSecretsEndpoint(
  secrets: { name: string; arn: string }[],
  secretValue: (name: string) => string,
): Endpoint {
  return async request => {
    const operation = operationOf('secretsmanager', request);
    if (operation !== 'GetSecretValue') {
      return jsonError(400, 'UnknownOperationException', `${operation} is not served here`, '1.1');
    }
    const { SecretId } = JSON.parse(request.body.toString()) as { SecretId: string };
    const secret = secrets.find(({ name, arn }) => name === SecretId || arn === SecretId);
    if (!secret) {
      return jsonError(
        400,
        'ResourceNotFoundException',
        "Secrets Manager can't find the specified secret.",
        '1.1',
      );
    }
    return jsonReply(
      200,
      {
        ARN: secret.arn,
        Name: secret.name,
        SecretString: secretValue(secret.name),
        VersionId: 'local',
        VersionStages: ['AWSCURRENT'],
      },
      '1.1',
    );
  };
}
