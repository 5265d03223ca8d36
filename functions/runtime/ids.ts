import { randomBytes as bytes, randomInt } from 'node:crypto';

/** Bytes nobody can guess, for links and keys. */
export const randomBytes = (count: number): Uint8Array => bytes(count);

/** A number in [0, 1) of cryptographic quality, for codes. */
export const random = (): number => randomInt(2 ** 47) / 2 ** 47;
