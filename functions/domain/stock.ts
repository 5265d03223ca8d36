import * as z from 'zod';
import { CountryCode, Instant, Position } from './primitives.ts';

/** Goods of one item in one warehouse. The reservations stand in the same item as the quantity, so one conditional write does both. */
export const StockLine = z.object({
  warehouseId: z.string().regex(/^[a-z0-9-]{1,40}$/),
  item: z.string().regex(/^[a-z0-9-]{1,40}$/),
  warehouse: z.object({
    name: z.string(),
    country: CountryCode,
    position: Position,
    /** Stocks of Majuro and Koror are not meant to leave their country (jica.go.jp/jdr/about/supply.html). */
    staysInCountry: z.boolean(),
    /** From the order to the goods on a plane, and how often a plane leaves (hours). */
    handlingHours: z.number().nonnegative(),
    flightEveryHours: z.number().positive(),
  }),
  unit: z.string(),
  /** Free to reserve, in units. */
  available: z.number().int().nonnegative(),
  unitWeightKg: z.number().positive(),
  expiresAt: Instant.nullable(),
  /** Units taken by each deployment. */
  reservations: z.record(z.string(), z.number().int().positive()),
});
export type StockLine = z.infer<typeof StockLine>;

/** Where one line of goods comes from and when it arrives. */
export const GoodsPick = z.object({
  item: z.string(),
  warehouseId: z.string(),
  quantity: z.number().int().positive(),
  arrivesAt: Instant,
  reason: z.string(),
});
export type GoodsPick = z.infer<typeof GoodsPick>;
