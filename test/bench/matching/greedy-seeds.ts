import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import { solve } from '../../../functions/matching/solving/solve.ts';
import { generatedColumns } from '../../../infra/local/instances/columns.ts';
import { generate, type InstanceWish } from '../../../infra/local/instances/generator.ts';
import { greedyPlan } from './greedy.ts';
import { prunedPlaces } from './prune.ts';
import { compareVectors, type Score, scoreOf, weightsFor } from './score.ts';

/** What the plan in order, the greedy and the exact plan of one instance come to. */
export type Comparison = {
  wish: InstanceWish;
  inOrder: Score;
  greedy: Score;
  exact: Score;
  faults: string[];
};

const counted = ({ critical, empty, broken }: Score) => [critical, empty, broken];

/** What a dispatcher does without a plan: role by role as they stand, the first to arrive who is still free. */
function inOrderPlan({ groups, groupStarts, minutes, person }: Candidacies): number[] {
  const taken = new Set<number>();
  return groups.flatMap(({ seatIds }, g) => {
    const own = Array.from({ length: groupStarts[g + 1]! - groupStarts[g]! }, (_, i) => groupStarts[g]! + i)
      .filter(a => !taken.has(person[a]!))
      .sort((a, b) => minutes[a]! - minutes[b]! || a - b)
      .slice(0, seatIds.length);
    for (const a of own) taken.add(person[a]!);
    return own;
  });
}

/** All on the same instance, one seed after another. */
export async function compareWithGreedy(wishes: readonly InstanceWish[]): Promise<Comparison[]> {
  const compared: Comparison[] = [];
  for (const wish of wishes) {
    const generated = generate(wish);
    const roster = generatedColumns(generated);
    const { candidacies } = screen(generated.problem, roster);
    const plan = greedyPlan(candidacies, prunedPlaces(candidacies), weightsFor(candidacies));
    const greedy = scoreOf(candidacies, plan);
    const exact = scoreOf(
      candidacies,
      (await solve(candidacies, roster, generated.problem.deploymentId)).chosen,
    );
    const isBehind = compareVectors(counted(greedy), counted(exact)) < 0;
    const inOrder = scoreOf(candidacies, inOrderPlan(candidacies));
    compared.push({
      wish,
      inOrder,
      greedy,
      exact,
      faults: isBehind ? ['the greedy fills more, or breaks less'] : [],
    });
  }
  return compared;
}

/** Where the greedy loses in seats or rules, seed by seed, and by how much it is dearer where it does not. */
export function printComparison(compared: readonly Comparison[]): void {
  const { seats, people, kind } = compared[0]!.wish;
  const lost = compared.filter(({ greedy, exact }) => compareVectors(counted(exact), counted(greedy)) < 0);
  const show = (score: Score) => `${score.critical}/${score.empty} empty, ${score.broken} broken`;
  console.log(
    `  ${kind}, ${seats} seats x ${people} people: the greedy leaves more seats empty or breaks more in ${lost.length} of ${compared.length}`,
  );
  for (const { wish, greedy, exact } of lost)
    console.log(`    seed ${wish.seed}: greedy ${show(greedy)}; exact ${show(exact)}`);
  const later = compared.filter(({ greedy, exact }) =>
    greedy.latest.some((minutes, t) => minutes > exact.latest[t]!),
  );
  const unfilled = compared.filter(({ inOrder, exact }) => inOrder.empty > exact.empty);
  const seeds = unfilled.map(
    ({ wish, inOrder, exact }) => `${wish.seed} (${inOrder.empty} empty, exact ${exact.empty})`,
  );
  console.log(
    `    role by role, first come, leaves a seat empty that can be filled in ${unfilled.length} of ${compared.length}` +
      (seeds.length > 0 ? `: seeds ${seeds.join(', ')}` : ''),
  );
  console.log(`    a team complete later than need be in ${later.length} of ${compared.length}`);
}
