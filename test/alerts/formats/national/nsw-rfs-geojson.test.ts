import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { nswRfsGeojson } from '../../../../functions/alerts/formats/national/nsw-rfs-geojson.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, read } from '../../messages.ts';

type Incident = {
  alert?: string;
  status?: string;
  type?: string;
  fire?: string;
  size?: string;
  updated?: string;
  pubDate?: string | null;
  guid?: string | null;
};

const incident = (said: Incident = {}) => ({
  type: 'Feature',
  geometry: {
    type: 'GeometryCollection',
    geometries: [
      { type: 'Point', coordinates: [149.92, -36.25] },
      {
        type: 'GeometryCollection',
        geometries: [
          {
            type: 'Polygon',
            coordinates: [
              [
                [149.9, -36.2],
                [149.95, -36.2],
                [149.95, -36.3],
                [149.9, -36.2],
              ],
            ],
          },
        ],
      },
    ],
  },
  properties: {
    title: 'Badja Forest Rd, Countegany',
    category: said.alert ?? 'Watch and Act',
    guid: said.guid === undefined ? 'https://incidents.rfs.nsw.gov.au/api/v1/incidents/366937' : said.guid,
    pubDate: said.pubDate === undefined ? '4/01/2020 5:11:00 AM' : said.pubDate,
    description: `ALERT LEVEL: ${said.alert ?? 'Watch and Act'} <br />LOCATION: Badja Forest Rd <br />COUNCIL AREA: Eurobodalla <br />STATUS: ${said.status ?? 'Out of control'} <br />TYPE: ${said.type ?? 'Bush Fire'} <br />FIRE: ${said.fire ?? 'Yes'} <br />SIZE: ${said.size ?? '315,512 ha'} <br />RESPONSIBLE AGENCY: Rural Fire Service <br />UPDATED: ${said.updated ?? '4 Jan 2020 16:11'}`,
  },
});
const list = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
const one = async (said: Incident = {}): Promise<Alert> => {
  const { accepted, rejected, ignored } = await read(list(incident(said)));
  expect({ rejected, ignored }).toEqual({ rejected: [], ignored: [] });
  return accepted[0]!;
};

describe('incidents of the NSW Rural Fire Service', () => {
  it('reads what stands inside the HTML', async () => {
    const alert = await one();
    expect(alert).toMatchObject({
      source: 'NSW RFS',
      sourceId: '366937',
      hazard: 'WF',
      level: 'Green',
      sentAt: '2020-01-04T05:11:00.000Z',
      position: { latitude: -36.25, longitude: 149.92 },
      sourceLevel: { scale: 'Australian Warning System', value: 'Watch and Act' },
      measures: [{ name: 'areaKm2', value: 3155.12, unit: 'km2' }],
      title: 'Badja Forest Rd, Countegany: Bush Fire, Out of control',
      countries: ['AUS'],
      endedAt: null,
    });
    expect(alert.footprint).toHaveLength(1);
  });

  it.each([
    ['4/01/2020 5:11:00 AM', '2020-01-04T05:11:00.000Z'],
    ['18/02/2018 12:11:00 AM', '2018-02-18T00:11:00.000Z'],
    ['18/02/2018 12:11:00 PM', '2018-02-18T12:11:00.000Z'],
  ])('pubDate %s is %s', async (pubDate, sentAt) => {
    expect((await one({ pubDate })).sentAt).toBe(sentAt);
  });

  it.each([
    ['18 Feb 2018 11:11', '2018-02-18T00:11:00.000Z'],
    ['21 Sep 2018 16:45', '2018-09-21T06:45:00.000Z'],
  ])('without pubDate, UPDATED %s in Sydney is %s', async (updated, sentAt) => {
    expect((await one({ pubDate: null, updated })).sentAt).toBe(sentAt);
  });

  it('both times of one moment agree in summer and winter', async () => {
    const both = [
      ['18/02/2018 12:11:00 AM', '18 Feb 2018 11:11'],
      ['21/06/2018 6:30:00 AM', '21 Jun 2018 16:30'],
    ] as const;
    for (const [pubDate, updated] of both)
      expect((await one({ pubDate })).sentAt).toBe((await one({ pubDate: null, updated })).sentAt);
  });

  it.each([
    ['Emergency Warning', 'Orange'],
    ['Watch and Act', 'Green'],
    ['Advice', 'Green'],
    ['Not Applicable', 'Green'],
    ['Alert Level 1', 'Unknown'],
  ])('%s is %s', async (alert, level) => {
    expect((await one({ alert })).level).toBe(level);
  });

  it.each([
    [{ type: 'Hazard Reduction' }, /planned fire/],
    [{ alert: 'Planned Burn' }, /planned fire/],
    [{ type: 'MVA/Transport', fire: 'No' }, /no fire/],
    [{ type: 'Structure Fire' }, /local brigade/],
  ])('%j is ignored', async (said, reason) => {
    expect((await read(list(incident(said)))).ignored[0]?.reason).toMatch(reason);
  });

  it('is not over while it is under control, and over when it is out', async () => {
    const [controlled, out] = await Promise.all([
      one({ status: 'Under control', pubDate: '5/01/2020 5:11:00 AM' }),
      one({ status: 'Out', pubDate: '6/01/2020 5:11:00 AM' }),
    ]);
    const first = await one();
    expect(foldAll([first, controlled]).events.map(event => event.state)).toEqual(['open']);
    expect(foldAll([out, first, controlled]).events.map(event => event.state)).toEqual(['closed']);
  });

  it('names what is broken and goes on', async () => {
    const reading = await read(
      list(incident({ guid: null }), incident({ pubDate: 'soon', updated: 'later' }), null, incident()),
    );
    expect(reading.rejected.map(({ reason }) => reason)).toEqual([
      'properties.guid: no number of an incident',
      'neither pubDate nor UPDATED is a time',
      'properties: not as expected',
    ]);
    expect(reading.accepted).toHaveLength(1);
  });

  it('never throws, whatever a feature holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (properties, geometry) => {
        const document = { kind: 'json' as const, value: list({ properties, geometry }, incident()) };
        expect(nswRfsGeojson.recognises(document)).toBe(true);
        expect(nswRfsGeojson.read(document)).toHaveLength(2);
      }),
    );
  });
});

const file = '../shared/captures/national-json/nsw-rfs-incidents.json';
describe.skipIf(!existsSync(file))('the captured incidents', () => {
  it('are read, every field standing where it says', () => {
    const document = readDocument(readFileSync(file));
    const items = nswRfsGeojson.read(document);
    expect(items.map(item => item.outcome)).toEqual(['accepted', 'ignored', 'accepted', 'accepted']);
    for (const item of items)
      if (item.outcome === 'accepted')
        for (const place of Object.values(item.draft.places))
          expect(valueAt(document, `${item.place}/${place}`), place).toBeDefined();
  });
});
