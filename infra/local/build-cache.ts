import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository.ts';

const folder = join(repositoryRoot, 'node_modules', '.cache', 'relief-dispatch');

export interface Watched {
  /** Files and folders, from the repository's root, whose contents count. */
  contents: string[];
  /** Folders of which only the names of the files count. */
  names?: string[];
  /** Whatever else counts. */
  values?: string[];
  /** Paths that do not count. */
  except?: RegExp;
}

/** A digest of what a result depends on. */
export function fingerprint({ contents, names = [], values = [], except }: Watched): string {
  const hash = createHash('sha256');
  const files = (paths: string[]) => paths.flatMap(filesBelow).filter(file => !except?.test(file));
  for (const file of files(contents)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(repositoryRoot, file)))
      .update('\0');
  }
  for (const file of files(names)) hash.update(`${file}\0`);
  for (const value of values) hash.update(`${value}\0`);
  return hash.digest('hex').slice(0, 32);
}

function filesBelow(path: string): string[] {
  const stat = statSync(join(repositoryRoot, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [path];
  return readdirSync(join(repositoryRoot, path))
    .sort()
    .flatMap(name => filesBelow(`${path}/${name}`));
}

const keepMs = 7 * 24 * 3_600_000;

/** The result as it was made for the same key before, or made now. Where nothing can be kept it is made every time. */
export async function cached<T>(name: string, key: string, make: () => Promise<T>): Promise<T> {
  const file = join(folder, `${name}-${key}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    // Not there, or not whole: made anew.
  }
  const made = await make();
  try {
    mkdirSync(folder, { recursive: true });
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, JSON.stringify(made));
    renameSync(fresh, file);
    for (const old of readdirSync(folder)) {
      if (Date.now() - statSync(join(folder, old)).mtimeMs > keepMs) unlinkSync(join(folder, old));
    }
  } catch {
    // A read-only installation works too, only slower.
  }
  return made;
}
