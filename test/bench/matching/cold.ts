import { readFileSync } from 'node:fs';
import type { MatchProblem } from '../../../functions/matching/problem.ts';
import { matchTeam } from '../../../functions/matching/team-match.ts';
import { decodeColumns } from '../../../functions/roster/snapshot-file.ts';
import { peakRssBytes } from './peak-memory.ts';

/**
 * A match by a process that has just begun, bundled as the functions are: columns from a file, the solver's WebAssembly
 * beside. Prints milliseconds since the process began, and those of the match alone, and the greatest memory it had.
 */
const [, , problemFile, columnsFile] = process.argv;
const problem = JSON.parse(readFileSync(problemFile!, 'utf8')) as MatchProblem;
const roster = decodeColumns(readFileSync(columnsFile!));
const read = performance.now();
const { picks } = await matchTeam(problem, roster);
const done = performance.now();
process.stdout.write(
  JSON.stringify({ sinceStart: done, match: done - read, picks: picks.length, peakRssBytes: peakRssBytes() }),
);
