import * as z from 'zod';
import { CountryCode, Hazard, Level, Position, Wording } from './primitives.ts';

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
});
export type Policy = z.infer<typeof Policy>;
