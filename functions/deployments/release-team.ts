import * as z from 'zod';
import { tellDesk } from '../notices/desk-channel.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
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
    ...Settings.desk.shape,
  }),
);

/** After a failure for good: releases what is held, stands people down, and tells the desk what was released and what was not. */
export const handler = stateEntry(
  StepInput.extend({ failure: z.object({ Error: z.string() }).loose() }),
  async ({ deploymentId, failure }) => {
    const stores = {
      deployments: createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE),
      experts: createExpertStore(tables(), env.EXPERTS_TABLE),
      employers: createEmployerStore(tables(), env.EMPLOYERS_TABLE),
      stock: createStockStore(tables(), env.STOCK_TABLE),
    };
    const at = now();
    const reason = `FAILED: ${failure.Error}`;
    const deployment = await stores.deployments.change(deploymentId, d => ({
      ...d,
      state: 'Standing down',
      standDown: d.standDown ?? { at, by: 'system', reason },
    }));
    await recordLastWords(stores, deployment, at);
    const told = await tellPeople(stores, env, deploymentId);
    const released = await releaseAll(stores, deployment, at);
    const undone = [
      ...released.failed,
      ...(told.failedForNow > 0 ? [`${told.failedForNow} final words`] : []),
    ];
    const what = `${reason}. Released: ${released.people} people, ${released.goods} goods lines. Not done: ${undone.join(', ') || 'nothing'}.`;
    await closeRecord(stores, deployment, what, at);
    await tellDesk(env, { deploymentId, about: 'deployment failed', what, who: 'duty officer' });
  },
);
