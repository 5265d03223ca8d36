import { tellDesk } from '../notices/desk-channel.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { newsFor } from './news.ts';
import { readPicture } from './picture.ts';
import { Settings, WaitInput } from './settings.ts';
import { timelineEntry } from './timeline.ts';
import { wait, waitingSince } from './waiting.ts';

const env = readEnv(Settings.deployments.extend(Settings.desk.shape));
/** The time-out of the state in deploy-team.asl.json. */
const SECONDS = 3600;

/** Candidates are exhausted: the desk chooses to go short, to widen the search or to stand down. */
export const handler = stateEntry(WaitInput, async ({ deploymentId, taskToken, tell }) => {
  const store = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const at = now();
  await wait(
    store,
    waitingSince(deploymentId, 'Ask the desk about gaps', taskToken, tell, at),
    SECONDS,
    async () => newsFor('Ask the desk about gaps', await readPicture(store, deploymentId)),
  );
  const gaps = Object.keys((await store.read(deploymentId))?.gaps ?? {});
  await store.append(
    timelineEntry(
      deploymentId,
      at,
      'desk',
      'gaps',
      `The ${tell} is asked about ${gaps.length} seats without a candidate`,
    ),
  );
  await tellDesk(env, {
    deploymentId,
    about: 'no candidate left',
    what: `Seats: ${gaps.join(', ')}. Go short, widen or stand down.`,
    who: tell,
  });
});
