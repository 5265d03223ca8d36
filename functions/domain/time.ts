import type { Instant } from './primitives.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `at` moved by a number of milliseconds. */
export const plus = (at: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(at) + milliseconds).toISOString();

/** True when `at` is before `other`; both may be written with or without milliseconds. */
export const isBefore = (at: Instant, other: Instant): boolean => Date.parse(at) < Date.parse(other);
