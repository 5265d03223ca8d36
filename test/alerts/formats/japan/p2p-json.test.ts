import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { p2pJson } from '../../../../functions/alerts/formats/japan/p2p-json.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, read } from '../../messages.ts';

const hypocentre = { name: '石川県能登地方', latitude: 37.5, longitude: 137.2, depth: 10, magnitude: 7.6 };
const unknownPlace = { name: '', latitude: -200, longitude: -200, depth: -1, magnitude: -1 };

const quake = (fields: { issue?: object; earthquake?: object; [more: string]: unknown } = {}) => ({
  id: '65926d0f8b5d4e0007a0c0de',
  code: 551,
  time: '2024/01/01 16:12:20.123',
  ...fields,
  issue: {
    source: '気象庁',
    time: '2024/01/01 16:12:00',
    type: 'DetailScale',
    correct: 'None',
    ...fields.issue,
  },
  earthquake: {
    time: '2024/01/01 16:10:00',
    hypocenter: hypocentre,
    maxScale: 70,
    domesticTsunami: 'Warning',
    foreignTsunami: 'Unknown',
    ...fields.earthquake,
  },
  points: [],
});
const tsunami = (time: string, areas: object[], cancelled = false) => ({
  code: 552,
  id: `t${time}`,
  time: `${time}.500`,
  cancelled,
  issue: { source: '気象庁', time, type: 'Focus' },
  areas,
});
const coast = (grade: string, name = '石川県能登') => ({
  grade,
  immediate: true,
  name,
  maxHeight: { description: '５ｍ', value: 5 },
});

const one = async (body: object): Promise<Alert> => {
  const { accepted, rejected, ignored, problem } = await read(body);
  expect({ rejected, ignored, problem }).toEqual({ rejected: [], ignored: [], problem: null });
  return accepted[0]!;
};
const measure = (alert: Alert, name: string) => alert.measures.find(m => m.name === name)?.value;

describe('P2P quakes', () => {
  it('reads Japanese time, place, depth, magnitude and intensity', async () => {
    expect(await one(quake())).toMatchObject({
      source: 'P2P',
      hazard: 'EQ',
      occurredAt: '2024-01-01T07:10:00.000Z',
      sentAt: '2024-01-01T07:12:00.000Z',
      position: { latitude: 37.5, longitude: 137.2 },
      level: 'Unknown',
      sourceLevel: { scale: 'JMA seismic intensity', value: '7' },
      countries: ['JPN'],
      measures: [
        { name: 'magnitude', value: 7.6, unit: 'M' },
        { name: 'depthKm', value: 10, unit: 'km' },
        { name: 'maximumJmaIntensity', value: 7, unit: 'JMA' },
      ],
    });
  });

  it.each([
    [10, '1'],
    [45, '5-'],
    [46, '5-'],
    [50, '5+'],
    [55, '6-'],
    [60, '6+'],
    [-1, undefined],
    [null, undefined],
  ])('scale %s is intensity %s', async (maxScale, step) => {
    expect((await one(quake({ earthquake: { maxScale } }))).sourceLevel?.value).toBe(step);
  });

  it('-200 and -1 are no place, depth or magnitude', async () => {
    const flash = await one(
      quake({ issue: { type: 'ScalePrompt' }, earthquake: { hypocenter: unknownPlace } }),
    );
    expect([flash.position, flash.level, flash.measures.map(m => m.name)]).toEqual([
      null,
      'Unknown',
      ['maximumJmaIntensity'],
    ]);
  });

  it('flash, place and details are one event in any order, and a weak quake elsewhere in that minute is another', async () => {
    const bodies = [
      quake({
        issue: { type: 'ScalePrompt', time: '2024/01/01 16:11:00' },
        earthquake: { hypocenter: unknownPlace },
      }),
      quake({ issue: { type: 'Destination' }, earthquake: { maxScale: -1 } }),
      quake(),
      quake({
        issue: { time: '2024/01/01 16:15:00' },
        earthquake: {
          hypocenter: { ...hypocentre, name: '沖縄本島近海', latitude: 26, longitude: 127, magnitude: 3 },
          maxScale: 10,
        },
      }),
    ];
    const alerts = await Promise.all(bodies.map(one));
    for (const order of [alerts, [...alerts].reverse()])
      expect(
        foldAll(order)
          .events.map(event => event.measures.find(m => m.name === 'magnitude')?.value)
          .sort(),
      ).toEqual([3, 7.6]);
  });

  it('reads version 1 of the interface', async () => {
    const alert = await one({
      code: 551,
      time: '2015/03/01 00:10:52.337',
      issue: { source: '気象庁', time: '28日23時58分', type: '震源・震度情報' },
      earthquake: {
        time: '28日23時57分',
        hypocenter: {
          name: '伊予灘',
          latitude: 'N33.7',
          longitude: 'E132.2',
          depth: '20km',
          magnitude: '3.2',
        },
        maxScale: 20,
      },
      points: [],
    });
    expect([alert.occurredAt, alert.position, measure(alert, 'depthKm')]).toEqual([
      '2015-02-28T14:57:00.000Z',
      { latitude: 33.7, longitude: 132.2 },
      20,
    ]);
  });

  it('reads an early warning, its drill and its withdrawal', async () => {
    const warning = {
      code: 556,
      id: 'e1',
      time: '2024/04/17 23:15:11.000',
      test: false,
      cancelled: false,
      issue: { time: '2024/04/17 23:15:10', eventId: '20240417231454', serial: '2' },
      earthquake: {
        originTime: '2024/04/17 23:14:47',
        arrivalTime: '2024/04/17 23:14:54',
        hypocenter: {
          name: '豊後水道',
          reduceName: '豊後水道',
          latitude: 33.2,
          longitude: 132.4,
          depth: 40,
          magnitude: 6.6,
        },
      },
      areas: [
        { pref: '愛媛', name: '愛媛県南予', scaleFrom: 55, scaleTo: 55, kindCode: '11', arrivalTime: null },
      ],
    };
    const alert = await one(warning);
    expect(alert).toMatchObject({
      occurredAt: '2024-04-17T14:14:47.000Z',
      levelRule: 'jma-early-warning',
      status: 'Actual',
    });
    expect(alert.strongIds).toContain('jma:20240417231454');
    expect(measure(alert, 'forecastJmaIntensity')).toBe(5.5);
    expect((await one({ ...warning, test: true })).status).toBe('Exercise');
    const withdrawn = await one({ ...warning, cancelled: true, earthquake: undefined, areas: [] });
    expect(withdrawn.references).toEqual([`P2P:${alert.sourceId}`]);
    expect(foldAll([alert, { ...withdrawn, revision: `${alert.revision}z` }]).events[0]?.state).toBe(
      'closed',
    );
    const assumed = { ...warning, earthquake: { ...warning.earthquake, condition: '仮定震源要素' } };
    expect((await one(assumed)).position).toBeNull();
  });
});

describe('P2P tsunamis', () => {
  it.each([
    ['MajorWarning', 'Red'],
    ['Warning', 'Orange'],
    ['Watch', 'Green'],
    ['Unknown', 'Unknown'],
  ])('%s is %s', async (grade, level) => {
    const alert = await one(tsunami('2024/01/01 16:12:08', [coast(grade)]));
    expect(alert).toMatchObject({ hazard: 'TS', level, endedAt: null });
    expect(measure(alert, 'tsunamiHeightM')).toBe(5);
  });

  it('takes the gravest coast, ends over night when cancelled, and another month begins another', async () => {
    const alerts = await Promise.all([
      one(
        tsunami('2024/01/01 16:22:08', [
          coast('Watch', '北海道'),
          coast('MajorWarning'),
          coast('Warning', '新潟県'),
        ]),
      ),
      one(tsunami('2024/01/02 10:00:08', [], true)),
      one(tsunami('2024/04/03 09:01:00', [coast('Warning', '沖縄本島地方')])),
    ]);
    expect(alerts.map(alert => alert.level)).toEqual(['Red', 'Green', 'Orange']);
    expect(alerts[1]?.endedAt).toBe('2024-01-02T01:00:00.000Z');
    const { events } = foldAll(alerts);
    expect(events.map(event => [event.occurredAt.slice(0, 10), event.state]).sort()).toEqual([
      ['2024-01-02', 'closed'],
      ['2024-04-03', 'open'],
    ]);
  });

  it('no coast and no cancel is broken', async () => {
    const { rejected } = await read(tsunami('2024/01/01 16:22:08', []));
    expect(rejected[0]?.reason).toMatch(/areas: none/);
  });
});

describe('P2P lists', () => {
  it('reads each message of a list by itself', async () => {
    const reading = await read([
      { code: 555, time: '2024/01/01 16:12:20.123', areas: [] },
      quake(),
      { code: 554, time: '2024/01/01 16:12:20.123', type: 'Full' },
      quake({ issue: { time: 'gestern' }, earthquake: { time: null }, time: undefined }),
      9,
    ]);
    expect(reading.accepted.map(alert => alert.rawPlace)).toEqual(['$[1]']);
    expect(reading.ignored.map(({ reason }) => reason.slice(0, 8))).toEqual(['code 555', 'code 554']);
    expect(reading.rejected.map(({ item }) => item)).toEqual(['$[3] 65926d0f8b5d4e0007a0c0de', '$[4]']);
  });

  it('never throws, whatever a message holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (issue, earthquake, areas) => {
        const document = { kind: 'json' as const, value: [{ code: 551, issue, earthquake, areas }, issue] };
        p2pJson.recognises(document);
        expect(p2pJson.read(document)).toHaveLength(2);
      }),
    );
  });
});

const captures = '../shared/captures';
describe.skipIf(!existsSync(join(captures, 'p2p-json')))('captured P2P messages', () => {
  const files = existsSync(join(captures, 'p2p-json')) ? readdirSync(join(captures, 'p2p-json')) : [];

  it.each(files)('%s: every field stands where it says', file => {
    const document = readDocument(readFileSync(join(captures, 'p2p-json', file)));
    const items = p2pJson.read(document);
    expect(items.map(item => item.outcome)).toEqual(['accepted']);
    for (const item of items)
      if (item.outcome === 'accepted')
        for (const place of Object.values(item.draft.places))
          expect(valueAt(document, place), place).toBeDefined();
  });

  it('says of a quake and of a tsunami what JMA said, and is one event with it', async () => {
    const folders = ['jma-xml/2021', 'jma-xml/2023', 'p2p-json/2021', 'p2p-json/2023'].flatMap(prefix => {
      const [folder, year] = prefix.split('/') as [string, string];
      return readdirSync(join(captures, folder))
        .filter(file => file.startsWith(year))
        .map(file => join(captures, folder, file));
    });
    const readings = await Promise.all(folders.map(file => read(readFileSync(file))));
    const alerts = readings.flatMap(reading => reading.accepted);
    const said = (source: string) => {
      const alert = alerts.filter(a => a.source === source && a.hazard === 'EQ').at(-1)!;
      const { occurredAt, sentAt, position, measures, level, sourceLevel } = alert;
      return { occurredAt, sentAt, position, measures, level, sourceLevel };
    };
    expect(said('P2P')).toEqual(said('JMA'));
    const { events } = foldAll(alerts);
    expect(events.map(event => [event.hazard, event.state]).sort()).toEqual([
      ['EQ', 'open'],
      ['TS', 'closed'],
    ]);
  });
});
