import * as z from 'zod';
import { deploymentIdOf, needByHand, propose } from '../deployments/proposal.ts';
import { seatsOf } from '../deployments/seating.ts';
import { Settings } from '../deployments/settings.ts';
import { timelineEntry } from '../deployments/timeline.ts';
import { profileOf } from '../needs/country-profile.ts';
import { loadPolicy } from '../needs/policy.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { httpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { Problem } from '../runtime/errors.ts';
import { startWorkflow } from '../runtime/workflow-calls.ts';
import { createAlertStore } from '../store/alerts.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { type Disaster, StartBody } from './start-body.ts';
import { deploymentView } from './views.ts';

const env = readEnv(
  Settings.deployments.extend({ ...Settings.alerts.shape, DEPLOY_TEAM_ARN: z.string().min(1) }),
);

export const handler = httpEntry(
  { roles: ['desk', 'approver'], body: StartBody },
  async ({ body, caller }) => {
    const policy = loadPolicy();
    const unknown = body.consignments.find(
      name => !policy.consignments.some(each => each.consignment === name),
    );
    if (unknown)
      throw new Problem(422, 'Not valid', `consignments: no consignment is called "${unknown.slice(0, 60)}"`);
    const at = now();
    const store = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
    const known = body.eventId
      ? await createAlertStore(tables(), env.ALERTS_TABLE).read(body.eventId)
      : undefined;
    if (body.eventId && (!known || known.mergedInto))
      throw new Problem(404, 'No such event', `There is no event ${body.eventId.slice(0, 80)}.`);
    const event = known ?? eventOf(body.disaster as Disaster);
    const country = event.countries[0];
    const need = needByHand(policy, event.eventId, body, country ? profileOf(country) : null, caller.name);
    const before = new Set((await store.list()).map(each => each.deploymentId));
    let number = 1;
    while (before.has(deploymentIdOf(event, number))) number += 1;
    const deployment = propose(event, need, caller.name, at, number);
    if (!(await store.create(deployment)))
      throw new Problem(
        409,
        'Changed meanwhile',
        'Somebody opened the same deployment just now. Look again.',
        'STALE',
      );
    for (const seat of seatsOf(deployment)) await store.createSeat(seat);
    await store.append(
      timelineEntry(
        deployment.deploymentId,
        at,
        'decision',
        'proposed',
        `Started by hand by ${caller.name}`,
        caller.name,
      ),
    );
    await startWorkflow(env.DEPLOY_TEAM_ARN, deployment.deploymentId, {
      deploymentId: deployment.deploymentId,
    });
    return {
      status: 201,
      body: deploymentView(deployment),
      headers: { location: `/api/deployments/${deployment.deploymentId}` },
    };
  },
);

const eventOf = ({ country, ...disaster }: Disaster) => ({
  ...disaster,
  countries: [country],
  state: 'open' as const,
  exercise: false,
  eventId: `${disaster.hazard}-${disaster.occurredAt.slice(0, 10).replaceAll('-', '')}-${country}`,
});
