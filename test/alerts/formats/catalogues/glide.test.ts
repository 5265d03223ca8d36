import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glide } from '../../../../functions/alerts/formats/catalogues/glide.ts';
import { foldAll, gdacsItem, gdacsRss, read } from '../../messages.ts';
import { prototypeFree } from '../prototype-free.ts';

const entry = (fields: object = {}) => ({
  event: 'EQ',
  number: '2023-000015',
  geocode: 'TUR',
  docid: 22999,
  year: 2023,
  month: 2,
  day: 6,
  time: '4:17',
  latitude: 37.2,
  longitude: 37.0,
  location: 'Kahramanmaras',
  magnitude: '7.8',
  duration: 0,
  killed: 0,
  injured: 0,
  affected: 0,
  homeless: 0,
  status: 'A',
  comments: 'An earthquake',
  ...fields,
});
const set = (...glideset: unknown[]) => ({ glideset });

describe('GLIDE', () => {
  it('reads an entry into the common model', async () => {
    const { accepted, rejected } = await read(set(entry({ killed: 50_000, homeless: '1500000' })));
    expect(rejected).toEqual([]);
    expect(accepted[0]).toMatchObject({
      alertId: 'GLIDE:EQ-2023-000015-TUR:000000022999',
      source: 'GLIDE',
      sourceId: 'EQ-2023-000015-TUR',
      format: 'glide',
      hazard: 'EQ',
      level: 'Unknown',
      levelRule: 'glide-no-scale',
      title: 'EQ-2023-000015-TUR, Kahramanmaras',
      occurredAt: '2023-02-06T00:00:00.000Z',
      observedUntilAt: null,
      endedAt: null,
      countries: ['TUR'],
      position: { latitude: 37.2, longitude: 37 },
      strongIds: ['glide:EQ-2023-000015-TUR'],
      measures: [
        { name: 'magnitude', value: 7.8, unit: 'M' },
        { name: 'deaths', value: 50_000, unit: 'people' },
        { name: 'homeless', value: 1_500_000, unit: 'people' },
      ],
      places: { hazard: 'event', occurredAt: 'year', position: 'latitude', measures: 'magnitude' },
    });
  });

  it('reads one entry alone, a list without its head, and a number written whole', async () => {
    const whole = { number: 'FL-2024-000199-ESP', docid: 1, year: 2024, month: 10, day: 27, event: 'FL' };
    for (const [body, place] of [
      [entry(), '$'],
      [[entry()], '$[0]'],
      [{ glideset: entry() }, 'glideset'],
      [set(whole), 'glideset[0]'],
    ] as const) {
      const { accepted } = await read(body);
      expect(accepted.map(alert => alert.rawPlace)).toEqual([place]);
    }
    expect(await read(set())).toMatchObject({ format: 'glide', accepted: [], problem: null });
  });

  it.each([
    [
      { geocode: '001', event: 'EP', number: '2020-000012' },
      '"EP-2020-000012-001" is no GLIDE number (like EQ-2023-000015-TUR)',
    ],
    [{ number: null }, 'no number'],
    [{ number: '15' }, '"EQ-15-TUR" is no GLIDE number (like EQ-2023-000015-TUR)'],
    [{ event: 'XX' }, 'event type "XX" is none that GLIDE has'],
    [{ year: null }, 'no year'],
    [{ month: 13 }, '2023-13-6 is no date'],
    [{ month: 2, day: 30 }, '2023-2-30 is no date'],
  ])('rejects %o: %s', async (fields, reason) => {
    const { accepted, rejected } = await read(set(entry(), entry(fields)));
    expect(accepted).toHaveLength(1);
    expect(rejected.map(item => item.reason)).toEqual([reason]);
  });

  it('says when only the month or the year is known, and how long it lasted', async () => {
    const { accepted } = await read(
      set(
        entry({ day: 0 }),
        entry({ month: null, day: '' }),
        entry({ event: 'FL', duration: 8, magnitude: '0' }),
      ),
    );
    expect(accepted.map(alert => [alert.occurredAt, alert.remarks.length])).toEqual([
      ['2023-02-01T00:00:00.000Z', 1],
      ['2023-01-01T00:00:00.000Z', 1],
      ['2023-02-06T00:00:00.000Z', 0],
    ]);
    expect(accepted[2]!.observedUntilAt).toBe('2023-02-14T00:00:00.000Z');
    expect(accepted[2]!.measures).toEqual([]);
  });

  it('joins the flood of GDACS that carries the number', async () => {
    const flood = gdacsItem({
      type: 'FL',
      severity: '',
      extra: '<gdacs:glide>FL-2023-000099-TUR</gdacs:glide>',
    });
    const gdacs = (await read(gdacsRss([flood]))).accepted;
    const number = (await read(set(entry({ event: 'FL', number: '2023-000099', latitude: 30 })))).accepted;
    expect(foldAll([...gdacs, ...number]).events).toHaveLength(1);
  });

  it('never throws, whatever stands in an entry', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const odd = entry({
          docid: value,
          latitude: value,
          magnitude: value,
          duration: value,
          location: value,
        });
        for (const body of [value, set(odd, value)]) {
          const document = { kind: 'json', value: prototypeFree(body) } as const;
          glide.recognises(document);
          const items = glide.read(document);
          if (body !== value) expect(items.map(item => item.outcome)).toEqual(['accepted', 'rejected']);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const captures = '../shared/captures/glide';

describe.skipIf(!existsSync(captures))('GLIDE as captured', () => {
  it('reads the flood of Valencia', async () => {
    const { accepted, rejected } = await read(readFileSync(join(captures, 'spain-flood.json')));
    expect(rejected).toEqual([]);
    expect(accepted[0]).toMatchObject({
      sourceId: 'FL-2024-000199-ESP',
      occurredAt: '2024-10-27T00:00:00.000Z',
      observedUntilAt: '2024-11-04T00:00:00.000Z',
      countries: ['ESP'],
    });
  });
});
