import { tellDesk } from '../notices/desk-channel.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { deskDecision, hasLapsed } from './decisions.ts';
import { newsFor } from './news.ts';
import { Settings, WaitInput } from './settings.ts';
import { timelineEntry } from './timeline.ts';
import { wait, waitingSince } from './waiting.ts';

const env = readEnv(Settings.deployments.extend(Settings.desk.shape));
/** The time-out of the state in deploy-team.asl.json. */
const SECONDS = 4 * 3600;

/** Asks the desk to decide on a proposed deployment, and asks again each time the workflow comes back. */
export const handler = stateEntry(WaitInput, async ({ deploymentId, taskToken, tell }) => {
  const store = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const at = now();
  const deployment = await store.change(deploymentId, d =>
    hasLapsed(d, at)
      ? {
          ...d,
          state: 'Standing down',
          standDown: { at, by: 'system', reason: 'LAPSED: nobody decided within 7 days' },
        }
      : undefined,
  );
  await wait(store, waitingSince(deploymentId, 'Ask the desk', taskToken, tell, at), SECONDS, async () =>
    newsFor('Ask the desk', {
      deployment: (await store.read(deploymentId)) ?? deployment,
      seats: [],
      offers: [],
    }),
  );
  if (deskDecision(deployment)) return;
  await store.append(timelineEntry(deploymentId, at, 'desk', 'asked', `The ${tell} is asked to decide`));
  await tellDesk(env, {
    deploymentId,
    about: 'waits for your decision',
    what: deployment.disaster.title,
    who: tell,
  });
});
