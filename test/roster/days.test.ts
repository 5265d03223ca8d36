import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDay, startOfDay } from '../../functions/roster/days.ts';

describe('a day', () => {
  it.each([
    ['2026-03-31', { year: 2026, month: 3, day: 31 }],
    ['2026/3/1', { year: 2026, month: 3, day: 1 }],
    ['2028-02-29', { year: 2028, month: 2, day: 29 }],
    ['2026-02-29', null],
    ['2026-13-01', null],
    ['2026-03/31', null],
    ['31/03/2026', null],
    ['45747', null],
  ])('%s', (text, day) => {
    expect(readDay(text)).toEqual(day);
  });

  it.each([
    ['Asia/Tokyo', '2026-03-30T15:00:00.000Z'],
    ['UTC', '2026-03-31T00:00:00.000Z'],
    ['America/Lima', '2026-03-31T05:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-03-30T10:00:00.000Z'],
  ])('begins in %s at %s', (zone, at) => {
    expect(startOfDay({ year: 2026, month: 3, day: 31 }, zone)).toBe(at);
  });

  it('begins by the clock also on the days on which the clock is changed', () => {
    const day = { year: 2026, month: 3, day: 29 };
    expect(startOfDay(day, 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(startOfDay(day, 'Europe/Berlin', 1)).toBe('2026-03-29T22:00:00.000Z');
  });

  it('shows midnight in its zone', () => {
    const zones = [
      'Asia/Tokyo',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (timeZone, date) => {
          const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
          const shown = new Date(startOfDay(day, timeZone)).toLocaleString('sv-SE', { timeZone });
          expect(shown).toBe(`${date.toISOString().slice(0, 10)} 00:00:00`);
        },
      ),
    );
  });
});
