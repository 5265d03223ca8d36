import type { Guided, Part } from './parts.ts';

/** What a worker is to do; `shared` is how the watchdog sees the message at work. */
export type Work = {
  part: Part;
  messages: number;
  seed: number;
  minutes: number;
  captures: string;
  shared: SharedArrayBuffer;
};

/** One promise that was broken, with the message that broke it. */
export type Finding = { what: string; bytes: Uint8Array };

/** What a part showed. */
export type Told = {
  messages: number;
  ms: number;
  /** By what happened: "accepted" bodies gave at least one alert. */
  bodies: { accepted: number; refused: number; unreadable: number };
  alerts: number;
  worstMs: number;
  /** The message that took longest. */
  worst: Uint8Array;
  findings: Finding[];
  /** How often each kind of finding came up; `findings` has the first of each. */
  counts: Record<string, number>;
  /** Bytes in use after a collection, at the start and at the end. */
  heap: [start: number, end: number];
  guided: Guided | undefined;
};

/** In the shared memory: number and length of the message at work, then when it began, then its bytes. */
export const layout = { header: 16, room: 1_000_000 } as const;

/** Longer than this no message may take; at five times that the watchdog ends the worker. */
export const mostMs = 1000;
