import { tellDesk } from '../notices/desk-channel.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createEmployerStore } from '../store/employers.ts';
import { createExpertStore } from '../store/experts.ts';
import { createStockStore } from '../store/stock.ts';
import { followStage } from './mission.ts';
import { newsFor } from './news.ts';
import { orderGoods } from './ordering.ts';
import { readPicture } from './picture.ts';
import { Settings, WaitInput } from './settings.ts';
import { tellPeople } from './telling.ts';
import { wait, waitingSince } from './waiting.ts';

const env = readEnv(
  Settings.deployments.extend({
    ...Settings.experts.shape,
    ...Settings.employers.shape,
    ...Settings.stock.shape,
    ...Settings.people.shape,
    ...Settings.desk.shape,
  }),
);
/** The time-out of the state in deploy-team.asl.json. */
const SECONDS = 12 * 3600;

/** Does what the last reported stage calls for, then waits for the next, for a need of more people, or for a stand-down. */
export const handler = stateEntry(WaitInput, async ({ deploymentId, taskToken, tell }) => {
  const deployments = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const stores = {
    deployments,
    experts: createExpertStore(tables(), env.EXPERTS_TABLE),
    employers: createEmployerStore(tables(), env.EMPLOYERS_TABLE),
    stock: createStockStore(tables(), env.STOCK_TABLE),
  };
  const at = now();
  await orderGoods(stores, env, deploymentId, at);
  const { followed, overdue } = await followStage(stores, deploymentId, at);
  await tellPeople(stores, env, deploymentId);
  if (overdue) await tellDesk(env, { deploymentId, about: 'stage overdue', what: overdue, who: tell });
  await wait(
    deployments,
    waitingSince(deploymentId, 'Track mission', taskToken, tell, at),
    SECONDS,
    async () => {
      const picture = await readPicture(deployments, deploymentId);
      // A stage reported since it was looked at is followed at once.
      const isBehind = picture.deployment.stage !== followed;
      return newsFor('Track mission', picture) ?? (isBehind ? { mission: 'next stage' } : undefined);
    },
  );
});
