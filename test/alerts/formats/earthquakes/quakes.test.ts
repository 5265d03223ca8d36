import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emscJson } from '../../../../functions/alerts/formats/earthquakes/emsc-json.ts';
import { emscRss } from '../../../../functions/alerts/formats/earthquakes/emsc-rss.ts';
import { geonetQuake } from '../../../../functions/alerts/formats/earthquakes/geonet-quake.ts';
import { nrcanRss } from '../../../../functions/alerts/formats/earthquakes/nrcan-rss.ts';
import { quakeml } from '../../../../functions/alerts/formats/earthquakes/quakeml.ts';
import { usgsGeojson } from '../../../../functions/alerts/formats/earthquakes/usgs-geojson.ts';
import { Alert } from '../../../../functions/domain/alert.ts';
import { usgsFeature } from '../../messages.ts';
import { documentOf } from './quake-captures.ts';

const point = { type: 'Point', coordinates: [37, 37, -10] };
const at = '2023-02-06T01:17:34Z';

const features = {
  usgs: [
    usgsGeojson,
    usgsFeature({
      tsunami: 1,
      mmi: 8,
      types: ',origin,',
      products: { losspager: [{ properties: { alertlevel: 'red' } }] },
    }),
  ],
  emsc: [
    emscJson,
    {
      type: 'Feature',
      geometry: point,
      properties: {
        unid: '20230206_0000008',
        time: at,
        lastupdate: at,
        mag: 7.8,
        depth: 10,
        evtype: 'ke',
        source_id: 1,
        source_catalog: 'EMSC-RTS',
        flynn_region: 'TURKEY',
      },
    },
  ],
  geonet: [
    geonetQuake,
    {
      type: 'Feature',
      geometry: point,
      properties: {
        publicID: '2023p1',
        time: at,
        quality: 'best',
        magnitude: 7,
        depth: 10,
        mmi: 8,
        locality: 'here',
      },
    },
  ],
} as const;

const values = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    'NaN',
    0,
    -1,
    1e300,
    -0,
    true,
    [],
    {},
    [[]],
    'quarry blast',
    'deleted',
    '2023-02-30T00:00:00Z',
  ),
  fc.double(),
  fc.string(),
  fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constant(null)), { maxLength: 4 }),
);

/** Paths to everything inside a JSON value ("properties", "properties/mag", …). */
const pathsOf = (value: unknown, path: string[] = []): string[][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]);

const replaced = (value: unknown, [key, ...rest]: string[], by: unknown): unknown =>
  key === undefined
    ? by
    : Array.isArray(value)
      ? value.map((inner, index) => (String(index) === key ? replaced(inner, rest, by) : inner))
      : { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };

const xml = {
  quakeml: [
    quakeml,
    (event: string) =>
      `<quakeml xmlns="http://quakeml.org/xmlns/bed/1.2"><eventParameters>${event}</eventParameters></quakeml>`,
    `<event publicID="smi:org.gfz/geofon/gfz2023coqj"><type>earthquake</type><description><text>Turkey</text></description>
     <origin><time><value>${at}</value></time><latitude><value>37</value></latitude><longitude><value>37</value></longitude><depth><value>10000</value></depth></origin>
     <magnitude><mag><value>7.8</value></mag></magnitude><creationInfo><creationTime>${at}</creationTime><version>1</version></creationInfo></event>`,
  ],
  emsc: [
    emscRss,
    (item: string) => `<rss xmlns:emsc="https://www.emsc-csem.org"><channel>${item}</channel></rss>`,
    '<item><title>Mw 7.8 TURKEY</title><link>https://www.emsc-csem.org/Earthquake/earthquake.php?id=1218444</link><lat>37</lat><long>37</long><emsc:depth>20</emsc:depth><emsc:magnitude>Mw 7.8</emsc:magnitude><emsc:time>2023-02-06 01:17:36 UTC</emsc:time><pubDate>Mon, 06 Feb 2023 01:40:00 +0000</pubDate></item>',
  ],
  nrcan: [
    nrcanRss,
    (item: string) =>
      `<rss><channel><link>http://www.earthquakescanada.nrcan.gc.ca/</link>${item}</channel></rss>`,
    '<item><title>2018-08-21: M=4.8 - BC</title><guid>http://x/20180821.1310/index-en.php</guid><description>time: 2018-08-21 13:10 UT</description><pubDate>Tue, 21 Aug 2018 13:10:00 GMT</pubDate><where><Point><pos>50.66 -130.47</pos></Point></where></item>',
  ],
} as const;

/** What a reader promises of an accepted item, before it is completed for all formats. */
const Promised = Alert.pick({
  source: true,
  sourceId: true,
  revision: true,
  hazard: true,
  level: true,
  sentAt: true,
  occurredAt: true,
  position: true,
  measures: true,
  references: true,
  ownIds: true,
  places: true,
  remarks: true,
});

describe('readers of earthquakes', () => {
  it.each(Object.keys(features) as (keyof typeof features)[])(
    '%s JSON: whatever stands in one field stays within its item, and what is accepted is whole',
    name => {
      const [format, good] = features[name];
      fc.assert(
        fc.property(fc.constantFrom(...pathsOf(good)), values, (path, value) => {
          const document = documentOf({
            type: 'FeatureCollection',
            features: [good, replaced(good, path, value), good],
          });
          expect(format.recognises(document)).toBe(true);
          const items = format.read(document);
          expect(items.map(item => item.place)).toEqual(['features[0]', 'features[1]', 'features[2]']);
          expect([items[0]!.outcome, items[2]!.outcome]).toEqual(['accepted', 'accepted']);
          const [, item] = items;
          if (item?.outcome === 'accepted') Promised.parse(item.draft);
          else expect(item?.reason).not.toBe('');
        }),
        { numRuns: 150 },
      );
    },
  );

  it.each(Object.keys(xml) as (keyof typeof xml)[])(
    '%s XML: whatever stands in one element stays within its item, and what is accepted is whole',
    name => {
      const [format, wrap, good] = xml[name];
      const texts = [...good.matchAll(/>([^<>\s][^<>]*)</g)].map(match => match.index);
      const strange = fc.oneof(
        fc.constantFrom(
          '',
          '-999',
          '1e400',
          '0',
          '2023-02-30T00:00:00Z',
          'quarry blast',
          '97.1',
          '&#233;',
          '12,5',
        ),
        fc.string({ unit: fc.constantFrom(...'0123456789.-+eETZ:/ Mm=?&;'.replace('&', '')) }),
      );
      fc.assert(
        fc.property(fc.constantFrom(...texts), strange, (index, text) => {
          const end = good.indexOf('<', index + 1);
          const broken = `${good.slice(0, index + 1)}${text}${good.slice(end)}`;
          const items = format.read(documentOf(wrap(`${good}${broken}${good}`)));
          expect(items).toHaveLength(3);
          expect([items[0]!.outcome, items[2]!.outcome]).toEqual(['accepted', 'accepted']);
          const [, item] = items;
          if (item?.outcome === 'accepted') Promised.parse(item.draft);
          else expect(item?.reason).not.toBe('');
        }),
        { numRuns: 150 },
      );
    },
  );
});
