import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../functions/matching/proof/check.ts';
import { solve } from '../../../functions/matching/solving/solve.ts';
import { bestByTrying, certificateOf, picksOf, randomTask, reached, rosterOf } from './small-tasks.ts';

const shapes = {
  'one team': {
    teams: [
      [
        { seats: 2, critical: true },
        { seats: 2, critical: false },
      ],
    ],
    people: 7,
    density: 6,
    employers: 0,
    rules: 0,
    spread: 5,
  },
  'short of people': {
    teams: [
      [
        { seats: 2, critical: true },
        { seats: 2, critical: false },
      ],
      [{ seats: 2, critical: false }],
    ],
    people: 6,
    density: 4,
    employers: 0,
    rules: 2,
    spread: 5,
  },
  'two teams under rules': {
    teams: [
      [
        { seats: 2, critical: true },
        { seats: 1, critical: false },
      ],
      [{ seats: 2, critical: true }],
    ],
    people: 7,
    density: 7,
    employers: 3,
    rules: 4,
    spread: 6,
  },
  'equal people': {
    teams: [
      [
        { seats: 3, critical: false },
        { seats: 1, critical: true },
      ],
    ],
    people: 7,
    density: 9,
    employers: 2,
    rules: 3,
    spread: 1,
  },
  'nine in ten': {
    teams: [[{ seats: 10, critical: false }]],
    people: 13,
    density: 10,
    employers: 4,
    rules: 3,
    spread: 8,
  },
};

describe('a plan found by search', () => {
  for (const [name, shape] of Object.entries(shapes)) {
    it(`is the best of all plans, and its certificate is accepted: ${name}`, async () => {
      const isWide = name === 'nine in ten';
      for (let seed = 1; seed <= (isWide ? 12 : 60); seed += 1) {
        const of = randomTask(seed, shape);
        const roster = rosterOf(shape.people, Math.max(1, shape.employers));
        const solved = await solve(of, roster, 'D-1');
        const values = solved.stages.map(({ value }) => value);
        expect({ seed, trouble: solved.trouble, values }).toEqual({
          seed,
          trouble: null,
          values: bestByTrying(of, shape.people),
        });
        expect({ seed, values: reached(of, [...solved.chosen]) }).toEqual({ seed, values });
        expect({ seed, bounds: solved.stages.map(({ bound }) => bound) }).toEqual({ seed, bounds: values });
        const checked = checkPlan(of, roster, picksOf(of, roster, solved.chosen), certificateOf(solved));
        expect({ seed, ...checked }).toEqual({ seed, accepted: true, faults: [] });
      }
    });
  }
});
