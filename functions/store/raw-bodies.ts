import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Raw bodies of messages, whole, under the SHA-256 of their bytes. */
export function createRawBodyStore(bodies: S3Client, bucket: string) {
  return {
    /** Keeps the bytes; keeping them again is the same. */
    keep: async (digest: string, bytes: Uint8Array, contentType: string): Promise<void> => {
      await bodies.send(
        new PutObjectCommand({ Bucket: bucket, Key: digest, Body: bytes, ContentType: contentType }),
      );
    },
    read: async (digest: string): Promise<{ bytes: Uint8Array; contentType: string }> => {
      const { Body, ContentType } = await bodies.send(new GetObjectCommand({ Bucket: bucket, Key: digest }));
      if (!Body) throw new Error(`message ${digest} is empty`);
      return { bytes: await Body.transformToByteArray(), contentType: ContentType ?? '' };
    },
  };
}

export type RawBodyStore = ReturnType<typeof createRawBodyStore>;
