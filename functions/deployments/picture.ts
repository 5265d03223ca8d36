import type { DeploymentStore } from '../store/deployments.ts';
import type { Picture } from './news.ts';

/**
 * Head, seats and offers as they stand now, the head first: what is heard after it is seen the next time. `live` leaves
 * out the offers that nothing can change any more.
 */
export async function readPicture(
  store: DeploymentStore,
  deploymentId: string,
  which: 'all' | 'live' = 'all',
): Promise<Picture> {
  const deployment = await store.read(deploymentId);
  if (!deployment) throw new Error(`deployment ${deploymentId} does not exist`);
  const [seats, offers] = await Promise.all([store.seats(deploymentId), store.offers(deploymentId, which)]);
  return { deployment, seats, offers };
}
