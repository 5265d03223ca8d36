import type { Candidate, MatchInput, MatchTeam } from '../../functions/matching/instance.ts';

/** The moment of every test instance; the mission of every team runs from it for eleven days. */
export const now = '2026-03-02T00:00:00.000Z';
export const hours = (count: number) => new Date(Date.parse(now) + count * 3_600_000).toISOString();
export const days = (count: number) => hours(24 * count);

/** At the assembly point, ready, trained, reachable and free: eligible for `fire-rescue`, there after 2 h and half an hour of way. */
export const aCandidate = (expertId: string, changes: Partial<Candidate> = {}): Candidate => ({
  expertId,
  languages: ['ja'],
  employerId: 'F-1',
  standingConsentUntil: null,
  qualifications: [aQualification('fire-rescue')],
  home: { latitude: 35.772, longitude: 140.3929 },
  noticeToMoveMinutes: 0,
  unavailability: [],
  rota: null,
  lastMissionEndedAt: null,
  missions: 0,
  passportValidUntil: days(400),
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
): MatchInput['seats'] =>
  Array.from({ length: count }, (_, i) => ({
    seatId: `${teamType}/${role}/${i + 1}`,
    teamType,
    role,
    critical,
  }));

export const anInstance = (changes: Partial<MatchInput> = {}): MatchInput => ({
  deploymentId: 'D-1',
  now,
  requestedAt: now,
  timeZone: 'Asia/Tokyo',
  assemblyPoint: { latitude: 35.772, longitude: 140.3929 },
  languages: ['tr'],
  restDays: 30,
  leastProficiency: { critical: 2, other: 1 },
  widened: false,
  teams: [aTeam()],
  seats: seats('rescue', 'fire-rescue', 1),
  experts: [],
  reachableEmployerIds: ['F-1'],
  askedExpertIds: [],
  excludedExpertIds: [],
  preferredExpertIds: [],
  ...changes,
});
