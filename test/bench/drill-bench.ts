import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../../infra/repository.ts';
import { row } from './measure.ts';

/** The whole way of the bundled sample, as a process of its own, beside the time that the mission takes in the world. */
export async function benchDrill(): Promise<void> {
  const sample = join(repositoryRoot, 'infra/local/demonstration/sample-alert/us6000jllz.json');
  const began = performance.now();
  const report = JSON.parse(
    execFileSync('npm', ['run', '-s', 'drill', '--', sample, '--json'], {
      cwd: repositoryRoot,
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 100_000_000,
    }).toString(),
  ) as { deployments: { timeline: { at: string }[] }[]; bill: Record<string, number> };
  const ms = performance.now() - began;
  const at = report.deployments.flatMap(each => each.timeline.map(entry => Date.parse(entry.at)));
  const world = Math.max(...at) - Math.min(...at);
  row(`drill of the sample, ${report.bill.invocations} invocations`, ms, 'real time', ms / world);
}
