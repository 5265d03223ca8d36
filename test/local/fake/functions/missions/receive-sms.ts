import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SNSEvent } from 'aws-lambda';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const workflows = new SFNClient({});

/** Writes the answer down and wakes the workflow of that phone. */
export async function handler(event: SNSEvent) {
  for (const { Sns } of event.Records) {
    const message = JSON.parse(Sns.Message);
    if (message.messageBody === 'fail') throw new Error('could not read the answer');
    const { Items = [] } = await tables.send(
      new QueryCommand({
        TableName: process.env.MISSIONS_TABLE,
        IndexName: 'MissionsByPhone',
        KeyConditionExpression: 'phone = :p',
        ExpressionAttributeValues: { ':p': message.originationNumber },
      }),
    );
    for (const { missionId, taskToken } of Items) {
      await tables.send(
        new UpdateCommand({
          TableName: process.env.MISSIONS_TABLE,
          Key: { missionId },
          UpdateExpression: 'SET answer = :a, answeredAt = :n',
          ExpressionAttributeValues: { ':a': message.messageBody, ':n': new Date().toISOString() },
        }),
      );
      try {
        await workflows.send(
          new SendTaskSuccessCommand({
            taskToken,
            output: JSON.stringify({ answer: message.messageBody }),
          }),
        );
      } catch (error) {
        // An answer told twice finds nobody waiting.
        if (!(error instanceof Error && /^Task/.test(error.name))) throw error;
      }
    }
  }
}
