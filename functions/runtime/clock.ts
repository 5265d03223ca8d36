import type { Instant } from '../domain/primitives.ts';

/** The present, ISO 8601 UTC with milliseconds. Rules never call it: entries do, and hand the time on. */
export const now = (): Instant => new Date().toISOString();
