import { readFile } from 'node:fs/promises';
import type { TeamMatch } from '../../../functions/domain/plan.ts';
import { MatchInput } from '../../../functions/matching/instance.ts';
import { matchTeam } from '../../../functions/matching/team-match.ts';
import { readArguments, runCommand, WrongUse } from './arguments.ts';

const usage = `
usage: npm run -s match -- INSTANCE.json [--json]

Solves one matching problem: the best people for the open seats, exactly, with the reasons and the proof.
The form of an instance is MatchInput in functions/matching/instance.ts. Nothing is stored and nobody is asked.

  --json   {picks, empty, standby, stages} on stdout instead of tables
  --help   this text

picks    who takes which seat, when they arrive, and why
empty    the seats that nobody can take, and what removed those who hold the role
standby  who steps in, the best first; nobody is named twice
stages   each goal in its order: the value reached and a proven bound; equal means that nothing better exists
exit code: 0 solved, also with empty seats; 1 the solver failed; 2 wrong use or not an instance
`;

/** Reads an instance; throws WrongUse with file, place and reason. */
async function readInstance(file: string): Promise<MatchInput> {
  const text = await readFile(file, 'utf8');
  const read = MatchInput.safeParse(parsed(file, text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const more = read.error.issues.length - 1;
  const place = issue!.path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  const others = more > 0 ? ` (and ${more} more)` : '';
  throw new WrongUse(`${file}: ${place.replace(/^\./, '') || '(whole)'}: ${issue!.message}${others}`);
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WrongUse(`${file}: not JSON: ${reason.replaceAll(/\s+/g, ' ')}`);
  }
}

function readable(match: TeamMatch): string {
  const lines = match.picks.flatMap(({ seatId, expertId, arrivesAt, reasons }) => [
    `${seatId}  ${expertId}  arrives ${arrivesAt}`,
    ...reasons.map(reason => `    ${reason}`),
  ]);
  for (const { seatId, reason } of match.empty) lines.push(`${seatId}  EMPTY  ${reason}`);
  lines.push('');
  for (const { teamType, role, expertIds } of match.standby) {
    lines.push(`stand-by ${teamType}/${role}: ${expertIds.join(', ') || 'nobody'}`);
  }
  lines.push('');
  for (const { goal, value, bound } of match.stages) {
    lines.push(`${goal}: ${value} (${bound === value ? 'proven best' : `not proven, at least ${bound}`})`);
  }
  return lines.join('\n').trim();
}

await runCommand(async () => {
  const { values, positionals } = readArguments({ usage, options: {}, positionals: 'files' });
  const [file, second] = positionals;
  if (file === undefined || second !== undefined)
    throw new WrongUse(`one instance at a time, not also ${second}`);
  const match = await matchTeam(await readInstance(file));
  process.stdout.write(`${values.json ? JSON.stringify(match, null, 2) : readable(match)}\n`);
  return 0;
});
