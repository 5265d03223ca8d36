import {
  type ColumnArray,
  fixedColumns,
  listColumns,
  type RosterColumns,
  wordColumns,
} from '../../../functions/roster/columns.ts';
import { columnsOf } from '../../../functions/roster/columns-of.ts';
import type { Generated } from './generator.ts';

type ArrayKind = new (length: number) => ColumnArray;

/**
 * The people of a generated instance as columns: the same columns as of the same people in a list. They are made so many
 * at a time: as objects a million of them would take gigabytes.
 */
export function generatedColumns({ count, person }: Generated, atOnce = 20_000): RosterColumns {
  const parts: RosterColumns[] = [];
  for (let from = 0; from < Math.max(count, 1); from += atOnce) {
    const size = Math.min(atOnce, count - from);
    parts.push(columnsOf(Array.from({ length: size }, (_, place) => person(from + place))));
  }
  return joined(parts);
}

/** Parts of a roster one after another; the ids of each stand after those of the part before. */
function joined(parts: readonly RosterColumns[]): RosterColumns {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const words = Object.fromEntries(
    Object.keys(first!.words).map(kind => [
      kind,
      [...new Set(parts.flatMap(part => part.words[kind as keyof RosterColumns['words']]))].sort(),
    ]),
  ) as RosterColumns['words'];
  const renumbered = parts.map(part => withWords(part, words));
  const columns: Record<string, unknown> = {
    count: parts.reduce((sum, { count }) => sum + count, 0),
    words,
  };
  const all = (name: string) => renumbered.map(part => part[name as 'x'] as ColumnArray);
  for (const [name, kind] of Object.entries(fixedColumns)) columns[name] = concatenated(kind, all(name));
  for (const { starts, items } of listColumns) {
    columns[starts] = startsOf(all(starts) as Uint32Array[]);
    for (const [name, kind] of Object.entries(items))
      columns[name] = concatenated(kind as ArrayKind, all(name));
  }
  return columns as RosterColumns;
}

function concatenated(kind: ArrayKind, arrays: readonly ColumnArray[]): ColumnArray {
  const whole = new kind(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}

function startsOf(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((sum, { length }) => sum + length - 1, 1));
  let at = 0;
  for (const part of parts) {
    const before = whole[at]!;
    for (const [i, start] of part.entries()) whole[at + i] = before + start;
    at += part.length - 1;
  }
  return whole;
}

/** The same people with their words numbered as in other dictionaries. */
function withWords(part: RosterColumns, words: RosterColumns['words']): RosterColumns {
  const changed: Record<string, unknown> = {};
  for (const { column, words: kind, plus } of wordColumns) {
    const places = new Map(words[kind].map((word, place) => [word, place]));
    const renumbered = part.words[kind].map(word => places.get(word)! + plus);
    changed[column] = (part[column] as Uint32Array).map(value =>
      value < plus ? value : renumbered[value - plus]!,
    );
  }
  return { ...part, ...changed } as RosterColumns;
}
