import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StockLine } from '../../functions/domain/stock.ts';
import { createStockStore } from '../../functions/store/stock.ts';
import { openTables, TABLES } from '../support/tables.ts';

const NOW = '2023-02-06T02:00:00.000Z';

let opened: Awaited<ReturnType<typeof openTables>>;
let stock: ReturnType<typeof createStockStore>;
let made = 0;

const aLine = (change: Partial<StockLine> = {}): StockLine => ({
  warehouseId: 'dubai',
  item: 'tent',
  warehouse: {
    name: 'Dubai',
    country: 'ARE',
    position: { latitude: 25.2, longitude: 55.3 },
    staysInCountry: false,
    handlingHours: 12,
    flightEveryHours: 6,
  },
  unit: 'tent',
  available: 500,
  unitWeightKg: 40,
  expiresAt: null,
  reservations: {},
  ...change,
});

/** A line of its own for each test, filled in. */
const someGoods = async (change: Partial<StockLine> = {}): Promise<string> => {
  const item = `item-${++made}`;
  await stock.fill([aLine({ item, ...change })]);
  return item;
};

const state = async (item: string) => {
  const line = await stock.get('dubai', item);
  return line && { available: line.available, reservations: line.reservations };
};

beforeAll(async () => {
  opened = await openTables();
  stock = createStockStore(opened.tables, TABLES.stock);
});
afterAll(() => opened.close());

describe('reserving goods', () => {
  it('takes nothing twice when repeated', async () => {
    const item = await someGoods();
    expect(await stock.reserve('dubai', item, 'D-1', 120, NOW)).toBe(true);
    expect(await stock.reserve('dubai', item, 'D-1', 120, NOW)).toBe(true);
    expect(await state(item)).toEqual({ available: 380, reservations: { 'D-1': 120 } });
  });

  it('refuses more than is free and leaves all as it was', async () => {
    const item = await someGoods({ available: 380, reservations: { 'D-1': 120 } });
    expect(await stock.reserve('dubai', item, 'D-2', 500, NOW)).toBe(false);
    expect(await stock.reserve('dubai', item, 'D-1', 501, NOW)).toBe(false);
    expect(await state(item)).toEqual({ available: 380, reservations: { 'D-1': 120 } });
  });

  it('takes or returns only the difference when the need has changed', async () => {
    const item = await someGoods();
    await stock.reserve('dubai', item, 'D-1', 120, NOW);
    expect(await stock.reserve('dubai', item, 'D-1', 500, NOW)).toBe(true);
    expect(await state(item)).toEqual({ available: 0, reservations: { 'D-1': 500 } });
    expect(await stock.reserve('dubai', item, 'D-1', 100, NOW)).toBe(true);
    expect(await state(item)).toEqual({ available: 400, reservations: { 'D-1': 100 } });
  });

  it('knows nothing of a line that is not there', async () => {
    expect(await stock.reserve('dubai', 'unicorn', 'D-1', 1, NOW)).toBe(false);
    expect(await stock.get('dubai', 'unicorn')).toBeNull();
    expect(await stock.release('dubai', 'unicorn', 'D-1')).toBe(0);
  });

  it.each([
    ['expired a moment ago', '2023-02-06T01:59:59.999Z', false],
    ['expires later', '2023-02-06T02:00:00.001Z', true],
  ])('goods that %s: %s', async (_what, expiresAt, taken) => {
    const item = await someGoods({ expiresAt });
    expect(await stock.reserve('dubai', item, 'D-1', 1, NOW)).toBe(taken);
  });

  it.each([0, -3, 1.5, Number.NaN])('refuses %s units', async quantity => {
    await expect(stock.reserve('dubai', 'tent', 'D-1', quantity, NOW)).rejects.toThrow(RangeError);
  });

  it('gives back exactly once, also when two steps release at the same time', async () => {
    const item = await someGoods();
    await stock.reserve('dubai', item, 'D-1', 120, NOW);
    const back = await Promise.all(Array.from({ length: 6 }, () => stock.release('dubai', item, 'D-1')));
    expect(back.filter(units => units > 0)).toEqual([120]);
    expect(await state(item)).toEqual({ available: 500, reservations: {} });
  });

  it('does not bring back what has left', async () => {
    const item = await someGoods();
    await stock.reserve('dubai', item, 'D-1', 120, NOW);
    expect(await stock.issue('dubai', item, 'D-1')).toBe(120);
    expect(await stock.issue('dubai', item, 'D-1')).toBe(0);
    expect(await stock.release('dubai', item, 'D-1')).toBe(0);
    expect(await state(item)).toEqual({ available: 380, reservations: {} });
  });

  it('never promises more than there is while deployments race, and loses nothing', async () => {
    const step = fc.record({
      what: fc.constantFrom('reserve', 'reserve', 'release'),
      deployment: fc.nat(4),
      quantity: fc.integer({ min: 1, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 100 }),
        fc.array(step, { minLength: 2, maxLength: 30 }),
        async (available, steps) => {
          const item = await someGoods({ available });
          await Promise.all(
            steps.map(({ what, deployment, quantity }) =>
              what === 'reserve'
                ? stock.reserve('dubai', item, `D-${deployment}`, quantity, NOW)
                : stock.release('dubai', item, `D-${deployment}`),
            ),
          );
          const line = (await stock.get('dubai', item))!;
          const reserved = Object.values(line.reservations).reduce((sum, units) => sum + units, 0);
          expect(line.available + reserved).toBe(available);
          for (let deployment = 0; deployment < 5; deployment++)
            await stock.release('dubai', item, `D-${deployment}`);
          expect(await state(item)).toEqual({ available, reservations: {} });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('serves as many of the deployments that race for the same units as there are units for', async () => {
    const item = await someGoods({ available: 100 });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => stock.reserve('dubai', item, `D-${index}`, 30, NOW)),
    );
    expect(answers.filter(Boolean)).toHaveLength(3);
    expect((await state(item))?.available).toBe(10);
  });
});

describe('counting stock', () => {
  const counted = (item: string, onShelf: number) => {
    const { available: _available, reservations: _reservations, ...fields } = aLine({ item });
    return { ...fields, onShelf };
  };

  it('writes a line that was not there and keeps what is reserved of one that was', async () => {
    expect(await stock.count(counted('new-line', 40))).toBe(true);
    expect(await state('new-line')).toEqual({ available: 40, reservations: {} });
    await stock.reserve('dubai', 'new-line', 'D-1', 15, NOW);
    expect(await stock.count(counted('new-line', 60))).toBe(true);
    expect(await state('new-line')).toEqual({ available: 45, reservations: { 'D-1': 15 } });
  });

  it('refuses a count below what is promised', async () => {
    const item = await someGoods({ available: 10, reservations: { 'D-1': 120 } });
    expect(await stock.countMany([counted(item, 119), counted('fresh', 5)])).toEqual([counted(item, 119)]);
    expect(await state(item)).toEqual({ available: 10, reservations: { 'D-1': 120 } });
  });

  it('loses no reservation that is made while the line is counted', async () => {
    const item = await someGoods({ available: 1000 });
    await Promise.all([
      ...Array.from({ length: 12 }, (_, index) => stock.reserve('dubai', item, `D-${index}`, 10, NOW)),
      stock.count(counted(item, 800)),
    ]);
    const line = (await state(item))!;
    expect(Object.keys(line.reservations)).toHaveLength(12);
    expect(line.available).toBe(680);
  });
});
