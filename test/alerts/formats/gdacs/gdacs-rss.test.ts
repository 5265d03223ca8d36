import { describe, expect, it } from 'vitest';
import { gdacsItem, gdacsRss, read } from '../../messages.ts';

const one = async (item: Parameters<typeof gdacsItem>[0], made?: string) => {
  const reading = await read(gdacsRss([gdacsItem(item)], made));
  expect(reading.rejected).toEqual([]);
  return reading.accepted[0]!;
};

describe('GDACS RSS', () => {
  it('reads an item into the common model', async () => {
    expect(await one({ modified: 'Mon, 06 Feb 2023 02:00:00 GMT' })).toMatchObject({
      alertId: 'GDACS:EQ1355000:2023-02-06T02:00:00.000Z/000000000001/1',
      source: 'GDACS',
      sourceId: 'EQ1355000',
      format: 'gdacs-rss',
      hazard: 'EQ',
      level: 'Red',
      occurredAt: '2023-02-06T01:17:35.000Z',
      sentAt: '2023-02-06T02:00:00.000Z',
      endedAt: null,
      countries: ['TUR'],
      position: { latitude: 37.22, longitude: 37.02 },
      strongIds: ['gdacs:EQ1355000'],
      measures: [
        { name: 'magnitude', value: 7.8, unit: 'M' },
        { name: 'depthKm', value: 10, unit: 'km' },
        { name: 'population', value: 5_390_000, unit: 'Population in 100km' },
      ],
      rawPlace: 'item[0]',
    });
  });

  it('takes the level of the event, not of its last episode', async () => {
    expect((await one({ level: 'Orange', episodeLevel: 'Green' })).level).toBe('Orange');
  });

  it('keeps an alert without a level word, as Unknown', async () => {
    expect(await one({ level: '' })).toMatchObject({
      level: 'Unknown',
      levelRule: 'gdacs-event-level-missing',
    });
  });

  it('takes strong ids from GLIDE, the network id and the storm name, and only from well-formed ones', async () => {
    const quake = await one({
      extra: '<gdacs:glide>EQ-2023-000015-TUR</gdacs:glide><gdacs:sourceid>us6000jllz</gdacs:sourceid>',
    });
    expect(quake.strongIds).toEqual(['gdacs:EQ1355000', 'glide:EQ-2023-000015-TUR', 'usgs:us6000jllz']);
    const agency = await one({
      extra: '<gdacs:glide>EP-2020-000012-001</gdacs:glide><gdacs:sourceid>NEIC</gdacs:sourceid>',
    });
    expect(agency.strongIds).toEqual(['gdacs:EQ1355000']);
    const storm = await one({ type: 'TC', extra: '<gdacs:eventname>PHANFONE-19</gdacs:eventname>' });
    expect(storm.strongIds).toContain('storm:phanfone-2019');
  });

  it('counts nobody when GDACS counted nobody', async () => {
    for (const population of [
      '<gdacs:population unit="" value="0" />',
      '<gdacs:population unit="Pop74" value="-1">unknown</gdacs:population>',
    ])
      expect((await one({ population })).measures.map(measure => measure.name)).not.toContain('population');
  });

  it.each([
    ['NP', 'Nepal', ['NPL']],
    ['PHL', 'Philippines, China, Korea, Republic of', ['PHL', 'CHN', 'KOR']],
    ['', '[unknown]', ['TUR']],
    ['\n\n', 'Off shore', ['TUR']],
    ['IRN', 'Iran, Islamic Republic of', ['IRN']],
  ])('reads the countries of "%s" and "%s", else of the point', async (iso3, country, expected) => {
    expect((await one({ iso3, country })).countries).toEqual(expected);
  });

  it('never says that a message was sent after the feed was made', async () => {
    const flood = await one(
      { type: 'FL', from: 'Thu, 01 Aug 2019 15:00:00 GMT', severity: '' },
      'Wed, 17 Jul 2019 10:00:00 GMT',
    );
    expect(flood.sentAt).toBe('2019-07-17T10:00:00.000Z');
  });

  it('ends an event by iscurrent only when its last observation is a month old', async () => {
    const drought = (to: string) =>
      one({ type: 'DR', to, severity: '', extra: '<gdacs:iscurrent>false</gdacs:iscurrent>' });
    expect((await drought('Mon, 06 Feb 2023 00:00:00 GMT')).endedAt).toBeNull();
    expect((await drought('Sat, 01 Oct 2022 00:00:00 GMT')).endedAt).toBe('2022-10-01T00:00:00.000Z');
  });

  it('sorts revisions by time of change, then by episode as a number', async () => {
    const revisions = await Promise.all(
      [
        one({ episode: '9' }),
        one({ episode: '10' }),
        one({ episode: '2', modified: 'Mon, 06 Feb 2023 05:00:00 GMT' }),
      ].map(async alert => (await alert).revision),
    );
    expect([...revisions].sort()).toEqual(revisions);
  });

  it('wraps a longitude past the antimeridian and takes 0,0 for a missing position', async () => {
    expect((await one({ latitude: '-17', longitude: '-181.5' })).position).toEqual({
      latitude: -17,
      longitude: 178.5,
    });
    expect((await one({ latitude: '0', longitude: '0' })).position).toBeNull();
    expect((await one({ latitude: '97', longitude: '10' })).position).toBeNull();
    expect((await one({ latitude: 'nan', longitude: '10' })).position).toBeNull();
  });

  it('names a broken item and reads the others', async () => {
    const reading = await read(
      gdacsRss([
        gdacsItem({ id: '1' }),
        gdacsItem({ id: '2', type: 'XX' }),
        gdacsItem({ id: '3', from: '45 Nor 2023' }),
        gdacsItem({ id: '4' }),
      ]),
    );
    expect(reading.accepted.map(alert => alert.sourceId)).toEqual(['EQ1', 'EQ4']);
    expect(reading.rejected).toEqual([
      { item: 'item[1] XX2', reason: 'event type "XX" is none that GDACS has' },
      { item: 'item[2] EQ3', reason: 'neither fromdate nor pubDate is a date' },
    ]);
  });

  it('says in the words of GDACS what it is, and nothing where GDACS says nothing', async () => {
    expect((await one({ level: 'Orange' })).sourceLevel).toEqual({
      scale: 'GDACS alert level',
      value: 'Orange',
    });
    expect((await one({ level: '' })).sourceLevel).toBeNull();
  });

  it('shows where each field was read, past a namesake of another namespace', async () => {
    const { places } = await one({ modified: 'Mon, 06 Feb 2023 02:00:00 GMT' });
    expect(places).toEqual({
      title: 'title',
      hazard: 'eventtype',
      level: 'alertlevel',
      sentAt: 'datemodified',
      occurredAt: 'fromdate',
      position: 'Point',
      countries: 'iso3',
      measures: 'severity',
      'measures.population': 'population',
    });
    const body = gdacsRss([
      gdacsItem({ iso3: '' }).replace('<gdacs:country>', '<country>Mars</country><gdacs:country>'),
    ]);
    const alert = (await read(body)).accepted[0]!;
    expect([alert.places.countries, alert.countries]).toEqual(['country[1]', ['TUR']]);
  });

  it('takes no middle of a box for the position, and says so', async () => {
    const boxed = gdacsItem({ extra: '<gdacs:bbox>55.0 81.0 -46.7 -20.7</gdacs:bbox>' }).replace(
      /<geo:Point>.*<\/geo:Point>/,
      '',
    );
    const alert = (await read(gdacsRss([boxed]))).accepted[0]!;
    expect([alert.position, alert.footprint]).toEqual([null, null]);
    expect(alert.remarks).toEqual(['no point; the middle of its box is no position']);
  });

  it('keeps a drill from being taken for real', async () => {
    const drill = gdacsRss([gdacsItem().replace('<title>', '<title>EXERCISE - ')]);
    expect((await read(drill)).accepted[0]).toMatchObject({
      status: 'Exercise',
      places: { status: 'title' },
    });
    expect((await one({})).status).toBe('Actual');
  });

  it('joins no storms by the number that each basin counts anew', async () => {
    for (const name of ['TWO-26', 'TWENTYEIG-19', 'INVEST-24', 'A-24'])
      expect(
        (await one({ type: 'TC', extra: `<gdacs:eventname>${name}</gdacs:eventname>` })).strongIds,
      ).toEqual(['gdacs:TC1355000']);
  });

  it('leaves the CAP feed of GDACS and feeds that only borrow its box to others', async () => {
    const capFeed = gdacsRss([
      '<item><guid>EQ1_2</guid><alert><identifier>GDACS_EQ_1_2</identifier></alert></item>',
    ]);
    expect((await read(capFeed)).format).not.toBe('gdacs-rss');
    const other = gdacsRss(['<item><gdacs:bbox>1 2 3 4</gdacs:bbox></item>']).replace(
      'GDACS RSS',
      'Some other',
    );
    expect((await read(other)).format).not.toBe('gdacs-rss');
    expect((await read(gdacsRss([]))).format).toBe('gdacs-rss');
  });
});
