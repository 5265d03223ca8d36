import type { Decided, Refusal } from '../deployments/decisions.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { Problem } from '../runtime/errors.ts';
import type { DeploymentStore } from '../store/deployments.ts';

const problemOf = ({ status, rule, text }: Refusal): Problem =>
  new Problem(status, status === 403 ? 'Not allowed' : 'Refused', text, rule);

/** Throws 409 when the caller has seen an older version than the one that stands. */
export function refuseStale({ version, state }: Deployment, seen: number | undefined): void {
  if (seen !== undefined && seen !== version)
    throw new Problem(
      409,
      'Changed meanwhile',
      `Version ${version} is "${state}"; you have seen version ${seen}. Look again.`,
      'STALE',
    );
}

/** The head as it stands; 404 when there is none. */
export async function readHead(store: DeploymentStore, deploymentId: string): Promise<Deployment> {
  const head = await store.read(deploymentId);
  if (!head)
    throw new Problem(404, 'No such deployment', `There is no deployment ${deploymentId.slice(0, 80)}.`);
  return head;
}

type Decision = { what: string; at: Instant };

/**
 * Applies a decision to the head as it stands; a caller who has seen an older version is told what it is now. What would
 * be refused because it is already so is taken for a repeat when the same caller said the same last (`said`): a decision
 * whose answer was lost is said again, and what follows from it must still happen.
 */
export async function changeHead(
  store: DeploymentStore,
  deploymentId: string,
  seen: number | undefined,
  said: string,
  decide: (deployment: Deployment) => Decided,
  at: Instant,
): Promise<Decision> {
  await readHead(store, deploymentId);
  let decision: Decision = { what: '', at };
  await store.change(deploymentId, deployment => {
    try {
      refuseStale(deployment, seen);
      const decided = decide(deployment);
      if ('refused' in decided) throw problemOf(decided.refused);
      decision = { what: decided.what, at };
      const lastDecision = { said, ...decision };
      return { ...decided.deployment, lastDecision, heard: deployment.heard + 1, updatedAt: at };
    } catch (problem) {
      const { lastDecision } = deployment;
      if (!(problem instanceof Problem && problem.status === 409 && lastDecision?.said === said))
        throw problem;
      decision = { what: lastDecision.what, at: lastDecision.at };
      return undefined;
    }
  });
  return decision;
}
