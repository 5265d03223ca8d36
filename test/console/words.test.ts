import { describe, expect, it } from 'vitest';
import { countdown, deskTime, masked, readMoment, seatName, span } from '../../console/words.ts';
import type { Seat } from '../../functions/domain/deployment.ts';

const now = Date.parse('2023-02-06T05:46:12Z');

describe('time in words', () => {
  it.each([
    ['2023-02-07T03:38:12Z', '21:52', 'h', false],
    ['2023-02-06T06:46:12Z', '1:00', 'h', false],
    ['2023-02-06T06:46:11Z', '59:59', 'min', false],
    ['2023-02-06T05:46:12Z', '00:00', 'min', false],
    ['2023-02-06T05:32:11Z', '+0:14 late', '', true],
  ])('counts down to %s as %s', (until, text, unit, late) => {
    expect(countdown(until, now)).toEqual({ text, unit, late });
  });

  it.each([
    [38_000, '38 s'],
    [22 * 60_000, '22 m'],
    [(4 * 60 + 29) * 60_000, '4 h 29 m'],
    [(3 * 24 + 14) * 3_600_000, '3 d 14 h'],
    [-5, '0 s'],
  ])('says %d ms as %s', (ms, words) => expect(span(ms)).toBe(words));

  it("shows the desk's time with its zone, the year only when it is another", () => {
    expect(deskTime('2023-02-06T06:05:00Z', now)).toBe('6 Feb 15:05 JST');
    expect(deskTime('2022-12-31T15:05:00Z', now)).toBe('1 Jan 00:05 JST');
    expect(deskTime('2022-12-31T14:05:00Z', now)).toBe('31 Dec 2022 23:05 JST');
  });
});

describe('what somebody types as a time', () => {
  it.each([
    ['now', '2023-02-06T05:46:00.000Z'],
    ['1238', '2023-02-06T03:38:00.000Z'],
    ['12:38', '2023-02-06T03:38:00.000Z'],
    ['23:50', '2023-02-05T14:50:00.000Z'],
    ['6 Feb 12:38', '2023-02-06T03:38:00.000Z'],
    ['5 february 2022 1238', '2022-02-05T03:38:00.000Z'],
    ['2023-02-06 12:38', '2023-02-06T03:38:00.000Z'],
    ['2023-02-06T03:38Z', '2023-02-06T03:38:00.000Z'],
  ])('reads %s', (typed, at) => expect(readMoment(typed, now)).toBe(at));

  it('follows the summer time of a zone', () => {
    expect(readMoment('2023-07-01 12:00', now, 'Europe/Berlin')).toBe('2023-07-01T10:00:00.000Z');
    expect(readMoment('2023-01-01 12:00', now, 'Europe/Berlin')).toBe('2023-01-01T11:00:00.000Z');
  });

  it.each(['', 'soon', '25:00', '12:60', '31 Feb 12:00', '6 Foo 12:00'])('refuses "%s"', typed =>
    expect(readMoment(typed, now)).toBeUndefined(),
  );
});

describe('a seat in words', () => {
  it('names role, number, state, person and how often it was asked', () => {
    const seat = { role: 'dog-handler', number: 3, state: 'Asked', expertId: 'E-0042', timesAsked: 3 };
    expect(seatName(seat as Seat, 4)).toBe('Dog handler, seat 3 of 4, Asked, E-0042, third ask');
    const empty = { ...seat, state: 'No candidate', expertId: null, timesAsked: 0, critical: true };
    expect(seatName(empty as Seat, 4)).toBe('Dog handler, critical, seat 3 of 4, No candidate');
  });
});

describe('free text', () => {
  it('loses telephone numbers and addresses, and keeps dates, references and ids', () => {
    expect(masked('call +1 202-555-0143 or a.b@c.example')).toBe('call (number) or (address)');
    const kept = 'Request NV 2023/114 of 2023-02-06T03:38:00Z, E-10042, 1,604 people';
    expect(masked(kept)).toBe(kept);
  });
});
