import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { repositoryRoot } from '../../infra/repository.ts';
import { bundled } from './bundled.ts';
import { type Part, parts } from './parts.ts';
import { type Finding, layout, mostMs, type Told, type Work } from './protocol.ts';

const usage = `
usage: npm run fuzz -- [--messages N] [--seed N] [--minutes N] [--part grammar|mutation|coverage] [--json]

Reads made-up and broken messages by the way that real ones go, from bytes to events, and checks that nothing throws,
hangs, grows without end, or takes a test for real. Two readers must agree on what is well-formed.

  --messages  how many in all (200000)
  --seed      the same seed makes the same messages (1)
  --minutes   most minutes for each part (10)
  --part      only this part
  --out       folder for messages that broke something (relief-fuzz in the system's folder for temporary files)
  --json      the summary as JSON on stdout

exit code: 0 nothing found, 1 something was, 2 wrong use
`;

/** How the messages are shared out: a look at the coverage costs as much as some hundred messages. */
const shares: Record<Part, number> = { grammar: 0.4, mutation: 0.55, coverage: 0.05 };

/** Far above what the caches of names and places may hold (some MB), far below what a leak of each message would add. */
const mostHeapGrowth = 60_000_000;

const options = {
  messages: { type: 'string', default: '200000' },
  seed: { type: 'string', default: '1' },
  minutes: { type: 'string', default: '10' },
  part: { type: 'string' },
  out: { type: 'string', default: join(tmpdir(), 'relief-fuzz') },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const wrongUse = (reason: string): never => {
  process.stderr.write(`fuzz: ${reason}\n`);
  process.exit(2);
};

const readOptions = () => {
  try {
    const { values } = parseArgs({ options });
    const number = (name: 'messages' | 'seed' | 'minutes') => {
      const value = Number(values[name]);
      return Number.isFinite(value) && value > 0 ? value : wrongUse(`--${name} takes a number above 0`);
    };
    if (values.part !== undefined && !parts.includes(values.part as Part))
      wrongUse(`--part is one of ${parts.join(', ')}`);
    return {
      help: values.help,
      json: values.json,
      out: values.out,
      seed: number('seed'),
      minutes: number('minutes'),
      messages: Math.ceil(number('messages')),
      chosen: parts.filter(part => values.part === undefined || part === values.part),
    };
  } catch (error) {
    return wrongUse(error instanceof Error ? error.message : String(error));
  }
};

/** The message that the worker is at for longer than it may, if it is at one. */
const stuckOn = (shared: SharedArrayBuffer): Uint8Array | undefined => {
  const [, length = -1] = new Int32Array(shared, 0, 2);
  const [began = 0] = new Float64Array(shared, 8, 1);
  const isStuck = length >= 0 && began > 0 && Date.now() - began > 5 * mostMs;
  return isStuck ? new Uint8Array(shared, layout.header, length).slice() : undefined;
};

type Result = { told: Told | undefined; findings: Finding[]; peakRss: number };

/** Runs a part in a thread of its own, and ends it when a message does not come to an end. */
const watched = (script: string, work: Omit<Work, 'shared'>): Promise<Result> =>
  new Promise(resolve => {
    const shared = new SharedArrayBuffer(layout.header + layout.room);
    const worker = new Worker(script, { workerData: { ...work, shared } satisfies Work });
    let peakRss = 0;
    let told: Told | undefined;
    const findings: Finding[] = [];
    const timer = setInterval(() => {
      peakRss = Math.max(peakRss, process.memoryUsage.rss());
      const bytes = stuckOn(shared);
      if (!bytes) return;
      findings.push({ what: 'hangs', bytes });
      void worker.terminate();
    }, 100);
    worker.on('message', (message: Told) => {
      told = message;
      findings.push(...message.findings);
    });
    worker.on('error', error => {
      const length = new Int32Array(shared, 0, 2)[1] ?? 0;
      const bytes = new Uint8Array(shared, layout.header, Math.max(0, length)).slice();
      findings.push({ what: `ended its process: ${error.message}`, bytes });
    });
    worker.on('exit', code => {
      clearInterval(timer);
      if (!told && findings.length === 0)
        findings.push({ what: `ended with code ${code} and no answer`, bytes: new Uint8Array() });
      resolve({ told, findings, peakRss });
    });
  });

const keep = (out: string, name: string, findings: readonly Finding[]) =>
  findings.map(({ what, bytes }, number) => {
    mkdirSync(out, { recursive: true });
    const file = join(out, `${name}-${number}.base64`);
    writeFileSync(file, Buffer.from(bytes).toString('base64'));
    return { what, file };
  });

const run = async (): Promise<number> => {
  const { help, json, out, seed, minutes, messages, chosen } = readOptions();
  if (help) {
    process.stdout.write(usage);
    return 0;
  }
  const script = await bundled(fileURLToPath(new URL('./worker.ts', import.meta.url)), 'fuzz-worker');
  const captures = join(repositoryRoot, '..', 'shared', 'captures');
  const share = chosen.reduce((sum, part) => sum + shares[part], 0);
  const results = [];
  for (const part of chosen) {
    const count = Math.ceil((messages * shares[part]) / share);
    process.stderr.write(`fuzz: ${part}, ${count} messages …\n`);
    const { told, findings, peakRss } = await watched(script, {
      part,
      messages: count,
      seed,
      minutes,
      captures,
    });
    const grown = told ? told.heap[1] - told.heap[0] : 0;
    if (grown > mostHeapGrowth)
      findings.push({ what: `${grown} bytes more in use at the end`, bytes: new Uint8Array() });
    if (told) keep(out, `${part}-worst`, [{ what: 'slowest', bytes: told.worst }]);
    results.push({
      part,
      messages: told?.messages ?? 0,
      perSecond: told ? Math.round((told.messages / told.ms) * 1000) : 0,
      bodies: told?.bodies ?? null,
      alerts: told?.alerts ?? 0,
      worstMs: told ? Math.round(told.worstMs) : null,
      heapGrowth: grown,
      peakRss,
      guided: told?.guided ?? null,
      counts: told?.counts ?? {},
      findings: keep(out, part, findings),
    });
  }
  if (json) process.stdout.write(`${JSON.stringify({ seed, parts: results })}\n`);
  else
    for (const {
      part,
      perSecond,
      worstMs,
      peakRss,
      heapGrowth,
      findings,
      bodies,
      guided,
      ...told
    } of results) {
      const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
      console.log(
        `${part.padEnd(9)} ${told.messages} messages, ${perSecond} a second, worst ${worstMs} ms, peak ${megabytes(peakRss)}, heap ${heapGrowth < 0 ? '' : '+'}${megabytes(heapGrowth)}`,
      );
      if (bodies)
        console.log(
          `          ${bodies.accepted} with alerts (${told.alerts}), ${bodies.refused} without, ${bodies.unreadable} unreadable`,
        );
      if (guided)
        console.log(
          `          ${guided.coveredBlocks} of ${guided.knownBlocks} blocks reached, ${guided.corpus} bodies kept on the way`,
        );
      for (const { what, file } of findings) console.log(`          FOUND ${what}\n                ${file}`);
    }
  return results.some(({ findings }) => findings.length > 0) ? 1 : 0;
};

process.exitCode = await run();
