import { createHash } from 'node:crypto';

/** A stream of random numbers that its seed repeats. One stream an entity: a shared one makes every event shift the next. */
export interface Stream {
  /** In [0, 1). */
  next(): number;
  bytes(count: number): Buffer;
}

/** The stream of a thing, named by its path ("seed/function/plan-team/0"); xoshiro128**, seeded by SHA-256. */
export function createStream(...path: (string | number)[]): Stream {
  const digest = createHash('sha256').update(path.join('/')).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let d = digest.readInt32LE(12) | 1;

  const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));
  function word(): number {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result >>> 0;
  }

  return {
    next: () => ((word() >>> 5) * 0x4000000 + (word() >>> 6)) / 2 ** 53,
    bytes(count) {
      const filled = Buffer.alloc(count);
      for (let at = 0; at < count; at++) filled[at] = word() >>> 24;
      return filled;
    },
  };
}

/** A version 4 UUID from a stream. */
export function uuidFrom(stream: Stream): string {
  const bytes = stream.bytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
