import * as z from 'zod';
import { CountryCode, Hazard, Level, Position, Wording } from './primitives.ts';
import { Trait } from './team-rule.ts';

/** Kinds of team of the JDR law, the medical team split by its WHO EMT type. */
export const TeamType = z.enum(['rescue', 'medical-1', 'medical-2', 'infectious-disease', 'expert']);
export type TeamType = z.infer<typeof TeamType>;

/** A role's code ("dog-handler"); the policy lists those that exist. */
export const RoleCode = z.string().regex(/^[a-z][a-z0-9-]*$/);
export type RoleCode = z.infer<typeof RoleCode>;

/** A role as the screens and the notices call it. */
export const Role = z.object({
  role: RoleCode,
  name: Wording,
  /** INSARAG component, or the medical section ("Management", "Search", "Rescue", "Medical", "Logistics", "Clinical", "Allied"). */
  component: z.string(),
  /** What the person is told to bring. */
  bring: Wording,
});
export type Role = z.infer<typeof Role>;

/** Where a number of the policy was read; "unconfirmed" when no source was found. */
const Source = z.string().min(1);

/** Seats of one role in a team. */
export const SeatPlan = z.object({
  role: RoleCode,
  count: z.number().int().positive(),
  critical: z.boolean(),
});
export type SeatPlan = z.infer<typeof SeatPlan>;

/** A kind of team: who sits in it and how it is called out. */
export const TeamPlan = z.object({
  teamType: TeamType,
  name: Wording,
  seats: z.array(SeatPlan).min(1),
  /** Ready to leave this long after the request. */
  deadlineHours: z.number().positive(),
  /** Stand-by people asked for each seat (0.2 = one for five seats, rounded up per role). */
  standbyRatio: z.number().min(0).max(2),
  replyWindowMinutes: z.number().int().positive(),
  employerWindowMinutes: z.number().int().positive(),
  missionDays: z.number().int().positive(),
  source: Source,
});
export type TeamPlan = z.infer<typeof TeamPlan>;

/** Goods sent together; quantities are units of the item. */
export const ConsignmentPlan = z.object({
  consignment: z.string(),
  lines: z.array(z.object({ item: z.string(), quantity: z.number().int().positive() })).min(1),
  deadlineHours: z.number().positive(),
  source: Source,
});
export type ConsignmentPlan = z.infer<typeof ConsignmentPlan>;

/** When all that is given holds, the teams and consignments are proposed. Rules of one event add up, one team of a type. */
export const ResponseRule = z.object({
  ruleId: z.string().regex(/^[A-Z0-9-]+$/),
  sentence: Wording,
  when: z.object({
    hazards: z.array(Hazard).min(1),
    levels: z.array(Level).min(1),
    /** Each measure, where the event has it, must reach the number; `requiredMeasures` must be there. */
    atLeast: z.record(z.string(), z.number()).default({}),
    requiredMeasures: z.array(z.string()).default([]),
    countries: z
      .enum(['any', 'least-developed', 'small-island', 'least-developed-or-small-island'])
      .default('any'),
    /** Older events no longer propose anything. */
    withinHours: z.number().positive(),
    /** What the age is counted from: the onset, or the last time the hazard was seen at work (storms, floods). */
    countedFrom: z.enum(['onset', 'end']).default('onset'),
  }),
  propose: z.object({ teams: z.array(TeamType).default([]), consignments: z.array(z.string()).default([]) }),
  source: Source,
});
export type ResponseRule = z.infer<typeof ResponseRule>;

/** A vaccine's code ("yellow-fever"); the policy lists those that the roster may name. */
export const VaccineCode = z.string().regex(/^[a-z][a-z0-9-]*$/);
export type VaccineCode = z.infer<typeof VaccineCode>;

/** What must be in order before somebody is asked to go, beside certificate and passport. */
export const EntryPlan = z.object({
  /** Every vaccine that the roster may name, with the countries that it is required for; an empty list: for none. */
  vaccinations: z.array(
    z.object({
      vaccine: VaccineCode,
      name: Wording,
      countries: z.union([z.literal('any'), z.array(CountryCode)]),
      source: Source,
    }),
  ),
  medicalClearance: z.object({ required: z.boolean(), source: Source }),
  /** Countries that let nobody of a relief team in without a visa. */
  visas: z.object({ countries: z.array(CountryCode), source: Source }),
});
export type EntryPlan = z.infer<typeof EntryPlan>;

/**
 * A rule about teams as a whole: at least, or at most, so many of the seats (of these roles; null: of all) go to people
 * with the trait. Either `share` of those seats (0 to 1; rounded up for "at least", down but never below 1 for "at most")
 * or `count`. Where none of the roles has a seat, or nobody knows the country's languages, the rule is left out.
 */
export const TeamRulePlan = z
  .object({
    ruleId: z.string().regex(/^[A-Z0-9-]+$/),
    sentence: Wording,
    teams: z.union([z.literal('any'), z.array(TeamType).min(1)]),
    roles: z.array(RoleCode).min(1).nullable(),
    kind: z.enum(['at least', 'at most']),
    share: z.number().positive().max(1).nullable().default(null),
    count: z.number().int().nonnegative().nullable().default(null),
    of: Trait,
    source: Source,
  })
  .refine(({ share, count }) => (share === null) !== (count === null), {
    path: ['share'],
    message: 'a rule has either a share or a count',
  })
  .refine(({ kind, count }) => !(kind === 'at least' && count === 0), {
    path: ['count'],
    message: '"at least 0" asks for nothing',
  })
  .refine(({ kind, of }) => !(kind === 'at least' && of.is === 'same employer'), {
    path: ['kind'],
    message: 'a rule about one employer can only say "at most"',
  });
export type TeamRulePlan = z.infer<typeof TeamRulePlan>;

/**
 * Speeds and hours of the way to the assembly point. All unconfirmed: plain enough to be checked against a timetable.
 * A journey by land begins between the hours of the first and the last train at home, one by air between those of the
 * first and the last flight; who is ready in between waits. Hours are local to the person's home.
 */
export const TravelModel = z.object({
  /** Beyond this the journey is by air: about the reach of three and a half hours of trains. */
  byLandUpToKm: z.number().nonnegative().default(300),
  landKmPerHour: z.number().positive().default(80),
  /** Walks, changes and waiting on any journey by land. */
  landMinutes: z.number().int().nonnegative().default(30),
  landFromHour: z.number().int().min(0).max(23).default(5),
  landUntilHour: z.number().int().min(1).max(24).default(24),
  airKmPerHour: z.number().positive().default(700),
  /** To the airport, check-in, waiting for the flight, out at the other end. */
  airMinutes: z.number().int().nonnegative().default(210),
  airFromHour: z.number().int().min(0).max(23).default(4),
  airUntilHour: z.number().int().min(1).max(24).default(20),
});
export type TravelModel = z.infer<typeof TravelModel>;

const points = (count: number) => z.number().int().min(0).max(1000).default(count);

/** What a choice costs, in points; whole numbers, 0 to 1000. All unconfirmed: a desk's wish, not a rule. */
export const CostModel = z.object({
  /** For each step of proficiency below instructor. */
  proficiencyStep: points(3),
  /** Speaks no language of the affected country. */
  noLanguage: points(6),
  /** Fatigue: for each started five days on mission within the 365 days before now. */
  fatiguePerFiveDays: points(2),
  /** Fairness: for each mission that began within these 365 days; turns are shared. */
  missionInYear: points(4),
  /** Over-qualification: holds a certificate in force for one of `scarceRoles`, and the seat is not critical. */
  scarceOnCommonSeat: points(5),
  /** For each started hour until the arrival at the assembly point. */
  arrivalHour: points(1),
});
export type CostModel = z.infer<typeof CostModel>;

/** The desk's policy: data with a version, edited by people, never code. */
export const Policy = z.object({
  version: z.string(),
  desk: z.object({
    name: Wording,
    country: CountryCode,
    timeZone: z.string(),
    phone: z.string(),
    assemblyPoint: z.object({ name: Wording, position: Position }),
  }),
  roles: z.array(Role),
  teams: z.array(TeamPlan),
  consignments: z.array(ConsignmentPlan),
  rules: z.array(ResponseRule),
  /** A further event is the same emergency within these bounds: it raises the open deployment. */
  sameEmergency: z.object({
    withinDays: z.number().positive(),
    withinKm: z.number().positive(),
    source: Source,
  }),
  /** Above this number of seats a second person approves. */
  secondApprovalAboveSeats: z.object({ seats: z.number().int().positive(), source: Source }),
  /** The desk is asked again (and its supervisor told) when it has not answered for this long. */
  deskAnswerHours: z.object({ hours: z.number().positive(), source: Source }),
  /** Each mission stage with the time after which somebody asks why it has not been reported. */
  stages: z.array(
    z.object({
      stage: z.string(),
      /** Counted from the stage before it; the first from the confirmation. */
      overdueAfterHours: z.number().positive(),
      source: Source.default('unconfirmed'),
    }),
  ),
  /** Proficiency (1 basic, 2 experienced, 3 instructor) that a seat asks for until the desk widens the search. */
  leastProficiency: z
    .object({
      critical: z.number().int().min(1).max(3),
      other: z.number().int().min(1).max(3),
      source: Source,
    })
    .default({ critical: 2, other: 1, source: 'unconfirmed' }),
  /** Rest between two missions. */
  restDays: z.object({ days: z.number().int().nonnegative(), source: Source }),
  entry: EntryPlan,
  teamRules: z.array(TeamRulePlan),
  travel: TravelModel.extend({ source: Source }),
  costs: CostModel.extend({ source: Source }),
});
export type Policy = z.infer<typeof Policy>;

/** Roles whose people are rare: those that are critical in some team. In the order in which the policy lists the roles. */
export function scarceRolesOf({ roles, teams }: Pick<Policy, 'roles' | 'teams'>): RoleCode[] {
  const critical = new Set(
    teams.flatMap(team => team.seats.filter(seat => seat.critical).map(({ role }) => role)),
  );
  return roles.flatMap(({ role }) => (critical.has(role) ? [role] : []));
}

/**
 * What a mission to a country asks of everybody, beside certificate and passport. Of a country that is not known (null)
 * only what every country asks.
 */
export function entryFor(
  entry: EntryPlan,
  country: CountryCode | null,
): { vaccinations: VaccineCode[]; medicalClearance: boolean; visa: boolean } {
  const names = (countries: readonly CountryCode[]) => country !== null && countries.includes(country);
  return {
    vaccinations: entry.vaccinations.flatMap(({ vaccine, countries }) =>
      countries === 'any' || names(countries) ? [vaccine] : [],
    ),
    medicalClearance: entry.medicalClearance.required,
    visa: names(entry.visas.countries),
  };
}
