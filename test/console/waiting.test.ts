import { describe, expect, it } from 'vitest';
import {
  byLevel,
  gapLines,
  needsTwo,
  nextStage,
  openGaps,
  peopleAsked,
  titleOf,
  waitsForAPerson,
} from '../../console/waiting.ts';
import {
  boardOf,
  changesBetween,
  goodsMissing,
  standardMet,
  standDownCounts,
  statesOf,
} from '../../console/whole.ts';
import { a, team, whole } from './deployments.ts';

const now = Date.parse('2023-02-06T06:00:00Z');
const waits = (...deployments: ReturnType<typeof a>[]) =>
  waitsForAPerson(deployments, now).map(item => [item.priority, item.deploymentId, item.what]);

describe('what waits for a person', () => {
  it('puts people in a hurry first, then the nearest standard', () => {
    const late = a({
      deploymentId: 'D-1',
      state: 'Waits for approval',
      teams: [team({ deadlineAt: '2023-02-08T00:00:00Z' })],
    });
    const soon = a({
      deploymentId: 'D-2',
      state: 'Waits for second approval',
      teams: [team({ deadlineAt: '2023-02-07T00:00:00Z' })],
    });
    const calm = a({ deploymentId: 'D-3', state: 'Prepared (no request)' });
    const orange = a({
      deploymentId: 'D-4',
      state: 'Proposed',
      disaster: { ...calm.disaster, level: 'Orange' },
    });
    expect(waits(calm, late, orange, soon)).toEqual([
      ['Now', 'D-2', 'Second approval: Rescue team → Türkiye'],
      ['Now', 'D-1', 'Approval: Rescue team → Türkiye'],
      ['Soon', 'D-4', 'Record the request: Rescue team → Türkiye'],
      ['When you can', 'D-3', 'Record the request when it comes: Rescue team → Türkiye'],
    ]);
  });

  it('says who gave the first approval and how many people would be asked', () => {
    const d = a({
      state: 'Waits for second approval',
      approvals: [{ by: 'Morinaga K.', at: '2023-02-06T04:52:00Z', note: '' }],
    });
    expect(waitsForAPerson([d], now)[0]?.consequence).toBe(
      'Morinaga K. gave the first, 6 Feb 13:52 JST. 6 people would be asked.',
    );
  });

  it('asks about gaps until the team goes short, is confirmed or the deployment ends', () => {
    const gaps = { 'rescue/dog-handler/04': { en: 'nobody certified is left', ja: '資格者なし' } };
    expect(waits(a({ state: 'Filling seats', gaps }))).toEqual([
      ['Now', 'D-1', 'No candidate left for 1 seat: Rescue team → Türkiye'],
    ]);
    expect(openGaps(a({ state: 'Filling seats', gaps, teams: [team({ goesShort: true })] }))).toEqual([]);
    expect(
      openGaps(a({ state: 'Full', gaps, teams: [team({ confirmedAt: '2023-02-06T05:00:00Z' })] })),
    ).toEqual([]);
    expect(openGaps(a({ state: 'Standing down', gaps }))).toEqual([]);
  });

  it('sums up gaps of one role and one reason', () => {
    const gaps: [string, string][] = [
      ['rescue/doctor/01', 'nobody'],
      ['rescue/doctor/02', 'nobody'],
      ['rescue/dog-handler/04', 'on leave'],
    ];
    expect(gapLines(gaps)).toEqual([
      { seats: 'Doctor of the rescue team, 2 seats', reason: 'nobody' },
      { seats: 'Dog handler, 1 seat', reason: 'on leave' },
    ]);
  });

  it('asks for a further need, and for a stage only once it is overdue', () => {
    const teams = [team({ confirmedAt: '2023-02-05T05:00:00Z' })];
    const increase = {
      eventIds: ['E'],
      teams: [],
      goods: [],
      reasons: [],
      proposedAt: '2023-02-06T05:00:00Z',
      approvals: [],
    };
    expect(waits(a({ state: 'Confirmed', teams, increase })).map(([priority]) => priority)).toEqual([
      'Now',
      'Soon',
    ]);
    expect(waits(a({ state: 'Confirmed', teams: [team({ confirmedAt: '2023-02-06T05:00:00Z' })] }))).toEqual(
      [],
    );
    expect(waits(a({ state: 'Confirmed', teams }))).toEqual([
      ['Soon', 'D-1', 'Report “assembled”: Rescue team → Türkiye'],
    ]);
  });

  it('leaves drills, running and ended deployments alone', () => {
    expect(
      waits(a({ drill: true, state: 'Proposed' }), a({ state: 'Filling seats' }), a({ state: 'Closed' })),
    ).toEqual([]);
  });
});

describe('a deployment in numbers', () => {
  it('asks one person a seat and stand-by people, rounded up in each role', () => {
    expect(peopleAsked([team({})])).toEqual({ seats: 4, standby: 2 });
    expect(needsTwo(a({}))).toBe(false);
    expect(needsTwo(a({ teams: [team({ seats: [{ role: 'doctor', count: 21, critical: true }] })] }))).toBe(
      true,
    );
  });

  it('is called by its teams or its goods', () => {
    const goods = [{ item: 'tents', quantity: 5, ruleId: 'G', deadlineHours: 48 }];
    expect(titleOf(a({ teams: [], goods }))).toBe('Goods → Türkiye');
  });

  it('offers the stages in their order, and none before confirmation or after home', () => {
    expect(nextStage({ state: 'Confirmed', stage: null })).toBe('assembled');
    expect(nextStage({ state: 'Operating', stage: 'operating' })).toBe('demobilised');
    expect(nextStage({ state: 'Filling seats', stage: null })).toBeUndefined();
    expect(nextStage({ state: 'Standing down', stage: 'home' })).toBeUndefined();
  });

  it('sorts the board by the plan and marks rows with work', () => {
    const d = whole({}, ['Both consents', 'Asked', 'No candidate', 'Confirmed']);
    expect(boardOf(d.teams[0]!, d.seats).map(row => [row.role, row.filled, row.needsWork])).toEqual([
      ['dog-handler', 1, true],
      ['doctor', 1, false],
    ]);
    expect(statesOf(d.seats).map(([state]) => state)).toEqual([
      'Confirmed',
      'Both consents',
      'Asked',
      'No candidate',
    ]);
  });

  it('measures a confirmed team by when its last person is ready', () => {
    const confirmed = team({ deadlineAt: '2023-02-07T03:00:00Z', confirmedAt: '2023-02-06T09:00:00Z' });
    const d = whole({ teams: [confirmed] }, ['Confirmed', 'Confirmed', 'Confirmed', 'Confirmed']);
    expect(standardMet(confirmed, d.seats, now)).toBe('Standard met: ready 6 Feb 19:00 JST');
    const tight = { ...confirmed, deadlineAt: '2023-02-06T09:30:00Z' };
    expect(standardMet(tight, d.seats, now)).toBe('Standard missed: ready 6 Feb 19:00 JST');
    expect(standardMet(team({}), d.seats, now)).toBeUndefined();
  });

  it('counts what a stand-down does and what goods are missing', () => {
    const goods = [{ item: 'tents', quantity: 500, ruleId: 'G', deadlineHours: 48 }];
    const d = whole({ goods }, ['Confirmed', 'Asked', 'Open', 'No candidate']);
    const line = {
      deploymentId: 'D-1',
      item: 'tents',
      warehouseId: 'DXB',
      quantity: 380,
      arrivesAt: '',
      reason: { en: '', ja: '' },
      state: 'Reserved' as const,
    };
    expect(standDownCounts({ ...d, goodsLines: [line] }).slice(0, 2)).toEqual([
      '2 people who were asked get a final word, 1 of whom were told to go.',
      '2 holds on people and 1 goods line not yet departed are released.',
    ]);
    expect(goodsMissing({ ...d, goodsLines: [line] })).toEqual(['120 tents']);
    expect(goodsMissing({ ...d, goodsLines: [{ ...line, state: 'Released' }] })).toEqual(['500 tents']);
  });
});

describe('a stale click', () => {
  it('says what changed, and nothing when only the version grew', () => {
    const before = whole({ state: 'Waits for approval' }, ['Open']);
    const line = {
      deploymentId: 'D-1',
      entryId: 'decision/reject',
      at: '2023-02-06T05:00:00Z',
      kind: 'decision',
      what: 'Rejected by Shiba N.',
      who: 'Shiba N.',
    };
    const after = {
      ...before,
      version: 9,
      state: 'Refused' as const,
      timeline: [line],
      gaps: { x: { en: 'y', ja: 'わ' } },
    };
    expect(changesBetween(before, after)).toEqual([
      'It was "Waits for approval" and is now "Refused".',
      'Rejected by Shiba N.',
      'Seats without a candidate: 0, now 1.',
    ]);
    expect(changesBetween(before, { ...before, version: 9 })).toEqual([]);
  });
});

describe('open events', () => {
  it('come by level, then newest, exercises last', () => {
    const event = (level: 'Red' | 'Green' | 'Unknown', occurredAt: string, exercise = false) => ({
      level,
      occurredAt,
      exercise,
    });
    const [red, exercise, green, newer, unknown] = [
      event('Red', '1'),
      event('Red', '9', true),
      event('Green', '3'),
      event('Red', '2'),
      event('Unknown', '4'),
    ];
    expect(byLevel([unknown, green, exercise, red, newer])).toEqual([newer, red, green, unknown, exercise]);
  });
});
