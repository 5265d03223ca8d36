import type { Qualification } from '../domain/expert.ts';
import { DAY } from '../domain/time.ts';
import { type Arrival, arrivalOf, hasStandingConsent } from './arrival.ts';
import type { Candidate, MatchInput, MatchTeam } from './instance.ts';

/** A role of a team with the seats that are open in it: among them people are interchangeable. */
export type Group = { teamType: string; role: string; critical: boolean; seatIds: string[]; team: MatchTeam };

/** A person who may take a seat of a group, and what that gives. */
export type Eligible = {
  person: Candidate;
  qualification: Qualification;
  arrival: Arrival;
  isPreferred: boolean;
};

type Case = Eligible & { group: Group };

/** One rule that everybody who is asked must pass. `excluded`: how those are named whom it removes ("2 on leave"). */
type Filter = { excluded: string; passes: (each: Case) => boolean };

/** The filters in the order in which they are applied: first what lasts, then what may change by tomorrow. */
export function filtersFor(input: MatchInput): Filter[] {
  const asked = new Set(input.askedExpertIds);
  const excluded = new Set(input.excludedExpertIds);
  const reachableEmployers = new Set(input.reachableEmployerIds);
  const now = Date.parse(input.now);
  const dutyDay = dayNumber(input.requestedAt, input.timeZone);
  const { widened } = input;

  return [
    {
      excluded: 'with a certificate that ends before the mission does',
      passes: ({ qualification, group }) => notBefore(qualification.validUntil, group.team.missionUntil),
    },
    {
      excluded: 'below the proficiency asked for',
      passes: ({ qualification, group }) =>
        widened || qualification.proficiency >= input.leastProficiency[group.critical ? 'critical' : 'other'],
    },
    { excluded: 'left out by the desk', passes: ({ person }) => !excluded.has(person.expertId) },
    { excluded: 'asked before', passes: ({ person }) => !asked.has(person.expertId) },
    {
      excluded: 'held by another deployment',
      passes: ({ person: { hold } }) =>
        hold === null || hold.deploymentId === input.deploymentId || Date.parse(hold.until) <= now,
    },
    {
      excluded: 'on leave or on another duty',
      passes: ({ person, group: { team } }) =>
        !person.unavailability.some(
          ({ from, to }) =>
            Date.parse(from) < Date.parse(team.missionUntil) && Date.parse(to) > Date.parse(team.missionFrom),
        ),
    },
    {
      excluded: 'off duty by the rota',
      passes: ({ person: { rota } }) => widened || rota === null || isOnDuty(rota, dutyDay),
    },
    {
      excluded: 'resting after a mission',
      passes: ({ person: { lastMissionEndedAt }, group: { team } }) =>
        lastMissionEndedAt === null ||
        Date.parse(lastMissionEndedAt) + input.restDays * DAY <= Date.parse(team.missionFrom),
    },
    {
      excluded: 'without a passport valid for the mission',
      passes: ({ person, group: { team } }) =>
        person.passportValidUntil !== null && notBefore(person.passportValidUntil, team.missionUntil),
    },
    {
      excluded: 'whose employer cannot be asked',
      passes: ({ person, group: { team } }) =>
        hasStandingConsent(person, team) || reachableEmployers.has(person.employerId),
    },
    { excluded: 'not reachable by a confirmed channel', passes: ({ person }) => isReachable(person) },
    {
      excluded: 'arriving after the deadline',
      passes: ({ arrival, group: { team } }) =>
        widened || team.deadlineAt === null || now + arrival.minutes * 60_000 <= Date.parse(team.deadlineAt),
    },
  ];
}

/** Everybody who holds the role, sorted into who may be asked and who was removed by which filter. */
export type Screening = {
  qualified: number;
  eligible: Eligible[];
  /** How many each filter removed; a person is counted once, at the first filter that removes them. */
  removed: Map<string, number>;
};

/** Applies every filter to everybody who holds the group's role, certified or formerly so. */
export function screen(group: Group, input: MatchInput, filters: readonly Filter[]): Screening {
  const preferred = new Set(input.preferredExpertIds);
  const screening: Screening = { qualified: 0, eligible: [], removed: new Map() };
  for (const person of input.experts) {
    const qualification = bestQualification(person, group.role);
    if (!qualification) continue;
    screening.qualified += 1;
    const isPreferred = preferred.has(person.expertId);
    const arrival = arrivalOf(person, group.team, input, isPreferred);
    const each = { person, qualification, arrival, isPreferred, group };
    const failed = filters.find(filter => !filter.passes(each));
    if (failed) screening.removed.set(failed.excluded, (screening.removed.get(failed.excluded) ?? 0) + 1);
    else screening.eligible.push({ person, qualification, arrival, isPreferred });
  }
  return screening;
}

/** The certificate for the role that lasts longest. */
function bestQualification(person: Candidate, role: string): Qualification | undefined {
  let best: Qualification | undefined;
  for (const each of person.qualifications) {
    if (each.role !== role) continue;
    if (!best || Date.parse(each.validUntil) > Date.parse(best.validUntil)) best = each;
  }
  return best;
}

/** At least one channel is confirmed: a notice over any other may reach nobody. */
export function isReachable(party: {
  phone: { state: string } | null;
  email: { state: string } | null;
}): boolean {
  return party.phone?.state === 'confirmed' || party.email?.state === 'confirmed';
}

/** Days of the place since 1970-01-01, which is day 0 of every rota. */
export function dayNumber(at: string, timeZone: string): number {
  const local = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date(at));
  return Date.parse(`${local}T00:00:00Z`) / DAY;
}

const isOnDuty = (rota: { group: number; groups: number }, day: number): boolean =>
  ((day % rota.groups) + rota.groups) % rota.groups === rota.group;

const notBefore = (at: string, other: string): boolean => Date.parse(at) >= Date.parse(other);
