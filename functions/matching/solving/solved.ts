import type { TeamType } from '../../domain/policy.ts';
import type { Goal, Proof } from '../proof/certificate.ts';

/** What was reached for one goal, and the proof that nothing better exists within the goals before it. */
export type SolvedStage = {
  goal: Goal;
  /** For the goals of one team. */
  teamType: TeamType | null;
  /** Seats, people, minutes from now, or points; whole. */
  value: number;
  /** No plan that is as good in all goals before has less. Equal to `value`: proven best. */
  bound: number;
  proof: Proof;
};

/** A plan in numbers. */
export type Solved = {
  /** Places of candidacies, ascending: at most one per person, at most as many per group as it has open seats. */
  chosen: Uint32Array;
  /** Places of candidacies of people without a seat, the best first in each group; nobody twice. */
  standby: Uint32Array;
  stages: SolvedStage[];
  /** Why a proof is missing: the solver failed or ran out of time, and what stands is the best known plan. */
  trouble: string | null;
};
