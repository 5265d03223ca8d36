import type { InstanceWish } from '../../../infra/local/instances/generator.ts';
import type { Side } from './work.ts';

/** An instance to measure with, and who is measured beside the product. `noRules`: without any rule of teams. */
export type BenchCase = { wish: InstanceWish; peers: Side[]; noRules?: true; cold?: true };

const exact: Side[] = ['highs pruned', 'cp-sat pruned'];

const of = (
  kind: InstanceWish['kind'],
  seats: number,
  people: number,
  seed: number,
  peers: Side[],
  more: Partial<BenchCase> = {},
): BenchCase => ({ wish: { kind, seats, people, seed }, peers: ['greedy', ...peers], ...more });

/** Some three minutes on two cores. */
export const usualCases: BenchCase[] = [
  of('standard', 20, 1_000, 1, [...exact, 'highs all', 'goal by goal']),
  of('standard', 70, 1_000, 1, [...exact, 'highs all', 'goal by goal'], { cold: true }),
  of('standard', 70, 10_000, 1, exact, { cold: true }),
  of('standard', 200, 10_000, 1, ['highs pruned']),
  of('standard', 70, 100_000, 1, ['highs pruned'], { cold: true }),
  of('tight', 70, 1_000, 1, ['highs pruned', 'highs all', 'goal by goal']),
  of('adversarial', 20, 150, 1, [...exact, 'highs all', 'goal by goal']),
  of('adversarial', 70, 700, 1, [...exact, 'goal by goal']),
  of('infeasible', 70, 1_000, 1, ['highs pruned', 'goal by goal']),
  of('ties', 70, 1_000, 1, ['highs pruned', 'goal by goal']),
  of('standard', 70, 10_000, 1, [...exact, 'munkres pruned'], { noRules: true }),
];

/** What takes longer: more seats, more people, more seeds of what is hard. */
export const longCases: BenchCase[] = [
  ...usualCases,
  of('standard', 200, 10_000, 2, exact),
  of('standard', 70, 100_000, 2, exact),
  of('standard', 500, 10_000, 1, ['highs pruned'], { cold: true }),
  of('standard', 500, 100_000, 1, ['highs pruned'], { cold: true }),
  of('standard', 70, 1_000_000, 1, ['highs pruned'], { cold: true }),
  of('standard', 70, 10_000, 2, [...exact, 'highs all']),
  of('tight', 200, 2_000, 1, ['highs pruned']),
  of('adversarial', 200, 2_000, 1, ['highs pruned']),
  of('adversarial', 500, 5_000, 1, ['highs pruned']),
  of('standard', 200, 10_000, 1, ['highs pruned', 'munkres pruned'], { noRules: true }),
  ...[2, 3, 4, 5, 6].flatMap(seed => [
    of('tight', 70, 700, seed, [...exact, 'goal by goal']),
    of('adversarial', 70, 525, seed, [...exact, 'goal by goal']),
    of('adversarial', 20, 150, seed, [...exact, 'goal by goal']),
  ]),
];
