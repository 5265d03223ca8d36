import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../functions/alerts/intake.ts';
import type { Alert } from '../../functions/domain/alert.ts';
import { foldAll } from './messages.ts';

const captures = '../shared/captures';
const absent = !existsSync(captures);
const readCapture = (file: string) => readBody(readFileSync(join(captures, file)));
const now = '2026-12-31T00:00:00.000Z';

describe.skipIf(absent)('captured feeds (../shared/captures)', () => {
  it.each([
    ['gdacs-rss/item-bbox-only.xml', 1, 0, 0],
    ['gdacs-rss/rss-2019-12-30.xml', 16, 0, 0],
    ['gdacs-rss/rss-24h-2019-07-17.xml', 33, 0, 0],
    ['gdacs-rss/rss-24h-2019-12-30.xml', 21, 0, 0],
    ['gdacs-rss/rss-4items-2019.xml', 4, 0, 0],
    ['usgs-geojson/2.5_day-2026-07-21.json', 52, 0, 0],
    ['usgs-geojson/4.5_week-2020-10.geojson', 91, 0, 0],
    ['usgs-geojson/all_day-2019-01-30.geojson', 223, 10, 0],
    ['usgs-geojson/all_day-2022-08-17.geojson', 234, 3, 0],
    ['usgs-geojson/all_day-2026-07-20.json', 191, 0, 0],
    ['usgs-geojson/all_hour-2013-07-20.geojson', 1, 0, 0],
    ['usgs-geojson/empty-feed.json', 0, 0, 0],
    ['usgs-geojson/significant_month-2014-03.geojson', 12, 0, 0],
    ['usgs-detail/us6000pi9w-detail.json', 1, 0, 0],
    ['cap/earthquake-iso8859-1.cap', 1, 0, 0],
    ['cap/google-bushfire_valid.edxlde', 7, 0, 0],
    ['cap/invalid.cap', 0, 0, 1],
    ['cap/invalid_xmlns.cap', 1, 0, 0],
    ['cap/ipaws-5e6dd964023f1930ef638846.xml', 0, 1, 0],
    ['cap/no_optional_fields.cap', 0, 0, 1],
    ['cap/ph.cap', 0, 1, 0],
    ['cap/v1dot0_appendix_adot2.xml', 1, 0, 0],
  ])('%s: %i accepted, %i ignored, %i rejected', async (file, accepted, ignored, rejected) => {
    const reading = await readCapture(file);
    expect({
      accepted: reading.accepted.length,
      ignored: reading.ignored.length,
      rejected: reading.rejected.length,
    }).toEqual({ accepted, ignored, rejected });
  });

  it.each(absent ? [] : readdirSync(join(captures, 'cap')))('cap/%s is read without a crash', async file => {
    const reading = await readCapture(`cap/${file}`);
    if (file === 'google-xee.cap') expect(reading.problem?.reason).toMatch(/DOCTYPE is not accepted/);
    else expect(reading.format).toBe('cap');
  });

  it('every other folder is read or named as unknown', async () => {
    for (const folder of readdirSync(captures, { withFileTypes: true }).filter(entry => entry.isDirectory()))
      for (const file of readdirSync(join(captures, folder.name))) {
        const reading = await readCapture(join(folder.name, file));
        expect(reading.format === null).toBe(reading.problem !== null);
      }
  });

  it('revises 7 of the 19 quakes that two polls have in common', async () => {
    const first = await readCapture('usgs-geojson/all_day-2026-07-20.json');
    const second = await readCapture('usgs-geojson/2.5_day-2026-07-21.json');
    const { decisions } = foldAll([...first.accepted, ...second.accepted], now);
    const later = decisions.slice(first.accepted.length);
    expect(later.filter(decision => decision === 'duplicate')).toHaveLength(12);
    expect(later.filter(decision => decision === 'revised')).toHaveLength(7);
  });

  it('keeps every quake of one catalogue apart', async () => {
    for (const file of [
      '4.5_week-2020-10.geojson',
      'all_day-2022-08-17.geojson',
      'all_day-2026-07-20.json',
    ]) {
      const { accepted } = await readCapture(`usgs-geojson/${file}`);
      expect(foldAll(accepted, now).events).toHaveLength(accepted.length);
    }
  });

  it('joins the quakes that GDACS took from the USGS, by id and also by likeness alone', async () => {
    const { accepted } = await readCapture('usgs-geojson/all_day-2026-07-20.json');
    const gdacs = (
      id: string,
      sourceId: string,
      occurredAt: string,
      position: Alert['position'],
      m: number,
    ) =>
      ({
        ...accepted[0]!,
        alertId: `GDACS:${id}:1`,
        source: 'GDACS',
        sourceId: id,
        ownIds: [`gdacs:${id}`],
        strongIds: [`gdacs:${id}`, ...(sourceId === '' ? [] : [`usgs:${sourceId}`])],
        occurredAt,
        position,
        measures: [{ name: 'magnitude', value: m, unit: 'M' }],
      }) satisfies Alert;
    const pairs = [
      [
        'EQ1552874',
        'us7000t1tp',
        '2026-07-19T17:45:16.000Z',
        { latitude: 14.1592, longitude: -92.9052 },
        5.5,
      ],
      [
        'EQ1552972',
        'us7000t1w2',
        '2026-07-20T06:41:30.000Z',
        { latitude: 49.4076, longitude: -129.342 },
        5.6,
      ],
    ] as const;
    for (const [id, usgs, occurredAt, position, magnitude] of pairs)
      for (const sourceId of [usgs, '']) {
        const { results } = foldAll([...accepted, gdacs(id, sourceId, occurredAt, position, magnitude)], now);
        const last = results.at(-1)!;
        expect([last.decision, last.event?.strongIds.includes(`usgs:${usgs}`)]).toEqual(['joined', true]);
      }
  });

  it('makes one event of a GDACS event over two feeds of one day', async () => {
    const one = await readCapture('gdacs-rss/rss-2019-12-30.xml');
    const other = await readCapture('gdacs-rss/rss-24h-2019-12-30.xml');
    const ids = new Set([...one.accepted, ...other.accepted].map(alert => alert.sourceId));
    expect(foldAll([...one.accepted, ...other.accepted], now).events).toHaveLength(ids.size);
  });
});
