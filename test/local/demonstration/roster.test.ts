import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { Employer, Expert } from '../../../functions/domain/expert.ts';
import { entryFor } from '../../../functions/domain/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/domain/time.ts';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import { MatchProblem, type MatchTeam } from '../../../functions/matching/problem.ts';
import { fillSeats } from '../../../functions/matching/solving/fill.ts';
import { taskOf } from '../../../functions/matching/solving/task.ts';
import { profileOf } from '../../../functions/needs/country-profile.ts';
import { loadPolicy } from '../../../functions/needs/policy.ts';
import { columnsOf } from '../../../functions/roster/columns-of.ts';
import { planRosterImport } from '../../../functions/roster/import.ts';
import { rosterRulesOf } from '../../../functions/roster/roster-cells.ts';
import { readRosterFile, rosterColumns } from '../../../functions/roster/roster-file.ts';
import { chanceOf } from '../../../infra/local/demonstration/chance.ts';
import { FIRE_HEADQUARTERS } from '../../../infra/local/demonstration/employers.ts';
import { generateRoster } from '../../../infra/local/demonstration/roster.ts';

const NOW = '2023-02-06T02:00:00.000Z';
const policy = loadPolicy();
const { experts, employers } = generateRoster(1, NOW);

const holders = (role: string) =>
  experts.filter(({ qualifications }) => qualifications.some(each => each.role === role));

describe('the demonstration roster', () => {
  it('is the same for the same seed and day, and another one for another seed', () => {
    expect(generateRoster(1, '2023-02-06T23:59:59Z')).toEqual({ experts, employers });
    expect(generateRoster(2, NOW).experts).not.toEqual(experts);
  });

  it('holds what the schemas say, each person with an employer', () => {
    expect(experts.map(expert => Expert.parse(expert))).toEqual(experts);
    expect(employers.map(employer => Employer.parse(employer))).toEqual(employers);
    const ids = new Set(employers.map(({ employerId }) => employerId));
    expect(experts.filter(({ employerId }) => !ids.has(employerId))).toEqual([]);
    expect(new Set(experts.map(({ expertId }) => expertId)).size).toBe(experts.length);
  });

  it('has the numbers that are on record', () => {
    expect(employers.filter(({ name }) => name.endsWith('Fire Headquarters'))).toHaveLength(
      FIRE_HEADQUARTERS,
    );
    expect(FIRE_HEADQUARTERS).toBe(77);
    expect(experts.filter(({ rota }) => rota !== null)).toHaveLength(599);
    expect(holders('fire-rescue')).toHaveLength(599);
    expect(holders('clinical-engineer')).toHaveLength(23);
    const medical = policy.roles
      .filter(({ component }) => ['Clinical', 'Allied'].includes(component))
      .flatMap(({ role }) => holders(role))
      .concat(holders('medical-coordinator'));
    expect(new Set(medical).size).toBeGreaterThanOrEqual(900);
  });

  it('uses numbers and addresses that belong to nobody, none of them twice', () => {
    const people = [...experts, ...employers];
    const numbers = people.map(({ phone }) => phone?.number);
    expect(numbers.filter(number => !/^\+44(7700900|1632960|2079460)\d{3}$/.test(number ?? ''))).toEqual([]);
    expect(new Set(numbers).size).toBe(people.length);
    const addresses = people.flatMap(({ email }) => (email ? [email.address] : []));
    expect(addresses.filter(address => !/^[a-z0-9.-]+@[a-z0-9-]+\.example$/.test(address))).toEqual([]);
    expect(new Set(addresses).size).toBe(addresses.length);
    const topics = people.flatMap(({ email }) => (email?.topicArn ? [email.topicArn] : []));
    expect(new Set(topics).size).toBe(topics.length);
  });

  it('has people of every kind that the desk meets', () => {
    expect(experts.filter(expert => !isReachable(expert)).length).toBeGreaterThan(0);
    expect(
      experts.filter(({ phone, email }) => phone?.state === 'lost' && email?.state === 'confirmed').length,
    ).toBeGreaterThan(5);
    expect(experts.filter(({ unavailability }) => unavailability.length > 0).length).toBeGreaterThan(100);
    expect(
      experts.filter(({ standingConsentUntil }) => standingConsentUntil === null).length,
    ).toBeGreaterThan(500);
    expect(experts.filter(({ languages }) => languages.includes('tr')).length).toBeGreaterThan(2);
  });

  it('has people with and without what a mission asks for', () => {
    const back = plus(NOW, 17 * DAY);
    const share = (of: (expert: Expert) => boolean) => experts.filter(of).length / experts.length;
    const vaccinated = (code: string) =>
      share(({ vaccinations }) =>
        vaccinations.some(
          ({ vaccine, validUntil }) => vaccine === code && (validUntil === null || validUntil > back),
        ),
      );
    expect(share(({ medicalClearanceUntil: until }) => until !== null && until > back)).toBeCloseTo(0.96, 2);
    expect(vaccinated('tetanus')).toBeCloseTo(0.985, 2);
    expect(vaccinated('hepatitis-a')).toBeCloseTo(0.985, 2);
    expect(vaccinated('yellow-fever')).toBeCloseTo(0.6, 1);
    expect(share(({ visas }) => visas.length > 0)).toBeCloseTo(0.02, 2);
    const known = new Set(policy.entry.vaccinations.map(({ vaccine }) => vaccine));
    const named = new Set(experts.flatMap(({ vaccinations }) => vaccinations.map(({ vaccine }) => vaccine)));
    expect([...named].filter(vaccine => !known.has(vaccine))).toEqual([]);
    const countries = new Set(experts.flatMap(({ visas }) => visas.map(({ country }) => country)));
    expect([...countries].filter(country => profileOf(country) === null)).toEqual([]);
  });

  it('has past missions that agree with how many there were and when the last one ended', () => {
    const contradicting = experts.filter(({ missions, lastMissionEndedAt, pastMissions }) => {
      const remembered = lastMissionEndedAt !== null && lastMissionEndedAt >= plus(NOW, -731 * DAY);
      return !(
        missions > 0 === (lastMissionEndedAt !== null) &&
        pastMissions.length <= missions &&
        (pastMissions.at(-1)?.to ?? null) === (remembered ? lastMissionEndedAt : null) &&
        pastMissions.every(({ from, to }, i) => from < to && from > (pastMissions[i - 1]?.to ?? ''))
      );
    });
    expect(contradicting).toEqual([]);
    expect(experts.filter(({ pastMissions }) => pastMissions.length > 1).length).toBeGreaterThan(20);
  });

  it('has the languages and the women that the policy asks teams for, as far as a roster of Japan has', () => {
    const speakers = (code: string) => experts.filter(({ languages }) => languages.includes(code)).length;
    expect(speakers('en') / experts.length).toBeGreaterThan(0.4);
    for (const code of ['es', 'fr']) expect(speakers(code)).toBeGreaterThan(10);
    for (const code of ['tr', 'id', 'fil', 'ar', 'pt']) expect(speakers(code)).toBeGreaterThan(3);
    const women = (role: string) =>
      holders(role).filter(({ gender }) => gender === 'female').length / holders(role).length;
    expect(women('nurse')).toBeGreaterThan(0.8);
    expect(women('emergency-doctor')).toBeGreaterThan(0.15);
    for (const { missions } of holders('team-leader').slice(0, 14)) expect(missions).toBeGreaterThan(1);
  });

  it('is what a roster file says of it: reading it back changes nobody', () => {
    const some = experts.filter((_, index) => index % 9 === 0);
    const rules = rosterRulesOf(policy, code => profileOf(code) !== null);
    const { rows, faults } = readRosterFile(rosterFileOf(some), rules);
    expect(faults).toEqual([]);
    expect(planRosterImport(rows, { experts: some, employers })).toMatchObject({
      accepted: some.length,
      experts: [],
      employers: [],
      faults: [],
    });
    const anew = planRosterImport(rows, { experts: [], employers }).experts;
    const facts = ({ phone: _phone, email: _email, ...expert }: Expert) => expert;
    expect(anew.map(facts)).toEqual(some.map(facts));
  });

  it('has every role of the policy, at least 2.2 people for each seat of the largest team', () => {
    for (const { role } of policy.roles) {
      const most = Math.max(
        ...policy.teams.map(({ seats }) => seats.find(seat => seat.role === role)?.count ?? 0),
      );
      expect([role, holders(role).length >= 2.2 * most]).toEqual([role, true]);
    }
    const roles = new Set(policy.roles.map(({ role }) => role));
    const held = new Set(experts.flatMap(({ qualifications }) => qualifications.map(({ role }) => role)));
    expect([...held].filter(role => !roles.has(role))).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4, 5])(
    'fills a rescue and a Type 2 medical team at once although a third does not come (rota day %i)',
    day => {
      const now = plus(NOW, day * DAY);
      const people = generateRoster(7, now);
      const chance = chanceOf('test', day);
      // 25 of 100 decline, 10 stay silent, and of those who need it one employer in ten says no.
      const willing = people.experts.filter(() => chance.happens(0.65) && chance.happens(0.9));
      const filled = fill(['rescue', 'medical-2'], willing, people.employers, now);
      expect(filled).toEqual({ seats: 70 + 75, empty: 0 });
    },
  );

  it.each(['medical-1', 'infectious-disease', 'expert'] as const)('fills a %s team', teamType => {
    const chance = chanceOf('test', teamType);
    const willing = experts.filter(() => chance.happens(0.58));
    expect(fill([teamType], willing, employers, NOW).empty).toBe(0);
  });
});

const isReachable = ({ phone, email }: Pick<Expert, 'phone' | 'email'>): boolean =>
  phone?.state === 'confirmed' || email?.state === 'confirmed';

/** The people as a roster file, every column of it (roster-file.ts says how each is written). */
const rosterFileOf = (people: Expert[]): string => {
  const period = ({ from, to }: { from: string; to: string }) => `${from}..${to}`;
  const columns: Record<string, (expert: Expert) => string | number> = {
    expertId: ({ expertId }) => expertId,
    familyName: ({ name }) => name.family,
    givenName: ({ name }) => name.given,
    language: ({ language }) => language,
    employerId: ({ employerId }) => employerId,
    qualifications: ({ qualifications }) =>
      qualifications.map(each => `${each.role}:${each.proficiency}:${each.validUntil}`).join('|'),
    latitude: ({ home }) => home.latitude,
    longitude: ({ home }) => home.longitude,
    phone: ({ phone }) => phone?.number ?? '',
    email: ({ email }) => email?.address ?? '',
    gender: ({ gender }) => gender,
    languages: ({ languages }) => languages.join('|'),
    standingConsentUntil: expert => expert.standingConsentUntil ?? '',
    noticeToMoveMinutes: expert => expert.noticeToMoveMinutes,
    unavailability: expert => expert.unavailability.map(each => `${period(each)} ${each.reason}`).join('|'),
    rotaGroup: ({ rota }) => rota?.group ?? '',
    rotaGroups: ({ rota }) => rota?.groups ?? '',
    lastMissionEndedAt: expert => expert.lastMissionEndedAt ?? '',
    missions: expert => expert.missions,
    passportValidUntil: expert => expert.passportValidUntil ?? '',
    pastMissions: expert => expert.pastMissions.map(period).join('|'),
    timeZone: expert => expert.timeZone ?? '',
    visas: ({ visas }) => visas.map(each => `${each.country}:${each.validUntil}`).join('|'),
    vaccinations: ({ vaccinations }) =>
      vaccinations
        .map(each => (each.validUntil === null ? each.vaccine : `${each.vaccine}:${each.validUntil}`))
        .join('|'),
    medicalClearanceUntil: expert => expert.medicalClearanceUntil ?? '',
  };
  const ofEmployers = ['employerName', 'employerLanguage', 'employerPhone', 'employerEmail'];
  const known: string[] = [...rosterColumns.required, ...rosterColumns.optional];
  expect(Object.keys(columns).sort()).toEqual(known.filter(name => !ofEmployers.includes(name)).sort());
  const lines = people.map(person =>
    Object.values(columns)
      .map(cell => cell(person))
      .join(','),
  );
  return [Object.keys(columns).join(','), ...lines].join('\n');
};

/** How many seats these teams have and how many of them nobody can take, for an earthquake in Türkiye. */
const fill = (types: MatchTeam['teamType'][], people: Expert[], offices: Employer[], now: string) => {
  const plans = policy.teams.filter(({ teamType }) => types.includes(teamType));
  const problem = MatchProblem.parse({
    deploymentId: 'D-test',
    now,
    requestedAt: now,
    timeZone: policy.desk.timeZone,
    assemblyPoint: policy.desk.assemblyPoint.position,
    country: 'TUR',
    languages: ['tr'],
    restDays: policy.restDays.days,
    leastProficiency: policy.leastProficiency,
    entry: entryFor(policy.entry, 'TUR'),
    travel: policy.travel,
    widened: false,
    teams: plans.map(plan => ({
      teamType: plan.teamType,
      deadlineAt: plus(now, plan.deadlineHours * HOUR),
      missionFrom: now,
      missionUntil: plus(now, plan.deadlineHours * HOUR + plan.missionDays * DAY),
      replyWindowMinutes: plan.replyWindowMinutes,
      employerWindowMinutes: plan.employerWindowMinutes,
      standby: [],
    })),
    seats: plans.flatMap(({ teamType, seats }) =>
      seats.flatMap(({ role, count, critical }) =>
        Array.from({ length: count }, (_, index) => ({
          seatId: `${teamType}/${role}/${index + 1}`,
          teamType,
          role,
          critical,
        })),
      ),
    ),
    reachableEmployerIds: offices.filter(isReachable).map(({ employerId }) => employerId),
    askedExpertIds: [],
    excludedExpertIds: [],
    preferredExpertIds: [],
  } satisfies z.input<typeof MatchProblem>);
  const roster = columnsOf(people);
  const { candidacies } = screen(problem, roster);
  return { seats: problem.seats.length, empty: fillSeats(taskOf(candidacies, roster.count)).empty };
};
