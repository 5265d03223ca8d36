import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gdacsRole } from '../../../../functions/alerts/formats/gdacs/gdacs-classes.ts';
import { gdacsJson } from '../../../../functions/alerts/formats/gdacs/gdacs-json.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, gdacsItem, gdacsRss, read } from '../../messages.ts';
import { prototypeFree } from '../prototype-free.ts';

const square = (west: number, south: number, size = 1) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});

const facts = {
  eventtype: 'EQ',
  eventid: 1355000,
  episodeid: 1,
  eventname: '',
  glide: '',
  name: 'Earthquake in Turkey',
  alertlevel: 'Red',
  episodealertlevel: 'Orange',
  istemporary: 'false',
  iscurrent: 'true',
  country: 'Turkey',
  iso3: 'TUR',
  affectedcountries: [
    { iso2: 'TR', iso3: 'TUR', countryname: 'Turkey' },
    { iso2: 'SY', iso3: 'SYR', countryname: 'Syria' },
  ],
  fromdate: '2023-02-06T01:17:35',
  todate: '2023-02-06T01:17:35',
  datemodified: '2023-02-06T02:00:00',
  source: 'NEIC',
  sourceid: 'us6000jllz',
  severitydata: { severity: 7.8, severitytext: 'Magnitude 7.8M, Depth:10km', severityunit: 'M' },
  Class: 'Point_Centroid',
};

const feature = (
  properties: object = {},
  geometry: unknown = { type: 'Point', coordinates: [37.02, 37.22] },
) => ({
  type: 'Feature',
  geometry,
  properties: { ...facts, ...properties },
});
const list = (...features: unknown[]) => ({ type: 'FeatureCollection', features, bbox: null });

const one = async (body: object): Promise<Alert> => {
  const { accepted, rejected } = await read(body);
  expect(rejected).toEqual([]);
  expect(accepted).toHaveLength(1);
  return accepted[0]!;
};

describe('GDACS JSON', () => {
  it('reads the detail of an event into the common model', async () => {
    expect(await one(feature({ episodes: [{ details: 'https://…' }], images: {} }))).toMatchObject({
      alertId: 'GDACS:EQ1355000:2023-02-06T02:00:00.000Z/000000000001/4',
      source: 'GDACS',
      format: 'gdacs-json',
      hazard: 'EQ',
      level: 'Red',
      levelRule: 'gdacs-event-level',
      sourceLevel: { scale: 'GDACS alert level', value: 'Red' },
      title: 'Earthquake in Turkey',
      sentAt: '2023-02-06T02:00:00.000Z',
      occurredAt: '2023-02-06T01:17:35.000Z',
      endedAt: null,
      countries: ['TUR', 'SYR'],
      position: { latitude: 37.22, longitude: 37.02 },
      ownIds: ['GDACS:EQ1355000', 'gdacs:EQ1355000'],
      strongIds: ['gdacs:EQ1355000', 'usgs:us6000jllz'],
      measures: [
        { name: 'magnitude', value: 7.8, unit: 'M' },
        { name: 'depthKm', value: 10, unit: 'km' },
      ],
      rawPlace: '$',
      remarks: [],
      places: { level: 'properties/alertlevel', countries: 'properties/affectedcountries' },
    });
  });

  it('takes times without a zone for UTC, whatever the clock of the machine', async () => {
    const zone = process.env.TZ;
    try {
      for (const TZ of ['Asia/Tokyo', 'America/Lima']) {
        process.env.TZ = TZ;
        expect((await one(feature())).occurredAt).toBe('2023-02-06T01:17:35.000Z');
        expect((await one(feature({ fromdate: '06 Feb 2023 01:17:35' }))).occurredAt).toBe(
          '2023-02-06T01:17:35.000Z',
        );
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('makes one message of an event of several features and names the others as part of it', async () => {
    const body = list(
      feature({ Class: 'Poly_Circle', polygonlabel: '100km' }, square(36, 36, 2)),
      feature(),
      feature({ eventid: 7, sourceid: '' }),
    );
    const { accepted, ignored } = await read(body);
    expect(accepted.map(alert => [alert.sourceId, alert.rawPlace, alert.footprint !== null])).toEqual([
      ['EQ1355000', 'features[1]', true],
      ['EQ7', 'features[2]', false],
    ]);
    expect(ignored).toEqual([
      { item: 'features[0] EQ1355000', reason: 'drawn as the area of EQ1355000 (features[1])' },
    ]);
  });

  it('keeps types apart that have the same number, and episodes of one event', async () => {
    const { accepted } = await read(
      list(
        feature({ eventtype: 'FL', eventid: 5 }),
        feature({ eventtype: 'TC', eventid: 5 }),
        feature({ eventtype: 'TC', eventid: 5, episodeid: 2 }),
      ),
    );
    expect(accepted.map(alert => alert.sourceId)).toEqual(['FL5', 'TC5', 'TC5']);
    expect(accepted[1]!.revision < accepted[2]!.revision).toBe(true);
  });

  it.each([
    ['EQ', 'Poly_Circle', 'circle'],
    ['EQ', 'Poly_SMPInt_0', 'region'],
    ['EQ', 'Poly_SMPInt_3.5', 'region'],
    ['EQ', 'Poly_SMPInt_4', 'area'],
    ['EQ', 'Poly_SMPInt_7.5', 'area'],
    ['FL', 'Poly_Affected', 'area'],
    ['FL', 'Poly_Global', 'region'],
    ['FL', 'Point_Global', 'mark'],
    ['DR', 'Poly_area', 'area'],
    ['DR', 'Point_area', 'mark'],
    ['TC', 'Poly_Cones', 'forecast'],
    ['TC', 'Poly_Green', 'forecast'],
    ['TC', 'Poly_Red', 'forecast'],
    ['TC', 'Point_Polygon_Point_11', 'forecast'],
    ['TC', 'Line_Line_3', 'forecast'],
    ['TC', 'Poly_SomethingNew', 'forecast'],
    ['TC', 'Poly_Affected', 'area'],
    ['VO', 'Poly_Cones_FCST_1', 'forecast'],
    ['WF', 'Poly_Burnt', 'area'],
    ['EQ', 'Point_Centroid', 'event'],
    ['EQ', undefined, 'event'],
  ])('takes %s %s for %s', (eventType, className, role) => {
    expect(gdacsRole(className, eventType)).toBe(role);
  });

  it('draws the shaking that is felt, and the circle only while there is no shaking', async () => {
    const circle = feature({ Class: 'Poly_Circle' }, square(35, 35, 4));
    const felt = feature({ Class: 'Poly_SMPInt_5' }, square(37, 37));
    const unfelt = feature({ Class: 'Poly_SMPInt_0' }, square(30, 30, 20));
    const { accepted, ignored } = await read(list(feature(), circle, felt, unfelt));
    expect(accepted[0]!.footprint).toEqual([square(37, 37).coordinates[0]]);
    expect(ignored.map(item => item.reason)).toEqual([
      'a wider area around EQ1355000 (features[0]) than the one affected',
      'drawn as the area of EQ1355000 (features[0])',
      'a wider area around EQ1355000 (features[0]) than the one affected',
    ]);
    expect((await one(list(feature(), circle, unfelt))).footprint).toEqual([
      square(35, 35, 4).coordinates[0],
    ]);
    expect((await one(list(feature(), unfelt))).footprint).toBeNull();
  });

  it('draws the region of a flood only when nothing better is drawn, and says so', async () => {
    const flood = { eventtype: 'FL', severitydata: null };
    const region = feature({ ...flood, Class: 'Poly_Global' }, square(0, 40, 5));
    const affected = feature({ ...flood, Class: 'Poly_Affected' }, square(1, 41));
    const both = await one(list(feature(flood), region, affected));
    expect(both.footprint).toEqual([square(1, 41).coordinates[0]]);
    expect(both.remarks).toEqual([]);
    const alone = await one(list(feature(flood), region));
    expect(alone.footprint).toEqual([square(0, 40, 5).coordinates[0]]);
    expect(alone.remarks).toEqual(['only the whole region is drawn, not the area affected']);
  });

  it('never takes the winds and forecasts of a cyclone for an area affected', async () => {
    const storm = { eventtype: 'TC', eventname: 'FREDDY-23', source: 'JTWC', sourceid: '' };
    const classes = ['Poly_Cones', 'Poly_Red', 'Poly_Orange', 'Poly_Green', 'Point_Polygon_Point_0'];
    const alert = await one(
      list(feature(storm), ...classes.map(Class => feature({ ...storm, Class }, square(60, -20)))),
    );
    expect(alert.footprint).toBeNull();
    expect(alert.strongIds).toEqual(['gdacs:TC1355000', 'storm:freddy-2023']);
  });

  it('speaks for an event that is only drawn, without a position from a drawing', async () => {
    const flood = { eventtype: 'FL', sourceid: '', severitydata: null };
    const alert = await one(list(feature({ ...flood, Class: 'Poly_Affected' }, square(1, 41))));
    expect(alert.places.position).toBeUndefined();
    expect(alert.places.footprint).toBe('geometry/coordinates');
    const global = await one(list(feature({ ...flood, Class: 'Point_Global' })));
    expect(global.position).toBeNull();
  });

  it('finds the event of a drawing of the map in its link, and rejects one that names none', async () => {
    const link = 'https://www.gdacs.org/report.aspx?eventtype=EQ&eventid=1542825&episodeid=1708158';
    const map = {
      eventtype: 'EQ',
      eventid: '1542825',
      episodeid: '1708158',
      name: 'Earthquake in Nowhere',
      alertlevel: 'Green',
      fromdate: '27 May 2026 14:51:04',
      todate: '27 May 2026 14:51:04',
      country: 'Western Indian-Antarctic Ridge',
      iso3: '',
      severity: '6',
      latitude: '-50.5174',
      longitude: '139.3678',
      link,
      Class: 'Point_Centroid',
    };
    const { eventid: _number, episodeid: _episode, ...drawn } = { ...map, Class: 'Poly_Circle' };
    const point = { type: 'Point', coordinates: [139.3678, -50.5174] };
    const { accepted, ignored, rejected } = await read(
      list(
        { type: 'Feature', properties: map, geometry: point },
        { type: 'Feature', properties: drawn, geometry: square(139, -51) },
        { type: 'Feature', properties: { ...drawn, link: '' }, geometry: square(139, -51) },
      ),
    );
    expect(accepted[0]).toMatchObject({
      revision: '2026-05-27T14:51:04.000Z/000001708158/2',
      occurredAt: '2026-05-27T14:51:04.000Z',
      position: { latitude: -50.5174, longitude: 139.3678 },
      measures: [{ name: 'magnitude', value: 6, unit: 'M' }],
      remarks: ['it does not say when it was made; the start of the event stands for it'],
    });
    expect(accepted[0]!.footprint).toHaveLength(1);
    expect(ignored.map(item => item.item)).toEqual(['features[1] EQ1542825']);
    expect(rejected).toEqual([
      { item: 'features[2] EQ', reason: 'no event id, neither as a field nor in a link' },
    ]);
  });

  it('ends an event when GDACS calls it past and its last observation is a month old', async () => {
    const past = { iscurrent: 'false', eventtype: 'DR', todate: '2023-01-05T00:00:00' };
    expect((await one(feature(past))).endedAt).toBe('2023-01-05T00:00:00.000Z');
    expect((await one(feature({ ...past, todate: '2023-01-25T00:00:00' }))).endedAt).toBeNull();
    expect((await one(feature({ ...past, iscurrent: 'true' }))).endedAt).toBeNull();
  });

  it('takes no id of a flood model or a fire for one of a seismic network', async () => {
    const flood = await one(feature({ eventtype: 'FL', sourceid: 'us6000jllz' }));
    expect(flood.strongIds).toEqual(['gdacs:FL1355000']);
    const quake = await one(feature({ source: 'EMSC', sourceid: '20230206_0000008' }));
    expect(quake.strongIds).toContain('emsc:20230206_0000008');
  });

  it('names a broken feature and reads the others', async () => {
    const { accepted, rejected } = await read(
      list(
        feature({ eventid: 1 }),
        null,
        feature({ eventid: 2, eventtype: 'XX' }),
        feature({ eventid: 3, fromdate: '2023-02-30T00:00:00' }),
        feature({ eventid: 4, alertlevel: null, severitydata: 'none', affectedcountries: 'none' }),
      ),
    );
    expect(accepted.map(alert => [alert.sourceId, alert.level, alert.levelRule])).toEqual([
      ['EQ1', 'Red', 'gdacs-event-level'],
      ['EQ4', 'Unknown', 'gdacs-event-level-missing'],
    ]);
    expect(rejected).toEqual([
      { item: 'features[1]', reason: 'no properties' },
      { item: 'features[2] XX2', reason: 'event type "XX" is none that GDACS has' },
      { item: 'features[3] EQ3', reason: 'fromdate is no date' },
    ]);
  });

  it('orders the same episode of RSS and API for good, so that polling both corrects nothing twice', async () => {
    const rss = (await read(gdacsRss([gdacsItem({ modified: 'Mon, 06 Feb 2023 02:00:00 GMT' })])))
      .accepted[0]!;
    const bare = await one(feature({ sourceid: '' }));
    const full = await one(feature());
    const drawn = await one(list(feature(), feature({ Class: 'Poly_Circle' }, square(36, 36, 2))));
    const revisions = [rss, bare, full, drawn].map(alert => alert.revision);
    expect([...revisions].sort()).toEqual(revisions);
    expect(new Set(revisions).size).toBe(4);
    const later = await one(feature({ datemodified: '2023-02-06T02:00:01', sourceid: '' }));
    expect(later.revision > drawn.revision).toBe(true);
    expect(foldAll([rss, drawn, bare, full, later]).events).toHaveLength(1);
  });

  it('never throws, whatever stands in a feature', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (properties, geometry, value) => {
        const odd = {
          eventtype: 'EQ',
          eventid: 1,
          alertlevel: 'Red',
          severitydata: value,
          url: value,
          Class: value,
        };
        for (const body of [
          value,
          list(feature(), { properties, geometry }, feature(odd, geometry), value),
          { ...feature(odd), geometry },
        ]) {
          const document = { kind: 'json', value: prototypeFree(body) } as const;
          gdacsJson.recognises(document);
          const items = gdacsJson.read(document);
          if (body !== value) expect(items).toHaveLength('features' in (body as object) ? 4 : 1);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const captures = '../shared/captures/gdacs-api';

describe.skipIf(!existsSync(captures))('GDACS JSON as captured', () => {
  const readCapture = (file: string) => read(readFileSync(join(captures, file)));

  it('makes 25 messages of the 165 features of a list and names the rest', async () => {
    const { accepted, ignored, rejected } = await readCapture('geteventlist-2026-07-20.json');
    expect([accepted.length, ignored.length, rejected.length]).toEqual([25, 140, 0]);
    const quake = accepted.find(alert => alert.sourceId === 'EQ1552874')!;
    expect(quake.strongIds).toEqual(['gdacs:EQ1552874', 'usgs:us7000t1tp']);
    expect(quake.occurredAt).toBe('2026-07-19T17:45:16.000Z');
    for (const alert of accepted) expect(alert.footprint !== null).toBe(alert.hazard === 'EQ');
    expect(accepted.filter(alert => alert.hazard === 'TC').flatMap(alert => alert.strongIds)).toEqual([
      'gdacs:TC1001290',
      'gdacs:TC1001282',
      'storm:elida-2026',
      'gdacs:TC1001289',
      'storm:fausto-2026',
    ]);
  });

  it('takes the level of the event where its episode has another, and orders the episodes', async () => {
    const flood = (await readCapture('fl-1102983-ep2-event.json')).accepted[0]!;
    expect([flood.level, flood.strongIds]).toEqual([
      'Orange',
      ['gdacs:FL1102983', 'glide:FL-2024-000199-ESP'],
    ]);
    const files = ['dr-1016449-ep1-event', 'dr-1016449-ep7-event', 'dr-1016449-event'];
    const revisions = await Promise.all(
      files.map(async file => (await readCapture(`${file}.json`)).accepted[0]!.revision),
    );
    expect([...revisions].sort()).toEqual(revisions);
  });

  it('keeps the area of a drought within what is stored', async () => {
    const drought = (await readCapture('dr-1016449-ep7-geometry.json')).accepted[0]!;
    const points = drought.footprint!.flat();
    expect(points.length).toBeLessThanOrEqual(5000);
    expect(points.every(([longitude, latitude]) => longitude < -30 && latitude < 15)).toBe(true);
  });
});
