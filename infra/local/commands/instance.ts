import { once } from 'node:events';
import { type Generated, generate, type InstanceWish, kinds } from '../instances/generator.ts';
import { instanceJsonSchema } from '../instances/instance-file.ts';
import { readArguments, runCommand, WrongUse } from './arguments.ts';

const usage = `
usage: npm run -s instance -- [--seed N] [--seats N] [--people N] [--tight | --kind KIND] > FILE.json

Makes one matching problem up: teams, seats, rules of teams, and people who are nobody. For \`npm run match\` and to
measure with. The same numbers give the same file, to the last byte.

  --seed N     which of all instances (1)
  --seats N    open seats, 1 to 2000 (70): up to 39 a rescue team, above half rescue and half medical
  --people N   people on the roster, 0 to 1000000 (1000)
  --kind KIND  standard     a roster as one would wish for (the default)
               tight        few who hold the rare roles, few who speak, few employers
               adversarial  rules that overlap and pull against each other; most people hold two roles
               infeasible   two roles that nobody holds, two whose certificates have all run out
               ties         people who differ in nothing but their ids
  --tight      the same as --kind tight
  --schema     prints the form of an instance as JSON Schema instead (docs/match-instance.schema.json)
  --help       this text

The fields are explained in docs/matching-instance.md.
exit code: 0 done, 2 wrong use
`;

const options = {
  seed: { type: 'string' },
  seats: { type: 'string' },
  people: { type: 'string' },
  kind: { type: 'string' },
  tight: { type: 'boolean' },
  schema: { type: 'boolean' },
} as const;

function wholeNumber(
  name: string,
  text: string | undefined,
  usual: number,
  least: number,
  most: number,
): number {
  if (text === undefined) return usual;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most)
    throw new WrongUse(`--${name} takes a whole number from ${least} to ${most}, not "${text}"`);
  return number;
}

function kindOf(kind: string | undefined, tight: boolean | undefined): InstanceWish['kind'] {
  if (tight && kind !== undefined && kind !== 'tight') throw new WrongUse(`--tight is not --kind ${kind}`);
  const wanted = kind ?? (tight ? 'tight' : 'standard');
  const known = kinds.find(each => each === wanted);
  if (!known) throw new WrongUse(`--kind ${wanted} is none of ${kinds.join(', ')}`);
  return known;
}

/** One person a line, written as they are made: a large roster is never in memory whole. */
async function print({ problem, count, person }: Generated): Promise<void> {
  const write = async (text: string) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  };
  const head = JSON.stringify(problem, null, 2);
  await write(`${head.slice(0, head.lastIndexOf('\n'))},\n  "experts": [`);
  let lines = '';
  for (let place = 0; place < count; place += 1) {
    lines += `${place === 0 ? '' : ','}\n    ${JSON.stringify(person(place))}`;
    if (lines.length < 1_000_000) continue;
    await write(lines);
    lines = '';
  }
  await write(`${lines}${count === 0 ? '' : '\n  '}]\n}\n`);
}

await runCommand(async () => {
  const { values } = readArguments({ usage, options, positionals: 'none' });
  if (values.schema) {
    process.stdout.write(`${JSON.stringify(instanceJsonSchema(), null, 2)}\n`);
    return 0;
  }
  const wish = {
    seed: wholeNumber('seed', values.seed, 1, 0, 2 ** 31 - 1),
    seats: wholeNumber('seats', values.seats, 70, 1, 2000),
    people: wholeNumber('people', values.people, 1000, 0, 1_000_000),
    kind: kindOf(values.kind, values.tight),
  };
  await print(generate(wish));
  return 0;
});
