import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingProblem, reserveGoods } from '../../functions/deployments/goods.ts';
import type { Deployment, GoodsLine } from '../../functions/domain/deployment.ts';
import type { Lane, StockLine } from '../../functions/domain/stock.ts';
import { createDeploymentStore } from '../../functions/store/deployments.ts';
import { createStockStore } from '../../functions/store/stock.ts';
import { aStockLine } from '../support/roster.ts';
import { openTables, TABLES } from '../support/tables.ts';

const now = '2026-03-02T00:00:00.000Z';

let opened: Awaited<ReturnType<typeof openTables>>;
let stores: {
  deployments: ReturnType<typeof createDeploymentStore>;
  stock: ReturnType<typeof createStockStore>;
};
let made = 0;

beforeAll(async () => {
  opened = await openTables();
  stores = {
    deployments: createDeploymentStore(opened.tables, TABLES.deployments),
    stock: createStockStore(opened.tables, TABLES.stock),
  };
});
afterAll(() => opened.close());

/** What the goods need of a deployment to Tanzania. */
const aDeployment = (item: string, quantity: number): Deployment =>
  ({
    deploymentId: `DR-${++made}`,
    disaster: { position: { latitude: -1.33, longitude: 31.81 }, country: 'TZA' },
    goods: [{ item, quantity, ruleId: 'TEST', deadlineHours: 72 }],
    request: { receivedAt: now },
  }) as unknown as Deployment;

const plane = (laneId: string, change: Partial<Lane> = {}): Lane => ({
  laneId,
  mode: 'scheduled air',
  destinationCountry: null,
  direct: true,
  leadHours: 10,
  transit: { hours: 10 },
  capacityKg: null,
  costPerKg: 0,
  fixedCost: 0,
  ...change,
});

/** A shelf of an item of its own, with these lanes; its units weigh 40 kg. */
const aShelf = async (available: number, lanes: Lane[]): Promise<StockLine> => {
  const base = aStockLine(`item-${++made}`, available, { unitWeightKg: 40 });
  const line = { ...base, warehouse: { ...base.warehouse, lanes } };
  await stores.stock.fill([line]);
  return line;
};

describe('reserving the goods of a deployment', () => {
  it('is one line and one reservation for a shelf whose goods go by two lanes, and nothing more when repeated', async () => {
    const { item, warehouseId } = await aShelf(500, [
      plane('small', { capacityKg: 2400 }),
      plane('later', { leadHours: 30, mode: 'air charter' }),
    ]);
    const deployment = aDeployment(item, 100);
    for (let time = 0; time < 2; time += 1) await reserveGoods(stores, deployment, now);
    const lines = await stores.deployments.goods(deployment.deploymentId);
    expect(lines).toMatchObject([
      {
        item,
        quantity: 100,
        state: 'Reserved',
        arrivesAt: '2026-03-03T16:00:00.000Z',
        loads: [
          { laneId: 'small', mode: 'scheduled air', quantity: 60, arrivesAt: '2026-03-02T20:00:00.000Z' },
          { laneId: 'later', mode: 'air charter', quantity: 40, arrivesAt: '2026-03-03T16:00:00.000Z' },
        ],
      },
    ]);
    expect(lines[0]?.reason.en).toMatch(/^small \(60\): .* \/ later \(40\): /);
    expect(lines[0]?.reason.ja).toContain('small (60)');
    const shelf = await stores.stock.get(warehouseId, item);
    expect(shelf?.reservations).toEqual({ [deployment.deploymentId]: 100 });
  });

  it('counts what it holds of a lane when more is needed', async () => {
    const { item } = await aShelf(500, [
      plane('small', { capacityKg: 2400 }),
      plane('later', { leadHours: 30 }),
    ]);
    const deployment = aDeployment(item, 50);
    await reserveGoods(stores, deployment, now);
    const more = { ...deployment, goods: [{ ...deployment.goods[0]!, quantity: 90 }] };
    await reserveGoods(stores, more, now);
    const [line] = await stores.deployments.goods(deployment.deploymentId);
    expect(line?.quantity).toBe(90);
    expect(line?.loads?.map(({ laneId, quantity }) => [laneId, quantity])).toEqual([
      ['small', 60],
      ['later', 30],
    ]);
  });

  it('says on the timeline what cannot be found, and why', async () => {
    const { item } = await aShelf(500, [plane('small', { capacityKg: 2400 })]);
    const deployment = aDeployment(item, 100);
    await reserveGoods(stores, deployment, now);
    const timeline = await stores.deployments.timeline(deployment.deploymentId);
    expect(timeline.map(({ what }) => what).join('\n')).toContain(
      `40 ${item} cannot be found: 60 of 100 found: 440 in `,
    );
  });

  it('asks no second consignment of a shelf that one has left', async () => {
    const shelf = await aShelf(500, [plane('any')]);
    const other = { ...shelf, warehouseId: 'elsewhere' };
    const deployment = aDeployment(shelf.item, 100);
    const left = {
      item: shelf.item,
      warehouseId: shelf.warehouseId,
      quantity: 60,
      state: 'Departed',
    } as GoodsLine;
    const problem = missingProblem(deployment, [left], [shelf, other], now);
    expect(problem?.needs).toMatchObject([{ quantity: 40, deadlineAt: '2026-03-05T00:00:00.000Z' }]);
    expect(problem?.stock.map(({ warehouseId }) => warehouseId)).toEqual(['elsewhere']);
    expect(missingProblem(deployment, [{ ...left, quantity: 100 }], [shelf], now)).toBeNull();
  });
});
