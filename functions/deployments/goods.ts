import type { Deployment, GoodsLine } from '../domain/deployment.ts';
import type { GoodsNeed } from '../domain/need.ts';
import type { Instant } from '../domain/primitives.ts';
import { pickGoods } from '../matching/freight.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { StockStore } from '../store/stock.ts';
import { timelineEntry } from './timeline.ts';

type GoodsStores = { deployments: DeploymentStore; stock: StockStore };

/** Rounds of picking; each further one is because another deployment took a line meanwhile. */
const ROUNDS = 5;

/** What of the need no line covers yet. */
export const missingGoods = (need: GoodsNeed[], lines: GoodsLine[]): GoodsNeed[] =>
  need.flatMap(each => {
    const have = lines
      .filter(line => line.item === each.item && line.state !== 'Released')
      .reduce((sum, line) => sum + line.quantity, 0);
    return each.quantity > have ? [{ ...each, quantity: each.quantity - have }] : [];
  });

/**
 * Reserves the goods that are still missing: the line first, the stock next, so that a crash in between is finished by
 * doing it again. A line that another deployment emptied meanwhile is dropped and picked anew.
 */
export async function reserveGoods(
  { deployments, stock }: GoodsStores,
  deployment: Deployment,
  now: Instant,
): Promise<void> {
  const { deploymentId, disaster } = deployment;
  if (deployment.goods.length === 0) return;
  for (const line of (await deployments.goods(deploymentId)).filter(each => each.state === 'Reserved'))
    if (!(await stock.reserve(line.warehouseId, line.item, deploymentId, line.quantity, now)))
      await deployments.dropGoods(line);
  if (!disaster.position) {
    await deployments.append(
      timelineEntry(
        deploymentId,
        now,
        'goods',
        'no-place',
        'No goods reserved: the event has no position to ship to',
      ),
    );
    return;
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const lines = await deployments.goods(deploymentId);
    const missing = missingGoods(deployment.goods, lines);
    if (missing.length === 0) return;
    const { picks, short } = pickGoods(
      missing,
      await stock.readAll(),
      disaster.position,
      disaster.country,
      now,
    );
    let lost = false;
    for (const pick of picks) {
      const before = lines.find(line => line.item === pick.item && line.warehouseId === pick.warehouseId);
      // An increase after the first consignment left draws a further reservation only where none is under way.
      if (before && before.state !== 'Reserved') continue;
      const line: GoodsLine = {
        ...pick,
        deploymentId,
        quantity: pick.quantity + (before?.quantity ?? 0),
        state: 'Reserved',
      };
      const place = `${line.item}/${line.warehouseId}`;
      const what = `${line.quantity} ${line.item} of ${line.warehouseId}`;
      await deployments.append(
        timelineEntry(deploymentId, now, 'goods', place, `${what}: reserved: ${line.reason}`),
      );
      await deployments.putGoods(line);
      if (await stock.reserve(line.warehouseId, line.item, deploymentId, line.quantity, now)) continue;
      lost = true;
      await deployments.append(
        timelineEntry(deploymentId, now, 'goods', `${place}/lost`, `${what}: another deployment was faster`),
      );
      await (before ? deployments.putGoods(before) : deployments.dropGoods(line));
    }
    for (const { item, missing: units, reason } of short)
      await deployments.append(
        timelineEntry(
          deploymentId,
          now,
          'goods',
          `${item}/short`,
          `${units} ${item} cannot be found: ${reason}`,
        ),
      );
    if (!lost) return;
  }
}

/** Moves every line that stands in one of `from` on to `to`, the timeline first: a line that has moved is not looked at again. */
export async function moveGoods(
  { deployments, stock }: GoodsStores,
  deploymentId: string,
  from: GoodsLine['state'][],
  to: GoodsLine['state'],
  now: Instant,
): Promise<GoodsLine[]> {
  const moved: GoodsLine[] = [];
  for (const line of (await deployments.goods(deploymentId)).filter(each => from.includes(each.state))) {
    await deployments.append(
      timelineEntry(
        deploymentId,
        now,
        'goods',
        `${line.item}/${line.warehouseId}/${to}`,
        `${line.quantity} ${line.item} of ${line.warehouseId}: ${to}`,
      ),
    );
    if (to === 'Released') await stock.release(line.warehouseId, line.item, deploymentId);
    if (to === 'Departed') await stock.issue(line.warehouseId, line.item, deploymentId);
    await deployments.putGoods({ ...line, state: to });
    moved.push(line);
  }
  return moved;
}
