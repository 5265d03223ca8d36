import * as z from 'zod';
import { Instant } from '../domain/primitives.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createAlertStore } from '../store/alerts.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { assessNeed } from './assessment.ts';
import { profileOf } from './country-profile.ts';
import { findOpenDeployment } from './emergency.ts';
import { loadPolicy } from './policy.ts';

const env = readEnv(z.object({ ALERTS_TABLE: z.string().min(1), DEPLOYMENTS_TABLE: z.string().min(1) }));

/** `asOf`: the event is part of a drill, judged as of that moment. */
const AssessInput = z.object({ eventId: z.string(), asOf: Instant.nullable() });

/** What the policy proposes for an event, and whether that opens a deployment, adds to an open one, or is nothing. */
export const handler = stateEntry(AssessInput, async ({ eventId, asOf }) => {
  const event = await createAlertStore(tables(), env.ALERTS_TABLE).read(eventId);
  if (!event || event.mergedInto)
    return {
      outcome: 'nothing',
      eventId,
      reasons: [{ ruleId: 'NO-EVENT', text: 'The event is part of another.' }],
    };
  const policy = loadPolicy();
  const need = assessNeed({ event, policy, profileOf, now: asOf ?? now(), drill: asOf !== null });
  const deployments = await createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE).list();
  // Drills and real deployments never meet.
  const alike = deployments.filter(deployment => deployment.drill === event.exercise);
  const open = findOpenDeployment(event, alike, policy);
  if (open)
    return { outcome: 'update', eventId, deploymentId: open.deploymentId, event: summaryOf(event), need };
  const isEmpty = need.teams.length === 0 && need.goods.length === 0;
  // An event is proposed once: what the desk refused or closed does not come back with the next message about it.
  const before = alike.find(each => each.eventId === eventId || each.furtherEventIds.includes(eventId));
  if (isEmpty || before) return { outcome: 'nothing', eventId, reasons: need.reasons };
  return { outcome: 'open', eventId, event: summaryOf(event), need };
});

type Event = NonNullable<Awaited<ReturnType<ReturnType<typeof createAlertStore>['read']>>>;

/** What a deployment says about its disaster. */
const summaryOf = (event: Event) => {
  const { eventId, exercise, title, hazard, level, occurredAt, countries, position, state } = event;
  return { eventId, exercise, title, hazard, level, occurredAt, countries, position, state };
};
