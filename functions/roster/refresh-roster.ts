import * as z from 'zod';
import { bodies, tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { log } from '../runtime/log.ts';
import { createExpertStore } from '../store/experts.ts';
import { createRosterStore } from '../store/roster.ts';

const env = readEnv(z.object({ EXPERTS_TABLE: z.string().min(1), ROSTER_BUCKET: z.string().min(1) }));

/** `whole` reads the whole table whatever there is: for a roster that was changed by hand. */
const RefreshInput = z.object({ whole: z.boolean().default(false) });

/** Folds the changes since the last snapshot of the roster into a new one; called every hour, and by hand at any time. */
export const handler = stateEntry(RefreshInput, async ({ whole }) => {
  const roster = createRosterStore({
    bodies: bodies(),
    bucket: env.ROSTER_BUCKET,
    experts: createExpertStore(tables(), env.EXPERTS_TABLE),
    now,
  });
  const refreshed = await roster.refresh({ whole });
  log.info('roster refreshed', refreshed);
  return refreshed;
});
