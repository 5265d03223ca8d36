import { isDeepStrictEqual } from 'node:util';
import type { Lane, StockLine } from '../domain/stock.ts';
import { decimal, moment, someText, unlessBlank, wholeNumber, yesOrNo } from '../roster/cells.ts';
import { CellFault, type RowFault, readCsv, readRow } from '../roster/csv-file.ts';
import { readLanes } from './lanes-cell.ts';

/**
 * Stock as a CSV file, one row a warehouse and item. The warehouse's own columns are needed once for each warehouse that
 * is not on record; a later row may leave them blank.
 *
 *     warehouseId        dubai
 *     item               tent
 *     quantity           500: everything on the shelf, also what is reserved and has not left yet
 *     unit               tent
 *     unitWeightKg       41.5
 *     palletUnits        10, blank where every unit travels by itself
 *     expiresAt          2028-03-31, blank for goods that keep
 *     warehouseName      Dubai
 *     country            ARE
 *     latitude, longitude
 *     staysInCountry     yes or no
 *     handlingHours      from the order to the goods at the airport
 *     flightEveryHours   how often a plane leaves
 *     lanes              the ways out, if more than that flight: lanes-cell.ts says how they are written
 */
export const stockColumns = {
  required: ['warehouseId', 'item', 'quantity', 'unit', 'unitWeightKg'],
  optional: [
    'palletUnits',
    'expiresAt',
    'warehouseName',
    'country',
    'latitude',
    'longitude',
    'staysInCountry',
    'handlingHours',
    'flightEveryHours',
    'lanes',
  ],
} as const;

type Warehouse = StockLine['warehouse'];

/**
 * What one row says. `onShelf` includes what is reserved; undefined `expiresAt`, `palletUnits` or `lanes`: the file has no
 * such column. Null `palletUnits`: every unit by itself.
 */
export type StockRow = {
  line: number;
  warehouseId: string;
  item: string;
  onShelf: number;
  unit: string;
  unitWeightKg: number;
  palletUnits: number | null | undefined;
  expiresAt: string | null | undefined;
  /** Without its lanes. */
  warehouse: Warehouse | null;
  lanes: Lane[] | null | undefined;
};

/** A line as it is to be written: free is `onShelf` less what is reserved at the moment of writing. */
export type CountedLine = Omit<StockLine, 'available' | 'reservations'> & { onShelf: number };

/** What a file is checked against: the codes of countries (ISO 3166 alpha-3) and the desk's zone (IANA). */
export type StockRules = { isCountry: (code: string) => boolean; timeZone: string };

/** Reads a stock file; rows that cannot be used are faults, all others are kept. Throws FileRejected. */
export const readStockFile = (
  text: string,
  rules: StockRules,
): { rows: StockRow[]; faults: RowFault[]; ignoredColumns: string[] } => {
  const { rows: lines, faults, ignoredColumns } = readCsv(text, stockColumns);
  const country = (text: string | undefined): string => {
    const code = (text ?? '').toUpperCase();
    if (!rules.isCountry(code))
      throw new CellFault(`\`${text ?? ''}\` is not a country (three letters, as in ARE)`);
    return code;
  };
  const rows: StockRow[] = [];
  for (const line of lines) {
    const read = readRow(line, faults, (cell): Omit<StockRow, 'line'> => {
      const name = cell(
        'warehouseName',
        unlessBlank(text => text.normalize('NFC')),
      );
      return {
        warehouseId: cell('warehouseId', code),
        item: cell('item', code),
        onShelf: cell('quantity', text => wholeNumber(0, 100_000_000)(someText('the quantity')(text))),
        unit: cell('unit', someText('the unit')),
        unitWeightKg: cell('unitWeightKg', decimal(0.001, 100_000)),
        palletUnits: cell('palletUnits', unlessBlank(wholeNumber(1, 1_000_000))),
        expiresAt: cell('expiresAt', unlessBlank(moment('ends', rules.timeZone))),
        warehouse: name
          ? {
              name,
              country: cell('country', country),
              position: {
                latitude: cell('latitude', decimal(-90, 90)),
                longitude: cell('longitude', decimal(-180, 180)),
              },
              staysInCountry: cell('staysInCountry', text =>
                yesOrNo(someText('whether the stock stays in its country (yes or no)')(text)),
              ),
              handlingHours: cell('handlingHours', decimal(0, 10_000)),
              flightEveryHours: cell('flightEveryHours', decimal(0.1, 10_000)),
            }
          : null,
        lanes: name ? cell('lanes', unlessBlank(readLanes(rules.isCountry))) : undefined,
      };
    });
    if (read) rows.push({ line: line.line, ...read });
  }
  return { rows, faults, ignoredColumns };
};

const code = (text: string | undefined): string => {
  const read = (text ?? '').normalize('NFKC').trim().toLowerCase();
  if (read === '') throw new CellFault('the code is missing');
  if (!/^[a-z0-9-]{1,40}$/.test(read))
    throw new CellFault(`\`${text}\` is not a code (up to 40 letters, digits and hyphens)`);
  return read;
};

/** What an import writes: lines that are new or changed. Lines that the file does not name keep their quantity. */
export type StockImport = {
  /** Rows that hold, changed or not. */
  accepted: number;
  lines: (CountedLine & { line: number })[];
  faults: RowFault[];
};

/**
 * Lays the rows of a file over the stock on record. Reservations are not the file's: they stay, and a count below what is
 * promised is refused. What is said of a warehouse is written to all its lines, also to those that the file leaves out.
 */
export const planStockImport = (rows: readonly StockRow[], onRecord: readonly StockLine[]): StockImport => {
  const faults: RowFault[] = [];
  const before = new Map(onRecord.map(line => [keyOf(line), line]));
  const warehouses = new Map(onRecord.map(line => [line.warehouseId, line.warehouse]));
  const saidIn = new Map<string, number>();
  const firstLines = new Map<string, number>();
  const kept: StockRow[] = [];

  for (const row of rows) {
    const { line, warehouseId, item } = row;
    const warehouse = warehouseOf(row, warehouses.get(warehouseId));
    const first = firstLines.get(keyOf(row));
    const other = saidIn.get(warehouseId);
    const reserved = reservedOf(before.get(keyOf(row)));
    if (first !== undefined) {
      const reason = `\`${item}\` of \`${warehouseId}\` is there before, in line ${first}`;
      faults.push({ line, column: 'item', reason });
    } else if (
      warehouse &&
      other !== undefined &&
      !isDeepStrictEqual(warehouse, warehouses.get(warehouseId))
    ) {
      const reason = `line ${other} says something else of \`${warehouseId}\``;
      faults.push({ line, column: 'warehouseName', reason });
    } else if (!warehouse && !warehouses.has(warehouseId)) {
      const reason = `\`${warehouseId}\` is not on record: its first row needs the columns of the warehouse`;
      faults.push({ line, column: 'warehouseName', reason });
    } else if (row.onShelf < reserved) {
      faults.push(tooFew(line, row.onShelf, reserved));
    } else {
      firstLines.set(keyOf(row), line);
      if (warehouse && other === undefined) {
        saidIn.set(warehouseId, line);
        warehouses.set(warehouseId, warehouse);
      }
      kept.push(row);
    }
  }

  const named = kept.map(row => ({
    line: row.line,
    warehouseId: row.warehouseId,
    item: row.item,
    warehouse: warehouses.get(row.warehouseId)!,
    unit: row.unit,
    unitWeightKg: row.unitWeightKg,
    ...palletsOf(row, before.get(keyOf(row))),
    expiresAt: row.expiresAt === undefined ? (before.get(keyOf(row))?.expiresAt ?? null) : row.expiresAt,
    onShelf: row.onShelf,
  }));
  const unnamed = onRecord
    .filter(line => !firstLines.has(keyOf(line)) && saidIn.has(line.warehouseId))
    .map(line => ({
      ...countedOf(line),
      warehouse: warehouses.get(line.warehouseId)!,
      line: saidIn.get(line.warehouseId)!,
    }));
  return {
    accepted: kept.length,
    lines: [...named, ...unnamed].filter(({ line: _line, ...counted }) => {
      const old = before.get(keyOf(counted));
      return !old || !isDeepStrictEqual(counted, countedOf(old));
    }),
    faults,
  };
};

/** What a row says of its warehouse. A file without the column of lanes leaves those on record. */
function warehouseOf({ warehouse, lanes }: StockRow, onRecord: Warehouse | undefined): Warehouse | null {
  if (!warehouse) return null;
  const own = lanes === undefined ? onRecord?.lanes : (lanes ?? []);
  return own && own.length > 0 ? { ...warehouse, lanes: own } : warehouse;
}

/** The pallets that a row says, or those on record where the file has no such column. */
function palletsOf({ palletUnits }: StockRow, onRecord: StockLine | undefined): { palletUnits?: number } {
  const own = palletUnits === undefined ? onRecord?.palletUnits : palletUnits;
  return own === undefined || own === null || own === 1 ? {} : { palletUnits: own };
}

/** The fault of a count below what is promised. */
export const tooFew = (line: number, onShelf: number, reserved: number | null): RowFault => ({
  line,
  column: 'quantity',
  reason: `${onShelf} counted, but ${reserved === null ? 'more' : reserved} are promised to deployments`,
});

const keyOf = ({ warehouseId, item }: { warehouseId: string; item: string }): string =>
  `${warehouseId}/${item}`;

const reservedOf = (line: StockLine | undefined): number =>
  Object.values(line?.reservations ?? {}).reduce((sum, units) => sum + units, 0);

const countedOf = (line: StockLine): CountedLine => {
  const { available, reservations: _reservations, palletUnits = 1, ...fields } = line;
  return { ...fields, ...(palletUnits > 1 && { palletUnits }), onShelf: available + reservedOf(line) };
};
