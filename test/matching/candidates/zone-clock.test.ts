import { describe, expect, it } from 'vitest';
import { isTimeZone } from '../../../functions/domain/time-zone.ts';
import { dayNumberIn, zoneClockOf } from '../../../functions/matching/candidates/zone-clock.ts';

const at = (instant: string) => Date.parse(instant) / 1000;
const HOUR = 3600;

describe('the clock of a zone', () => {
  it.each([
    ['Asia/Tokyo', '2026-07-01T00:00:00Z', 9],
    ['Asia/Kathmandu', '2026-07-01T00:00:00Z', 5.75],
    ['America/New_York', '2026-03-08T06:59:59Z', -5],
    ['America/New_York', '2026-03-08T07:00:00Z', -4],
    ['America/New_York', '2026-11-01T05:59:59Z', -4],
    ['America/New_York', '2026-11-01T06:00:00Z', -5],
    // Half an hour of summer.
    ['Australia/Lord_Howe', '2026-04-04T14:59:59Z', 11],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 10.5],
  ])('in %s at %s is ahead of UTC by %d hours', (zone, instant, ahead) => {
    for (const start of ['2026-03-01T00:00:00Z', instant]) {
      expect(zoneClockOf(zone, at(start)).aheadAt(at(instant))).toBe(ahead * HOUR);
    }
  });

  it('finds the change between two moments, in one week or in the next', () => {
    const change = at('2026-03-08T07:00:00Z');
    for (const start of ['2026-03-02T00:00:00Z', '2026-03-01T00:00:00Z', '2026-02-28T07:00:00Z']) {
      const clock = zoneClockOf('America/New_York', at(start));
      expect(clock.changeBetween(change - 1, change)).toBe(change);
      expect(clock.changeBetween(change - 80_000, change + 80_000)).toBe(change);
      expect(clock.changeBetween(change - 80_000, change - 1)).toBeNull();
      expect(clock.changeBetween(change, change + 80_000)).toBeNull();
    }
  });
});

it.each([
  ['1970-01-01T12:00:00Z', 'UTC', 0],
  ['2026-03-02T00:00:00Z', 'Asia/Tokyo', 20514],
  ['2026-03-01T14:59:59Z', 'Asia/Tokyo', 20513],
  ['2026-03-01T15:00:00Z', 'Asia/Tokyo', 20514],
])('the day of %s in %s is number %d', (instant, zone, day) => {
  expect(dayNumberIn(zone, at(instant))).toBe(day);
});

it('knows which zones there are', () => {
  expect(isTimeZone('Asia/Tokyo')).toBe(true);
  expect(isTimeZone('Mars/Olympus')).toBe(false);
});
