import { Settings } from '../deployments/settings.ts';
import { tables } from '../runtime/clients.ts';
import { now } from '../runtime/clock.ts';
import { rawHttpEntry } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { createDeploymentStore } from '../store/deployments.ts';
import { createEmployerStore } from '../store/employers.ts';
import { createExpertStore } from '../store/experts.ts';
import { offerReply, unknownReply } from './answer-reply.ts';
import { holderOf } from './holder.ts';
import { SAID } from './take-answer-rules.ts';

const env = readEnv(Settings.deployments.extend({ ...Settings.experts.shape, ...Settings.employers.shape }));

/** The answer page. Reading never answers: link previews and mail scanners read too. */
export const handler = rawHttpEntry(async event => {
  const deployments = createDeploymentStore(tables(), env.DEPLOYMENTS_TABLE);
  const holder = await holderOf(deployments, event.pathParameters?.token ?? '');
  if (!holder) return unknownReply(event);
  if (holder.audience === 'member' && (holder.offer.state === 'Sent' || holder.offer.state === 'Delivered'))
    await deployments.changeOffer(holder.offer.deploymentId, holder.offer.offerId, offer =>
      offer.state === 'Sent' || offer.state === 'Delivered' ? { ...offer, state: 'Opened' } : undefined,
    );
  const stores = {
    deployments,
    experts: createExpertStore(tables(), env.EXPERTS_TABLE),
    employers: createEmployerStore(tables(), env.EMPLOYERS_TABLE),
  };
  return offerReply(stores, event, holder, now(), { message: SAID[event.queryStringParameters?.said ?? ''] });
});
