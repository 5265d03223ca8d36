import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { capInfo, capMessage, gdacsItem, gdacsRss, usgsFeature, usgsFeed } from '../alerts/messages.ts';

/** A body to start from. */
export type Seed = { name: string; bytes: Uint8Array };

const encoder = new TextEncoder();

const jma = `<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control><Title>震源・震度に関する情報</Title><DateTime>2024-01-01T07:15:00Z</DateTime>
<Status>通常</Status><EditorialOffice>気象庁本庁</EditorialOffice><PublishingOffice>気象庁</PublishingOffice></Control>
<Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/"><Title>震源・震度情報</Title><ReportDateTime>2024-01-01T16:15:00+09:00</ReportDateTime>
<TargetDateTime>2024-01-01T16:15:00+09:00</TargetDateTime><EventID>20240101161010</EventID><InfoType>発表</InfoType><Serial>1</Serial>
<InfoKind>地震情報</InfoKind><InfoKindVersion>1.0_1</InfoKindVersion><Headline><Text>地震がありました。</Text></Headline></Head>
<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/seismology1/" xmlns:jmx_eb="http://xml.kishou.go.jp/jmaxml1/elementBasis1/">
<Earthquake><OriginTime>2024-01-01T16:10:00+09:00</OriginTime><ArrivalTime>2024-01-01T16:10:00+09:00</ArrivalTime>
<Hypocenter><Area><Name>石川県能登地方</Name><jmx_eb:Coordinate description="">+37.5+137.3-16000/</jmx_eb:Coordinate></Area></Hypocenter>
<jmx_eb:Magnitude type="Mj" description="Ｍ７．６">7.6</jmx_eb:Magnitude></Earthquake>
<Intensity><Observation><MaxInt>7</MaxInt></Observation></Intensity></Body></Report>`;

const quakeml = `<?xml version="1.0" encoding="UTF-8"?>
<q:quakeml xmlns="http://quakeml.org/xmlns/bed/1.2" xmlns:catalog="http://anss.org/xmlns/catalog/0.1" xmlns:q="http://quakeml.org/xmlns/quakeml/1.2">
<eventParameters publicID="quakeml:earthquake.usgs.gov/fdsnws/event/1/query">
<event catalog:datasource="us" catalog:eventsource="us" catalog:eventid="6000jllz" publicID="quakeml:earthquake.usgs.gov/product/us6000jllz">
<preferredOriginID>o1</preferredOriginID><preferredMagnitudeID>m1</preferredMagnitudeID><type>earthquake</type>
<description><type>earthquake name</type><text>Pazarcik earthquake</text></description>
<origin publicID="o1"><time><value>2023-02-06T01:17:34.342Z</value></time><longitude><value>37.0143</value></longitude>
<latitude><value>37.2256</value></latitude><depth><value>10000</value></depth></origin>
<magnitude publicID="m1"><mag><value>7.8</value></mag><type>mww</type></magnitude>
<creationInfo><creationTime>2023-02-07T00:00:00Z</creationTime></creationInfo></event></eventParameters></q:quakeml>`;

const index = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"><id>urn:feed</id><title>Alerts</title>
<updated>2026-03-01T00:00:00Z</updated><entry><id>urn:1</id><title>Flood Warning</title><updated>2026-03-01T00:00:00Z</updated>
<link href="https://alerts.example/1.cap" type="application/cap+xml"/><cap:event>Flood Warning</cap:event><cap:status>Actual</cap:status>
<cap:msgType>Alert</cap:msgType><cap:severity>Severe</cap:severity><cap:urgency>Expected</cap:urgency><cap:certainty>Likely</cap:certainty>
<cap:effective>2026-03-01T00:00:00Z</cap:effective><cap:expires>2026-03-02T00:00:00Z</cap:expires><cap:polygon>10,20 10,21 11,21 10,20</cap:polygon></entry></feed>`;

const eonet = {
  title: 'EONET Events',
  link: 'https://eonet.gsfc.nasa.gov/api/v3/events',
  events: [
    {
      id: 'EONET_6508',
      title: 'Wildfire in a place',
      closed: null,
      categories: [{ id: 'wildfires', title: 'Wildfires' }],
      sources: [{ id: 'GDACS', url: 'https://www.gdacs.org/report.aspx?eventtype=WF&eventid=1021234' }],
      geometry: [
        {
          magnitudeValue: 1200,
          magnitudeUnit: 'acres',
          date: '2026-07-01T12:00:00Z',
          type: 'Point',
          coordinates: [-110, 40],
        },
        {
          magnitudeValue: null,
          magnitudeUnit: null,
          date: '2026-07-02T12:00:00Z',
          type: 'Polygon',
          coordinates: [
            [
              [1, 1],
              [2, 1],
              [2, 2],
              [1, 1],
            ],
          ],
        },
      ],
    },
  ],
};

const emsc = {
  type: 'FeatureCollection',
  metadata: { count: 1 },
  features: [
    {
      type: 'Feature',
      id: '20230206_0000008',
      geometry: { type: 'Point', coordinates: [37.08, 37.17, -20] },
      properties: {
        unid: '20230206_0000008',
        source_id: '1218444',
        source_catalog: 'EMSC-RTS',
        auth: 'EMSC',
        evtype: 'ke',
        time: '2023-02-06T01:17:36.1Z',
        lastupdate: '2023-02-07T00:00:00.0Z',
        lat: 37.17,
        lon: 37.08,
        depth: 20,
        mag: 7.8,
        magtype: 'mw',
        flynn_region: 'CENTRAL TURKEY',
      },
    },
  ],
};

const nws = {
  '@context': [
    'https://geojson.org/geojson-ld/geojson-context.jsonld',
    { '@version': '1.1', wx: 'https://api.weather.gov/ontology#' },
  ],
  type: 'FeatureCollection',
  title: 'Current watches, warnings, and advisories',
  updated: '2025-12-15T00:00:00+00:00',
  features: [
    {
      id: 'https://api.weather.gov/alerts/urn:oid:2.49.0.1.840.0.abc.001.1',
      type: 'Feature',
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [-122, 47],
            [-121, 47],
            [-121, 48],
            [-122, 47],
          ],
        ],
      },
      properties: {
        '@id': 'https://api.weather.gov/alerts/urn:oid:2.49.0.1.840.0.abc.001.1',
        '@type': 'wx:Alert',
        id: 'urn:oid:2.49.0.1.840.0.abc.001.1',
        areaDesc: 'King, WA',
        geocode: { SAME: ['053033'], UGC: ['WAC033'] },
        affectedZones: [],
        references: [
          {
            identifier: 'urn:oid:2.49.0.1.840.0.abb.001.1',
            sender: 'w-nws.webmaster@noaa.gov',
            sent: '2025-12-14T00:00:00-08:00',
          },
        ],
        sent: '2025-12-15T00:00:00-08:00',
        effective: '2025-12-15T00:00:00-08:00',
        onset: '2025-12-15T00:00:00-08:00',
        expires: '2025-12-15T12:00:00-08:00',
        ends: null,
        status: 'Actual',
        messageType: 'Update',
        category: 'Met',
        severity: 'Severe',
        certainty: 'Likely',
        urgency: 'Expected',
        event: 'Flood Warning',
        sender: 'w-nws.webmaster@noaa.gov',
        senderName: 'NWS Seattle WA',
        headline: 'Flood Warning',
        description: '...',
        response: 'Execute',
        parameters: { VTEC: ['/O.CON.KSEW.FL.W.0012.000000T0000Z-251216T0000Z/'] },
      },
    },
  ],
};

const reliefweb = {
  data: [
    {
      id: '25466',
      fields: {
        id: 25466,
        name: 'Nepal: Earthquake - Apr 2015',
        status: 'past',
        glide: 'EQ-2015-000048-NPL',
        date: {
          created: '2015-04-25T00:00:00+00:00',
          event: '2015-04-25T00:00:00+00:00',
          changed: '2015-12-08T22:02:56+00:00',
        },
        country: [{ iso3: 'npl', name: 'Nepal', location: { lat: 28, lon: 84 } }],
        type: [{ code: 'EQ', name: 'Earthquake', primary: true }],
      },
    },
  ],
};

const glide = {
  glideset: [
    {
      location: 'Valencia',
      event: 'FL',
      number: '2024-000199',
      geocode: 'ESP',
      docid: 23388,
      latitude: 39.4,
      longitude: -0.4,
      year: 2024,
      month: 10,
      day: 29,
      source: 'ADRC',
      status: 'A',
      comments: 'Flood',
      idsource: '',
      time: '',
      duration: 0,
      magnitude: '',
    },
  ],
};

const p2p = [
  {
    code: 551,
    id: '5f',
    time: '2024/01/01 16:12:00.000',
    issue: { type: 'DetailScale', correct: 'None', source: '気象庁', time: '2024/01/01 16:12:00' },
    earthquake: {
      time: '2024/01/01 16:10:00',
      maxScale: 70,
      domesticTsunami: 'Warning',
      hypocenter: { name: '石川県能登地方', latitude: 37.5, longitude: 137.3, depth: 10, magnitude: 7.6 },
    },
    points: [{ pref: '石川県', addr: '志賀町', isArea: false, scale: 70 }],
  },
];

const polygons = capInfo({
  area: `<area><areaDesc>coast</areaDesc><polygon>-16,-181.664 -16,-179 -18,-179 -18,-181.664</polygon><circle>-17,179.9 120</circle>
    <geocode><valueName>SAME</valueName><value>041510</value></geocode></area>`,
  more: '<onset>2026-03-01T00:00:00+00:00</onset><parameter><valueName>VTEC</valueName><value>/O.NEW.KSEW.FL.W.0012.000000T0000Z-251216T0000Z/</value></parameter>',
});

/** One small body of each kind, written from what the publishers document. */
const own = (): [string, string | object][] => [
  ['cap', capMessage({ infos: [polygons, capInfo({ language: 'fr' })] })],
  [
    'cap-cancel',
    capMessage({
      msgType: 'Cancel',
      references: 'met@agency.example,A0,2026-02-28T00:00:00+00:00',
      infos: [],
    }),
  ],
  [
    'cap-exercise',
    capMessage({ status: 'Exercise' })
      .replaceAll(/<(\/?)(\w)/g, '<$1c:$2')
      .replace('xmlns=', 'xmlns:c='),
  ],
  [
    'gdacs-rss',
    gdacsRss([
      gdacsItem({ modified: 'Tue, 07 Feb 2023 00:00:00 GMT' }),
      gdacsItem({ type: 'TC', id: '1001253' }),
    ]),
  ],
  [
    'usgs',
    usgsFeed([
      usgsFeature(),
      usgsFeature({ id: 'ak0219neiszm', alert: null, longitude: -157, latitude: 55 }),
    ]),
  ],
  ['jma', jma],
  ['quakeml', quakeml],
  ['cap-index', index],
  ['eonet', eonet],
  ['emsc', emsc],
  ['nws', nws],
  ['reliefweb', reliefweb],
  ['glide', glide],
  ['p2p', p2p],
];

/** The project's own bodies to start from. */
export const ownSeeds = (): Seed[] =>
  own().map(([name, body]) => ({
    name,
    bytes: encoder.encode(typeof body === 'string' ? body : JSON.stringify(body)),
  }));

/** Beyond this a mutant costs so much that few can be tried; the feeds have each kind in small too. */
const mostBytes = 30_000;

/** The captures under a folder that are small enough; none where the folder is absent. */
export const capturedSeeds = (folder: string): Seed[] =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .sort()
        .map(name => ({ name, path: join(folder, name) }))
        .filter(
          ({ path, name }) =>
            /\.(xml|json|geojson|cap|atom|rss|edxlde)$/.test(name) && statSync(path).size <= mostBytes,
        )
        .map(({ name, path }) => ({ name, bytes: new Uint8Array(readFileSync(path)) }));
