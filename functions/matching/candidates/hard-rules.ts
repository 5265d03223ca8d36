import type { RosterColumns } from '../../roster/columns.ts';
import { secondsOf } from '../../roster/columns-of.ts';
import { placeOf } from '../../roster/reading.ts';
import type { MatchProblem, MatchTeam } from '../problem.ts';
import { dayNumberIn } from './zone-clock.ts';

/**
 * The rules that everybody passes who is asked, by the name under which those are counted whom they remove. A person is
 * counted once, at the first rule that removes them: first what lasts, then what may change by tomorrow.
 */
export const hardRules = [
  'certificate ends too early',
  'proficiency too low',
  'left out by the desk',
  'asked before',
  'seated',
  'held elsewhere',
  'on leave',
  'off duty by the rota',
  'resting',
  'vaccination missing',
  'no medical clearance',
  'no passport',
  'no visa',
  'employer cannot be asked',
  'not reachable',
  'too late',
] as const;
export type HardRule = (typeof hardRules)[number];

const DAY = 86_400;

const left = 1;
const asked = 2;
const seated = 4;
const preferred = 8;

/** What a problem asks of everybody, in the numbers of one roster's columns. Moments in whole seconds, rounded down. */
export type Terms = {
  roster: RosterColumns;
  now: number;
  widened: boolean;
  dutyDay: number;
  restSeconds: number;
  /** Place of this deployment in the column heldBy; -1 when it holds nobody. */
  ownHold: number;
  /** By person: in which of the problem's lists they stand, as bits. */
  lists: Uint8Array;
  /** By employer: 1 when they can be asked. */
  askable: Uint8Array;
  /** Places of the vaccines that are asked for; -1 for one that nobody has. */
  vaccines: number[];
  clearance: boolean;
  visa: boolean;
  /** Place of the affected country; -1 when nobody has a visa for it, or the country is not known. */
  country: number;
};

/** A team's mission in seconds. Certificates, passport, leave and rest are judged against it. */
export type Mission = {
  from: number;
  until: number;
  /** Infinity: none. */
  deadline: number;
  replyMinutes: number;
  employerMinutes: number;
};

export function termsOf(problem: MatchProblem, roster: RosterColumns): Terms {
  const { words } = roster;
  const lists = new Uint8Array(roster.count);
  const enter = (expertIds: Iterable<string>, list: number) => {
    for (const expertId of expertIds) {
      const place = placeOf(roster, expertId);
      if (place >= 0) lists[place]! |= list;
    }
  };
  enter(problem.excludedExpertIds, left);
  enter(problem.askedExpertIds, asked);
  enter(
    problem.seated.map(({ expertId }) => expertId),
    seated,
  );
  enter(problem.preferredExpertIds, preferred);
  const reachable = new Set(problem.reachableEmployerIds);
  return {
    roster,
    now: secondsOf(problem.now),
    widened: problem.widened,
    dutyDay: dayNumberIn(problem.timeZone, secondsOf(problem.requestedAt)),
    restSeconds: problem.restDays * DAY,
    ownHold: words.deployments.indexOf(problem.deploymentId) + 1 || -1,
    lists,
    askable: Uint8Array.from(words.employers, employerId => (reachable.has(employerId) ? 1 : 0)),
    vaccines: problem.entry.vaccinations.map(vaccine => words.vaccines.indexOf(vaccine)),
    clearance: problem.entry.medicalClearance,
    visa: problem.entry.visa,
    country: problem.country === null ? -1 : words.countries.indexOf(problem.country),
  };
}

export const missionOf = (team: MatchTeam): Mission => ({
  from: secondsOf(team.missionFrom),
  until: secondsOf(team.missionUntil),
  deadline: team.deadlineAt === null ? Number.POSITIVE_INFINITY : secondsOf(team.deadlineAt),
  replyMinutes: team.replyWindowMinutes,
  employerMinutes: team.employerWindowMinutes,
});

/** The least proficiency that a group asks for. */
export const leastOf = (problem: MatchProblem, critical: boolean): number =>
  problem.widened ? 1 : problem.leastProficiency[critical ? 'critical' : 'other'];

export const endsTooEarly = (mission: Mission, certificateUntil: number): boolean =>
  certificateUntil < mission.until;

export const isTooLow = (least: number, level: number): boolean => level < least;

export const isLeftOut = ({ lists }: Terms, person: number): boolean => (lists[person]! & left) !== 0;
export const isAskedBefore = ({ lists }: Terms, person: number): boolean => (lists[person]! & asked) !== 0;
export const isSeated = ({ lists }: Terms, person: number): boolean => (lists[person]! & seated) !== 0;
/** Said before that they can go. */
export const isPreferred = ({ lists }: Terms, person: number): boolean => (lists[person]! & preferred) !== 0;

/** By a deployment other than this, with a hold that has not ended. */
export function isHeldElsewhere({ roster, ownHold, now }: Terms, person: number): boolean {
  const by = roster.heldBy[person]!;
  return by !== 0 && by !== ownHold && roster.heldUntil[person]! > now;
}

/** Leave, illness or another duty that touches the mission. */
export function isOnLeave({ roster }: Terms, { from, until }: Mission, person: number): boolean {
  const end = roster.absenceStarts[person + 1]!;
  for (let at = roster.absenceStarts[person]!; at < end; at += 1) {
    if (roster.absenceFrom[at]! < until && roster.absenceTo[at]! > from) return true;
  }
  return false;
}

/** Not in the duty group of the day of the request. */
export function isOffDuty({ roster, widened, dutyDay }: Terms, person: number): boolean {
  const groups = roster.rotaGroups[person]!;
  if (groups === 0 || widened) return false;
  return ((dutyDay % groups) + groups) % groups !== roster.rotaGroup[person]!;
}

export function isResting({ roster, restSeconds }: Terms, { from }: Mission, person: number): boolean {
  const ended = roster.lastMissionEnd[person]!;
  return ended !== 0 && ended + restSeconds > from;
}

/** One of the vaccinations asked for is not there, or does not last to the end of the mission. */
export function lacksVaccination(terms: Terms, mission: Mission, person: number): boolean {
  for (let i = 0; i < terms.vaccines.length; i += 1) {
    if (!isVaccinated(terms, mission, person, terms.vaccines[i]!)) return true;
  }
  return false;
}

export function isVaccinated(
  { roster }: Terms,
  { until }: Mission,
  person: number,
  vaccine: number,
): boolean {
  const end = roster.vaccinationStarts[person + 1]!;
  for (let at = roster.vaccinationStarts[person]!; at < end; at += 1) {
    if (roster.vaccine[at] === vaccine && roster.vaccinationUntil[at]! >= until) return true;
  }
  return false;
}

export const lacksClearance = ({ roster, clearance }: Terms, { until }: Mission, person: number): boolean =>
  clearance && roster.clearanceUntil[person]! < until;

export const lacksPassport = ({ roster }: Terms, { until }: Mission, person: number): boolean =>
  roster.passportUntil[person]! < until;

/** A visa is asked for, and the person has none for the country that lasts; where the country is not known, nobody has. */
export function lacksVisa({ roster, visa, country }: Terms, { until }: Mission, person: number): boolean {
  if (!visa) return false;
  const end = roster.visaStarts[person + 1]!;
  for (let at = roster.visaStarts[person]!; at < end; at += 1) {
    if (roster.visaCountry[at] === country && roster.visaUntil[at]! >= until) return false;
  }
  return true;
}

/** The employer's consent on record lasts to the end of the mission. */
export const hasStandingConsent = ({ roster }: Terms, { until }: Mission, person: number): boolean =>
  roster.consentUntil[person]! >= until;

export const cannotAskEmployer = (terms: Terms, mission: Mission, person: number): boolean =>
  terms.askable[terms.roster.employer[person]!] === 0 && !hasStandingConsent(terms, mission, person);

/** No channel is confirmed: a notice may reach nobody. */
export const isUnreachable = ({ roster }: Terms, person: number): boolean => roster.reachable[person] === 0;

/** Arrives so many minutes after now, which is after the deadline. */
export const isTooLate = ({ widened, now }: Terms, { deadline }: Mission, minutes: number): boolean =>
  !widened && now + minutes * 60 > deadline;

/** The rules about a person alone, whatever the role, in their order; `too late` follows them. */
export const personRules = [
  { rule: 'left out by the desk', fails: (terms, _, person) => isLeftOut(terms, person) },
  { rule: 'asked before', fails: (terms, _, person) => isAskedBefore(terms, person) },
  { rule: 'seated', fails: (terms, _, person) => isSeated(terms, person) },
  { rule: 'held elsewhere', fails: (terms, _, person) => isHeldElsewhere(terms, person) },
  { rule: 'on leave', fails: isOnLeave },
  { rule: 'off duty by the rota', fails: (terms, _, person) => isOffDuty(terms, person) },
  { rule: 'resting', fails: isResting },
  { rule: 'vaccination missing', fails: lacksVaccination },
  { rule: 'no medical clearance', fails: lacksClearance },
  { rule: 'no passport', fails: lacksPassport },
  { rule: 'no visa', fails: lacksVisa },
  { rule: 'employer cannot be asked', fails: cannotAskEmployer },
  { rule: 'not reachable', fails: (terms, _, person) => isUnreachable(terms, person) },
] as const satisfies readonly {
  rule: HardRule;
  fails: (terms: Terms, mission: Mission, person: number) => boolean;
}[];

/** Numbers of the rules in `hardRules`. */
export const [CERTIFICATE, PROFICIENCY, TOO_LATE] = [0, 1, 15] as const;

/**
 * The place in `hardRules` of the first of `personRules` that a person fails, -1 when they pass all. Written out, as a
 * hundred thousand people are judged in some milliseconds only where the compiler sees each call.
 */
export function firstFailed(terms: Terms, mission: Mission, person: number): number {
  if (terms.lists[person] !== 0) {
    if (isLeftOut(terms, person)) return 2;
    if (isAskedBefore(terms, person)) return 3;
    if (isSeated(terms, person)) return 4;
  }
  if (isHeldElsewhere(terms, person)) return 5;
  if (isOnLeave(terms, mission, person)) return 6;
  if (isOffDuty(terms, person)) return 7;
  if (isResting(terms, mission, person)) return 8;
  if (lacksVaccination(terms, mission, person)) return 9;
  if (lacksClearance(terms, mission, person)) return 10;
  if (lacksPassport(terms, mission, person)) return 11;
  if (lacksVisa(terms, mission, person)) return 12;
  if (cannotAskEmployer(terms, mission, person)) return 13;
  if (isUnreachable(terms, person)) return 14;
  return -1;
}
