import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { readBody } from '../../../../functions/alerts/intake.ts';
import { read } from '../../messages.ts';

const captures = join(import.meta.dirname, '../../../../../shared/captures');

const feed = (items: string, title = 'DFES Warnings (All Regions)') =>
  `<rss version="2.0" xmlns:dfes="http://emergency.wa.gov.au/xmlns/dfes" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">
    <channel><title>${title}</title><link>http://emergency.wa.gov</link>${items}</channel></rss>`;

const warning = (title: string, category = 'Bushfire', more = '') =>
  `<item><title>${title}</title><link>https://www.emergency.wa.gov.au/#map/warning/bav_1</link>
    <description><![CDATA[<div><b>Category: </b>${category}</div><div><b>Alert Summary: </b>x</div>]]></description>
    <dfes:region>Kimberley</dfes:region><dfes:incidentNumber/>
    <dfes:publicationTime>30/09/18 06:04 PM</dfes:publicationTime>
    <pubDate>Sun, 30 Sep 2018 10:04:07 GMT</pubDate><guid>1308</guid>
    <geo:long>128.98</geo:long><geo:lat>-15.62</geo:lat>${more}</item>`;

const incident = (title: string) =>
  `<item><title>${title} (KUNUNURRA, SHIRE OF WYNDHAM,KIMBERLEY, FCAD: 402242)</title>
    <link>https://www.emergency.wa.gov.au/#map/incident/1593310</link><description>${title}</description>
    <pubDate>2018-08-30 17:07:10</pubDate><guid>1593310</guid><geo:long>128.7</geo:long><geo:lat>-15.6</geo:lat></item>`;

describe('warnings of Western Australia', () => {
  it('are read with their step, hazard and place', async () => {
    const body = feed(warning('Bushfire Emergency Warning for Kununurra'));
    const { accepted, format } = await read(body);
    expect(format).toBe('wa-dfes');
    expect(accepted[0]).toMatchObject({
      source: 'WA DFES',
      sourceId: '1308',
      revision: '2018-09-30T10:04:07.000Z',
      messageType: 'Alert',
      hazard: 'WF',
      level: 'Orange',
      levelRule: 'australian-warning-emergency-warning',
      countries: ['AUS'],
      position: { latitude: -15.62, longitude: 128.98 },
      endedAt: null,
    });
    const document = readDocument(new TextEncoder().encode(body));
    for (const place of Object.values(accepted[0]?.places ?? {}))
      expect(valueAt(document, `item[0]/${place}`)).toBeDefined();
  });

  it.each([
    ['Bushfire Watch and Act for Kununurra', 'Green', 'australian-warning-watch-and-act'],
    ['Bushfire Advice for Kununurra', 'Green', 'australian-warning-advice'],
    ['Bushfire near Kununurra', 'Unknown', 'australian-warning-unknown'],
  ])('%s is %s', async (title, level, rule) => {
    const { accepted } = await read(feed(warning(title)));
    expect([accepted[0]?.level, accepted[0]?.levelRule]).toEqual([level, rule]);
  });

  it.each([
    ['Storm', 'ST'],
    ['Cyclone', 'TC'],
    ['Flood', 'FL'],
    ['Earthquake', 'EQ'],
    ['Tsunami', 'TS'],
    ['Hazardous Material', 'AC'],
    ['Structure Fire', 'FR'],
    ['Heatwave', 'HT'],
    ['Something New', 'OT'],
  ])('of the category %s are about %s', async (category, hazard) => {
    expect((await read(feed(warning('Advice for Perth', category)))).accepted[0]?.hazard).toBe(hazard);
  });

  it.each([
    'After Storm: Cancellation for Goldfields-Midlands',
    'Bushfire ALL CLEAR for Kununurra',
    'Storm warning cancelled',
  ])('end where only the title says so: %s', async title => {
    const { accepted } = await read(feed(warning(title, 'Storm')));
    expect(accepted[0]).toMatchObject({
      messageType: 'Cancel',
      references: ['WA DFES:1308'],
      endedAt: '2018-09-30T10:04:07.000Z',
      level: 'Green',
      places: { endedAt: 'title' },
    });
  });

  it.each([
    ['Park Closure Advice for Mirima National Park', 'Other'],
    ['Total Fire Ban for Kimberley', 'Other'],
    ['Traffic crash on Great Northern Highway', 'Other'],
    ['Prescribed burn near Nannup', 'Bushfire'],
  ])('pass over what harms nobody: %s', async (title, category) => {
    const reading = await read(feed(warning(title, category === 'Bushfire' ? 'Burn Off' : category)));
    expect(reading.ignored).toEqual([{ item: 'item[0] 1308', reason: `${title}: no hazard by itself` }]);
  });

  it('take the local time of publication where there is no other', async () => {
    const body = feed(warning('Bushfire Advice for Kununurra')).replace(/<pubDate>.*?<\/pubDate>/, '');
    const { accepted } = await read(body);
    expect([accepted[0]?.sentAt, accepted[0]?.places.sentAt]).toEqual([
      '2018-09-30T10:04:00.000Z',
      'publicationTime',
    ]);
    const none = body.replace(/<dfes:publicationTime>.*?<\/dfes:publicationTime>/, '');
    expect((await read(none)).rejected).toEqual([
      { item: 'item[0] 1308', reason: 'neither pubDate nor publicationTime is a time' },
    ]);
  });

  it('name what is missing, item by item', async () => {
    const good = warning('Bushfire Advice for Kununurra');
    const reading = await read(
      feed(good.replace(/<guid>.*?<\/guid>/, '') + good.replace(/<title>.*?<\/title>/, '') + good),
    );
    expect(reading.rejected).toEqual([
      { item: 'item[0]', reason: 'no guid' },
      { item: 'item[1] 1308', reason: 'no title' },
    ]);
    expect(reading.accepted).toHaveLength(1);
  });

  it('know incidents by their dispatch number, in the time of Perth', async () => {
    const items = ['Bushfire', 'Burn Off', 'Active Alarm', 'Smell of Gas'].map(incident).join('');
    const reading = await read(feed(items, 'DFES Incidents (All Regions)'));
    expect(reading.accepted).toHaveLength(1);
    expect(reading.accepted[0]).toMatchObject({
      sourceId: 'incident-1593310',
      hazard: 'WF',
      level: 'Unknown',
      sentAt: '2018-08-30T09:07:10.000Z',
    });
    expect(reading.accepted[0]?.ownIds).toContain('incident:WA DFES,402242');
    expect(reading.ignored).toHaveLength(3);
  });

  it.skipIf(!existsSync(captures))('are read as they were published', async () => {
    const bytes = readFileSync(join(captures, 'georss-other/wa-dfes-warnings-2018.xml'));
    const reading = await readBody(bytes);
    expect([reading.format, reading.rejected]).toEqual(['wa-dfes', []]);
    expect(reading.accepted.map(alert => [alert.hazard, alert.messageType, alert.level])).toEqual([
      ['ST', 'Cancel', 'Green'],
      ['WF', 'Alert', 'Green'],
    ]);
    expect(reading.ignored).toHaveLength(1);
    for (const alert of reading.accepted)
      for (const place of Object.values(alert.places))
        expect(valueAt(readDocument(bytes), `${alert.rawPlace}/${place}`)).toBeDefined();
  });
});
