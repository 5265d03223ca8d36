import { capInfo, capMessage, gdacsItem, gdacsRss } from '../messages.ts';
import { capAtom, entry, fields, linked } from './cap/cap-feeds.ts';

const rss = (head: string, item: string) =>
  `<rss version="2.0" xmlns:georss="http://www.georss.org/georss" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"
    xmlns:gml="http://www.opengis.net/gml" xmlns:emsc="https://www.emsc-csem.org" xmlns:nhc="https://www.nhc.noaa.gov"
    xmlns:dfes="http://emergency.wa.gov.au/xmlns/dfes"><channel>${head}<item>${item}</item></channel></rss>`;
const feed = (head: string, item: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss"
    xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">${head}<entry>${item}</entry></feed>`;

const jma = (title: string, body: string) =>
  `<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control><Title>${title}</Title><DateTime>2024-01-01T07:12:00Z</DateTime>
    <Status>通常</Status><EditorialOffice>気象庁本庁</EditorialOffice><PublishingOffice>気象庁</PublishingOffice></Control>
    <Head><Title>${title}</Title><ReportDateTime>2024-01-01T16:12:00+09:00</ReportDateTime>
    <TargetDateTime>2024-01-01T16:12:00+09:00</TargetDateTime><EventID>20240101161010</EventID><InfoType>発表</InfoType>
    <Serial>1</Serial><InfoKind>情報</InfoKind><Headline><Text>注意してください。</Text></Headline></Head>${body}</Report>`;

/** One small sound body of each format in XML (two where a format has two shapes), written from what the publishers document. */
export const xmlSamples: readonly (readonly [format: string, body: string])[] = [
  [
    'jma-xml',
    jma(
      '震源・震度に関する情報',
      `<Body><Earthquake><OriginTime>2024-01-01T16:10:00+09:00</OriginTime><Hypocenter><Area><Name>石川県能登地方</Name>
        <Coordinate>+37.5+137.3-16000/</Coordinate></Area></Hypocenter><Magnitude type="Mj">7.6</Magnitude></Earthquake>
        <Intensity><Observation><MaxInt>7</MaxInt></Observation></Intensity></Body>`,
    ),
  ],
  [
    'jma-xml',
    jma(
      '津波警報・注意報・予報',
      `<Body><Tsunami><Forecast><Item><Area><Name>石川県能登</Name><Code>390</Code></Area><Category><Kind><Name>大津波警報</Name>
        <Code>53</Code></Kind><LastKind><Name>津波なし</Name><Code>00</Code></LastKind></Category>
        <MaxHeight><TsunamiHeight unit="m">5</TsunamiHeight></MaxHeight></Item></Forecast></Tsunami></Body>`,
    ),
  ],
  [
    'nhc-rss',
    rss(
      '<title>NHC Atlantic</title>',
      `<title>Summary for Hurricane Milton (AT4/AL142024)</title><guid>summary-al142024-202410081453</guid>
       <pubDate>Tue, 08 Oct 2024 14:53:00 GMT</pubDate><nhc:Cyclone><nhc:center>22.7, -88.4</nhc:center><nhc:type>Hurricane</nhc:type>
       <nhc:name>Milton</nhc:name><nhc:wallet>AT4</nhc:wallet><nhc:atcf>AL142024</nhc:atcf>
       <nhc:datetime>10:00 AM CDT Tue Oct 8</nhc:datetime><nhc:wind>150 mph</nhc:wind><nhc:headline>...</nhc:headline></nhc:Cyclone>`,
    ),
  ],
  ['gdacs-rss', gdacsRss([gdacsItem()])],
  [
    'tsunami-atom',
    feed(
      `<id>urn:uuid:1</id><title>TSUNAMI MESSAGE</title><updated>2026-01-02T03:04:05Z</updated>
       <author><name>NWS NATIONAL TSUNAMI WARNING CENTER PALMER AK</name><uri>https://www.tsunami.gov/</uri></author>`,
      `<title>FOX ISLANDS</title><updated>2026-01-02T03:04:05Z</updated><geo:lat>51.8</geo:lat><geo:long>-171.4</geo:long>
       <summary>Category: Warning 7.1(Mwp)</summary><id>urn:uuid:2</id>
       <link rel="alternate" href="https://www.tsunami.gov/events/PAAQ/2026/01/02/abc123/2/WEPA41/WEPA41.txt"/>`,
    ),
  ],
  [
    'qld-bushfire',
    feed(
      '<title>Bushfire Alert Feed</title><author><name>Queensland Fire Department</name></author>',
      `<category term="Advice"/><content>Alert Level: Advice\nReported (UTC): 2018-09-08T05:01:50\nCurrent Status: Going</content>
       <id>QF2-18-186203</id><published>2018-09-08T05:01:50</published><title>Eurimbula</title>
       <updated>2018-09-21T04:25:41</updated><georss:point>-24.17 151.79</georss:point>`,
    ),
  ],
  [
    'wa-dfes',
    rss(
      '<title>DFES Warnings (All Regions)</title><link>http://emergency.wa.gov</link>',
      `<title>Bushfire Advice for Kununurra</title><link>https://www.emergency.wa.gov.au/#map/warning/bav_1</link>
       <description>Category: Bushfire</description><dfes:region>Kimberley</dfes:region>
       <dfes:publicationTime>30/09/18 06:04 PM</dfes:publicationTime><pubDate>Sun, 30 Sep 2018 10:04:07 GMT</pubDate>
       <guid>1308</guid><geo:long>128.98</geo:long><geo:lat>-15.62</geo:lat>`,
    ),
  ],
  [
    'australian-fires',
    rss(
      '<title>NSW Rural Fire Service - Major Incidents</title><link>https://www.rfs.nsw.gov.au/</link>',
      `<title>Badja Forest Rd</title><link>https://www.rfs.nsw.gov.au/fire-information/fires-near-me</link><category>Advice</category>
       <guid>https://incidents.rfs.nsw.gov.au/api/v1/incidents/366937</guid><pubDate>Sun, 18 Feb 2018 00:11:00 GMT</pubDate>
       <description>ALERT LEVEL: Advice &lt;br /&gt;STATUS: Going &lt;br /&gt;TYPE: Bush Fire &lt;br /&gt;FIRE: Yes</description>
       <georss:point>-36.25 149.92</georss:point>`,
    ),
  ],
  [
    'quake-georss',
    feed(
      '<title>USGS All Earthquakes, Past Hour</title><author><name>U.S. Geological Survey</name></author>',
      `<id>urn:earthquake-usgs-gov:us:1000309d</id><title>M 6.4 - 106km NNE of Tobelo, Indonesia</title>
       <updated>2015-08-07T20:01:21.163Z</updated><summary>2015-08-07 19:22:37 UTC</summary>
       <georss:point>2.5395 128.5252</georss:point><georss:elev>-226110</georss:elev>`,
    ),
  ],
  [
    'emsc-rss',
    rss(
      '<title>EMSC - Last 50 earthquakes</title><link>https://www.emsc-csem.org/</link>',
      `<title>Mw 7.8  CENTRAL TURKEY</title><link>https://www.emsc-csem.org/Earthquake/earthquake.php?id=1218444</link>
       <geo:lat>37.17</geo:lat><geo:long>37.08</geo:long><emsc:depth>20 f</emsc:depth><emsc:magnitude>Mw 7.8</emsc:magnitude>
       <emsc:time>2023-02-06 01:17:36 UTC</emsc:time><pubDate>Mon, 06 Feb 2023 01:40:00 +0000</pubDate>`,
    ),
  ],
  [
    'nrcan-rss',
    rss(
      '<title>Earthquakes</title><link>http://www.earthquakescanada.nrcan.gc.ca/index.php</link><language>en-CA</language>',
      `<title>2018-08-21: M=4.8 - 209 km W of Port Hardy, BC</title>
       <guid>http://www.earthquakescanada.nrcan.gc.ca/recent_eq/2018/20180821.1310/index-en.php</guid>
       <description>magnitude: 4.8&lt;br/&gt;time: 2018-08-21 13:10 UT</description><pubDate>Tue, 21 Aug 2018 13:10:00 GMT</pubDate>
       <georss:where><gml:Point><gml:pos>50.66 -130.47</gml:pos></gml:Point></georss:where>`,
    ),
  ],
  [
    'quakeml',
    `<q:quakeml xmlns="http://quakeml.org/xmlns/bed/1.2" xmlns:q="http://quakeml.org/xmlns/quakeml/1.2"><eventParameters publicID="p">
      <event publicID="quakeml:earthquake.usgs.gov/product/us6000jllz"><preferredOriginID>o1</preferredOriginID><type>earthquake</type>
      <typeCertainty>known</typeCertainty><description><type>earthquake name</type><text>Pazarcik</text></description>
      <origin publicID="o1"><time><value>2023-02-06T01:17:34.342Z</value></time><longitude><value>37.0143</value></longitude>
      <latitude><value>37.2256</value></latitude><depth><value>10000</value></depth><depthType>other</depthType>
      <evaluationMode>manual</evaluationMode></origin><magnitude publicID="m1"><mag><value>7.8</value></mag><type>mww</type></magnitude>
      <creationInfo><agencyID>US</agencyID><creationTime>2023-02-07T00:00:00Z</creationTime></creationInfo></event></eventParameters></q:quakeml>`,
  ],
  [
    'pager-xml',
    `<pager version="2.0" process_timestamp="2023-02-06T01:40:00Z" ccode="TR" tsunami="0"><event eventcode="us6000jllz"
      magnitude="7.8" depth="10.0" lat="37.226" lon="37.014" event_timestamp="2023-02-06T01:17:34Z"
      event_description="CENTRAL TURKEY" maxmmi="9.0"/><alert type="fatality" level="red" summary="yes"/>
      <exposure dmin="5.5" dmax="6.5" exposure="10"/></pager>`,
  ],
  [
    'cap-index',
    capAtom(
      `${entry(linked('https://alerts.example/1.cap'))}<entry><id>urn:2</id><title>Flood</title>${fields(
        '<cap:identifier>A1</cap:identifier><cap:sender>met@agency.example</cap:sender><cap:sent>2024-05-01T09:00:00Z</cap:sent>',
      )}</entry>`,
    ),
  ],
  [
    'cap',
    capMessage({
      infos: [
        capInfo({
          more: '<eventCode><valueName>SAME</valueName><value>FFW</value></eventCode><parameter><valueName>VTEC</valueName><value>x</value></parameter>',
          area: '<area><areaDesc>coast</areaDesc><geocode><valueName>UGC</valueName><value>WAC033</value></geocode><geocode><valueName>EMMA_ID</valueName><value>EL001</value></geocode></area>',
        }),
      ],
    }),
  ],
];
