import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MatchInstance } from '../functions/matching/problem.ts';
import { profileOf } from '../functions/needs/country-profile.ts';
import { loadPolicy } from '../functions/needs/policy.ts';
import { rosterRulesOf } from '../functions/roster/roster-cells.ts';
import { readRosterFile } from '../functions/roster/roster-file.ts';
import { readStockFile } from '../functions/stock/import.ts';

/** What README.md shows is what the files still are: each import has exactly one row that is left out, to be seen. */
describe('the examples', () => {
  const { desk } = loadPolicy();
  const read = (file: string) => readFileSync(`docs/examples/${file}`, 'utf8');

  it('hold a matching problem', () => {
    expect(MatchInstance.safeParse(JSON.parse(read('match.json'))).error).toBeUndefined();
  });

  it('hold a roster with one row of an unknown role', () => {
    const rules = rosterRulesOf(loadPolicy(), code => profileOf(code) !== null);
    const { rows, faults, ignoredColumns } = readRosterFile(read('roster.csv'), rules);
    expect(ignoredColumns).toEqual([]);
    expect(rows).toHaveLength(3);
    expect(faults).toEqual([expect.objectContaining({ line: 5, column: 'qualifications' })]);
  });

  it('hold stock with one row of less than nothing', () => {
    const { rows, faults } = readStockFile(read('stock.csv'), {
      isCountry: code => profileOf(code) !== null,
      timeZone: desk.timeZone,
    });
    expect(rows).toHaveLength(2);
    expect(faults).toEqual([expect.objectContaining({ line: 4, column: 'quantity' })]);
  });
});
