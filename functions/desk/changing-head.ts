import type { Decided, Refusal } from '../deployments/decisions.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { Problem } from '../runtime/errors.ts';
import type { DeploymentStore } from '../store/deployments.ts';

const problemOf = ({ status, rule, text }: Refusal): Problem =>
  new Problem(status, status === 403 ? 'Not allowed' : 'Refused', text, rule);

/** Applies a decision to the head as it stands; a caller who has seen an older version is told what it is now. */
export async function changeHead(
  store: DeploymentStore,
  deploymentId: string,
  seen: number | undefined,
  decide: (deployment: Deployment) => Decided,
  at: Instant,
): Promise<string> {
  const head = await store.read(deploymentId);
  if (!head)
    throw new Problem(404, 'No such deployment', `There is no deployment ${deploymentId.slice(0, 80)}.`);
  let what = '';
  await store.change(deploymentId, deployment => {
    if (seen !== undefined && seen !== deployment.version)
      throw new Problem(
        409,
        'Changed meanwhile',
        `Version ${deployment.version} is "${deployment.state}"; you have seen version ${seen}. Look again.`,
        'STALE',
      );
    const decided = decide(deployment);
    if ('refused' in decided) throw problemOf(decided.refused);
    what = decided.what;
    return { ...decided.deployment, heard: deployment.heard + 1, updatedAt: at };
  });
  return what;
}
