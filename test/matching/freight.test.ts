import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GoodsNeed } from '../../functions/domain/need.ts';
import type { StockLine } from '../../functions/domain/stock.ts';
import { pickGoods } from '../../functions/matching/freight.ts';
import { hours, now } from './instances.ts';

const warehouses = {
  dubai: {
    name: 'Dubai',
    country: 'ARE',
    position: { latitude: 25.25, longitude: 55.36 },
    staysInCountry: false,
    handlingHours: 12,
    flightEveryHours: 6,
  },
  accra: {
    name: 'Accra',
    country: 'GHA',
    position: { latitude: 5.6, longitude: -0.17 },
    staysInCountry: false,
    handlingHours: 12,
    flightEveryHours: 72,
  },
  majuro: {
    name: 'Majuro',
    country: 'MHL',
    position: { latitude: 7.09, longitude: 171.38 },
    staysInCountry: true,
    handlingHours: 6,
    flightEveryHours: 24,
  },
};

const stockOf = (
  warehouseId: keyof typeof warehouses,
  available: number,
  changes: Partial<StockLine> = {},
): StockLine => ({
  warehouseId,
  item: 'tent',
  warehouse: warehouses[warehouseId],
  unit: 'piece',
  available,
  unitWeightKg: 40,
  expiresAt: null,
  reservations: {},
  ...changes,
});
const tents = (quantity: number): GoodsNeed => ({ item: 'tent', quantity, ruleId: 'R', deadlineHours: 72 });
const tamale = { latitude: 9.4, longitude: -0.84 };
const bukoba = { latitude: -1.33, longitude: 31.81 };

describe('where goods come from', () => {
  it('is where they arrive from first, and the nearer warehouse is named that loses', () => {
    const { picks, short } = pickGoods(
      [tents(100)],
      [stockOf('accra', 500), stockOf('dubai', 500)],
      tamale,
      'GHA',
      now,
    );
    expect(short).toEqual([]);
    expect(picks).toMatchObject([{ item: 'tent', warehouseId: 'dubai', quantity: 100 }]);
    expect(picks[0]!.reason).toMatch(
      /^Dubai delivers first .*; Accra is nearer \(429 km\) but arrives \d+ h later$/,
    );
  });

  it('counts handling, the whole wait for a flight, the way and the ground', () => {
    const here = warehouses.dubai.position;
    const { picks } = pickGoods([tents(1)], [stockOf('dubai', 1)], here, 'ARE', now);
    expect(picks[0]!.arrivesAt).toBe(hours(12 + 6 + 4));
  });

  it('is split when one warehouse has too little', () => {
    const { picks } = pickGoods(
      [tents(100)],
      [stockOf('accra', 500), stockOf('dubai', 30)],
      bukoba,
      'TZA',
      now,
    );
    expect(picks.map(({ warehouseId, quantity }) => [warehouseId, quantity])).toEqual([
      ['dubai', 30],
      ['accra', 70],
    ]);
    expect(picks[0]!.reason).toContain('all 30 that it has');
  });

  it('is a stock that stays in its country only for that country', () => {
    const stock = [stockOf('majuro', 50)];
    expect(pickGoods([tents(20)], stock, warehouses.majuro.position, 'MHL', now).picks).toHaveLength(1);
    expect(pickGoods([tents(20)], stock, bukoba, 'TZA', now)).toEqual({
      picks: [],
      short: [{ item: 'tent', missing: 20, reason: 'None of 20 found: 50 in Majuro stay in MHL.' }],
    });
    expect(pickGoods([tents(20)], stock, bukoba, null, now).picks).toEqual([]);
  });

  it('is no stock that expires on the way', () => {
    const arrival = pickGoods([tents(1)], [stockOf('dubai', 1)], bukoba, 'TZA', now).picks[0]!.arrivesAt;
    const expiring = (at: string) =>
      pickGoods([tents(9)], [stockOf('dubai', 9, { expiresAt: at })], bukoba, 'TZA', now);
    expect(expiring(arrival).short[0]!.reason).toBe('None of 9 found: 9 in Dubai expire before they arrive.');
    expect(expiring(new Date(Date.parse(arrival) + 1).toISOString()).picks).toHaveLength(1);
  });

  it('takes two lines of one item from the same stock only once', () => {
    const { picks, short } = pickGoods([tents(30), tents(30)], [stockOf('dubai', 50)], bukoba, 'TZA', now);
    expect(picks.map(({ quantity }) => quantity)).toEqual([50]);
    expect(short).toEqual([{ item: 'tent', missing: 10, reason: '50 of 60 found.' }]);
  });

  it('never takes more than there is, never less than it could, and the earliest first', () => {
    const stocks = fc.array(
      fc.record({
        warehouseId: fc.constantFrom('dubai', 'accra', 'majuro'),
        available: fc.integer({ min: 0, max: 60 }),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(stocks, fc.integer({ min: 1, max: 120 }), (given, quantity) => {
        const stock = [...new Map(given.map(each => [each.warehouseId, each])).values()].map(each =>
          stockOf(each.warehouseId as keyof typeof warehouses, each.available),
        );
        const { picks, short } = pickGoods([tents(quantity)], stock, bukoba, 'TZA', now);
        const usable = stock.filter(({ warehouse }) => !warehouse.staysInCountry);
        const total = usable.reduce((sum, line) => sum + line.available, 0);
        const taken = picks.reduce((sum, pick) => sum + pick.quantity, 0);
        expect(taken).toBe(Math.min(total, quantity));
        expect(short.reduce((sum, each) => sum + each.missing, 0)).toBe(quantity - taken);
        for (const pick of picks) {
          const line = stock.find(({ warehouseId }) => warehouseId === pick.warehouseId)!;
          expect(pick.quantity).toBeLessThanOrEqual(line.available);
        }
        const times = picks.map(({ arrivesAt }) => arrivesAt);
        expect(times).toEqual(times.toSorted());
      }),
    );
  });
});
