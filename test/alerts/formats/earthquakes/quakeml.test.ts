import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quakeml } from '../../../../functions/alerts/formats/earthquakes/quakeml.ts';
import { read, usgsFeature } from '../../messages.ts';
import { captured, capturesAbsent, documentOf, draftsOf, emptyPlaces, outcomesOf } from './quake-captures.ts';

type Parts = {
  id?: string;
  attributes?: string;
  type?: string;
  origin?: string;
  magnitude?: string;
  more?: string;
  made?: string;
};

const aTime = '<time><value>2023-02-06T01:17:34.342</value></time>';
const aPlace = '<latitude><value>37.226</value></latitude><longitude><value>37.014</value></longitude>';
const made = (at: string) => `<creationInfo><creationTime>${at}</creationTime></creationInfo>`;

const event = (parts: Parts = {}) => {
  const { id = 'smi:org.gfz-potsdam.de/geofon/gfz2023coqj', origin = aTime + aPlace } = parts;
  return `<event publicID="${id}" ${parts.attributes ?? ''}>
    ${parts.more ?? ''}${parts.type ? `<type>${parts.type}</type>` : ''}
    <origin publicID="smi:x/o1">${origin}<depth><value>17900</value></depth></origin>
    ${parts.magnitude ?? '<magnitude publicID="smi:x/m1"><mag><value>7.7</value></mag></magnitude>'}
    ${parts.made === undefined ? made('2023-02-06T01:30:00') : parts.made}
  </event>`;
};

const document = (...events: string[]) =>
  documentOf(`<q:quakeml xmlns:q="http://quakeml.org/xmlns/quakeml/1.2" xmlns="http://quakeml.org/xmlns/bed/1.2">
    <eventParameters publicID="smi:x/p">${events.join('')}${made('2023-02-07T00:00:00Z')}</eventParameters></q:quakeml>`);

const drafts = (...events: string[]) => draftsOf(quakeml.read(document(...events)));
const first = (parts?: Parts) => drafts(event(parts))[0];

describe('QuakeML', () => {
  it('reads an event into the common model, depth from metres, times without zone as UTC', () => {
    const region = '<description><type>region name</type><text>Central Turkey</text></description>';
    const felt = '<description><type>felt report</type><text>woke everyone</text></description>';
    expect(first({ more: felt + region })).toMatchObject({
      source: 'GFZ',
      sourceId: 'gfz2023coqj',
      ownIds: ['gfz:gfz2023coqj'],
      hazard: 'EQ',
      level: 'Unknown',
      levelRule: 'no-impact-scale',
      occurredAt: '2023-02-06T01:17:34.342Z',
      sentAt: '2023-02-06T01:30:00.000Z',
      position: { latitude: 37.226, longitude: 37.014 },
      titles: { en: 'M 7.7 - Central Turkey' },
      measures: [
        { name: 'magnitude', value: 7.7 },
        { name: 'depthKm', value: 17.9 },
      ],
      places: { title: 'description[1]/text', position: 'origin[0]/latitude/value' },
    });
    expect(quakeml.madeAt?.(document())).toBe('2023-02-07T00:00:00.000Z');
  });

  it('takes the preferred origin and magnitude, and the newest part for the revision', () => {
    const more = `<preferredOriginID> smi:x/o2 </preferredOriginID><preferredMagnitudeID>smi:x/m2</preferredMagnitudeID>`;
    const magnitude = `<origin publicID="smi:x/o2">${aTime}${aPlace.replace('37.226', '38')}</origin>
      <magnitude publicID="smi:x/m1"><mag><value>7.3</value></mag>${made('2023-02-06T03:00:00Z')}</magnitude>
      <magnitude publicID="smi:x/m2"><mag><value>7.9</value></mag></magnitude>`;
    expect(first({ more, magnitude })).toMatchObject({
      position: { latitude: 38 },
      measures: [{ value: 7.9 }],
      sentAt: '2023-02-06T03:00:00.000Z',
      places: {
        position: 'origin[1]/latitude/value',
        measures: 'magnitude[1]/mag/value',
        sentAt: 'magnitude[0]/creationInfo/creationTime',
      },
    });
  });

  it('follows the references of the real-time flavour, in which origins stand beside the events', () => {
    const body =
      documentOf(`<r:quakeml xmlns:r="http://quakeml.org/xmlns/quakeml-rt/1.2" xmlns="http://quakeml.org/xmlns/bed-rt/1.2">
      <eventParameters><origin publicID="smi:x/o1">${aTime}${aPlace}</origin>
      <magnitude publicID="smi:x/m1"><mag><value>6.1</value></mag></magnitude>
      <event publicID="smi:org.gfz-potsdam.de/geofon/gfz2023coqj"><preferredOriginID>smi:x/o1</preferredOriginID>
      <magnitudeReference>smi:x/m1</magnitudeReference></event></eventParameters></r:quakeml>`);
    expect(draftsOf(quakeml.read(body))).toMatchObject([
      { position: { latitude: 37.226 }, measures: [{ value: 6.1 }] },
    ]);
    expect(emptyPlaces(quakeml, body)).toEqual([]);
  });

  it('gives a quake of the USGS the same ids as its GeoJSON, and the GeoJSON of the same instant the last word', async () => {
    const attributes = 'xmlns:c="http://anss.org/xmlns/catalog/0.1" c:eventsource="us" c:eventid="6000jllz"';
    const id = 'quakeml:earthquake.usgs.gov/fdsnws/event/1/query?eventid=us6000jllz&amp;format=quakeml';
    const quake = first({ id, attributes, made: made('2023-02-06T02:00:00.500Z') })!;
    const geojson = (await read(usgsFeature({ updated: '2023-02-06T02:00:00.500Z' }))).accepted[0]!;
    const later = (await read(usgsFeature({ updated: '2023-02-06T02:00:00.501Z' }))).accepted[0]!;
    expect([quake.source, quake.sourceId]).toEqual([geojson.source, geojson.sourceId]);
    expect(geojson.ownIds).toEqual(expect.arrayContaining(quake.ownIds));
    expect(geojson.revision > quake.revision).toBe(true);
    const newer = first({ id, attributes, made: made('2023-02-06T02:00:00.501Z') })!;
    expect(newer.revision > geojson.revision && later.revision > newer.revision).toBe(true);
  });

  it.each([
    ['quakeml:us.anss.org/event/c000nwtr', 'USGS', 'usc000nwtr'],
    [
      'quakeml:earthquake.usgs.gov/fdsnws/event/1/query?eventid=us6000pi9w&amp;format=quakeml',
      'USGS',
      'us6000pi9w',
    ],
    ['smi:webservices.ingv.it/fdsnws/event/1/query?eventId=37258271', 'INGV', '37258271'],
    ['quakeml:eu.emsc/event/20240101_0000328', 'EMSC', '20240101_0000328'],
    ['smi:service.iris.edu/fdsnws/event/1/query?eventid=3279407', 'IRIS', '3279407'],
    ['smi:org.gfz-potsdam.de/geofon/gfz2024abmz', 'GFZ', 'gfz2024abmz'],
    ['smi:ISC/evid=626000001', 'ISC', '626000001'],
    ['smi:nz.org.geonet/2024p100000', 'GeoNet', '2024p100000'],
    ['smi:ch.ethz.sed/sc3a/2017epaqsp', 'SED', '2017epaqsp'],
    ['smi:seismo.example.org/catalogue/historical/1165', 'seismo.example.org', 'catalogue/historical/1165'],
    ['smi:local/2024abcdef', 'QuakeML', '2024abcdef'],
  ])('%s is of %s under %s', (id, source, sourceId) => {
    expect(first({ id })).toMatchObject({ source, sourceId, remarks: [] });
  });

  it('asks the agency when the publicID stands for nobody', () => {
    const info = '<creationInfo><agencyID>OVSM</agencyID></creationInfo>';
    expect(first({ id: 'smi:local/2024abcdef', made: info })).toMatchObject({
      source: 'OVSM',
      sourceId: '2024abcdef',
    });
  });

  it.each([
    ['induced or triggered event', '', 'Alert GFZ:gfz2023coqj'],
    ['nuclear_explosion', '', 'Cancel GFZ:gfz2023coqj'],
    ['not existing', '', 'Cancel GFZ:gfz2023coqj'],
    [
      'explosion',
      '<typeCertainty>suspected</typeCertainty>',
      'ignored: suspected explosion: only earthquakes lead to work',
    ],
  ])('type %s %s', (type, more, outcome) => {
    expect(outcomesOf(quakeml.read(document(event({ type, more }))))).toEqual([outcome]);
  });

  it('ignores a small blast', () => {
    const magnitude = '<magnitude publicID="smi:x/m"><mag><value>1.5</value></mag></magnitude>';
    expect(outcomesOf(quakeml.read(document(event({ type: 'quarry_blast', magnitude }))))).toEqual([
      'ignored: quarry_blast: only earthquakes lead to work',
    ]);
  });

  it('withdraws a quake whose origin is rejected, without asking where it was', () => {
    const draft = first({ origin: `${aTime}<evaluationStatus>rejected</evaluationStatus>` });
    expect(draft).toMatchObject({
      messageType: 'Cancel',
      references: ['GFZ:gfz2023coqj'],
      position: null,
      places: { status: 'origin[0]/evaluationStatus' },
    });
  });

  it('names what is missing or broken, and reads the neighbours', () => {
    const nowhere = aPlace.replace('37.226', '137.226');
    const items = quakeml.read(
      document(
        event({ id: '' }),
        event({ origin: aPlace }),
        event({ origin: aTime }),
        event({ origin: aTime + nowhere }),
        '<event publicID="smi:x.y/123456"/>',
        event(),
      ),
    );
    expect(outcomesOf(items)).toEqual([
      'rejected: event without publicID',
      'rejected: the origin has no time',
      'rejected: no latitude and longitude',
      'rejected: latitude 137.226 is beyond 90: it seems swapped with the longitude 37.014',
      'rejected: no origin',
      'Alert GFZ:gfz2023coqj',
    ]);
    expect(items.map(item => item.place)).toEqual(items.map((_, index) => `event[${index}]`));
  });

  it('remarks on words that QuakeML does not have, on depths that look like km, and on a missing time of making', () => {
    const strange = `${aTime}${aPlace}<depth><value>29.0</value></depth><depthType>randomized</depthType>`;
    expect(first({ origin: strange, made: '' })?.remarks).toEqual([
      'origin depthType "randomized" is no word of QuakeML',
      'no creation time: taken for made when it happened',
      'depth of 29 m: perhaps meant in km',
    ]);
  });

  it('takes a document without events for an empty list, with any prefix or none', () => {
    for (const body of [
      '<q:quakeml xmlns:q="http://quakeml.org/xmlns/quakeml/1.2"/>',
      '<quakeml xmlns="http://quakeml.org/xmlns/quakeml/1.1"><eventParameters/></quakeml>',
      '<eventParameters xmlns="http://quakeml.org/xmlns/bed/1.2"/>',
    ])
      expect([quakeml.recognises(documentOf(body)), quakeml.read(documentOf(body))]).toEqual([true, []]);
    expect(quakeml.recognises(documentOf('<seiscomp><EventParameters/></seiscomp>'))).toBe(false);
  });

  it('sorts the revisions of an event by time, then by version', () => {
    const revision = (at: string, version: number) =>
      first({
        made: `<creationInfo><creationTime>${at}</creationTime><version>${version}</version></creationInfo>`,
      })!.revision;
    const at = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map(date => date.toISOString());
    fc.assert(
      fc.property(at, at, fc.nat(999), fc.nat(999), (a, b, v, w) => {
        const before = a < b || (a === b && v < w);
        expect(revision(a, v) < revision(b, w)).toBe(before);
      }),
      { numRuns: 60 },
    );
  });

  describe.skipIf(capturesAbsent)('captures', () => {
    it.each([
      ['ingv-terremoti-1.xml', ['Alert INGV:30116321', 'rejected: the origin has no time']],
      ['iris-events.xml', ['Alert IRIS:3279407', 'Alert IRIS:2318174']],
      ['preferred.xml', ['Alert IRIS:3279407']],
      ['invalid-enum.xml', ['Alert SED:event/historical/1165']],
      ['usc000nwtr-origin.xml', ['Alert USGS:usc000nwtr']],
      [
        'usgs-event.xml',
        [
          'ignored: quarry_blast: only earthquakes lead to work',
          'ignored: quarry: only earthquakes lead to work',
        ],
      ],
    ])('%s', (file, outcomes) => {
      const body = captured(`quakeml/${file}`);
      expect(outcomesOf(quakeml.read(body))).toEqual(outcomes);
      expect(emptyPlaces(quakeml, body)).toEqual([]);
    });

    it('invalid-id.xml is read with a remark', () => {
      expect(draftsOf(quakeml.read(captured('quakeml/invalid-id.xml')))).toMatchObject([
        {
          source: 'GFZ',
          remarks: [expect.stringContaining('is no identifier of QuakeML'), expect.any(String)],
        },
      ]);
    });
  });
});
