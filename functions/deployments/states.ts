import type { Deployment, DeploymentState } from '../domain/deployment.ts';

const UNDECIDED: ReadonlySet<DeploymentState> = new Set([
  'Proposed',
  'Prepared (no request)',
  'Waits for approval',
  'Waits for second approval',
]);
const ENDED: ReadonlySet<DeploymentState> = new Set(['Standing down', 'Closed', 'Refused']);

/** The desk has not yet let anybody be asked to go. */
export const isUndecided = ({ state }: Pick<Deployment, 'state'>): boolean => UNDECIDED.has(state);

/** Nobody is asked any more; what is left is the last word and the release. */
export const hasEnded = ({ state }: Pick<Deployment, 'state'>): boolean => ENDED.has(state);
