import * as z from 'zod';
import { Expert } from '../domain/expert.ts';
import { CostModel, RoleCode, TeamType, TravelModel } from '../domain/policy.ts';
import { CountryCode, Instant, Position, Wording } from '../domain/primitives.ts';
import { Trait } from '../domain/team-rule.ts';
import { isTimeZone } from '../domain/time-zone.ts';

const ChannelState = z.object({ state: z.enum(['confirmed', 'pending', 'lost']) }).nullable();

/** What the matching needs of a person: no name, no number, no address. An Expert can be given as it is. */
export const Candidate = Expert.pick({
  expertId: true,
  gender: true,
  languages: true,
  employerId: true,
  standingConsentUntil: true,
  qualifications: true,
  home: true,
  timeZone: true,
  noticeToMoveMinutes: true,
  unavailability: true,
  rota: true,
  lastMissionEndedAt: true,
  missions: true,
  pastMissions: true,
  passportValidUntil: true,
  visas: true,
  vaccinations: true,
  medicalClearanceUntil: true,
  hold: true,
}).extend({ gender: Expert.shape.gender.default('unstated'), phone: ChannelState, email: ChannelState });
export type Candidate = z.infer<typeof Candidate>;

/** One seat that has nobody yet. */
const OpenSeat = z.object({
  seatId: z.string().min(1),
  teamType: TeamType,
  role: RoleCode,
  critical: z.boolean(),
});

/** Somebody who has a seat and keeps it: counts for the team rules and can take no other. */
const TakenSeat = z.object({
  expertId: z.string().min(1),
  teamType: TeamType,
  role: RoleCode,
  /** When they are at the assembly point: the team is not there before, so nobody else need be. Null: not known. */
  arrivesAt: Instant.nullable().default(null),
});

/** How a team is called out and how long its people are away. */
export const MatchTeam = z.object({
  teamType: TeamType,
  /** Nobody who arrives at the assembly point later counts, unless the search is widened; null: no limit. */
  deadlineAt: Instant.nullable(),
  /** The mission, from assembling to being home: certificates, passport, leave and rest are judged against it. */
  missionFrom: Instant,
  missionUntil: Instant,
  replyWindowMinutes: z.number().int().nonnegative(),
  employerWindowMinutes: z.number().int().nonnegative(),
  /** How many stand by for each role, whether or not seats of it are open. */
  standby: z.array(
    z.object({ role: RoleCode, critical: z.boolean(), count: z.number().int().nonnegative() }),
  ),
});
export type MatchTeam = z.infer<typeof MatchTeam>;

/**
 * A rule about a team as a whole: at least, or at most, `count` people of the team (of these roles; null: of all) have the
 * trait, those who sit in it already counted in. Seats are filled first: a rule is broken by as few people as possible
 * rather than a seat left empty.
 */
export const TeamRule = z.object({
  ruleId: z.string().regex(/^[A-Z0-9-]+$/),
  teamType: TeamType,
  roles: z.array(RoleCode).min(1).nullable().default(null),
  kind: z.enum(['at least', 'at most']),
  count: z.number().int().nonnegative(),
  of: Trait,
  sentence: Wording.nullable().default(null),
});
export type TeamRule = z.infer<typeof TeamRule>;

export { CostModel, TravelModel };

const everyDefault = <T extends z.ZodObject>(schema: T) => schema.prefault({} as z.input<T>);

const problemShape = {
  deploymentId: z.string().min(1),
  now: Instant,
  /** The duty rota is judged on the day of the request, in the desk's zone. */
  requestedAt: Instant,
  /** IANA zone of the desk: for the rota, and for whoever has none of their own. */
  timeZone: z.string().refine(isTimeZone, 'no time zone is called so'),
  assemblyPoint: Position,
  /** The affected country, ISO 3166 alpha-3: visas are for it. */
  country: CountryCode.nullable().default(null),
  /** ISO 639 codes of the affected country. */
  languages: z.array(z.string()),
  restDays: z.number().int().nonnegative(),
  /** Least proficiency (1 basic, 2 experienced, 3 instructor); 1 for all when the search is widened. */
  leastProficiency: z.object({
    critical: z.number().int().min(1).max(3),
    other: z.number().int().min(1).max(3),
  }),
  /** What must be valid to the end of the mission, beside certificate and passport. */
  entry: everyDefault(
    z.object({
      vaccinations: z.array(z.string()).default([]),
      medicalClearance: z.boolean().default(false),
      /** The country lets nobody in without a visa. */
      visa: z.boolean().default(false),
    }),
  ),
  /** Roles whose people are rare: sitting on a common seat they cost more. */
  scarceRoles: z.array(RoleCode).default([]),
  travel: everyDefault(TravelModel),
  costs: everyDefault(CostModel),
  /** The desk gave up proficiency, rota and deadline for a full team. Consent, reach and holds are never given up. */
  widened: z.boolean(),
  teams: z.array(MatchTeam).min(1),
  teamRules: z.array(TeamRule).default([]),
  seats: z.array(OpenSeat),
  /** Who sits already and keeps the seat. */
  seated: z.array(TakenSeat).default([]),
  /** Employers who can be asked: at least one confirmed channel. */
  reachableEmployerIds: z.array(z.string()),
  /** Asked before in this deployment, whatever they answered. */
  askedExpertIds: z.array(z.string()),
  /** Left out by the desk. */
  excludedExpertIds: z.array(z.string()),
  /** Said before that they can go: no reply window. */
  preferredExpertIds: z.array(z.string()),
};

/** All that the rules ask of a plan, without the people: they come as columns (roster/columns.ts). */
export const MatchProblem = z.object(problemShape).superRefine(checkProblem);
export type MatchProblem = z.infer<typeof MatchProblem>;

/** One matching problem whole, as a file: the same instance gives the same match, in whatever order its lists stand. */
export const MatchInstance = z
  .object({ ...problemShape, experts: z.array(Candidate) })
  .superRefine(checkProblem)
  .superRefine(checkPeople);
export type MatchInstance = z.infer<typeof MatchInstance>;

type Report = z.core.$RefinementCtx;
type Problem = z.infer<z.ZodObject<typeof problemShape>>;

/** Names what contradicts itself: each place once, with its reason. */
function checkProblem(problem: Problem, context: Report): void {
  const fail = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  reportTwice(problem.teams, team => team.teamType, ['teams'], 'teamType', context);
  reportTwice(problem.seats, seat => seat.seatId, ['seats'], 'seatId', context);
  reportTwice(problem.seated, seat => seat.expertId, ['seated'], 'expertId', context);
  reportTwice(problem.teamRules, rule => `${rule.teamType}/${rule.ruleId}`, ['teamRules'], 'ruleId', context);
  const teams = new Set<string>(problem.teams.map(({ teamType }) => teamType));
  for (const [i, team] of problem.teams.entries()) {
    reportTwice(team.standby, ({ role }) => role, ['teams', i, 'standby'], 'role', context);
    if (Date.parse(team.missionUntil) <= Date.parse(team.missionFrom)) {
      fail(['teams', i, 'missionUntil'], 'the mission ends before it starts');
    }
  }
  const critical = new Map<string, boolean>();
  for (const [i, seat] of problem.seats.entries()) {
    if (!teams.has(seat.teamType)) fail(['seats', i, 'teamType'], `no team is called "${seat.teamType}"`);
    const group = `${seat.teamType}/${seat.role}`;
    if (critical.has(group) && critical.get(group) !== seat.critical) {
      fail(['seats', i, 'critical'], `the seats of ${group} are all critical or none is`);
    }
    critical.set(group, seat.critical);
  }
  for (const [i, { teamType }] of problem.teamRules.entries()) {
    if (!teams.has(teamType)) fail(['teamRules', i, 'teamType'], `no team is called "${teamType}"`);
  }
  for (const [i, rule] of problem.teamRules.entries()) {
    if (rule.of.is === 'same employer' && rule.kind === 'at least') {
      fail(['teamRules', i, 'kind'], 'a rule about one employer can only say "at most"');
    }
    const opposite = problem.teamRules.find(
      other =>
        rule.kind === 'at least' &&
        other.kind === 'at most' &&
        other.count < rule.count &&
        other.teamType === rule.teamType &&
        JSON.stringify([other.roles, other.of]) === JSON.stringify([rule.roles, rule.of]),
    );
    if (opposite) {
      fail(
        ['teamRules', i, 'count'],
        `"${rule.ruleId}" asks for at least ${rule.count}, "${opposite.ruleId}" for at most ${opposite.count} of the same`,
      );
    }
  }
}

/** The same for the people, and that whoever sits already is one of them: the team rules count them. */
function checkPeople({ experts, seated }: Pick<MatchInstance, 'experts' | 'seated'>, context: Report): void {
  reportTwice(experts, ({ expertId }) => expertId, ['experts'], 'expertId', context);
  const fail = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  for (const [i, { unavailability, pastMissions, rota, timeZone }] of experts.entries()) {
    for (const [field, periods] of Object.entries({ unavailability, pastMissions })) {
      for (const [p, { from, to }] of periods.entries()) {
        if (Date.parse(to) < Date.parse(from)) fail(['experts', i, field, p, 'to'], 'ends before it starts');
      }
    }
    if (rota && rota.group >= rota.groups) {
      fail(['experts', i, 'rota', 'group'], `group ${rota.group} is none of ${rota.groups}, counted from 0`);
    }
    if (timeZone !== null && !isTimeZone(timeZone)) {
      fail(['experts', i, 'timeZone'], 'no time zone is called so');
    }
  }
  const known = new Set(experts.map(({ expertId }) => expertId));
  for (const [i, { expertId }] of seated.entries()) {
    if (!known.has(expertId)) fail(['seated', i, 'expertId'], `"${expertId}" is none of the experts`);
  }
}

function reportTwice<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  path: (string | number)[],
  field: string,
  context: Report,
): void {
  const seen = new Set<string>();
  for (const [i, item] of items.entries()) {
    const key = keyOf(item);
    if (seen.has(key)) {
      context.addIssue({ code: 'custom', path: [...path, i, field], message: `"${key}" is there twice` });
    }
    seen.add(key);
  }
}
