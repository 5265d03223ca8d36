import { DAY, HOUR } from '../../../functions/domain/time.ts';
import type { Candidate, MatchInstance, MatchProblem } from '../../../functions/matching/problem.ts';
import { drawsOf } from './draws.ts';
import {
  country,
  employerIdOf,
  expertIdOf,
  isReachableEmployer,
  type Kind,
  personOf,
  worldOf,
} from './people.ts';
import { rulesOf, type TeamShape, teamsOf } from './teams.ts';

export const kinds = [
  'standard',
  'tight',
  'adversarial',
  'infeasible',
  'ties',
] as const satisfies readonly Kind[];

/** What is to be made: the same wish gives the same instance, to the last bit. */
export type InstanceWish = { seed: number; seats: number; people: number; kind: Kind };

/** A generated problem, and its people one by one: of a large roster never all at once. */
export type Generated = { problem: MatchProblem; count: number; person: (place: number) => Candidate };

/** Every instance plays on this morning in Japan. */
const now = Date.parse('2026-03-02T00:00:00.000Z');
const moment = (at: number) => new Date(at).toISOString();

/** An invented matching problem of believable teams, people and rules. */
export function generate(wish: InstanceWish): Generated {
  const { seed, seats, people, kind } = wish;
  const teams = teamsOf(seats);
  const world = worldOf(seed, kind, people, now, teams);
  const problem: MatchProblem = {
    deploymentId: `D-${kind}-${seed}`,
    now: moment(now),
    requestedAt: moment(now - HOUR),
    timeZone: 'Asia/Tokyo',
    assemblyPoint: { latitude: 35.772, longitude: 140.3929 },
    country: country.code,
    languages: country.languages,
    restDays: 30,
    leastProficiency: { critical: 2, other: 1 },
    entry: { vaccinations: [country.vaccination], medicalClearance: true, visa: seed % 4 === 3 },
    scarceRoles: ['team-leader', 'structural-engineer', 'anaesthetist', 'surgeon'],
    travel: {
      byLandUpToKm: 300,
      landKmPerHour: 80,
      landMinutes: 30,
      landFromHour: 5,
      landUntilHour: 24,
      airKmPerHour: 700,
      airMinutes: 210,
      airFromHour: 4,
      airUntilHour: 20,
    },
    costs: {
      proficiencyStep: 3,
      noLanguage: 6,
      fatiguePerFiveDays: 2,
      missionInYear: 4,
      scarceOnCommonSeat: 5,
      arrivalHour: 1,
    },
    widened: false,
    teams: teams.map(({ teamType, seats: plan, deadlineHours, days }) => ({
      teamType,
      deadlineAt: moment(now + deadlineHours * HOUR),
      missionFrom: moment(now),
      missionUntil: moment(now + deadlineHours * HOUR + days * DAY),
      replyWindowMinutes: deadlineHours * 2.5,
      employerWindowMinutes: deadlineHours * 2.5,
      standby: plan.map(({ role, critical, count }) => ({ role, critical, count: Math.ceil(count * 0.2) })),
    })),
    teamRules: teams.flatMap(team => rulesOf(team, kind === 'adversarial')),
    seats: teams.flatMap(seatsOf),
    seated: [],
    reachableEmployerIds: world.employers.flatMap((_, place) =>
      isReachableEmployer(place) ? [employerIdOf(place)] : [],
    ),
    ...namedOf(wish),
  };
  return { problem, count: people, person: place => personOf(world, place) };
}

/** The instance whole, as a file holds it. Of a hundred thousand people some eighty megabytes. */
export function generateInstance(wish: InstanceWish): MatchInstance {
  const { problem, count, person } = generate(wish);
  return { ...problem, experts: Array.from({ length: count }, (_, place) => person(place)) };
}

const seatsOf = ({ teamType, seats }: TeamShape): MatchProblem['seats'] =>
  seats.flatMap(({ role, count, critical }) =>
    Array.from({ length: count }, (_, i) => ({
      seatId: `${teamType}/${role}/${String(i + 1).padStart(3, '0')}`,
      teamType,
      role,
      critical,
    })),
  );

/** Who was asked before, who is left out, and who said that they can go: a few of each. */
function namedOf({ seed, people, kind }: InstanceWish) {
  const draws = drawsOf(seed, -2);
  const some = (count: number) => {
    const places = new Set<number>();
    while (kind !== 'ties' && places.size < Math.min(count, Math.floor(people / 10)))
      places.add(draws.whole(0, people - 1));
    return [...places].map(expertIdOf).sort();
  };
  return { askedExpertIds: some(10), excludedExpertIds: some(3), preferredExpertIds: some(25) };
}
