import { describe, expect, it } from 'vitest';
import { StockLine } from '../../../functions/domain/stock.ts';
import { pickGoods } from '../../../functions/matching/freight.ts';
import { loadPolicy } from '../../../functions/needs/policy.ts';
import { generateStock } from '../../../infra/local/demonstration/stock.ts';

const NOW = '2023-02-06T02:00:00.000Z';
const stock = generateStock(1, NOW);
const need = (item: string, quantity: number) => ({ item, quantity, ruleId: 'TEST', deadlineHours: 72 });

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

  it('serves Tanzania from Dubai and not from nearer Accra', () => {
    const tanzania = { latitude: -6.17, longitude: 35.74 };
    const { picks } = pickGoods([need('tent', 200)], stock, tanzania, 'TZA', NOW);
    expect(picks.map(({ warehouseId }) => warehouseId)).toEqual(['dubai']);
  });

  it.each([
    ['Türkiye', 'TUR', { latitude: 37.2, longitude: 37.0 }, 'dubai'],
    ['Haiti', 'HTI', { latitude: 18.5, longitude: -72.3 }, 'miami'],
    ['the Philippines', 'PHL', { latitude: 14.6, longitude: 121 }, 'singapore'],
    ['Palau', 'PLW', { latitude: 7.5, longitude: 134.6 }, 'singapore'],
  ])('reaches %s first from the warehouse that flies there', (_name, country, position, first) => {
    const { picks, short } = pickGoods([need('blanket', 1000)], stock, position, country, NOW);
    expect(short).toEqual([]);
    expect(picks.map(({ warehouseId }) => warehouseId)).toContain(first);
  });

  it('keeps the stock of Majuro and Koror in its country', () => {
    const nextDoor = { latitude: 6.9, longitude: 158.2 };
    const { picks } = pickGoods([need('tent', 2500)], stock, nextDoor, 'FSM', NOW);
    expect(picks.map(({ warehouseId }) => warehouseId)).not.toContain('majuro');
    expect(picks.map(({ warehouseId }) => warehouseId)).not.toContain('koror');
  });

  it('has enough for two large emergencies', () => {
    const consignments = loadPolicy().consignments.filter(({ consignment }) =>
      ['shelter-large', 'water'].includes(consignment),
    );
    const lines = consignments.flatMap(({ lines }) =>
      lines.map(({ item, quantity }) => need(item, 2 * quantity)),
    );
    expect(pickGoods(lines, stock, { latitude: 37.2, longitude: 37 }, 'TUR', NOW).short).toEqual([]);
  });
});
