import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { metnoGeojson } from '../../../../functions/alerts/formats/national/metno-geojson.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, read } from '../../messages.ts';

const ring = [
  [10, 60],
  [11, 60],
  [11, 61],
  [10, 60],
];
const warning = (properties: object = {}, more: object = {}) => ({
  type: 'Feature',
  geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
  properties: {
    id: '2.49.0.1.578.0.20260301192210.079',
    area: 'Deler av Østlandet',
    awareness_level: '3; orange; Severe',
    certainty: 'Likely',
    event: 'rainFlood',
    eventAwarenessName: 'Regnflom',
    eventEndingTime: '2026-03-03T13:00:00+00:00',
    severity: 'Severe',
    status: 'Actual',
    title: 'Regnflom, oransje nivå, Deler av Østlandet',
    type: 'Alert',
    ...properties,
  },
  when: { interval: ['2026-03-02T01:00:00+00:00', '2026-03-03T10:00:00+00:00'] },
  ...more,
});
const list = (...features: unknown[]) => ({
  features,
  lang: 'no',
  lastChange: '2026-03-01T21:17:01+00:00',
  type: 'FeatureCollection',
});
const one = async (properties: object = {}, more: object = {}): Promise<Alert> => {
  const { accepted, rejected } = await read(list(warning(properties, more)));
  expect(rejected).toEqual([]);
  return accepted[0]!;
};

describe('MET Norway warnings', () => {
  it('reads level, times, area and language', async () => {
    const alert = await one();
    expect(alert).toMatchObject({
      source: 'MET Norway',
      hazard: 'FL',
      level: 'Orange',
      levelRule: 'cap-severity-severe',
      sentAt: '2026-03-01T19:22:10.000Z',
      occurredAt: '2026-03-02T01:00:00.000Z',
      expiresAt: '2026-03-03T13:00:00.000Z',
      countries: ['NOR'],
      titles: {
        no: 'Regnflom, oransje nivå, Deler av Østlandet',
        en: 'rainFlood (severe), Deler av Østlandet',
      },
    });
    expect(alert.footprint).not.toBeNull();
    expect(alert.strongIds).toContain('cap:noreply@met.no,2.49.0.1.578.0.20260301192210.079');
  });

  it.each([
    [{ severity: 'Extreme' }, 'Red'],
    [{ severity: 'Moderate' }, 'Green'],
    [{ severity: 'Severe', certainty: 'Unlikely' }, 'Green'],
    [{ severity: null }, 'Orange'],
    [{ severity: null, awareness_level: null, riskMatrixColor: 'Red' }, 'Red'],
    [{ severity: null, awareness_level: null }, 'Unknown'],
  ])('%j is %s', async (properties, level) => {
    expect((await one(properties)).level).toBe(level);
  });

  it.each([
    ['gale', 'VW'],
    ['blowingSnow', 'CW'],
    ['forestFire', 'WF'],
    ['stormSurge', 'SS'],
    ['landslide', 'LS'],
    ['lightning', 'ST'],
  ])('%s is %s', async (event, hazard) => {
    expect((await one({ event })).hazard).toBe(hazard);
  });

  it('an id dated by the hour from which it holds was not sent in the future', async () => {
    const alert = await one({ id: '2.49.0.1.578.0.260301220000.0833_1_0' });
    expect([alert.sentAt, alert.revision]).toEqual(['2026-03-01T21:17:01.000Z', '2026-03-01T22:00:00.000Z']);
  });

  it('runs out by the end of its interval when no end is foreseen', async () => {
    expect((await one({ eventEndingTime: null })).expiresAt).toBe('2026-03-03T10:00:00.000Z');
    expect((await one({ eventEndingTime: null }, { when: null })).expiresAt).toBeNull();
  });

  it('a cancel ends its own statement', async () => {
    const later = '2026-03-01T22:00:00.000Z';
    const alerts = [await one(), await one({ type: 'Cancel' })];
    expect(alerts[1]?.messageType).toBe('Cancel');
    expect(
      foldAll([alerts[0]!, { ...alerts[1]!, revision: `${alerts[0]!.revision}z` }], later).events[0]?.state,
    ).toBe('closed');
  });

  it('an exercise is one, a test is ignored', async () => {
    expect((await one({ status: 'Exercise' })).status).toBe('Exercise');
    expect((await read(list(warning({ status: 'Test' })))).ignored[0]?.reason).toBe('status Test');
  });

  it('knows the list of a quiet day, a single feature, and what is broken', async () => {
    expect((await read(list())).format).toBe('metno-geojson');
    expect((await read(warning())).accepted[0]?.rawPlace).toBe('$');
    const reading = await read(list(warning({ id: null }), 7, warning()));
    expect(reading.rejected.map(({ reason }) => reason)).toEqual([
      'properties.id: none',
      'properties: not as expected',
    ]);
    expect(reading.accepted).toHaveLength(1);
  });

  it('never throws, whatever a feature holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (properties, geometry, when) => {
        const document = { kind: 'json' as const, value: list({ properties, geometry, when }, warning()) };
        expect(metnoGeojson.recognises(document)).toBe(true);
        expect(metnoGeojson.read(document)).toHaveLength(2);
      }),
    );
  });
});

const file = '../shared/captures/national-json/metno-metalerts.json';
describe.skipIf(!existsSync(file))('the captured warnings of MET Norway', () => {
  it('are read whole, every field standing where it says', () => {
    const document = readDocument(readFileSync(file));
    const items = metnoGeojson.read(document);
    expect(items).toHaveLength(29);
    for (const item of items) {
      if (item.outcome !== 'accepted') throw new Error(item.reason);
      for (const place of Object.values(item.draft.places))
        expect(valueAt(document, `${item.place}/${place}`), place).toBeDefined();
    }
  });
});
