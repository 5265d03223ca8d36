import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileRejected, readCsv } from '../../functions/roster/csv-file.ts';

const columns = { required: ['personId', 'name'], optional: ['note'] };

const read = (text: string) => {
  const { rows, faults, ignoredColumns } = readCsv(text, columns);
  return {
    rows: rows.map(row => [row.line, row.cell('personId'), row.cell('name'), row.cell('note')]),
    faults: faults.map(({ line, reason }) => `${line}: ${reason}`),
    ignoredColumns,
  };
};

describe('a CSV file', () => {
  it.each([
    ['commas and LF', 'personId,name\n1,Mori\n'],
    ['semicolons and CRLF', 'personId;name\r\n1;Mori\r\n'],
    ['tabs and CR', 'personId\tname\r1\tMori'],
    ['a byte order mark and quotes', '\uFEFF"personId","name"\n"1","Mori"\n'],
    ['spaces around and other ways to write a header', ' Person ID , NAME \n 1 , Mori \n'],
    ['underscores in the header', 'person_id,name\n1,Mori\n'],
    ['full-width letters in the header', 'ｐｅｒｓｏｎＩｄ,name\n1,Mori\n'],
  ])('is read with %s', (_what, text) => {
    expect(read(text)).toEqual({ rows: [[2, '1', 'Mori', undefined]], faults: [], ignoredColumns: [] });
  });

  it('tells a blank cell from a column that is not there', () => {
    expect(read('personId,name,note\n1,Mori,\n').rows).toEqual([[2, '1', 'Mori', '']]);
    expect(read('personId,name\n1,Mori\n').rows).toEqual([[2, '1', 'Mori', undefined]]);
  });

  it('names columns that it does not know', () => {
    expect(read('personId,name,shoe size\n1,Mori,41\n').ignoredColumns).toEqual(['shoe size']);
  });

  it('counts lines as an editor shows them, over blank lines and cells of several lines', () => {
    const text = 'personId,name\r\n\r\n1,"Mori\r\nAoi"\r\n2,Abe\r\n';
    expect(read(text).rows.map(([line, id]) => [line, id])).toEqual([
      [3, '1'],
      [5, '2'],
    ]);
  });

  it('leaves out rows of another width and rows of nothing', () => {
    const { rows, faults } = read('personId,name\n1,Mori\n2,Abe,Tokyo\n,\n3\n4,Endo\n');
    expect(rows.map(row => row[1])).toEqual(['1', '4']);
    expect(faults).toEqual([
      '3: 3 cells, the header has 2 (a text with a separator in it needs quotes)',
      '5: 1 cells, the header has 2 (a text with a separator in it needs quotes)',
    ]);
  });

  it('goes on after a quote that is not closed', () => {
    const { rows, faults } = read('personId,name\n1,Mori\n"2,Abe\n3,"Endo"\n"4,Fuji\n5,"O""Hara"\n');
    expect(rows.map(row => [row[0], row[1]])).toEqual([
      [2, '1'],
      [4, '3'],
      [6, '5'],
    ]);
    expect(faults).toEqual(['3: a quote is opened and not closed', '5: a quote is opened and not closed']);
  });

  it('takes a quote within a text for what it is', () => {
    expect(read('personId,name\n1,Mori "Mo" Aoi\n').rows).toEqual([[2, '1', 'Mori "Mo" Aoi', undefined]]);
  });

  it('says when letters were lost on the way', () => {
    expect(read('personId,name\n1,\uFFFD\uFFFD\n2,Abe\n').faults).toEqual([
      '2: characters were lost on the way: save the file as UTF-8',
    ]);
  });

  it.each([
    ['', 'line 1: the file is empty'],
    ['\n\n', 'line 1: the file is empty'],
    ['name\nMori\n', 'line 1: no column `personId` in the header'],
    ['{"a":1}', 'line 1: no column `personId`, `name` in the header'],
    ['personId,name,Name\n', 'line 1: the column `name` is there twice'],
    ['"personId,name\n1,Mori\n', 'line 1: a quote is opened and not closed'],
  ])('that is no table is refused in one line: %j', (text, reason) => {
    expect(() => read(text)).toThrow(FileRejected);
    expect(() => read(text)).toThrow(reason);
  });

  it('either gives rows or says why not, whatever the bytes are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', 'é', '1'), { maxLength: 60 }),
        pieces => {
          const { rows, faults } = read(`personId,name\n${pieces.join('')}`);
          for (const [line] of rows) expect(line).toBeGreaterThan(1);
          for (const fault of faults) expect(fault).toMatch(/^\d+: \S/);
          const lines = [...rows.map(row => row[0]), ...faults.map(fault => Number.parseInt(fault, 10))];
          expect(new Set(lines).size).toBe(lines.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives back every row that was written with quotes', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map(text => text.trim());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 12 }), cells => {
        fc.pre(cells.every(([a, b]) => !`${a}${b}`.includes('\uFFFD') && (a !== '' || b !== '')));
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = ['personId,name', ...cells.map(row => row.map(quote).join(','))].join('\r\n');
        const plain = (value: string) => value.replace(/\r\n?/g, '\n').trim();
        expect(read(text).rows.map(row => [row[1], row[2]])).toEqual(cells.map(row => row.map(plain)));
      }),
      { numRuns: 300 },
    );
  });
});
