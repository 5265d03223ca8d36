import type { Deployment, GoodsLine } from '../domain/deployment.ts';
import type { GoodsNeed } from '../domain/need.ts';
import type { Instant, Language } from '../domain/primitives.ts';
import type { GoodsPick, StockLine } from '../domain/stock.ts';
import { HOUR, isBefore, plus } from '../domain/time.ts';
import { planGoods } from '../matching/freight/plan.ts';
import { type GoodsProblem, goodsProblemOf } from '../matching/freight/problem.ts';
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
 * doing it again. A line that another deployment emptied meanwhile is dropped and planned anew.
 */
export async function reserveGoods(
  { deployments, stock }: GoodsStores,
  deployment: Deployment,
  now: Instant,
): Promise<void> {
  const { deploymentId, disaster } = deployment;
  if (deployment.goods.length === 0) return;
  const tell = (place: string, what: string) =>
    deployments.append(timelineEntry(deploymentId, now, 'goods', place, what));
  for (const line of (await deployments.goods(deploymentId)).filter(each => each.state === 'Reserved'))
    if (!(await stock.reserve(line.warehouseId, line.item, deploymentId, line.quantity, now)))
      await deployments.dropGoods(line);
  if (!disaster.position) {
    await tell('no-place', 'No goods reserved: the event has no position to ship to');
    return;
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const lines = await deployments.goods(deploymentId);
    const problem = missingProblem(deployment, lines, await stock.readAll(), now);
    if (!problem) return;
    const { lines: picks, short, trouble } = await planGoods(problem);
    if (trouble !== null) await tell('unproven', `The choice of lanes is not proven best: ${trouble}`);
    let lost = false;
    for (const { warehouseId, item, own } of byShelf(picks)) {
      const before = lines.find(line => line.item === item && line.warehouseId === warehouseId);
      const line = lineOf(deploymentId, own, before);
      const place = `${item}/${warehouseId}`;
      const what = `${line.quantity} ${item} of ${warehouseId}`;
      await tell(place, `${what}: reserved: ${line.reason.en}`);
      await deployments.putGoods(line);
      if (await stock.reserve(warehouseId, item, deploymentId, line.quantity, now)) continue;
      lost = true;
      await tell(`${place}/lost`, `${what}: another deployment was faster`);
      await (before ? deployments.putGoods(before) : deployments.dropGoods(line));
    }
    for (const { item, missing: units, reason } of short)
      await tell(`${item}/short`, `${units} ${item} cannot be found: ${reason.en}`);
    if (!lost) return;
  }
}

/**
 * What is missing as a problem of goods; null where nothing is, or the disaster has no position to ship to. A shelf that a consignment has left for this deployment already gives no second
 * one; what the deployment's lines hold of the lanes is booked.
 */
export function missingProblem(
  { request, disaster, goods }: Deployment,
  lines: GoodsLine[],
  stock: readonly StockLine[],
  now: Instant,
): GoodsProblem | null {
  const missing = missingGoods(goods, lines);
  if (missing.length === 0 || !disaster.position) return null;
  const lineAt = new Map(lines.map(line => [`${line.warehouseId}/${line.item}`, line]));
  const booked = new Map<string, GoodsProblem['booked'][number]>();
  for (const { warehouseId, item, unitWeightKg } of stock) {
    const line = lineAt.get(`${warehouseId}/${item}`);
    if (!line || line.state === 'Released') continue;
    for (const { laneId, quantity } of line.loads ?? []) {
      const key = `${warehouseId}/${laneId}`;
      const kg = (booked.get(key)?.kg ?? 0) + quantity * unitWeightKg;
      booked.set(key, { warehouseId, laneId, kg });
    }
  }
  return goodsProblemOf({
    now,
    destination: disaster.position,
    country: disaster.country,
    needs: missing.map(({ item, quantity, deadlineHours }) => ({
      item,
      quantity,
      deadlineAt: request && plus(request.receivedAt, deadlineHours * HOUR),
    })),
    stock: stock.filter(
      ({ warehouseId, item }) => (lineAt.get(`${warehouseId}/${item}`)?.state ?? 'Reserved') === 'Reserved',
    ),
    booked: [...booked.values()],
  });
}

/** The loads of each shelf: its lines leave as one reservation. */
function byShelf(picks: readonly GoodsPick[]): { warehouseId: string; item: string; own: GoodsPick[] }[] {
  const shelves = new Map<string, { warehouseId: string; item: string; own: GoodsPick[] }>();
  for (const pick of picks) {
    const { warehouseId, item } = pick;
    const key = `${warehouseId}/${item}`;
    const shelf = shelves.get(key) ?? { warehouseId, item, own: [] };
    shelf.own.push(pick);
    shelves.set(key, shelf);
  }
  return [...shelves.values()];
}

/** One line of all loads from a shelf, those of a line that is reserved already included. */
function lineOf(deploymentId: string, own: readonly GoodsPick[], before: GoodsLine | undefined): GoodsLine {
  const [{ warehouseId, item }] = own as [GoodsPick];
  const loads = [...(before?.loads ?? [])];
  for (const { laneId, mode, pallets, quantity, arrivesAt } of own) {
    const same = loads.findIndex(load => load.laneId === laneId);
    const there = loads[same];
    // A load that grows leaves when the later order for it does.
    if (there)
      loads[same] = {
        ...there,
        pallets: there.pallets + pallets,
        quantity: there.quantity + quantity,
        arrivesAt,
      };
    else loads.push({ laneId, mode, pallets, quantity, arrivesAt });
  }
  const arrivals = [...own.map(({ arrivesAt }) => arrivesAt), ...(before ? [before.arrivesAt] : [])];
  const said = (language: Language) =>
    own.length === 1
      ? own[0]!.reason[language]
      : own.map(({ laneId, quantity, reason }) => `${laneId} (${quantity}): ${reason[language]}`).join(' / ');
  return {
    deploymentId,
    item,
    warehouseId,
    quantity: own.reduce((sum, { quantity }) => sum + quantity, before?.quantity ?? 0),
    arrivesAt: arrivals.reduce((a, b) => (isBefore(a, b) ? b : a)),
    loads,
    reason: { en: said('en'), ja: said('ja') },
    state: 'Reserved',
  };
}

/** By which lanes the goods of a line go: "scheduled air (dxb-tza)"; empty for lines from before there were lanes. */
export const lanesInWords = ({ loads = [] }: GoodsLine): string =>
  loads
    .map(({ laneId, mode, quantity }) => `${loads.length > 1 ? `${quantity} ` : ''}by ${mode} (${laneId})`)
    .join(', ');

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
