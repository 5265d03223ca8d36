import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Endpoint, type Reply, type Wire, xml, xmlReply } from '../wire.ts';

/** One object with the headers that it was put with and is given with. */
interface StoredBody {
  bytes: Buffer;
  headers: Record<string, string>;
}

/** Where objects are kept. */
export interface BodyStore {
  put(bucket: string, key: string, body: StoredBody): Promise<void>;
  get(bucket: string, key: string): Promise<StoredBody | undefined>;
}

/** Objects in memory, or as files of a folder: the bytes, and beside them the headers as JSON. */
export function openBodies(folder: string | null): BodyStore {
  if (!folder) {
    const bodies = new Map<string, StoredBody>();
    return {
      put: async (bucket, key, body) => void bodies.set(`${bucket}/${key}`, body),
      get: async (bucket, key) => bodies.get(`${bucket}/${key}`),
    };
  }
  // A key may hold slashes and dots: as one encoded file name it cannot leave its folder.
  const fileOf = (bucket: string, key: string) =>
    join(folder, encodeURIComponent(bucket), `${encodeURIComponent(key)}.body`);
  return {
    async put(bucket, key, { bytes, headers }) {
      const file = fileOf(bucket, key);
      mkdirSync(join(folder, encodeURIComponent(bucket)), { recursive: true, mode: 0o700 });
      await writeFile(`${file}.headers`, JSON.stringify(headers), { mode: 0o600 });
      await writeFile(`${file}.new`, bytes, { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    async get(bucket, key) {
      const file = fileOf(bucket, key);
      try {
        const [bytes, headers] = await Promise.all([readFile(file), readFile(`${file}.headers`, 'utf8')]);
        return { bytes, headers: JSON.parse(headers) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

const kept = /^(content-type|content-encoding|content-language|cache-control|x-amz-meta-.+)$/;

/** S3 as far as it is used: PutObject, GetObject and HeadObject, also with If-Match and If-None-Match, path style. */
export function createS3Endpoint(buckets: string[], bodies: BodyStore): Endpoint {
  return async (request: Wire): Promise<Reply> => {
    const [bucket = '', ...rest] = request.path.split('?')[0]!.slice(1).split('/').map(decodeURIComponent);
    const key = rest.join('/');
    if (!buckets.includes(bucket)) return refusal(404, 'NoSuchBucket', 'The specified bucket does not exist');
    if (!key) return refusal(501, 'NotImplemented', 'Only objects are served here');
    switch (request.method) {
      case 'PUT':
        return put(request, bucket, key);
      case 'GET':
      case 'HEAD':
        return get(request, request.method, bucket, key);
      default:
        return refusal(405, 'MethodNotAllowed', `${request.method} is not served here`);
    }
  };

  async function put({ headers, body }: Wire, bucket: string, key: string): Promise<Reply> {
    if (headers['content-encoding']?.includes('aws-chunked')) {
      return refusal(501, 'NotImplemented', 'Bodies in chunks with a trailer are not served here');
    }
    const [unless, only] = [headers['if-none-match'], headers['if-match']];
    if (unless !== undefined && unless !== '*') {
      return refusal(501, 'NotImplemented', 'If-None-Match of a put can only be *');
    }
    const there = unless || only ? await bodies.get(bucket, key) : undefined;
    if (only && !there) return refusal(404, 'NoSuchKey', 'The specified key does not exist.');
    if (there && (unless === '*' || !tagsOf(only).includes(etagOf(there.bytes)))) {
      return refusal(
        412,
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
      );
    }
    const own = Object.fromEntries(Object.entries(headers).filter(([name]) => kept.test(name)));
    await bodies.put(bucket, key, { bytes: body, headers: own });
    return { status: 200, headers: { etag: etagOf(body) }, body: '' };
  }

  async function get({ headers }: Wire, method: 'GET' | 'HEAD', bucket: string, key: string): Promise<Reply> {
    const found = await bodies.get(bucket, key);
    if (!found) {
      return method === 'HEAD'
        ? { status: 404, headers: {}, body: '' }
        : refusal(404, 'NoSuchKey', 'The specified key does not exist.');
    }
    const etag = etagOf(found.bytes);
    if (tagsOf(headers['if-none-match']).includes(etag)) return { status: 304, headers: { etag }, body: '' };
    return {
      status: 200,
      headers: {
        ...found.headers,
        etag,
        'content-length': String(found.bytes.length),
      },
      body: method === 'HEAD' ? '' : found.bytes,
    };
  }
}

const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

/** The tags of a condition, as they are written: in quotes. */
const tagsOf = (condition: string | undefined): string[] =>
  (condition ?? '').split(',').map(tag => tag.trim());

const refusal = (status: number, code: string, message: string): Reply =>
  xmlReply(status, `<Error><Code>${code}</Code><Message>${xml(message)}</Message></Error>`);
