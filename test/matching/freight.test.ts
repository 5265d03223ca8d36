import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lane } from '../../functions/domain/stock.ts';
import { checkGoodsPlan, planGoods } from '../../functions/matching/freight/plan.ts';
import { GoodsProblem } from '../../functions/matching/freight/problem.ts';

const now = '2026-03-02T00:00:00.000Z';
const hours = (count: number) => new Date(Date.parse(now) + count * 3_600_000).toISOString();

const warehouses = {
  dubai: {
    name: 'Dubai',
    country: 'ARE',
    position: { latitude: 25.25, longitude: 55.36 },
    handlingHours: 12,
    flightEveryHours: 6,
  },
  accra: {
    name: 'Accra',
    country: 'GHA',
    position: { latitude: 5.6, longitude: -0.17 },
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
type Place = keyof typeof warehouses;
const bukoba = { latitude: -1.33, longitude: 31.81 };

type Input = {
  need?: number | Record<string, number>;
  stock: [place: Place, available: number, more?: object][];
  lanes?: Partial<Record<Place, (Partial<Lane> & { laneId: string })[]>>;
  more?: object;
};

const aLane = (lane: Partial<Lane> & { laneId: string }) => ({
  mode: 'scheduled air',
  leadHours: 10,
  transit: { hours: 10 },
  ...lane,
});

/** Tents of 40 kg, for Bukoba in Tanzania unless it is said otherwise. */
const problemOf = ({ need = 100, stock, lanes = {}, more = {} }: Input): GoodsProblem =>
  GoodsProblem.parse({
    now,
    destination: bukoba,
    country: 'TZA',
    needs: Object.entries(typeof need === 'number' ? { tent: need } : need).map(([item, quantity]) => ({
      item,
      quantity,
    })),
    warehouses: Object.entries(warehouses).map(([warehouseId, warehouse]) => ({
      warehouseId,
      ...warehouse,
      lanes: (lanes[warehouseId as Place] ?? []).map(aLane),
    })),
    stock: stock.map(([warehouseId, available, change]) => ({
      warehouseId,
      item: 'tent',
      available,
      unitWeightKg: 40,
      ...change,
    })),
    ...more,
  });

/** The plan of a problem, checked without the solver, as [warehouse, lane, quantity] and in whole. */
const planOf = async (input: Input) => {
  const problem = problemOf(input);
  const plan = await planGoods(problem);
  expect(checkGoodsPlan(problem, plan)).toEqual([]);
  expect(plan.trouble).toBeNull();
  const value = (goal: string, item: string | null = null) =>
    plan.stages.find(stage => stage.goal === goal && stage.item === item);
  return { ...plan, value, loads: plan.lines.map(line => [line.warehouseId, line.laneId, line.quantity]) };
};

describe('without lanes, goods', () => {
  it('come from where they arrive first, and the nearer warehouse is named that loses', async () => {
    const { lines, short, stages } = await planOf({
      stock: [
        ['accra', 500],
        ['dubai', 500],
      ],
    });
    expect(short).toEqual([]);
    expect(lines).toMatchObject([{ item: 'tent', warehouseId: 'dubai', quantity: 100, pallets: 0, cost: 0 }]);
    expect(lines[0]!.reason.en).toBe(
      'Dubai delivers first of those left: 27 h for 3894 km, by its next flight; ' +
        'Accra is nearer (3634 km) but arrives 66 h later',
    );
    expect(lines[0]!.reason.ja).toContain('Accraは近い');
    expect(stages.map(({ gap }) => gap)).toEqual(stages.map(() => 0));
  });

  it('take handling, the whole wait for a flight, the way and the ground', async () => {
    const { lines } = await planOf({
      stock: [['dubai', 100]],
      more: { destination: warehouses.dubai.position, country: 'ARE' },
    });
    expect(lines[0]!.arrivesAt).toBe(hours(12 + 6 + 4));
  });

  it('are split when one warehouse has too little', async () => {
    const { loads, lines } = await planOf({
      stock: [
        ['accra', 500],
        ['dubai', 30],
      ],
    });
    expect(loads).toEqual([
      ['dubai', 'flight', 30],
      ['accra', 'flight', 70],
    ]);
    expect(lines[0]!.reason.en).toContain('all 30 that it has; the rest comes from elsewhere');
  });

  it('stay in their country where they belong to it', async () => {
    const stock: Input['stock'] = [['majuro', 50]];
    const there = { destination: warehouses.majuro.position, country: 'MHL' };
    expect((await planOf({ need: 20, stock, more: there })).loads).toEqual([['majuro', 'flight', 20]]);
    for (const country of ['TZA', null])
      expect((await planOf({ need: 20, stock, more: { country } })).short).toMatchObject([
        { item: 'tent', missing: 20, reason: { en: 'None of 20 found: 50 in Majuro stay in MHL.' } },
      ]);
  });

  it('are none that expire on the way, to the minute', async () => {
    const { lines } = await planOf({ need: 9, stock: [['dubai', 9]] });
    const { arrivesAt } = lines[0]!;
    const expiring = (expiresAt: string) => planOf({ need: 9, stock: [['dubai', 9, { expiresAt }]] });
    expect((await expiring(arrivesAt)).short[0]!.reason).toEqual({
      en: 'None of 9 found: 9 in Dubai expire before they arrive.',
      ja: '9のうち見つかったものはない：Dubaiの9は到着前に期限が切れる。',
    });
    const later = new Date(Date.parse(arrivesAt) + 1).toISOString();
    expect((await expiring(later)).lines).toHaveLength(1);
    expect((await expiring(now)).short[0]!.reason.en).toContain('9 in Dubai have expired');
  });

  it('are counted once for two needs of one item', async () => {
    const needs = [
      { item: 'tent', quantity: 30 },
      { item: 'tent', quantity: 30 },
    ];
    const { loads, short } = await planOf({ stock: [['dubai', 50]], more: { needs } });
    expect(loads).toEqual([['dubai', 'flight', 50]]);
    expect(short).toMatchObject([{ missing: 10, reason: { en: '50 of 60 found.' } }]);
  });

  it('are nowhere where nothing lies', async () => {
    const { lines, short } = await planOf({ need: { tent: 5, kite: 2 }, stock: [['dubai', 0]] });
    expect(lines).toEqual([]);
    expect(short.map(({ item, missing }) => [item, missing])).toEqual([
      ['kite', 2],
      ['tent', 5],
    ]);
  });
});

describe('lanes', () => {
  it('are taken to the country they lead to, and only there', async () => {
    const lanes = {
      dubai: [
        { laneId: 'kenya', destinationCountry: 'KEN', leadHours: 1 },
        { laneId: 'tanzania', destinationCountry: 'TZA', direct: true, leadHours: 20 },
        { laneId: 'anywhere', leadHours: 30 },
      ],
    };
    const stock: Input['stock'] = [['dubai', 500]];
    expect((await planOf({ stock, lanes })).loads).toEqual([['dubai', 'tanzania', 100]]);
    expect((await planOf({ stock, lanes, more: { country: null } })).loads).toEqual([
      ['dubai', 'anywhere', 100],
    ]);
    const only = { dubai: lanes.dubai.slice(0, 1) };
    expect((await planOf({ stock, lanes: only })).short[0]!.reason.en).toBe(
      'None of 100 found: no lane leads there for 500 in Dubai.',
    );
  });

  it('carry what they carry and no more, beside what is booked', async () => {
    const lanes = {
      dubai: [
        { laneId: 'plane', capacityKg: 2000 },
        { laneId: 'ship', mode: 'sea' as const, leadHours: 200 },
      ],
    };
    const stock: Input['stock'] = [['dubai', 500]];
    const { loads, lines } = await planOf({ stock, lanes });
    expect(loads).toEqual([
      ['dubai', 'plane', 50],
      ['dubai', 'ship', 50],
    ]);
    expect(lines[0]!.reason.en).toContain('the lane carries no more: 2000 kg of 2000 kg are taken');
    const booked = [{ warehouseId: 'dubai', laneId: 'plane', kg: 1990 }];
    expect((await planOf({ stock, lanes, more: { booked } })).loads).toEqual([['dubai', 'ship', 100]]);
    const planeOnly = { dubai: lanes.dubai.slice(0, 1) };
    expect((await planOf({ stock, lanes: planeOnly })).short[0]!.reason.en).toBe(
      '50 of 100 found: 450 in Dubai find no more room on its lanes.',
    );
    expect((await planOf({ stock, lanes: planeOnly, more: { booked } })).short[0]!.reason.en).toBe(
      'None of 100 found: 500 in Dubai find no room on its lanes.',
    );
  });

  it('go by the hours of their timetable, or by their speed and the way', async () => {
    const lanes = {
      dubai: [{ laneId: 'truck', mode: 'road' as const, transit: { kmPerHour: 100, groundHours: 2 } }],
    };
    const more = { destination: { latitude: 25.25, longitude: 56.36 }, country: 'ARE' };
    const { lines } = await planOf({ stock: [['dubai', 100]], lanes, more });
    // 10 h until it leaves, 101 km at 100 km/h, 2 h on the ground.
    expect(Date.parse(lines[0]!.arrivesAt)).toBeGreaterThan(Date.parse(hours(13)));
    expect(Date.parse(lines[0]!.arrivesAt)).toBeLessThan(Date.parse(hours(13.1)));
  });

  it('cost the least that keeps the arrival: the fixed cost of one plane rather than of two', async () => {
    const plane = { capacityKg: 8000, costPerKg: 1, fixedCost: 1000 };
    const { loads, cost, value } = await planOf({
      stock: [
        ['dubai', 100],
        ['accra', 100],
      ],
      lanes: {
        dubai: [
          { laneId: 'a', ...plane, capacityKg: 3000 },
          { laneId: 'b', ...plane, costPerKg: 2 },
        ],
        accra: [{ laneId: 'c', ...plane, fixedCost: 7000 }],
      },
      need: 80,
    });
    expect(loads).toEqual([
      ['dubai', 'a', 75],
      ['dubai', 'b', 5],
    ]);
    expect(cost).toBe(2000 + 75 * 40 + 5 * 40 * 2);
    expect(value('cost')).toMatchObject({ value: 5400, bound: 5400 });
  });

  it('say why an earlier one is not taken', async () => {
    const { lines } = await planOf({
      stock: [
        ['dubai', 60],
        ['accra', 100],
      ],
      lanes: {
        dubai: [{ laneId: 'fast', fixedCost: 1000 }],
        accra: [{ laneId: 'slow', leadHours: 20 }],
      },
    });
    expect(lines).toMatchObject([{ warehouseId: 'accra', quantity: 100 }]);
    expect(lines[0]!.reason.en).toContain('Dubai by lane fast would be earlier, and costs more');
  });

  it('do not bring one item late because another one is', async () => {
    const slow = { laneId: 'ship', mode: 'sea' as const, leadHours: 300 };
    const { lines } = await planOf({
      need: { tent: 50, blanket: 50 },
      stock: [
        ['dubai', 50],
        ['accra', 50, { item: 'blanket' }],
      ],
      lanes: { dubai: [{ laneId: 'plane', costPerKg: 500 }, slow], accra: [slow] },
    });
    expect(lines.map(({ item, laneId }) => [item, laneId])).toEqual([
      ['blanket', 'ship'],
      ['tent', 'plane'],
    ]);
  });

  it('bring by the deadline what they can, though the last comes by sea', async () => {
    const { loads, value } = await planOf({
      stock: [['dubai', 500]],
      lanes: {
        dubai: [
          { laneId: 'plane', capacityKg: 2400, costPerKg: 500 },
          { laneId: 'ship', mode: 'sea' as const, leadHours: 300 },
        ],
      },
      more: { needs: [{ item: 'tent', quantity: 100, deadlineAt: hours(72) }] },
    });
    expect(loads).toEqual([
      ['dubai', 'plane', 60],
      ['dubai', 'ship', 40],
    ]);
    expect(value('units missing at the deadline')).toMatchObject({ value: 40, bound: 40 });
  });

  it('carry first what has priority', async () => {
    const { short } = await planOf({
      stock: [
        ['dubai', 100],
        ['dubai', 100, { item: 'purifier' }],
      ],
      lanes: { dubai: [{ laneId: 'plane', capacityKg: 4000 }] },
      more: {
        needs: [
          { item: 'tent', quantity: 100 },
          { item: 'purifier', quantity: 60, priority: 5 },
        ],
      },
    });
    expect(short.map(({ item, missing }) => [item, missing])).toEqual([['tent', 60]]);
  });
});

describe('pallets', () => {
  const palletsOf = (palletUnits: number) => ({ palletUnits });

  it('go whole, the last one too', async () => {
    const { lines, short } = await planOf({ need: 100, stock: [['dubai', 500, palletsOf(30)]] });
    expect(short).toEqual([]);
    expect(lines).toMatchObject([{ quantity: 120, pallets: 4 }]);
    expect(lines[0]!.reason.en).toContain('20 beyond the need, because a pallet of 30 is not broken');
  });

  it('are broken where no whole one is left, rather than leave the need unmet', async () => {
    const { lines, value } = await planOf({ need: 100, stock: [['dubai', 110, palletsOf(30)]] });
    expect(lines).toMatchObject([{ quantity: 100, pallets: 3 }]);
    expect(lines[0]!.reason.en).toContain('10 go loose');
    expect(value('loose loads')).toMatchObject({ value: 1, bound: 1 });
  });

  it('are not broken to be earlier or cheaper, nor for a deadline', async () => {
    const split = (deadlineAt: string | null) =>
      planOf({
        stock: [
          ['dubai', 105, palletsOf(30)],
          ['accra', 500, palletsOf(30)],
        ],
        lanes: {
          dubai: [{ laneId: 'a' }],
          accra: [{ laneId: 'b', leadHours: 15, costPerKg: 900 }],
        },
        more: { needs: [{ item: 'tent', quantity: 100, deadlineAt }] },
      });
    const whole = [
      ['dubai', 'a', 90],
      ['accra', 'b', 30],
    ];
    expect((await split(null)).loads).toEqual(whole);
    expect((await split(hours(26))).loads).toEqual(whole);
    const late = await split(hours(24));
    expect(late.loads).toEqual(whole);
    expect(late.value('units missing at the deadline')).toMatchObject({ value: 10 });
    expect(late.lines[1]!.reason.en).toContain('1 h after the deadline');
  });

  it('never take more than there is', async () => {
    const { loads, short } = await planOf({ need: 100, stock: [['dubai', 70, palletsOf(30)]] });
    expect(loads).toEqual([['dubai', 'flight', 70]]);
    expect(short).toMatchObject([{ missing: 30 }]);
  });
});

describe('a problem of goods', () => {
  const shape = {
    needs: [{ item: 'tent', quantity: 1 }],
    warehouses: [],
    stock: [],
    now,
    destination: bukoba,
  };
  const aWarehouse = { warehouseId: 'dubai', ...warehouses.dubai };
  const aShelf = { warehouseId: 'dubai', item: 'tent', available: 5, unitWeightKg: 40 };
  it.each([
    [
      'negative stock',
      { warehouses: [aWarehouse], stock: [{ ...aShelf, available: -1 }] },
      'less than nothing',
    ],
    [
      'an item twice on a shelf',
      { warehouses: [aWarehouse], stock: [aShelf, aShelf] },
      '"tent" of "dubai" is there twice',
    ],
    ['a warehouse twice', { warehouses: [aWarehouse, aWarehouse] }, '"dubai" is there twice'],
    ['a shelf of nobody', { stock: [aShelf] }, 'no warehouse is called "dubai"'],
    [
      'a lane without room',
      { warehouses: [{ ...aWarehouse, lanes: [aLane({ laneId: 'a', capacityKg: 0 })] }] },
      'carries nothing',
    ],
    [
      'a lane twice',
      { warehouses: [{ ...aWarehouse, lanes: [aLane({ laneId: 'a' }), aLane({ laneId: 'a' })] }] },
      '"a" is there twice',
    ],
    [
      'a deadline before now',
      { needs: [{ item: 'tent', quantity: 1, deadlineAt: now }] },
      'the deadline is not after now',
    ],
    ['a need of nothing', { needs: [{ item: 'tent', quantity: 0 }] }, 'a need of nothing'],
  ])('is refused with %s', (_what, change, reason) => {
    const { error } = GoodsProblem.safeParse({ ...shape, ...change });
    expect(error?.issues.map(({ message }) => message).join()).toContain(reason);
  });

  it('gives the same plan in whatever order its lists stand', async () => {
    const problem = problemOf({
      need: { tent: 90, blanket: 500 },
      stock: [
        ['dubai', 50],
        ['accra', 60],
        ['dubai', 400, { item: 'blanket', unitWeightKg: 1.5 }],
        ['accra', 300, { item: 'blanket', unitWeightKg: 1.5 }],
      ],
      lanes: {
        dubai: [
          { laneId: 'b', capacityKg: 1500 },
          { laneId: 'a', leadHours: 30 },
        ],
        accra: [{ laneId: 'a' }],
      },
    });
    const turned = {
      ...problem,
      needs: problem.needs.toReversed(),
      warehouses: problem.warehouses.toReversed().map(each => ({ ...each, lanes: each.lanes.toReversed() })),
      stock: problem.stock.toReversed(),
    };
    expect(await planGoods(turned)).toEqual(await planGoods(problem));
  });
});

describe('any plan', () => {
  const stocks = fc.array(
    fc.record({
      place: fc.constantFrom<Place>('dubai', 'accra', 'majuro'),
      available: fc.integer({ min: 0, max: 60 }),
      palletUnits: fc.constantFrom(1, 1, 8),
    }),
    { maxLength: 3 },
  );

  it('never takes more than there is, never less than it could, and the earliest first', async () => {
    await fc.assert(
      fc.asyncProperty(stocks, fc.integer({ min: 1, max: 120 }), async (given, need) => {
        const stock = [...new Map(given.map(each => [each.place, each])).values()];
        const { lines, short } = await planOf({
          need,
          stock: stock.map(({ place, available, palletUnits }) => [place, available, { palletUnits }]),
        });
        const usable = stock.filter(({ place }) => place !== 'majuro');
        const there = usable.reduce((sum, { available }) => sum + available, 0);
        const taken = lines.reduce((sum, { quantity }) => sum + quantity, 0);
        expect(taken).toBeGreaterThanOrEqual(Math.min(there, need));
        expect(taken).toBeLessThan(need + 8);
        expect(short.reduce((sum, { missing }) => sum + missing, 0)).toBe(Math.max(0, need - taken));
        const times = lines.map(({ arrivesAt }) => arrivesAt);
        expect(times).toEqual(times.toSorted());
      }),
      { numRuns: 25 },
    );
  });
});
