import { describe, expect, it } from 'vitest';
import { Lane, type StockLine } from '../../functions/domain/stock.ts';
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

describe('the ways out of a warehouse', () => {
  const lanes = (text: string) => bringIn(file({ ...tents, lanes: text }));

  it('are written as one would say them', () => {
    const { lines, faults } = lanes(
      'air-sgp: Scheduled air to sgp, direct; leaves within 18 h; takes 11.5 h; up to 20000 kg; 310 per kg; fixed 5000' +
        ' | ship: sea; 35 km/h + 36 h; leaves within 100 h',
    );
    expect(faults).toEqual([]);
    expect(lines[0]?.warehouse.lanes).toEqual([
      {
        laneId: 'air-sgp',
        mode: 'scheduled air',
        destinationCountry: 'SGP',
        direct: true,
        leadHours: 18,
        transit: { hours: 11.5 },
        capacityKg: 20000,
        costPerKg: 310,
        fixedCost: 5000,
      },
      {
        laneId: 'ship',
        mode: 'sea',
        destinationCountry: null,
        direct: false,
        leadHours: 100,
        transit: { kmPerHour: 35, groundHours: 36 },
        capacityKg: null,
        costPerKg: 0,
        fixedCost: 0,
      },
    ]);
    for (const lane of lines[0]?.warehouse.lanes ?? []) expect(Lane.parse(lane)).toEqual(lane);
  });

  it.each([
    ['a: rocket', '`a: rocket` is not the beginning of a lane'],
    ['sea; leaves within 1 h; takes 2 h', '`sea` is not the beginning of a lane'],
    ['a: sea; takes 2 h', 'lane `a` does not say when it leaves'],
    ['a: sea; leaves within 1 h', 'lane `a` does not say how long it takes'],
    ['a: sea; leaves within 1 h; takes 2 h; 30 km/h + 2 h', 'either hours or a speed, not both'],
    ['a: sea; leaves within 1 h; takes 2 h; takes 3 h', 'says this twice'],
    ['a: sea; leaves within 1 h; takes 2 h; cheap', '`cheap` says nothing of a lane'],
    ['a: sea; leaves within 1 h; takes 2 h; up to 0 kg', '`0` is not a number from 0.001'],
    ['a: sea to UAE; leaves within 1 h; takes 2 h', '`UAE` of lane `a` is not a country'],
    ['a: sea; leaves within 1 h; takes 2 h; 1.5 per kg', '`1.5` is not a whole number'],
    [
      'a: sea; leaves within 1 h; takes 2 h | a: road; leaves within 1 h; takes 2 h',
      'lane `a` is there twice',
    ],
  ])('are refused as %j', (text, reason) => {
    const { faults, accepted } = lanes(text);
    expect(accepted).toBe(0);
    expect(faults).toEqual([expect.stringContaining('2 lanes: ')]);
    expect(faults[0]).toContain(reason);
  });

  it('stay as they are under a file without the column, and end with a blank cell', () => {
    const own: Lane[] = [
      ...(lanes('ship: sea; leaves within 1 h; takes 2 h').lines[0]?.warehouse.lanes ?? []),
    ];
    const before = { ...line, palletUnits: 10, warehouse: { ...line.warehouse, lanes: own } };
    expect(bringIn(file(tents), [before]).lines).toEqual([]);
    const [changed] = bringIn(file({ ...tents, lanes: '', palletUnits: '' }), [before]).lines;
    expect(changed?.warehouse).toEqual(line.warehouse);
    expect(changed).not.toHaveProperty('palletUnits');
  });

  it('leave with pallets of so many units', () => {
    const { lines } = bringIn(file({ ...tents, palletUnits: '10' }));
    expect(lines[0]?.palletUnits).toBe(10);
    // The table holds a 1 where nothing was said.
    expect(bringIn(file(tents), [{ ...line, palletUnits: 1 }]).lines).toEqual([]);
    expect(bringIn(file({ ...tents, palletUnits: '0' })).faults).toEqual([
      '2 palletUnits: `0` is not a whole number from 1 to 1000000',
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
