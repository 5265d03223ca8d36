import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Another process works on the same data folder. */
class FolderInUse extends Error {
  override name = 'FolderInUse';
}

/** The folders that this very process holds: its own process id in a lock would say nothing. */
const held = new Set<string>();

/** When the process began, in ticks since the machine's start; null where the system does not say. A number given again after a crash has another start. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Takes a data folder for this process and returns what gives it back. Throws {@link FolderInUse}; a lock left by a crash is taken over. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock');
  const refuse = (who: string): never => {
    throw new FolderInUse(
      `Another desk is running here: ${who} works on ${folder}. Stop it, or set RELIEF_DATA_DIR to another folder.`,
    );
  };
  if (held.has(folder)) refuse('this process');
  for (;;) {
    try {
      const descriptor = openSync(file, 'wx', 0o600);
      writeSync(descriptor, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }));
      closeSync(descriptor);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = readOwner(file);
      if (owner && owner.pid !== process.pid && isAlive(owner.pid) && owner.start === startOf(owner.pid)) {
        refuse(`process ${owner.pid}`);
      }
      unlinkSync(file);
    }
  }
  held.add(folder);
  return () => {
    held.delete(folder);
    unlinkSync(file);
  };
}

function readOwner(file: string): { pid: number; start: string | null } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
