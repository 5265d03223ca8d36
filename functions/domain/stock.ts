import * as z from 'zod';
import { CountryCode, Instant, Position, Wording } from './primitives.ts';

/** How goods travel. */
export const LaneMode = z.enum(['air charter', 'scheduled air', 'sea', 'road']);
export type LaneMode = z.infer<typeof LaneMode>;

/** Code of a warehouse, an item or a lane. */
const StockCode = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, 'a code is up to 40 small letters, digits and hyphens');

/** From the departure to the goods handed over at the destination: known hours, or a speed over the great circle. */
export const Transit = z.union([
  z.strictObject({ hours: z.number().nonnegative() }),
  z.strictObject({
    kmPerHour: z.number().positive('a lane that does not move never arrives'),
    groundHours: z.number().nonnegative(),
  }),
]);
export type Transit = z.infer<typeof Transit>;

/**
 * One way out of a warehouse: one departure of one carrier. A second aircraft, or the flight of the day after, is a lane
 * of its own with its own hours.
 */
export const Lane = z.object({
  laneId: StockCode,
  mode: LaneMode,
  /** Where it goes, ISO 3166 alpha-3; null: anywhere. */
  destinationCountry: CountryCode.nullable().default(null),
  /** Goes there without being loaded over on the way. */
  direct: z.boolean().default(false),
  /**
   * From the order to the departure: handling and the whole interval between two departures, since a promise to the
   * requesting state must hold on the worst day.
   */
  leadHours: z.number().nonnegative(),
  transit: Transit,
  /** What it carries for one deployment at most; null: more than there is. */
  capacityKg: z
    .number()
    .positive('a lane that carries nothing is no lane: leave it out, or null for no limit')
    .nullable()
    .default(null),
  /** Points for a kilogram, and once for the lane if anything goes by it. Whole; a desk says what a point is worth. */
  costPerKg: z.number().int().nonnegative().max(1_000_000).default(0),
  fixedCost: z.number().int().nonnegative().max(1_000_000_000).default(0),
});
export type Lane = z.infer<typeof Lane>;

/** Goods of one item in one warehouse. The reservations stand in the same item as the quantity, so one conditional write does both. */
export const StockLine = z.object({
  warehouseId: StockCode,
  item: StockCode,
  warehouse: z.object({
    name: z.string(),
    country: CountryCode,
    position: Position,
    /** Stocks of Majuro and Koror are not meant to leave their country (jica.go.jp/jdr/about/supply.html). */
    staysInCountry: z.boolean(),
    /** From the order to the goods on a plane, and how often a plane leaves (hours). */
    handlingHours: z.number().nonnegative(),
    flightEveryHours: z.number().positive(),
    /** The ways out. None: one flight to anywhere after `handlingHours` and `flightEveryHours`, without limit or cost. */
    lanes: z.array(Lane).optional(),
  }),
  unit: z.string(),
  /** Free to reserve, in units. */
  available: z.number().int().nonnegative(),
  unitWeightKg: z.number().positive(),
  /** Units on one pallet; left out: every unit travels by itself. */
  palletUnits: z.number().int().positive().optional(),
  expiresAt: Instant.nullable(),
  /** Units taken by each deployment. */
  reservations: z.record(z.string(), z.number().int().positive()),
});
export type StockLine = z.infer<typeof StockLine>;

/** Goods of one item that leave one warehouse by one lane, when they arrive, and why they go so. */
export const GoodsPick = z.object({
  item: z.string(),
  warehouseId: z.string(),
  laneId: z.string(),
  mode: LaneMode,
  /** Whole pallets among the quantity; what is left over goes loose. 0 where the item has no pallets. */
  pallets: z.number().int().nonnegative(),
  quantity: z.number().int().positive(),
  arrivesAt: Instant,
  /** Points of the weight, without the lane's fixed cost; to the thousandth. */
  cost: z.number().nonnegative(),
  reason: Wording,
});
export type GoodsPick = z.infer<typeof GoodsPick>;
