import type { Judged } from './agreement.ts';
import type { Cold } from './artefact.ts';
import { type Weights, weighed } from './score.ts';
import type { Side } from './work.ts';

/** What each side does, so that nobody takes a ratio for more than it is. */
export const whatSidesDo: Record<Side, string> = {
  whole: 'matchTeam: judge everybody, all goals, stand-by, reasons, proof',
  search: 'its search alone: all goals, stand-by, proof',
  greedy: 'greedy with swap repair: one objective, no proof',
  'highs pruned': 'HiGHS: one objective, pruned by class',
  'highs all': 'HiGHS: one objective, every candidacy',
  'cp-sat pruned': 'CP-SAT, 1 worker: one objective, pruned by class',
  'munkres pruned': 'munkres: one objective, no rules of teams',
  'goal by goal': 'HiGHS: all goals, every candidacy (the oracle)',
};

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const shown = (ms: number): string => (ms < 10 ? ms.toFixed(1) : Math.round(ms).toString());

const megabytes = (bytes: number) => Math.round(bytes / 1e6).toString();

const heads = [
  '',
  'empty',
  'broken',
  'T',
  'P90',
  'cost',
  'sum',
  'gap',
  'runs',
  'ms',
  'min',
  'cpu',
  'MB',
  'x whole',
  'x search',
];

/** One instance: each side in a line, the product first. Empty seats as critical/all; the sum is the peers' objective. */
export function printTable(judged: readonly Judged[], weights: Weights): void {
  const timeOf = (side: Side) => {
    const found = judged.find(each => each.side === side);
    return found ? median(found.measured.ms) : Number.NaN;
  };
  const rows = judged.map(({ side, measured, score }) => {
    const time = median(measured.ms);
    const note = measured.trouble ? ` (${measured.trouble})` : '';
    const cells = score
      ? [
          `${score.critical}/${score.empty}`,
          `${score.broken}`,
          score.latest.join('+'),
          score.nine.join('+'),
          `${score.cost}`,
          `${weighed(score, weights)}`,
          gapOf(side, measured),
        ]
      : ['-', '-', '-', '-', '-', '-', '-'];
    return [
      whatSidesDo[side] + note,
      ...cells,
      `${measured.ms.length}`,
      shown(time),
      shown(Math.min(...measured.ms)),
      shown(median(measured.cpuMs)),
      megabytes(measured.peakRssBytes),
      (time / timeOf('whole')).toFixed(2),
      (time / timeOf('search')).toFixed(2),
    ];
  });
  const table = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...table.map(row => row[column]!.length)));
  for (const row of table)
    console.log(
      `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ')}`,
    );
}

function gapOf(side: Side, { claimed, handedOut }: Judged['measured']): string {
  if (handedOut) {
    const open = (handedOut.stages as { value: number; bound: number }[]).filter(
      each => each.value !== each.bound,
    );
    const worst = Math.max(0, ...open.map(({ value, bound }) => (value - bound) / value));
    return worst === 0 ? '0' : `${(100 * worst).toFixed(2)} %`;
  }
  if (!claimed) return side === 'goal by goal' ? '0' : '-';
  const { value, bound } = claimed;
  return value <= bound ? '0' : `${((100 * (value - bound)) / value).toFixed(2)} %`;
}

export function printCold({ process, sinceStart, match, peakRssBytes }: Cold): void {
  console.log(
    `  cold, bundled as the function is: the plan after ${shown(sinceStart)} ms of the process (matchTeam ${shown(match)} ms), ` +
      `ended after ${shown(process)} ms, ${megabytes(peakRssBytes)} MB`,
  );
}
