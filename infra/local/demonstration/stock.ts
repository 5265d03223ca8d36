import type { Instant } from '../../../functions/domain/primitives.ts';
import type { Lane, StockLine } from '../../../functions/domain/stock.ts';
import { DAY, plus } from '../../../functions/domain/time.ts';
import { chanceOf } from './chance.ts';

type Warehouse = StockLine['warehouse'];

/**
 * The six warehouses of today (jica.go.jp/jdr/about/supply.html); Majuro's and Koror's stock is not meant to leave the
 * country. Handling, lanes and costs are unconfirmed and set so that the choice that is on record comes out: Tanzania 2016
 * was served from Dubai and not from nearer Accra, because Dubai had more direct flights (lnews.jp/2016/10/i100508).
 * `size`: how much lies there, Singapore being 1. `direct`: where its scheduled flights go without a change.
 */
const warehouses: readonly { warehouseId: string; size: number; warehouse: Warehouse }[] = [
  {
    warehouseId: 'singapore',
    size: 1,
    warehouse: place(
      'Singapore',
      'SGP',
      1.352,
      103.82,
      12,
      8,
      'PHL IDN MMR THA VNM NPL BGD LKA PNG FJI AUS NZL',
    ),
  },
  {
    warehouseId: 'miami',
    size: 0.6,
    warehouse: place(
      'Miami',
      'USA',
      25.795,
      -80.287,
      14,
      12,
      'HTI DOM JAM BHS HND GTM NIC SLV COL ECU PER CHL',
    ),
  },
  {
    warehouseId: 'dubai',
    size: 1.2,
    warehouse: place(
      'Dubai',
      'ARE',
      25.253,
      55.366,
      12,
      6,
      'TZA KEN ETH UGA SDN MOZ MDG TUR LBN PAK AFG NPL IND LKA BGD PHL',
    ),
  },
  {
    warehouseId: 'accra',
    size: 0.5,
    warehouse: place('Accra', 'GHA', 5.605, -0.167, 18, 36, 'BFA CIV NGA LBR SLE SEN'),
  },
  { warehouseId: 'majuro', size: 0.05, warehouse: localPlace('Majuro', 'MHL', 7.065, 171.272) },
  { warehouseId: 'koror', size: 0.05, warehouse: localPlace('Koror', 'PLW', 7.368, 134.544) },
];

/** The six items of today with what one weighs, how many make a pallet (both unconfirmed), and how many lie in Singapore. */
const items: readonly {
  item: string;
  unit: string;
  unitWeightKg: number;
  palletUnits: number;
  quantity: number;
  keepsYears?: number;
}[] = [
  { item: 'tent', unit: 'tent', unitWeightKg: 41, palletUnits: 10, quantity: 700 },
  { item: 'sleeping-pad', unit: 'pad', unitWeightKg: 1.4, palletUnits: 200, quantity: 4000 },
  { item: 'plastic-sheet', unit: 'sheet', unitWeightKg: 4.4, palletUnits: 100, quantity: 2200 },
  { item: 'blanket', unit: 'blanket', unitWeightKg: 1.6, palletUnits: 250, quantity: 9000 },
  { item: 'jerry-can', unit: 'can', unitWeightKg: 0.4, palletUnits: 250, quantity: 5000 },
  { item: 'water-purifier', unit: 'unit', unitWeightKg: 38, palletUnits: 4, quantity: 48, keepsYears: 4 },
];

/** The demonstration stock as it stands at a moment; quantities vary by the seed within an eighth. */
export const generateStock = (seed: number, now: Instant): StockLine[] => {
  const today = `${now.slice(0, 10)}T00:00:00.000Z`;
  return warehouses.flatMap(({ warehouseId, size, warehouse }) =>
    items.map(({ item, unit, unitWeightKg, palletUnits, quantity, keepsYears }) => {
      const chance = chanceOf(seed, 'stock', warehouseId, item);
      const expected = quantity * size;
      const step = expected >= 200 ? 10 : 1;
      const available = step * Math.round((expected * chance.whole(875, 1125)) / 1000 / step);
      const expiresAt = keepsYears ? plus(today, chance.whole(60, keepsYears * 365) * DAY) : null;
      return {
        warehouseId,
        item,
        warehouse,
        unit,
        available,
        unitWeightKg,
        palletUnits,
        expiresAt,
        reservations: {},
      };
    }),
  );
};

/** A warehouse of the world: scheduled flights, direct to some countries, a charter and the sea to all. */
function place(
  name: string,
  country: string,
  latitude: number,
  longitude: number,
  handlingHours: number,
  flightEveryHours: number,
  direct: string,
): Warehouse {
  const byAir = { mode: 'scheduled air' as const, leadHours: handlingHours + flightEveryHours };
  const lanes: Lane[] = [
    ...direct.split(' ').map(destinationCountry => ({
      ...byAir,
      laneId: `air-${destinationCountry.toLowerCase()}`,
      destinationCountry,
      direct: true,
      transit: { kmPerHour: 800, groundHours: 4 },
      capacityKg: 25_000,
      costPerKg: 5,
      fixedCost: 500,
    })),
    {
      ...byAir,
      laneId: 'air',
      destinationCountry: null,
      direct: false,
      transit: { kmPerHour: 800, groundHours: 12 },
      capacityKg: 15_000,
      costPerKg: 6,
      fixedCost: 500,
    },
    {
      laneId: 'charter',
      mode: 'air charter',
      destinationCountry: null,
      direct: true,
      leadHours: handlingHours + 36,
      transit: { kmPerHour: 800, groundHours: 3 },
      capacityKg: 90_000,
      costPerKg: 1,
      fixedCost: 400_000,
    },
    {
      laneId: 'sea',
      mode: 'sea',
      destinationCountry: null,
      direct: false,
      leadHours: handlingHours + 96,
      transit: { kmPerHour: 30, groundHours: 96 },
      capacityKg: null,
      costPerKg: 1,
      fixedCost: 3_000,
    },
  ];
  return {
    name,
    country,
    position: { latitude, longitude },
    staysInCountry: false,
    handlingHours,
    flightEveryHours,
    lanes,
  };
}

/** A stock for its own islands, with the flight between them. */
function localPlace(name: string, country: string, latitude: number, longitude: number): Warehouse {
  const position = { latitude, longitude };
  return { name, country, position, staysInCountry: true, handlingHours: 6, flightEveryHours: 48 };
}
