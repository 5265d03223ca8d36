import * as z from 'zod';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { Settings, WaitInput } from './settings.ts';
import { wait, waitingSince } from './waiting.ts';

const env = readEnv(Settings.deployments);

/** `seconds` is the time-out of the state, `heard` what the last review had heard. */
const AwaitInput = WaitInput.extend({ seconds: z.number().int().positive(), heard: z.number().int() });

/** Waits for an answer, a decision of the desk, or the next deadline. What came since the review wakes it at once. */
export const handler = stateEntry(AwaitInput, async ({ deploymentId, taskToken, tell, seconds, heard }) => {
  const store = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const waiting = waitingSince(deploymentId, 'Await answers', taskToken, tell, now());
  await wait(store, waiting, seconds, async () =>
    (await store.read(deploymentId))?.heard === heard ? undefined : {},
  );
});
