import type { Deployment, Offer } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import type { ExpertStore } from '../store/experts.ts';
import type { StockStore } from '../store/stock.ts';
import { moveGoods } from './goods.ts';
import type { TellStores } from './telling.ts';
import { timelineEntry } from './timeline.ts';

type ClosingStores = TellStores & { experts: ExpertStore; stock: StockStore };

/** The last word of the mission: who went and came home is thanked, everybody else is stood down; who has heard one keeps it. */
export function lastWord(offer: Offer, deployment: Deployment, now: Instant): Offer | undefined {
  const word = offer.finalWord?.word;
  if (word && word !== 'deploy') return undefined;
  if (word === 'deploy' && deployment.stage === 'home')
    return { ...offer, finalWord: { word: 'home', at: now }, noticesDue: true };
  return {
    ...offer,
    state: 'Stood down',
    reviewed: true,
    finalWord: { word: 'stand down', at: now },
    noticesDue: true,
  };
}

/** Records the last word on every offer, before any message leaves. */
export async function recordLastWords(
  { deployments }: Pick<ClosingStores, 'deployments'>,
  deployment: Deployment,
  now: Instant,
): Promise<void> {
  for (const offer of await deployments.offers(deployment.deploymentId))
    await deployments.changeOffer(deployment.deploymentId, offer.offerId, o => lastWord(o, deployment, now));
}

/** Ends every hold and every reservation of a deployment. Answers what could not be released, in words. */
export async function releaseAll(
  stores: ClosingStores,
  deployment: Deployment,
  now: Instant,
): Promise<{ people: number; goods: number; failed: string[] }> {
  const { deploymentId } = deployment;
  const failed: string[] = [];
  let people = 0;
  // People are away from the first stage that the mission reported.
  const leftAt = deployment.stages[0]?.at ?? now;
  const held = (await stores.deployments.offers(deploymentId)).filter(offer => offer.kind === 'seat');
  const seated = (await stores.deployments.seats(deploymentId)).flatMap(seat => seat.expertId ?? []);
  const home = new Set(held.filter(offer => offer.finalWord?.word === 'home').map(offer => offer.expertId));
  for (const expertId of new Set([...held.map(offer => offer.expertId), ...seated])) {
    try {
      if (home.has(expertId)) await stores.experts.endMission(expertId, deploymentId, now, leftAt);
      else await stores.experts.release(expertId, deploymentId);
      people += 1;
    } catch (error) {
      failed.push(`hold on ${expertId} (${error instanceof Error ? error.name : 'Error'})`);
    }
  }
  let goods = 0;
  try {
    goods = (await moveGoods(stores, deploymentId, ['Reserved', 'Loading'], 'Released', now)).length;
  } catch (error) {
    failed.push(`goods (${error instanceof Error ? error.name : 'Error'})`);
  }
  return { people, goods, failed };
}

/** Closes the record; a refused deployment stays refused. */
export async function closeRecord(
  { deployments }: Pick<ClosingStores, 'deployments'>,
  deployment: Deployment,
  what: string,
  now: Instant,
): Promise<void> {
  const { deploymentId } = deployment;
  await deployments.change(deploymentId, d =>
    d.state === 'Refused' ? undefined : { ...d, state: 'Closed', updatedAt: now },
  );
  await deployments.append(timelineEntry(deploymentId, now, 'mission', 'closed', what));
}
