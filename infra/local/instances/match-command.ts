import { readFile } from 'node:fs/promises';
import { readArguments, WrongUse } from '../commands/arguments.ts';
import { type Answer, answerJson, answerOf, faultsOf, readClaims, whyOf } from './answer.ts';
import { goodsText, peopleText } from './answer-text.ts';
import { type InstanceFile, readInstanceFile } from './instance-file.ts';

const usage = `
usage: npm run -s match -- INSTANCE.json [--json] [--why EXPERT_ID | --check ANSWER.json]

Solves one matching problem: the best people for the open seats, exactly, with the reasons and the proof; and the goods.
Every field of an instance is explained in docs/matching-instance.md. Nothing is stored and nobody is asked.

  --json          the answer on stdout as JSON instead of text
  --why EXPERT    instead: why this person has, or has not, a seat, role by role
  --check ANSWER  instead: whether an answer made before (by --json) is allowed and proven for this instance; no solver
                  takes part
  --help          this text

picks        who takes which seat, when they arrive, and why
empty        the seats that nobody can take, and what removed those who hold the role
standby      who steps in, the best first; nobody is named twice
stages       each goal in its order, in words
brokenRules  rules of teams that could not be kept, and why
marginals    what one more seat, one rule less, or giving up a hard rule would do
certificate  the proof of each goal: prices from which anybody can work out the bound; equal to the value: nothing better exists
goods        what goes where from, by which lane, and why

Every answer is checked before it is printed, by arithmetic that shares nothing with the search.
exit code: 0 an answer, also with empty seats (--check: it holds); 1 the solver failed, or an answer does not hold;
2 wrong use or not an instance
`;

const options = { why: { type: 'string' }, check: { type: 'string' } } as const;

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '') || '(whole)';

type Issues = readonly { path: PropertyKey[]; message: string }[];

/** The first thing that is wrong with a file, where, and how many more. */
function wrong(file: string, issues: Issues): WrongUse {
  const others = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new WrongUse(`${file}: ${placeOf(issues[0]!.path)}: ${issues[0]!.message}${others}`);
}

/** Reads a file of JSON, a byte order mark or not; throws WrongUse with one line. */
async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WrongUse(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WrongUse(`${file}: not JSON: ${reason.replaceAll(/\s+/g, ' ')}`);
  }
}

async function readInstance(file: string, { note }: Output): Promise<InstanceFile> {
  const read = readInstanceFile(await readJson(file));
  if (read.file === null) throw wrong(file, read.issues);
  for (const field of read.unknown) note(`${file}: ${field}: no field of an instance; left out`);
  return read.file;
}

function refuse(faults: readonly string[], { note }: Output): number {
  for (const fault of faults) note(`refused: ${fault}`);
  return 1;
}

function textOf({ people }: InstanceFile, answer: Answer): string {
  const parts = [
    ...(people && answer.people ? [peopleText(people, answer.people)] : []),
    ...(answer.goods ? [goodsText(answer.goods)] : []),
  ];
  return `${parts.join('\n\n')}\n\nchecked: every pick is allowed, and the proof holds`;
}

/** Where a command writes: its answer, and what there is to note beside it. */
export type Output = { print: (text: string) => void; note: (line: string) => void };

/** The command with its arguments; the exit code. Throws WrongUse, or SolverFailed of the goods. */
export async function runMatch(argv: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = readArguments({ usage, options, positionals: 'files', argv });
  const [file, second] = positionals;
  if (file === undefined || second !== undefined)
    throw new WrongUse(`one instance at a time, not also ${second}`);
  if (values.why !== undefined && values.check !== undefined)
    throw new WrongUse('--why and --check are two questions: one at a time');
  const instance = await readInstance(file, output);
  const asJson = values.json ?? false;
  if (values.why !== undefined) return explain(instance, file, values.why, asJson, output);
  if (values.check !== undefined) return check(instance, values.check, asJson, output);
  return solveAndPrint(instance, asJson, output);
}

async function solveAndPrint(instance: InstanceFile, asJson: boolean, output: Output): Promise<number> {
  const answer = await answerOf(instance);
  // Checked is what is printed: after the way through JSON.
  const printed = JSON.stringify(answerJson(answer), null, 2);
  const claims = readClaims(instance, JSON.parse(printed));
  const faults = claims.success
    ? faultsOf(instance, claims.data)
    : claims.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  if (faults.length > 0) return refuse(faults, output);
  output.print(asJson ? printed : textOf(instance, answer));
  return 0;
}

async function check(instance: InstanceFile, file: string, asJson: boolean, output: Output): Promise<number> {
  const claims = readClaims(instance, await readJson(file));
  if (!claims.success) throw wrong(file, claims.error.issues);
  const faults = faultsOf(instance, claims.data);
  if (asJson) output.print(JSON.stringify({ accepted: faults.length === 0, faults }, null, 2));
  if (faults.length > 0) return refuse(faults, output);
  if (!asJson) output.print('accepted: every pick is allowed, and the proof holds');
  return 0;
}

/** Why a person has or has not a seat. The roles that they hold no certificate for are counted in the text, not listed. */
async function explain(
  { people }: InstanceFile,
  file: string,
  expertId: string,
  asJson: boolean,
  { print }: Output,
): Promise<number> {
  if (!people) throw new WrongUse(`${file}: asks for goods alone; --why is about people`);
  const person = people.experts.find(each => each.expertId === expertId);
  if (!person) throw new WrongUse(`${file}: nobody is called "${expertId}"`);
  const groups = await whyOf(people, expertId);
  if (asJson) {
    print(JSON.stringify({ expertId, groups }, null, 2));
    return 0;
  }
  const roles = new Set(person.qualifications.map(({ role }) => role));
  const [held, others] = [true, false].map(holds => groups.filter(({ role }) => roles.has(role) === holds));
  const text = held!.map(({ groupId, lines }) => [groupId, ...lines.map(line => `    ${line}`)].join('\n'));
  if (others!.length > 0) {
    text.push(`no certificate for: ${others!.map(({ groupId }) => groupId).join(', ')}`);
  }
  print(text.join('\n'));
  return 0;
}
