import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createExpertStore } from '../store/experts.ts';
import { createStockStore } from '../store/stock.ts';
import { confirmFullTeams } from './confirming.ts';
import { orderGoods } from './ordering.ts';
import { readPicture } from './picture.ts';
import { Settings, StepInput } from './settings.ts';

const env = readEnv(
  Settings.deployments.extend({ ...Settings.experts.shape, ...Settings.stock.shape, ...Settings.desk.shape }),
);

/** Full teams are told to go, the surplus stands by or down, and the warehouses are asked to load. The messages leave in "Send offers". */
export const handler = stateEntry(StepInput, async ({ deploymentId }) => {
  const deployments = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const experts = createExpertStore(tables(), env.EXPERTS_TABLE);
  const stock = createStockStore(tables(), env.STOCK_TABLE);
  const at = now();
  const picture = await readPicture(deployments, deploymentId);
  if (picture.deployment.standDown || picture.deployment.approvals.length === 0) return;
  await confirmFullTeams({ deployments, experts }, picture, at);
  await orderGoods({ deployments, stock }, env, deploymentId, at);
});
