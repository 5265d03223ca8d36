import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createExpertStore } from '../store/experts.ts';
import { readPicture } from './picture.ts';
import { outcomeOf } from './review.ts';
import { actOnAnswers, recordFullTeams, reopenGaps } from './reviewing.ts';
import { Settings, StepInput } from './settings.ts';

const env = readEnv(Settings.deployments.extend(Settings.experts.shape));

/** Acts on every answer not yet reviewed and on every window that has ended, and says what is next. */
export const handler = stateEntry(StepInput, async ({ deploymentId }) => {
  const stores = {
    deployments: createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE),
    experts: createExpertStore(tables(), env.EXPERTS_TABLE),
  };
  const at = now();
  const before = await readPicture(stores.deployments, deploymentId);
  const judged = await actOnAnswers(stores, before, at);
  const reopened = await reopenGaps(stores.deployments, judged, at);
  const deployment = await recordFullTeams(stores.deployments, reopened, at);
  return { outcome: outcomeOf(deployment, reopened.seats, reopened.offers) };
});
