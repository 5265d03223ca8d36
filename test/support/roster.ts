import type { Employer, Expert } from '../../functions/domain/expert.ts';
import type { StockLine } from '../../functions/domain/stock.ts';
import { anEmployer, anExpert } from './people.ts';

/** Letters of small rosters: L1 is the first team leader, A2 the second assessment expert. */
const ROLES = { L: 'team-leader', A: 'assessment-expert', C: 'coordinator', N: 'nurse' } as const;
export type Initial = keyof typeof ROLES;

export type People = { experts: Expert[]; employers: Employer[] };

const numbered = (prefix: string, index: number) => `${prefix}${String(index).padStart(3, '0')}`;

/** Everybody's employer is their own: EMP-A2 lets A2 go. */
export const employerIdOf = (expertId: string): string => `EMP-${expertId}`;

/** So many missions of a day in the year before the tests' spring. */
const missionsBefore = (count: number): Expert['pastMissions'] =>
  Array.from({ length: count }, (_, day) => {
    const from = Date.parse('2025-06-01T00:00:00.000Z') + day * 86_400_000;
    return { from: new Date(from).toISOString(), to: new Date(from + 86_400_000).toISOString() };
  });

/**
 * A small roster: so many of each role, all at home near the assembly point and reached by SMS alone. A lower number is
 * at the assembly point sooner and has been on fewer missions, so that L1 is asked before L2.
 */
export function aRoster(
  counts: Partial<Record<Initial, number>>,
  change: (expert: Expert) => Partial<Expert> = () => ({}),
): People {
  const experts: Expert[] = [];
  const employers: Employer[] = [];
  for (const [initial, count] of Object.entries(counts) as [Initial, number][])
    for (let number = 1; number <= count; number += 1) {
      const index = experts.length;
      const expertId = `${initial}${number}`;
      const expert = anExpert({
        expertId,
        employerId: employerIdOf(expertId),
        qualifications: [{ role: ROLES[initial], validUntil: '2030-01-01T00:00:00.000Z', proficiency: 3 }],
        noticeToMoveMinutes: 60 + 10 * number,
        pastMissions: missionsBefore(number - 1),
        phone: { number: numbered('+447700900', index), state: 'confirmed' },
        email: null,
      });
      experts.push({ ...expert, ...change(expert) });
      employers.push(
        anEmployer({
          employerId: employerIdOf(expertId),
          name: `Employer of ${expertId}`,
          language: 'en',
          phone: { number: numbered('+442079460', index), state: 'confirmed' },
          email: null,
        }),
      );
    }
  return { experts, employers };
}

/** Their employers have agreed for good: a yes of theirs fills the seat. */
export const standing = (): Partial<Expert> => ({ standingConsentUntil: '2030-01-01T00:00:00.000Z' });

/** A line of goods in Singapore, or where `change` says. */
export const aStockLine = (item: string, available: number, change: Partial<StockLine> = {}): StockLine => ({
  warehouseId: 'singapore',
  item,
  warehouse: {
    name: 'Singapore',
    country: 'SGP',
    position: { latitude: 1.352, longitude: 103.82 },
    staysInCountry: false,
    handlingHours: 12,
    flightEveryHours: 8,
  },
  unit: 'piece',
  available,
  unitWeightKg: 1,
  expiresAt: null,
  reservations: {},
  ...change,
});
