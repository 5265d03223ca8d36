import * as z from 'zod';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { startWorkflow } from '../runtime/workflow-calls.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { Assessed, propose } from './proposal.ts';
import { seatsOf } from './seating.ts';
import { Settings } from './settings.ts';
import { timelineEntry } from './timeline.ts';

const env = readEnv(Settings.deployments.extend({ DEPLOY_TEAM_ARN: z.string().min(1) }));

/** Records a proposal and starts deploy-team on it. Repeating it opens nothing twice. */
export const handler = stateEntry(Assessed, async ({ event, need }) => {
  const store = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const deployment = propose(event, need, 'policy', now());
  const { deploymentId, createdAt } = deployment;
  if (!(await store.read(deploymentId))) {
    const what = `Proposed by policy ${need.policyVersion}: ${need.teams.map(team => team.teamType).join(', ') || 'no team'}; ${need.goods.length} goods lines`;
    await store.append(timelineEntry(deploymentId, createdAt, 'decision', 'proposed', what, 'policy'));
    await store.create(deployment);
  }
  for (const seat of seatsOf(deployment)) await store.createSeat(seat);
  await startWorkflow(env.DEPLOY_TEAM_ARN, deploymentId, { deploymentId });
  return { deploymentId };
});
