import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../functions/alerts/documents/document.ts';
import { placeWithin, valueAt } from '../../../functions/alerts/documents/place.ts';
import type { Alert } from '../../../functions/domain/alert.ts';
import { capInfo, capMessage, read, usgsFeature, usgsFeed } from '../messages.ts';
import { jsonSamples } from './sample-json.ts';
import { xmlSamples } from './sample-xml.ts';

const sample = (format: string, number = 0): string =>
  xmlSamples.filter(([name]) => name === format)[number]![1];

/** The alerts of a body, of which every field is where it is said to stand. */
const placed = async (body: string | object): Promise<Alert[]> => {
  const { accepted } = await read(body);
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  const document = readDocument(bytes);
  for (const { rawPlace, places } of accepted)
    for (const [field, place] of Object.entries(places))
      expect(valueAt(document, placeWithin(rawPlace, place)), `${field}: ${rawPlace} ${place}`).toBeDefined();
  expect(accepted.length).toBeGreaterThan(0);
  return accepted;
};

const quake = (properties: object, more: object = {}) =>
  usgsFeed([{ ...usgsFeature({ ...properties }), ...more }]);

describe('a message that leaves something out', () => {
  it('of the USGS has no place for a number that is not there', async () => {
    const [gone] = await placed(quake({ status: 'deleted', mag: null, tsunami: 1 }, { geometry: null }));
    expect(gone?.places.measures).toBe('properties/tsunami');
    const [shaken] = await placed(quake({ status: 'deleted', mag: null, mmi: 7 }, { geometry: null }));
    expect(shaken?.places.measures).toBe('properties/mmi');
  });

  it.each([
    ['Exercise', 'Exercise'],
    ['exercise', 'Exercise'],
    ['automatic', 'Actual'],
  ])('of the USGS with the status "%s" is %s', async (status, expected) => {
    expect((await read(quake({ status }))).accepted[0]?.status).toBe(expected);
  });

  it.each(['Test', 'System', 'draft'])('of the USGS with the status "%s" is passed over', async status => {
    const { accepted, ignored } = await read(quake({ status }));
    expect([accepted, ignored[0]?.reason]).toEqual([
      [],
      `status ${status.toLowerCase()}: not for any recipient to act on`,
    ]);
  });

  it('of CAP names no country by a list of codes alone', async () => {
    const area = '<area><areaDesc>x</areaDesc><geocode><valueName>UGC</valueName></geocode></area>';
    const [alert] = await placed(capMessage({ infos: [capInfo({ area })] }));
    expect(alert?.countries).toEqual([]);
  });

  it('of the fire service of New South Wales may have no description', async () => {
    const body = jsonSamples.find(([name]) => name === 'nsw-rfs-geojson')![1] as {
      features: { properties: object }[];
    };
    const bare = structuredClone(body.features[0]!);
    Reflect.deleteProperty(bare.properties, 'description');
    const [, alert] = await placed({ ...body, features: [...body.features, bare] });
    expect([alert?.hazard, alert?.countries]).toEqual(['FR', ['AUS']]);
  });

  it('of Earthquakes Canada may have no title', async () => {
    const [alert] = await placed(sample('nrcan-rss').replace(/<title>2018.*?<\/title>/, ''));
    expect([alert?.title, alert?.places.title]).toEqual(['magnitude: 4.8', 'description']);
  });

  it.each(['nrcan-rss', 'emsc-rss', 'gdacs-rss', 'nhc-rss'])(
    'of %s is found behind an item within an item',
    async format => {
      const body = sample(format).replace('<item>', '<item><x><item/></x></item><item>');
      expect((await placed(body))[0]?.rawPlace).toBe('item[2]');
    },
  );

  it('of P2P may not say what kind of report it is', async () => {
    const earthquake = { time: '2024/01/01 16:10:00', maxScale: 70 };
    const issue = { source: '気象庁', time: '2024/01/01 16:12:00' };
    const said = { code: 551, time: '2024/01/01 16:12:00.000', earthquake };
    const unscaled = { ...said, earthquake: { ...earthquake, maxScale: -1 } };
    expect(await placed([{ ...said, issue }, said, unscaled])).toHaveLength(3);
  });

  it('of JMA may say when it was made in Control alone', async () => {
    for (const number of [0, 1]) {
      const body = sample('jma-xml', number)
        .replace(/<ReportDateTime>.*?<\/ReportDateTime>/, '')
        .replace(/<TargetDateTime>.*?<\/TargetDateTime>/, '')
        .replace(/<OriginTime>.*?<\/OriginTime>/, '');
      const [alert] = await placed(body);
      expect([alert?.sentAt, alert?.places.sentAt]).toEqual(['2024-01-01T07:12:00.000Z', 'Control/DateTime']);
    }
  });

  it('of JMA has the level of the first coast of which something is said', async () => {
    const lifted = sample('jma-xml', 1)
      .replace('<Item>', '<Item><Area><Name>秋田県</Name></Area></Item><Item>')
      .replace('<Code>53</Code></Kind><LastKind>', '<Code>72</Code></Kind><LastKind>');
    const [alert] = await placed(lifted);
    expect([alert?.levelRule, alert?.places.level]).toEqual([
      'jma-tsunami-lifted',
      'Body/Tsunami/Forecast/Item[1]/Category/Kind',
    ]);
  });

  it('of JMA about an eruption at the end of time ends there', async () => {
    const [alert] = await placed(
      sample('jma-xml')
        .replaceAll('震源・震度に関する情報', '噴火に関する火山観測報')
        .replace('20240101161010', '20240101161000_306')
        .replace(
          /<Body>.*<\/Body>/s,
          `<Body><VolcanoInfo type="噴火に関する火山観測報"><Item><EventTime><EventDateTime>9999-12-31T23:59:59Z</EventDateTime></EventTime>
            <Kind><Name>噴火</Name></Kind></Item></VolcanoInfo></Body>`,
        ),
    );
    expect(alert?.expiresAt).toBe('9999-12-31T23:59:59.999Z');
  });

  it('of JMA is found behind a report of somebody else', async () => {
    const [alert] = await placed(`<Reports><Report/>${sample('jma-xml')}</Reports>`);
    expect(alert?.rawPlace).toBe('Report[1]');
  });
});
