import type { Candidacies } from '../../../functions/matching/candidates/candidacies.ts';
import type { CertifiedStage } from '../../../functions/matching/proof/certificate.ts';
import type { Eligible } from './bound.ts';
import { compareVectors, type Score, scoreOf, vectorOf, weighed, weightsFor } from './score.ts';
import { judgePlan, judgeStages } from './validate.ts';
import type { Measured, Side } from './work.ts';

/** One side's plan as the judge sees it. */
export type Judged = { side: Side; measured: Measured; score: Score | null; faults: string[] };

/** Judges what one side handed out. Nothing that it says of itself is believed. */
export function judge(eligible: Eligible, side: Side, measured: Measured): Judged {
  const { candidacies } = eligible;
  const { chosen, handedOut, claimed } = measured;
  if (handedOut) {
    const { faults, score } = judgePlan(eligible, handedOut);
    const stages = handedOut.stages as CertifiedStage[];
    return {
      side,
      measured,
      score,
      faults: score ? [...faults, ...judgeStages(eligible, score, stages)] : faults,
    };
  }
  if (!chosen) return { side, measured, score: null, faults: [] };
  const faults = faultsOf(candidacies, chosen);
  if (faults.length > 0) return { side, measured, score: null, faults };
  const score = scoreOf(candidacies, chosen);
  const value = weighed(score, weightsFor(candidacies));
  if (claimed && claimed.value !== value)
    faults.push(`says that its plan costs ${claimed.value}; it costs ${value}`);
  return { side, measured, score, faults };
}

function faultsOf({ groups, group, person, count }: Candidacies, chosen: readonly number[]): string[] {
  const filled = groups.map(() => 0);
  const people = new Set<number>();
  const faults: string[] = [];
  for (const a of chosen) {
    if (!(a >= 0 && a < count)) return [`${a} is no candidacy`];
    if (people.has(person[a]!)) faults.push(`person ${person[a]} sits twice`);
    people.add(person[a]!);
    filled[group[a]!]! += 1;
  }
  for (const [g, { groupId, seatIds }] of groups.entries())
    if (filled[g]! > seatIds.length)
      faults.push(`${groupId} has ${filled[g]} people for ${seatIds.length} seats`);
  return faults;
}

/** The goals that a sum with weights puts in their order as well. */
const counted = ({ critical, empty, broken }: Score) => [critical, empty, broken];

/** Solvers that prove that nothing beats their plan, when they end in time. */
const provers: Side[] = ['highs pruned', 'highs all', 'cp-sat pruned', 'munkres pruned'];

/**
 * What does not go together: plans that are none, proofs that prove less, the product behind an oracle. Each a sentence;
 * none when all is well.
 */
export function disagreements(candidacies: Candidacies, judged: readonly Judged[]): string[] {
  const weights = weightsFor(candidacies);
  const found = judged.flatMap(({ side, faults }) => faults.map(fault => `${side}: ${fault}`));
  const own = judged.filter(({ side }) => side === 'whole' || side === 'search');
  const ended = judged.filter(({ measured, score }) => score && measured.trouble === null);
  const optima = ended.filter(({ side }) => provers.includes(side));
  const values = new Set(optima.map(({ score }) => weighed(score!, weights)));
  if (values.size > 1)
    found.push(
      `exact peers disagree: ${optima.map(each => `${each.side} ${weighed(each.score!, weights)}`).join(', ')}`,
    );
  const oracle = ended.find(({ side }) => side === 'goal by goal');
  for (const { side, score } of own) {
    if (!score) continue;
    const vector = vectorOf(score).join(' ');
    if (oracle && vectorOf(oracle.score!).join(' ') !== vector)
      found.push(`${side}: reaches ${vector}, the oracle ${vectorOf(oracle.score!).join(' ')}`);
    for (const other of judged) {
      if (other.score && compareVectors(counted(other.score), counted(score)) < 0)
        found.push(
          `${side}: ${counted(score).join(' ')} for seats and rules; ${other.side} ${counted(other.score).join(' ')}`,
        );
    }
    for (const optimum of optima) {
      if (weighed(score, weights) < weighed(optimum.score!, weights))
        found.push(
          `${optimum.side}: says that nothing is below ${weighed(optimum.score!, weights)}; ${side} is`,
        );
    }
  }
  for (const each of judged.filter(({ side, score }) => side === 'greedy' && score)) {
    for (const optimum of optima)
      if (weighed(each.score!, weights) < weighed(optimum.score!, weights))
        found.push(
          `${optimum.side}: says that nothing is below ${weighed(optimum.score!, weights)}; the greedy is`,
        );
  }
  return found;
}
