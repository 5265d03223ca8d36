import { describe, expect, it } from 'vitest';
import { emscJson } from '../../../../functions/alerts/formats/earthquakes/emsc-json.ts';
import { captured, capturesAbsent, documentOf, draftsOf, emptyPlaces, outcomesOf } from './quake-captures.ts';

const feature = (properties: Record<string, unknown> = {}, coordinates: unknown = [37.02, 37.17, -20]) => ({
  type: 'Feature',
  id: '20230206_0000008',
  geometry: { type: 'Point', coordinates },
  properties: {
    source_id: '1218444',
    source_catalog: 'EMSC-RTS',
    lastupdate: '2023-02-06T03:00:00.123456Z',
    time: '2023-02-06T01:17:36.1Z',
    flynn_region: 'CENTRAL TURKEY',
    lat: 37.17,
    lon: 37.02,
    depth: 20,
    evtype: 'ke',
    auth: 'EMSC',
    mag: 7.8,
    magtype: 'mw',
    unid: '20230206_0000008',
    ...properties,
  },
});

const list = (...features: unknown[]) => ({
  type: 'FeatureCollection',
  metadata: { count: features.length },
  features,
});
const outcomes = (body: object) => outcomesOf(emscJson.read(documentOf(body)));
const first = (body: object) => draftsOf(emscJson.read(documentOf(body)))[0];
const depthOf = (body: object) => first(body)?.measures.find(measure => measure.name === 'depthKm')?.value;

describe('EMSC JSON', () => {
  it('reads a quake, its number on the web among its ids', () => {
    expect(first(list(feature()))).toMatchObject({
      source: 'EMSC',
      sourceId: '20230206_0000008',
      ownIds: ['emsc:20230206_0000008', 'emsc:1218444'],
      revision: '2023-02-06T03:00:00.123Z',
      level: 'Unknown',
      titles: { en: 'M 7.8 - CENTRAL TURKEY' },
      position: { latitude: 37.17, longitude: 37.02 },
    });
  });

  it('knows that the third coordinate is a height', () => {
    expect(depthOf(feature())).toBe(20);
    expect(depthOf(feature({ depth: null }))).toBe(20);
    expect(depthOf(feature({ depth: '12.5' }))).toBe(12.5);
  });

  it.each([
    ['a list', list(feature()), ['features[0]']],
    ['one event', feature(), ['$']],
    ['a frame', { action: 'create', data: feature() }, ['$']],
    [
      'frames',
      [
        { action: 'create', data: feature() },
        { action: 'update', data: feature() },
      ],
      ['$[0]', '$[1]'],
    ],
  ])('reads %s, and names where everything stands', (_what, body, places) => {
    const document = documentOf(body);
    expect(emscJson.recognises(document)).toBe(true);
    expect(emscJson.read(document).map(item => item.place)).toEqual(places);
    expect(draftsOf(emscJson.read(document)).map(draft => draft.messageType)).toEqual(
      places.map(() => 'Alert'),
    );
    expect(emptyPlaces(emscJson, document)).toEqual([]);
  });

  it('takes a deletion for a withdrawal that sorts behind the last update', () => {
    const gone = first({
      action: 'delete',
      data: { ...feature({ mag: null, time: null }), geometry: null },
    })!;
    expect(gone).toMatchObject({ messageType: 'Cancel', references: ['EMSC:20230206_0000008'] });
    expect(gone.revision > first(feature())!.revision).toBe(true);
  });

  it.each([
    ['ke', 'create', 'Alert EMSC:20230206_0000008'],
    ['si', 'create', 'Alert EMSC:20230206_0000008'],
    ['uk', 'create', 'Alert EMSC:20230206_0000008'],
    ['kn', 'create', 'Cancel EMSC:20230206_0000008'],
    ['sn', 'update', 'ignored: suspected nuclear explosion: only earthquakes lead to work'],
  ])('type %s on %s', (evtype, action, outcome) => {
    expect(outcomes({ action, data: feature({ evtype }) })).toEqual([outcome]);
  });

  it('ignores a small explosion unless it was a quake before', () => {
    const data = feature({ evtype: 'km', mag: 1.8 });
    expect(outcomes(list(data))).toEqual(['ignored: mine explosion: only earthquakes lead to work']);
    expect(outcomes({ action: 'update', data })).toEqual(['Cancel EMSC:20230206_0000008']);
  });

  it('names what is broken, and reads the others', () => {
    expect(
      outcomes(
        list(
          feature({ lat: null }, [null, null, null]),
          feature({ time: 'yesterday' }),
          feature({ unid: '' }),
          null,
          feature({}, [137.02, 97.17, -20]),
          feature(),
        ),
      ).map(outcome => outcome.slice(0, 45)),
    ).toEqual([
      'rejected: no latitude and longitude',
      'rejected: properties.time is no time',
      expect.stringMatching(/^rejected: properties\.unid: /),
      expect.stringMatching(/^rejected: feature: /),
      'rejected: position 97.17, 137.02 is none on E',
      'Alert EMSC:20230206_0000008',
    ]);
  });

  it('leaves the JSON of others alone', () => {
    for (const body of [
      list(),
      list({ type: 'Feature', properties: { id: 1 } }),
      { action: 'create' },
      [1, null],
      [],
    ])
      expect(emscJson.recognises(documentOf(body))).toBe(false);
  });

  it.skipIf(capturesAbsent)('reads five events of one afternoon', () => {
    const document = captured('emsc/fdsn-5-events-2026-10-04.json');
    const drafts = draftsOf(emscJson.read(document));
    expect(drafts).toHaveLength(5);
    expect(drafts.map(draft => draft.measures.find(measure => measure.name === 'depthKm')?.value)).toEqual([
      5, 101.2, 18.3, 5, 7,
    ]);
    expect(emptyPlaces(emscJson, document)).toEqual([]);
  });
});
