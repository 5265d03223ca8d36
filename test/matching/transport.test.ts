import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimalFace, solveTransport, type Transport } from '../../functions/matching/transport.ts';

/** Suppliers of one, each with arcs to some of three groups, and one supplier of nobody at a high cost. */
const problems = fc
  .record({
    demand: fc.tuple(
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
    ),
    people: fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 30 })), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 40,
    }),
  })
  .map(({ demand, people }) => {
    const arcs = people.flatMap((costs, from) =>
      costs.flatMap((cost, to) => (cost === null ? [] : [{ from, to, cost }])),
    );
    const nobody = demand.map((_, to) => ({ from: people.length, to, cost: 1000 }));
    const all = [...arcs, ...nobody];
    const supply = new Int32Array(people.length + 1).fill(1);
    supply[people.length] = demand.reduce((sum, each) => sum + each, 0);
    const problem: Transport = {
      demand: Int32Array.from(demand),
      supply,
      exhausted: new Uint8Array(supply.length),
      from: Int32Array.from(all, arc => arc.from),
      to: Int32Array.from(all, arc => arc.to),
    };
    const onlyNobody = Uint8Array.from(all, (_, a) => (a < arcs.length ? 0 : 1));
    return { problem, cost: Float64Array.from(all, arc => arc.cost), onlyNobody };
  });

describe('a transport problem', () => {
  it('has the same proven optimum whichever arcs it begins with', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ problem, cost, onlyNobody }) => {
        const everything = new Uint8Array(cost.length).fill(1);
        const whole = await solveTransport(problem, cost, everything);
        const grown = await solveTransport(problem, cost, onlyNobody);
        expect(whole.bound).toBe(whole.value);
        expect(grown.bound).toBe(grown.value);
        expect(grown.value).toBe(whole.value);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps only optima on its face: the dearest of them costs no more than the cheapest', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ problem, cost }) => {
        const solved = await solveTransport(problem, cost, new Uint8Array(cost.length).fill(1));
        const face = optimalFace(problem, cost, solved.prices);
        const against = Float64Array.from(face.kept, arc => -cost[arc]!);
        const dearest = await solveTransport(face.problem, against, new Uint8Array(against.length).fill(1));
        expect(dearest.value + solved.value).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});
