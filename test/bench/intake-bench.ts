import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryRoot } from '../../infra/repository.ts';
import { bundled } from '../fuzz/bundled.ts';
import type { Job, Measured } from './intake-work.ts';

const captures = join(repositoryRoot, '..', 'shared', 'captures');

type Measure = (job: Job) => Measured;

const perSecond = (count: number, ms: number) => Math.round((count / ms) * 1000).toLocaleString('en');

const line = (what: string, { ms, bytes, messages }: Measured, beside: Measured, name: string) =>
  console.log(
    [
      `  ${what.padEnd(34)}`,
      `${ms.toFixed(2).padStart(9)} ms`,
      `${perSecond(messages, ms).padStart(8)} messages/s`,
      `${(bytes / ms / 1000).toFixed(1).padStart(6)} MB/s`,
      `${(ms / beside.ms).toFixed(2).padStart(6)} x ${name}`,
    ].join(' '),
  );

/** Every format of the captures, the whole way from bytes to alerts beside a bare strict parse of the same bytes. */
const benchFormats = (measure: Measure) => {
  for (const folder of readdirSync(captures, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    const bodies = { folder: join(captures, folder.name) };
    const whole = measure({ side: 'whole', bodies });
    line(`${folder.name}, ${whole.files} files`, whole, measure({ side: 'bare', bodies }), 'a bare parse');
  }
};

/** Files that the npm package @dec112/cap-ts can read, on both sides. */
const benchPeer = (measure: Measure) => {
  const bodies = { readableByPeer: join(captures, 'cap') };
  const whole = measure({ side: 'whole', bodies });
  line(
    `cap, ${whole.files} files that it reads`,
    whole,
    measure({ side: 'peer', bodies }),
    '@dec112/cap-ts 0.3.2',
  );
};

const benchLarge = (measure: Measure) => {
  const bodies = { eonetEvents: 5662 };
  const [whole, bare] = (['whole', 'bare'] as const).map(side => measure({ side, bodies, once: true }));
  line('EONET, 5,662 events, cold', whole!, bare!, 'JSON.parse');
  const megabytes = ({ peakRssBytes }: Measured) => `${Math.round(peakRssBytes / 1e6)} MB`;
  console.log(`${' '.repeat(37)}peak memory ${megabytes(whole!)}, JSON.parse alone ${megabytes(bare!)}`);
  const polygon = { polygonPoints: 27_150 };
  line(
    'CAP, a polygon of 27,150 points',
    measure({ side: 'whole', bodies: polygon }),
    measure({ side: 'bare', bodies: polygon }),
    'a bare parse',
  );
};

const benchFolding = (measure: Measure) => {
  const bodies = { nwsAlerts: 529 };
  const read = measure({ side: 'whole', bodies });
  line('NWS, 529 alerts', read, measure({ side: 'bare', bodies }), 'JSON.parse');
  line('  and folded into events', measure({ side: 'fold', bodies }), read, 'reading them');
};

/**
 * Reading alerts. Each number is the median of many passes in a process of its own: the XML parser is several times slower
 * in a process that has used it with other handlers too.
 */
export async function benchIntake(): Promise<void> {
  const script = await bundled(fileURLToPath(new URL('./intake-work.ts', import.meta.url)), 'bench-intake');
  const measure: Measure = job =>
    JSON.parse(
      execFileSync(process.execPath, [
        ...(job.once ? [] : ['--max-semi-space-size=64']),
        script,
        JSON.stringify(job),
      ]).toString(),
    ) as Measured;
  console.log('intake');
  if (existsSync(captures)) {
    benchFormats(measure);
    benchPeer(measure);
  } else console.log('  formats and peer: skipped, the captures are not here');
  benchLarge(measure);
  benchFolding(measure);
}
