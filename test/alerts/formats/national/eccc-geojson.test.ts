import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { ecccGeojson } from '../../../../functions/alerts/formats/national/eccc-geojson.ts';
import type { Alert } from '../../../../functions/domain/alert.ts';
import { foldAll, read } from '../../messages.ts';

const ring = [
  [-79.6, 43.4],
  [-79.5, 43.4],
  [-79.5, 43.5],
  [-79.6, 43.4],
];
const zone = (name: string, properties: object = {}) => ({
  type: 'Feature',
  id: `1618115311375151707202603050503_${name}`,
  geometry: { type: 'Polygon', coordinates: [ring] },
  properties: {
    id: `1618115311375151707202603050503_${name}`,
    alert_code: 'RFW',
    alert_type: 'warning',
    alert_name_en: 'rainfall warning',
    alert_name_fr: 'avertissement de pluie',
    publication_datetime: '2026-03-01T02:26:06.795Z',
    expiration_datetime: '2026-03-01T18:04:06.795Z',
    validity_datetime: '2026-03-01T03:00:00.000Z',
    event_end_datetime: '2026-03-01T23:00:00.000Z',
    risk_colour_en: 'yellow',
    feature_name_en: `Zone ${name}`,
    feature_name_fr: `Zone ${name}`,
    feature_id: name,
    province: 'ON',
    status_en: 'issued',
    ...properties,
  },
});
const list = (...features: unknown[]) => ({
  type: 'FeatureCollection',
  features,
  numberMatched: features.length,
  timeStamp: '2026-03-01T04:00:00.000Z',
});
const one = async (properties: object = {}): Promise<Alert> => {
  const { accepted, rejected } = await read(list(zone('fea1-1', properties)));
  expect(rejected).toEqual([]);
  return accepted[0]!;
};

describe('ECCC alerts', () => {
  it('reads names in both languages, times, zone and area', async () => {
    const alert = await one();
    expect(alert).toMatchObject({
      source: 'ECCC',
      sourceId: '1618115311375151707202603050503_fea1-1',
      hazard: 'ST',
      titles: { en: 'rainfall warning, Zone fea1-1, ON', fr: 'avertissement de pluie, Zone fea1-1' },
      sentAt: '2026-03-01T02:26:06.795Z',
      occurredAt: '2026-03-01T03:00:00.000Z',
      expiresAt: '2026-03-01T23:00:00.000Z',
      endedAt: null,
      countries: ['CAN'],
      areas: [{ name: 'Zone fea1-1', state: 'live', codes: ['ECCC:fea1-1'] }],
    });
    expect(alert.footprint).not.toBeNull();
  });

  it.each([
    [{ risk_colour_en: 'yellow' }, 'Green', 'yellow'],
    [{ risk_colour_en: 'orange' }, 'Orange', 'orange'],
    [{ risk_colour_en: 'red' }, 'Red', 'red'],
    [{ risk_colour_en: null, risk_colour_fr: 'rouge' }, 'Red', 'rouge'],
    [{ risk_colour_en: null }, 'Unknown', 'warning'],
    [{ risk_colour_en: null, alert_type: 'statement' }, 'Green', 'statement'],
  ])('%j is %s', async (properties, level, word) => {
    const alert = await one(properties);
    expect([alert.level, alert.sourceLevel?.value]).toEqual([level, word]);
  });

  it.each([
    ['freezing rain warning', 'CW'],
    ['severe thunderstorm watch', 'ST'],
    ['tornado warning', 'TO'],
    ['wind warning', 'VW'],
    ['snowfall warning', 'CW'],
    ['heat warning', 'HT'],
    ['storm surge warning', 'SS'],
    ['fog advisory', 'OT'],
    ['hurricane warning', 'TC'],
  ])('%s is %s', async (alert_name_en, hazard) => {
    expect((await one({ alert_name_en })).hazard).toBe(hazard);
  });

  it('zones of one warning are one event, which is over when all have ended', async () => {
    const issued = await read(list(zone('fea1-1'), zone('fea1-2')));
    const later = { publication_datetime: '2026-03-01T05:00:00.000Z', status_en: 'ended' };
    const half = await read(list(zone('fea1-1', later)));
    const whole = await read(list(zone('fea1-2', { ...later, status_en: 'cancelled' })));
    const states = (...readings: { accepted: Alert[] }[]) =>
      foldAll(readings.flatMap(reading => reading.accepted)).events.map(event => event.state);
    expect(states(issued)).toEqual(['open']);
    expect(states(issued, half)).toEqual(['open']);
    expect(states(issued, half, whole)).toEqual(['closed']);
    expect(states(whole, half, issued)).toEqual(['closed']);
  });

  it('reads a single feature, and names what is broken', async () => {
    expect((await read(zone('fea1-1'))).accepted[0]?.rawPlace).toBe('$');
    const reading = await read(
      list(
        zone('a', { publication_datetime: 'soon' }),
        { type: 'Feature' },
        zone('b', { alert_name_en: 'test' }),
        zone('c'),
      ),
    );
    expect(reading.rejected.map(({ item }) => item.slice(0, 11))).toEqual(['features[0]', 'features[1]']);
    expect([reading.ignored.length, reading.accepted.length]).toEqual([1, 1]);
  });

  it('never throws, whatever a feature holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (properties, geometry) => {
        const document = { kind: 'json' as const, value: list({ properties, geometry }, zone('a')) };
        expect(ecccGeojson.recognises(document)).toBe(true);
        expect(ecccGeojson.read(document)).toHaveLength(2);
      }),
    );
  });
});

const file = '../shared/captures/national-json/eccc-alerts.json';
describe.skipIf(!existsSync(file))('the captured ECCC alerts', () => {
  it('are two events; every field stands where it says', async () => {
    const document = readDocument(readFileSync(file));
    for (const item of ecccGeojson.read(document)) {
      if (item.outcome !== 'accepted') throw new Error(item.reason);
      for (const place of Object.values(item.draft.places))
        expect(valueAt(document, `${item.place}/${place}`), place).toBeDefined();
    }
    const { accepted } = await read(readFileSync(file));
    expect(accepted).toHaveLength(7);
    expect(
      foldAll(accepted, '2026-03-05T22:00:00.000Z')
        .events.map(event => event.hazard)
        .sort(),
    ).toEqual(['CW', 'OT']);
  });
});
