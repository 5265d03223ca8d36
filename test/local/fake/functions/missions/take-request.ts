import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const workflows = new SFNClient({});

/** Notes a mission and starts its workflow. */
export async function handler(event: APIGatewayProxyEventV2) {
  const { phone } = JSON.parse(event.body ?? '{}') as { phone: string };
  const missionId = randomUUID();
  await tables.send(
    new PutCommand({
      TableName: process.env.MISSIONS_TABLE,
      Item: { missionId, phone, state: 'asked', askedAt: new Date().toISOString() },
    }),
  );
  await workflows.send(
    new StartExecutionCommand({
      stateMachineArn: process.env.ASK_ARN,
      name: missionId,
      input: JSON.stringify({ missionId, phone }),
    }),
  );
  return { statusCode: 201, body: JSON.stringify({ missionId }) };
}
