import { describe, expect, it } from 'vitest';
import type { Position } from '../../../functions/domain/primitives.ts';
import { StockLine } from '../../../functions/domain/stock.ts';
import { checkGoodsPlan, planGoods } from '../../../functions/matching/freight/plan.ts';
import { goodsProblemOf } from '../../../functions/matching/freight/problem.ts';
import { loadPolicy } from '../../../functions/needs/policy.ts';
import { generateStock } from '../../../infra/local/demonstration/stock.ts';

const NOW = '2023-02-06T02:00:00.000Z';
const stock = generateStock(1, NOW);
const need = (item: string, quantity: number) => ({ item, quantity, deadlineAt: '2023-02-09T02:00:00.000Z' });

/** The plan for these needs, checked without the solver. */
const planOf = async (needs: ReturnType<typeof need>[], destination: Position, country: string) => {
  const problem = goodsProblemOf({ now: NOW, destination, country, needs, stock, booked: [] });
  const plan = await planGoods(problem);
  expect(checkGoodsPlan(problem, plan)).toEqual([]);
  return plan;
};

describe('the demonstration stock', () => {
  it('is six warehouses of six items, the same for the same seed', () => {
    expect(stock).toHaveLength(36);
    expect(generateStock(1, NOW)).toEqual(stock);
    expect(generateStock(2, NOW)).not.toEqual(stock);
    for (const line of stock) expect(StockLine.parse(line)).toEqual(line);
  });

  it('holds every item of the policy', () => {
    const items = new Set(stock.map(({ item }) => item));
    for (const { lines } of loadPolicy().consignments)
      for (const { item } of lines) expect(items).toContain(item);
  });

  it('serves Tanzania from Dubai, which flies there directly, and not from nearer Accra', async () => {
    const bukoba = { latitude: -1.33, longitude: 31.81 };
    const { lines } = await planOf([need('tent', 200)], bukoba, 'TZA');
    expect(lines).toMatchObject([{ warehouseId: 'dubai', laneId: 'air-tza', pallets: 20, quantity: 200 }]);
    expect(lines[0]?.reason.en).toMatch(
      /^Dubai delivers first .* by direct scheduled air, lane air-tza; Accra is nearer \(\d+ km\) but arrives \d+ h later/,
    );
  });

  it.each([
    ['Türkiye', 'TUR', { latitude: 37.2, longitude: 37.0 }, 'dubai'],
    ['Haiti', 'HTI', { latitude: 18.5, longitude: -72.3 }, 'miami'],
    ['the Philippines', 'PHL', { latitude: 14.6, longitude: 121 }, 'singapore'],
    ['Palau', 'PLW', { latitude: 7.5, longitude: 134.6 }, 'singapore'],
  ])('reaches %s first from the warehouse that flies there', async (_name, country, position, first) => {
    const { lines, short } = await planOf([need('blanket', 1000)], position, country);
    expect(short).toEqual([]);
    expect(lines.map(({ warehouseId }) => warehouseId)).toContain(first);
  });

  it('keeps the stock of Majuro and Koror in its country', async () => {
    const nextDoor = { latitude: 6.9, longitude: 158.2 };
    const { lines } = await planOf([need('tent', 2500)], nextDoor, 'FSM');
    expect(lines.map(({ warehouseId }) => warehouseId)).not.toContain('majuro');
    expect(lines.map(({ warehouseId }) => warehouseId)).not.toContain('koror');
  });

  it('has enough for two large emergencies', async () => {
    const consignments = loadPolicy().consignments.filter(({ consignment }) =>
      ['shelter-large', 'water'].includes(consignment),
    );
    const lines = consignments.flatMap(({ lines }) =>
      lines.map(({ item, quantity }) => need(item, 2 * quantity)),
    );
    expect((await planOf(lines, { latitude: 37.2, longitude: 37 }, 'TUR')).short).toEqual([]);
  });
});
