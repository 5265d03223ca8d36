import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copernicusEms } from '../../../../functions/alerts/formats/catalogues/copernicus-ems.ts';
import { geometryOfWkt } from '../../../../functions/alerts/formats/catalogues/wkt.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, gdacsItem, gdacsRss, read } from '../../messages.ts';
import { prototypeFree } from '../prototype-free.ts';

const ring = [
  [-7, 41],
  [-6, 41],
  [-6, 42],
  [-7, 42],
  [-7, 41],
];
const wkt = `POLYGON ((${ring.map(point => point.join(' ')).join(', ')}))`;

const activation = (fields: object = {}) => ({
  code: 'EMSR842',
  countries: ['Spain', 'Portugal'],
  eventTime: '2025-09-08T19:00:00',
  name: 'Wildfire in Spain and Portugal',
  centroid: 'POINT (-6.972019 41.975269)',
  activationTime: '2025-09-19T09:53:00',
  category: 'Wildfire',
  lastUpdate: '2025-09-20T11:41:14.133381',
  closed: false,
  gdacsId: null,
  n_aois: 1,
  ...fields,
});
const list = (...results: unknown[]) => ({ count: results.length, next: null, previous: null, results });

const one = async (body: object): Promise<Alert> => {
  const { accepted, rejected } = await read(body);
  expect(rejected).toEqual([]);
  return accepted[0]!;
};

describe('Copernicus EMS', () => {
  it('reads an activation into the common model', async () => {
    expect(await one(list(activation()))).toMatchObject({
      alertId: 'Copernicus EMS:EMSR842:2025-09-20T11:41:14.133Z/0/1',
      source: 'Copernicus EMS',
      sourceId: 'EMSR842',
      format: 'copernicus-ems',
      hazard: 'WF',
      level: 'Unknown',
      levelRule: 'copernicus-ems-no-scale',
      sourceLevel: null,
      sentAt: '2025-09-20T11:41:14.133Z',
      occurredAt: '2025-09-08T19:00:00.000Z',
      endedAt: null,
      countries: ['ESP', 'PRT'],
      position: { latitude: 41.975269, longitude: -6.972019 },
      footprint: null,
      strongIds: ['emsr:EMSR842'],
      remarks: [],
      places: { sentAt: 'lastUpdate', occurredAt: 'eventTime', position: 'centroid', hazard: 'category' },
    });
  });

  it('reads the list of all services, which has no time of the event', async () => {
    const { eventTime: _none, ...rest } = activation({
      countries: [{ short_name: 'Spain' }],
      category: { slug: 'fire', name: 'Wildfire' },
      drmPhase: 'response',
    });
    const unified = await one(list(rest));
    expect(unified).toMatchObject({
      hazard: 'WF',
      occurredAt: '2025-09-19T09:53:00.000Z',
      countries: ['ESP'],
      remarks: ['no time of the event: that of the activation stands for it'],
      places: { occurredAt: 'activationTime', hazard: 'category/name' },
    });
    expect(unified.revision < (await one(list(activation()))).revision).toBe(true);
  });

  it('draws the areas that were asked to be mapped, else the one around them', async () => {
    const aois = [
      { name: 'A', extent: wkt },
      { name: 'B', extent: null },
      { name: 'C', extent: 'LINESTRING (1 2)' },
    ];
    const big = 'POLYGON ((-9 40, -5 40, -5 43, -9 43, -9 40))';
    const detail = await one(activation({ aois, extent: big }));
    expect(detail).toMatchObject({
      footprint: [ring],
      rawPlace: '$',
      places: { footprint: 'aois[0]/extent' },
    });
    const outer = await one(activation({ extent: big }));
    expect(outer.places.footprint).toBe('extent');
    expect(outer.footprint![0]).toHaveLength(5);
    const geojson = await one(activation({ extent: { type: 'Polygon', coordinates: [ring] } }));
    expect(geojson.footprint).toEqual([ring]);
  });

  it('dates a detail by its newest product, and lets no list that is older take its place', async () => {
    const { lastUpdate: _none, ...rest } = activation();
    const product = (deliveryTime: string) => ({ version: { deliveryTime } });
    const aois = [
      { extent: wkt, products: [product('2025-09-21T18:53:53.876489'), { version: null }] },
      { extent: wkt, products: [product('2025-09-25T11:33:38.979151')] },
    ];
    const detail = await one(list({ ...rest, aois }));
    expect(detail).toMatchObject({
      sentAt: '2025-09-25T11:33:38.979Z',
      places: { sentAt: 'aois[1]/products[0]/version/deliveryTime' },
    });
    expect(detail.revision > (await one(list(activation()))).revision).toBe(true);
    expect((await one(list(rest))).sentAt).toBe('2025-09-19T09:53:00.000Z');
  });

  it('is over when it is closed', async () => {
    const closed = await one(list(activation({ closed: true })));
    expect(closed).toMatchObject({ endedAt: '2025-09-20T11:41:14.133Z', places: { endedAt: 'closed' } });
    expect(closed.revision > (await one(list(activation()))).revision).toBe(true);
  });

  it.each([
    ['EQ1355000', 'gdacs:EQ1355000'],
    ['eq 1355000', 'gdacs:EQ1355000'],
    [1355000, 'gdacs:EQ1355000'],
    ['1355000', 'gdacs:EQ1355000'],
  ])('takes the GDACS id %s', async (gdacsId, id) => {
    const quake = await one(
      list(activation({ category: 'Earthquake', gdacsId, eventTime: '2023-02-06T01:17:00' })),
    );
    expect(quake.strongIds).toEqual(['emsr:EMSR842', id]);
    const gdacs = (await read(gdacsRss([gdacsItem()]))).accepted;
    expect(foldAll([...gdacs, quake], '2026-01-01T00:00:00.000Z').events).toHaveLength(1);
  });

  it('takes no GDACS id that is none', async () => {
    expect((await one(list(activation({ gdacsId: 'None' })))).remarks).toEqual([]);
    const odd = await one(list(activation({ gdacsId: 'see the web page' })));
    expect([odd.strongIds, odd.remarks]).toEqual([['emsr:EMSR842'], ['GDACS id "see the web page" is none']]);
  });

  it.each([
    ['Flood', null, 'Flood in Spain', 'FL'],
    ['Flood', 'Flash flood', 'Flood in Spain', 'FF'],
    ['Storm', 'Tropical cyclone, hurricane, typhoon', 'Hurricane Melissa', 'TC'],
    ['Storm', null, 'Tropical Cyclone Chido in Mayotte', 'TC'],
    ['Storm', null, 'Storm Boris in Italy', 'ST'],
    ['Earthquake', 'Ground shaking', 'Earthquake in Turkey', 'EQ'],
    ['Volcanic activity', null, 'Eruption in La Palma', 'VO'],
    ['Mass movement', 'Landslide', 'Landslide in Blatten', 'LS'],
    ['Industrial accident', null, 'Explosion in Beirut', 'AC'],
    ['Humanitarian', null, 'Refugees in Chad', 'CE'],
    ['Other', null, 'Tsunami in Tonga', 'TS'],
    ['Other', null, 'Event of some kind', 'OT'],
  ])('takes %s (%s) "%s" for %s', async (category, subCategory, name, hazard) => {
    expect((await one(list(activation({ category, subCategory, name })))).hazard).toBe(hazard);
  });

  it('passes over what is no response, and keeps an exercise from being taken for real', async () => {
    const { ignored } = await read(
      list(activation(), activation({ code: 'EMSN201' }), activation({ drmPhase: 'recovery' })),
    );
    expect(ignored.map(item => item.reason)).toEqual([
      'risk and recovery mapping: no response to an event',
      'phase recovery: no response to an event',
    ]);
    for (const name of ['Exercise: flood in Austria', 'EU MODEX 2025 in Italy', 'Training activation'])
      expect((await one(list(activation({ name })))).status).toBe('Exercise');
  });

  it('names a broken activation and reads the others', async () => {
    const { accepted, rejected } = await read(
      list(
        activation({ centroid: 'somewhere', countries: null, category: null, name: null }),
        null,
        activation({ eventTime: 'soon', activationTime: '2025-13-01T00:00:00' }),
        activation({ code: 'EMSX1' }),
      ),
    );
    expect(accepted[0]).toMatchObject({ title: 'EMSR842', position: null, countries: [], hazard: 'OT' });
    expect(rejected).toEqual([
      { item: 'results[1]', reason: 'no code of the form EMSR123' },
      { item: 'results[2] EMSR842', reason: 'neither eventTime nor activationTime is a time' },
      { item: 'results[3] EMSX1', reason: 'no code of the form EMSR123' },
    ]);
  });

  it('knows an empty page by its address only', async () => {
    const next =
      'https://rapidmapping.emergency.copernicus.eu/backend/dashboard-api/public-activations-info/?offset=3';
    expect(await read({ ...list(), next })).toMatchObject({ format: 'copernicus-ems', problem: null });
    expect((await read(list())).format).not.toBe('copernicus-ems');
  });

  it('never throws, whatever stands in an activation', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const odd = activation({
          aois: [{ extent: value, products: value }, value],
          category: value,
          gdacsId: value,
        });
        for (const body of [value, list(odd, value)]) {
          const document = { kind: 'json', value: prototypeFree(body) } as const;
          copernicusEms.recognises(document);
          const items = copernicusEms.read(document);
          if (body !== value) expect(items.map(item => item.outcome)).toEqual(['accepted', 'rejected']);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('well-known text', () => {
  it.each([
    'POINT (3.5 41.8)',
    'point(3.5 41.8)',
    'SRID=4326;POINT (3.5 41.8)',
    '  POINT Z (3.5 41.8 120)',
    'POINT (3.50 41.80)',
  ])('reads %s', text => {
    expect(geometryOfWkt(text).position).toEqual({ latitude: 41.8, longitude: 3.5 });
  });

  it('reads the outer rings of polygons alone', () => {
    const hole = '(-6.5 41.4, -6.4 41.4, -6.4 41.5, -6.5 41.4)';
    const outer = wkt.slice('POLYGON ('.length, -1);
    expect(geometryOfWkt(`POLYGON (${outer}, ${hole})`).outlines).toEqual([{ ring }]);
    expect(geometryOfWkt(`MULTIPOLYGON ((${outer}, ${hole}), (${outer}))`).outlines).toEqual([
      { ring },
      { ring },
    ]);
  });

  it.each([
    undefined,
    '',
    'POINT EMPTY',
    'POINT (x y)',
    'POINT (95 200)',
    'POINT (',
    'POLYGON ((1 2, 3 x, 4 5, 1 2))',
    'POLYGON ))((',
    'LINESTRING (1 2, 3 4)',
  ])('finds nothing in %s', text => {
    expect(geometryOfWkt(text)).toEqual({ position: null, outlines: [] });
  });

  it('never throws, and gives back the ring that was written', () => {
    const degrees = fc.integer({ min: -80, max: 80 });
    const points = fc.array(fc.tuple(degrees, degrees), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(points, fc.string(), (list, noise) => {
        const text = `POLYGON((${list.map(point => point.join(' ')).join(',')}))`;
        expect(geometryOfWkt(text).outlines).toEqual([{ ring: list }]);
        geometryOfWkt(`MULTIPOLYGON (${noise}`);
        geometryOfWkt(`POINT (${noise}`);
      }),
      { numRuns: 100 },
    );
  });
});

const captures = '../shared/captures/copernicus-ems';

describe.skipIf(!existsSync(captures))('Copernicus EMS as captured', () => {
  it('reads the lists and the detail', async () => {
    const readCapture = async (file: string) => read(readFileSync(join(captures, file)));
    const rapid = await readCapture('rapidmapping-activations-list.json');
    const unified = await readCapture('unified-activations-list.json');
    const detail = await readCapture('EMSR842-wildfire-detail.json');
    expect(
      [rapid, unified, detail].map(({ accepted, rejected }) => [accepted.length, rejected.length]),
    ).toEqual([
      [3, 0],
      [2, 0],
      [1, 0],
    ]);
    expect(rapid.accepted.map(alert => [alert.countries[0], alert.endedAt !== null])).toEqual([
      ['ESP', false],
      ['ESP', false],
      ['DEU', true],
    ]);
    expect(detail.accepted[0]!.footprint).toHaveLength(2);
    const now = '2026-08-01T00:00:00.000Z';
    expect(foldAll([...rapid.accepted, ...unified.accepted], now).events).toHaveLength(3);
  });
});
