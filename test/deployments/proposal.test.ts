import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AssessedEvent,
  deploymentIdOf,
  grow,
  isSame,
  needByHand,
  propose,
  takeNews,
} from '../../functions/deployments/proposal.ts';
import { seatCount } from '../../functions/deployments/seating.ts';
import { Deployment, DeploymentState } from '../../functions/domain/deployment.ts';
import type { GoodsNeed, Need, TeamNeed } from '../../functions/domain/need.ts';
import { loadPolicy } from '../../functions/needs/policy.ts';
import { aDeployment } from '../notices/samples.ts';

const NOW = '2023-02-06T05:46:00.000Z';
const PASSED = '2023-02-06T05:00:00.000Z';

const anEvent = (change: Partial<AssessedEvent> = {}): AssessedEvent => ({
  eventId: 'EQ-20230206-0117-TUR',
  exercise: false,
  title: 'Earthquake in Türkiye',
  hazard: 'EQ',
  level: 'Red',
  occurredAt: '2023-02-06T01:17:34.000Z',
  countries: ['TUR'],
  position: { latitude: 37.2, longitude: 37 },
  state: 'open',
  ...change,
});

const aTeam = (count: number, change: Partial<TeamNeed> = {}): TeamNeed => ({
  teamType: 'rescue',
  ruleId: 'R-1',
  seats: [{ role: 'dog-handler', count, critical: true }],
  deadlineHours: 24,
  standbyRatio: 0.2,
  replyWindowMinutes: 60,
  employerWindowMinutes: 180,
  missionDays: 9,
  ...change,
});
const tents = (quantity: number): GoodsNeed => ({ item: 'tent', quantity, ruleId: 'R-2', deadlineHours: 72 });
const added = (teams: TeamNeed[] = [], goods: GoodsNeed[] = []) => ({
  teams,
  goods,
  reasons: [{ ruleId: 'R-9', text: 'more' }],
});

describe('deploymentIdOf', () => {
  const table: [string, string, boolean, number | undefined, string][] = [
    ['a real event', 'EQ-20230206-TUR', false, undefined, 'D-EQ-20230206-TUR'],
    ['an exercise', 'EXERCISE-EQ-20230206-TUR', true, undefined, 'DR-EQ-20230206-TUR'],
    ['a second one by hand', 'EQ-20230206-TUR', false, 2, 'D-EQ-20230206-TUR-2'],
    ['characters that no execution may have', 'cap:met@a b/1', false, undefined, 'D-cap-met-a-b-1'],
  ];
  it.each(table)('%s', (_what, eventId, exercise, number, expected) =>
    expect(deploymentIdOf({ eventId, exercise }, number)).toBe(expected),
  );

  it('can always name an execution, and tells drills from real ones', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 200 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 99 }),
        (eventId, exercise, number) => {
          const id = deploymentIdOf({ eventId, exercise }, number);
          expect(id).toMatch(/^DR?-[A-Za-z0-9-]{1,77}$/);
          expect(id.length).toBeLessThanOrEqual(80);
          expect(id.startsWith('DR-')).toBe(exercise);
        },
      ),
    );
  });
});

describe('propose', () => {
  const need: Need = {
    eventId: 'EQ-20230206-0117-TUR',
    policyVersion: '7',
    country: null,
    teams: [aTeam(4)],
    goods: [tents(100)],
    reasons: [{ ruleId: 'R-1', text: 'Red' }],
  };
  it('decides nothing: no request, no approval, no deadline, nobody asked', () => {
    const proposal = propose(anEvent(), need, 'policy', NOW);
    expect(Deployment.parse(proposal)).toEqual(proposal);
    expect(proposal).toMatchObject({
      deploymentId: 'D-EQ-20230206-0117-TUR',
      state: 'Proposed',
      drill: false,
      policyVersion: '7',
      request: null,
      conflictCaused: null,
      approvals: [],
      goods: [tents(100)],
    });
    expect(proposal.teams).toMatchObject([
      { required: 4, deadlineAt: null, filledAt: null, confirmedAt: null },
    ]);
  });
  it.each([true, false])('makes a drill of an exercise, and of nothing else: %s', exercise =>
    expect(propose(anEvent({ exercise }), need, 'policy', NOW).drill).toBe(exercise),
  );
});

describe('grow', () => {
  const full = aDeployment({
    teams: aDeployment().teams.map(team => ({ ...team, filledAt: PASSED, confirmedAt: PASSED })),
    goods: [tents(100)],
  });

  it('opens a team that grows again, and leaves the others as they are', () => {
    const medical = aTeam(3, {
      teamType: 'medical-1',
      seats: [{ role: 'doctor', count: 3, critical: true }],
    });
    const grown = grow(full, added([medical]));
    expect(grown.teams[0]).toEqual(full.teams[0]);
    // The new team has the standard that runs from the request at 03:38.
    expect(grown.teams[1]).toMatchObject({
      teamType: 'medical-1',
      required: 3,
      deadlineAt: '2023-02-07T03:38:00.000Z',
    });
    expect(grow(full, added([aTeam(2)])).teams).toMatchObject([
      {
        required: 6,
        seats: [{ role: 'dog-handler', count: 6 }],
        filledAt: null,
        confirmedAt: null,
        deadlineAt: full.teams[0]?.deadlineAt,
      },
    ]);
  });

  it('has as many seats and goods as were there and came', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 500 }),
        (seats, nurses, units) => {
          const more = aTeam(seats, {
            seats: [
              { role: 'dog-handler', count: seats, critical: true },
              { role: 'nurse', count: nurses, critical: false },
            ],
          });
          const [team] = grow(full, added([more])).teams;
          expect(team?.required).toBe(4 + seats + nurses);
          expect(team && seatCount(team)).toBe(team?.required);
          expect(grow(full, added([], [tents(units)])).goods).toEqual([tents(100 + units)]);
        },
      ),
    );
  });
});

describe('takeNews', () => {
  const own = anEvent({ eventId: 'EV-1' });
  const further = anEvent({ eventId: 'EV-2', title: 'Aftershock', level: 'Orange' });
  const undecided = aDeployment({ state: 'Waits for second approval' });
  const running = aDeployment({ state: 'Filling seats' });

  it('brings the facts of its own event up to date, and keeps a position that is no longer told', () => {
    const news = takeNews(running, { ...own, title: 'M 7.9', level: 'Red', position: null }, added(), NOW);
    expect(news).toEqual({ ...running, disaster: { ...running.disaster, title: 'M 7.9' } });
  });
  it('keeps its own facts when another event of the emergency speaks, and notes that event once', () => {
    const once = takeNews(running, further, added(), NOW);
    expect(once).toEqual({ ...running, furtherEventIds: ['EV-2'] });
    expect(isSame(takeNews(once, further, added(), NOW), once)).toBe(true);
  });
  it('adds to a proposal at once, and an approval given for less no longer counts', () => {
    const news = takeNews(undecided, further, added([aTeam(2)]), NOW);
    expect(news).toMatchObject({
      state: 'Waits for approval',
      approvals: [],
      increase: null,
      updatedAt: NOW,
    });
    expect(news.teams).toMatchObject([{ required: 6 }]);
    expect(news.reasons).toContainEqual({ ruleId: 'R-9', text: 'more' });
  });
  it('waits for the desk once people are asked, and adds one increase to the other', () => {
    const first = takeNews(running, further, added([aTeam(2)]), NOW);
    const second = takeNews(first, own, added([aTeam(1)], [tents(10)]), NOW);
    const third = takeNews(second, own, added([], [tents(5)]), NOW);
    expect({
      teams: third.teams,
      goods: third.goods,
      state: third.state,
      approvals: third.approvals,
    }).toEqual({
      teams: running.teams,
      goods: running.goods,
      state: running.state,
      approvals: running.approvals,
    });
    expect(third.increase).toMatchObject({
      eventIds: ['EV-2', 'EV-1'],
      teams: [{ seats: [{ role: 'dog-handler', count: 3 }] }],
      goods: [tents(15)],
      proposedAt: NOW,
    });
    expect(third.increase?.reasons).toHaveLength(3);
  });
  it('never asks anybody of itself: whatever the state, none comes nearer to the filling of seats', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DeploymentState.options),
        fc.integer({ min: 1, max: 9 }),
        (state, count) => {
          const before = aDeployment({ state });
          const { state: after } = takeNews(before, further, added([aTeam(count)]), NOW);
          expect(after).toBe(state === 'Waits for second approval' ? 'Waits for approval' : state);
        },
      ),
    );
  });
});

describe('needByHand', () => {
  it("takes the policy's own teams and goods, and says who asked for them", () => {
    const need = needByHand(
      loadPolicy(),
      'EV-1',
      { teams: ['expert', 'no-such-team'], consignments: ['water'] },
      null,
      'Ito',
    );
    expect(need.teams.map(({ teamType, ruleId }) => ({ teamType, ruleId }))).toEqual([
      { teamType: 'expert', ruleId: 'BY-HAND' },
    ]);
    expect(need.goods.map(({ item }) => item)).toEqual(['jerry-can', 'water-purifier']);
    expect(need.reasons).toEqual([{ ruleId: 'BY-HAND', text: 'Started by hand by Ito.' }]);
  });
});
