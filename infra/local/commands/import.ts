import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { readArguments, runCommand, WrongUse } from './arguments.ts';

const usage = `
usage: npm run -s import -- roster|stock FILE.csv [--preview] [--json]

Loads a roster or stock into the running desk (npm start). Good rows are kept; each bad row is named with its line, the
column and the reason. The columns are described in functions/roster/roster-file.ts and functions/stock/import.ts.

  --preview  says what would change, and writes nothing
  --json     the desk's answer on stdout: {accepted, changed, rejected: [{line, column, reason}], …}
  --help     this text

PORT and RELIEF_DATA_DIR name another desk than http://localhost:3000 with its data in .relief.
exit code: 0 done, also with rows left out; 1 the desk is not running, refused the file or took no row of it; 2 wrong use
`;

/** What the desk answers to an import. */
const Answer = z.looseObject({
  accepted: z.number(),
  changed: z.number(),
  rejected: z.array(z.object({ line: z.number(), column: z.string(), reason: z.string() })),
  ignoredColumns: z.array(z.string()),
  emails: z.object({ asked: z.number(), left: z.number() }).optional(),
});
type Answer = z.infer<typeof Answer>;

/** A failure that one line tells whole. */
class ImportFailed extends Error {
  override name = 'ImportFailed';
}

/** The text of the file: UTF-8, or what Excel writes instead (UTF-16 with its mark, Shift JIS in Japan). */
async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  for (const coding of isUtf16 ? ['utf-16le'] : ['utf-8', 'shift_jis']) {
    try {
      const text = new TextDecoder(coding, { fatal: true }).decode(bytes);
      if (coding !== 'utf-8') process.stderr.write(`${basename(file)} is not UTF-8: read as ${coding}.\n`);
      return text;
    } catch {
      // The next coding may fit.
    }
  }
  throw new ImportFailed(`${file}: neither UTF-8 nor Shift JIS: save it as "CSV UTF-8".`);
}

/** The token that the desk writes for its own machine when it starts. */
async function readToken(): Promise<string> {
  const folder = process.env.RELIEF_DATA_DIR || '.relief';
  try {
    return (await readFile(join(folder, 'desk-token'), 'utf8')).trim();
  } catch {
    throw new ImportFailed(`No desk has run with its data in ${folder}: start it with npm start.`);
  }
}

async function send(what: string, text: string, preview: boolean): Promise<Answer> {
  const desk = `http://localhost:${process.env.PORT || 3000}`;
  const authorization = `Bearer ${await readToken()}`;
  let reply: Response;
  try {
    reply = await fetch(`${desk}/api/${what}${preview ? '?preview=true' : ''}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/csv; charset=utf-8' },
      body: text,
    });
  } catch {
    throw new ImportFailed(`The desk is not running on ${desk}: start it with npm start.`);
  }
  const body: unknown = await reply.json().catch(() => null);
  const answer = Answer.safeParse(body);
  if (reply.ok && answer.success) return answer.data;
  const problem = z.object({ detail: z.string() }).safeParse(body);
  if (reply.status === 401)
    throw new ImportFailed(`${desk} does not know the token of this folder: is RELIEF_DATA_DIR the desk's?`);
  throw new ImportFailed(
    problem.success
      ? problem.data.detail
      : `${desk} answered ${reply.status}, not as a relief desk does: is it one?`,
  );
}

/** Cells are repeated in reasons: a control character in one must not reach the terminal. */
const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, '\uFFFD');

function readable(file: string, answer: Answer, preview: boolean): string {
  const { accepted, changed, rejected, ignoredColumns, emails } = answer;
  const lines = rejected.map(
    ({ line, column, reason }) => `${file} line ${line}, \`${column}\`: ${plain(reason)}. Row left out.`,
  );
  for (const column of ignoredColumns) lines.push(`${file}: the column \`${plain(column)}\` is not read.`);
  const verb = preview ? 'would be taken' : 'taken';
  lines.push(
    `${count(accepted, 'row')} ${verb}, ${changed} of them new or changed; ${rejected.length} left out.`,
  );
  if (emails && emails.asked > 0)
    lines.push(`${count(emails.asked, 'person', 'people')} asked to confirm the e-mail address.`);
  if (emails && emails.left > 0)
    lines.push(`${emails.left} more could not be asked this time: import the same file again.`);
  return lines.join('\n');
}

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

await runCommand(async () => {
  const options = { preview: { type: 'boolean' } } as const;
  const { values, positionals } = readArguments({ usage, options, positionals: 'any' });
  const [what, file, ...more] = positionals;
  if (what !== 'roster' && what !== 'stock')
    throw new WrongUse(
      `${what ? `"${what}" cannot be imported` : 'nothing to import'}: say roster or stock, then the file`,
    );
  if (file === undefined || more.length > 0)
    throw new WrongUse(`one file at a time: npm run -s import -- ${what} FILE.csv`);
  // Read once more as the file alone, which then must exist.
  readArguments({ usage, options, positionals: 'files', argv: [file] });
  const preview = values.preview === true;
  try {
    const answer = await send(what, await readText(file), preview);
    process.stdout.write(
      `${values.json ? JSON.stringify(answer) : readable(basename(file), answer, preview)}\n`,
    );
    return answer.accepted === 0 && answer.rejected.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ImportFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
});
