import { CsvError, parse } from 'csv-parse/sync';

/** Why something of a file was left out. Lines count from 1, the header; `column` is the file's own word for it. */
export type RowFault = { line: number; column: string; reason: string };

/** One line of a file. `cell` is trimmed text, '' when blank, undefined when the file has no such column. */
export type Row = { line: number; cell: (column: string) => string | undefined };

/** A file that cannot be read at all; the message is one line with place and reason. */
export class FileRejected extends Error {
  override name = 'FileRejected';
}

/** A cell that cannot be used. The reason never repeats a number, an address or a name: it is shown and logged. */
export class CellFault extends Error {
  override name = 'CellFault';
}

/** What a header may be written like: `Expert ID`, `expert_id` and `expertId` are one column. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** The separators that spreadsheets write, by country and by habit. */
const SEPARATORS = [',', ';', '\t'];

/**
 * Reads a CSV file with a header: comma, semicolon or tab; LF, CRLF or CR; with or without a byte order mark. Lines that
 * are no row of the table are faults, the others are kept. Throws FileRejected when the header is not the table's.
 */
export const readCsv = (
  text: string,
  columns: { required: readonly string[]; optional: readonly string[] },
): { rows: Row[]; faults: RowFault[]; ignoredColumns: string[] } => {
  const faults: RowFault[] = [];
  const lines = records(text, faults);
  const header = lines.shift();
  if (!header) throw new FileRejected('line 1: the file is empty');

  const known = new Map([...columns.required, ...columns.optional].map(name => [plain(name), name]));
  const places = new Map<string, number>();
  const ignoredColumns: string[] = [];
  for (const [place, title] of header.cells.entries()) {
    const name = known.get(plain(title));
    if (!name) {
      if (title !== '') ignoredColumns.push(title);
    } else if (places.has(name)) {
      throw new FileRejected(`line ${header.line}: the column \`${name}\` is there twice`);
    } else places.set(name, place);
  }
  const missing = columns.required.filter(name => !places.has(name));
  if (missing.length > 0)
    throw new FileRejected(
      `line ${header.line}: no column ${missing.map(name => `\`${name}\``).join(', ')} in the header`,
    );

  const rows: Row[] = [];
  for (const { line, cells } of lines) {
    if (cells.length !== header.cells.length) {
      const reason = `${cells.length} cells, the header has ${header.cells.length} (a text with a separator in it needs quotes)`;
      faults.push({ line, column: 'row', reason });
    } else if (cells.some(cell => cell.includes('\uFFFD'))) {
      faults.push({ line, column: 'row', reason: 'characters were lost on the way: save the file as UTF-8' });
    } else {
      rows.push({
        line,
        cell: column => {
          const place = places.get(column);
          return place === undefined ? undefined : cells[place];
        },
      });
    }
  }
  return { rows, faults, ignoredColumns };
};

/** Reads the cells of one row; every cell that cannot be used becomes a fault, and then there is no result. */
export const readRow = <T>(
  row: Row,
  faults: RowFault[],
  read: (cell: <V>(column: string, reader: (text: string | undefined) => V) => V) => T,
): T | undefined => {
  const before = faults.length;
  const result = read((column, reader) => {
    try {
      return reader(row.cell(column));
    } catch (error) {
      if (!(error instanceof CellFault)) throw error;
      faults.push({ line: row.line, column, reason: error.message });
      // The row is left out as soon as one cell is bad: nothing looks at this value.
      return undefined as never;
    }
  });
  return faults.length > before ? undefined : result;
};

type Line = { line: number; cells: string[] };

/** A file with more unclosed quotes is not CSV as we know it; each costs another reading of what follows. */
const MOST_QUOTE_FAULTS = 50;

/**
 * The records of the file with the line on which each begins. A quote that is never closed would take every row after
 * it along: then its line is a fault and reading goes on with the next line.
 */
const records = (text: string, faults: RowFault[]): Line[] => {
  // One kind of line end: inside quotes the parser would count CRLF as two lines.
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const count = (separator: string) => lines[0]!.split(separator).length;
  const delimiter = SEPARATORS.toSorted((a, b) => count(b) - count(a))[0]!;
  const read: Line[] = [];
  let from = 0;
  for (let quoteFaults = 0; from < lines.length; quoteFaults++) {
    const broken = recordsFrom(lines, from, delimiter, read);
    if (broken === undefined) break;
    if (broken === 1) throw new FileRejected('line 1: a quote is opened and not closed');
    if (quoteFaults === MOST_QUOTE_FAULTS)
      throw new FileRejected(`line ${broken}: the ${quoteFaults + 1}st quote that is not closed`);
    faults.push({ line: broken, column: 'row', reason: 'a quote is opened and not closed' });
    from = broken;
  }
  // A table that was wider or longer once leaves rows of nothing but separators.
  return read.filter(({ cells }) => cells.some(cell => cell !== ''));
};

/** Adds the records from this line on; answers the line whose quote is not closed, if there is one. */
const recordsFrom = (lines: string[], from: number, delimiter: string, read: Line[]): number | undefined => {
  let next = from + 1;
  let broken: number | undefined;
  try {
    parse(lines.slice(from).join('\n'), {
      delimiter,
      trim: true,
      relax_column_count: true,
      // A quote in the middle of a text stands for itself.
      relax_quotes: true,
      on_record: (cells: string[], { lines: end }) => {
        const width = read[0]?.cells.length ?? cells.length;
        const swallowed = cells.some(cell => cell.includes('\n')) && cells.length !== width;
        // `end` counts the lines read so far; a record of several lines began on an earlier one.
        const line = from + end - cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
        if (swallowed) broken ??= line;
        if (broken === undefined) {
          read.push({ line, cells: cells.map(cell => cell.trim()) });
          next = from + end + 1;
        }
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    broken ??= next;
  }
  while (broken !== undefined && lines[broken - 1] === '') broken += 1;
  return broken;
};
