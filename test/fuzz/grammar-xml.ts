import fc from 'fast-check';
import {
  identifier,
  latitude,
  longitude,
  name,
  offsetInstant,
  rfc822,
  sender,
  vtec,
  words,
} from './grammar-values.ts';
import { junkTexts } from './junk.ts';

const junk = fc.oneof(fc.constantFrom(...junkTexts), fc.string({ unit: 'binary', maxLength: 30 }));

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(']]>', ']]&gt;');

/** A field's text: mostly as it should be. */
const usually = (good: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 30, arbitrary: good }, { weight: 1, arbitrary: junk.map(escaped) });

/** An element, sometimes absent, sometimes twice. */
const element = (name: string, content: fc.Arbitrary<string>, attributes = ''): fc.Arbitrary<string> =>
  fc
    .record({
      content,
      times: fc.oneof(
        { weight: 40, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: words('0', '2').map(Number) },
      ),
    })
    .map(({ content: text, times }) => `<${name}${attributes}>${text}</${name}>`.repeat(times));

const inOrder = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map(all => all.join('\n'));
const some = (part: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(part, { maxLength }).map(all => all.join('\n'));

const polygon = fc
  .array(fc.tuple(latitude, longitude), { maxLength: 12 })
  .map(points => [...points, ...points.slice(0, 1)].map(point => point.join(',')).join(' '));
const circle = fc
  .tuple(latitude, longitude, words('0', '12.5', '-1', '9000'))
  .map(([y, x, km]) => `${y},${x} ${km}`);
const pair = (tag: string, names: fc.Arbitrary<string>, values: fc.Arbitrary<string>) =>
  element(tag, inOrder(element('valueName', names), element('value', usually(values))));

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

/** A body in XML. */
export const xmlBody: fc.Arbitrary<string> = fc.oneof(cap, gdacs, jma);
