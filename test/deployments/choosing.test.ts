import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Choice,
  type Choosing,
  chooseForOpenSeats,
  chooseInRoster,
  reserveFor,
} from '../../functions/deployments/choosing.ts';
import type { Deployment, DeploymentTeam, Offer, Seat } from '../../functions/domain/deployment.ts';
import type { Expert } from '../../functions/domain/expert.ts';
import type { Policy } from '../../functions/domain/policy.ts';
import { standbyCount } from '../../functions/matching/deployment-problem.ts';
import { reserveOf } from '../../functions/matching/reserve.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';
import { columnsOf } from '../../functions/roster/columns-of.ts';
import { aDeployment, anOffer } from '../notices/samples.ts';
import { aRoster, standing } from '../support/roster.ts';
import { aSeat, nobody } from './seats.ts';

const NOW = '2026-03-02T00:00:00.000Z';

/** No rule about teams, so that a test says all that counts. */
const policy: Policy = { ...loadPolicy(), teamRules: [] };

const aTeam = (assessors: number): DeploymentTeam => ({
  ...(aDeployment().teams[0] as DeploymentTeam),
  teamType: 'expert',
  seats: [{ role: 'assessment-expert', count: assessors, critical: true }],
  standbyRatio: 0.2,
  missionDays: 10,
  required: assessors,
  deadlineAt: '2026-03-04T00:00:00.000Z',
});
const seatId = (number: number) => `expert/assessment-expert/${String(number).padStart(2, '0')}`;
const anOpenSeat = (number: number, change: Partial<Seat> = {}): Seat =>
  aSeat({ seatId: seatId(number), teamType: 'expert', role: 'assessment-expert', number, ...change });

type World = { choosing: Choosing; reads: { roster: number; employers: number; people: string[] } };

/** A deployment of so many seats. `records`: what the table says, where it is newer than the roster's columns. */
function world(
  count: number,
  people: { experts: Expert[]; employers: ReturnType<typeof aRoster>['employers'] },
  deployment: Partial<Deployment> = {},
  change: { policy?: Policy; records?: Expert[]; seats?: Seat[]; offers?: Offer[]; reserve?: string[] } = {},
): World {
  const reads: World['reads'] = { roster: 0, employers: 0, people: [] };
  const changed = new Map((change.records ?? []).map(person => [person.expertId, person]));
  const byId = new Map(
    people.experts.map(person => [person.expertId, changed.get(person.expertId) ?? person]),
  );
  const roster = columnsOf(people.experts);
  return {
    reads,
    choosing: {
      stores: {
        deployments: {
          reserve: async () =>
            change.reserve && { deploymentId: 'D-1', plan: 1, groups: inGroup(change.reserve) },
        },
        experts: {
          getMany: async ids => {
            const wanted = [...new Set(ids)];
            reads.people.push(...wanted);
            return new Map(wanted.flatMap(id => (byId.has(id) ? [[id, byId.get(id)!]] : [])));
          },
        },
        employers: {
          getMany: async ids => {
            const wanted = new Set(ids);
            return new Map(
              people.employers
                .filter(each => wanted.has(each.employerId))
                .map(each => [each.employerId, each]),
            );
          },
          readAll: async () => {
            reads.employers += 1;
            return people.employers;
          },
        },
        roster: {
          current: async () => {
            reads.roster += 1;
            return roster;
          },
        },
      },
      policy: change.policy ?? policy,
      picture: {
        deployment: { ...aDeployment(), deploymentId: 'D-1', teams: [aTeam(count)], ...deployment },
        seats: change.seats ?? Array.from({ length: count }, (_, i) => anOpenSeat(i + 1)),
        offers: change.offers ?? [],
      },
      now: NOW,
      lost: new Set(),
    },
  };
}

const inGroup = (expertIds: string[]) => [
  { teamType: 'expert' as const, role: 'assessment-expert', expertIds },
];

const chosen = ({ match }: Choice) => match.picks.map(pick => `${pick.seatId.slice(-2)} ${pick.expertId}`);

/** The deployment after a plan whose people were all asked, and of whom these declined. */
function afterDeclines(before: World['choosing'], plan: Choice, declined: readonly string[]) {
  const { picture } = before;
  const asked = (expertId: string, kind: Offer['kind'], finalWord: Offer['finalWord']) =>
    anOffer({
      offerId: `${kind}/${expertId}`,
      kind,
      expertId,
      teamType: 'expert',
      role: 'assessment-expert',
      finalWord,
    });
  const seats = picture.seats.map(seat => {
    const pick = plan.match.picks.find(each => each.seatId === seat.seatId);
    if (!pick) return seat;
    return declined.includes(pick.expertId)
      ? { ...seat, timesAsked: 1 }
      : {
          ...seat,
          state: 'Asked' as const,
          expertId: pick.expertId,
          arrivesAt: pick.arrivesAt,
          timesAsked: 1,
        };
  });
  const team = picture.deployment.teams[0]!;
  const standsBy = plan.match.standby.flatMap(list =>
    list.expertIds.slice(0, standbyCount(team, team.required)).map(id => asked(id, 'standby', null)),
  );
  const offers = [
    ...plan.match.picks.map(({ expertId }) =>
      asked(expertId, 'seat', declined.includes(expertId) ? { word: 'declined', at: NOW } : null),
    ),
    ...standsBy,
  ];
  const [group] = reserveOf(plan.screened.candidacies, plan.solved.chosen, plan.roster);
  const reserve = group?.expertIds ?? [];
  return { seats, offers, reserve };
}

describe('whom a plan asks', () => {
  it('is chosen from the whole roster the first time', async () => {
    const { choosing, reads } = world(3, aRoster({ A: 9, L: 2 }));
    const choice = await chooseForOpenSeats(choosing);
    expect(chosen(choice)).toEqual(['01 A1', '02 A2', '03 A3']);
    expect(choice).toMatchObject({
      from: 'whole roster',
      because: 'somebody is asked for the first time',
      match: { empty: [] },
    });
    // One stands by; two and one more are kept in reserve.
    expect(reserveFor(3)).toBe(3);
    expect(choice.match.standby[0]?.expertIds).toEqual(['A4', 'A5', 'A6', 'A7']);
    expect(reads).toMatchObject({ roster: 1, employers: 1 });
  });

  it('comes from the reserve after a decline: nobody else is moved, and no roster is read', async () => {
    const people = aRoster({ A: 30, L: 2 });
    const first = world(3, people);
    const plan = await chooseForOpenSeats(first.choosing);
    const change = afterDeclines(first.choosing, plan, ['A2']);
    const { choosing, reads } = world(3, people, {}, change);
    const choice = await chooseForOpenSeats(choosing);
    expect(choice).toMatchObject({ from: 'people in reserve', because: null });
    expect(chosen(choice)).toEqual(['02 A5']);
    expect(reads).toMatchObject({ roster: 0, employers: 0 });
    // Those kept, and those who sit: they count for the rules about the team.
    expect(change.reserve).toEqual(['A4', 'A5', 'A6', 'A7']);
    expect(reads.people).toEqual(['A5', 'A6', 'A7', 'A1', 'A3']);
  });

  it('comes from the whole roster again where the reserve is not enough', async () => {
    const people = aRoster({ A: 9, L: 2 });
    const first = world(3, people);
    const plan = await chooseForOpenSeats(first.choosing);
    const change = afterDeclines(first.choosing, plan, ['A2']);
    const left = (reserve: string[]) => ({ ...change, reserve });
    const none = world(3, people, {}, left(['A4']));
    expect(await chooseForOpenSeats(none.choosing)).toMatchObject({
      from: 'whole roster',
      because: 'nobody is left in reserve',
      match: { picks: [{ expertId: 'A5' }] },
    });
    const away = people.experts.map(person =>
      person.expertId === 'A5'
        ? { ...person, hold: { deploymentId: 'D-2', until: '2026-04-01T00:00:00.000Z' } }
        : person,
    );
    const held = world(3, people, {}, { ...left(['A5']), records: away });
    const choice = await chooseForOpenSeats(held.choosing);
    expect(choice.because).toBe('the reserve leaves 1 seat empty');
    expect(chosen(choice)).toEqual(['02 A6']);
    const wide = world(3, people, { widened: true }, change);
    expect((await chooseForOpenSeats(wide.choosing)).because).toBe('the search is widened');
  });

  it('comes from the whole roster where the reserve would break a rule that the plan before kept', async () => {
    // A2 and A9 alone speak the country's language.
    const people = aRoster({ A: 12 }, ({ expertId }) => ({
      languages: /^A[29]$/.test(expertId) ? ['tr'] : ['ja'],
    }));
    const speakers: Policy = {
      ...policy,
      teamRules: [
        {
          ruleId: 'SPEAKERS',
          sentence: { en: 'One speaks.', ja: '一人は話す。' },
          teams: 'any',
          roles: null,
          kind: 'at least',
          share: null,
          count: 1,
          of: { is: 'speaker' },
          source: 'test',
        },
      ],
    };
    const profile = { ...loadProfile(), languages: ['tr'] };
    const first = world(2, people, { profile }, { policy: speakers });
    const plan = await chooseForOpenSeats(first.choosing);
    expect(chosen(plan).join()).toContain('A2');
    const { seats, reserve } = afterDeclines(first.choosing, plan, ['A2']);
    const offers = [anOffer({ kind: 'seat', expertId: 'A2', finalWord: { word: 'declined', at: NOW } })];
    const change = { seats, offers, policy: speakers };
    // Who speaks is kept, since a speaker may be needed instead of a speaker.
    const kept = await chooseForOpenSeats(world(2, people, { profile }, { ...change, reserve }).choosing);
    expect(kept).toMatchObject({ from: 'people in reserve', match: { picks: [{ expertId: 'A9' }] } });
    const others = { ...change, reserve: reserve.filter(id => id !== 'A9') };
    const choice = await chooseForOpenSeats(world(2, people, { profile }, others).choosing);
    expect(choice.because).toBe('the reserve would break expert/SPEAKERS');
    expect(choice.match.picks.map(pick => pick.expertId)).toEqual(['A9']);
    // Once nobody could keep it, it is no reason to read everybody again.
    const brokenRules = [{ teamType: 'expert' as const, ruleId: 'SPEAKERS', people: 1, reason: nobody }];
    const last = world(2, people, { profile, brokenRules }, others);
    expect((await chooseForOpenSeats(last.choosing)).from).toBe('people in reserve');
  });
});

describe('a row of the roster that is no longer true', () => {
  const held = (person: Expert): Expert => ({
    ...person,
    hold: { deploymentId: 'D-2', until: '2026-04-01T00:00:00.000Z' },
  });

  it('is seen before anybody is held: the next best is chosen with all others', async () => {
    const people = aRoster({ A: 9 });
    const records = people.experts.filter(({ expertId }) => /^A[14]$/.test(expertId)).map(held);
    const { choosing, reads } = world(3, people, {}, { records });
    const choice = await chooseForOpenSeats(choosing);
    expect(chosen(choice)).toEqual(['01 A2', '02 A3', '03 A5']);
    expect(choice.match.standby[0]?.expertIds).toEqual(['A6', 'A7', 'A8', 'A9']);
    expect(reads.roster).toBe(1);
  });

  it('gives a gap its true reason', async () => {
    const people = aRoster({ A: 3 });
    const { choosing } = world(3, people, {}, { records: [held(people.experts[1]!)] });
    const { match } = await chooseForOpenSeats(choosing);
    expect(match.empty).toHaveLength(1);
    expect(match.empty[0]!.reason.en).toContain('D-2');
  });

  it('is read anew of those who were lost when they were to be held', async () => {
    const people = aRoster({ A: 3 });
    const { choosing } = world(2, people, {}, { records: [held(people.experts[0]!)] });
    choosing.lost.add('A1');
    expect(chosen(await chooseInRoster(choosing, 'test'))).toEqual(['01 A2', '02 A3']);
  });

  it('of somebody who is gone leaves the person out', async () => {
    const people = aRoster({ A: 3 });
    const { choosing } = world(2, people);
    const { getMany } = choosing.stores.experts;
    choosing.stores.experts.getMany = async ids => getMany([...ids].filter(id => id !== 'A1'));
    expect(chosen(await chooseForOpenSeats(choosing))).toEqual(['01 A2', '02 A3']);
  });
});

it('loses nothing by the reserve: with as many declines as are kept, it finds what the whole roster holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ notice: fc.integer({ min: 0, max: 900 }), level: fc.integer({ min: 2, max: 3 }) }),
        {
          minLength: 14,
          maxLength: 24,
        },
      ),
      fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
      async (drawn, places) => {
        const people = aRoster({ A: drawn.length }, expert => {
          const { notice, level } = drawn[Number(expert.expertId.slice(1)) - 1]!;
          return {
            ...standing(),
            noticeToMoveMinutes: notice,
            qualifications: expert.qualifications.map(each => ({ ...each, proficiency: level })),
          };
        });
        const first = world(4, people);
        const plan = await chooseForOpenSeats(first.choosing);
        const declined = places.map(place => plan.match.picks[place]!.expertId);
        const change = afterDeclines(first.choosing, plan, declined);
        const fromReserve = world(4, people, {}, change);
        const reserve = await chooseForOpenSeats(fromReserve.choosing);
        const whole = await chooseInRoster(world(4, people, {}, change).choosing, 'test');
        expect(reserve.from).toBe('people in reserve');
        expect(fromReserve.reads.roster).toBe(0);
        expect(reserve.match.stages.map(stage => stage.value)).toEqual(
          whole.match.stages.map(stage => stage.value),
        );
      },
    ),
    { numRuns: 12 },
  );
});

const loadProfile = () => ({
  country: 'TUR',
  name: 'Türkiye',
  languages: ['tr'],
  leastDeveloped: false,
  smallIsland: false,
  timeZone: null,
});
