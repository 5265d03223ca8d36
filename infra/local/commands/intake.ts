import { readFile } from 'node:fs/promises';
import { candidateSearchOf, isCandidate } from '../../../functions/alerts/correlation.ts';
import { type Correlation, correlate } from '../../../functions/alerts/fold.ts';
import { type Reading, readBody } from '../../../functions/alerts/intake.ts';
import { settle } from '../../../functions/alerts/lifecycle.ts';
import type { Alert } from '../../../functions/domain/alert.ts';
import type { DisasterEvent } from '../../../functions/domain/event.ts';
import type { Level } from '../../../functions/domain/primitives.ts';
import { readArguments, runCommand } from './arguments.ts';
import { eventReport, newestTimeIn } from './event-report.ts';

const usage = `
usage: npm run -s intake -- FILE… [--json]

Reads captured alert feeds (GDACS RSS, USGS GeoJSON, CAP) in the order given and correlates them into events.
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
};

/** What the table of doubtful pairs needs beside the events. */
type Doubt = { eventId: string; otherId: string; reason: string };

/** Events by id and by strong id, found as the stored ones are. */
const createEvents = () => {
  const events = new Map<string, DisasterEvent>();
  const find = (alert: Alert): DisasterEvent[] => {
    const search = candidateSearchOf(alert);
    return [...events.values()].filter(event => isCandidate(search, event));
  };
  const save = ({ event, alsoChanged }: Correlation) => {
    for (const changed of [event, ...alsoChanged]) events.set(changed.eventId, changed);
  };
  return { find, save, all: () => [...events.values()] };
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
  const events = createEvents();
  const doubts: Doubt[] = [];
  const reports = readings.map((reading, index): FileReport => {
    let duplicates = 0;
    for (const alert of reading.accepted) {
      const result = correlate(alert, events.find(alert), now);
      if (result.decision === 'duplicate') duplicates += 1;
      if (result.changed) events.save(result);
      doubts.push(
        ...result.doubtful.map(({ eventId, reason }) => ({
          eventId: result.event.eventId,
          otherId: eventId,
          reason,
        })),
      );
    }
    return {
      file: files[index]!,
      format: reading.format,
      accepted: reading.accepted.length - duplicates,
      duplicates,
      ignored: reading.ignored,
      rejected: reading.rejected,
    };
  });
  const settled = events
    .all()
    .filter(event => !event.mergedInto)
    .map(event => settle(event, now))
    .sort(byUrgency);
  return { reports, events: settled, doubts };
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

const readable = (
  reports: readonly FileReport[],
  events: readonly DisasterEvent[],
  doubts: readonly Doubt[],
): string => {
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
  const doubtRows = doubts.map(doubt => `doubtful  ${doubt.eventId} and ${doubt.otherId}: ${doubt.reason}`);
  return [
    table([['format', 'accepted', 'duplicates', 'ignored', 'rejected', 'file'], ...fileRows]),
    ...(refused.length > 0 ? [refused.join('\n')] : []),
    table([
      ['state', 'level', 'hazard', 'occurred (UTC)', 'countries', 'messages', 'event', 'title'],
      ...eventRows,
    ]),
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
  const { reports, events, doubts } = foldReadings(files, readings);
  const output = values.json
    ? JSON.stringify({ files: reports, events: events.map(eventReport) }, null, 2)
    : readable(reports, events, doubts);
  process.stdout.write(`${output}\n`);
  return readings.every(reading => reading.problem) ? 2 : 0;
});
