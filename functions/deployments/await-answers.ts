import * as z from 'zod';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { newsFor } from './news.ts';
import { readPicture } from './picture.ts';
import { Settings, WaitInput } from './settings.ts';
import { wait, waitingSince } from './waiting.ts';

const env = readEnv(Settings.deployments);

/** Waits for an answer, a decision of the desk, or the next deadline (`seconds`, the time-out of the state). */
export const handler = stateEntry(WaitInput.extend({ seconds: z.number().int().positive() }), async input => {
  const { deploymentId, taskToken, tell, seconds } = input;
  const store = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  await wait(store, waitingSince(deploymentId, 'Await answers', taskToken, tell, now()), seconds, async () =>
    newsFor('Await answers', await readPicture(store, deploymentId)),
  );
});
