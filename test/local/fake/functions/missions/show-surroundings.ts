import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

let invocations = 0;

class NotToday extends Error {
  override name = 'NotToday';
}

/** Does what the test asks, and says what a handler sees of its surroundings. */
export async function handler(event: { what?: string; key?: string; text?: string }, context: unknown) {
  invocations += 1;
  switch (event.what) {
    case 'fail':
      throw new NotToday('the boat is full');
    case 'throw a text':
      throw 'plain';
    case 'sleep':
      return setTimeout(() => {}, 1);
    case 'pause':
      return pause(1);
    case 'hang':
      return new Promise(() => {});
    case 'log':
      console.warn('heard %s', event.text);
      return null;
    case 'fetch':
      return (await fetch(event.text ?? '')).json();
    case 'leave a call behind':
      void new S3Client({}).send(
        new PutObjectCommand({ Bucket: process.env.RAW_BUCKET, Key: 'left', Body: 'x' }),
      );
      return null;
    case 'wait for another':
      await new Promise(resolve => setImmediate(resolve));
      return { invocations };
    case 'keep': {
      const bodies = new S3Client({});
      const at = { Bucket: String(process.env.RAW_BUCKET), Key: String(event.key) };
      await bodies.send(new PutObjectCommand({ ...at, Body: event.text ?? '', ContentType: 'text/xml' }));
      const { Body, ContentType } = await bodies.send(new GetObjectCommand(at));
      return { text: await Body?.transformToString(), ContentType };
    }
    case 'secret': {
      const { SecretString } = await new SecretsManagerClient({}).send(
        new GetSecretValueCommand({ SecretId: process.env.WEBHOOK_SECRET_ARN }),
      );
      return {
        digest: createHash('sha256')
          .update(SecretString ?? '')
          .digest('hex'),
      };
    }
  }
  const { HOME, MISSIONS_TABLE, PUBLIC_URL, AWS_REGION } = process.env;
  return {
    invocations,
    environment: { HOME, MISSIONS_TABLE, PUBLIC_URL, AWS_REGION },
    now: Date.now(),
    today: new Date().toISOString(),
    isDate: new Date() instanceof Date,
    parsed: z.number().parse(new Date(0).getTime()),
    random: [
      randomUUID(),
      crypto.randomUUID(),
      Math.random(),
      randomInt(5, 10),
      randomBytes(4).toString('hex'),
    ],
    largest: Math.max(1, 2),
    context: (context as { functionName: string }).functionName,
  };
}
