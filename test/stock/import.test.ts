import { describe, expect, it } from 'vitest';
import type { StockLine } from '../../functions/domain/stock.ts';
import { planStockImport, readStockFile, stockColumns } from '../../functions/stock/import.ts';

const rules = { isCountry: (code: string) => ['ARE', 'SGP'].includes(code), timeZone: 'Asia/Tokyo' };

type Cells = Partial<Record<string, string>>;

const tents: Cells = {
  warehouseId: 'dubai',
  item: 'tent',
  quantity: '500',
  unit: 'tent',
  unitWeightKg: '41.5',
  warehouseName: 'Dubai',
  country: 'ARE',
  latitude: '25.25',
  longitude: '55.37',
  staysInCountry: 'no',
  handlingHours: '12',
  flightEveryHours: '6',
};

const line: StockLine = {
  warehouseId: 'dubai',
  item: 'tent',
  warehouse: {
    name: 'Dubai',
    country: 'ARE',
    position: { latitude: 25.25, longitude: 55.37 },
    staysInCountry: false,
    handlingHours: 12,
    flightEveryHours: 6,
  },
  unit: 'tent',
  available: 500,
  unitWeightKg: 41.5,
  expiresAt: null,
  reservations: {},
};

/** A file of these rows; columns that nobody names are left out. */
const file = (...rows: Cells[]) => {
  const known: string[] = [...stockColumns.required, ...stockColumns.optional];
  const used = known.filter(column => rows.some(row => column in row));
  return [used.join(','), ...rows.map(row => used.map(column => `"${row[column] ?? ''}"`).join(','))].join(
    '\n',
  );
};

const bringIn = (text: string, onRecord: StockLine[] = []) => {
  const { rows, faults } = readStockFile(text, rules);
  const plan = planStockImport(rows, onRecord);
  const all = [...faults, ...plan.faults].map(fault => `${fault.line} ${fault.column}: ${fault.reason}`);
  return { accepted: plan.accepted, lines: plan.lines, faults: all };
};

const { available: _available, reservations: _reservations, ...counted } = line;

describe('a row of stock', () => {
  it('becomes a counted line with its warehouse, which later rows need not repeat', () => {
    const blankets = {
      warehouseId: 'DUBAI',
      item: 'blanket',
      quantity: '9000',
      unit: 'blanket',
      unitWeightKg: '1,6',
    };
    const { lines, faults } = bringIn(file({ ...tents, expiresAt: '2028-03-31' }, blankets));
    expect(faults).toEqual([]);
    expect(lines).toEqual([
      { ...counted, onShelf: 500, expiresAt: '2028-03-31T15:00:00.000Z', line: 2 },
      { ...counted, item: 'blanket', unit: 'blanket', unitWeightKg: 1.6, onShelf: 9000, line: 3 },
    ]);
  });

  it.each<[Cells, string]>([
    [{ quantity: '12.5' }, 'quantity: `12.5` is not a whole number from 0 to 100000000'],
    [{ quantity: '' }, 'quantity: the quantity is missing'],
    [{ quantity: '-1' }, 'quantity: `-1` is not a whole number from 0 to 100000000'],
    [{ item: 'big tent' }, 'item: `big tent` is not a code (up to 40 letters, digits and hyphens)'],
    [{ country: 'UAE' }, 'country: `UAE` is not a country (three letters, as in ARE)'],
    [{ staysInCountry: 'maybe' }, 'staysInCountry: `maybe` is not one of yes, no'],
    [{ flightEveryHours: '0' }, 'flightEveryHours: `0` is not a number from 0.1 to 10000'],
    [{ expiresAt: '2028-31-03' }, 'expiresAt: `2028-31-03` is not a date (2026-03-31 is)'],
    [
      { warehouseId: 'koror', warehouseName: '' },
      'warehouseName: `koror` is not on record: its first row needs the columns of the warehouse',
    ],
  ])('is left out with line, column and reason: %j', (change, fault) => {
    const good = { ...tents, item: 'blanket' };
    const { lines, faults } = bringIn(file(good, { ...tents, ...change }));
    expect(faults).toEqual([`3 ${fault}`]);
    expect(lines.map(({ item }) => item)).toEqual(['blanket']);
  });

  it('is kept once, and a warehouse is one thing', () => {
    const { faults, accepted } = bringIn(
      file(tents, tents, { ...tents, item: 'blanket', handlingHours: '20' }, { ...tents, item: 'jerry-can' }),
    );
    expect(accepted).toBe(2);
    expect(faults).toEqual([
      '3 item: `tent` of `dubai` is there before, in line 2',
      '4 warehouseName: line 2 says something else of `dubai`',
    ]);
  });
});

describe('a count over the stock on record', () => {
  it('changes nothing when nothing has changed, also while goods are promised', () => {
    const promised = { ...line, available: 380, reservations: { 'D-1': 120 } };
    expect(bringIn(file(tents), [promised])).toEqual({ accepted: 1, lines: [], faults: [] });
  });

  it('is refused below what is promised', () => {
    const promised = { ...line, available: 380, reservations: { 'D-1': 100, 'D-2': 20 } };
    expect(bringIn(file({ ...tents, quantity: '119' }), [promised])).toEqual({
      accepted: 0,
      lines: [],
      faults: ['2 quantity: 119 counted, but 120 are promised to deployments'],
    });
  });

  it('keeps what the file has no column for and needs no warehouse that is known', () => {
    const before = { ...line, expiresAt: '2028-01-01T00:00:00.000Z' };
    const { warehouseName: _name, ...short } = tents;
    const { lines } = bringIn(file({ ...short, quantity: '510' }), [before]);
    expect(lines).toEqual([{ ...counted, expiresAt: before.expiresAt, onShelf: 510, line: 2 }]);
  });

  it('writes a changed warehouse to all its lines', () => {
    const blankets = { ...line, item: 'blanket', available: 10, reservations: { 'D-1': 5 } };
    const { lines, accepted } = bringIn(file({ ...tents, handlingHours: '8' }), [line, blankets]);
    expect(accepted).toBe(1);
    expect(lines.map(each => [each.item, each.onShelf, each.warehouse.handlingHours])).toEqual([
      ['tent', 500, 8],
      ['blanket', 15, 8],
    ]);
  });
});
