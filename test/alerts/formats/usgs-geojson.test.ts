import { describe, expect, it } from 'vitest';
import { read, usgsFeature, usgsFeed } from '../messages.ts';

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

  it('names what it ignores and what is broken, and reads the others', async () => {
    const noGeometry = { ...usgsFeature({ id: 'us3' }), geometry: null };
    const poisoned = JSON.parse('{"id":"us5","__proto__":{"properties":{"time":1}},"constructor":1}');
    const reading = await read(
      usgsFeed([
        usgsFeature({ id: 'us1' }),
        usgsFeature({ id: 'us2', type: 'quarry blast' }),
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
      { item: 'feature[1] us2', reason: 'quarry blast: only earthquakes lead to work' },
    ]);
    expect(reading.rejected.map(refusal => refusal.item)).toEqual([
      'feature[2] us3',
      'feature[3] us4',
      'feature[4] us5',
      'feature[5]',
      'feature[6] us7',
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
