import type { Candidate, MatchInstance, MatchTeam, TeamRule } from '../../../functions/matching/problem.ts';

/**
 * The matching's rules a second time: over the objects of an instance, one person and one role after another, with no
 * columns and no code in common with functions/matching/candidates. Slow and plain on purpose: it is what the screening is
 * held against, in tests and in the benchmarks. Moments count in whole seconds, as the roster's columns keep them.
 */
export type PlainCandidacy = {
  /** "rescue/fire-rescue". */
  groupId: string;
  expertId: string;
  /** Minutes from now to the arrival at the assembly point. */
  minutes: number;
  /** Points. */
  cost: number;
  /** The keys ("rescue/SPEAKERS") of the team rules that the person counts for in this group; employer rules never. */
  counts: string[];
};

export type PlainGroup = { groupId: string; team: MatchTeam; role: string; critical: boolean };

/** Every group's holders of its role: who may take it, and for the others the first rule that says no. */
export type PlainVerdict = PlainCandidacy | { groupId: string; expertId: string; removedBy: string };

const seconds = (at: string): number => Math.floor(Date.parse(at) / 1000);
const day = 24 * 3600;

/** Who may take which group, by groupId and then expertId. */
export const plainCandidacies = (instance: MatchInstance): PlainCandidacy[] =>
  plainVerdicts(instance).flatMap(verdict => ('removedBy' in verdict ? [] : [verdict]));

/** Everybody who holds the role of a group, by groupId and then expertId. */
export function plainVerdicts(instance: MatchInstance): PlainVerdict[] {
  const verdicts: PlainVerdict[] = [];
  for (const group of plainGroups(instance)) {
    for (const person of instance.experts) {
      const certificate = certificateFor(person, group.role);
      if (!certificate) continue;
      const named = { groupId: group.groupId, expertId: person.expertId };
      const minutes = arrivalMinutes(person, group.team, instance);
      const removedBy = firstRuleBroken(person, group, certificate, minutes, instance);
      if (removedBy !== null) {
        verdicts.push({ ...named, removedBy });
        continue;
      }
      const cost = costOf(person, group, certificate.proficiency, minutes, instance);
      const counts = instance.teamRules
        .filter(rule => isUnder(rule, group.team.teamType, group.role))
        .filter(rule => isCounted(rule, person, certificate.proficiency, instance))
        .map(rule => `${rule.teamType}/${rule.ruleId}`)
        .sort();
      verdicts.push({ ...named, minutes, cost, counts });
    }
  }
  return verdicts.sort((a, b) => order(a.groupId, b.groupId) || order(a.expertId, b.expertId));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The roles of teams that have an open seat or people to stand by. */
export function plainGroups({ teams, seats }: MatchInstance): PlainGroup[] {
  return teams.flatMap(team => {
    const critical = new Map<string, boolean>();
    for (const standby of team.standby) if (standby.count > 0) critical.set(standby.role, standby.critical);
    for (const seat of seats) if (seat.teamType === team.teamType) critical.set(seat.role, seat.critical);
    return [...critical].map(([role, isCritical]) => ({
      groupId: `${team.teamType}/${role}`,
      team,
      role,
      critical: isCritical,
    }));
  });
}

/**
 * What is left of each team rule once those who sit are counted: people, never below 0. For a rule about employers the
 * rule's own number, as each employer is counted by itself.
 */
export function plainCounts(instance: MatchInstance): Record<string, number> {
  const left = instance.teamRules.map((rule): [string, number] => {
    const sitting = instance.seated.filter(seat => {
      const person = instance.experts.find(({ expertId }) => expertId === seat.expertId);
      const proficiency = person && (certificateFor(person, seat.role)?.proficiency ?? 0);
      return (
        person !== undefined &&
        proficiency !== undefined &&
        isUnder(rule, seat.teamType, seat.role) &&
        isCounted(rule, person, proficiency, instance)
      );
    });
    return [`${rule.teamType}/${rule.ruleId}`, Math.max(0, rule.count - sitting.length)];
  });
  return Object.fromEntries(left);
}

const isUnder = (rule: TeamRule, teamType: string, role: string): boolean =>
  rule.teamType === teamType && (rule.roles === null || rule.roles.includes(role));

function isCounted(rule: TeamRule, person: Candidate, proficiency: number, instance: MatchInstance): boolean {
  const { of } = rule;
  if (of.is === 'speaker') return person.languages.some(code => instance.languages.includes(code));
  if (of.is === 'gender') return person.gender === of.gender;
  if (of.is === 'experienced') return person.missions >= of.missions;
  if (of.is === 'newcomer') return person.missions === 0;
  if (of.is === 'proficient') return proficiency >= of.proficiency;
  return false;
}

/** The certificate for a role that lasts longest, and of those the one of the highest proficiency. */
function certificateFor(person: Candidate, role: string) {
  const held = person.qualifications.filter(each => each.role === role);
  held.sort((a, b) => seconds(b.validUntil) - seconds(a.validUntil) || b.proficiency - a.proficiency);
  return held[0];
}

function firstRuleBroken(
  person: Candidate,
  { team, critical }: PlainGroup,
  certificate: Candidate['qualifications'][number],
  minutes: number,
  instance: MatchInstance,
): string | null {
  const { expertId } = person;
  const { widened, entry } = instance;
  const now = seconds(instance.now);
  const from = seconds(team.missionFrom);
  const until = seconds(team.missionUntil);
  const lasts = (at: string | null): boolean => at !== null && seconds(at) >= until;

  if (!lasts(certificate.validUntil)) return 'certificate ends too early';
  const least = critical ? instance.leastProficiency.critical : instance.leastProficiency.other;
  if (!widened && certificate.proficiency < least) return 'proficiency too low';
  if (instance.excludedExpertIds.includes(expertId)) return 'left out by the desk';
  if (instance.askedExpertIds.includes(expertId)) return 'asked before';
  if (instance.seated.some(seat => seat.expertId === expertId)) return 'seated';
  if (person.hold && person.hold.deploymentId !== instance.deploymentId && seconds(person.hold.until) > now) {
    return 'held elsewhere';
  }
  const isAway = person.unavailability.some(away => seconds(away.from) < until && seconds(away.to) > from);
  if (isAway) return 'on leave';
  if (!widened && person.rota) {
    const dutyDay = localDay(instance.requestedAt, instance.timeZone);
    if (dutyDay % person.rota.groups !== person.rota.group) return 'off duty by the rota';
  }
  const { lastMissionEndedAt } = person;
  if (lastMissionEndedAt !== null && seconds(lastMissionEndedAt) + instance.restDays * day > from) {
    return 'resting';
  }
  const isVaccinated = entry.vaccinations.every(wanted =>
    person.vaccinations.some(
      ({ vaccine, validUntil }) => vaccine === wanted && (validUntil === null || lasts(validUntil)),
    ),
  );
  if (!isVaccinated) return 'vaccination missing';
  if (entry.medicalClearance && !lasts(person.medicalClearanceUntil)) return 'no medical clearance';
  if (!lasts(person.passportValidUntil)) return 'no passport';
  const hasVisa = person.visas.some(visa => visa.country === instance.country && lasts(visa.validUntil));
  if (entry.visa && !hasVisa) return 'no visa';
  if (!lasts(person.standingConsentUntil) && !instance.reachableEmployerIds.includes(person.employerId)) {
    return 'employer cannot be asked';
  }
  if (person.phone?.state !== 'confirmed' && person.email?.state !== 'confirmed') return 'not reachable';
  if (!widened && team.deadlineAt !== null && now + minutes * 60 > seconds(team.deadlineAt)) {
    return 'too late';
  }
  return null;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** A place on the unit sphere, as coarse as the roster's columns (single precision: within a metre). */
const pointOf = ({ latitude, longitude }: Candidate['home']): number[] =>
  [
    Math.cos(radians(latitude)) * Math.cos(radians(longitude)),
    Math.cos(radians(latitude)) * Math.sin(radians(longitude)),
    Math.sin(radians(latitude)),
  ].map(Math.fround);

function kilometres(a: Candidate['home'], b: Candidate['home']): number {
  const there = pointOf(b);
  const chord = Math.sqrt(pointOf(a).reduce((sum, part, i) => sum + (part - there[i]!) ** 2, 0));
  return 2 * 6371 * Math.asin(Math.min(1, chord / 2));
}

function arrivalMinutes(person: Candidate, team: MatchTeam, instance: MatchInstance): number {
  const { travel } = instance;
  const consents =
    person.standingConsentUntil !== null &&
    seconds(person.standingConsentUntil) >= seconds(team.missionUntil);
  let ready = person.noticeToMoveMinutes;
  if (!instance.preferredExpertIds.includes(person.expertId)) ready += team.replyWindowMinutes;
  if (!consents) ready += team.employerWindowMinutes;

  const km = kilometres(person.home, instance.assemblyPoint);
  const isByLand = km <= travel.byLandUpToKm;
  const journey = isByLand
    ? travel.landMinutes + (km / travel.landKmPerHour) * 60
    : travel.airMinutes + (km / travel.airKmPerHour) * 60;
  const isOpen = (hour: number): boolean => {
    const first = isByLand ? travel.landFromHour : travel.airFromHour;
    const last = isByLand ? travel.landUntilHour : travel.airUntilHour;
    return first < last ? hour >= first && hour < last : hour >= first || hour < last;
  };
  // Clocks show full hours, and are changed, on quarters of an hour: it is enough to look again at each.
  const zone = person.timeZone ?? instance.timeZone;
  const readyAt = seconds(instance.now) + ready * 60;
  let leavesAt = readyAt;
  while (!isOpen(localHour(leavesAt, zone))) leavesAt = (Math.floor(leavesAt / 900) + 1) * 900;
  return ready + Math.ceil((leavesAt - readyAt) / 60) + Math.ceil(journey);
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const hoursShown = new Map<string, number>();

/** What the clock of a zone shows, of 0 to 23, in the quarter of an hour that a moment lies in. */
function localHour(at: number, timeZone: string): number {
  const quarter = Math.floor(at / 900) * 900;
  const key = `${timeZone} ${quarter}`;
  const known = hoursShown.get(key);
  if (known !== undefined) return known;
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  const hour = Number(clock.format(quarter * 1000));
  hoursShown.set(key, hour);
  return hour;
}

/** Days of the zone since 1970-01-01. */
function localDay(at: string, timeZone: string): number {
  const written = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return Date.parse(`${written.format(new Date(at))}T00:00:00Z`) / (day * 1000);
}

function costOf(
  person: Candidate,
  { critical }: PlainGroup,
  proficiency: number,
  minutes: number,
  instance: MatchInstance,
): number {
  const { costs } = instance;
  const now = seconds(instance.now);
  const yearAgo = now - 365 * day;
  let points = costs.proficiencyStep * (3 - proficiency);
  if (instance.languages.length > 0 && !person.languages.some(code => instance.languages.includes(code))) {
    points += costs.noLanguage;
  }
  const onMission = person.pastMissions.map(({ from, to }) =>
    Math.max(0, Math.min(seconds(to), now) - Math.max(seconds(from), yearAgo)),
  );
  const days = onMission.reduce((sum, each) => sum + each, 0) / day;
  points += costs.fatiguePerFiveDays * Math.ceil(days / 5);
  const begun = person.pastMissions.filter(({ from }) => seconds(from) >= yearAgo && seconds(from) < now);
  points += costs.missionInYear * begun.length;
  const isScarce = person.qualifications.some(
    ({ role, validUntil }) => instance.scarceRoles.includes(role) && seconds(validUntil) > now,
  );
  if (isScarce && !critical) points += costs.scarceOnCommonSeat;
  points += costs.arrivalHour * Math.ceil(minutes / 60);
  return Math.min(65_535, points);
}
