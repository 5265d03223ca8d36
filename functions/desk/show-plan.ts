import * as z from 'zod';
import { readPicture } from '../deployments/picture.ts';
import { planAhead } from '../deployments/plan-ahead.ts';
import { openPlanStores, PlanSettings } from '../deployments/plan-stores.ts';
import { hasEnded } from '../deployments/states.ts';
import { loadPolicy } from '../needs/policy.ts';
import { now } from '../runtime/clock.ts';
import { httpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { Problem } from '../runtime/errors.ts';
import { planView } from './plan-view.ts';

const env = readEnv(PlanSettings);

/** What a plan of people and goods made now would be: nobody is held and nothing is stored. `?number=` shows one that was made. */
export const handler = httpEntry(
  { roles: ['viewer', 'desk', 'approver', 'roster-admin', 'auditor'], body: z.unknown() },
  async ({ path, query }) => {
    const id = path.id ?? '';
    const stores = openPlanStores(env, { mayKeep: false });
    const deployment = await stores.deployments.read(id);
    if (!deployment)
      throw new Problem(404, 'No such deployment', `There is no deployment ${id.slice(0, 80)}.`);
    if (query.number !== undefined) {
      const number = /^[1-9]\d{0,5}$/.test(query.number) ? Number(query.number) : 0;
      const made = number > 0 ? await stores.deployments.plan(id, number) : undefined;
      if (made) return { status: 200, body: made };
      const there =
        deployment.plans === 0 ? 'none was made yet' : `they are numbered 1 to ${deployment.plans}`;
      throw new Problem(404, 'No such plan', `There is no plan ${query.number.slice(0, 20)}: ${there}.`);
    }
    if (hasEnded(deployment) || deployment.standDown)
      throw new Problem(409, 'Nothing to plan', `This deployment is "${deployment.state}".`, 'STATE');
    const at = now();
    const picture = await readPicture(stores.deployments, id);
    const policy = loadPolicy();
    const ahead = await planAhead({ stores, policy, picture, now: at, lost: new Set() });
    return { status: 200, body: planView(ahead, at, policy, query.why) };
  },
);
