import fc from 'fast-check';
import { junkTexts, junkValues } from './junk.ts';

/**
 * Bodies as the formats have them, field by field, each of which may be absent, repeated or filled with junk. What a
 * publisher would never write is the task of the mutations.
 */

const junk = fc.oneof(fc.constantFrom(...junkTexts), fc.string({ unit: 'binary', maxLength: 30 }));

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(']]>', ']]&gt;');

/** A field's text: mostly as it should be. */
const usually = (good: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: junk.map(escaped) });

const words = (...list: string[]) => fc.constantFrom(...list);

/** An element, sometimes absent, sometimes twice. */
const element = (name: string, content: fc.Arbitrary<string>, attributes = ''): fc.Arbitrary<string> =>
  fc
    .record({
      content,
      times: fc.oneof(
        { weight: 14, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: words('0', '2').map(Number) },
      ),
    })
    .map(({ content: text, times }) => `<${name}${attributes}>${text}</${name}>`.repeat(times));

const inOrder = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map(all => all.join('\n'));
const some = (part: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(part, { maxLength }).map(all => all.join('\n'));

const instant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map(date => date.toISOString());
const offsets = words('Z', '+00:00', '-00:00', '+09:00', '-08:00', '+05:45', '');
const offsetInstant = fc.tuple(instant, offsets).map(([text, offset]) => text.replace(/(\.\d+)?Z$/, offset));
const rfc822 = instant.map(text => new Date(text).toUTCString());
const latitude = fc.double({ min: -91, max: 91, noNaN: true }).map(value => value.toFixed(3));
const longitude = fc.double({ min: -182, max: 182, noNaN: true }).map(value => value.toFixed(3));
const identifier = fc.oneof(words('A1', 'A2', 'KSEW.1', '2.49.0.1.840.0.abc', 'a,b c'), fc.uuid());
const sender = words('met@agency.example', 'w-nws.webmaster@noaa.gov', 'cap@gdacs.org', 'a b,c');
const name = words(
  'Flood Warning',
  'Earthquake',
  'Tsunami Cancellation',
  'Required Monthly Test',
  '津波警報',
  'Hurricane',
  '',
);

const polygon = fc
  .array(fc.tuple(latitude, longitude), { maxLength: 12 })
  .map(points => [...points, ...points.slice(0, 1)].map(point => point.join(',')).join(' '));
const circle = fc
  .tuple(latitude, longitude, words('0', '12.5', '-1', '9000'))
  .map(([y, x, km]) => `${y},${x} ${km}`);
const pair = (tag: string, names: fc.Arbitrary<string>, values: fc.Arbitrary<string>) =>
  element(tag, inOrder(element('valueName', names), element('value', usually(values))));
const vtec = words(
  '/O.NEW.KSEW.FL.W.0012.000000T0000Z-251216T0000Z/',
  '/O.CAN.KSEW.FL.W.0012.000000T0000Z-251216T0000Z/',
  '/X/',
);

const capArea = element(
  'area',
  inOrder(
    element('areaDesc', usually(words('river', 'Polygon', ''))),
    some(element('polygon', usually(polygon)), 2),
    some(element('circle', usually(circle)), 2),
    some(
      pair(
        'geocode',
        words('SAME', 'UGC', 'EMMA_ID', 'profile:CAP-CP:Location:0.3'),
        words('041510', 'WAC033', 'DE343'),
      ),
      3,
    ),
  ),
);

const capInfo = element(
  'info',
  inOrder(
    element('language', words('en', 'en-US', 'fr-CA', 'ja', '')),
    element('category', words('Met', 'Geo', 'Fire')),
    element('event', usually(name)),
    some(element('responseType', words('AllClear', 'Evacuate', 'None')), 2),
    element('urgency', usually(words('Immediate', 'Expected', 'Future', 'Past', 'Unknown'))),
    element('severity', usually(words('Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'))),
    element('certainty', usually(words('Observed', 'Likely', 'Very Likely', 'Possible', 'Unlikely'))),
    some(
      pair('eventCode', words('SAME', 'profile:CAP-CP:Event:0.4'), words('RMT', 'TSW', 'flood', 'ADR')),
      2,
    ),
    some(element('onset', usually(offsetInstant)), 1),
    some(element('expires', usually(offsetInstant)), 1),
    element('headline', usually(name)),
    some(
      pair(
        'parameter',
        words(
          'VTEC',
          'EventLatLon',
          'eventid',
          'eventtype',
          'alertlevel',
          'layer:EC-MSC-SMC:1.0:Alert_Location_Status',
        ),
        fc.oneof(vtec, words('ended', 'Red', 'EQ', '1355000', '35.0,139.0 0.000')),
      ),
      4,
    ),
    some(capArea, 3),
  ),
);

const capNamespaces = [1.0, 1.1, 1.2].map(version =>
  version === 1 ? 'http://www.incident.com/cap/1.0' : `urn:oasis:names:tc:emergency:cap:${version}`,
);

const capAlert = fc
  .record({
    namespace: words(...capNamespaces, ''),
    body: inOrder(
      element('identifier', usually(identifier)),
      element('sender', usually(sender)),
      element('sent', usually(offsetInstant)),
      element(
        'status',
        usually(words('Actual', 'Actual', 'Actual', 'Exercise', 'Test', 'System', 'Draft', 'actual')),
      ),
      element('msgType', usually(words('Alert', 'Update', 'Cancel', 'Ack', 'Error'))),
      element('scope', words('Public', 'Private', 'Restricted')),
      some(
        element(
          'references',
          usually(fc.tuple(sender, identifier, offsetInstant).map(triple => triple.join(','))),
        ),
        2,
      ),
      some(element('incidents', usually(words('a', 'a b', '"a b" c'))), 1),
      some(capInfo, 3),
    ),
  })
  .map(({ namespace, body }) => `<alert${namespace && ` xmlns="${namespace}"`}>${body}</alert>`);

/** The wrappers in which CAP comes: alone, with a prefix, as a list, in EDXL-DE, in an entry of Atom. */
const cap = fc.tuple(fc.nat(4), capAlert, capAlert).map(([wrapper, first, second]) => {
  switch (wrapper) {
    case 0:
      return `<alerts>${first}${second}</alerts>`;
    case 1:
      return first.replaceAll(/<(\/?)(\w)/g, '<$1cap:$2').replace(/xmlns="/, 'xmlns:cap="');
    case 2:
      return `<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><contentObject><xmlContent><embeddedXMLContent>${first}</embeddedXMLContent></xmlContent></contentObject></EDXLDistribution>`;
    case 3:
      return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="text/xml">${first}</content></entry></feed>`;
    default:
      return `<?xml version="1.0" encoding="UTF-8"?>\n${first}`;
  }
});

const gdacsItem = element(
  'item',
  inOrder(
    element('title', usually(words('Red earthquake alert', 'Green flood'))),
    element('pubDate', usually(rfc822)),
    element('gdacs:fromdate', usually(rfc822)),
    element('gdacs:todate', usually(rfc822)),
    some(element('gdacs:datemodified', usually(rfc822)), 1),
    some(element('guid', usually(words('EQ1355000', 'TC1001253'))), 1),
    element(
      'geo:Point',
      inOrder(element('geo:lat', usually(latitude)), element('geo:long', usually(longitude))),
    ),
    some(element('georss:point', usually(fc.tuple(latitude, longitude).map(point => point.join(' ')))), 1),
    some(element('gdacs:bbox', usually(words('36 38 36 38', '179 -179 -18 -16', '1 2'))), 1),
    element('gdacs:eventtype', usually(words('EQ', 'TC', 'FL', 'VO', 'DR', 'WF', 'TS'))),
    element('gdacs:alertlevel', usually(words('Red', 'Orange', 'Green'))),
    element('gdacs:episodealertlevel', usually(words('Red', 'Orange', 'Green'))),
    element('gdacs:eventid', usually(words('1355000', '1001253'))),
    element('gdacs:episodeid', usually(words('1', '1726628'))),
    element('gdacs:severity', usually(words('Magnitude 7.8M, Depth:10km')), ' unit="M" value="7.8"'),
    element('gdacs:population', usually(words('5 million')), ' unit="Population" value="5390000"'),
    element('gdacs:iso3', usually(words('TUR', 'NP', '', '\n'))),
    element(
      'gdacs:country',
      usually(words('Turkey', 'Off shore', '[unknown]', 'Bulgaria, Iraq, Iran, Turkey')),
    ),
    some(element('gdacs:glide', usually(words('EQ-2023-000015-TUR', 'EP-2020-000012-001'))), 1),
    some(element('gdacs:iscurrent', words('true', 'false', '')), 1),
    some(element('gdacs:temporary', words('true', 'false', '')), 1),
  ),
);

const gdacs = some(gdacsItem, 4).map(
  items =>
    `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:gdacs="http://www.gdacs.org" xmlns:georss="http://www.georss.org/georss"><channel>${items}</channel></rss>`,
);

const jma = inOrder(
  element(
    'Title',
    usually(words('震源・震度に関する情報', '津波警報・注意報・予報a', '噴火警報・予報', '震度速報')),
  ),
  element('Status', usually(words('通常', '通常', '訓練', '試験'))),
)
  .chain(control =>
    fc.record({
      control: fc.constant(control),
      head: inOrder(
        element('ReportDateTime', usually(offsetInstant)),
        element('TargetDateTime', usually(offsetInstant)),
        element('EventID', usually(words('20240101161010', '506', ''))),
        element('InfoType', usually(words('発表', '訂正', '取消', '遅延'))),
        element('Serial', usually(words('1', '2', ''))),
        element('InfoKind', usually(words('地震情報', '津波警報・注意報・予報', '噴火警報・予報'))),
      ),
      body: inOrder(
        element('OriginTime', usually(offsetInstant)),
        element(
          'Hypocenter',
          element(
            'Area',
            inOrder(
              element('Name', usually(words('石川県能登地方'))),
              element('Coordinate', usually(words('+37.5+137.3-16000/', '', '+37.5+137.3/'))),
            ),
          ),
        ),
        element('Magnitude', usually(words('7.6', 'NaN', ''))),
      ),
      kind: element(
        'Kind',
        inOrder(
          element('Name', words('大津波警報', '津波注意報', '警報解除')),
          element('Code', words('52', '62', '50', '60')),
        ),
      ),
    }),
  )
  .map(
    ({
      control,
      head,
      body,
      kind,
    }) => `<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control>${control}</Control>
<Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/">${head}</Head>
<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/seismology1/"><Earthquake>${body}</Earthquake><Tsunami><Forecast><Item><Area><Name>石川県能登</Name><Code>350</Code></Area><Category>${kind}</Category></Item></Forecast></Tsunami></Body></Report>`,
  );

/** A record of which each field may be absent or junk. */
const json = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc.record(
    Object.fromEntries(
      Object.entries(fields).map(([key, good]) => [
        key,
        fc.oneof({ weight: 20, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...junkValues) }),
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

const jsonText = (value: fc.Arbitrary<unknown>) => value.map(each => JSON.stringify(each));

/** A body of any of these formats. */
export const body: fc.Arbitrary<string> = fc.oneof(
  cap,
  gdacs,
  jma,
  jsonText(usgs),
  jsonText(eonet),
  jsonText(nws),
  jsonText(emsc),
);
