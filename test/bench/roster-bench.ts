import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeColumns, ROSTER_KEY } from '../../functions/roster/snapshot-file.ts';
import { openBodies } from '../../infra/local/endpoints/s3.ts';
import { generatedColumns } from '../../infra/local/instances/columns.ts';
import { generate } from '../../infra/local/instances/generator.ts';
import { repositoryRoot } from '../../infra/repository.ts';
import { BUCKET, itemBytesOf, MOMENT, type Reading, SEED, scanOf } from './roster-work.ts';

const sizes = [1_000, 10_000, 100_000, 1_000_000];

const SEATS = 70;

const cells = (...values: (string | number)[]) =>
  console.log(values.map((value, at) => String(value).padStart(at === 0 ? 10 : 11)).join(''));

/**
 * What a plan of 70 seats reads of rosters of a thousand to a million people, beside a scan of the same table. Nobody is
 * written anywhere: the columns are generated, and a stand-in for the table makes each person who is asked for and counts
 * units as DynamoDB documents them. The snapshot lies in the local object store; each size is read by a process of its own.
 */
export async function benchRoster(): Promise<void> {
  console.log(
    `A plan of ${SEATS} seats; 200 people changed since the snapshot. Generated people (seed ${SEED}), no table:`,
  );
  console.log('units are counted by the documented sizes, sizes and times are measured.\n');
  cells(
    'people',
    'snapshot',
    'gzip',
    'gzip ms',
    'items',
    'units',
    'requests',
    'warm',
    'warm',
    'scan',
    'scan',
    'scan',
  );
  cells('', 'MB', 'MB', '(hourly)', 'cold', 'cold', 'cold', 'items', 'units', 'items', 'units', 'requests');
  const readings: [number, Reading][] = [];
  for (const people of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'relief-roster-'));
    try {
      const bytes = encodeColumns(
        generatedColumns(generate({ seed: SEED, seats: SEATS, people, kind: 'standard' })),
      );
      const began = performance.now();
      const zipped = gzipSync(bytes, { level: 4 });
      const ms = performance.now() - began;
      const headers = { 'x-amz-meta-as-of': MOMENT, 'x-amz-meta-whole-at': MOMENT };
      await openBodies(folder).put(BUCKET, ROSTER_KEY, { bytes: zipped, headers });
      const reading = readingOf(folder, people);
      const scan = scanOf(people, itemBytesOf(people));
      const megabytes = (size: number) => (size / 1e6).toFixed(2);
      const { cold, warm } = reading;
      cells(
        people,
        megabytes(bytes.length),
        megabytes(zipped.length),
        ms.toFixed(0),
        cold.items,
        cold.units,
        cold.requests,
        warm.items,
        warm.units,
        scan.items,
        scan.units,
        scan.requests,
      );
      readings.push([people, reading]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(
    '\nProcessor time in ms, each for the first time in its process; memory of the whole process in MB.',
  );
  console.log(
    'The local object store reads and digests the whole file even to say that it is the same: that is in warm.\n',
  );
  cells(
    'people',
    'unzip',
    'decode',
    'overlay',
    'postings',
    'cold in all',
    'warm in all',
    'MB before',
    'MB peak',
  );
  for (const [people, { times, memory }] of readings)
    cells(people, ...Object.values(times).map(ms => ms.toFixed(1)), memory.before, memory.peak);
}

/** Reads the roster in a process of its own, so that its memory is its own. */
const readingOf = (folder: string, people: number): Reading =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--import',
        'tsx',
        join(repositoryRoot, 'test/bench/roster-work.ts'),
        folder,
        String(people),
        String(SEATS),
      ],
      { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'ignore'] },
    ).toString(),
  );
