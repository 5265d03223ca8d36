import { describe, expect, it } from 'vitest';
import worldCountries from 'world-countries';
import groups from '../../functions/needs/country-groups.json' with { type: 'json' };
import { profileOf } from '../../functions/needs/country-profile.ts';

describe('the profile of a country', () => {
  it('names it, its languages by ISO 639-1 where there is a code, and its only time zone', () => {
    expect(profileOf('PHL')).toEqual({
      country: 'PHL',
      name: 'Philippines',
      languages: ['en', 'fil'],
      leastDeveloped: false,
      smallIsland: false,
      timeZone: 'Asia/Manila',
    });
  });

  it('knows the groups of the UN', () => {
    expect(profileOf('NPL')).toMatchObject({ leastDeveloped: true, smallIsland: false });
    expect(profileOf('VUT')).toMatchObject({ leastDeveloped: false, smallIsland: true });
    expect(profileOf('HTI')).toMatchObject({ leastDeveloped: true, smallIsland: true });
  });

  it('does not guess among several time zones', () => {
    expect(profileOf('USA')?.timeZone).toBeNull();
  });

  it('is null for a code that no country has', () => {
    expect(profileOf('XXX')).toBeNull();
    expect(profileOf('toString')).toBeNull();
  });

  it('lists as many countries as the UN does, each once, and only real ones', () => {
    const codes = new Set(worldCountries.map(country => country.cca3));
    for (const [list, size] of [
      [groups.leastDeveloped.countries, 44],
      [groups.smallIsland.countries, 39],
    ] as const) {
      expect(new Set(list).size).toBe(size);
      expect(list.filter(code => !codes.has(code))).toEqual([]);
    }
  });

  it('is the extract of world-countries (after an update of the package: npx vitest run test/needs -u)', async () => {
    const extract = worldCountries
      .toSorted((a, b) => (a.cca3 < b.cca3 ? -1 : 1))
      .map(({ cca2, cca3, name, languages }) => {
        const codes = Object.keys(languages).map(code => Intl.getCanonicalLocales(code)[0]);
        return [cca3, { alpha2: cca2, name: name.common, languages: codes.join(' ') }];
      });
    await expect(`${JSON.stringify(Object.fromEntries(extract), null, 2)}\n`).toMatchFileSnapshot(
      '../../functions/needs/countries.json',
    );
  });
});
