/// <reference lib="dom" />
import { type Answer, ask } from './session.ts';

/** Something that pages look at and that is read again only when it has become old. */
export type Remembered<T> = {
  /** What was read last; undefined as long as nothing was. */
  value(): T | undefined;
  /** Reads it when it is older than this (ms), and answers what the API did; undefined when it was fresh enough. */
  read(oldestMs: number): Promise<Answer<T> | undefined>;
};

/** Remembers what a path of the API answers. */
export function remembered<T>(path: string): Remembered<T> {
  let known: T | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    value: () => known,
    read: async oldestMs => {
      if (Date.now() - readAt < oldestMs) return undefined;
      const answer = await ask<T>(path);
      if ('value' in answer) {
        known = answer.value;
        readAt = Date.now();
      }
      return answer;
    },
  };
}
