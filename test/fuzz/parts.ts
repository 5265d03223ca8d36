import fc from 'fast-check';
import { measureCoverage } from './coverage.ts';
import { body } from './grammar.ts';
import { mutated } from './mutation.ts';
import { randomFrom } from './random.ts';
import type { Seed } from './seeds.ts';

/** The three ways in which messages are made. */
export const parts = ['grammar', 'mutation', 'coverage'] as const;
export type Part = (typeof parts)[number];

/** A message to try, and whether a second reader is to give its opinion on it. */
export type Trial = { bytes: Uint8Array; secondReader: boolean };

/** Tries a message; resolves when it has been looked at. */
export type Try = (trial: Trial) => Promise<void>;

/** What bounds a part: messages, and a moment of `performance.now()`. */
export type Bounds = { messages: number; untilMs: number; seed: number };

const encoder = new TextEncoder();
const chunk = 200;

/** Bodies by the grammar of their format. */
const byGrammar = async ({ messages, untilMs, seed }: Bounds, attempt: Try): Promise<void> => {
  for (let made = 0; made < messages && performance.now() < untilMs; made += chunk)
    for (const text of fc.sample(body, { seed: seed + made, numRuns: Math.min(chunk, messages - made) }))
      await attempt({ bytes: encoder.encode(text), secondReader: false });
};

/** Mutants of real and of the project's own bodies. */
const byMutation = async (
  { messages, untilMs, seed }: Bounds,
  seeds: readonly Seed[],
  attempt: Try,
): Promise<void> => {
  for (let made = 0; made < messages && performance.now() < untilMs; made += 1) {
    const random = randomFrom(seed, made);
    const { bytes } = random.pick(seeds);
    await attempt({ bytes: mutated(bytes, random.pick(seeds).bytes, random), secondReader: true });
  }
};

/** Messages that are tried between two looks at the coverage, which cost as much as some of them. */
const batchSize = 48;

/** What the guided loop found: bodies that lead into code where none led before, and how much code that is. */
export type Guided = { corpus: number; coveredBlocks: number; knownBlocks: number };

/** Mutants of bodies that are kept when they reach code that nothing reached before. */
const byCoverage = async (
  { messages, untilMs, seed }: Bounds,
  seeds: readonly Seed[],
  scriptUrl: string,
  attempt: Try,
): Promise<Guided> => {
  const coverage = measureCoverage(scriptUrl, 'functions/alerts/');
  const covered = new Set<string>();
  const corpus = seeds.map(({ bytes }) => bytes);
  const ranNewly = async (batch: readonly Uint8Array[]): Promise<boolean> => {
    for (const bytes of batch) await attempt({ bytes, secondReader: false });
    return [...coverage.take()].some(block => !covered.has(block));
  };
  /** Halves a batch until the bodies stand alone that brought something new; those are kept. */
  const keepThoseOf = async (batch: readonly Uint8Array[]): Promise<void> => {
    if (!(await ranNewly(batch))) return;
    if (batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      await keepThoseOf(batch.slice(0, half));
      await keepThoseOf(batch.slice(half));
      return;
    }
    await attempt({ bytes: batch[0]!, secondReader: false });
    for (const block of coverage.take()) covered.add(block);
    corpus.push(batch[0]!);
  };
  for (const bytes of corpus) await attempt({ bytes, secondReader: false });
  for (const block of coverage.take()) covered.add(block);
  for (let made = 0; made < messages && performance.now() < untilMs; made += batchSize) {
    const random = randomFrom(seed, made, 7);
    // The newest finds are looked at twice as often as the rest.
    const choose = () => (random.chance(0.5) ? random.pick(corpus.slice(-40)) : random.pick(corpus));
    await keepThoseOf(Array.from({ length: batchSize }, () => mutated(choose(), choose(), random)));
  }
  coverage.stop();
  return {
    corpus: corpus.length - seeds.length,
    coveredBlocks: covered.size,
    knownBlocks: coverage.knownBlocks(),
  };
};

/** Makes the messages of a part and has each tried. */
export const runPart = async (
  part: Part,
  bounds: Bounds,
  seeds: readonly Seed[],
  scriptUrl: string,
  attempt: Try,
): Promise<Guided | undefined> => {
  if (part === 'grammar') await byGrammar(bounds, attempt);
  else if (part === 'mutation') await byMutation(bounds, seeds, attempt);
  else return byCoverage(bounds, seeds, scriptUrl, attempt);
  return undefined;
};
