import { HOUR } from '../../../functions/domain/time.ts';
import type { Candidate } from '../../../functions/matching/problem.ts';
import { cities } from '../demonstration/places.ts';
import { type Draws, drawsOf, sumsOf } from './draws.ts';
import type { TeamShape } from './teams.ts';

/** What sets the kinds of instances apart. */
export type Kind = 'standard' | 'tight' | 'adversarial' | 'infeasible' | 'ties';

/** What people are drawn from. */
export type World = {
  seed: number;
  kind: Kind;
  people: number;
  now: number;
  roles: string[];
  /** Running sums: how common each role is as the first certificate. */
  common: number[];
  /** For each role, which others its people hold too, and how often. */
  also: { role: string; share: number }[][];
  employers: number[];
};

/** How common each profession is on a roster, and what else its people are certified for. */
const professions: readonly (readonly [role: string, weight: number, also: Record<string, number>])[] = [
  [
    'fire-rescue',
    18,
    { 'squad-leader': 0.15, 'technical-search': 0.15, communications: 0.08, 'deputy-leader': 0.04 },
  ],
  ['police-rescue', 8, { 'squad-leader': 0.15, 'technical-search': 0.15, 'deputy-leader': 0.03 }],
  ['coast-guard-rescue', 8, { 'squad-leader': 0.12, communications: 0.1 }],
  ['dog-handler', 2, { 'technical-search': 0.1 }],
  ['structural-engineer', 2, {}],
  ['doctor', 3, { 'emergency-doctor': 0.3, 'team-leader': 0.03 }],
  ['rescue-nurse', 4, { nurse: 0.5 }],
  ['communications', 3, {}],
  ['coordinator', 12, { 'team-leader': 0.06, 'deputy-leader': 0.12, 'medical-coordinator': 0.15 }],
  ['surgeon', 4, { 'emergency-doctor': 0.2 }],
  ['emergency-doctor', 7, { doctor: 0.4, 'team-leader': 0.05 }],
  ['anaesthetist', 3, { 'emergency-doctor': 0.15 }],
  ['nurse', 22, { 'rescue-nurse': 0.15, midwife: 0.04 }],
  ['midwife', 2, { nurse: 0.4 }],
  ['pharmacist', 4, {}],
  ['radiographer', 3, {}],
  ['clinical-engineer', 3, {}],
  ['laboratory', 3, {}],
  ['physiotherapist', 3, {}],
  ['medical-coordinator', 6, { coordinator: 0.3 }],
  ['water-and-power', 3, { communications: 0.1 }],
];

/** Holders of a rare role for each of its seats where people are tight, before any rule has removed one. */
const holdersOfRareSeat = 6;

/** Nobody holds these in an infeasible instance. */
export const heldByNobody = ['structural-engineer', 'surgeon'];
/** Everybody's certificate for these has run out in an infeasible instance. */
export const expired = ['dog-handler', 'midwife'];

/** The affected country of every instance: it asks for a vaccination; its languages are few people's. */
export const country = { code: 'UGA', languages: ['en', 'sw'], vaccination: 'yellow-fever' };

export function worldOf(seed: number, kind: Kind, people: number, now: number, teams: TeamShape[]): World {
  const seats = new Map<string, number>();
  for (const team of teams)
    for (const { role, count } of team.seats) seats.set(role, (seats.get(role) ?? 0) + count);
  const employers = Math.max(
    kind === 'tight' || kind === 'adversarial' ? 9 : 12,
    Math.min(2000, Math.round(people / 40)),
  );
  const world = {
    seed,
    kind,
    people,
    now,
    employers: sumsOf(Array.from({ length: employers }, (_, e) => 1 / (e + 3))),
  };

  // Where everybody is scarce alike, roles are as common as their seats, whoever is rare in the real world.
  if (kind === 'adversarial' || kind === 'ties') {
    const roles = [...seats.keys()];
    return { ...world, roles, common: sumsOf([...seats.values()]), also: roles.map(() => []) };
  }
  const whole = professions.reduce((sum, [, weight]) => sum + weight, 0);
  const isRare = (role: string) => (seats.get(role) ?? 0) > 0 && seats.get(role)! <= 4;
  const weight = (role: string, usual: number) => {
    if (kind === 'infeasible' && heldByNobody.includes(role)) return 0;
    if (kind !== 'tight' || !isRare(role)) return usual;
    return Math.min(usual, (holdersOfRareSeat * seats.get(role)! * whole) / people);
  };
  // Leaders and searchers are made from the others: that there are few of them too, their shares shrink alike.
  const rarer = (role: string, share: number) =>
    kind === 'tight' && isRare(role)
      ? Math.min(share, (5 * holdersOfRareSeat * seats.get(role)!) / people)
      : share;
  return {
    ...world,
    roles: professions.map(([role]) => role),
    common: sumsOf(professions.map(([role, usual]) => weight(role, usual))),
    also: professions.map(([, , also]) =>
      Object.entries(also)
        .filter(([role]) => !(kind === 'infeasible' && heldByNobody.includes(role)))
        .map(([role, share]) => ({ role, share: rarer(role, share) })),
    ),
  };
}

/** Ids that sort as they count: E-0000001 is the first. */
export const expertIdOf = (place: number): string => `E-${String(place + 1).padStart(7, '0')}`;
export const employerIdOf = (place: number): string => `F-${String(place + 1).padStart(5, '0')}`;

/** Some employers have no confirmed channel. */
export const isReachableEmployer = (place: number): boolean => place % 29 !== 28;

const homes = sumsOf(cities.map(({ weight }) => weight));

/** Few live abroad; where their day begins and ends is not the desk's. */
const abroad = [
  { latitude: 13.75, longitude: 100.5, zone: 'Asia/Bangkok' },
  { latitude: 48.86, longitude: 2.35, zone: 'Europe/Paris' },
  { latitude: -1.29, longitude: 36.82, zone: 'Africa/Nairobi' },
] as const;

/** The person at a place of the roster: the same whenever and in whatever order they are asked for. Invented, and nameless. */
export function personOf(world: World, place: number): Candidate {
  const { seed, kind, now } = world;
  const expertId = expertIdOf(place);
  const at = (days: number) => new Date(now + Math.round(days * 24) * HOUR).toISOString();
  if (kind === 'ties') return equalPerson(world, place, at);

  const draws = drawsOf(seed, place);
  const scarce = kind === 'adversarial';
  const profession = draws.place(world.common);
  const isWoman = draws.happens(womenAmong(world.roles[profession]!, kind));
  // The better people of an adversarial roster bring what the rules do not ask for.
  const isSpeaker = draws.happens(kind === 'standard' || kind === 'infeasible' ? 0.38 : 0.27);
  const missions = missionsOf(draws);
  const lastEnded = missions === 0 ? null : -draws.whole(5, draws.happens(0.4) ? 300 : 1500);
  const far = !scarce && draws.happens(0.015) ? abroad[draws.whole(0, abroad.length - 1)] : undefined;
  const employer = draws.place(world.employers);
  return {
    expertId,
    gender: draws.happens(0.01) ? 'unstated' : draws.happens(0.005) ? 'other' : isWoman ? 'female' : 'male',
    languages: isSpeaker
      ? ['ja', draws.happens(0.97) ? 'en' : 'sw']
      : draws.happens(0.1)
        ? ['ja', 'fr']
        : ['ja'],
    employerId: employerIdOf(employer),
    standingConsentUntil: draws.happens(0.45) ? at(draws.whole(-20, 700)) : null,
    qualifications: certificatesOf(world, profession, draws, at),
    home: far ? { latitude: far.latitude, longitude: far.longitude } : homeOf(draws, scarce && isSpeaker),
    timeZone: far?.zone ?? null,
    noticeToMoveMinutes: 15 * draws.whole(2, scarce && isSpeaker ? 36 : 26),
    unavailability: draws.happens(scarce ? 0.03 : 0.14) ? leaveOf(draws, at) : [],
    rota: !scarce && world.roles[profession] === 'fire-rescue' ? { group: employer % 3, groups: 3 } : null,
    lastMissionEndedAt: lastEnded === null ? null : at(lastEnded),
    missions,
    pastMissions: pastMissionsOf(draws, lastEnded, missions, at),
    passportValidUntil: draws.happens(0.97) ? at(draws.whole(-30, 3000)) : null,
    visas: draws.happens(0.6) ? [{ country: country.code, validUntil: at(draws.whole(-20, 900)) }] : [],
    vaccinations: draws.happens(scarce ? 0.98 : 0.85)
      ? [{ vaccine: country.vaccination, validUntil: draws.happens(0.8) ? null : at(draws.whole(-50, 2000)) }]
      : [],
    medicalClearanceUntil: draws.happens(0.96) ? at(draws.whole(-10, 700)) : null,
    hold: draws.happens(0.01) ? { deploymentId: 'D-OTHER', until: at(draws.whole(-2, 5)) } : null,
    phone: draws.happens(0.97) ? { state: 'confirmed' } : { state: 'lost' },
    email: draws.happens(0.7) ? { state: draws.happens(0.85) ? 'confirmed' : 'pending' } : null,
  };
}

/** Only the id, the role and the employer tell these people apart: whoever is chosen, the tie-break chose. */
function equalPerson(world: World, place: number, at: (days: number) => string): Candidate {
  const draws = drawsOf(world.seed, place);
  return {
    expertId: expertIdOf(place),
    gender: 'female',
    languages: ['ja', 'en'],
    employerId: employerIdOf(place % 28),
    standingConsentUntil: at(400),
    qualifications: [{ role: world.roles[draws.place(world.common)]!, validUntil: at(400), proficiency: 2 }],
    home: { latitude: 35.69, longitude: 139.692 },
    timeZone: null,
    noticeToMoveMinutes: 60,
    unavailability: [],
    rota: null,
    lastMissionEndedAt: at(-400),
    missions: 3,
    pastMissions: [],
    passportValidUntil: at(1000),
    visas: [{ country: country.code, validUntil: at(400) }],
    vaccinations: [{ vaccine: country.vaccination, validUntil: null }],
    medicalClearanceUntil: at(400),
    hold: null,
    phone: { state: 'confirmed' },
    email: null,
  };
}

function womenAmong(role: string, kind: Kind): number {
  if (kind === 'adversarial') return 0.35;
  if (/rescue$|search|squad/.test(role)) return 0.12;
  if (/nurse|midwife/.test(role)) return kind === 'tight' ? 0.55 : 0.8;
  return 0.4;
}

function missionsOf(draws: Draws): number {
  let missions = 0;
  while (missions < 9 && draws.happens(0.52)) missions += 1;
  return missions;
}

function certificatesOf(
  world: World,
  profession: number,
  draws: Draws,
  at: (days: number) => string,
): Candidate['qualifications'] {
  const roles = [world.roles[profession]!];
  for (const { role, share } of world.also[profession]!) if (draws.happens(share)) roles.push(role);
  // Four in five hold a second certificate, of any role: whoever is best for one seat is wanted for another.
  if (world.kind === 'adversarial' && draws.happens(0.8)) {
    const second = world.roles[draws.whole(0, world.roles.length - 1)]!;
    if (!roles.includes(second)) roles.push(second);
  }
  return roles.map((role, rank) => ({
    role,
    validUntil:
      world.kind === 'infeasible' && expired.includes(role)
        ? at(-draws.whole(1, 300))
        : at(draws.happens(0.96) ? draws.whole(20, 1200) : draws.whole(-300, 12)),
    proficiency: rank > 0 || draws.happens(0.65) ? (draws.happens(0.2) ? 3 : 2) : 1,
  }));
}

function homeOf(draws: Draws, far: boolean): Candidate['home'] {
  // Those who live nearest are never those who speak, where the rules are to pull against the arrival.
  let { position } = cities[draws.place(homes)]!;
  if (far && position.longitude > 138) position = cities[draws.place(homes)]!.position;
  const near = (degrees: number) => Math.round((degrees + draws.whole(-150, 150) / 1000) * 1000) / 1000;
  return { latitude: near(position.latitude), longitude: near(position.longitude) };
}

function leaveOf(draws: Draws, at: (days: number) => string): Candidate['unavailability'] {
  const from = draws.whole(-20, 40);
  return [{ from: at(from), to: at(from + draws.whole(2, 21)), reason: 'leave' }];
}

/** The missions of the last two years: the last one, and others before it in some of the years. */
function pastMissionsOf(
  draws: Draws,
  lastEnded: number | null,
  missions: number,
  at: (days: number) => string,
): Candidate['pastMissions'] {
  const past: Candidate['pastMissions'] = [];
  let ended = lastEnded ?? Number.NEGATIVE_INFINITY;
  while (past.length < missions && ended > -(2 * 365)) {
    const days = draws.whole(6, 16);
    past.push({ from: at(ended - days), to: at(ended) });
    ended -= days + draws.whole(60, 500);
  }
  return past;
}
