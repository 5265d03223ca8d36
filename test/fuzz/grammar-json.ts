import fc from 'fast-check';
import {
  identifier,
  instant,
  latitude,
  longitude,
  name,
  offsetInstant,
  sender,
  vtec,
  words,
} from './grammar-values.ts';
import { junkValues } from './junk.ts';

/** A record of which each field may be absent or junk. */
const json = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc.record(
    Object.fromEntries(
      Object.entries(fields).map(([key, good]) => [
        key,
        fc.oneof({ weight: 60, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...junkValues) }),
      ]),
    ),
    { requiredKeys: Object.keys(fields).slice(0, 2) },
  );
const list = (item: fc.Arbitrary<unknown>, maxLength: number) => fc.array(item, { maxLength });
const coordinates = fc.tuple(
  longitude.map(Number),
  latitude.map(Number),
  fc.double({ min: -10, max: 700, noNaN: true }),
);
const point = json({ type: fc.constant('Point'), coordinates });
const area = json({ type: words('Polygon', 'MultiPolygon'), coordinates: list(list(coordinates, 8), 2) });
const epoch = instant.map(text => Date.parse(text));

const usgs = json({
  type: fc.constant('FeatureCollection'),
  features: list(
    json({
      type: fc.constant('Feature'),
      id: words('us6000jllz', 'ak0219neiszm', ''),
      properties: json({
        net: words('us', 'ak'),
        code: words('6000jllz', '0219neiszm'),
        ids: words(',us6000jllz,', ',ak0219neiszm,us6000f02w,', ''),
        mag: fc.double({ min: -1, max: 10, noNaN: true }),
        place: words('10 km W of a place', ''),
        time: epoch,
        updated: epoch,
        alert: words('green', 'yellow', 'orange', 'red'),
        status: words('automatic', 'reviewed', 'deleted', 'REVIEWED'),
        type: words('earthquake', 'quarry blast'),
        title: words('M 7.8 - a place'),
        mmi: fc.double({ min: 0, max: 10, noNaN: true }),
      }),
      geometry: point,
    }),
    4,
  ),
  metadata: json({
    generated: epoch,
    url: fc.constant('https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_day.geojson'),
  }),
});

const eonet = json({
  title: fc.constant('EONET Events'),
  events: list(
    json({
      id: words('EONET_6508', 'EONET_6509'),
      title: words('Wildfire', 'Tropical Storm Ana'),
      closed: fc.option(instant),
      categories: list(
        json({ id: words('wildfires', 'severeStorms', 'volcanoes', '8'), title: words('Wildfires') }),
        2,
      ),
      sources: list(
        json({
          id: words('GDACS', 'JTWC', 'IRWIN'),
          url: words('https://www.gdacs.org/report.aspx?eventtype=TC&eventid=1000001', 'x'),
        }),
        2,
      ),
      geometry: list(
        fc
          .oneof(point, area)
          .chain(shape =>
            json({ date: instant, magnitudeValue: fc.double(), magnitudeUnit: words('kts', 'acres') }).map(
              more => ({ ...(shape as object), ...(more as object) }),
            ),
          ),
        4,
      ),
    }),
    3,
  ),
});

const nws = json({
  type: fc.constant('FeatureCollection'),
  features: list(
    json({
      properties: json({
        '@type': fc.constant('wx:Alert'),
        id: words('urn:oid:2.49.0.1.840.0.abc.001.1', 'urn:oid:2.49.0.1.840.0.abd.001.1'),
        areaDesc: words('King, WA'),
        geocode: json({ SAME: list(words('053033'), 3), UGC: list(words('WAC033', 'GMZ670'), 3) }),
        references: list(json({ identifier, sender, sent: offsetInstant }), 2),
        sent: offsetInstant,
        effective: offsetInstant,
        onset: fc.option(offsetInstant),
        expires: offsetInstant,
        ends: fc.option(offsetInstant),
        status: words('Actual', 'Actual', 'Test', 'Exercise'),
        messageType: words('Alert', 'Update', 'Cancel'),
        severity: words('Extreme', 'Severe', 'Minor', 'Unknown'),
        certainty: words('Observed', 'Likely'),
        urgency: words('Immediate', 'Expected'),
        event: name,
        sender,
        headline: name,
        parameters: json({ VTEC: list(vtec, 2), expiredReferences: list(words('a,b,c'), 2) }),
      }),
      type: fc.constant('Feature'),
      geometry: fc.option(area),
    }),
    3,
  ),
});

const emsc = json({
  type: fc.constant('FeatureCollection'),
  features: list(
    json({
      id: words('20230206_0000008'),
      properties: json({
        unid: words('20230206_0000008', '20230206_0000009'),
        source_catalog: words('EMSC-RTS'),
        auth: words('EMSC'),
        evtype: words('ke', 'se', 'qb'),
        time: instant,
        lastupdate: instant,
        mag: fc.double({ min: -1, max: 10, noNaN: true }),
        depth: fc.double({ min: -5, max: 700, noNaN: true }),
        flynn_region: words('CENTRAL TURKEY'),
      }),
      type: fc.constant('Feature'),
      geometry: point,
    }),
    3,
  ),
});

/** A body in JSON. */
export const jsonBody: fc.Arbitrary<string> = fc
  .oneof(usgs, eonet, nws, emsc)
  .map(value => JSON.stringify(value));
