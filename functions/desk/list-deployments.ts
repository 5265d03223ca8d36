import * as z from 'zod';
import { Settings } from '../deployments/settings.ts';
import { tables } from '../runtime/clients.ts';
import { httpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { deploymentView } from './views.ts';

const env = readEnv(Settings.deployments);

/** All deployments, newest first, heads only. */
export const handler = httpEntry(
  { roles: ['viewer', 'desk', 'approver', 'roster-admin', 'auditor'], body: z.unknown() },
  async () => {
    const deployments = await createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE).list();
    return { status: 200, body: { deployments: deployments.map(deploymentView) } };
  },
);
