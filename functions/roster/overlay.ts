import {
  type ColumnArray,
  type ColumnName,
  fixedColumns,
  listColumns,
  type RosterColumns,
  wordColumns,
} from './columns.ts';
import { firstFrom, idOf } from './reading.ts';

/** People of one of the two rosters from one place to before another, in the order of the new one. */
type Run = { of: 0 | 1; from: number; to: number };

/** Where somebody of `base` is replaced in place: nobody comes or goes in between. */
type Replaced = { place: number; by: number };

/**
 * The roster `base` with everybody of `changed` in the place of who had that id, and without those who are gone: exactly
 * the columns that `columnsOf` makes of the same people. What does not differ is shared with `base`, so that laying a few
 * holds over a large roster copies two columns of it.
 */
export const overlay = (
  base: RosterColumns,
  changed: RosterColumns,
  gone: Iterable<string> = [],
): RosterColumns => {
  const { runs, replaced } = runsOf(base, changed, gone);
  const [only] = runs;
  if (runs.length === 1 && only?.of === 0 && only.to - only.from === base.count) return base;
  const count = runs.reduce((sum, run) => sum + run.to - run.from, 0);
  const [old, fresh, words] = inSameWords(base, changed, runs);
  const made: Record<string, unknown> = { count, words };
  for (const name of Object.keys(fixedColumns) as (keyof typeof fixedColumns)[]) {
    const sources = [old[name], fresh[name]] as const;
    const isSame = replaced?.every(({ place, by }) => sources[0][place] === sources[1][by]);
    made[name] = isSame ? sources[0] : cut(sources, runs, count, run => run);
  }
  for (const { starts, items } of listColumns) {
    const names = Object.keys(items) as ColumnName[];
    const [before, after] = [old[starts], fresh[starts]];
    const isSame = replaced?.every(({ place, by }) => {
      const [from, length] = [before[place]!, before[place + 1]! - before[place]!];
      const other = after[by]!;
      if (after[by + 1]! - other !== length) return false;
      return names.every(name => {
        for (let at = 0; at < length; at++)
          if (old[name][from + at] !== fresh[name][other + at]) return false;
        return true;
      });
    });
    if (isSame) {
      made[starts] = before;
      for (const name of names) made[name] = old[name];
      continue;
    }
    const merged = startsOf([before, after], runs, count);
    made[starts] = merged;
    for (const name of names)
      made[name] = cut([old[name], fresh[name]], runs, merged[count]!, run => {
        const own = run.of === 0 ? before : after;
        return { from: own[run.from]!, to: own[run.to]! };
      });
  }
  return made as RosterColumns;
};

/** The order of the new roster; `replaced` is null when somebody comes or goes. */
const runsOf = (
  base: RosterColumns,
  changed: RosterColumns,
  gone: Iterable<string>,
): { runs: Run[]; replaced: Replaced[] | null } => {
  const leaving = [...new Set(gone)].map(expertId => ({ expertId, by: -1 }));
  const edits = Array.from({ length: changed.count }, (_, by) => ({ expertId: idOf(changed, by), by }));
  if (leaving.length > 0) {
    const stays = new Set(edits.map(({ expertId }) => expertId));
    edits.push(...leaving.filter(({ expertId }) => !stays.has(expertId)));
    edits.sort((a, b) => (a.expertId < b.expertId ? -1 : 1));
  }
  const runs: Run[] = [];
  const replaced: Replaced[] = [];
  let isInPlace = true;
  let at = 0;
  const take = (run: Run) => {
    const last = runs.at(-1);
    if (last && last.of === run.of && last.to === run.from) last.to = run.to;
    else if (run.to > run.from) runs.push(run);
  };
  for (const { expertId, by } of edits) {
    const place = firstFrom(base, expertId);
    const isThere = place < base.count && idOf(base, place) === expertId;
    take({ of: 0, from: at, to: place });
    if (by >= 0) take({ of: 1, from: by, to: by + 1 });
    if (isThere && by >= 0) replaced.push({ place, by });
    else if (isThere || by >= 0) isInPlace = false;
    at = isThere ? place + 1 : place;
  }
  take({ of: 0, from: at, to: base.count });
  return { runs, replaced: isInPlace ? replaced : null };
};

/** Both rosters by one set of dictionaries: the words that somebody of the new roster has, in their order. */
const inSameWords = (
  base: RosterColumns,
  changed: RosterColumns,
  runs: Run[],
): [RosterColumns, RosterColumns, RosterColumns['words']] => {
  const old = { ...base };
  const fresh = { ...changed };
  const words = { ...base.words };
  for (const { column, words: kind, plus } of wordColumns) {
    const used = [base, changed].map((roster, of) => {
      const starts = listColumns.find(({ items }) => column in items)?.starts;
      const seen = new Uint8Array(roster.words[kind].length + plus);
      for (const run of runs) {
        if (run.of !== of) continue;
        const [from, to] = starts ? [roster[starts][run.from]!, roster[starts][run.to]!] : [run.from, run.to];
        mark(seen, roster[column], from, to);
      }
      return roster.words[kind].filter((_, place) => seen[place + plus] === 1);
    });
    words[kind] = [...new Set(used.flat())].sort();
    const places = new Map(words[kind].map((word, place) => [word, place + plus]));
    for (const roster of [old, fresh]) {
      const map = Uint32Array.from([
        ...Array<number>(plus).fill(0),
        ...roster.words[kind].map(word => places.get(word) ?? 0),
      ]);
      if (map.every((place, before) => place === before)) continue;
      (roster as Record<string, unknown>)[column] = mapped(roster[column], map);
    }
  }
  return [old, fresh, words];
};

// Plain loops of their own: they run over every person whenever somebody has changed.

const mark = (seen: Uint8Array, column: Uint16Array | Uint32Array, from: number, to: number): void => {
  for (let at = from; at < to; at++) seen[column[at]!] = 1;
};

const mapped = <A extends Uint16Array | Uint32Array>(column: A, map: Uint32Array): A => {
  const made = column.slice() as A;
  for (let at = 0; at < made.length; at++) made[at] = map[made[at]!]!;
  return made;
};

const startsOf = (sources: readonly [Uint32Array, Uint32Array], runs: Run[], count: number): Uint32Array => {
  const starts = new Uint32Array(count + 1);
  let at = 0;
  for (const { of, from, to } of runs) {
    const own = sources[of];
    const shift = starts[at]! - own[from]!;
    for (let i = from + 1; i <= to; i++) starts[++at] = own[i]! + shift;
  }
  return starts;
};

/** Below so many values a loop is faster than a view. */
const FEW = 32;

/** The parts of the two columns one after another. */
const cut = <A extends ColumnArray>(
  sources: readonly [A, A],
  runs: Run[],
  length: number,
  part: (run: Run) => { from: number; to: number },
): A => {
  const made = new (sources[0].constructor as new (length: number) => A)(length);
  let at = 0;
  for (const run of runs) {
    const own = sources[run.of];
    const { from, to } = part(run);
    if (to - from < FEW) for (let i = from; i < to; i++) made[at++] = own[i]!;
    else {
      made.set(own.subarray(from, to), at);
      at += to - from;
    }
  }
  return made;
};
