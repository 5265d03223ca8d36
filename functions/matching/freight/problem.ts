import * as z from 'zod';
import { CountryCode, Instant, Position } from '../../domain/primitives.ts';
import { Lane, StockLine } from '../../domain/stock.ts';
import { isBefore } from '../../domain/time.ts';

const Code = StockLine.shape.item;

/** So much of an item is asked for. Several needs of one item are one. */
const Need = z.object({
  item: z.string().min(1),
  quantity: z.number().int().positive('a need of nothing is no need'),
  /** Where not all can be found: a unit of priority 3 counts as three of priority 1. The highest of an item counts. */
  priority: z.number().int().min(1).max(1000).default(1),
  /** When it should be there; null: as soon as possible. The earliest of an item counts. */
  deadlineAt: Instant.nullable().default(null),
});

const Warehouse = StockLine.shape.warehouse.extend({
  warehouseId: Code,
  staysInCountry: z.boolean().default(false),
  lanes: z.array(Lane).default([]),
});

const Shelf = z.object({
  warehouseId: Code,
  item: Code,
  available: z.number().int().nonnegative('less than nothing lies on no shelf').max(100_000_000),
  /** Read to the gram, a gram at least. */
  unitWeightKg: z.number().min(0.001).max(1_000_000),
  palletUnits: z.number().int().positive().max(1_000_000).default(1),
  expiresAt: Instant.nullable().default(null),
});

/** What a lane carries for this deployment already: its space is taken and its fixed cost is paid. */
const Booking = z.object({ warehouseId: Code, laneId: z.string().min(1), kg: z.number().nonnegative() });

/**
 * One problem of goods: what is asked for, where it lies, and by which lanes it can go to one destination.
 *
 * Quantities are whole units of an item, weights kilograms, times ISO 8601 in UTC, costs whole points. The plan is the
 * best in this order: units not found (weighed by priority), loads of less than a pallet, units missing at their deadline,
 * the latest arrival, the latest arrival of each item, cost, and where nothing costs
 * anything the waiting of all units together.
 */
export const GoodsProblem = z
  .object({
    now: Instant,
    destination: Position,
    /** Country of the destination, ISO 3166 alpha-3; null: unknown, then only lanes to anywhere are used. */
    country: CountryCode.nullable().default(null),
    needs: z.array(Need),
    warehouses: z.array(Warehouse),
    stock: z.array(Shelf),
    booked: z.array(Booking).default([]),
  })
  .superRefine((problem, context) => {
    const fail = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const warehouses = new Map<string, Set<string>>();
    for (const [i, { warehouseId, lanes }] of problem.warehouses.entries()) {
      if (warehouses.has(warehouseId))
        fail(['warehouses', i, 'warehouseId'], `"${warehouseId}" is there twice`);
      const ids = new Set<string>();
      for (const [j, { laneId }] of lanes.entries()) {
        if (ids.has(laneId)) fail(['warehouses', i, 'lanes', j, 'laneId'], `"${laneId}" is there twice`);
        ids.add(laneId);
      }
      warehouses.set(warehouseId, ids);
    }
    const shelves = new Set<string>();
    for (const [i, { warehouseId, item }] of problem.stock.entries()) {
      if (!warehouses.has(warehouseId))
        fail(['stock', i, 'warehouseId'], `no warehouse is called "${warehouseId}"`);
      const key = `${warehouseId}/${item}`;
      if (shelves.has(key)) fail(['stock', i, 'item'], `"${item}" of "${warehouseId}" is there twice`);
      shelves.add(key);
    }
    for (const [i, { deadlineAt }] of problem.needs.entries()) {
      if (deadlineAt !== null && Date.parse(deadlineAt) <= Date.parse(problem.now))
        fail(['needs', i, 'deadlineAt'], 'the deadline is not after now');
    }
    const booked = new Set<string>();
    for (const [i, { warehouseId, laneId }] of problem.booked.entries()) {
      const key = `${warehouseId}/${laneId}`;
      if (booked.has(key)) fail(['booked', i, 'laneId'], `"${key}" is there twice`);
      booked.add(key);
      if (!warehouses.has(warehouseId))
        fail(['booked', i, 'warehouseId'], `no warehouse is called "${warehouseId}"`);
    }
  });
export type GoodsProblem = z.infer<typeof GoodsProblem>;

/** What a deployment asks of the stock on record. */
export type StockQuestion = {
  now: Instant;
  destination: Position;
  country: CountryCode | null;
  /** A deadline that has passed is dropped: what is late anyway comes as soon as possible. */
  needs: readonly { item: string; quantity: number; deadlineAt: Instant | null }[];
  stock: readonly StockLine[];
  booked: GoodsProblem['booked'];
};

/**
 * The problem of goods that a deployment puts to the stock on record. What lines of one warehouse say of it is the same,
 * but for the moments in which an import writes them: the first line is believed. Throws ZodError.
 */
export function goodsProblemOf(question: StockQuestion): GoodsProblem {
  const { now, destination, country, needs, stock, booked } = question;
  const asked = new Set(needs.map(({ item }) => item));
  const lines = stock.filter(({ item }) => asked.has(item));
  const warehouses = new Map(lines.toReversed().map(line => [line.warehouseId, line.warehouse]));
  return GoodsProblem.parse({
    now,
    destination,
    country,
    needs: needs.map(({ deadlineAt, ...need }) => ({
      ...need,
      deadlineAt: deadlineAt !== null && isBefore(now, deadlineAt) ? deadlineAt : null,
    })),
    warehouses: [...warehouses].map(([warehouseId, warehouse]) => ({ ...warehouse, warehouseId })),
    stock: lines,
    booked: booked.filter(({ warehouseId }) => warehouses.has(warehouseId)),
  });
}
