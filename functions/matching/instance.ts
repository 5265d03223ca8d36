import * as z from 'zod';
import { Expert } from '../domain/expert.ts';
import { RoleCode, TeamType } from '../domain/policy.ts';
import { Instant, Position } from '../domain/primitives.ts';

const ChannelState = z.object({ state: z.enum(['confirmed', 'pending', 'lost']) }).nullable();

/** What the matching needs of a person: no name, no number, no address. An Expert can be given as it is. */
export const Candidate = Expert.pick({
  expertId: true,
  languages: true,
  employerId: true,
  standingConsentUntil: true,
  qualifications: true,
  home: true,
  noticeToMoveMinutes: true,
  unavailability: true,
  rota: true,
  lastMissionEndedAt: true,
  missions: true,
  passportValidUntil: true,
  hold: true,
}).extend({ phone: ChannelState, email: ChannelState });
export type Candidate = z.infer<typeof Candidate>;

/** One seat that has nobody yet. */
const OpenSeat = z.object({
  seatId: z.string().min(1),
  teamType: TeamType,
  role: RoleCode,
  critical: z.boolean(),
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

/** One matching problem: the seats to fill, the people there are, and all that the rules ask. The same input gives the same match. */
export const MatchInput = z
  .object({
    deploymentId: z.string().min(1),
    now: Instant,
    /** The duty rota is judged on the day of the request, in the desk's zone. */
    requestedAt: Instant,
    timeZone: z.string().refine(isTimeZone, 'no time zone is called so'),
    assemblyPoint: Position,
    /** ISO 639 codes of the affected country: who speaks one goes before who does not, all else being equal. */
    languages: z.array(z.string()),
    restDays: z.number().int().nonnegative(),
    /** Least proficiency (1 basic, 2 experienced, 3 instructor); 1 for all when the search is widened. */
    leastProficiency: z.object({
      critical: z.number().int().min(1).max(3),
      other: z.number().int().min(1).max(3),
    }),
    /** The desk gave up proficiency, rota and deadline for a full team. Consent, reach and holds are never given up. */
    widened: z.boolean(),
    teams: z.array(MatchTeam).min(1),
    seats: z.array(OpenSeat),
    experts: z.array(Candidate),
    /** Employers who can be asked: at least one confirmed channel. */
    reachableEmployerIds: z.array(z.string()),
    /** Asked before in this deployment, whatever they answered, and those who sit in it. */
    askedExpertIds: z.array(z.string()),
    /** Left out by the desk. */
    excludedExpertIds: z.array(z.string()),
    /** Said before that they can go: no reply window. */
    preferredExpertIds: z.array(z.string()),
  })
  .superRefine((input, context) => {
    const fail = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const teams = new Set<string>();
    for (const [i, team] of input.teams.entries()) {
      if (teams.has(team.teamType)) fail(['teams', i, 'teamType'], `"${team.teamType}" is there twice`);
      teams.add(team.teamType);
      const standby = new Set<string>();
      for (const [s, { role }] of team.standby.entries()) {
        if (standby.has(role)) fail(['teams', i, 'standby', s, 'role'], `"${role}" is there twice`);
        standby.add(role);
      }
      if (Date.parse(team.missionUntil) <= Date.parse(team.missionFrom)) {
        fail(['teams', i, 'missionUntil'], 'the mission ends before it starts');
      }
    }
    const seatIds = new Set<string>();
    const critical = new Map<string, boolean>();
    for (const [i, seat] of input.seats.entries()) {
      if (seatIds.has(seat.seatId)) fail(['seats', i, 'seatId'], `"${seat.seatId}" is there twice`);
      seatIds.add(seat.seatId);
      if (!teams.has(seat.teamType)) fail(['seats', i, 'teamType'], `no team is called "${seat.teamType}"`);
      const group = `${seat.teamType}/${seat.role}`;
      if (critical.has(group) && critical.get(group) !== seat.critical) {
        fail(['seats', i, 'critical'], `the seats of ${group} are all critical or none is`);
      }
      critical.set(group, seat.critical);
    }
    const expertIds = new Set<string>();
    for (const [i, { expertId }] of input.experts.entries()) {
      if (expertIds.has(expertId)) fail(['experts', i, 'expertId'], `"${expertId}" is there twice`);
      expertIds.add(expertId);
    }
  });
export type MatchInput = z.infer<typeof MatchInput>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
