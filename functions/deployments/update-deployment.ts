import * as z from 'zod';
import { increase } from '../needs/emergency.ts';
import { tellDesk } from '../notices/desk-channel.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { stateEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { Assessed, isSame, takeNews } from './proposal.ts';
import { Settings } from './settings.ts';
import { timelineEntry } from './timeline.ts';

const env = readEnv(Settings.deployments.extend(Settings.desk.shape));

/** News of an emergency that has a deployment: its facts are brought up to date, further need is added or proposed. */
export const handler = stateEntry(
  Assessed.extend({ deploymentId: z.string() }),
  async ({ deploymentId, event, need }) => {
    const store = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
    const at = now();
    let more = false;
    let isNews = false;
    await store.change(deploymentId, before => {
      const added = increase(
        {
          teams: [...before.teams, ...(before.increase?.teams ?? [])],
          goods: [...before.goods, ...(before.increase?.goods ?? [])],
        },
        need,
      );
      const after = takeNews(before, event, added, at);
      more = added.teams.length > 0 || added.goods.length > 0;
      isNews = !isSame(before, after);
      return isNews ? after : undefined;
    });
    if (!isNews) return { deploymentId };
    const what = more
      ? `${event.title}: further need is added or waits for the desk`
      : `${event.title}: the facts are brought up to date`;
    await store.append(timelineEntry(deploymentId, at, 'decision', `news/${event.eventId}`, what, 'policy'));
    if (event.state === 'closed')
      await store.append(
        timelineEntry(
          deploymentId,
          at,
          'decision',
          `closed/${event.eventId}`,
          `${event.title}: its source has closed the event. The desk decides whether to stand down.`,
          'policy',
        ),
      );
    if (more || event.state === 'closed')
      await tellDesk(env, {
        deploymentId,
        about: event.state === 'closed' ? 'the event is closed by its source' : 'further need',
        what: event.title,
        who: 'duty officer',
      });
    return { deploymentId };
  },
);
