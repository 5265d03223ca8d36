import { describe, expect, it } from 'vitest';
import { instantOfEpoch, instantOfIso, instantOfRfc822 } from '../../functions/alerts/times.ts';

describe('times of feeds', () => {
  it.each([
    ['Thu, 29 Jul 2021 07:35 GMT', '2021-07-29T07:35:00.000Z'],
    ['Thu, 29 Jul 2021 07:35:09 GMT', '2021-07-29T07:35:09.000Z'],
    ['29 Jul 2021 07:35:09', '2021-07-29T07:35:09.000Z'],
    ['Thu, 29 Jul 2021 07:35:09 +0200', '2021-07-29T05:35:09.000Z'],
    ['Thu, 30 Feb 2021 07:35:09 GMT', undefined],
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
    ['2019-04-18T12:02:32', undefined],
    ['2019-02-29T12:02:32Z', undefined],
    ['date:now', undefined],
  ])('ISO 8601 %s', (text, instant) => {
    expect(instantOfIso(text)).toBe(instant);
  });

  it('takes no number for a time that is none', () => {
    expect(instantOfEpoch(Number.NaN)).toBeUndefined();
    expect(instantOfEpoch(1e300)).toBeUndefined();
    expect(instantOfEpoch(1675646254000)).toBe('2023-02-06T01:17:34.000Z');
  });
});
