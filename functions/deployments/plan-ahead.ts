import { type GoodsPlan, planGoods } from '../matching/freight/plan.ts';
import type { DeploymentStore } from '../store/deployments.ts';
import type { StockStore } from '../store/stock.ts';
import { type Choice, type Choosing, chooseForOpenSeats } from './choosing.ts';
import { missingProblem } from './goods.ts';
import type { Picture } from './news.ts';
import { prospectOf } from './prospect.ts';

type AheadStores = Choosing['stores'] & {
  deployments: Pick<DeploymentStore, 'goods' | 'reserve'>;
  stock: Pick<StockStore, 'readAll'>;
};

/** What a plan made now would be, and how the deployment would stand just before it. */
export type PlanAhead = {
  picture: Picture;
  /** Null where no seat is open. */
  people: Choice | null;
  /** Null where nothing is missing, or the disaster has no position to ship to. */
  goods: GoodsPlan | null;
};

/** People and goods as a plan made now would choose them, by the very steps of the plan. Nobody is held, nothing is written. */
export async function planAhead(choosing: Choosing & { stores: AheadStores }): Promise<PlanAhead> {
  const picture = prospectOf(choosing.picture);
  const isOpen = picture.seats.some(seat => seat.state === 'Open');
  const [people, goods] = await Promise.all([
    isOpen ? chooseForOpenSeats({ ...choosing, picture }) : null,
    goodsAhead(choosing, picture),
  ]);
  return { picture, people, goods };
}

/** The goods that would be reserved: what no line covers yet, from the stock as it is now. */
async function goodsAhead(
  { stores, now }: Pick<Choosing, 'now'> & { stores: AheadStores },
  { deployment }: Picture,
): Promise<GoodsPlan | null> {
  if (deployment.goods.length === 0) return null;
  const lines = await stores.deployments.goods(deployment.deploymentId);
  const problem = missingProblem(deployment, lines, await stores.stock.readAll(), now);
  return problem && planGoods(problem);
}
