import { runMatch } from '../instances/match-command.ts';
import { runCommand } from './arguments.ts';

await runCommand(() =>
  runMatch(process.argv.slice(2), {
    print: text => process.stdout.write(`${text}\n`),
    note: line => process.stderr.write(`${line}\n`),
  }),
);
