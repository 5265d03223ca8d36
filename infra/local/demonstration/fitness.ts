import type { Expert } from '../../../functions/domain/expert.ts';
import type { Instant } from '../../../functions/domain/primitives.ts';
import { DAY, plus } from '../../../functions/domain/time.ts';
import type { Chance } from './chance.ts';
import type { Pool } from './pools.ts';

export const daysFrom = (moment: Instant, days: number): Instant => plus(moment, days * DAY);

/** What a person's papers and health say; shares of the roster are invented, high enough to fill teams. */
export const fitnessOf = (
  chance: Chance,
  pool: Pool,
  today: Instant,
): Pick<Expert, 'medicalClearanceUntil' | 'vaccinations' | 'visas'> => ({
  medicalClearanceUntil: chance.weighted([
    [daysFrom(today, chance.whole(20, 730)), 96],
    [daysFrom(today, chance.whole(-300, -1)), 2.5],
    [null, 1.5],
  ]),
  vaccinations: vaccinationsOf(chance, pool, today),
  visas: chance.happens(0.02)
    ? [
        {
          country: chance.oneOf(['CHN', 'IND', 'NPL', 'PAK', 'TKM', 'VNM']),
          validUntil: daysFrom(today, chance.whole(-30, 700)),
        },
      ]
    : [],
});

/** By vaccine: the share of people who have it, of them the share that has lapsed, and how long it lasts at most; null: for life. */
const vaccines = [
  { vaccine: 'tetanus', share: 0.99, lapsed: 0.01, days: 3650 },
  { vaccine: 'hepatitis-a', share: 0.985, lapsed: 0, days: null },
  { vaccine: 'yellow-fever', share: 0.6, lapsed: 0, days: null },
  { vaccine: 'typhoid', share: 0.4, lapsed: 0.3, days: 1095 },
  { vaccine: 'rabies', share: 0.2, lapsed: 0.3, days: 1095 },
] as const;

const vaccinationsOf = (chance: Chance, pool: Pool, today: Instant): Expert['vaccinations'] => {
  const had = vaccines.flatMap(({ vaccine, share, lapsed, days }): Expert['vaccinations'] => {
    if (!chance.happens(share)) return [];
    if (days === null) return [{ vaccine, validUntil: null }];
    const left = chance.happens(lapsed) ? chance.whole(-400, -1) : chance.whole(30, days);
    return [{ vaccine, validUntil: daysFrom(today, left) }];
  });
  // Whoever works in a hospital has to have it.
  return pool.workplace === 'hospital' ? [...had, { vaccine: 'hepatitis-b', validUntil: null }] : had;
};

/** Of longer ago no dates are kept. */
const REMEMBERED_DAYS = 730;

/**
 * The missions of the last two years, the oldest first: of all that somebody has been on, the last ended on record, and
 * between two of them lay two months at least.
 */
export const pastMissionsOf = (
  chance: Chance,
  { missions, lastMissionEndedAt }: Pick<Expert, 'missions' | 'lastMissionEndedAt'>,
  today: Instant,
): Expert['pastMissions'] => {
  const past: Expert['pastMissions'] = [];
  const since = Date.parse(daysFrom(today, -REMEMBERED_DAYS));
  let to = lastMissionEndedAt;
  while (to !== null && past.length < missions && Date.parse(to) >= since) {
    const from = daysFrom(to, -chance.whole(7, 16));
    past.unshift({ from, to });
    to = daysFrom(from, -chance.whole(60, 540));
  }
  return past;
};
