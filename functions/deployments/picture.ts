import type { DeploymentStore } from '../store/deployments.ts';
import type { Picture } from './news.ts';

/** Head, seats and offers as they stand now. */
export async function readPicture(store: DeploymentStore, deploymentId: string): Promise<Picture> {
  const [deployment, seats, offers] = await Promise.all([
    store.read(deploymentId),
    store.seats(deploymentId),
    store.offers(deploymentId),
  ]);
  if (!deployment) throw new Error(`deployment ${deploymentId} does not exist`);
  return { deployment, seats, offers };
}
