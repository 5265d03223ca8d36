import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../functions/alerts/documents/place.ts';
import { readBody } from '../../../functions/alerts/intake.ts';
import { read } from '../messages.ts';

const captures = join(import.meta.dirname, '../../../../shared/captures');

/** Every field of every alert is where its message says that it was read. */
const expectPlaces = async (body: string | Uint8Array) => {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const document = readDocument(bytes);
  const { accepted } = await readBody(bytes);
  expect(accepted.length).toBeGreaterThan(0);
  for (const alert of accepted)
    for (const place of Object.values(alert.places))
      expect(valueAt(document, `${alert.rawPlace}/${place}`), `${alert.rawPlace}/${place}`).toBeDefined();
};

const atom = (author: string, title: string, entries: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss"
    xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"><title>${title}</title>
    <updated>2018-09-23T17:37:02${author === 'Queensland Fire Department' ? '' : 'Z'}</updated>
    <author><name>${author}</name></author>${entries}</feed>`;

const rss = (title: string, link: string, items: string) =>
  `<rss version="2.0" xmlns:georss="http://www.georss.org/georss" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">
    <channel><title>${title}</title><link>${link}</link>${items}</channel></rss>`;

describe('bushfires of Queensland', () => {
  const fire = (category: string, status = 'Going', more = '') =>
    `<entry><category term="${category}"/><content>Alert Level: ${category}
      Reported (UTC): 2018-09-08T05:01:50
      Current Status: ${status}
      Details: &lt;div&gt;…&lt;/div&gt;</content><id>QF2-18-186203</id><published>2018-09-08T05:01:50</published>
      <title>Eurimbula</title><updated>2018-09-21T04:25:41</updated>
      <georss:point>-24.1721 151.7917</georss:point>${more}</entry>`;
  const feed = (entries: string) => atom('Queensland Fire Department', 'Bushfire Alert Feed', entries);

  it('are read in UTC, under the number of the incident', async () => {
    const reading = await read(feed(fire('Watch and Act')));
    expect([reading.format, reading.madeAt]).toEqual(['qld-bushfire', '2018-09-23T07:37:02.000Z']);
    expect(reading.accepted[0]).toMatchObject({
      source: 'QFES',
      sourceId: 'QF2-18-186203',
      revision: '2018-09-21T04:25:41.000Z',
      occurredAt: '2018-09-08T05:01:50.000Z',
      hazard: 'WF',
      level: 'Green',
      levelRule: 'australian-warning-watch-and-act',
      position: { latitude: -24.1721, longitude: 151.7917 },
      countries: ['AUS'],
      endedAt: null,
    });
    await expectPlaces(feed(fire('Advice') + fire('Emergency Warning', 'Extinguished')));
  });

  it.each([
    ['Emergency Warning', 'Orange'],
    ['Advice', 'Green'],
    ['Notification', 'Green'],
    ['No Alert Level', 'Green'],
    ['', 'Unknown'],
  ])('of the category "%s" are %s', async (category, level) => {
    expect((await read(feed(fire(category)))).accepted[0]?.level).toBe(level);
  });

  it.each([
    ['Going', null],
    ['Patrolled', null],
    ['Contained', null],
    ['Out of control', null],
    ['Extinguished', '2018-09-21T04:25:41.000Z'],
    ['Out', '2018-09-21T04:25:41.000Z'],
  ])('%s end at %s', async (status, endedAt) => {
    expect((await read(feed(fire('Advice', status)))).accepted[0]?.endedAt).toBe(endedAt);
  });

  it('pass over fires lit on purpose, and name what is missing', async () => {
    const reading = await read(
      feed(
        fire('Permitted Burn') +
          fire('Advice').replace(/<id>.*?<\/id>/, '') +
          fire('Advice').replace(/<(updated|published)>.*?<\/\1>/g, ''),
      ),
    );
    expect(reading.ignored[0]?.reason).toBe('permitted burn: lit on purpose');
    expect(reading.rejected.map(each => each.reason)).toEqual([
      'no id',
      'neither updated nor published is a time',
    ]);
  });
});

describe('fires of New South Wales and Tasmania', () => {
  const fire = (type: string, status = 'Being controlled', more = '') =>
    `<item><title>Badja Forest Rd, Countegany</title><link>https://www.rfs.nsw.gov.au/fire-information/fires-near-me</link>
      <category>Advice</category><guid isPermaLink="true">https://incidents.rfs.nsw.gov.au/api/v1/incidents/366937</guid>
      <pubDate>Sun, 18 Feb 2018 00:11:00 GMT</pubDate><description>ALERT LEVEL: Advice &lt;br /&gt;LOCATION: Badja Forest Rd
      &lt;br /&gt;STATUS: ${status} &lt;br /&gt;TYPE: ${type} &lt;br /&gt;FIRE: Yes &lt;br /&gt;SIZE: 1,054 ha &lt;br /&gt;UPDATED: 18 Feb 2018
      11:11</description><georss:point>-36.25 149.92</georss:point>${more}</item>`;
  const feed = (items: string) =>
    rss('NSW Rural Fire Service - Major Incidents', 'https://www.rfs.nsw.gov.au/', items);

  it('are read with size and state', async () => {
    const body = feed(
      fire(
        'Bush Fire',
        'Being controlled',
        '<georss:polygon>-36 149 -36 150 -37 150 -36 149</georss:polygon>',
      ),
    );
    const reading = await read(body);
    expect(reading.format).toBe('australian-fires');
    expect(reading.accepted[0]).toMatchObject({
      source: 'NSW RFS',
      sourceId: '366937',
      sentAt: '2018-02-18T00:11:00.000Z',
      hazard: 'WF',
      level: 'Green',
      measures: [{ name: 'areaKm2', value: 10.54, unit: 'km2' }],
      endedAt: null,
    });
    expect(reading.accepted[0]?.footprint).toHaveLength(1);
    await expectPlaces(body);
  });

  it.each([
    ['Out', '2018-02-18T00:11:00.000Z'],
    ['Out of control', null],
    ['Under control', null],
  ])('%s end at %s', async (status, endedAt) => {
    expect((await read(feed(fire('Grass Fire', status)))).accepted[0]?.endedAt).toBe(endedAt);
  });

  it('pass over burns, vehicles and houses', async () => {
    const reading = await read(
      feed(['Hazard Reduction', 'Structure Fire', 'VEHICLE FIRE', ''].map(type => fire(type)).join('')),
    );
    expect(reading.ignored.map(each => each.reason)).toEqual([
      'Hazard Reduction: lit on purpose',
      'Structure Fire: no fire of the land',
      'VEHICLE FIRE: no fire of the land',
      'no type: no fire of the land',
    ]);
  });

  it('are told apart by service', async () => {
    const tasmania = fire('VEGETATION FIRE').replace(
      /<guid.*?<\/guid>/,
      '<guid>tag:www.fire.tas.gov.au,2018-09-30:18031118</guid>',
    );
    const body = rss(
      'Current Alerts List throughout Tasmania',
      'http://www.fire.tas.gov.au/Show?pageId=x',
      tasmania,
    );
    const { accepted } = await read(body);
    expect([accepted[0]?.source, accepted[0]?.sourceId]).toEqual(['TFS', '18031118']);
  });
});

describe('earthquakes in Atom and RSS', () => {
  const summary = (more = '') =>
    `<summary type="html"><![CDATA[<p class="quicksummary">${more}</p><dl><dt>Time</dt><dd>2015-08-07 19:22:37 UTC</dd>
      <dd>2015-08-08 04:22:37 +09:00 at epicenter</dd><dt>Depth</dt><dd>226.11 km (140.50 mi)</dd></dl>]]></summary>`;
  const usgs = (content = summary(), id = 'urn:earthquake-usgs-gov:us:1000309d') =>
    `<entry><id>${id}</id><title>M 6.4 - 106km NNE of Tobelo, Indonesia</title><updated>2015-08-07T20:01:21.163Z</updated>
      <link rel="alternate" type="text/html" href="https://earthquake.usgs.gov/earthquakes/eventpage/us1000309d"/>
      <link rel="alternate" type="application/cap+xml" href="https://earthquake.usgs.gov/x/us1000309d.cap"/>${content}
      <georss:point>2.5395 128.5252</georss:point><georss:elev>-226110</georss:elev><category label="Age" term="Past Day"/></entry>`;
  const feed = (entries: string) =>
    atom('U.S. Geological Survey', 'USGS All Earthquakes, Past Hour', entries);

  it('of the USGS are the quakes of its GeoJSON, by id and revision', async () => {
    const reading = await read(feed(usgs()));
    const geojson = await read({
      type: 'FeatureCollection',
      metadata: { generated: 1438977681163, count: 1, status: 200, title: 'USGS All Earthquakes, Past Hour' },
      features: [
        {
          type: 'Feature',
          id: 'us1000309d',
          properties: {
            mag: 6.4,
            place: 'x',
            time: 1438975357000,
            updated: 1438977681163,
            ids: ',us1000309d,',
            sources: ',us,',
            net: 'us',
            code: '1000309d',
            type: 'earthquake',
            status: 'reviewed',
            title: 'M 6.4 - x',
          },
          geometry: { type: 'Point', coordinates: [128.5252, 2.5395, 226.11] },
        },
      ],
    });
    expect(reading.format).toBe('quake-georss');
    const [alert] = reading.accepted;
    expect(alert).toMatchObject({
      alertId: geojson.accepted[0]?.alertId,
      occurredAt: '2015-08-07T19:22:37.000Z',
      hazard: 'EQ',
      level: 'Unknown',
      position: { latitude: 2.5395, longitude: 128.5252 },
      measures: [
        { name: 'magnitude', value: 6.4, unit: 'M' },
        { name: 'depthKm', value: 226.11, unit: 'km' },
      ],
    });
    expect(alert?.ownIds).toContain('usgs:us1000309d');
    await expectPlaces(feed(usgs()));
  });

  it('have the colour of PAGER where the USGS gives one', async () => {
    const pager =
      '<a href="#pager" title="PAGER estimated impact alert level" class="pager-orange">PAGER</a>';
    const { accepted } = await read(feed(usgs(summary(pager))));
    expect([accepted[0]?.level, accepted[0]?.places.level]).toEqual(['Orange', 'summary']);
  });

  it('of before 2012, which say nothing of a revision, are left to the CAP messages they link to', async () => {
    const old = usgs('<summary type="html">x</summary>').replace('.163Z', 'Z').replace(' - ', ', ');
    const reading = await read(feed(old));
    expect([reading.format, reading.links.length]).toEqual(['cap-index', 1]);
    const bare = old.replace(/<link rel="alternate" type="application\/cap\+xml".*?\/>/, '');
    expect((await read(feed(bare))).accepted[0]?.occurredAt).toBe('2015-08-07T20:01:21.000Z');
  });

  it('of Italy are known by the number of the event', async () => {
    const entry = `<entry><id> smi:webservices.ingv.it/fdsnws/event/1/query?eventId=1234 </id>
      <title><![CDATA[ 2018-10-06 10:21:33 UTC - Magnitude(ML) 2.3 - 1 km NE Biancavilla (CT) ]]></title>
      <updated>2018-10-06T10:30:00+00:00</updated><geo:Point><geo:lat>37.654</geo:lat><geo:long>14.878</geo:long></geo:Point></entry>`;
    const body = atom('Istituto Nazionale di Geofisica e Vulcanologia', 'INGV - CNT - Locations', entry);
    const { accepted } = await read(body);
    expect(accepted[0]).toMatchObject({
      source: 'INGV',
      sourceId: '1234',
      occurredAt: '2018-10-06T10:21:33.000Z',
      sentAt: '2018-10-06T10:30:00.000Z',
      measures: [{ name: 'magnitude', value: 2.3, unit: 'M' }],
      level: 'Green',
    });
    await expectPlaces(body);
    const early = body.replace('2018-10-06T10:30', '2018-10-06T08:30');
    expect((await read(early)).accepted[0]?.sentAt).toBe('2018-10-06T10:21:33.000Z');
    await expectPlaces(early);
  });

  it('of Spain are read from their sentence', async () => {
    const item = (said: string) => `<item><title>-Info.terremoto: 18/03/2019 1:11:35</title>
      <link>http://www.ign.es/x/detailTerremoto?evid=es2019dejoe</link><description>${said}</description>
      <geo:lat>36.7595</geo:lat><geo:long>-9.1271</geo:long></item>`;
    const told =
      'Se ha producido un terremoto de magnitud 3.3 en SW CABO DE SAN VICENTE en la fecha 18/03/2019 1:11:35 en la siguiente localización: 36.7595,-9.1271';
    const body = rss('GeoRSS Sismología IGN', 'http://www.ign.es/ign/rss', item(told) + item('?'));
    const reading = await read(body);
    expect(reading.accepted[0]).toMatchObject({
      source: 'IGN',
      sourceId: 'es2019dejoe',
      occurredAt: '2019-03-18T01:11:35.000Z',
      measures: [{ name: 'magnitude', value: 3.3, unit: 'M' }],
      titles: { es: '-Info.terremoto: 18/03/2019 1:11:35' },
    });
    expect(reading.rejected.map(each => each.reason)).toEqual(['no time of the earthquake']);
    await expectPlaces(body);
  });

  it('are refused without id or position, item by item', async () => {
    const reading = await read(
      feed(usgs(summary(), 'urn:x') + usgs().replace(/<georss:point>.*?<\/georss:point>/, '') + usgs()),
    );
    expect(reading.rejected.map(each => each.reason)).toEqual(['no id of the USGS', 'no position']);
    expect(reading.accepted).toHaveLength(1);
  });
});

describe('feeds of nobody known', () => {
  it.each([
    [
      'positions alone',
      rss('Photos', 'https://a.org/', '<item><title>x</title><georss:point>1 2</georss:point></item>'),
    ],
    ['a title alone', rss('Earthquake news', 'https://a.org/', '<item><title>Earthquake!</title></item>')],
  ])('%s are no alerts', async (_, body) => {
    expect((await read(body)).problem?.name).toBe('UnknownFormat');
  });
});

describe.skipIf(!existsSync(captures))('feeds as they were published', () => {
  it('27 fires of Queensland', async () => {
    const bytes = new Uint8Array(readFileSync(join(captures, 'georss-other/qld-bushfire-2018.xml')));
    const reading = await readBody(bytes);
    expect([reading.format, reading.accepted.length, reading.ignored, reading.rejected]).toEqual([
      'qld-bushfire',
      27,
      [],
      [],
    ]);
    expect(reading.accepted.every(alert => alert.hazard === 'WF' && alert.position !== null)).toBe(true);
    await expectPlaces(bytes);
  });

  it('a list of titles behind a byte order mark is none', async () => {
    const reading = await readBody(readFileSync(join(captures, 'georss-other/bom.xml')));
    expect(reading.problem).toEqual({ name: 'UnknownFormat', reason: 'no known alert format' });
  });
});
