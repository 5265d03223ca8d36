import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eonet } from '../../../../functions/alerts/formats/catalogues/eonet.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, gdacsItem, gdacsRss, read } from '../../messages.ts';
import { prototypeFree } from '../prototype-free.ts';

const fix = (date: string, longitude: number, latitude: number, kts?: number) => ({
  date,
  type: 'Point',
  coordinates: [longitude, latitude],
  ...(kts === undefined ? {} : { magnitudeValue: kts, magnitudeUnit: 'kts' }),
});

const event = (fields: object = {}) => ({
  id: 'EONET_20001',
  title: 'Tropical Storm Fausto',
  description: null,
  link: 'https://eonet.gsfc.nasa.gov/api/v3/events/EONET_20001',
  closed: null,
  categories: [{ id: 'severeStorms', title: 'Severe Storms' }],
  sources: [{ id: 'JTWC', url: 'https://www.metoc.navy.mil/jtwc/products/ep0626.tcw' }],
  geometry: [fix('2026-07-19T18:00:00Z', -112.1, 12.2, 35), fix('2026-07-20T06:00:00Z', -115.2, 12.7, 45)],
  ...fields,
});
const list = (...events: unknown[]) => ({
  title: 'EONET Events',
  link: 'https://eonet.gsfc.nasa.gov/api/v3/events',
  events,
});
const categories = (id: string | number) => [{ id, title: 'of some kind' }];

const one = async (body: object): Promise<Alert> => {
  const { accepted, rejected } = await read(body);
  expect(rejected).toEqual([]);
  return accepted[0]!;
};
const sourced = async (url: string, fields: object = {}) =>
  (await one(list(event({ sources: [{ id: 'X', url }], ...fields })))).strongIds;

describe('EONET', () => {
  it('reads a track: it began at the first position and is at the last one', async () => {
    expect(await one(list(event()))).toMatchObject({
      alertId: 'EONET:EONET_20001:2026-07-20T06:00:00.000Z/00002/0',
      source: 'EONET',
      format: 'eonet',
      hazard: 'TC',
      level: 'Unknown',
      levelRule: 'eonet-no-scale',
      sourceLevel: null,
      title: 'Tropical Storm Fausto',
      sentAt: '2026-07-20T06:00:00.000Z',
      occurredAt: '2026-07-19T18:00:00.000Z',
      observedUntilAt: '2026-07-20T06:00:00.000Z',
      endedAt: null,
      position: { latitude: 12.7, longitude: -115.2 },
      measures: [{ name: 'windKmh', value: 83, unit: 'km/h' }],
      strongIds: ['eonet:EONET_20001', 'atcf:EP062026', 'storm:fausto-2026'],
      rawPlace: 'events[0]',
      places: {
        title: 'title',
        hazard: 'categories',
        sentAt: 'geometry[1]/date',
        occurredAt: 'geometry[0]/date',
        position: 'geometry[1]/coordinates',
        measures: 'geometry[1]/magnitudeValue',
      },
    });
  });

  it('reads a track in any order, and v2.1, which calls it otherwise', async () => {
    const { geometry, ...rest } = event();
    const [first, last] = geometry;
    const turned = await one(list(event({ geometry: [last, first] })));
    expect([turned.occurredAt, turned.observedUntilAt]).toEqual([
      '2026-07-19T18:00:00.000Z',
      '2026-07-20T06:00:00.000Z',
    ]);
    const old = await one(list({ ...rest, categories: categories(10), geometries: [first, last] }));
    expect(old).toMatchObject({ hazard: 'TC', places: { position: 'geometries[1]/coordinates' } });
  });

  it('is over when EONET closes it, and that is a later revision', async () => {
    const open = await one(list(event()));
    const closed = await one(list(event({ closed: '2026-07-22T00:00:00Z' })));
    expect(closed).toMatchObject({
      endedAt: '2026-07-22T00:00:00.000Z',
      sentAt: '2026-07-22T00:00:00.000Z',
      places: { endedAt: 'closed', sentAt: 'closed' },
    });
    expect(closed.revision > open.revision).toBe(true);
    const { events } = foldAll([closed, open], '2026-07-23T00:00:00.000Z');
    expect(events.map(({ state }) => state)).toEqual(['closed']);
    const odd = await one(list(event({ closed: 'yes' })));
    expect([odd.endedAt, odd.remarks]).toEqual([null, ['closed "yes" is no time; it counts as open']]);
  });

  it.each([
    ['wildfires', 'Wildfire THORN, San Diego, California', 'WF'],
    [8, 'Wildfires - Portugal', 'WF'],
    ['severeStorms', 'Hurricane Erick', 'TC'],
    ['severeStorms', 'Severe Storms in Ohio', 'ST'],
    ['severeStorms', 'Tornado outbreak, Kansas', 'TO'],
    ['volcanoes', 'Ubinas Volcano, Peru', 'VO'],
    [12, 'Masaya Volcano, Nicaragua', 'VO'],
    ['floods', 'Flood in Nigeria 1104105', 'FL'],
    ['floods', 'Flash Flooding in Texas', 'FF'],
    ['landslides', 'Landslide in Nepal', 'LS'],
    ['earthquakes', 'Earthquake in Turkey', 'EQ'],
    ['drought', 'Drought in Kenya', 'DR'],
    ['tempExtremes', 'Heat Wave in Europe', 'HT'],
    ['tempExtremes', 'Cold Wave in Poland', 'CW'],
    ['snow', 'Snow in Buffalo', 'ST'],
    ['manmade', 'Oil Spill', 'AC'],
    ['dustHaze', 'Saharan Dust', 'OT'],
  ])('takes category %s "%s" for %s', async (category, title, hazard) => {
    expect((await one(list(event({ categories: categories(category), title, sources: [] })))).hazard).toBe(
      hazard,
    );
  });

  it.each([
    ['wildfires', 'Prescribed Fire RX Flowing 24, Clay, Minnesota', 'a prescribed fire: lit on purpose'],
    ['wildfires', 'RX Leach Impact Area', 'a prescribed fire: lit on purpose'],
    [8, 'PRESCRIBED BURN North Unit', 'a prescribed fire: lit on purpose'],
    ['seaLakeIce', 'Iceberg A83', 'sea and lake ice: an iceberg or an ice field, nobody is in need'],
    [15, 'Iceberg D15B', 'sea and lake ice: an iceberg or an ice field, nobody is in need'],
    ['waterColor', 'Bloom', 'water colour: an observation, nobody is in need'],
  ])('passes over category %s "%s"', async (category, title, reason) => {
    const reading = await read(list(event({ categories: categories(category), title })));
    expect([reading.accepted, reading.rejected]).toEqual([[], []]);
    expect(reading.ignored).toEqual([{ item: 'events[0] EONET_20001', reason }]);
  });

  it.each([
    ['https://www.gdacs.org/report.aspx?eventid=1014220&eventtype=WF', 'gdacs:WF1014220'],
    ['http://www.gdacs.org/report.aspx?eventtype=VO&amp;eventid=512', 'gdacs:VO512'],
    ['https://earthquake.usgs.gov/earthquakes/eventpage/us6000jllz', 'usgs:us6000jllz'],
    ['http://emergency.copernicus.eu/mapping/list-of-components/EMSR289', 'emsr:EMSR289'],
    ['http://www.metoc.navy.mil/jtwc/products/wp0819.tcw', 'atcf:WP082019'],
    ['https://www.nhc.noaa.gov/archive/2024/al09/', 'atcf:AL092024'],
    ['https://www.nhc.noaa.gov/archive/2019/FLOSSIE.shtml', 'storm:flossie-2019'],
    ['http://volcano.si.edu/volcano.cfm?vn=263090', 'volcano:gvp-263090'],
    ['https://reliefweb.int/disaster/vo-2018-000148-png', 'glide:VO-2018-000148-PNG'],
    ['https://irwin.doi.gov/observer/incidents/2026-ORPRD-000460', 'incident:IRWIN,2026-ORPRD-000460'],
    ['http://inciweb.nwcg.gov/incident/6470/', 'incident:InciWeb,6470'],
  ])('finds in %s the id %s', async (url, id) => {
    expect(await sourced(url, { categories: categories('manmade'), title: 'X' })).toEqual([
      'eonet:EONET_20001',
      id,
    ]);
  });

  it('takes no id from a host that only looks like another', async () => {
    for (const url of [
      'https://gdacs.org.example/report.aspx?eventid=1&eventtype=WF',
      'https://example.org/?u=http://www.gdacs.org/?eventid=1&eventtype=WF',
      'https://www.gdacs.org/report.aspx?eventid=x&eventtype=WF',
      'https://www.metoc.navy.mil/jtwc/products/xx0626.tcw',
    ])
      expect(await sourced(url, { categories: categories('manmade'), title: 'X' })).toEqual([
        'eonet:EONET_20001',
      ]);
  });

  it('joins the fire that it took from GDACS', async () => {
    const fire = event({
      title: 'Wildfire in Spain 1355000',
      categories: categories('wildfires'),
      sources: [{ id: 'GDACS', url: 'https://www.gdacs.org/report.aspx?eventtype=WF&eventid=1355000' }],
      geometry: [fix('2023-02-07T00:00:00Z', 30, 30)],
    });
    const gdacs = (await read(gdacsRss([gdacsItem({ type: 'WF', severity: '' })]))).accepted;
    const { events } = foldAll([...gdacs, await one(list(fire))]);
    expect(events.map(({ alerts, level }) => [alerts.length, level])).toEqual([[2, 'Red']]);
  });

  const ring = [
    [8.7, 11.4],
    [9.1, 11.4],
    [9.1, 11.9],
    [8.7, 11.9],
    [8.7, 11.4],
  ];
  const polygon = { date: '2026-08-20T00:00:00Z', type: 'Polygon', coordinates: [ring] };

  it('draws a polygon of its own, and leaves out one whose order of latitude and longitude is not certain', async () => {
    const flood = { categories: categories('floods'), title: 'Flood in Nigeria', geometry: [polygon] };
    const own = await one(list(event({ ...flood, sources: [] })));
    expect(own.footprint).toEqual([ring]);
    expect(own.places.footprint).toBe('geometry[0]/coordinates');
    const url = 'https://www.gdacs.org/report.aspx?eventid=1104105&eventtype=FL';
    const taken = await one(list(event({ ...flood, sources: [{ id: 'GDACS', url }] })));
    expect([taken.footprint, taken.position, taken.countries]).toEqual([null, null, []]);
    expect(taken.strongIds).toContain('gdacs:FL1104105');
    expect(taken.remarks[0]).toMatch(/taken from GDACS: in which order/);
  });

  it('gives the size of a fire in km2, whatever unit it has', async () => {
    const fire = (magnitudeValue: number, magnitudeUnit: string) =>
      one(
        list(
          event({
            categories: categories('wildfires'),
            title: 'Wildfire X',
            geometry: [{ ...fix('2026-07-20T06:00:00Z', 1, 1), magnitudeValue, magnitudeUnit }],
          }),
        ),
      );
    expect((await fire(2500, 'acres')).measures).toEqual([{ name: 'areaKm2', value: 10.117, unit: 'km2' }]);
    expect((await fire(150, 'hectare')).measures).toEqual([{ name: 'areaKm2', value: 1.5, unit: 'km2' }]);
    expect((await fire(150, 'NM^2')).measures).toEqual([]);
  });

  it('reads one event alone, a list without its head, and an empty list', async () => {
    expect((await one(event())).rawPlace).toBe('$');
    expect((await one([event()])).rawPlace).toBe('$[0]');
    expect(await read(list())).toMatchObject({ format: 'eonet', accepted: [], problem: null });
    expect((await read({ events: [{ id: 1 }] })).format).not.toBe('eonet');
  });

  const properties = ({ geometry: _geometry, ...said }: ReturnType<typeof event>, more: object) => ({
    ...said,
    ...more,
  });

  it('reads GeoJSON: a point with its date, a line with the dates of its points', async () => {
    const point = {
      type: 'Feature',
      properties: properties(event(), {
        date: '2026-07-20T06:00:00Z',
        magnitudeValue: 45,
        magnitudeUnit: 'kts',
      }),
      geometry: { type: 'Point', coordinates: [-115.2, 12.7] },
    };
    const line = {
      type: 'Feature',
      properties: properties(event({ id: 'EONET_2' }), {
        geometryDates: ['2026-07-19T18:00:00Z', '2026-07-20T06:00:00Z'],
      }),
      geometry: {
        type: 'LineString',
        coordinates: [
          [-112.1, 12.2],
          [-115.2, 12.7],
        ],
      },
    };
    const { accepted } = await read({ type: 'FeatureCollection', features: [point, line] });
    expect(accepted[0]).toMatchObject({
      sourceId: 'EONET_20001',
      position: { latitude: 12.7, longitude: -115.2 },
      measures: [{ name: 'windKmh', value: 83, unit: 'km/h' }],
      places: { title: 'properties/title', occurredAt: 'properties/date', position: 'geometry/coordinates' },
    });
    expect(accepted[1]).toMatchObject({
      occurredAt: '2026-07-19T18:00:00.000Z',
      observedUntilAt: '2026-07-20T06:00:00.000Z',
      position: { latitude: 12.7, longitude: -115.2 },
      places: { occurredAt: 'properties/geometryDates[0]', position: 'geometry/coordinates[1]' },
    });
  });

  it('makes one message of an event that has a feature for every position', async () => {
    const at = (date: string, longitude: number) => ({
      type: 'Feature',
      properties: properties(event(), { date }),
      geometry: { type: 'Point', coordinates: [longitude, 12] },
    });
    const features = [
      at('2026-07-19T18:00:00Z', -112),
      at('2026-07-20T06:00:00Z', -115),
      at('2026-07-20T00:00:00Z', -113),
    ];
    const { accepted, ignored } = await read({ type: 'FeatureCollection', features });
    expect(accepted).toHaveLength(1);
    expect(accepted[0]).toMatchObject({
      rawPlace: 'features[1]',
      occurredAt: '2026-07-19T18:00:00.000Z',
      revision: '2026-07-20T06:00:00.000Z/00003/0',
      position: { latitude: 12, longitude: -115 },
    });
    expect(ignored.map(item => item.reason)).toEqual([
      'an earlier position of EONET_20001 (features[1])',
      'an earlier position of EONET_20001 (features[1])',
    ]);
  });

  it('names a broken event and reads the others', async () => {
    const { accepted, rejected } = await read(
      list(
        event({ id: 'EONET_1' }),
        'none',
        event({ id: 'EONET_3', geometry: [] }),
        event({ id: 'EONET_4', categories: categories('dragons') }),
        event({ id: 'EONET_5', geometry: [{ date: 'soon' }, fix('2026-07-20T06:00:00Z', 400, 95)] }),
        event({ id: '6' }),
      ),
    );
    expect(accepted.map(alert => [alert.sourceId, alert.position === null])).toEqual([
      ['EONET_1', false],
      ['EONET_5', true],
    ]);
    expect(rejected).toEqual([
      { item: 'events[1]', reason: 'no event' },
      { item: 'events[2] EONET_3', reason: 'no geometry with a date: neither time nor place' },
      { item: 'events[3] EONET_4', reason: 'category "dragons" is none that EONET has' },
      { item: 'events[5] 6', reason: 'no id of the form EONET_1234' },
    ]);
  });

  it('never throws, whatever stands in an event', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const odd = event({
          geometry: [fix('2026-07-20T06:00:00Z', 1, 1), value],
          sources: value,
          closed: value,
        });
        for (const body of [
          value,
          list(event(), value, odd),
          {
            features: [
              { properties: odd, geometry: value },
              { properties: odd, geometry: { type: {} } },
              value,
            ],
          },
        ]) {
          const document = { kind: 'json', value: prototypeFree(body) } as const;
          eonet.recognises(document);
          const items = eonet.read(document);
          if (body !== value) expect(items).toHaveLength(3);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const captures = '../shared/captures/eonet';

describe.skipIf(!existsSync(captures))('EONET as captured', () => {
  it.each([
    ['v2.1-2019-08.json', 94, 42],
    ['v3-2026-07.json', 11, 15],
  ])('%s: %i accepted, %i ignored', async (file, accepted, ignored) => {
    const reading = await read(readFileSync(join(captures, file)));
    expect([reading.accepted.length, reading.ignored.length, reading.rejected.length]).toEqual([
      accepted,
      ignored,
      0,
    ]);
    expect(reading.accepted.filter(alert => alert.position === null && alert.footprint === null)).toEqual([]);
  });
});
