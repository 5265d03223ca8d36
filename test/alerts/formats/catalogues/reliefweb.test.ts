import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reliefweb } from '../../../../functions/alerts/formats/catalogues/reliefweb.ts';
import {
  hazardInWords,
  spanInName,
  stormInName,
} from '../../../../functions/alerts/formats/catalogues/reliefweb-names.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, read } from '../../messages.ts';
import { prototypeFree } from '../prototype-free.ts';

const turkiye = {
  id: 231,
  name: 'Türkiye',
  iso3: 'tur',
  location: { lat: 39.06, lon: 35.18 },
  primary: true,
};

const fields = (more: object = {}) => ({
  id: 51628,
  name: 'Türkiye/Syria: Earthquakes - Feb 2023',
  status: 'ongoing',
  glide: 'EQ-2023-000015-TUR',
  primary_type: { id: 4628, name: 'Earthquake', code: 'EQ' },
  type: [{ id: 4628, name: 'Earthquake', code: 'EQ', primary: true }],
  primary_country: turkiye,
  country: [turkiye, { id: 226, name: 'Syria', iso3: 'syr', location: { lat: 35.01, lon: 38.51 } }],
  date: {
    changed: '2023-03-01T10:00:00+00:00',
    created: '2023-02-06T03:00:00+00:00',
    event: '2023-02-06T00:00:00+00:00',
  },
  url: 'https://reliefweb.int/taxonomy/term/51628',
  ...more,
});
const answer = (...entries: unknown[]) => ({
  href: 'https://api.reliefweb.int/v2/disasters',
  count: entries.length,
  data: entries,
});
const entry = (more: object = {}) => ({ id: '51628', fields: fields(more) });
const bare = (said: object) => ({
  id: '52108',
  score: 1,
  fields: said,
  href: 'https://api.reliefweb.int/v1/disasters/52108',
});

const one = async (body: object): Promise<Alert> => {
  const { accepted, rejected } = await read(body);
  expect(rejected).toEqual([]);
  return accepted[0]!;
};

describe('ReliefWeb', () => {
  it('reads a disaster, and never takes the middle of a country for its position', async () => {
    expect(await one(answer(entry()))).toMatchObject({
      alertId: 'ReliefWeb:51628:2023-03-01T10:00:00.000Z/3',
      source: 'ReliefWeb',
      sourceId: '51628',
      format: 'reliefweb',
      hazard: 'EQ',
      level: 'Unknown',
      levelRule: 'reliefweb-no-scale',
      sourceLevel: { scale: 'ReliefWeb disaster status', value: 'ongoing' },
      sentAt: '2023-03-01T10:00:00.000Z',
      occurredAt: '2023-02-06T00:00:00.000Z',
      endedAt: null,
      countries: ['TUR', 'SYR'],
      position: null,
      footprint: null,
      strongIds: ['reliefweb:51628', 'glide:EQ-2023-000015-TUR'],
      rawPlace: 'data[0]',
      remarks: [],
      places: {
        title: 'fields/name',
        hazard: 'fields/primary_type/code',
        sentAt: 'fields/date/changed',
        occurredAt: 'fields/date/event',
        countries: 'fields/country',
      },
    });
  });

  it.each([
    ['alert', false],
    ['ongoing', false],
    ['current', false],
    ['external', false],
    ['past', true],
    ['alert-archive', true],
    ['archive', true],
    ['Past', true],
  ])('takes status %s for over: %s', async (status, isOver) => {
    const alert = await one(answer(entry({ status })));
    expect(alert.endedAt).toBe(isOver ? '2023-03-01T10:00:00.000Z' : null);
    expect(alert.places.endedAt).toBe(isOver ? 'fields/status' : undefined);
    expect(alert.level).toBe('Unknown');
  });

  it('keeps a status that is not known as live, and passes over a draft', async () => {
    expect(await one(answer(entry({ status: 'paused' })))).toMatchObject({
      endedAt: null,
      remarks: ['status "paused" is none that is known; it counts as live'],
    });
    expect((await read(answer(entry({ status: 'draft' })))).ignored).toHaveLength(1);
  });

  it('reads the time of an entry without dates from its name, and says so', async () => {
    const alert = await one(
      answer(
        bare({ id: 52108, name: 'Chad: Floods - Aug 2024', status: 'past', glide: 'FL-2024-000139-TCD' }),
      ),
    );
    expect(alert).toMatchObject({
      hazard: 'FL',
      occurredAt: '2024-08-01T00:00:00.000Z',
      endedAt: '2024-09-01T00:00:00.000Z',
      countries: ['TCD'],
      remarks: ['no date: the time is the first day of the month or year in its name'],
      places: { hazard: 'fields/glide', occurredAt: 'fields/name', countries: 'fields/glide' },
    });
    const leanest = await one(answer(bare({ id: 52108, name: 'Chad: Floods - Aug 2024' })));
    expect(leanest).toMatchObject({ hazard: 'FL', countries: ['TCD'], sourceLevel: null, endedAt: null });
  });

  it('never lets an entry without dates take the place of one with dates', async () => {
    // Changed for the last time before the month in its name had begun.
    const date = { changed: '2023-01-31T00:00:00+00:00', event: '2023-02-06T00:00:00+00:00' };
    const detail = await one(answer(entry({ status: 'past', date })));
    const { date: _date, ...undated } = fields({ status: 'ongoing' });
    const listed = await one(answer({ id: '51628', fields: undated }));
    expect(listed.revision < detail.revision).toBe(true);
    const { events } = foldAll([detail, listed], '2023-06-01T00:00:00.000Z');
    expect(events.map(({ state, occurredAt }) => [state, occurredAt])).toEqual([
      ['closed', '2023-02-06T00:00:00.000Z'],
    ]);
  });

  it('orders the states of an entry that has no dates', async () => {
    const revisions = await Promise.all(
      ['alert', 'ongoing', 'past'].map(
        async status => (await one(answer(bare({ id: 1, name: 'X: Floods - Aug 2024', status })))).revision,
      ),
    );
    expect([...revisions].sort()).toEqual(revisions);
    expect(new Set(revisions).size).toBe(3);
  });

  it('reads v2, one disaster alone, and a list without its head', async () => {
    for (const [body, place] of [
      [{ data: { id: '51628', fields: fields() } }, 'data'],
      [entry(), '$'],
      [[entry()], '$[0]'],
      [answer(entry()), 'data[0]'],
    ] as const)
      expect((await one(body)).rawPlace).toBe(place);
    expect(await read(answer())).toMatchObject({ format: 'reliefweb', accepted: [], problem: null });
  });

  it('reads the disasters that a report names, and passes over a report that names none', async () => {
    const disaster = {
      id: 52108,
      name: 'Chad: Floods - Aug 2024',
      glide: 'FL-2024-000139-TCD',
      status: 'ongoing',
    };
    const { accepted, ignored } = await read({
      href: 'https://api.reliefweb.int/v1/reports',
      data: [
        {
          id: '1',
          fields: { title: 'Situation Report 3', disaster: [disaster, { ...disaster, id: 52109 }] },
        },
        { id: '2', fields: { title: 'Annual report' } },
      ],
    });
    expect(accepted.map(alert => [alert.sourceId, alert.rawPlace, alert.places.title])).toEqual([
      ['52108', 'data[0]/fields/disaster[0]', 'name'],
      ['52109', 'data[0]/fields/disaster[1]', 'name'],
    ]);
    expect(ignored).toEqual([{ item: 'data[1] 2', reason: 'a report that names no disaster' }]);
  });

  it('names a broken entry and reads the others', async () => {
    const { accepted, rejected } = await read(
      answer(
        entry(),
        { id: '2' },
        { id: '3', fields: { name: 'Chad: Floods' } },
        { fields: { name: 'Chad: Floods - Aug 2024', status: 'alert' } },
        { id: '5', fields: { status: 'alert' } },
        { id: '6', fields: fields({ id: 6, glide: 'EP-2020-000012-001', primary_type: null, type: 'none' }) },
      ),
    );
    expect(accepted.map(alert => [alert.sourceId, alert.hazard, alert.remarks])).toEqual([
      ['51628', 'EQ', []],
      ['6', 'EP', ['GLIDE number "EP-2020-000012-001" is not well formed']],
    ]);
    expect(rejected).toEqual([
      { item: 'data[1] 2', reason: 'no fields: only its id and a link' },
      { item: 'data[2] 3', reason: 'no date, and no month or year in its name' },
      { item: 'data[3]', reason: 'no id' },
      { item: 'data[4] 5', reason: 'no name' },
    ]);
  });

  it('never throws, whatever stands in an entry', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const odd = entry({ date: value, type: value, country: value, glide: value, primary_type: value });
        for (const body of [value, answer(odd, { id: 1, fields: value }, value)]) {
          const document = { kind: 'json', value: prototypeFree(body) } as const;
          reliefweb.recognises(document);
          const items = reliefweb.read(document);
          if (body !== value) expect(items.length).toBeGreaterThanOrEqual(3);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('names of disasters', () => {
  it.each([
    ['Chad: Floods - Aug 2024', '2024-08-01', '2024-09-01'],
    ['Turkey: Wild Fires - July 2021', '2021-07-01', '2021-08-01'],
    ['Tanzania: Earthquake - Sept 2016', '2016-09-01', '2016-10-01'],
    ['Tropical Storm Filipo: Mar 2024', '2024-03-01', '2024-04-01'],
    ['South America: Floods and Landslides - Nov 2015-Dec 2016', '2015-11-01', '2017-01-01'],
    ['Timor-Leste: Drought - 2023-2024', '2023-01-01', '2025-01-01'],
    ['South Sudan: Floods 2021-2022', '2021-01-01', '2023-01-01'],
    ['Iceland: Eruption - Dec 2023', '2023-12-01', '2024-01-01'],
  ])('reads the span of "%s"', (name, from, until) => {
    expect(spanInName(name)).toEqual({ fromAt: `${from}T00:00:00.000Z`, untilAt: `${until}T00:00:00.000Z` });
  });

  it.each(['Chad: Floods', '', 'COVID-19 Pandemic', 'Storm 12345'])('finds no span in "%s"', name => {
    expect(spanInName(name)).toBeUndefined();
  });

  it.each([
    ['India: Floods and Landslides - Jul 2024', 'FL'],
    ['Peru: Flash Floods - Jul 2024', 'FF'],
    ['Typhoon Gaemi - Jul 2024', 'TC'],
    ['Myanmar: Cholera Outbreak - May 2024', 'EP'],
    ['Indonesia: Earthquake and Tsunami - Sep 2018', 'TS'],
    ['Mongolia: Dzud - Jan 2023', 'CW'],
    ['Iraq: Mosul Crisis 2016-2017', 'CE'],
    ['Somewhere: Something - Jan 2020', undefined],
  ])('reads the hazard of "%s"', (name, hazard) => {
    expect(hazardInWords(name)).toBe(hazard);
  });

  it.each([
    ['Typhoon Gaemi - Jul 2024', 'storm:gaemi-2024'],
    ['Tropical Storm Filipo: Mar 2024', 'storm:filipo-2024'],
    ['Tropical Cyclones Judy and Kevin - Mar 2023', undefined],
    ['Hurricane Season - 2024', undefined],
    ['Tropical Depression Two - Jul 2024', undefined],
  ])('reads the storm of "%s"', (name, id) => {
    expect(stormInName(name, name.slice(-4))).toBe(id);
  });
});

const captures = '../shared/captures/reliefweb';

describe.skipIf(!existsSync(captures))('ReliefWeb as captured', () => {
  it('reads all of 1,000 disasters without a position, 917 of them over', async () => {
    const { accepted, ignored, rejected } = await read(
      readFileSync(join(captures, 'disasters-list-1000.json')),
    );
    expect([accepted.length, ignored.length, rejected.length]).toEqual([1000, 0, 0]);
    expect(accepted.filter(alert => alert.endedAt !== null)).toHaveLength(917);
    expect(accepted.filter(alert => alert.position !== null || alert.level !== 'Unknown')).toEqual([]);
    expect(accepted.filter(alert => alert.strongIds.some(id => id.startsWith('glide:')))).toHaveLength(999);
  });

  it('reads a detail', async () => {
    const { accepted } = await read(readFileSync(join(captures, 'disaster-25466.json')));
    expect(accepted[0]).toMatchObject({
      hazard: 'FL',
      occurredAt: '2015-08-07T00:00:00.000Z',
      endedAt: '2015-12-08T22:02:56.000Z',
      countries: ['BFA'],
      position: null,
      strongIds: ['reliefweb:25466', 'glide:FL-2015-000106-BFA'],
    });
  });
});
