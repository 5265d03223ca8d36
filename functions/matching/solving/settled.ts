import type { Goal } from '../proof/certificate.ts';
import type { Branch } from './branching.ts';

/** One goal as far as it is settled. */
export type Settled = { goal: Goal; team: number | null; value: number; bound: number; proof: Branch };
