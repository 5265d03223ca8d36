import type { Deployment, MissionStage } from '../domain/deployment.ts';
import { MissionStage as STAGES } from '../domain/deployment.ts';
import type { Instant } from '../domain/primitives.ts';
import { HOUR, isBefore, plus } from '../domain/time.ts';
import { loadPolicy } from '../needs/policy.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { StockStore } from '../store/stock.ts';
import { moveGoods } from './goods.ts';

const hasReached = (deployment: Deployment, stage: MissionStage): boolean =>
  deployment.stage !== null && STAGES.options.indexOf(deployment.stage) >= STAGES.options.indexOf(stage);

/** The stage that should have been reported by now, in words; undefined when nothing is overdue. */
export function overdueStage(
  deployment: Deployment,
  stages: { stage: string; overdueAfterHours: number }[],
  now: Instant,
): string | undefined {
  const next = STAGES.options[deployment.stage ? STAGES.options.indexOf(deployment.stage) + 1 : 0];
  const limit = stages.find(each => each.stage === next);
  const since =
    deployment.stages.at(-1)?.at ??
    deployment.teams
      .map(team => team.confirmedAt ?? '')
      .sort()
      .at(-1);
  if (!next || !limit || !since) return undefined;
  const due = plus(since, limit.overdueAfterHours * HOUR);
  return isBefore(now, due) ? undefined : `Nobody has reported "${next}", due ${due}. Who is missing?`;
}

/**
 * What the last reported stage calls for: from departure nobody stands by any more, and the goods go with the mission's
 * stages. Answers the stage that it has followed, and what is overdue. Safe to repeat.
 */
export async function followStage(
  stores: { deployments: DeploymentStore; stock: StockStore },
  deploymentId: string,
  now: Instant,
): Promise<{ followed: MissionStage | null; overdue: string | undefined }> {
  const { deployments } = stores;
  const deployment = await deployments.change(deploymentId, d =>
    d.state === 'Confirmed' ? { ...d, state: 'Assembling', updatedAt: now } : undefined,
  );
  if (hasReached(deployment, 'departed')) {
    for (const offer of (await deployments.offers(deploymentId)).filter(
      o => o.kind === 'standby' && !o.finalWord,
    ))
      await deployments.changeOffer(deploymentId, offer.offerId, o =>
        o.finalWord
          ? undefined
          : {
              ...o,
              state: 'Stood down',
              reviewed: true,
              finalWord: { word: 'stand down', at: now },
              noticesDue: true,
            },
      );
    await moveGoods(stores, deploymentId, ['Loading'], 'Departed', now);
  }
  if (hasReached(deployment, 'arrived')) await moveGoods(stores, deploymentId, ['Departed'], 'Arrived', now);
  return { followed: deployment.stage, overdue: overdueStage(deployment, loadPolicy().stages, now) };
}
