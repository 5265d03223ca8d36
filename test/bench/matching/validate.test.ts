import { beforeAll, describe, expect, it } from 'vitest';
import type { CertifiedStage } from '../../../functions/matching/proof/certificate.ts';
import { solve } from '../../../functions/matching/solving/solve.ts';
import { drawnCandidacies } from './drawn.ts';
import { scoreOf } from './score.ts';
import { eligibleOf, type HandedOut, judgePlan, judgeStages } from './validate.ts';

const people = 40;
const candidacies = drawnCandidacies(12, { groups: 6, seats: 4, people });
const letters = 7;
const roster = {
  count: people,
  ids: new TextEncoder().encode(Array.from({ length: people }, (_, p) => nameOf(p)).join('')),
  idStarts: Uint32Array.from({ length: people + 1 }, (_, p) => letters * p),
  words: { employers: ['F-0', 'F-1', 'F-2', 'F-3'] },
} as unknown as Parameters<typeof eligibleOf>[1];
const eligible = eligibleOf(candidacies, roster);

function nameOf(person: number): string {
  return `E-${String(person).padStart(letters - 2, '0')}`;
}

let chosen: number[];
let stages: CertifiedStage[];
let plan: HandedOut;

beforeAll(async () => {
  const solved = await solve(candidacies, roster, 'D-1');
  chosen = [...solved.chosen];
  stages = solved.stages.map(stage => ({ ...stage, gap: 0 })) as CertifiedStage[];
  const next = candidacies.groups.map(() => 0);
  plan = {
    picks: chosen.map(a => {
      const g = candidacies.group[a]!;
      const seatId = candidacies.groups[g]!.seatIds[next[g]!++]!;
      return { seatId, expertId: nameOf(candidacies.person[a]!) };
    }),
  };
});

describe('judging a plan', () => {
  it('accepts a good one and counts its score', () => {
    expect(judgePlan(eligible, plan)).toEqual({ faults: [], score: scoreOf(candidacies, chosen) });
    expect(judgeStages(eligible, scoreOf(candidacies, chosen), stages)).toEqual([]);
  });

  const [one, other] = [0, 1];
  const wrong: [string, () => HandedOut['picks'], RegExp][] = [
    [
      'somebody who sits twice',
      () => [...plan.picks, { ...plan.picks[one]!, seatId: plan.picks[other]!.seatId }],
      /is in .+ and in/,
    ],
    [
      'a seat with two people',
      () => [...plan.picks, { ...plan.picks[one]!, expertId: 'E-00039' }],
      /is taken twice/,
    ],
    [
      'a seat that is not open',
      () => [{ ...plan.picks[one]!, seatId: 'rescue/cook/1' }],
      /rescue\/cook\/1 is no open seat/,
    ],
    ['somebody nobody knows', () => [{ ...plan.picks[one]!, expertId: 'E-99999' }], /E-99999 may not take/],
    [
      'somebody who may not take that seat',
      () => {
        const g = candidacies.group[chosen[0]!]!;
        const holders = Array.from(
          candidacies.person.subarray(candidacies.groupStarts[g], candidacies.groupStarts[g + 1]),
        );
        const stranger = Array.from({ length: people }, (_, p) => p).find(p => !holders.includes(p))!;
        return [{ seatId: candidacies.groups[g]!.seatIds[0]!, expertId: nameOf(stranger) }];
      },
      /may not take/,
    ],
  ];
  it.each(wrong)('refuses %s', (_, picks, fault) => {
    const { faults, score } = judgePlan(eligible, { picks: picks() });
    expect(faults.join('\n')).toMatch(fault);
    expect(score).toBe(null);
  });

  it('refuses a stand-by who sits, and more of them than asked for', () => {
    const { teamType, role } = candidacies.groups[0]!;
    const { faults } = judgePlan(eligible, {
      ...plan,
      standby: [{ teamType, role, expertIds: ['E-00001'] }],
    });
    expect(faults).toEqual([`more people than asked for are in the stand-by of ${teamType}/${role}`]);
  });
});

describe('judging a proof', () => {
  const faultsWith = (change: (stage: CertifiedStage) => Partial<CertifiedStage>, goal: string) =>
    judgeStages(
      eligible,
      scoreOf(candidacies, chosen),
      stages.map(stage => (stage.goal === goal ? { ...stage, ...change(stage) } : stage)),
    ).join('\n');

  it('refuses a value that the plan does not reach', () => {
    expect(faultsWith(({ value }) => ({ value: value - 1, bound: value - 1 }), 'cost')).toMatch(
      /cost: \d+ is claimed/,
    );
  });

  it('refuses a bound that the prices do not prove', () => {
    const cost = stages.at(-1)!;
    const cheaper = { ...scoreOf(candidacies, chosen), cost: cost.value + 1 };
    const claimed = stages.map(stage =>
      stage.goal === 'cost' ? { ...stage, value: cost.value + 1, bound: cost.value + 1 } : stage,
    );
    expect(judgeStages(eligible, cheaper, claimed).join()).toMatch(/is claimed, \d+ proven/);
  });

  it('refuses the proof of another goal', () => {
    expect(faultsWith(() => ({ proof: stages[0]!.proof }), 'cost')).toMatch(
      /cost: \d+ is claimed, -?\d+ proven/,
    );
  });

  it('refuses prices of the wrong sign, of no row, and with too many digits', () => {
    const prices = { groups: {}, rules: {}, goals: {}, cases: [] };
    const withPrices = (given: object) =>
      faultsWith(() => ({ proof: { prices: { ...prices, ...given } } }), 'cost');
    expect(withPrices({ rules: { 'rescue/SPEAKERS': -1 } })).toMatch(/wrong sign/);
    expect(withPrices({ groups: { 'rescue/cook': 1 } })).toMatch(
      /no row for the price of group rescue\/cook/,
    );
    expect(withPrices({ groups: { [candidacies.groups[0]!.groupId]: 0.1 } })).toMatch(/2\^16ths/);
    expect(withPrices({ cases: [1] })).toMatch(/a case has no price/);
  });
});
