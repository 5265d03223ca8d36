import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { readBody } from '../../../../functions/alerts/intake.ts';
import { read } from '../../messages.ts';

const captures = join(import.meta.dirname, '../../../../../shared/captures');
const bulletinUrl = 'https://www.tsunami.gov/events/PAAQ/2026/01/02/abc123/2/WEPA41';
const capLink = `<link rel="related" type="application/cap+xml" href="${bulletinUrl}/PAAQCAP.xml"/>`;

const page = (category: string, magnitude = '7.1(Mwp)') =>
  `<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><strong>Category:</strong> ${category}<br/>
   <strong>Bulletin Issue Time: </strong> 2026.01.02 03:04:05 UTC <br/><strong>Preliminary Magnitude: </strong>${magnitude}<br/>
   <strong>Lat/Lon: </strong>51.8 / -171.4<br/><strong>Affected Region: </strong>FOX ISLANDS</div></summary>`;

const feed = (summary: string, links = '', number = '2') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">
    <id>urn:uuid:1</id><title>TSUNAMI MESSAGE NUMBER ${number}</title><updated>2026-01-02T03:04:05Z</updated>
    <author><name>NWS NATIONAL TSUNAMI WARNING CENTER PALMER AK</name><uri>https://www.tsunami.gov/</uri></author>
    <entry><title>FOX ISLANDS</title><updated>2026-01-02T03:04:05Z</updated><geo:lat>51.8</geo:lat><geo:long>-171.4</geo:long>
    ${summary}<id>urn:uuid:2</id>${links}
    <link rel="alternate" type="application/xml" href="${bulletinUrl.replace('/2/W', `/${number}/W`)}/WEPA41.txt"/></entry></feed>`;

describe('the Atom feed of a tsunami warning centre', () => {
  it('leaves the word to the CAP message that it links to', async () => {
    const reading = await read(feed(page('Warning'), capLink));
    expect([reading.format, reading.accepted, reading.madeAt]).toEqual([
      'tsunami-atom',
      [],
      '2026-01-02T03:04:05.000Z',
    ]);
    expect(reading.ignored).toEqual([
      { item: 'entry[0] urn:uuid:2', reason: 'only links to www.tsunami.gov, whose CAP message speaks' },
    ]);
    expect(reading.links).toEqual([{ place: 'entry[0]', url: `${bulletinUrl}/PAAQCAP.xml` }]);
  });

  it('is read where there is none, under the name that the CAP message would have', async () => {
    const body = feed(page('Warning'));
    const { accepted, rejected, links } = await read(body);
    expect([rejected, links]).toEqual([[], []]);
    expect(accepted[0]).toMatchObject({
      source: 'ntwc@noaa.gov',
      sourceId: 'PAAQ-2-abc123',
      revision: '2026-01-02T03:04:05.000Z',
      messageType: 'Update',
      hazard: 'TS',
      level: 'Red',
      levelRule: 'tsunami-category-warning',
      sourceLevel: { scale: 'tsunami category', value: 'warning' },
      title: 'Tsunami warning: FOX ISLANDS',
      position: { latitude: 51.8, longitude: -171.4 },
      measures: [{ name: 'magnitude', value: 7.1, unit: 'M' }],
      endedAt: null,
    });
    expect(accepted[0]?.ownIds).toEqual(expect.arrayContaining(['incident:ntwc@noaa.gov,abc123']));
    expect(accepted[0]?.remarks[0]).toMatch(/time of the earthquake is not given/);
    const document = readDocument(new TextEncoder().encode(body));
    for (const place of Object.values(accepted[0]?.places ?? {}))
      expect(valueAt(document, `entry[0]/${place}`)).toBeDefined();
  });

  it.each([
    ['Warning', 'Red'],
    ['Threat', 'Red'],
    ['Watch', 'Orange'],
    ['Advisory', 'Orange'],
    ['Information', 'Green'],
    ['Cancellation', 'Green'],
    ['Something New', 'Unknown'],
  ])('has %s as %s', async (category, level) => {
    const { accepted } = await read(feed(page(category)));
    expect(accepted[0]?.level).toBe(level);
    expect(accepted[0]?.endedAt).toBe(category === 'Cancellation' ? '2026-01-02T03:04:05.000Z' : null);
  });

  it('reads the same page as escaped HTML, and volcanic magnitudes', async () => {
    const html = page('Advisory', '1.0 Ml').replace(/<summary.*?<div[^>]*>|<\/div><\/summary>/gs, '');
    const { accepted } = await read(feed(`<summary type="html"><![CDATA[${html}]]></summary>`));
    expect([accepted[0]?.level, accepted[0]?.measures[0]?.value]).toEqual(['Orange', 1]);
  });

  it('refuses a bulletin that names no event', async () => {
    const reading = await read(feed(page('Warning')).replace('/events/PAAQ/', '/x/'));
    expect(reading.rejected).toEqual([
      { item: 'entry[0] urn:uuid:2', reason: 'no link that names the event and the bulletin' },
    ]);
  });

  it.skipIf(!existsSync(captures))('reads the feed as it was published', async () => {
    const reading = await readBody(readFileSync(join(captures, 'cap-index/ptwc-atom-2026-09-27.xml')));
    expect([reading.format, reading.accepted.length, reading.ignored.length, reading.links]).toEqual([
      'tsunami-atom',
      0,
      1,
      [
        {
          place: 'entry[0]',
          url: 'https://www.tsunami.gov/events/PHEB/2026/09/27/26270050/1/WECA42/PHEBCAP.xml',
        },
      ],
    ]);
  });
});
