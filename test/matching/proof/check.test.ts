import { describe, expect, it } from 'vitest';
import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import type { Certificate, Proof } from '../../../functions/matching/proof/certificate.ts';
import { checkPlan, gapOf } from '../../../functions/matching/proof/check.ts';
import { solve } from '../../../functions/matching/solving/solve.ts';
import {
  bestByTrying,
  certificateOf,
  drawsFrom,
  picksOf,
  randomTask,
  reached,
  rosterOf,
} from '../solving/small-tasks.ts';

const shape = {
  teams: [
    [
      { seats: 2, critical: true },
      { seats: 2, critical: false },
    ],
    [{ seats: 2, critical: true }],
  ],
  people: 8,
  density: 7,
  employers: 3,
  rules: 3,
  spread: 6,
};
const roster = rosterOf(shape.people, 3);

/** A plan proven best, as it is handed out. */
const solved = async (seed: number) => {
  const of = randomTask(seed, shape);
  const found = await solve(of, roster, 'D-1');
  return { of, chosen: [...found.chosen], certificate: certificateOf(found) };
};

/** The same certificate for another plan, its values made honest: only the bounds can show that it is not the best. */
const honestFor = (of: Candidacies, chosen: number[], certificate: Certificate): Certificate => {
  const values = reached(of, chosen);
  return {
    ...certificate,
    stages: certificate.stages.map((stage, i) => ({
      ...stage,
      value: values[i]!,
      gap: gapOf({ value: values[i]!, bound: stage.bound }),
    })),
  };
};

const firstPrices = (proof: Proof): Extract<Proof, { prices: unknown }> =>
  'prices' in proof ? proof : firstPrices(proof.low);

describe('the check of a plan', () => {
  it('accepts the best plan', async () => {
    const { of, chosen, certificate } = await solved(4);
    expect(checkPlan(of, roster, picksOf(of, roster, Uint32Array.from(chosen)), certificate)).toEqual({
      accepted: true,
      faults: [],
    });
  });

  it('refuses a plan in which one person was exchanged for a worse one, with the old values', async () => {
    let refused = 0;
    for (let seed = 1; seed <= 30; seed += 1) {
      const { of, chosen, certificate } = await solved(seed);
      for (const [place, a] of chosen.entries()) {
        const other = [...of.person.keys()].find(
          b => of.group[b] === of.group[a] && !chosen.some(c => of.person[c] === of.person[b]),
        );
        if (other === undefined) continue;
        const worse = chosen.with(place, other);
        if (reached(of, worse).join() === reached(of, chosen).join()) continue;
        const checked = checkPlan(
          of,
          roster,
          picksOf(of, roster, Uint32Array.from(worse).sort()),
          certificate,
        );
        expect({ seed, accepted: checked.accepted }).toEqual({ seed, accepted: false });
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(20);
  });

  it('refuses a worse plan that claims, with honest values, to be proven best', async () => {
    let refused = 0;
    for (let seed = 1; seed <= 30; seed += 1) {
      const { of, chosen, certificate } = await solved(seed);
      const worse = chosen.slice(1);
      const honest = honestFor(of, worse, certificate);
      // The bounds raised to the worse values: no prices can prove that.
      const claimed = {
        ...honest,
        stages: honest.stages.map(stage => ({ ...stage, bound: stage.value, gap: 0 })),
      };
      const checked = checkPlan(of, roster, picksOf(of, roster, Uint32Array.from(worse)), claimed);
      expect({ seed, accepted: checked.accepted }).toEqual({ seed, accepted: false });
      refused += 1;
    }
    expect(refused).toBe(30);
  });

  it('never lets prices prove more than the truth, whatever they are', async () => {
    const draw = drawsFrom(9);
    for (let seed = 1; seed <= 60; seed += 1) {
      const { of, chosen, certificate } = await solved(seed);
      const best = bestByTrying(of, shape.people);
      const number = draw(certificate.stages.length);
      const stage = structuredClone(certificate.stages[number]!);
      const { prices } = firstPrices(stage.proof);
      for (const { groupId } of of.groups) {
        prices.groups[groupId] = (prices.groups[groupId] ?? 0) + (draw(41) - 20) / 4;
      }
      stage.bound = best[number]! + 1;
      stage.value = stage.bound;
      stage.gap = 0;
      const claimed = { ...certificate, stages: certificate.stages.with(number, stage) };
      const checked = checkPlan(of, roster, picksOf(of, roster, Uint32Array.from(chosen)), claimed);
      expect({ seed, accepted: checked.accepted }).toEqual({ seed, accepted: false });
    }
  });

  it.each<[string, (certificate: Certificate) => Certificate, string]>([
    [
      'a price between the grains',
      certificate => edited(certificate, prices => (prices.groups['rescue/role-0'] = 0.1)),
      'a price is not a multiple of 2^-16 below 2^24',
    ],
    [
      'a price without bounds',
      certificate =>
        edited(certificate, prices => (prices.groups['rescue/role-0'] = Number.POSITIVE_INFINITY)),
      'a price is not a multiple of 2^-16 below 2^24',
    ],
    [
      'a group that does not exist',
      certificate => edited(certificate, prices => (prices.groups['rescue/nobody'] = 1)),
      'no group is called rescue/nobody',
    ],
    [
      'a rule that does not exist',
      certificate => edited(certificate, prices => (prices.rules['rescue/NONE'] = 1)),
      'no rule is called rescue/NONE',
    ],
    [
      'a goal whose excess would pay',
      certificate => edited(certificate, prices => (prices.goals['0'] = 1)),
      'the price of stage 0 is above 0',
    ],
    [
      'a goal left out',
      certificate => ({ ...certificate, stages: certificate.stages.slice(0, -1) }),
      'the goals are',
    ],
    [
      'a gap that is not the gap',
      certificate => ({ ...certificate, stages: certificate.stages.map(each => ({ ...each, gap: 0.5 })) }),
      'the gap is 0, not 0.5',
    ],
  ])('refuses %s', async (_, change, reason) => {
    const { of, chosen, certificate } = await solved(4);
    const checked = checkPlan(of, roster, picksOf(of, roster, Uint32Array.from(chosen)), change(certificate));
    expect(checked.accepted).toBe(false);
    expect(checked.faults.join('\n')).toContain(reason);
  });

  it.each<
    [
      string,
      (picks: { seatId: string; expertId: string }[]) => { seatId: string; expertId: string }[],
      string,
    ]
  >([
    ['somebody on two seats', picks => [picks[0]!, { ...picks[1]!, expertId: picks[0]!.expertId }], 'takes'],
    [
      'a seat taken twice',
      picks => [picks[0]!, { ...picks[1]!, seatId: picks[0]!.seatId }],
      'is taken twice',
    ],
    ['a seat that is not open', picks => [{ ...picks[0]!, seatId: 'rescue/cook/1' }], 'is no open seat'],
    ['somebody who is not eligible', picks => [{ ...picks[0]!, expertId: 'E-999' }], 'is not eligible for'],
  ])('refuses %s', async (_, change, reason) => {
    const { of, chosen, certificate } = await solved(4);
    const picks = change(picksOf(of, roster, Uint32Array.from(chosen)));
    const checked = checkPlan(of, roster, picks, certificate);
    expect(checked.accepted).toBe(false);
    expect(checked.faults.join('\n')).toContain(reason);
  });
});

function edited(
  certificate: Certificate,
  change: (prices: Extract<Proof, { prices: unknown }>['prices']) => void,
): Certificate {
  const copy = structuredClone(certificate);
  const last = copy.stages.at(-1)!;
  last.bound = Math.max(1, last.bound);
  change(firstPrices(last.proof).prices);
  return copy;
}
