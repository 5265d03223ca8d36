import * as z from 'zod';
import { Settings } from '../deployments/settings.ts';
import { tables } from '../runtime/clients.ts';
import { httpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { Problem } from '../runtime/errors.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { wholeView } from './views.ts';

const env = readEnv(Settings.deployments);

/** One deployment whole. */
export const handler = httpEntry(
  { roles: ['viewer', 'desk', 'approver', 'roster-admin', 'auditor'], body: z.unknown() },
  async ({ path }) => {
    const id = path.id ?? '';
    const store = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
    const deployment = await store.read(id);
    if (!deployment)
      throw new Problem(404, 'No such deployment', `There is no deployment ${id.slice(0, 80)}.`);
    const [seats, offers, notices, goods, timeline, waiting] = await Promise.all([
      store.seats(id),
      store.offers(id),
      store.notices(id),
      store.goods(id),
      store.timeline(id),
      store.waiting(id),
    ]);
    return { status: 200, body: wholeView({ deployment, seats, offers, notices, goods, timeline, waiting }) };
  },
);
