import { describe, expect, it } from 'vitest';
import { TravelModel } from '../../../functions/domain/policy.ts';
import { journeyFor, peopleOf } from '../../../functions/matching/candidates/person.ts';
import { screen } from '../../../functions/matching/candidates/screening.ts';
import type { Candidate, MatchInstance } from '../../../functions/matching/problem.ts';
import { aCandidate, anInstance, aTeam, days, problemAndRoster } from '../instances.ts';

const narita = { latitude: 35.772, longitude: 140.3929 };
const osaka = { latitude: 34.69, longitude: 135.5 };
const sapporo = { latitude: 43.06, longitude: 141.35 };

const atOnce = aTeam({ deadlineAt: null, replyWindowMinutes: 0, employerWindowMinutes: 0 });

const journey = (person: Partial<Candidate>, changes: Partial<MatchInstance> = {}) => {
  const instance = anInstance({ experts: [aCandidate('E-1', person)], teams: [atOnce], ...changes });
  const { problem, roster } = problemAndRoster(instance);
  const { candidacies } = screen(problem, roster);
  const parts = journeyFor(peopleOf(problem, roster), candidacies.groups[0]!, 0);
  expect(parts.minutes).toBe(
    parts.replyMinutes +
      parts.employerMinutes +
      parts.noticeMinutes +
      parts.waitMinutes +
      parts.travelMinutes,
  );
  if (candidacies.count > 0) expect(candidacies.minutes[0]).toBe(parts.minutes);
  return parts;
};

describe('the parts of an arrival', () => {
  it('are the reply, the employer, the notice and the way', () => {
    expect(journey({ noticeToMoveMinutes: 45 }, { teams: [aTeam()] })).toEqual({
      minutes: 195,
      replyMinutes: 60,
      employerMinutes: 60,
      noticeMinutes: 45,
      waitMinutes: 0,
      travelMinutes: 30,
      distanceKm: 0,
      by: 'land',
    });
  });

  it('leave out the reply of who has said yes, and the employer whose consent lasts', () => {
    const teams = [aTeam()];
    const person = { standingConsentUntil: days(11) };
    expect(journey(person, { teams, preferredExpertIds: ['E-1'] })).toMatchObject({
      replyMinutes: 0,
      employerMinutes: 0,
      minutes: 30,
    });
    expect(journey({ standingConsentUntil: days(10) }, { teams })).toMatchObject({ employerMinutes: 60 });
  });

  it.each([
    ['at the assembly point', narita, 'land', 0, 30],
    ['in Osaka, just too far for trains', osaka, 'air', 460, 250],
    ['in Sapporo', sapporo, 'air', 815, 280],
    ['across an ocean', { latitude: 40.64, longitude: -73.78 }, 'air', 10_829, 1139],
  ] as const)('%s: by great circle', (_, home, by, km, travelMinutes) => {
    const parts = journey({ home });
    expect({ ...parts, distanceKm: Math.round(parts.distanceKm) }).toMatchObject({
      by,
      distanceKm: km,
      travelMinutes,
    });
  });

  it('take the train up to its reach', () => {
    const travel = TravelModel.parse({ byLandUpToKm: 500 });
    expect(journey({ home: osaka }, { travel })).toMatchObject({ by: 'land', travelMinutes: 376 });
  });

  it('never come out above what the columns hold', () => {
    const { problem, roster } = problemAndRoster(
      anInstance({
        experts: [aCandidate('E-1', { noticeToMoveMinutes: 2 ** 32 })],
        teams: [atOnce],
      }),
    );
    expect(screen(problem, roster).candidacies.minutes[0]).toBe(2 ** 32 - 1);
  });
});

describe('the first train or flight', () => {
  type Row = [
    what: string,
    now: string,
    timeZone: string | null,
    home: typeof narita,
    notice: number,
    wait: number,
  ];
  const rows: Row[] = [
    ['by day nobody waits', '2026-03-02T00:00:00.000Z', null, narita, 0, 0],
    ['the last train is gone at midnight', '2026-03-01T15:00:00.000Z', null, narita, 0, 300],
    ['a minute before midnight it is not', '2026-03-01T14:59:00.000Z', null, narita, 0, 0],
    ['ready on the minute of the first train', '2026-03-01T20:00:00.000Z', null, narita, 0, 0],
    ['ready a minute before it', '2026-03-01T19:59:00.000Z', null, narita, 0, 1],
    ['seconds are rounded up', '2026-03-01T19:58:30.000Z', null, narita, 0, 2],
    ['flights end in the evening', '2026-03-02T11:00:00.000Z', null, sapporo, 0, 480],
    ['the notice can run into the night', '2026-03-02T08:00:00.000Z', null, sapporo, 200, 460],
    ['or through it', '2026-03-02T08:00:00.000Z', null, sapporo, 700, 0],
    ['hours are those of the home', '2026-03-02T00:00:00.000Z', 'Asia/Kathmandu', narita, 0, 0],
    ['where the night is at another time', '2026-03-01T22:00:00.000Z', 'Asia/Kathmandu', narita, 0, 75],
    ['a zone that nobody knows is the desk zone', '2026-03-01T15:00:00.000Z', 'Mars/Olympus', narita, 0, 300],
    // New York puts its clocks forward on 8 March 2026 at 02:00, which is 07:00 UTC, and back on 1 November at 06:00 UTC.
    ['a night that is an hour shorter', '2026-03-08T05:30:00.000Z', 'America/New_York', narita, 0, 210],
    ['a night that is an hour longer', '2026-11-01T04:30:00.000Z', 'America/New_York', narita, 0, 330],
    ['a night after the change', '2026-03-09T05:30:00.000Z', 'America/New_York', narita, 0, 210],
    [
      'a night weeks from now, after the change',
      '2026-03-01T05:30:00.000Z',
      'America/New_York',
      narita,
      20_160 - 60,
      270,
    ],
  ];
  it.each(rows)('%s', (_, now, timeZone, home, noticeToMoveMinutes, waitMinutes) => {
    const changes = { now, requestedAt: now };
    expect(journey({ timeZone, home, noticeToMoveMinutes }, changes)).toMatchObject({ waitMinutes });
  });

  it.each([
    ['between two hours that the clocks leave out', 2, '2026-03-08T06:30:00.000Z', 30],
    ['at an hour that comes twice', 1, '2026-11-01T04:30:00.000Z', 30],
  ])('%s', (_, landFromHour, now, waitMinutes) => {
    const travel = TravelModel.parse({ landFromHour, landUntilHour: landFromHour + 1 });
    const changes = { now, requestedAt: now, travel };
    expect(journey({ timeZone: 'America/New_York' }, changes)).toMatchObject({ waitMinutes });
  });

  it.each([
    ['past midnight', 22, 4, '2026-03-01T18:59:00.000Z', 0],
    ['past midnight, and by day not', 22, 4, '2026-03-01T19:00:00.000Z', 18 * 60],
    ['all day and night', 6, 6, '2026-03-01T18:59:00.000Z', 0],
  ])('may run %s', (_, landFromHour, landUntilHour, now, waitMinutes) => {
    const travel = TravelModel.parse({ landFromHour, landUntilHour });
    expect(journey({}, { now, requestedAt: now, travel })).toMatchObject({ waitMinutes });
  });
});
