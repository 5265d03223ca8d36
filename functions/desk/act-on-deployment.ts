import * as z from 'zod';
import { digestOf } from '../alerts/events/identity.ts';
import { ACTIONS, isAction, Seen } from '../deployments/actions.ts';
import { newsFor } from '../deployments/news.ts';
import { readPicture } from '../deployments/picture.ts';
import { Settings } from '../deployments/settings.ts';
import { timelineEntry } from '../deployments/timeline.ts';
import { wake } from '../deployments/waiting.ts';
import { loadPolicy } from '../needs/policy.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { firstIssue, httpEntry, requireRole } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { Problem } from '../runtime/errors.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createExpertStore } from '../store/experts.ts';
import { HEAD_ACTIONS, ROLES_FOR } from './acting.ts';
import { actOnPeople } from './acting-on-people.ts';
import { changeHead } from './changing-head.ts';
import { deploymentView } from './views.ts';

const env = readEnv(Settings.deployments.extend(Settings.experts.shape));

/** One action of the desk: checked against the role, the version that the caller has seen, and the rule of the action. */
export const handler = httpEntry(
  { roles: ['desk', 'approver'], body: z.unknown() },
  async ({ body, path, caller }) => {
    const { id = '', action = '' } = path;
    if (!isAction(action))
      throw new Problem(404, 'No such action', `There is no action "${action.slice(0, 40)}".`);
    requireRole(caller, ROLES_FOR[action]);
    const schema: z.ZodType = ACTIONS[action];
    const read = Seen.loose().safeParse(body);
    const parsed = schema.safeParse(body);
    if (!read.success || !parsed.success)
      throw new Problem(422, 'Not valid', firstIssue((read.error ?? parsed.error) as z.ZodError));
    const store = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
    const at = now();
    const stores = { deployments: store, experts: createExpertStore(tables(), env.EXPERTS_TABLE) };
    const said = digestOf(Buffer.from(JSON.stringify([action, caller.name, read.data])));
    const decision =
      action === 'record-answer' || action === 'replace-person'
        ? {
            what: await actOnPeople(
              stores,
              id,
              read.data.version,
              action,
              parsed.data as never,
              caller.name,
              at,
            ),
            at,
          }
        : await changeHead(
            store,
            id,
            read.data.version,
            said,
            deployment =>
              HEAD_ACTIONS[action](deployment, parsed.data as never, caller.name, at, loadPolicy()),
            at,
          );
    const { what } = decision;
    await store.append(timelineEntry(id, decision.at, 'decision', action, what, caller.name));
    const picture = await readPicture(store, id);
    const isStage = action === 'report-stage';
    await wake(
      store,
      id,
      state =>
        newsFor(state, picture) ??
        (isStage && state === 'Track mission' ? { mission: 'next stage' } : undefined),
    );
    return { status: 200, body: { ...deploymentView(picture.deployment), what } };
  },
);
