import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const tables = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const topics = new SNSClient({});

/** Keeps the token under the phone and asks by SMS. */
export async function handler({ missionId, phone, token }: Record<string, string>) {
  await tables.send(
    new UpdateCommand({
      TableName: process.env.MISSIONS_TABLE,
      Key: { missionId },
      ConditionExpression: 'attribute_exists(missionId)',
      UpdateExpression: 'SET taskToken = :t',
      ExpressionAttributeValues: { ':t': token },
    }),
  );
  await topics.send(new PublishCommand({ PhoneNumber: phone, Message: `Can you go? ${missionId}` }));
  await topics.send(
    new PublishCommand({ TopicArn: process.env.DESK_TOPIC_ARN, Subject: 'Asked', Message: missionId }),
  );
}
