import * as z from 'zod';
import type { Deployment } from '../domain/deployment.ts';
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
    const newsFor = (before: Deployment) => {
      const added = increase(
        {
          teams: [...before.teams, ...(before.increase?.teams ?? [])],
          goods: [...before.goods, ...(before.increase?.goods ?? [])],
        },
        need,
      );
      const after = takeNews(before, event, added, at);
      const more = added.teams.length > 0 || added.goods.length > 0;
      return isSame(before, after) ? undefined : { after, more };
    };
    const before = await store.read(deploymentId);
    if (!before) throw new Error(`deployment ${deploymentId} does not exist`);
    const news = newsFor(before);
    if (!news) return { deploymentId };
    const { more } = news;
    // The desk is told before it is written: once written it is news no more, and told twice is better than never.
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
    await store.change(deploymentId, d => newsFor(d)?.after);
    return { deploymentId };
  },
);
