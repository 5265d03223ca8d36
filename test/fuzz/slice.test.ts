import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { body } from './grammar.ts';
import { examined } from './invariants.ts';
import { mutated } from './mutation.ts';
import { secondOpinion } from './oracles.ts';
import { randomFrom } from './random.ts';
import { ownSeeds } from './seeds.ts';

const encoder = new TextEncoder();

/** A few messages of `npm run fuzz`, always the same ones. */
describe('made-up and broken messages', () => {
  it.each(ownSeeds())('reads the sound $name with which mutation begins', async ({ bytes }) => {
    const { reading, breaches } = await examined(bytes);
    expect(breaches).toEqual([]);
    expect(secondOpinion(bytes)).toBeUndefined();
    expect(reading?.problem).toBeNull();
    expect(reading?.rejected).toEqual([]);
    expect((reading?.accepted.length ?? 0) + (reading?.links.length ?? 0)).toBeGreaterThan(0);
  });

  it('keeps its promises for bodies with absent, repeated and senseless fields', async () => {
    const accepted: number[] = [];
    for (const text of fc.sample(body, { seed: 11, numRuns: 40 })) {
      const { reading, breaches } = await examined(encoder.encode(text));
      expect(breaches, text).toEqual([]);
      accepted.push(reading?.accepted.length ?? 0);
    }
    // A grammar of which nothing is understood would show nothing.
    expect(accepted.filter(count => count > 0).length).toBeGreaterThan(10);
  });

  it('keeps them for mutants, and agrees with a second reader on what is well-formed', async () => {
    const seeds = ownSeeds();
    for (let number = 0; number < 100; number += 1) {
      const random = randomFrom(11, number);
      const bytes = mutated(random.pick(seeds).bytes, random.pick(seeds).bytes, random);
      const { breaches } = await examined(bytes);
      const text = Buffer.from(bytes).toString();
      expect(breaches, text).toEqual([]);
      expect(secondOpinion(bytes), text).toBeUndefined();
    }
  });

  it('sees it when a prototype is changed', async () => {
    Reflect.set(Object.prototype, 'polluted', 1);
    try {
      expect((await examined(encoder.encode('{}'))).breaches).toEqual(['a prototype was changed']);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted');
    }
  });
});
