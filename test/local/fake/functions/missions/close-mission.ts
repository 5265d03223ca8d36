import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** Writes how the mission ended. */
export async function handler({ missionId, state }: Record<string, string>) {
  try {
    await tables.send(
      new UpdateCommand({
        TableName: process.env.MISSIONS_TABLE,
        Key: { missionId },
        UpdateExpression: 'SET #s = :s, closedAt = :n',
        ExpressionAttributeNames: { '#s': 'state' },
        ExpressionAttributeValues: { ':s': state, ':n': new Date().toISOString() },
      }),
    );
  } catch (error) {
    if (error instanceof Error) error.name = 'TemporarilyUnavailable';
    throw error;
  }
  return { missionId, state };
}
