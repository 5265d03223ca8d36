import { benchDrill } from './drill-bench.ts';
import { benchFreight } from './freight-bench.ts';
import { benchIntake } from './intake-bench.ts';
import { benchMatching } from './matching-bench.ts';
import { benchRoster } from './roster-bench.ts';

/**
 * What the system needs for its work, beside something that does less in the same run: quote the ratios, since machines
 * differ. No time passes or fails; a plan of the matching that is not the best does. `npm run bench -- intake` does one part
 * alone, `npm run bench -- matching all` also what takes minutes.
 */
const parts: Readonly<Record<string, (all: boolean) => Promise<void>>> = {
  intake: benchIntake,
  matching: benchMatching,
  freight: benchFreight,
  roster: benchRoster,
  drill: benchDrill,
};

const all = process.argv.includes('all');
const chosen = process.argv.slice(2).filter(part => part !== 'all');
const unknown = chosen.find(part => !Object.hasOwn(parts, part));
if (unknown !== undefined) {
  console.error(`bench: ${unknown} is none of ${Object.keys(parts).join(', ')}`);
  process.exitCode = 2;
} else for (const part of chosen.length > 0 ? chosen : Object.keys(parts)) await parts[part]?.(all);
