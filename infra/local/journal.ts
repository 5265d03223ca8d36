import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A list that only grows, kept as JSON lines for its owner's eyes alone (mode 600), or in memory. */
export interface Journal<T> {
  entries: T[];
  append(entry: T): void;
}

/** Opens a journal; `keep` says what of it is still of use, and the rest is dropped. A last line cut by a crash is ignored. */
export function openJournal<T>(file: string | null, keep: (entries: T[]) => T[] = all => all): Journal<T> {
  const entries = keep(file && existsSync(file) ? readLines<T>(file) : []);
  if (file) {
    writeFileSync(`${file}.new`, entries.map(entry => `${JSON.stringify(entry)}\n`).join(''), {
      mode: 0o600,
    });
    renameSync(`${file}.new`, file);
  }
  return {
    entries,
    append(entry) {
      entries.push(entry);
      if (file) appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
  };
}

function readLines<T>(file: string): T[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const complete = lines.slice(0, -1);
  return complete.map((line, index) => {
    try {
      return JSON.parse(line) as T;
    } catch {
      throw new Error(`${file}: line ${index + 1} is not JSON`);
    }
  });
}
