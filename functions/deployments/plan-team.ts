import { loadPolicy } from '../needs/policy.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { random, randomBytes } from '../runtime/ids.ts';
import { reserveGoods } from './goods.ts';
import { readPicture } from './picture.ts';
import { fillOpenSeats, soundOut } from './plan.ts';
import { openPlanStores, PlanSettings } from './plan-stores.ts';
import { StepInput } from './settings.ts';
import { waitsAfter } from './waits.ts';

const env = readEnv(PlanSettings);

/** Matches the open seats, holds the people, reserves the goods. Prepare only: chooses whom to sound out, holds nobody. */
export const handler = stateEntry(StepInput, async ({ deploymentId }) => {
  const stores = openPlanStores(env);
  const at = now();
  const picture = await readPicture(stores.deployments, deploymentId);
  const planning = {
    stores,
    policy: loadPolicy(),
    picture,
    now: at,
    lost: new Set<string>(),
    random,
    randomBytes,
  };
  const { heard, standDown, approvals } = picture.deployment;
  const waits = () => ({ waits: waitsAfter(planning.picture.deployment, planning.picture, heard, null) });
  if (standDown) return waits();
  if (approvals.length === 0) {
    await soundOut(planning);
    return waits();
  }
  await reserveGoods(stores, picture.deployment, at);
  await fillOpenSeats(planning);
  return waits();
});
