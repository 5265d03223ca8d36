import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TeamMatch } from '../../functions/domain/plan.ts';
import { MatchInput } from '../../functions/matching/instance.ts';
import { type Arc, buildModel, type Model } from '../../functions/matching/model.ts';
import { matchTeam } from '../../functions/matching/team-match.ts';
import { aCandidate, anInstance, aQualification, aTeam, days, hours, seats } from './instances.ts';

const pairs = (match: TeamMatch) => match.picks.map(({ seatId, expertId }) => [seatId, expertId]);
const km = (count: number) => ({ latitude: 35.772 - count / 111.19, longitude: 140.3929 });

describe('a match', () => {
  it('fills a seat that a greedy choice leaves empty', async () => {
    // The doctor who is there first could also be the only structural engineer.
    const match = await matchTeam(
      anInstance({
        seats: [...seats('rescue', 'doctor', 1, true), ...seats('rescue', 'structural-engineer', 1, true)],
        experts: [
          aCandidate('E-1', {
            qualifications: [aQualification('doctor'), aQualification('structural-engineer')],
          }),
          aCandidate('E-2', { qualifications: [aQualification('doctor')], home: km(200) }),
        ],
      }),
    );
    expect(pairs(match)).toEqual([
      ['rescue/doctor/1', 'E-2'],
      ['rescue/structural-engineer/1', 'E-1'],
    ]);
    expect(match.stages[1]).toEqual({ goal: 'seats empty', value: 0, bound: 0 });
    expect(match.picks[0]!.reasons).toContain('nobody else is eligible and free');
  });

  it('gives a critical seat the person that two others would need', async () => {
    const both = [aQualification('doctor'), aQualification('fire-rescue')];
    const match = await matchTeam(
      anInstance({
        seats: [...seats('rescue', 'fire-rescue', 1), ...seats('rescue', 'doctor', 1, true)],
        experts: [aCandidate('E-1', { qualifications: both })],
      }),
    );
    expect(pairs(match)).toEqual([['rescue/doctor/1', 'E-1']]);
  });

  it('lets the empty seat fall on the team with most time', async () => {
    const match = await matchTeam(
      anInstance({
        teams: [aTeam({ teamType: 'medical-2', deadlineAt: hours(48) }), aTeam()],
        seats: [...seats('medical-2', 'coordinator', 1), ...seats('rescue', 'coordinator', 1)],
        experts: [aCandidate('E-1', { qualifications: [aQualification('coordinator')] })],
      }),
    );
    expect(pairs(match)).toEqual([['rescue/coordinator/1', 'E-1']]);
  });

  it('prefers the earliest last arrival to the earliest sum of arrivals', async () => {
    const two = [aQualification('doctor'), aQualification('nurse')];
    const match = await matchTeam(
      anInstance({
        seats: [...seats('rescue', 'doctor', 1), ...seats('rescue', 'nurse', 1)],
        experts: [
          aCandidate('A', { qualifications: two, noticeToMoveMinutes: 10 }),
          aCandidate('B', { qualifications: [aQualification('doctor')], noticeToMoveMinutes: 100 }),
          aCandidate('C', { qualifications: [aQualification('nurse')], noticeToMoveMinutes: 120 }),
        ],
      }),
    );
    expect(pairs(match)).toEqual([
      ['rescue/doctor/1', 'B'],
      ['rescue/nurse/1', 'A'],
    ]);
  });

  it('breaks ties by language, then experience, then missions, then expertId', async () => {
    const best = async (...experts: MatchInput['experts']) =>
      (await matchTeam(anInstance({ experts }))).picks[0]!.expertId;
    expect(await best(aCandidate('A'), aCandidate('B', { languages: ['tr'], missions: 3 }))).toBe('B');
    const instructor = [aQualification('fire-rescue', { proficiency: 3 })];
    expect(await best(aCandidate('A'), aCandidate('B', { qualifications: instructor }))).toBe('B');
    expect(await best(aCandidate('A', { missions: 1 }), aCandidate('B'))).toBe('B');
    expect(await best(aCandidate('B'), aCandidate('A'))).toBe('A');
  });

  it('takes who has said yes before, as no reply window passes', async () => {
    const experts = [aCandidate('A'), aCandidate('B', { noticeToMoveMinutes: 30 })];
    const match = await matchTeam(anInstance({ experts, preferredExpertIds: ['B'] }));
    expect(match.picks[0]).toMatchObject({ expertId: 'B', arrivesAt: hours(2) });
    expect(match.picks[0]!.reasons).toContain('has already said that they can go');
  });

  it('explains a pick in words', async () => {
    const experts = [
      aCandidate('A', { home: km(159.9), noticeToMoveMinutes: 45, languages: ['ja', 'tr'] }),
      aCandidate('B', { home: km(399.9), standingConsentUntil: days(90), noticeToMoveMinutes: 15 }),
    ];
    const match = await matchTeam(anInstance({ experts }));
    expect(match.picks[0]).toEqual({
      seatId: 'rescue/fire-rescue/1',
      expertId: 'A',
      arrivesAt: hours(5.25),
      reasons: [
        'certified as fire rescue (experienced) until 2026-12-27',
        "ready 5 h 15 min from now at the latest: to answer 1 h, the employer's answer 1 h, notice to move 45 min, 160 km by land 2 h 30 min",
        'speaks tr',
        'the next best would arrive 5 min later',
      ],
    });
  });

  it('is empty when no seat is open, and still says who stands by', async () => {
    const standby = [{ role: 'fire-rescue', critical: false, count: 1 }];
    const match = await matchTeam(
      anInstance({ seats: [], teams: [aTeam({ standby })], experts: [aCandidate('B'), aCandidate('A')] }),
    );
    expect(match).toEqual({
      picks: [],
      empty: [],
      standby: [{ teamType: 'rescue', role: 'fire-rescue', expertIds: ['A'] }],
      stages: [],
    });
  });

  it('names everybody who stands by once, the earliest first, and fills as many lists as it can', async () => {
    const both = [aQualification('doctor'), aQualification('fire-rescue')];
    const match = await matchTeam(
      anInstance({
        teams: [
          aTeam({
            standby: [
              { role: 'fire-rescue', critical: false, count: 2 },
              { role: 'doctor', critical: true, count: 1 },
            ],
          }),
        ],
        experts: [
          aCandidate('A'),
          aCandidate('B', { qualifications: both, noticeToMoveMinutes: 10 }),
          aCandidate('C', { noticeToMoveMinutes: 90 }),
          aCandidate('D', { noticeToMoveMinutes: 60 }),
        ],
      }),
    );
    expect(match.picks[0]!.expertId).toBe('A');
    expect(match.standby).toEqual([
      { teamType: 'rescue', role: 'fire-rescue', expertIds: ['D', 'C'] },
      { teamType: 'rescue', role: 'doctor', expertIds: ['B'] },
    ]);
  });
});

/** Small problems with scarce people who hold several roles, for two teams. */
const smallInstances = fc
  .record({
    people: fc.array(
      fc.record({
        roles: fc.uniqueArray(fc.constantFrom('doctor', 'nurse', 'coordinator'), { minLength: 1 }),
        notice: fc.integer({ min: 0, max: 4 }),
        held: fc.boolean(),
        missions: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: 6 },
    ),
    counts: fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 2 }))),
  })
  .map(({ people, counts }) =>
    anInstance({
      teams: [aTeam(), aTeam({ teamType: 'medical-1', deadlineAt: hours(48) })],
      seats: [
        ...seats('rescue', 'doctor', counts[0]!, true),
        ...seats('rescue', 'coordinator', counts[1]!),
        ...seats('medical-1', 'nurse', counts[2]!),
        ...seats('medical-1', 'coordinator', counts[3]!, true),
      ],
      experts: people.map(({ roles, notice, held, missions }, i) =>
        aCandidate(`E-${i}`, {
          qualifications: roles.map(role => aQualification(role)),
          noticeToMoveMinutes: 30 * notice,
          missions,
          hold: held && i % 3 === 0 ? { deploymentId: 'D-2', until: days(2) } : null,
        }),
      ),
    }),
  );

/** The goals of a choice of arcs, most important first; comparing them in order says which choice is better. */
function scoreOf(model: Model, chosen: readonly Arc[]): number[] {
  const empty = (counts: (group: Model['groups'][number]) => boolean) =>
    model.groups.reduce(
      (sum, group, g) =>
        counts(group) ? sum + group.seatIds.length - chosen.filter(arc => arc.group === g).length : sum,
      0,
    );
  const latest = model.teams.map(({ teamType }) =>
    Math.max(
      0,
      ...chosen.filter(arc => model.groups[arc.group]!.teamType === teamType).map(arc => arc.minutes),
    ),
  );
  const urgency = model.teams.map(
    ({ teamType }, i) => (model.teams.length - i) * empty(group => group.teamType === teamType),
  );
  return [
    empty(group => group.critical),
    empty(() => true),
    urgency.reduce((sum, each) => sum + each, 0),
    ...latest,
    chosen.reduce((sum, arc) => sum + arc.minutes, 0),
    chosen.reduce((sum, arc) => sum + arc.preference, 0),
    chosen.reduce((sum, arc) => sum + arc.person, 0),
  ];
}

const compareScores = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, i) => value - b[i]!).find(difference => difference !== 0) ?? 0;

/** Every way to seat people, tried one by one. */
function bestByTrying(model: Model): number[] {
  let best: number[] | undefined;
  const arcsOf = model.persons.map((_, p) => model.arcs.filter(arc => arc.person === p));
  const left = model.groups.map(group => group.seatIds.length);
  const chosen: Arc[] = [];
  const seat = (person: number) => {
    if (person === model.persons.length) {
      const score = scoreOf(model, chosen);
      if (!best || compareScores(score, best) < 0) best = score;
      return;
    }
    seat(person + 1);
    for (const arc of arcsOf[person]!) {
      if (left[arc.group] === 0) continue;
      left[arc.group]! -= 1;
      chosen.push(arc);
      seat(person + 1);
      chosen.pop();
      left[arc.group]! += 1;
    }
  };
  seat(0);
  return best!;
}

const chosenArcs = (model: Model, match: TeamMatch): Arc[] =>
  match.picks.map(
    ({ seatId, expertId }) =>
      model.arcs.find(
        arc => model.groups[arc.group]!.seatIds.includes(seatId) && arc.eligible.person.expertId === expertId,
      )!,
  );

describe('every match', () => {
  it('is the best of all, goal by goal', async () => {
    await fc.assert(
      fc.asyncProperty(smallInstances, async input => {
        const model = buildModel(input);
        const match = await matchTeam(input);
        expect(scoreOf(model, chosenArcs(model, match))).toEqual(bestByTrying(model));
        for (const { value, bound } of match.stages) expect(bound).toBe(value);
      }),
      { numRuns: 150 },
    );
  });

  it('seats nobody twice, nobody who is not eligible, and leaves no seat without a word', async () => {
    await fc.assert(
      fc.asyncProperty(smallInstances, async input => {
        const standby = [
          { role: 'coordinator', critical: false, count: 1 },
          { role: 'doctor', critical: true, count: 1 },
        ];
        const teams = input.teams.map((team, i) => (i === 0 ? { ...team, standby } : team));
        const match = await matchTeam({ ...input, teams });
        const named = [
          ...match.picks.map(({ expertId }) => expertId),
          ...match.standby.flatMap(list => list.expertIds),
        ];
        expect(new Set(named).size).toBe(named.length);
        const held = input.experts.filter(({ hold }) => hold !== null).map(({ expertId }) => expertId);
        expect(named.filter(expertId => held.includes(expertId))).toEqual([]);
        const spoken = [...match.picks, ...match.empty].map(({ seatId }) => seatId).sort();
        expect(spoken).toEqual(input.seats.map(({ seatId }) => seatId).sort());
        for (const pick of match.picks) {
          const role = input.seats.find(({ seatId }) => seatId === pick.seatId)!.role;
          const person = input.experts.find(({ expertId }) => expertId === pick.expertId)!;
          expect(person.qualifications.map(each => each.role)).toContain(role);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('does not hang on the order in which people and seats are given', async () => {
    await fc.assert(
      fc.asyncProperty(smallInstances, async input => {
        const { picks } = await matchTeam(input);
        const turned = await matchTeam({ ...input, experts: input.experts.toReversed() });
        expect(turned.picks).toEqual(picks);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an instance', () => {
  const wrong: [string, unknown, string, (string | number)[]][] = [
    [
      'two seats of one name',
      { seats: [...seats('rescue', 'doctor', 1), ...seats('rescue', 'doctor', 1)] },
      '"rescue/doctor/1" is there twice',
      ['seats', 1, 'seatId'],
    ],
    [
      'a seat of a team that is not there',
      { seats: seats('expert', 'team-leader', 1) },
      'no team is called "expert"',
      ['seats', 0, 'teamType'],
    ],
    [
      'one person twice',
      { experts: [aCandidate('E-1'), aCandidate('E-1')] },
      '"E-1" is there twice',
      ['experts', 1, 'expertId'],
    ],
    ['an unknown zone', { timeZone: 'Mars/North' }, 'no time zone is called so', ['timeZone']],
    [
      'a mission that ends before it starts',
      { teams: [aTeam({ missionUntil: days(-1) })] },
      'the mission ends before it starts',
      ['teams', 0, 'missionUntil'],
    ],
  ];
  it.each(wrong)('with %s is refused with the place', (_, changes, message, path) => {
    const read = MatchInput.safeParse({ ...anInstance(), ...(changes as object) });
    expect(read.error?.issues[0]).toMatchObject({ message, path });
  });

  it('keeps no name, number or address of a person', () => {
    const read = MatchInput.parse({
      ...anInstance(),
      experts: [
        { ...aCandidate('E-1'), name: { family: 'A', given: 'B' }, phone: { number: '+1', state: 'lost' } },
      ],
    });
    expect(JSON.stringify(read)).not.toMatch(/family|\+1/);
  });
});
