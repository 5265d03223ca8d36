import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { Instant } from '../domain/primitives.ts';
import { DAY, HOUR, MINUTE, plus } from '../domain/time.ts';
import type { RosterColumns } from '../roster/columns.ts';
import { columnsOf, type RosterPerson } from '../roster/columns-of.ts';
import { overlay } from '../roster/overlay.ts';
import { decodeColumns, encodeColumns, ROSTER_KEY, SnapshotUnreadable } from '../roster/snapshot-file.ts';
import { log } from '../runtime/log.ts';
import type { ExpertStore } from './experts.ts';

/**
 * How much further back than the snapshot's own moment changes are looked for: the index is behind by seconds, the
 * clocks of two functions by less, and a write that is repeated for as long as a function lives by two minutes.
 */
const MARGIN = 5 * MINUTE;

/** A new snapshot is made of the whole table after so long, so that people deleted by hand leave it too. */
const WHOLE_AFTER = DAY - HOUR;

/**
 * From so many changed people on, and from this share of the roster, a scan is cheaper than reading them by id: it packs
 * four kilobytes into a unit, some five people, where each of them read alone costs one.
 */
const MANY = 1000;
const SHARE = 1 / 5;

/** People whose columns are merged at a time while a scan goes on. */
const CHUNK = 20_000;

/** Fast and within a tenth of the smallest: the columns are numbers and hardly any text. */
const GZIP_LEVEL = 4;

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** The roster at a moment. `asOf`: everything written before it is in; `wholeAt`: when it was last read whole. */
type Snapshot = { columns: RosterColumns; asOf: Instant; wholeAt: Instant; etag: string };

const Metadata = z.object({ 'as-of': Instant, 'whole-at': Instant });

/** Somebody who changed since the snapshot, as read then; null: nobody has the id any more. */
type Change = { changedAt: Instant; person: RosterPerson | null; isFinal: boolean };

/** What a warm function remembers of the roster. */
type Kept = { snapshot: Snapshot; changes: Map<string, Change>; columns: RosterColumns };

export type RosterStoreOptions = {
  bodies: S3Client;
  bucket: string;
  experts: Pick<ExpertStore, 'getMany' | 'changedSince' | 'rosterPages'>;
  now: () => Instant;
  /** False for a function that may read the snapshot and not write it: where none is, it scans. @default true */
  mayKeep?: boolean;
};

/**
 * What a refresh put: a snapshot of the table read `whole`, or one with the `changes` folded in; `nothing` when none was
 * called for, or when another function put one at the same moment. Bytes are those put.
 */
export type Refreshed = {
  put: 'nothing' | 'changes' | 'whole';
  people: number;
  changed: number;
  bytes: number;
};

/** The roster as columns, from its snapshot and the changes since. Made once for a warm function, which keeps it. */
export type RosterStore = {
  /**
   * Everybody as of a moment ago. One conditional request for the snapshot, eight for who has changed, and one for each
   * hundred of them. A row may be stale by the seconds that the index needs: the hold on the person's item is the truth.
   */
  current(): Promise<RosterColumns>;
  /** Puts a new snapshot with all changes in it, read whole once a day or when `whole` asks for it. */
  refresh(how?: { whole?: boolean }): Promise<Refreshed>;
};

/** Opens the roster's snapshot. */
export const createRosterStore = (options: RosterStoreOptions): RosterStore => {
  const { bodies, bucket, experts, now, mayKeep = true } = options;
  let kept: Kept | null = null;

  /** The snapshot; the one already known when it is still the same. Null when there is none that can be read. */
  const readSnapshot = async (
    known: Snapshot | undefined,
  ): Promise<{ snapshot: Snapshot | null; etag: string | null }> => {
    try {
      const answer = await bodies.send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: ROSTER_KEY,
          ...(known && { IfNoneMatch: known.etag }),
        }),
      );
      const etag = answer.ETag ?? '';
      try {
        const metadata = Metadata.parse(answer.Metadata);
        const bytes = await unzip((await answer.Body?.transformToByteArray()) ?? new Uint8Array());
        const columns = decodeColumns(bytes);
        const snapshot = { columns, asOf: metadata['as-of'], wholeAt: metadata['whole-at'], etag };
        return { snapshot, etag };
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        // It holds nothing that the table does not: made anew, and the desk goes on.
        log.warn('roster snapshot not readable', { text: error.message });
        return { snapshot: null, etag };
      }
    } catch (error) {
      if (known && statusOf(error) === 304) return { snapshot: known, etag: known.etag };
      if (error instanceof Error && error.name === 'NoSuchKey') return { snapshot: null, etag: null };
      throw error;
    }
  };

  /** Puts a snapshot in the place of the one with this tag; null when another function was faster. */
  const put = async (
    made: Omit<Snapshot, 'etag'>,
    instead: string | null,
  ): Promise<{ etag: string; bytes: number } | null> => {
    const body = await zip(encodeColumns(made.columns), { level: GZIP_LEVEL });
    try {
      const { ETag } = await bodies.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: ROSTER_KEY,
          Body: body,
          ContentType: 'application/octet-stream',
          Metadata: { 'as-of': made.asOf, 'whole-at': made.wholeAt },
          ...(instead === null ? { IfNoneMatch: '*' } : { IfMatch: instead }),
        }),
      );
      return { etag: ETag ?? '', bytes: body.length };
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      // Put, or taken away, by another function since it was read: what that one put holds the same changes.
      if (/^(PreconditionFailed|ConditionalRequestConflict|NoSuchKey)$/.test(name)) return null;
      throw error;
    }
  };

  /** The whole table as columns, of no more than some thousand records at a time. */
  const readWhole = async (): Promise<Omit<Snapshot, 'etag'>> => {
    const asOf = now();
    // Halves of like size are merged, as in counting up a binary number: each person is copied a few times in all.
    const merged: RosterColumns[] = [];
    let chunk: RosterPerson[] = [];
    const add = () => {
      let columns = columnsOf(chunk);
      chunk = [];
      while (merged.length > 0 && merged.at(-1)!.count <= columns.count * 1.5)
        columns = overlay(merged.pop()!, columns);
      merged.push(columns);
    };
    for await (const page of experts.rosterPages()) {
      chunk.push(...page);
      if (chunk.length >= CHUNK) add();
    }
    add();
    const columns = merged.reduceRight((all, part) => overlay(part, all));
    return { columns, asOf, wholeAt: asOf };
  };

  /** Reads the table whole and keeps what it says, in the place of the snapshot with this tag. */
  const rebuild = async (instead: string | null): Promise<{ columns: RosterColumns; bytes: number }> => {
    const made = await readWhole();
    // Of nobody there is nothing to keep: a table that is still to be filled is looked at again the next time.
    const keeps = mayKeep && made.columns.count > 0;
    const done = keeps ? await put(made, instead) : null;
    kept = done && {
      snapshot: { ...made, etag: done.etag },
      changes: new Map(),
      columns: made.columns,
    };
    return { columns: made.columns, bytes: done?.bytes ?? 0 };
  };

  /** The changes since a snapshot, of which those known to be final are not read again. Null: too many to be read by id. */
  const readChanges = async (
    snapshot: Snapshot,
    changedAt: Map<string, Instant>,
    known: Map<string, Change>,
  ): Promise<{ changes: Map<string, Change>; isNew: boolean } | null> => {
    const from = plus(snapshot.asOf, -MARGIN);
    const since = [...changedAt].filter(([, at]) => at >= from);
    const unread = since.filter(([expertId, at]) => {
      const read = known.get(expertId);
      return read?.changedAt !== at || !read.isFinal;
    });
    if (unread.length > Math.max(MANY, snapshot.columns.count * SHARE)) return null;
    // Two writes of one moment look alike in the index: who was written just now is read again the next time.
    const final = plus(now(), -MARGIN);
    const people = await experts.getMany(unread.map(([expertId]) => expertId));
    const fresh = new Map(
      unread.map(([expertId, at]) => [
        expertId,
        { changedAt: at, person: people.get(expertId) ?? null, isFinal: at < final },
      ]),
    );
    const changes = new Map(
      since.map(([expertId]) => [expertId, fresh.get(expertId) ?? known.get(expertId)!]),
    );
    return { changes, isNew: unread.length > 0 || changes.size !== known.size };
  };

  const withChanges = ({ columns }: Snapshot, changes: Map<string, Change>): RosterColumns => {
    const people = [...changes.values()].flatMap(({ person }) => person ?? []);
    const gone = [...changes].filter(([, { person }]) => !person).map(([expertId]) => expertId);
    return overlay(columns, columnsOf(people), gone);
  };

  return {
    async current() {
      const before = kept;
      const asOf = before?.snapshot.asOf;
      const [{ snapshot, etag }, early] = await Promise.all([
        readSnapshot(before?.snapshot),
        asOf && experts.changedSince(plus(asOf, -MARGIN)),
      ]);
      if (!snapshot) return (await rebuild(etag)).columns;
      // Changes since an older snapshot are also those since this one.
      const isLater = asOf !== undefined && snapshot.asOf >= asOf;
      const changedAt = early && isLater ? early : await experts.changedSince(plus(snapshot.asOf, -MARGIN));
      const isSame = before?.snapshot === snapshot;
      const read = await readChanges(snapshot, changedAt, isSame ? before.changes : new Map());
      if (!read) return (await rebuild(etag)).columns;
      const columns = isSame && !read.isNew ? before.columns : withChanges(snapshot, read.changes);
      kept = { snapshot, changes: read.changes, columns };
      return columns;
    },

    async refresh({ whole = false } = {}) {
      const asOf = now();
      const { snapshot, etag } = await readSnapshot(undefined);
      const isOld = snapshot && Date.parse(asOf) - Date.parse(snapshot.wholeAt) >= WHOLE_AFTER;
      const wholly = async (changed: number): Promise<Refreshed> => {
        const { columns, bytes } = await rebuild(etag);
        return { put: bytes > 0 ? 'whole' : 'nothing', people: columns.count, changed, bytes };
      };
      if (!snapshot || isOld || whole) return wholly(0);
      const changedAt = await experts.changedSince(plus(snapshot.asOf, -MARGIN));
      const read = await readChanges(snapshot, changedAt, new Map());
      if (!read) return wholly(changedAt.size);
      const people = snapshot.columns.count;
      if (read.changes.size === 0) return { put: 'nothing', people, changed: 0, bytes: 0 };
      const columns = withChanges(snapshot, read.changes);
      const done = await put({ columns, asOf, wholeAt: snapshot.wholeAt }, etag);
      const bytes = done?.bytes ?? 0;
      return { put: done ? 'changes' : 'nothing', people: columns.count, changed: read.changes.size, bytes };
    },
  };
};

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;

/** A snapshot of another layout, broken on the way, or put by hand without its moments. */
const isUnreadable = (error: unknown): error is Error =>
  error instanceof SnapshotUnreadable ||
  error instanceof z.ZodError ||
  (error instanceof Error && /^Z_/.test((error as NodeJS.ErrnoException).code ?? ''));
