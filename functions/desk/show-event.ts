import * as z from 'zod';
import { settle } from '../alerts/events/lifecycle.ts';
import { Settings } from '../deployments/settings.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { httpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createAlertStore } from '../store/alerts.ts';
import { eventNamed } from './event-named.ts';
import { wholeEventView } from './views.ts';

const env = readEnv(Settings.alerts);

/** One event whole: what each source says, every message with the place in its raw body, merges with their reasons, doubts. */
export const handler = httpEntry(
  { roles: ['viewer', 'desk', 'approver', 'roster-admin', 'auditor'], body: z.unknown() },
  async ({ path }) => {
    const store = createAlertStore(tables(), env.ALERTS_TABLE);
    const event = await eventNamed(store, path.id ?? '');
    return { status: 200, body: wholeEventView(settle(event, now()), await store.messages(event)) };
  },
);
