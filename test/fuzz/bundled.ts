import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from '../../infra/repository.ts';

/**
 * A TypeScript entry as one script that Node runs without a loader, packages left outside; the path of the script. Threads
 * have no loader, and a measurement should not hold the work of one.
 */
export const bundled = async (entry: string, name: string): Promise<string> => {
  const outfile = join(repositoryRoot, `node_modules/.cache/relief-dispatch/${name}.mjs`);
  await build({
    entryPoints: [entry],
    absWorkingDir: repositoryRoot,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
};
