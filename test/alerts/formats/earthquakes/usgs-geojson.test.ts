import { describe, expect, it } from 'vitest';
import { usgsGeojson } from '../../../../functions/alerts/formats/earthquakes/usgs-geojson.ts';
import { read, usgsFeature, usgsFeed } from '../../messages.ts';
import { captured, capturesAbsent, emptyPlaces } from './quake-captures.ts';

const one = async (quake: Parameters<typeof usgsFeature>[0]) => {
  const reading = await read(usgsFeature(quake));
  expect(reading.rejected).toEqual([]);
  return reading.accepted[0]!;
};

describe('USGS GeoJSON', () => {
  it('reads the detail of one event into the common model', async () => {
    expect(await one({ updated: '2023-02-06T02:00:00.500Z' })).toMatchObject({
      alertId: 'USGS:us6000jllz:2023-02-06T02:00:00.500Z',
      format: 'usgs-geojson',
      hazard: 'EQ',
      level: 'Red',
      occurredAt: '2023-02-06T01:17:34.000Z',
      countries: ['TUR'],
      position: { latitude: 37.226, longitude: 37.014 },
      measures: [
        { name: 'magnitude', value: 7.8, unit: 'M' },
        { name: 'depthKm', value: 10, unit: 'km' },
      ],
    });
  });

  it.each([
    ['green', 6, 'Green', 'pager-green'],
    ['yellow', 6, 'Green', 'pager-yellow-is-regional'],
    ['orange', 6, 'Orange', 'pager-orange'],
    ['RED', 6, 'Red', 'pager-red'],
    [null, 5.4, 'Green', 'no-pager-below-m5.5'],
    [null, 5.5, 'Unknown', 'no-pager-yet'],
    [null, null, 'Unknown', 'no-pager-yet'],
  ])('maps PAGER %s at M %s to %s', async (alert, mag, level, levelRule) => {
    expect(await one({ alert, mag })).toMatchObject({ level, levelRule });
  });

  it('lists every id that the event ever had', async () => {
    expect((await one({ ids: ',us6000jllz,ak0x1,,us6000jllz,' })).strongIds).toEqual([
      'usgs:us6000jllz',
      'usgs:ak0x1',
    ]);
  });

  it('takes people by intensity from a PAGER product that carries its exposures', async () => {
    const bytes = JSON.stringify({
      population_exposure: {
        mmi: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        aggregated_exposure: [0, 0, 9, 9, 9, 600, 70, 8, 2, 1],
      },
    });
    const products = { losspager: [{ properties: {}, contents: { 'json/exposures.json': { bytes } } }] };
    expect((await one({ products })).measures.filter(m => m.name.startsWith('population'))).toEqual([
      { name: 'populationMmi6', value: 681, unit: 'people' },
      { name: 'populationMmi7', value: 81, unit: 'people' },
      { name: 'populationMmi8', value: 11, unit: 'people' },
      { name: 'populationMmi9', value: 3, unit: 'people' },
    ]);
  });

  it('takes a ShakeMap scenario for the exercise that it is', async () => {
    const products = { shakemap: [{ properties: { 'event-type': 'SCENARIO' } }] };
    expect((await one({ products })).status).toBe('Exercise');
  });

  it('takes a deleted event for a cancel of itself', async () => {
    expect(await one({ status: 'deleted' })).toMatchObject({
      messageType: 'Cancel',
      references: ['USGS:us6000jllz'],
    });
  });

  it('takes a deleted event for one even when nothing is left of its origin', async () => {
    const gone = { ...usgsFeature({ status: 'DELETED', updated: '2023-02-07T00:00:00Z' }), geometry: null };
    const reading = await read({ ...gone, properties: { ...gone.properties, time: null, mag: null } });
    expect(reading.accepted).toMatchObject([
      { messageType: 'Cancel', position: null, occurredAt: '2023-02-07T00:00:00.000Z' },
    ]);
  });

  it.each<[string, Parameters<typeof usgsFeature>[0], 'withdrawn' | 'ignored']>([
    [
      'a nuclear test that was a quake of M 6.3',
      { type: 'nuclear explosion', mag: 6.3, alert: null },
      'withdrawn',
    ],
    ['a blast of M 3 in a mine', { type: 'mining explosion', mag: 3, alert: null }, 'withdrawn'],
    ['one of unknown size', { type: 'explosion', mag: null, alert: null }, 'withdrawn'],
    ['a small one on which PAGER worked', { type: 'quarry blast', mag: 2.1, alert: 'green' }, 'withdrawn'],
    [
      'a small one with a ShakeMap',
      { type: 'quarry blast', mag: 2.1, alert: null, types: ',origin,shakemap,' },
      'withdrawn',
    ],
    ['a small blast as there are many every day', { type: 'quarry blast', mag: 2.1, alert: null }, 'ignored'],
  ])('%s', async (_what, quake, outcome) => {
    const reading = await read(usgsFeed([usgsFeature({ id: 'us1', ids: ',ak9,us1,', ...quake })]));
    expect(reading.rejected).toEqual([]);
    if (outcome === 'ignored') expect(reading.ignored).toHaveLength(1);
    else
      expect(reading.accepted).toMatchObject([
        {
          messageType: 'Cancel',
          references: ['USGS:us1', 'USGS:ak9'],
          ownIds: ['USGS:us1', 'usgs:us1', 'usgs:ak9'],
        },
      ]);
  });

  it('withdraws a blast of any size when the event was asked for by its id', async () => {
    expect(await one({ type: 'quarry blast', mag: 1.2, alert: null })).toMatchObject({
      messageType: 'Cancel',
    });
  });

  it.each([
    [[37.014, 37.226, -1.2], null],
    [[-181.5, -17, 500], null],
    [[0, 0, 10], 'position 0,0 stands for a missing one'],
    [[37.226, 137.014, 10], 'latitude 137.014 is beyond 90: it seems swapped with the longitude 37.226'],
    [[400, 10, 10], 'position 10, 400 is none on Earth'],
    [[null, 10, 10], 'no latitude and longitude'],
    [[], 'no latitude and longitude'],
  ])('coordinates %j: %s', async (coordinates, reason) => {
    const reading = await read(usgsFeed([{ ...usgsFeature(), geometry: { type: 'Point', coordinates } }]));
    expect(reading.rejected.map(refusal => refusal.reason)).toEqual(reason === null ? [] : [reason]);
  });

  it('keeps a depth above sea level, a tsunami flag and the highest intensity', async () => {
    const { measures } = await one({ depth: -1.2, tsunami: 1, mmi: 7.1 });
    expect(measures.slice(1)).toEqual([
      { name: 'depthKm', value: -1.2, unit: 'km' },
      { name: 'maximumMmi', value: 7.1, unit: 'MMI' },
      { name: 'tsunamiFlag', value: 1, unit: 'flag' },
    ]);
  });

  it('takes the colour and the intensity from products when the event has none, but not from deleted ones', async () => {
    const products = {
      losspager: [
        { status: 'DELETE', properties: { alertlevel: 'red' } },
        { properties: { alertlevel: 'orange' } },
      ],
      shakemap: [{ properties: { maxmmi: '8.25' } }],
      dyfi: 'broken',
    };
    const alert = await one({ alert: null, products });
    expect(alert).toMatchObject({
      level: 'Orange',
      sourceLevel: { scale: 'PAGER', value: 'orange' },
      places: { level: 'properties/products/losspager[1]/properties/alertlevel' },
    });
    expect(alert.measures).toContainEqual({ name: 'maximumMmi', value: 8.25, unit: 'MMI' });
  });

  it.each([
    ['its service', { metadata: { url: 'https://earthquake.usgs.gov/fdsnws/scenario/1/query' } }, {}],
    ['its products', {}, { types: ',origin-scenario,shakemap-scenario,' }],
    ['its page', {}, { url: 'https://earthquake.usgs.gov/scenarios/eventpage/nclegacy1' }],
  ])('knows a scenario by %s', async (_what, more, quake) => {
    const reading = await read({ ...usgsFeed([usgsFeature(quake)]), ...more });
    expect(reading.accepted[0]?.status).toBe('Exercise');
  });

  it.each([
    [404, []],
    [204, []],
    [400, ['the USGS answered 400: Bad Request']],
    [503, ['the USGS answered 503: Bad Request']],
  ])('takes an answer with status %i for what it is', async (status, reasons) => {
    const metadata = {
      status,
      url: 'https://earthquake.usgs.gov/fdsnws/event/1/query',
      error: 'Bad Request',
    };
    const reading = await read({ type: 'FeatureCollection', metadata });
    expect(reading.format).toBe('usgs-geojson');
    expect(reading.rejected.map(refusal => refusal.reason)).toEqual(reasons);
  });

  it('takes the magnitude that stands for none for none', async () => {
    const alert = await one({ mag: -9.99, alert: null });
    expect(alert).toMatchObject({ level: 'Unknown', remarks: ['magnitude -9.99 stands for none'] });
    expect(alert.measures.map(measure => measure.name)).not.toContain('magnitude');
  });

  describe.skipIf(capturesAbsent)('captures', () => {
    it.each([
      'usgs-detail/us6000pi9w-detail.json',
      'usgs-geojson/all_hour-2013-07-20.geojson',
      'usgs-geojson/significant_month-2014-03.geojson',
      'usgs-geojson/all_day-2019-01-30.geojson',
      'usgs-geojson/2.5_day-2026-07-21.json',
    ])('%s has something at every place that is named', file => {
      expect(emptyPlaces(usgsGeojson, captured(file))).toEqual([]);
    });
  });

  it('names what it ignores and what is broken, and reads the others', async () => {
    const noGeometry = { ...usgsFeature({ id: 'us3' }), geometry: null };
    const poisoned = JSON.parse('{"id":"us5","__proto__":{"properties":{"time":1}},"constructor":1}');
    const reading = await read(
      usgsFeed([
        usgsFeature({ id: 'us1' }),
        usgsFeature({ id: 'us2', type: 'quarry blast', mag: 1.9, alert: null }),
        noGeometry,
        usgsFeature({ id: 'us4', mag: '7' as unknown as number }),
        poisoned,
        null,
        usgsFeature({ id: 'us7', time: 1e300 }),
        usgsFeature({ id: 'us8' }),
      ]),
    );
    expect(reading.accepted.map(alert => alert.sourceId)).toEqual(['us1', 'us8']);
    expect(reading.ignored).toEqual([
      { item: 'features[1] us2', reason: 'quarry blast: only earthquakes lead to work' },
    ]);
    expect(reading.rejected.map(refusal => refusal.item)).toEqual([
      'features[2] us3',
      'features[3] us4',
      'features[4] us5',
      'features[5]',
      'features[6] us7',
    ]);
    expect(reading.rejected[1]!.reason).toMatch(/^properties\.mag: /);
    expect(({} as Record<string, unknown>).properties).toBeUndefined();
  });

  it('takes an hour without a quake for a valid answer', async () => {
    expect(await read(usgsFeed([]))).toMatchObject({ format: 'usgs-geojson', problem: null, accepted: [] });
  });

  it('leaves the GeoJSON of others alone', async () => {
    const other = { type: 'Feature', id: 'x', properties: { event: 'Flood' }, geometry: null };
    expect((await read(usgsFeed([other]))).problem?.name).toBe('UnknownFormat');
  });
});
