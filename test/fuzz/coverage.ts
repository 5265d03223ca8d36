import { readFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';

/** The code of one file within a bundle: where it begins, as esbuild's comments say. */
const filesOf = (bundle: string): { file: string; from: number }[] =>
  [...bundle.matchAll(/^\/\/ (\S+\.(?:ts|json))$/gm)].map(match => ({ file: match[1]!, from: match.index }));

const blockOf = (range: Profiler.CoverageRange) => `${range.startOffset}-${range.endOffset}`;

/** Which blocks of the code under `folder` ran, as V8 itself counts them, in the script that asks. */
export const measureCoverage = (scriptUrl: string, folder: string) => {
  const files = filesOf(readFileSync(fileURLToPath(scriptUrl), 'utf8'));
  const isWatched = ({ startOffset }: Profiler.CoverageRange): boolean =>
    files.findLast(({ from }) => from <= startOffset)?.file.startsWith(folder) ?? false;
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const ranges = (): Profiler.CoverageRange[] => {
    let found: Profiler.CoverageRange[] = [];
    // Answers of the own thread come before `post` returns.
    session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error) throw error;
      const script = answer.result.find(({ url }) => url === scriptUrl);
      found = (script?.functions ?? []).flatMap(each => each.ranges).filter(isWatched);
    });
    return found;
  };
  const known = new Set<string>();
  return {
    /** The blocks that ran since the last call. */
    take: (): Set<string> => {
      const ran = new Set<string>();
      for (const range of ranges()) {
        known.add(blockOf(range));
        if (range.count > 0) ran.add(blockOf(range));
      }
      return ran;
    },
    /** Blocks that V8 has told of, whether they ran or not. */
    knownBlocks: () => known.size,
    stop: () => session.disconnect(),
  };
};
