import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { nhcRss } from '../../../../functions/alerts/formats/national/nhc-rss.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, read } from '../../messages.ts';

type Storm = {
  type?: string;
  name?: string;
  atcf?: string;
  center?: string;
  datetime?: string;
  wind?: string;
  headline?: string;
  pubDate?: string;
  guid?: string;
  namespace?: string;
  beside?: string;
};

const feed = (storm: Storm = {}) => {
  const { atcf = 'AL142024', pubDate = 'Tue, 08 Oct 2024 14:53:00 GMT', name = 'Milton' } = storm;
  return `<rss version="2.0" xmlns:n="${storm.namespace ?? 'https://www.nhc.noaa.gov'}"><channel><title>NHC Atlantic</title>
  <pubDate>${pubDate}</pubDate>
  <item><title>Atlantic &lt;b&gt;Tropical&lt;/b&gt; Weather Outlook</title><link>https://www.nhc.noaa.gov/gtwo.php</link><pubDate>${pubDate}</pubDate></item>
  <item><title>Summary for &lt;b&gt;${storm.type ?? 'Hurricane'}&lt;/b&gt; ${name} (AT4/${atcf})</title>
  <guid isPermaLink="false">${storm.guid ?? 'summary-al142024-202410081453'}</guid><pubDate>${pubDate}</pubDate>
  <n:Cyclone><n:center>${storm.center ?? '22.7, -88.4'}</n:center><n:type>${storm.type ?? 'Hurricane'}</n:type><n:name>${name}</n:name>
  <n:wallet>AT4</n:wallet><n:atcf>${atcf}</n:atcf><n:datetime>${storm.datetime ?? '10:00 AM CDT Tue Oct 8'}</n:datetime>
  <n:movement>ENE at 12 mph</n:movement><n:pressure>929 mb</n:pressure><n:wind>${storm.wind ?? '150 mph'}</n:wind>
  <n:headline>${storm.headline ?? ' ...MILTON HEADS FOR FLORIDA...'}</n:headline></n:Cyclone></item>${storm.beside ?? ''}</channel></rss>`;
};

const one = async (storm: Storm = {}): Promise<Alert> => {
  const { accepted, rejected } = await read(feed(storm));
  expect(rejected).toEqual([]);
  return accepted[0]!;
};

describe('NHC advisories', () => {
  it('reads the summary of a storm and passes over what stands beside it', async () => {
    const reading = await read(feed());
    expect(reading.format).toBe('nhc-rss');
    expect(reading.ignored.map(({ reason }) => reason)).toEqual([
      'Atlantic Tropical Weather Outlook: text or graphics beside the summary',
    ]);
    expect(reading.accepted[0]).toMatchObject({
      source: 'NHC',
      sourceId: 'AL142024',
      hazard: 'TC',
      level: 'Unknown',
      position: { latitude: 22.7, longitude: -88.4 },
      sentAt: '2024-10-08T14:53:00.000Z',
      sourceLevel: { scale: 'NHC type of cyclone', value: 'Hurricane' },
      title: 'Summary for Hurricane Milton (AT4/AL142024) ...MILTON HEADS FOR FLORIDA...',
      measures: [
        { name: 'windKmh', value: 241, unit: 'km/h' },
        { name: 'pressureHpa', value: 929, unit: 'hPa' },
      ],
    });
    expect(reading.accepted[0]?.ownIds).toContain('atcf:AL142024');
    expect(reading.accepted[0]?.strongIds).toContain('storm:milton-2024');
  });

  it.each([
    ['7:00 AM CDT Tue Oct 8', '2024-10-08T12:00:00.000Z'],
    ['800 AM EDT Tue Oct 8', '2024-10-08T12:00:00.000Z'],
    ['1200 UTC Tue Oct 08', '2024-10-08T12:00:00.000Z'],
    ['12:00 AM AST Tue Oct 8', '2024-10-08T04:00:00.000Z'],
    ['11:00 PM HST Mon Oct 7', '2024-10-08T09:00:00.000Z'],
    ['11:00 AM EDT Tue Oct 8', '2024-10-08T14:53:00.000Z'],
    ['7:00 AM XXX Tue Oct 8', '2024-10-08T14:53:00.000Z'],
    ['7:00 AM CDT Mon Jan 1', '2024-10-08T14:53:00.000Z'],
  ])('%s is %s, and never after the issue', async (datetime, observedAt) => {
    const alert = await one({ datetime });
    expect(alert.observedUntilAt).toBe(observedAt);
    expect(alert.remarks.length > 0).toBe(/XXX|Jan/.test(datetime));
  });

  it('finds the year around the turn of the year', async () => {
    const pubDate = 'Wed, 01 Jan 2025 02:50:00 GMT';
    expect((await one({ pubDate, datetime: '9:00 PM EST Tue Dec 31' })).occurredAt).toBe(
      '2025-01-01T02:00:00.000Z',
    );
  });

  it.each([
    ['70 mph', 113],
    ['60 kt', 111],
    ['100 KTS', 185],
    ['120 km/h', 120],
  ])('%s is %d km/h', async (wind, value) => {
    expect((await one({ wind })).measures[0]?.value).toBe(value);
  });

  it.each([
    ['One', []],
    ['Twenty-Two', []],
    ['Two-E', []],
    ['Nana', ['storm:nana-2024']],
  ])('%s is a name or a number', async (name, ids) => {
    const { strongIds } = await one({ name });
    expect(strongIds.filter(id => id.startsWith('storm:'))).toEqual(ids);
  });

  it.each([
    ['Post-Tropical Cyclone', '...MILTON BECOMES POST-TROPICAL...', false],
    ['Post-Tropical Cyclone', '...MILTON IS A REMNANT LOW... ...THIS IS THE LAST ADVISORY...', true],
    ['Post-Tropical Cyclone', '...THIS IS THE FINAL NHC ADVISORY...', true],
    ['Remnants Of', '...NEAR BERMUDA...', true],
    ['Tropical Depression', '...MILTON HAS DISSIPATED...', true],
    ['Tropical Storm', '...EXPECTED TO DISSIPATE ON FRIDAY...', false],
  ])('%s "%s" is over: %s', async (type, headline, over) => {
    expect((await one({ type, headline })).endedAt !== null).toBe(over);
  });

  it('takes the last advisory from the text beside it, unless another centre goes on', async () => {
    const beside = (
      next: string,
    ) => `<item><title>Post-Tropical Cyclone Milton Public Advisory Number 22</title>
      <link>https://www.nhc.noaa.gov/text/refresh/MIATCPAT4+shtml/081453.shtml</link><pubDate>Tue, 08 Oct 2024 14:53:00 GMT</pubDate>
      <description>&lt;pre&gt; This is the last public advisory issued by
      the National Hurricane Center on this system. ${next} &lt;/pre&gt;</description></item>`;
    expect((await one({ beside: beside('') })).endedAt).toBe('2024-10-08T14:53:00.000Z');
    const goesOn = await one({
      beside: beside('Future advisories will be issued by the Weather Prediction Center.'),
    });
    expect([goesOn.endedAt, goesOn.remarks.join()]).toEqual([null, expect.stringMatching(/another centre/)]);
  });

  it('a later advisory revises the storm', async () => {
    const alerts = [
      await one(),
      await one({
        pubDate: 'Tue, 08 Oct 2024 20:53:00 GMT',
        datetime: '4:00 PM CDT Tue Oct 8',
        center: '23.1, -86.7',
      }),
    ];
    for (const order of [alerts, [...alerts].reverse()])
      expect(foldAll(order).events.map(event => event.position?.longitude)).toEqual([-86.7]);
  });

  it.each([
    ['22.7N, 88.4W', -88.4],
    ['22.7 -88.4', -88.4],
    ['', undefined],
    ['99, 400', undefined],
  ])('centre "%s"', async (center, longitude) => {
    const alert = await one({ center });
    expect(alert.position?.longitude).toBe(longitude);
    expect(alert.remarks.includes('no centre')).toBe(longitude === undefined);
  });

  it('names what is broken', async () => {
    expect((await read(feed({ atcf: 'AT4', guid: 'x' }))).rejected[0]?.reason).toMatch(/nhc:atcf/);
    expect((await read(feed({ pubDate: '', guid: 'summary-al142024' }))).rejected[0]?.reason).toMatch(
      /pubDate/,
    );
    expect((await one({ pubDate: '' })).sentAt).toBe('2024-10-08T14:53:00.000Z');
    expect((await one({ atcf: '' })).sourceId).toBe('AL142024');
  });

  it('leaves other feeds to others', () => {
    const other = readDocument(
      new TextEncoder().encode(
        '<rss><channel><title>News</title><item><title>x</title></item></channel></rss>',
      ),
    );
    expect(nhcRss.recognises(other)).toBe(false);
  });
});

const folder = '../shared/captures/nhc';
describe.skipIf(!existsSync(folder))('captured NHC feeds', () => {
  it.each(existsSync(folder) ? readdirSync(folder) : [])('%s: every field stands where it says', file => {
    const document = readDocument(readFileSync(join(folder, file)));
    const items = nhcRss.read(document);
    expect(items.map(item => item.outcome).sort()).toEqual(['accepted', ...Array(6).fill('ignored')]);
    for (const item of items)
      if (item.outcome === 'accepted')
        for (const place of Object.values(item.draft.places))
          expect(valueAt(document, `${item.place}/${place}`), place).toBeDefined();
  });
});
