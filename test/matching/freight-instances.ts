import { GoodsProblem } from '../../functions/matching/freight/problem.ts';

/** Numbers from 0 up to 1 that look random and are the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a made-up problem is like; `room`: how much of all that is asked for the lanes can carry together. */
export type Size = {
  items: number;
  warehouses: number;
  modes: number;
  room?: number;
  pallets?: boolean;
  deadlines?: boolean;
};

/** A problem of goods made up by seed: charter, scheduled air and sea out of each warehouse. */
export function madeUp(seed: number, size: Size): GoodsProblem {
  const next = chance(seed);
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const items = Array.from({ length: size.items }, (_, i) => ({
    item: `item-${String(i).padStart(2, '0')}`,
    quantity: whole(20, 2000),
    weight: whole(4, 600) / 10,
  }));
  /** About 400 kg on each. */
  const palletOf = (weight: number) => (size.pallets ? Math.ceil(400 / weight) : 1);
  const total = items.reduce((sum, { quantity, weight }) => sum + quantity * weight, 0);
  const share = ((size.room ?? 1.5) * total) / (size.warehouses * size.modes);
  const kinds = ['scheduled air', 'air charter', 'sea'] as const;
  return GoodsProblem.parse({
    now: '2026-03-02T00:00:00.000Z',
    destination: { latitude: -6.17, longitude: 35.74 },
    country: 'TZA',
    needs: items.map(({ item, quantity }) => ({
      item,
      quantity,
      deadlineAt: size.deadlines ? '2026-03-05T00:00:00.000Z' : null,
    })),
    warehouses: Array.from({ length: size.warehouses }, (_, w) => ({
      warehouseId: `w-${String(w).padStart(2, '0')}`,
      name: `W${w}`,
      country: 'ARE',
      position: { latitude: whole(-50, 50), longitude: whole(-170, 170) },
      handlingHours: 12,
      flightEveryHours: 24,
      lanes: kinds.slice(0, size.modes).map((mode, k) => ({
        laneId: `lane-${k}`,
        mode,
        direct: k === 1,
        leadHours: whole(6, 48),
        transit: mode === 'sea' ? { kmPerHour: 35, groundHours: 36 } : { kmPerHour: 800, groundHours: 4 },
        capacityKg: Math.ceil(share * (0.5 + next())),
        costPerKg: mode === 'sea' ? whole(5, 20) : whole(200, 500),
        fixedCost: Math.round((mode === 'air charter' ? 60 : 10) * share * (0.5 + next())),
      })),
    })),
    stock: Array.from({ length: size.warehouses }, (_, w) =>
      items.map(({ item, quantity, weight }) => ({
        warehouseId: `w-${String(w).padStart(2, '0')}`,
        item,
        available: whole(0, Math.ceil((3 * quantity) / size.warehouses)),
        unitWeightKg: weight,
        palletUnits: palletOf(weight),
      })),
    ).flat(),
  });
}
