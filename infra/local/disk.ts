import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Bill, emptyBill } from './bill.ts';
import type { SecretTemplate } from './blueprint.ts';
import { type DeliveryEntry, keepDeliveries } from './deliveries.ts';
import { type BodyStore, openBodies } from './endpoints/s3.ts';
import { openTables, type Tables } from './endpoints/tables.ts';
import { lockFolder } from './folder-lock.ts';
import { type Journal, openJournal } from './journal.ts';
import { openPost, type Post, type Recipients } from './post.ts';
import { newPrivateKey } from './tokens.ts';
import { openTopics, type Topics } from './topics.ts';

/** Everything that outlives a system: what a crash leaves and a new start finds. */
export interface Disk {
  /** Absolute path; null in memory. */
  folder: string | null;
  tables: Tables;
  bodies: BodyStore;
  topics: Topics;
  post: Post;
  deliveries: Journal<DeliveryEntry>;
  /** Counted since this disk was opened, over all systems on it. */
  bill: Bill;
  /** The content of a small secret file, made on first use. */
  secret(file: string, make: () => string): string;
  /** Writes a file for the owner's eyes alone. */
  keep(file: string, content: string): void;
  privateKey(): string;
  /** Those outside who are told of what is sent; the newest system's replace the others'. */
  recipients: Recipients;
  /** Counts a start of a system; the number belongs to it alone, also after a restart of the process. */
  nextGeneration(): number;
  close(): Promise<void>;
}

/**
 * Opens a data folder, made when it is missing, readable for its owner alone; or a disk in memory for 'memory'.
 * Throws FolderInUse when another process works there.
 */
export function openDisk(dataDir: string | 'memory'): Disk {
  const folder = dataDir === 'memory' ? null : resolve(dataDir);
  let unlock = () => {};
  if (folder) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // A folder that was there before may be open to others; what lies in it is personal data.
    chmodSync(folder, 0o700);
    unlock = lockFolder(folder);
  }
  const at = (name: string) => folder && join(folder, name);
  const inMemory = new Map<string, string>();

  function secret(file: string, make: () => string): string {
    const path = at(file);
    const known = path ? existsSync(path) && readFileSync(path, 'utf8').trim() : inMemory.get(file);
    if (known) return known;
    const made = make();
    keep(file, made);
    return made;
  }

  function keep(file: string, content: string): void {
    const path = at(file);
    if (!path) inMemory.set(file, content);
    else {
      writeFileSync(path, `${content}\n`, { mode: 0o600 });
      chmodSync(path, 0o600);
    }
  }

  const bill = emptyBill();
  const tables = openTables(at('tables'));
  const disk: Disk = {
    folder,
    tables,
    bodies: openBodies(at('bodies')),
    topics: openTopics(openJournal(at('topics.jsonl'))),
    post: openPost(openJournal(at('outbox.jsonl')), bill, () => disk.recipients),
    deliveries: openJournal(at('deliveries.jsonl'), keepDeliveries),
    bill,
    secret,
    keep,
    privateKey: () => secret('token-key.pem', newPrivateKey),
    recipients: {},
    nextGeneration() {
      const generation = Number(secret('generation', () => '0'));
      keep('generation', String(generation + 1));
      return generation;
    },
    async close() {
      await tables.close();
      unlock();
    },
  };
  return disk;
}

/** A secret of 32 random bytes, as text; alone, or as one value of a JSON template. */
export const newSecret = (template?: SecretTemplate): string => {
  const value = randomBytes(32).toString('base64url');
  return template ? JSON.stringify({ ...JSON.parse(template.text), [template.key]: value }) : value;
};
