import * as z from 'zod';
import { EVENT_ACTIONS, isEventAction, joined, keptApart, separated } from '../alerts/events/deciding.ts';
import { digestOf } from '../alerts/events/identity.ts';
import type { DisasterEvent } from '../domain/event.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { firstIssue, httpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { Problem } from '../runtime/errors.ts';
import { startWorkflow } from '../runtime/workflow-calls.ts';
import { createAlertStore } from '../store/alerts.ts';
import { eventNamed } from './event-named.ts';

const env = readEnv(z.object({ ALERTS_TABLE: z.string().min(1), TRIAGE_ALERT_ARN: z.string().min(1) }));

/** A decision about an event that has changed since it was looked at may be one about something else. */
const refuseStale = (event: DisasterEvent, seenAt: string | undefined): void => {
  if (seenAt === undefined || seenAt === event.updatedAt) return;
  const news = event.alerts.filter(entry => entry.receivedAt > seenAt).map(entry => entry.source);
  const detail =
    news.length > 0 ? `new messages of ${[...new Set(news)].join(', ')}` : 'its sources were sorted anew';
  throw new Problem(409, 'Changed meanwhile', `The event changed at ${event.updatedAt}: ${detail}.`, 'STALE');
};

/** What a person decides about the sources of an event. triage-alert carries it out, so that a crash here loses nothing. */
export const handler = httpEntry({ roles: ['desk', 'approver'], body: z.unknown() }, async request => {
  const { id = '', action = '' } = request.path;
  if (!isEventAction(action))
    throw new Problem(404, 'No such action', `There is no action "${action.slice(0, 40)}".`);
  const read = EVENT_ACTIONS[action].safeParse(request.body);
  if (!read.success) throw new Problem(422, 'Not valid', firstIssue(read.error));
  const store = createAlertStore(tables(), env.ALERTS_TABLE);
  const event = await eventNamed(store, id);
  refuseStale(event, read.data.seenAt);
  const who = { by: request.caller.name, at: now(), reason: read.data.reason };
  const decision =
    'accountId' in read.data
      ? separated(event, read.data.accountId, who)
      : (action === 'join' ? joined : keptApart)(event, await eventNamed(store, read.data.eventId), who);
  if ('refused' in decision) throw new Problem(409, 'Not possible', `${decision.refused}.`, 'EVENT-DECISION');
  await startWorkflow(
    env.TRIAGE_ALERT_ARN,
    `decision-${digestOf(JSON.stringify(decision)).slice(0, 40)}`,
    decision,
  );
  return { status: 202, body: { eventId: event.eventId, action, decisions: decision.decisions } };
});
