import fc from 'fast-check';
import { CostModel, TravelModel } from '../../../functions/domain/policy.ts';
import type { Candidate, MatchInstance, MatchTeam, TeamRule } from '../../../functions/matching/problem.ts';
import { days, hours, now } from '../instances.ts';

const roles = ['doctor', 'fire-rescue', 'nurse'] as const;
const teamTypes = ['rescue', 'medical-1'] as const;
const employers = ['F-1', 'F-2', 'F-3'] as const;
const ids = ['E-1', 'E-10', 'E-2', 'e-2', 'F', 'Z-9'] as const;

/** Moments around `now` that sit on, just before and just after the limits of the rules. */
const limits = (...of: number[]) =>
  fc.constantFrom(...of.flatMap(at => [at - 1 / 24, at, at + 1 / 24].map(day => days(day))));
const aroundTheEnd = fc.oneof({ weight: 3, arbitrary: fc.constant(days(200)) }, limits(9, 11));
const perhaps = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 2 });
const mostly = <T>(usual: T, of: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, of);
const span = (of: fc.Arbitrary<string>, longest: number) =>
  fc
    .tuple(of, fc.integer({ min: 0, max: longest * 24 }))
    .map(([from, length]) => ({ from, to: new Date(Date.parse(from) + length * 3_600_000).toISOString() }));

const home = fc.constantFrom(
  { latitude: 35.772, longitude: 140.3929 },
  { latitude: 35.68, longitude: 139.76 },
  { latitude: 34.69, longitude: 135.5 },
  { latitude: 43.06, longitude: 141.35 },
  { latitude: -33.87, longitude: 151.2 },
  { latitude: 40.64, longitude: -73.78 },
);

const person = (expertId: string): fc.Arbitrary<Candidate> =>
  fc.record({
    expertId: fc.constant(expertId),
    gender: fc.constantFrom('female', 'male', 'other', 'unstated'),
    languages: fc.uniqueArray(fc.constantFrom('ja', 'en', 'tr', 'ku'), { maxLength: 3 }),
    employerId: fc.constantFrom(...employers),
    standingConsentUntil: perhaps(aroundTheEnd),
    qualifications: fc.array(
      fc.record({
        role: fc.constantFrom(...roles),
        validUntil: aroundTheEnd,
        proficiency: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    home,
    timeZone: perhaps(
      fc.constantFrom('Asia/Tokyo', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe'),
    ),
    noticeToMoveMinutes: fc.oneof(
      fc.integer({ min: 0, max: 1500 }),
      fc.integer({ min: 0, max: 40 * 24 * 60 }),
    ),
    unavailability: mostly(
      [],
      fc.array(
        span(limits(-3, 0, 9, 11, 20), 4).map(away => ({ ...away, reason: 'leave' })),
        { maxLength: 2 },
      ),
    ),
    rota: mostly(
      null,
      fc.record({
        group: fc.integer({ min: 0, max: 3 }),
        groups: fc.integer({ min: 1, max: 3 }),
      }),
    ),
    lastMissionEndedAt: mostly(null, limits(-40, -30, -20)),
    missions: fc.integer({ min: 0, max: 4 }),
    pastMissions: fc.array(span(limits(-400, -365, -100, -2, 0), 30), { maxLength: 3 }),
    passportValidUntil: mostly<string | null>(days(400), perhaps(aroundTheEnd)),
    visas: fc.array(fc.record({ country: fc.constantFrom('TUR', 'NPL'), validUntil: aroundTheEnd }), {
      maxLength: 2,
    }),
    vaccinations: fc.array(
      fc.record({ vaccine: fc.constantFrom('tetanus', 'yellow-fever'), validUntil: perhaps(aroundTheEnd) }),
      { maxLength: 3 },
    ),
    medicalClearanceUntil: mostly<string | null>(days(200), perhaps(aroundTheEnd)),
    hold: mostly(
      null,
      fc.record({
        deploymentId: fc.constantFrom('D-1', 'D-2'),
        until: limits(0, 3),
      }),
    ),
    phone: mostly<Candidate['phone']>(
      { state: 'confirmed' },
      perhaps(fc.constant({ state: 'pending' as const })),
    ),
    email: perhaps(fc.record({ state: fc.constantFrom('confirmed', 'pending', 'lost') })),
  }) as fc.Arbitrary<Candidate>;

const team = (teamType: MatchTeam['teamType']): fc.Arbitrary<MatchTeam> =>
  fc.record({
    teamType: fc.constant(teamType),
    deadlineAt: perhaps(fc.constantFrom(hours(6), hours(24), days(20))),
    missionFrom: limits(0, 1),
    missionUntil: limits(9, 11),
    replyWindowMinutes: fc.integer({ min: 0, max: 300 }),
    employerWindowMinutes: fc.integer({ min: 0, max: 300 }),
    standby: fc.uniqueArray(
      fc.record({
        role: fc.constantFrom(...roles),
        critical: fc.boolean(),
        count: fc.integer({ min: 0, max: 2 }),
      }),
      { selector: ({ role }) => role, maxLength: 2 },
    ),
  });

const trait: fc.Arbitrary<TeamRule['of']> = fc.constantFrom(
  { is: 'speaker' },
  { is: 'gender', gender: 'female' },
  { is: 'gender', gender: 'male' },
  { is: 'experienced', missions: 2 },
  { is: 'experienced', missions: 1 },
  { is: 'newcomer' },
  { is: 'proficient', proficiency: 2 },
  { is: 'proficient', proficiency: 3 },
  { is: 'same employer' },
);

const rules = fc.uniqueArray(
  fc.record({
    ruleId: fc.constantFrom('A', 'B', 'C', 'D'),
    teamType: fc.constantFrom(...teamTypes),
    roles: perhaps(fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1, maxLength: 2 })),
    kind: fc.constantFrom('at least', 'at most'),
    count: fc.integer({ min: 0, max: 3 }),
    of: trait,
    sentence: fc.constant(null),
  }),
  { selector: ({ teamType, ruleId }) => `${teamType}/${ruleId}`, maxLength: 6 },
) as fc.Arbitrary<TeamRule[]>;

const some = (of: readonly string[]) => mostly<string[]>([], fc.subarray([...of]));

/** Small instances in which every fact that a rule asks about varies, most people passing most rules. */
export const randomInstance: fc.Arbitrary<MatchInstance> = fc
  .record({
    now: fc.constantFrom(now, '2026-03-02T00:00:30.000Z'),
    requestedAt: fc.constantFrom(now, hours(-3), hours(-10)),
    timeZone: fc.constantFrom('Asia/Tokyo', 'America/New_York'),
    country: mostly<string | null>('TUR', fc.constantFrom(null, 'NPL')),
    languages: fc.subarray(['tr', 'ku', 'xx']),
    restDays: fc.constantFrom(0, 30),
    leastProficiency: fc.record({ critical: fc.integer({ min: 1, max: 3 }), other: fc.constantFrom(1, 2) }),
    entry: fc.record({
      vaccinations: mostly<string[]>([], fc.subarray(['tetanus', 'yellow-fever', 'rabies'])),
      medicalClearance: fc.boolean(),
      visa: mostly(false, fc.constant(true)),
    }),
    scarceRoles: fc.subarray([...roles, 'surgeon']),
    travel: mostly(
      TravelModel.parse({}),
      fc
        .record({
          byLandUpToKm: fc.constantFrom(0, 500),
          landFromHour: fc.constantFrom(0, 8, 22),
          landUntilHour: fc.constantFrom(4, 8, 24),
          airFromHour: fc.constantFrom(2, 6),
          airUntilHour: fc.constantFrom(3, 20),
        })
        .map(changes => TravelModel.parse(changes)),
    ),
    costs: mostly(
      CostModel.parse({}),
      fc.constant(CostModel.parse({ fatiguePerFiveDays: 1000, noLanguage: 0, arrivalHour: 999 })),
    ),
    widened: mostly(false, fc.constant(true)),
    teams: fc.tuple(...teamTypes.map(team)),
    teamRules: rules,
    demand: fc.array(
      fc.record({ teamType: fc.constantFrom(...teamTypes), role: fc.constantFrom(...roles) }),
      { maxLength: 5 },
    ),
    critical: fc.subarray(teamTypes.flatMap(teamType => roles.map(role => `${teamType}/${role}`))),
    seated: mostly(
      [],
      fc.uniqueArray(
        fc.record({
          expertId: fc.constantFrom(...ids, 'X-1'),
          teamType: fc.constantFrom(...teamTypes),
          role: fc.constantFrom(...roles),
          arrivesAt: fc.constant(null),
        }),
        { selector: ({ expertId }) => expertId, maxLength: 3 },
      ),
    ),
    reachableEmployerIds: fc.subarray([...employers], { minLength: 1 }),
    askedExpertIds: some([...ids, 'X-1']),
    excludedExpertIds: some(ids),
    preferredExpertIds: fc.subarray([...ids]),
    experts: fc.tuple(...ids.map(person)),
  })
  .map(({ demand, critical, ...rest }) => ({
    ...rest,
    deploymentId: 'D-1',
    assemblyPoint: { latitude: 35.772, longitude: 140.3929 },
    seats: demand.map(({ teamType, role }, i) => ({
      seatId: `${teamType}/${role}/${i}`,
      teamType,
      role,
      critical: critical.includes(`${teamType}/${role}`),
    })),
  })) as fc.Arbitrary<MatchInstance>;
