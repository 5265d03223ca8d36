import { CostModel, TravelModel } from '../../functions/domain/policy.ts';
import type {
  Candidate,
  MatchInstance,
  MatchProblem,
  MatchTeam,
  TeamRule,
} from '../../functions/matching/problem.ts';
import type { RosterColumns } from '../../functions/roster/columns.ts';
import { columnsOf } from '../../functions/roster/columns-of.ts';

/** The moment of every test instance; the mission of every team runs from it for eleven days. */
export const now = '2026-03-02T00:00:00.000Z';
export const hours = (count: number) => new Date(Date.parse(now) + count * 3_600_000).toISOString();
export const days = (count: number) => hours(24 * count);

/** At the assembly point, ready, trained, reachable and free: eligible for `fire-rescue`, there after 2 h and half an hour of way. */
export const aCandidate = (expertId: string, changes: Partial<Candidate> = {}): Candidate => ({
  expertId,
  gender: 'unstated',
  languages: ['ja'],
  employerId: 'F-1',
  standingConsentUntil: null,
  qualifications: [aQualification('fire-rescue')],
  home: { latitude: 35.772, longitude: 140.3929 },
  timeZone: null,
  noticeToMoveMinutes: 0,
  unavailability: [],
  rota: null,
  lastMissionEndedAt: null,
  missions: 0,
  pastMissions: [],
  passportValidUntil: days(400),
  visas: [],
  vaccinations: [],
  medicalClearanceUntil: null,
  hold: null,
  phone: { state: 'confirmed' },
  email: null,
  ...changes,
});

export const aQualification = (role: string, changes: Partial<Candidate['qualifications'][number]> = {}) => ({
  role,
  validUntil: days(300),
  proficiency: 2,
  ...changes,
});

export const aTeam = (changes: Partial<MatchTeam> = {}): MatchTeam => ({
  teamType: 'rescue',
  deadlineAt: hours(24),
  missionFrom: now,
  missionUntil: days(11),
  replyWindowMinutes: 60,
  employerWindowMinutes: 60,
  standby: [],
  ...changes,
});

/** `count` seats of a role. */
export const seats = (
  teamType: MatchTeam['teamType'],
  role: string,
  count: number,
  critical = false,
): MatchInstance['seats'] =>
  Array.from({ length: count }, (_, i) => ({
    seatId: `${teamType}/${role}/${i + 1}`,
    teamType,
    role,
    critical,
  }));

/** At least two of the rescue team speak a language of the country. */
export const aTeamRule = (changes: Partial<TeamRule> = {}): TeamRule => ({
  ruleId: 'SPEAKERS',
  teamType: 'rescue',
  roles: null,
  kind: 'at least',
  count: 2,
  of: { is: 'speaker' },
  sentence: null,
  ...changes,
});

/** One seat in the rescue team, nobody on the roster, no team rules, and nothing asked for entering the country. */
export const anInstance = (changes: Partial<MatchInstance> = {}): MatchInstance => ({
  deploymentId: 'D-1',
  now,
  requestedAt: now,
  timeZone: 'Asia/Tokyo',
  assemblyPoint: { latitude: 35.772, longitude: 140.3929 },
  country: 'TUR',
  languages: ['tr'],
  restDays: 30,
  leastProficiency: { critical: 2, other: 1 },
  entry: { vaccinations: [], medicalClearance: false, visa: false },
  scarceRoles: [],
  travel: TravelModel.parse({}),
  costs: CostModel.parse({}),
  widened: false,
  teams: [aTeam()],
  teamRules: [],
  seats: seats('rescue', 'fire-rescue', 1),
  seated: [],
  experts: [],
  reachableEmployerIds: ['F-1'],
  askedExpertIds: [],
  excludedExpertIds: [],
  preferredExpertIds: [],
  ...changes,
});

/** An instance as the matching takes it: what is asked, and the people as columns. */
export const problemAndRoster = ({
  experts,
  ...problem
}: MatchInstance): { problem: MatchProblem; roster: RosterColumns } => ({
  problem,
  roster: columnsOf(experts),
});
