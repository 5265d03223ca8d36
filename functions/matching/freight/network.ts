import { distanceKm } from '../../alerts/geography/geography.ts';
import type { Instant } from '../../domain/primitives.ts';
import type { Lane } from '../../domain/stock.ts';
import { MINUTE, plus } from '../../domain/time.ts';
import type { GoodsProblem } from './problem.ts';

/** Speed of a jet freighter over the great circle, and the hours on the ground at the destination. Both unconfirmed. */
const jet = { kmPerHour: 800, groundHours: 4 };

export type Warehouse = GoodsProblem['warehouses'][number];
export type Shelf = GoodsProblem['stock'][number];

/** A way from one warehouse to the destination. */
export type Way = {
  warehouse: Warehouse;
  lane: Lane;
  /** Made from the warehouse's flights, since it names no lanes. */
  isDerived: boolean;
  km: number;
  /** From now to the goods handed over; whole, rounded up. */
  minutes: number;
  arrivesAt: Instant;
  /** Grams that it still takes; null: no limit. */
  capacity: number | null;
  /** Thousandths of a point that its first kilogram costs beside the weight; 0 once it is booked. */
  fixed: number;
};

/** One item on one shelf by one way. */
export type Arc = {
  shelf: number;
  way: number;
  item: number;
  /** Units that can go by it at most. */
  most: number;
  /** Of one unit. */
  grams: number;
  /** Thousandths of a point that one unit costs: grams times points for a kilogram, so always whole. */
  price: number;
  /** Arrives by the item's deadline; true where there is none. */
  isOnTime: boolean;
};

export type Item = {
  item: string;
  /** Units asked for. */
  quantity: number;
  /** Those of them that the shelves with a way could give, if no lane were full. */
  need: number;
  priority: number;
  /** Minutes from now; null: as soon as possible. */
  deadline: number | null;
  /** Units on the largest pallet of it: so many, less one, may be sent beyond the need. */
  pallet: number;
};

/** Why goods that lie somewhere cannot be sent. */
export type Barrier = {
  shelf: number;
  why: 'stays' | 'expired' | 'expires on the way' | 'no lane' | 'lanes full';
};

/**
 * A problem of goods in numbers, in a fixed order whatever the order of its lists: minutes, grams and thousandths of a
 * point, all whole. Arcs stand in the order of preference: the earliest first, then direct, near, cheap.
 */
export type Network = {
  now: Instant;
  items: Item[];
  warehouses: Map<string, Warehouse>;
  shelves: Shelf[];
  ways: Way[];
  arcs: Arc[];
  barriers: Barrier[];
};

const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function networkOf(problem: GoodsProblem): Network {
  const { now, country } = problem;
  const asked = itemsOf(problem);
  const place = new Map(asked.map(({ item }, i) => [item, i]));
  const shelves = problem.stock
    .filter(({ item, available }) => place.has(item) && available > 0)
    .toSorted((a, b) => byName(a.warehouseId, b.warehouseId) || byName(a.item, b.item));
  const ways = waysOf(problem);
  const warehouses = new Map(problem.warehouses.map(each => [each.warehouseId, each]));
  const arcs: Arc[] = [];
  const barriers: Barrier[] = [];
  for (const [s, shelf] of shelves.entries()) {
    const warehouse = warehouses.get(shelf.warehouseId)!;
    const own = [...ways.keys()].filter(w => ways[w]!.warehouse === warehouse);
    const expires = shelf.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(shelf.expiresAt);
    const fresh = own.filter(w => expires > Date.parse(ways[w]!.arrivesAt));
    const block = (why: Barrier['why']) => barriers.push({ shelf: s, why });
    if (warehouse.staysInCountry && warehouse.country !== country) block('stays');
    else if (expires <= Date.parse(now)) block('expired');
    else if (own.length === 0) block('no lane');
    else if (fresh.length === 0) block('expires on the way');
    else {
      const i = place.get(shelf.item)!;
      const { quantity, deadline } = asked[i]!;
      const grams = Math.round(shelf.unitWeightKg * 1000);
      const before = arcs.length;
      for (const w of fresh) {
        const { capacity, lane, minutes } = ways[w]!;
        const carried = capacity === null ? Number.POSITIVE_INFINITY : Math.floor(capacity / grams);
        const most = Math.min(shelf.available, quantity + shelf.palletUnits - 1, carried);
        const isOnTime = deadline === null || minutes <= deadline;
        if (most > 0)
          arcs.push({ shelf: s, way: w, item: i, most, grams, price: grams * lane.costPerKg, isOnTime });
      }
      if (arcs.length === before) block('lanes full');
    }
  }
  arcs.sort((a, b) => a.way - b.way || a.shelf - b.shelf);
  const items = asked.map((each, i): Item => {
    const own = new Set(arcs.filter(({ item }) => item === i).map(({ shelf }) => shelf));
    const there = [...own].reduce((sum, s) => sum + shelves[s]!.available, 0);
    const pallet = Math.max(1, ...[...own].map(s => shelves[s]!.palletUnits));
    return { ...each, need: Math.min(each.quantity, there), pallet };
  });
  return { now, items, warehouses, shelves, ways, arcs, barriers };
}

/** Several needs of one item are one demand on the stock. */
function itemsOf({ now, needs }: GoodsProblem): Omit<Item, 'need' | 'pallet'>[] {
  const items = new Map<string, Omit<Item, 'need' | 'pallet'>>();
  for (const { item, quantity, priority, deadlineAt } of needs) {
    const minutes =
      deadlineAt === null ? null : Math.floor((Date.parse(deadlineAt) - Date.parse(now)) / MINUTE);
    const before = items.get(item);
    items.set(item, {
      item,
      quantity: quantity + (before?.quantity ?? 0),
      priority: Math.max(priority, before?.priority ?? 1),
      deadline:
        before?.deadline == null
          ? minutes
          : minutes === null
            ? before.deadline
            : Math.min(minutes, before.deadline),
    });
  }
  return [...items.values()].sort((a, b) => b.priority - a.priority || byName(a.item, b.item));
}

/** The ways that lead to the destination, the best first. */
function waysOf({ now, country, destination, warehouses, booked }: GoodsProblem): Way[] {
  const ways: Way[] = [];
  for (const warehouse of warehouses) {
    const km = distanceKm(warehouse.position, destination);
    const isDerived = warehouse.lanes.length === 0;
    for (const lane of isDerived ? [derivedLane(warehouse)] : warehouse.lanes) {
      if (lane.destinationCountry !== null && lane.destinationCountry !== country) continue;
      const hours =
        lane.leadHours +
        ('hours' in lane.transit
          ? lane.transit.hours
          : km / lane.transit.kmPerHour + lane.transit.groundHours);
      // A hair above a whole minute is that minute: sums of decimals are not exact.
      const minutes = Math.ceil(hours * 60 - 1e-6);
      const taken = booked.find(
        each => each.warehouseId === warehouse.warehouseId && each.laneId === lane.laneId,
      );
      const grams = Math.ceil((taken?.kg ?? 0) * 1000 - 1e-6);
      ways.push({
        warehouse,
        lane,
        isDerived,
        km,
        minutes,
        arrivesAt: plus(now, minutes * MINUTE),
        capacity: lane.capacityKg === null ? null : Math.max(0, Math.floor(lane.capacityKg * 1000) - grams),
        fixed: taken ? 0 : lane.fixedCost * 1000,
      });
    }
  }
  return ways.sort(
    (a, b) =>
      a.minutes - b.minutes ||
      Number(b.lane.direct) - Number(a.lane.direct) ||
      a.km - b.km ||
      a.lane.costPerKg - b.lane.costPerKg ||
      byName(a.warehouse.warehouseId, b.warehouse.warehouseId) ||
      byName(a.lane.laneId, b.lane.laneId),
  );
}

/** The one way of a warehouse that names no lanes: its next flight, wherever to. */
const derivedLane = (warehouse: Warehouse): Lane => ({
  laneId: 'flight',
  mode: 'scheduled air',
  destinationCountry: null,
  direct: false,
  leadHours: warehouse.handlingHours + warehouse.flightEveryHours,
  transit: jet,
  capacityKg: null,
  costPerKg: 0,
  fixedCost: 0,
});
