import * as z from 'zod';
import { settle } from '../alerts/events/lifecycle.ts';
import { Settings } from '../deployments/settings.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { httpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createAlertStore } from '../store/alerts.ts';
import { eventView } from './views.ts';

const env = readEnv(Settings.alerts);

/** All events, newest first; `?state=open` only those that go on. What has expired by now is shown closed. */
export const handler = httpEntry(
  { roles: ['viewer', 'desk', 'approver', 'roster-admin', 'auditor'], body: z.unknown() },
  async ({ query }) => {
    const at = now();
    const events = (await createAlertStore(tables(), env.ALERTS_TABLE).list()).map(event =>
      settle(event, at),
    );
    const shown = query.state ? events.filter(event => event.state === query.state) : events;
    return { status: 200, body: { events: shown.map(eventView) } };
  },
);
