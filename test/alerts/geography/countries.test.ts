import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import worldCountries from 'world-countries';
import { countriesAt, countriesNamed, foldedName } from '../../../functions/alerts/geography/countries.ts';

describe('countries that a message names', () => {
  it.each<[string, string[], string, string[]]>([
    ['three letters', ['TUR', 'syr'], '', ['TUR', 'SYR']],
    ['two letters', ['NP', 'IN', 'PK'], '', ['NPL', 'IND', 'PAK']],
    [
      'blank codes and a list of names',
      ['', ' \n '],
      'Bulgaria, Iraq, Iran, Turkey',
      ['BGR', 'IRQ', 'IRN', 'TUR'],
    ],
    [
      'one code of many countries',
      ['CHN'],
      'China, India, Laos, Myanmar, Thailand, Vietnam',
      ['CHN', 'IND', 'LAO', 'MMR', 'THA', 'VNM'],
    ],
    ['names turned round', [], 'Philippines, China, Japan, Korea, Republic of', ['PHL', 'CHN', 'JPN', 'KOR']],
    [
      'names with signs',
      [],
      "Bosnia & Herzegovina, Côte d'Ivoire, Iran, Islamic Republic of",
      ['BIH', 'CIV', 'IRN'],
    ],
    ['two joined by a word', [], 'Honduras and Belize', ['HND', 'BLZ']],
    [
      'a name that has that word',
      [],
      'Trinidad and Tobago; Saint Vincent and the Grenadines',
      ['TTO', 'VCT'],
    ],
    ['no country', [], 'Off shore', []],
    ['an unknown one', [], '[unknown]', []],
    ['an unknown one among others', [], '[unknown], Chile', ['CHL']],
    ['a direction', [], 'Southeast Of Honshu, Japan', []],
    ['a code that none has', ['ZZZ', 'EQ', '12'], '', []],
    ['Kosovo, which has no code of ISO 3166', ['XK'], 'Kosovo', ['XKX']],
    [
      'old names',
      [],
      'Burma, Swaziland, Cape Verde, Macedonia, Czech Republic',
      ['MMR', 'SWZ', 'CPV', 'MKD', 'CZE'],
    ],
    [
      'long names',
      [],
      'United States of America, Viet Nam, Syrian Arab Republic, Russian Federation',
      ['USA', 'VNM', 'SYR', 'RUS'],
    ],
    ['a word that objects have', ['constructor'], 'toString', []],
  ])('reads %s', (_, codes, names, expected) => {
    expect(countriesNamed({ codes, names })).toEqual(expected);
    expect(countriesNamed({ codes, names })).toEqual(expected);
  });

  it('knows every country by its name and both codes', () => {
    for (const { cca2, cca3, name } of worldCountries) {
      const code = cca3 === 'UNK' ? 'XKX' : cca3;
      expect(countriesNamed({ codes: [cca2], names: '' })).toEqual([code]);
      expect(countriesNamed({ codes: [code], names: name.common })).toEqual([code]);
      expect(countriesNamed({ codes: [], names: name.official })).toEqual([code]);
    }
  });

  it('gives codes or nothing for whatever is written', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('__proto__', ', of the', ' and ', 'Chad'),
    );
    fc.assert(
      fc.property(fc.array(words), fc.array(words), (codes, names) => {
        for (const code of countriesNamed({ codes, names: names.join(',') }))
          expect(code).toMatch(/^[A-Z]{3}$/);
      }),
      { numRuns: 50 },
    );
  });

  it('has its names from world-countries (after an update of the package: npx vitest run test/alerts -u)', async () => {
    const taken = new Set<string>();
    const extract: Record<string, string[]> = {};
    const add = (code: string, name: string) => {
      const folded = foldedName(name);
      if (folded === '' || taken.has(folded)) return;
      taken.add(folded);
      extract[code] = [...(extract[code] ?? []), folded];
    };
    // Kosovo has no code of ISO 3166; XKX is the one in common use, and the one that points are given.
    const countries = worldCountries.map(each => (each.cca3 === 'UNK' ? { ...each, cca3: 'XKX' } : each));
    for (const { cca2, cca3, name } of countries)
      for (const spelling of [cca3, cca2, name.common, name.official]) add(cca3, spelling);
    // Other spellings come last, so that none takes the place of a country's own name.
    for (const { cca3, altSpellings } of countries)
      for (const spelling of altSpellings) if (spelling.length > 3) add(cca3, spelling);
    const lines = Object.entries(extract).map(([code, names]) => [code, names.join('|')]);
    await expect(`${JSON.stringify(Object.fromEntries(lines), null, 2)}\n`).toMatchFileSnapshot(
      '../../functions/alerts/geography/country-names.json',
    );
  });
});

const at = (latitude: number, longitude: number) => countriesAt({ latitude, longitude });

describe('countries of a place', () => {
  it.each([
    ['Antakya', 36.2, 36.16, 'TUR'],
    ['Herat', 34.6, 62, 'AFG'],
    ['Tongatapu', -21.14, -175.2, 'TON'],
    ['Niue', -19.05, -169.9, 'NIU'],
    ['Funafuti', -8.52, 179.2, 'TUV'],
    ['Malé', 4.17, 73.5, 'MDV'],
    ['the east of Fiji', -16.8, -179.9, 'FJI'],
    ['Easter Island', -27.1, -109.35, 'CHL'],
    ['Tristan da Cunha', -37.1, -12.3, 'SHN'],
    ['Puerto Rico', 18.2, -66.4, 'PRI'],
    ['Réunion', -21.1, 55.5, 'REU'],
    ['Hawaii', 19.6, -155.5, 'USA'],
    ['Taiwan', 23.7, 121, 'TWN'],
    ['Kosovo', 42.6, 20.9, 'XKX'],
    ['Gaza', 31.45, 34.4, 'PSE'],
    ['Crimea, as the United Nations see it', 45, 34, 'UKR'],
    ['Northern Cyprus, as the United Nations see it', 35.3, 33.5, 'CYP'],
    ['Shetland', 60.3, -1.3, 'GBR'],
    ['Svalbard', 78.2, 15.6, 'SJM'],
  ])('%s', async (_, latitude, longitude, code) => {
    expect(await at(latitude, longitude)).toEqual([code]);
    expect(await at(latitude, longitude)).toEqual([code]);
  });

  it.each([
    ['the middle of the Pacific', 0, -140],
    ['the Mid-Atlantic Ridge', 30, -40],
    ['the Indian Ocean', -20, 80],
    ['the Gulf of Mexico', 25, -90],
    ['the Bay of Bengal', 14, 88],
    ['the North Pole', 90, 0],
    ['the sea 300 km off Japan', 38, 145],
    ['the Gulf of Alaska', 57, -148],
    ['the Bering Sea', 58, -178],
    ['the Sea of Okhotsk', 53, 150],
  ])('none in %s', async (_, latitude, longitude) => {
    expect(await at(latitude, longitude)).toEqual([]);
  });

  it.each([
    ['2011, 70 km off Tohoku', 38.297, 142.373, 'JPN'],
    ['2021, off the Alaska Peninsula', 55.364, -157.888, 'USA'],
    ['2025, off Kamchatka', 52.498, 160.237, 'RUS'],
    ['2021, near Raoul Island', -29.723, -177.279, 'NZL'],
    ['2010, off Maule', -36.122, -72.898, 'CHL'],
  ])('counts a quake near the coast to its country: %s', async (_, latitude, longitude, code) => {
    expect(await at(latitude, longitude)).toEqual([code]);
  });

  it('takes the coasts that an area at sea reaches', async () => {
    const middle = { latitude: 14, longitude: 88 };
    const reach = (degrees: number) =>
      Array.from({ length: 37 }, (_, step): [number, number] => [
        88 + degrees * Math.cos(step * 0.1745),
        14 + degrees * Math.sin(step * 0.1745),
      ]);
    expect(await countriesAt(middle, [reach(0.2)])).toEqual([]);
    expect((await countriesAt(middle, [reach(8)])).toSorted()).toEqual(['BGD', 'IND', 'MMR']);
  });
});
