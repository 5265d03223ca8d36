import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRawBodyStore } from '../../functions/store/raw-bodies.ts';

const s3 = mockClient(S3Client);
const bodies = createRawBodyStore(new S3Client({ region: 'eu-central-1' }), 'bodies');
const refusing = (name: string) => s3.on(PutObjectCommand).rejects(Object.assign(new Error(name), { name }));
beforeEach(() => void s3.reset());

describe('a raw body', () => {
  it('is kept under its digest, and only if none is there', async () => {
    s3.on(PutObjectCommand).resolves({});
    await bodies.keep('abc', Buffer.from('x'), 'text/plain');
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      Bucket: 'bodies',
      Key: 'abc',
      ContentType: 'text/plain',
      IfNoneMatch: '*',
    });
  });

  it('that is there stays as it is', async () => {
    refusing('PreconditionFailed');
    await expect(bodies.keep('abc', Buffer.from('x'), 'text/html')).resolves.toBeUndefined();
  });

  it('that somebody else puts at this moment is put again later', async () => {
    refusing('ConditionalRequestConflict');
    await expect(bodies.keep('abc', Buffer.from('x'), '')).rejects.toMatchObject({
      name: 'TemporarilyUnavailable',
    });
  });

  it('that could not be kept for another reason is not called kept', async () => {
    refusing('AccessDenied');
    await expect(bodies.keep('abc', Buffer.from('x'), '')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
