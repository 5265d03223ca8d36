import * as z from 'zod';
import { bodies, tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createEmployerStore } from '../store/employers.ts';
import { createExpertStore } from '../store/experts.ts';
import { createRosterStore, type RosterStore } from '../store/roster.ts';
import { createStockStore } from '../store/stock.ts';
import { Settings } from './settings.ts';

/** What whoever plans people and goods finds in its environment. */
export const PlanSettings = z.object({
  ...Settings.deployments.shape,
  ...Settings.experts.shape,
  ...Settings.employers.shape,
  ...Settings.stock.shape,
  ...Settings.roster.shape,
});
type PlanSettings = z.infer<typeof PlanSettings>;

/** Kept by a warm function, for it remembers the roster. */
let roster: RosterStore | undefined;

/** Everything that a plan of people and goods reads and writes. `mayKeep`: false where the roster's snapshot is only read. */
export function openPlanStores(env: PlanSettings, { mayKeep = true } = {}) {
  const experts = createExpertStore(tables(), env.EXPERTS_TABLE);
  roster ??= createRosterStore({ bodies: bodies(), bucket: env.ROSTER_BUCKET, experts, now, mayKeep });
  return {
    deployments: createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE),
    experts,
    employers: createEmployerStore(tables(), env.EMPLOYERS_TABLE),
    stock: createStockStore(tables(), env.STOCK_TABLE),
    roster,
  };
}
