import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { TemporarilyUnavailable } from '../runtime/errors.ts';

/** Raw bodies of messages, whole, under the SHA-256 of their bytes. */
export function createRawBodyStore(bodies: S3Client, bucket: string) {
  return {
    /**
     * Keeps the bytes. What is kept stays as it is: who hands in the same bytes later, with another content type, changes
     * nothing of what others read.
     */
    keep: async (digest: string, bytes: Uint8Array, contentType: string): Promise<void> => {
      try {
        await bodies.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: digest,
            Body: bytes,
            ContentType: contentType,
            IfNoneMatch: '*',
          }),
        );
      } catch (error) {
        const name = error instanceof Error ? error.name : '';
        if (name === 'PreconditionFailed') return;
        // Two puts of the same body at the same moment; S3 tells neither whether it is there now.
        if (name === 'ConditionalRequestConflict') throw new TemporarilyUnavailable(`${digest}: ${name}`);
        throw error;
      }
    },
    read: async (digest: string): Promise<{ bytes: Uint8Array; contentType: string }> => {
      const { Body, ContentType } = await bodies.send(new GetObjectCommand({ Bucket: bucket, Key: digest }));
      if (!Body) throw new Error(`message ${digest} is empty`);
      return { bytes: await Body.transformToByteArray(), contentType: ContentType ?? '' };
    },
  };
}

export type RawBodyStore = ReturnType<typeof createRawBodyStore>;
