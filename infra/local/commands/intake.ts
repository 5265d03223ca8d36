import { readFile } from 'node:fs/promises';
import { shifted } from '../../../functions/alerts/documents/times.ts';
import { canonicalEvents, foldInto } from '../../../functions/alerts/events/batch.ts';
import { createEventIndex } from '../../../functions/alerts/events/event-index.ts';
import { type Reading, readBody } from '../../../functions/alerts/intake.ts';
import type { DisasterEvent } from '../../../functions/domain/event.ts';
import type { Level } from '../../../functions/domain/primitives.ts';
import { readArguments, runCommand } from './arguments.ts';
import { eventReport, newestTimeIn } from './event-report.ts';

const usage = `
usage: npm run -s intake -- FILE… [--json]

Reads captured alert feeds of any known format in the order given and correlates them into events.
Nothing is stored and no roster is touched.

  --json   {files, events} on stdout instead of tables
  --help   this text

Of each file: \`accepted\` messages that were new, \`duplicates\` that repeat one word for word, \`ignored\` items that
concern nobody here and \`rejected\` ones that are broken, each with its reason; together these are all its items.
An older revision that comes late counts as accepted, but the newer one keeps speaking.
Expiry is judged as of the newest time in the input, not of today, so the same files always give the same result.

A file in no known format has the format null and a rejected reason; the others are read all the same.
exit code: 0 done, 2 wrong use, or no file was in a known format
`;

type FileReport = {
  file: string;
  format: string | null;
  accepted: number;
  duplicates: number;
  ignored: Reading['ignored'];
  rejected: Reading['rejected'];
  /** Messages that an index only links to; nothing is fetched here. */
  links: string[];
};

const ranks: Record<Level, number> = { Red: 0, Orange: 1, Unknown: 2, Green: 3 };

/** What the desk has to look at first stands first: open before closed, then by level, then the newest. */
const byUrgency = (a: DisasterEvent, b: DisasterEvent): number => {
  if (a.state !== b.state) return a.state === 'open' ? -1 : 1;
  if (a.level !== b.level) return ranks[a.level] - ranks[b.level];
  if (a.occurredAt !== b.occurredAt) return a.occurredAt > b.occurredAt ? -1 : 1;
  return a.eventId < b.eventId ? -1 : 1;
};

const foldReadings = (files: readonly string[], readings: readonly Reading[]) => {
  const now = newestTimeIn(readings);
  const index = createEventIndex();
  const reports: FileReport[] = [];
  for (const [position, reading] of readings.entries()) {
    let duplicates = 0;
    // A feed says when it was made, so that of two texts of one revision the later counts in whatever order they are given.
    const receivedAt = reading.madeAt ?? shifted(now, position / 1000);
    for (const alert of reading.accepted)
      if (foldInto(index, alert, now, receivedAt).decision === 'duplicate') duplicates += 1;
    reports.push({
      file: files[position]!,
      format: reading.format,
      accepted: reading.accepted.length - duplicates,
      duplicates,
      ignored: reading.ignored,
      rejected: reading.rejected,
      links: reading.links.map(link => link.url),
    });
  }
  return { reports, events: canonicalEvents(index.all(), now).sort(byUrgency) };
};

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
  return rows
    .map(row =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const readable = (reports: readonly FileReport[], events: readonly DisasterEvent[]): string => {
  const fileRows = reports.map(report => [
    report.format ?? 'unknown',
    String(report.accepted),
    String(report.duplicates),
    String(report.ignored.length),
    String(report.rejected.length),
    report.file,
  ]);
  const refused = reports.flatMap(report =>
    [
      ...report.rejected.map(r => ({ ...r, how: 'rejected' })),
      ...report.ignored.map(r => ({ ...r, how: 'ignored' })),
    ].map(({ item, reason, how }) => `${how}  ${report.file} ${item}: ${reason}`),
  );
  const eventRows = events.map(event => [
    event.exercise ? `${event.state}, exercise` : event.state,
    event.level,
    event.hazard,
    event.occurredAt.slice(0, 16).replace('T', ' '),
    event.countries.slice(0, 3).join(' ') + (event.countries.length > 3 ? ' …' : ''),
    String(event.alerts.length),
    event.eventId,
    `${event.title.slice(0, 100)}${event.parentEventId === null ? '' : ` (of ${event.parentEventId})`}`,
  ]);
  // Each pair stands on both its events; it is printed once.
  const doubtRows = events.flatMap(event =>
    event.doubts
      .filter(doubt => event.eventId < doubt.eventId)
      .map(doubt => `doubtful  ${event.eventId} and ${doubt.eventId}: ${doubt.reason}`),
  );
  const joinRows = events.flatMap(event =>
    event.joins.map(join => `joined  ${event.eventId}: ${join.accounts.join(' and ')}: ${join.reason}`),
  );
  return [
    table([['format', 'accepted', 'duplicates', 'ignored', 'rejected', 'file'], ...fileRows]),
    ...(refused.length > 0 ? [refused.join('\n')] : []),
    table([
      ['state', 'level', 'hazard', 'occurred (UTC)', 'countries', 'messages', 'event', 'title'],
      ...eventRows,
    ]),
    ...(joinRows.length > 0 ? [joinRows.join('\n')] : []),
    ...(doubtRows.length > 0 ? [doubtRows.join('\n')] : []),
  ].join('\n\n');
};

await runCommand(async () => {
  const { values, positionals: files } = readArguments({ usage, options: {}, positionals: 'files' });
  const readings: Reading[] = [];
  for (const file of files) {
    const reading = await readBody(await readFile(file));
    readings.push(reading);
    if (reading.problem) process.stderr.write(`${file}: ${reading.problem.reason}\n`);
  }
  const { reports, events } = foldReadings(files, readings);
  const output = values.json
    ? JSON.stringify({ files: reports, events: events.map(eventReport) }, null, 2)
    : readable(reports, events);
  process.stdout.write(`${output}\n`);
  return readings.every(reading => reading.problem) ? 2 : 0;
});
