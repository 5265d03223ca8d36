import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { TemporarilyUnavailable } from '../runtime/errors.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createEmployerStore } from '../store/employers.ts';
import { createExpertStore } from '../store/experts.ts';
import { createStockStore } from '../store/stock.ts';
import { closeRecord, recordLastWords, releaseAll } from './closing.ts';
import { Settings, StepInput } from './settings.ts';
import { tellPeople } from './telling.ts';

const env = readEnv(
  Settings.deployments.extend({
    ...Settings.experts.shape,
    ...Settings.employers.shape,
    ...Settings.stock.shape,
    ...Settings.people.shape,
  }),
);

/** The final word to everybody who was asked, then every hold and reservation released, then the record closed. */
export const handler = stateEntry(StepInput, async ({ deploymentId }) => {
  const stores = {
    deployments: createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE),
    experts: createExpertStore(tables(), env.EXPERTS_TABLE),
    employers: createEmployerStore(tables(), env.EMPLOYERS_TABLE),
    stock: createStockStore(tables(), env.STOCK_TABLE),
  };
  const at = now();
  const deployment = await stores.deployments.read(deploymentId);
  if (!deployment) throw new Error(`deployment ${deploymentId} does not exist`);
  await recordLastWords(stores, deployment, at);
  const told = await tellPeople(stores, env, deploymentId);
  const released = await releaseAll(stores, deployment, at);
  if (told.failedForNow > 0 || released.failed.length > 0)
    throw new TemporarilyUnavailable(
      `${told.failedForNow} final words and ${released.failed.length} releases are to be tried again`,
    );
  await closeRecord(
    stores,
    deployment,
    `${told.sent} final words sent, ${released.people} people and ${released.goods} goods lines released`,
    at,
  );
});
