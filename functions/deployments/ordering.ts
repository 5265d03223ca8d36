import type { Instant } from '../domain/primitives.ts';
import { tellDesk } from '../notices/desk-channel.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { StockStore } from '../store/stock.ts';
import { lanesInWords, moveGoods } from './goods.ts';

/**
 * Asks the warehouses to load what is reserved, and only then lets the lines say so: told twice is better than never.
 * When they cannot be told now, the lines stay reserved and the next step of the mission asks again.
 */
export async function orderGoods(
  stores: { deployments: DeploymentStore; stock: StockStore },
  settings: Parameters<typeof tellDesk>[0],
  deploymentId: string,
  now: Instant,
): Promise<void> {
  const goods = (await stores.deployments.goods(deploymentId)).filter(line => line.state === 'Reserved');
  if (goods.length === 0) return;
  const isTold = await tellDesk(settings, {
    deploymentId,
    about: 'order the goods out',
    what: goods
      .map(line =>
        [
          `${line.quantity} ${line.item} from ${line.warehouseId}, there ${line.arrivesAt}`,
          lanesInWords(line),
        ]
          .filter(part => part !== '')
          .join(', '),
      )
      .join('\n'),
    who: 'warehouses',
  });
  if (isTold) await moveGoods(stores, deploymentId, ['Reserved'], 'Loading', now);
}
