import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../functions/alerts/documents/document.ts';
import { valueAt } from '../../../../functions/alerts/documents/place.ts';
import { readBody } from '../../../../functions/alerts/intake.ts';
import { foldAll } from '../../messages.ts';

const captures = '../shared/captures';
const absent = !existsSync(captures);
const bytesOf = (file: string) => readFileSync(join(captures, file));
const folders = ['cap', 'gdacs-cap', 'meteoalarm-json', 'nws-api'];
const files = absent
  ? []
  : folders.flatMap(folder => readdirSync(join(captures, folder)).map(file => join(folder, file)));

describe.skipIf(absent)('captured CAP (../shared/captures)', () => {
  it.each(files)('every field of %s can be found where it is said to stand', async file => {
    const reading = await readBody(bytesOf(file));
    if (reading.problem) return;
    const document = readDocument(bytesOf(file));
    const lost = reading.accepted.slice(0, 20).flatMap(alert =>
      Object.entries(alert.places)
        .filter(([, place]) => valueAt(document, `${alert.rawPlace}/${place}`) === undefined)
        .map(([field, place]) => `${alert.rawPlace} ${field}: ${place}`),
    );
    expect(lost).toEqual([]);
  });

  it.each([
    ['meteoalarm-json/bosnia-2024.json', 22, 0, 0],
    ['meteoalarm-json/germany-2026.json', 3, 1, 0],
    ['meteoalarm-json/with-polygons.json', 3, 0, 0],
    ['nws-api/active-date-placeholders.json', 0, 0, 8],
    ['nws-api/poll-2026-08-22T2057.json', 50, 0, 0],
    ['gdacs-cap/cap-feed-2021-07-29.xml', 64, 0, 0],
    ['gdacs-cap/alert-without-identifier.xml', 0, 0, 1],
  ])('%s: %i accepted, %i ignored, %i rejected', async (file, accepted, ignored, rejected) => {
    const reading = await readBody(bytesOf(file));
    expect([reading.accepted.length, reading.ignored.length, reading.rejected.length]).toEqual([
      accepted,
      ignored,
      rejected,
    ]);
  });

  it('revises three of the warnings of one poll with the next', async () => {
    const [first, second] = [
      await readBody(bytesOf('nws-api/poll-2026-08-22T2057.json')),
      await readBody(bytesOf('nws-api/poll-2026-08-22T2234.json')),
    ];
    const { decisions } = foldAll([...first.accepted, ...second.accepted], '2026-08-22T22:40:00.000Z');
    expect(decisions.filter(decision => decision === 'revised')).toHaveLength(3);
    expect(decisions.filter(decision => decision === 'duplicate')).toHaveLength(23);
  });

  it('takes a sample marked Actual that says it is a test for an exercise', async () => {
    const [alert] = (await readBody(bytesOf('cap/canada.cap'))).accepted;
    expect(alert).toMatchObject({ status: 'Exercise', endedAt: '2012-05-02T23:21:04.000Z' });
  });

  it('knows that a signature was not looked at', async () => {
    const [alert] = (await readBody(bytesOf('cap/canada_signed.cap'))).accepted;
    expect(alert?.remarks).toEqual(['signed; the signature was not verified']);
  });
});
