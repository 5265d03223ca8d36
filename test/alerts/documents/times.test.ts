import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  instantInZone,
  instantOfEpoch,
  instantOfIso,
  instantOfRfc822,
  instantOfUtc,
  shifted,
} from '../../../functions/alerts/documents/times.ts';

describe('times of feeds', () => {
  it.each([
    ['Thu, 29 Jul 2021 07:35 GMT', '2021-07-29T07:35:00.000Z'],
    ['Thu, 29 Jul 2021 07:35:09 GMT', '2021-07-29T07:35:09.000Z'],
    ['29 Jul 2021 07:35:09', '2021-07-29T07:35:09.000Z'],
    ['27 May 2026 14:51:04', '2026-05-27T14:51:04.000Z'],
    ['Thu, 29 Jul 2021 07:35:09 +0200', '2021-07-29T05:35:09.000Z'],
    ['Thursday, 29-Jul-21 07:35:09 UTC', '2021-07-29T07:35:09.000Z'],
    ['Sun, 30 Sep 2018 01:30:34 +1000', '2018-09-29T15:30:34.000Z'],
    ['Mon, 09 Sep 2019 21:00:00 EST', '2019-09-10T02:00:00.000Z'],
    ['Mon, 09 Sep 2019 21:00:00 PDT', '2019-09-10T04:00:00.000Z'],
    ['5 september 2019 1:02', '2019-09-05T01:02:00.000Z'],
    ['31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00.000Z'],
    ['31 Dec 2016 24:00:00 GMT', '2017-01-01T00:00:00.000Z'],
    ['31 Dec 2016 24:00:01 GMT', undefined],
    ['Mon, 09 Sep 2019 21:00:00 CEST', undefined],
    ['Mon, 09 Sep 2019 21:00:00 A', undefined],
    ['Mon, 09 Sep 2019 21:00:00 +1500', undefined],
    ['Thu, 30 Feb 2021 07:35:09 GMT', undefined],
    ['Thu, 29 Foo 2021 07:35:09 GMT', undefined],
    ['00 Jan 2021 07:35:09 GMT', undefined],
    ['29 Jul 1899 07:35:09 GMT', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('RFC 822 %s', (text, instant) => {
    expect(instantOfRfc822(text)).toBe(instant);
  });

  it.each([
    ['2011-09-02T11:36:50-00:00', '2011-09-02T11:36:50.000Z'],
    ['2019-04-18T12:02:32-06:00', '2019-04-18T18:02:32.000Z'],
    ['2019-04-18T12:02Z', '2019-04-18T12:02:00.000Z'],
    ['2019-04-18T12:02:32.1234567Z', '2019-04-18T12:02:32.123Z'],
    ['2019-04-18T12:02:32,5+0530', '2019-04-18T06:32:32.500Z'],
    ['2019-04-18T12:02:32+09', '2019-04-18T03:02:32.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2016-12-31T24:00:00+01:00', '2016-12-31T23:00:00.000Z'],
    ['2019-04-18T12:02:32', undefined],
    ['2019-04-18T24:01:00Z', undefined],
    ['2019-04-18T12:02:60Z', undefined],
    ['2019-04-18T12:60:00Z', undefined],
    ['2019-04-18T12:02:32+14:01', undefined],
    ['2019-04-18T12:02:32+05:75', undefined],
    ['2019-02-29T12:02:32Z', undefined],
    ['2019-13-01T12:02:32Z', undefined],
    ['2019/04/18 12:02:32Z', undefined],
    ['0001-01-01T00:00:00Z', undefined],
    ['1899-12-31T23:59:59Z', undefined],
    ['date:now', undefined],
  ])('ISO 8601 %s', (text, instant) => {
    expect(instantOfIso(text)).toBe(instant);
  });

  it.each([
    ['2026-07-18T19:50:37', '2026-07-18T19:50:37.000Z'],
    ['2026-07-18 19:50:37', '2026-07-18T19:50:37.000Z'],
    ['2026/07/18 19:50', '2026-07-18T19:50:00.000Z'],
    ['2026/07/18 19:50:37.25', '2026-07-18T19:50:37.250Z'],
    ['2026-07-18T19:50:37+02:00', '2026-07-18T17:50:37.000Z'],
    ['2026-07-18T19:50:37Z', '2026-07-18T19:50:37.000Z'],
    ['2026-07/18 19:50', undefined],
    ['2026-02-30 19:50', undefined],
    ['2026-07-18', undefined],
    [undefined, undefined],
  ])('a clock of UTC that does not say so: %s', (text, instant) => {
    expect(instantOfUtc(text)).toBe(instant);
  });

  it('reads a clock of a fixed zone, and believes an offset that is written', () => {
    expect(instantInZone('2021/02/18 03:58:00', '+09:00')).toBe('2021-02-17T18:58:00.000Z');
    expect(instantInZone('2021-02-18T03:58:00Z', '+09:00')).toBe('2021-02-18T03:58:00.000Z');
    expect(instantInZone('2021-02-18T03:58:00', 'JST')).toBeUndefined();
    expect(instantInZone(undefined, '+09:00')).toBeUndefined();
  });

  it('agrees with the calendar of JavaScript on every instant from 1900 to 2199', () => {
    const instants = fc.date({
      min: new Date('1900-01-01'),
      max: new Date('2199-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        const pad = (n: number) => String(Math.trunc(n)).padStart(2, '0');
        const local = new Date(date.getTime() + offset * 60_000).toISOString().replace('Z', '');
        const zone = `${offset < 0 ? '-' : '+'}${pad(Math.abs(offset) / 60)}:${pad(Math.abs(offset) % 60)}`;
        expect(instantOfIso(local + zone)).toBe(date.toISOString());
        expect(instantInZone(local.replace('T', ' '), zone)).toBe(date.toISOString());
        expect(instantOfUtc(date.toISOString().slice(0, -1))).toBe(date.toISOString());
        expect(instantOfRfc822(date.toUTCString())).toBe(`${date.toISOString().slice(0, 19)}.000Z`);
      }),
    );
  });

  it('never throws and never reads a part of a longer text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        for (const read of [instantOfIso, instantOfUtc, instantOfRfc822]) {
          expect(() => read(text)).not.toThrow();
          expect(read(`2026-07-18T19:50:37Z${'x'.repeat(text.length + 1)}`)).toBeUndefined();
        }
      }),
    );
    expect(instantOfIso(`2026-07-18T19:50:37${' '.repeat(100_000)}Z`)).toBeUndefined();
  });

  it('takes no number for a time that is none', () => {
    expect(instantOfEpoch(Number.NaN)).toBeUndefined();
    expect(instantOfEpoch(1e300)).toBeUndefined();
    expect(instantOfEpoch(253402300799999)).toBe('9999-12-31T23:59:59.999Z');
    expect(instantOfEpoch(253402300800000)).toBeUndefined();
    expect(instantOfIso('9999-12-31T23:59:59-05:00')).toBeUndefined();
    expect(shifted('9999-12-31T12:00:00.000Z', 86_400)).toBe('9999-12-31T23:59:59.999Z');
    expect(instantOfEpoch(1675646254000)).toBe('2023-02-06T01:17:34.000Z');
  });
});
