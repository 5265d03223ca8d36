import type { Instant } from '../../../functions/domain/primitives.ts';
import type { StockLine } from '../../../functions/domain/stock.ts';
import { DAY, plus } from '../../../functions/domain/time.ts';
import { chanceOf } from './chance.ts';

type Warehouse = StockLine['warehouse'];

/**
 * The six warehouses of today (jica.go.jp/jdr/about/supply.html); Majuro's and Koror's stock is not meant to leave the
 * country. Handling and flights are unconfirmed and set so that the choice that is on record comes out: Tanzania 2016 was
 * served from Dubai and not from nearer Accra, because Dubai had more direct flights (lnews.jp/2016/10/i100508).
 * `size`: how much lies there, Singapore being 1.
 */
const warehouses: readonly { warehouseId: string; size: number; warehouse: Warehouse }[] = [
  { warehouseId: 'singapore', size: 1, warehouse: place('Singapore', 'SGP', 1.352, 103.82, false, 12, 8) },
  { warehouseId: 'miami', size: 0.6, warehouse: place('Miami', 'USA', 25.795, -80.287, false, 14, 12) },
  { warehouseId: 'dubai', size: 1.2, warehouse: place('Dubai', 'ARE', 25.253, 55.366, false, 12, 6) },
  { warehouseId: 'accra', size: 0.5, warehouse: place('Accra', 'GHA', 5.605, -0.167, false, 18, 36) },
  { warehouseId: 'majuro', size: 0.05, warehouse: place('Majuro', 'MHL', 7.065, 171.272, true, 6, 48) },
  { warehouseId: 'koror', size: 0.05, warehouse: place('Koror', 'PLW', 7.368, 134.544, true, 6, 48) },
];

/** The six items of today with what one weighs (unconfirmed) and how many lie in Singapore. */
const items: readonly {
  item: string;
  unit: string;
  unitWeightKg: number;
  quantity: number;
  keepsYears?: number;
}[] = [
  { item: 'tent', unit: 'tent', unitWeightKg: 41, quantity: 700 },
  { item: 'sleeping-pad', unit: 'pad', unitWeightKg: 1.4, quantity: 4000 },
  { item: 'plastic-sheet', unit: 'sheet', unitWeightKg: 4.4, quantity: 2200 },
  { item: 'blanket', unit: 'blanket', unitWeightKg: 1.6, quantity: 9000 },
  { item: 'jerry-can', unit: 'can', unitWeightKg: 0.4, quantity: 5000 },
  { item: 'water-purifier', unit: 'unit', unitWeightKg: 38, quantity: 48, keepsYears: 4 },
];

/** The demonstration stock as it stands at a moment; quantities vary by the seed within an eighth. */
export const generateStock = (seed: number, now: Instant): StockLine[] => {
  const today = `${now.slice(0, 10)}T00:00:00.000Z`;
  return warehouses.flatMap(({ warehouseId, size, warehouse }) =>
    items.map(({ item, unit, unitWeightKg, quantity, keepsYears }) => {
      const chance = chanceOf(seed, 'stock', warehouseId, item);
      const expected = quantity * size;
      const step = expected >= 200 ? 10 : 1;
      const available = step * Math.round((expected * chance.whole(875, 1125)) / 1000 / step);
      const expiresAt = keepsYears ? plus(today, chance.whole(60, keepsYears * 365) * DAY) : null;
      return { warehouseId, item, warehouse, unit, available, unitWeightKg, expiresAt, reservations: {} };
    }),
  );
};

function place(
  name: string,
  country: string,
  latitude: number,
  longitude: number,
  staysInCountry: boolean,
  handlingHours: number,
  flightEveryHours: number,
): Warehouse {
  return {
    name,
    country,
    position: { latitude, longitude },
    staysInCountry,
    handlingHours,
    flightEveryHours,
  };
}
