import * as z from 'zod';
import {
  type ColumnArray,
  type ColumnName,
  fixedColumns,
  listColumns,
  type RosterColumns,
  wordColumns,
} from './columns.ts';

/**
 * The columns as a file: "RDROSTER", version and length of the header as 32-bit numbers, the header as JSON, then each
 * column, little-endian as all machines are that this runs on, each part from a multiple of eight bytes.
 */
const magic = 'RDROSTER';

/** Another number in the file is another layout: then it is made anew. */
const snapshotVersion = 1;

/**
 * The one object of the roster's bucket, compressed by gzip. The name has the number of the layout: while two versions
 * of the software run, each keeps its own.
 */
export const ROSTER_KEY = `columns-${snapshotVersion}.gz`;

/** Bytes that are no snapshot of this version, or a broken one; the message says which. */
export class SnapshotUnreadable extends Error {
  override name = 'SnapshotUnreadable';
}

const Words = z.array(z.string());

const Header = z.object({
  count: z.number().int().nonnegative(),
  words: z.object({
    roles: Words,
    languages: Words,
    employers: Words,
    zones: Words,
    vaccines: Words,
    countries: Words,
    deployments: Words,
  }),
  /** Values of each column, in the order of the file. */
  lengths: z.array(z.number().int().nonnegative()),
});

type ArrayKind = {
  BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, offset: number, length: number): ColumnArray;
};

/** Every column with its kind of array and the column of starts that cuts it, in the order of the file. */
const sections: { name: ColumnName; kind: ArrayKind; cutBy: ColumnName | null }[] = [
  ...Object.entries(fixedColumns).map(([name, kind]) => ({ name: name as ColumnName, kind, cutBy: null })),
  ...listColumns.flatMap(({ starts, items }) => [
    { name: starts as ColumnName, kind: Uint32Array, cutBy: null },
    ...Object.entries(items).map(([name, kind]) => ({
      name: name as ColumnName,
      kind: kind as ArrayKind,
      cutBy: starts as ColumnName,
    })),
  ]),
];

const startsNames = new Set<ColumnName>(listColumns.map(({ starts }) => starts));

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

const fixedBytes = 16;

/** The columns as bytes: the same columns are the same bytes. */
export const encodeColumns = (columns: RosterColumns): Uint8Array => {
  const { count, words } = columns;
  const lengths = sections.map(({ name }) => columns[name].length);
  const header = new TextEncoder().encode(JSON.stringify({ count, words, lengths }));
  let size = aligned(fixedBytes + header.length);
  for (const { name } of sections) size += aligned(columns[name].byteLength);
  const bytes = new Uint8Array(size);
  const numbers = new DataView(bytes.buffer);
  for (let letter = 0; letter < magic.length; letter++) bytes[letter] = magic.charCodeAt(letter);
  numbers.setUint32(8, snapshotVersion, true);
  numbers.setUint32(12, header.length, true);
  bytes.set(header, fixedBytes);
  let at = aligned(fixedBytes + header.length);
  for (const { name } of sections) {
    const { buffer, byteOffset, byteLength } = columns[name];
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += aligned(byteLength);
  }
  return bytes;
};

/**
 * The columns of a file. They are views of the bytes, which must not change any more; bytes that do not lie on a multiple
 * of eight are copied first. Throws {@link SnapshotUnreadable} for anything that `encodeColumns` did not make.
 */
export const decodeColumns = (given: Uint8Array): RosterColumns => {
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  const { header, end } = headerOf(bytes);
  if (header.lengths.length !== sections.length)
    throw new SnapshotUnreadable(
      `the snapshot has ${header.lengths.length} columns where ${sections.length} belong`,
    );
  const columns: Record<string, unknown> = { count: header.count, words: header.words };
  let at = aligned(end);
  for (const [index, { name, kind }] of sections.entries()) {
    const length = header.lengths[index]!;
    const size = length * kind.BYTES_PER_ELEMENT;
    if (at + size > bytes.length) throw new SnapshotUnreadable(`the snapshot ends within ${name}`);
    columns[name] = new kind(bytes.buffer, bytes.byteOffset + at, length);
    at += aligned(size);
  }
  if (at !== bytes.length)
    throw new SnapshotUnreadable(`the snapshot has ${bytes.length} bytes where ${at} belong`);
  const read = columns as RosterColumns;
  checkLists(read);
  checkWords(read);
  return read;
};

const headerOf = (bytes: Uint8Array): { header: z.infer<typeof Header>; end: number } => {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < fixedBytes || String.fromCharCode(...bytes.subarray(0, magic.length)) !== magic)
    throw new SnapshotUnreadable('these bytes are no snapshot of the roster');
  const version = numbers.getUint32(8, true);
  if (version !== snapshotVersion)
    throw new SnapshotUnreadable(`the snapshot is of version ${version}, not ${snapshotVersion}`);
  const end = fixedBytes + numbers.getUint32(12, true);
  if (end > bytes.length) throw new SnapshotUnreadable('the snapshot ends within its header');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(fixedBytes, end)));
  } catch {
    throw new SnapshotUnreadable('the header of the snapshot is not JSON');
  }
  const header = Header.safeParse(value);
  if (!header.success)
    throw new SnapshotUnreadable(
      `the header of the snapshot is not right at ${header.error.issues[0]?.path.join('.')}`,
    );
  return { header: header.data, end };
};

/** Each list covers its columns, each person's part begins where the one before ends. */
const checkLists = (columns: RosterColumns): void => {
  for (const { name, cutBy } of sections) {
    const { length } = columns[name];
    if (cutBy) {
      if (columns[cutBy].at(-1) !== length) throw new SnapshotUnreadable(`${cutBy} does not cover ${name}`);
    } else if (startsNames.has(name)) {
      const starts = columns[name];
      if (length !== columns.count + 1 || starts[0] !== 0)
        throw new SnapshotUnreadable(`${name} is not a list of ${columns.count} people`);
      const back = firstDescent(starts as Uint32Array);
      if (back >= 0) throw new SnapshotUnreadable(`${name} goes back at person ${back}`);
    } else if (length !== columns.count)
      throw new SnapshotUnreadable(`${name} has ${length} values for ${columns.count} people`);
  }
};

/** No column points beyond its dictionary. */
const checkWords = (columns: RosterColumns): void => {
  for (const { column, words, plus } of wordColumns)
    if (highestOf(columns[column]) >= columns.words[words].length + plus)
      throw new SnapshotUnreadable(`${column} names a word that ${words} does not have`);
};

// Plain loops of their own: they run over every person at each cold start.

const firstDescent = (starts: Uint32Array): number => {
  for (let i = 1; i < starts.length; i++) if (starts[i - 1]! > starts[i]!) return i - 1;
  return -1;
};

/** -1 for an empty column. */
const highestOf = (column: Uint16Array | Uint32Array): number => {
  let highest = -1;
  for (let i = 0; i < column.length; i++) if (column[i]! > highest) highest = column[i]!;
  return highest;
};
