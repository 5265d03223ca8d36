import { readFile } from 'node:fs/promises';
import { runDrill } from '../drill/drill.ts';
import { TEMPERAMENTS } from '../drill/people.ts';
import type { DrillReport } from '../drill/report.ts';
import { readArguments, runCommand, WrongUse } from './arguments.ts';

const usage = `
usage: npm run -s drill -- FILE… [--seed N] [--people eager|typical|reluctant] [--json]

Takes captured feeds the whole way on a virtual clock: events, needs, deployments, matching, offers, answers, confirmed
teams, goods, the mission home. The real workflows and handlers run; the people and the desk are simulated. Everything is
a drill: alerts become exercises, and each file is judged as of its own newest time. The clock starts at the newest of all.

  --seed N    which people live and how they answer (a whole number, default 1); the same seed gives the same report
  --people    how willing they are: eager, typical (default), reluctant
  --json      the report on stdout; progress goes to stderr
  --help      this text

exit code: 0 done and nothing was violated; 1 a rule that must never be broken was, or the drill failed; 2 wrong use
`;

function readable(report: DrillReport): string {
  const lines = [
    `seed ${report.seed}: ${report.events.length} events, ${report.deployments.length} deployments`,
  ];
  for (const { deploymentId, eventId, state, teams, people, notices, goods } of report.deployments) {
    lines.push('', `${deploymentId}  ${state}  (${eventId})`);
    for (const team of teams)
      lines.push(
        `  ${team.type}: ${team.filled} of ${team.required} seats, ${team.standby} stand by, full ${team.filledAt ?? 'never'}, ready ${team.readyAt ?? '-'}, standard ${team.deadlineAt ?? '-'} ${team.deadlineMet ? 'met' : 'NOT MET'}`,
      );
    lines.push(
      `  people: ${people.asked} asked, ${people.accepted} yes, ${people.declined} no, ${people.silent} silent, ${people.stoodDown} stood down`,
    );
    lines.push(`  messages: ${notices.sms} SMS (${notices.smsSegments} segments), ${notices.email} e-mails`);
    for (const line of goods)
      lines.push(
        `  ${line.quantity} ${line.item} from ${line.warehouse}: ${line.state}, there ${line.arrivesAt}`,
      );
  }
  lines.push(
    '',
    `bill: ${Object.entries(report.bill)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
  );
  lines.push(
    report.violations.length === 0 ? 'violations: none' : `VIOLATIONS:\n  ${report.violations.join('\n  ')}`,
  );
  if (report.complaints.length > 0) lines.push(`the desk could not:\n  ${report.complaints.join('\n  ')}`);
  return lines.join('\n');
}

await runCommand(async () => {
  const { values, positionals: files } = readArguments({
    usage,
    options: { seed: { type: 'string', default: '1' }, people: { type: 'string', default: 'typical' } },
    positionals: 'files',
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new WrongUse(`--seed ${values.seed}: not a whole number from 0`);
  const people = TEMPERAMENTS.find(each => each === values.people);
  if (!people) throw new WrongUse(`--people ${values.people}: not one of ${TEMPERAMENTS.join(', ')}`);
  const messages = await Promise.all(files.map(async name => ({ name, bytes: await readFile(name) })));
  const report = await runDrill({
    messages,
    seed,
    people,
    progress: line => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : readable(report)}\n`);
  return report.violations.length > 0 ? 1 : 0;
});
