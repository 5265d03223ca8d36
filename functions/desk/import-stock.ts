import * as z from 'zod';
import { profileOf } from '../needs/country-profile.ts';
import { loadPolicy } from '../needs/policy.ts';
import { tables } from '../runtime/clients.ts';
import { rawHttpEntry, requireRole } from '../runtime/edge.ts';
import { readEnv } from '../runtime/env.ts';
import { log } from '../runtime/log.ts';
import { planStockImport, readStockFile, tooFew } from '../stock/import.ts';
import { createStockStore } from '../store/stock.ts';
import { csvText, jsonReply, readOrRefuse } from './csv-body.ts';

const env = readEnv(z.object({ STOCK_TABLE: z.string() }));

/** POST /api/stock: a CSV file of what was counted. Good rows are written, bad ones named; `?preview=true` writes nothing. */
export const handler = rawHttpEntry(async (event, caller) => {
  requireRole(caller, ['roster-admin', 'desk']);
  const { timeZone } = loadPolicy().desk;
  const rules = { isCountry: (code: string) => profileOf(code) !== null, timeZone };
  const file = readOrRefuse(() => readStockFile(csvText(event), rules));
  const stock = createStockStore(tables(), env.STOCK_TABLE);
  const plan = planStockImport(file.rows, await stock.readAll());
  const isPreview = event.queryStringParameters?.preview === 'true';

  // Goods that were promised between the reading and the writing are seen by the write alone.
  const refused = isPreview ? [] : await stock.countMany(plan.lines);
  const rejected = [
    ...file.faults,
    ...plan.faults,
    ...refused.map(({ line, onShelf }) => tooFew(line, onShelf, null)),
  ].sort((a, b) => a.line - b.line);
  const accepted = plan.accepted - refused.length;
  const changed = plan.lines.length - refused.length;
  if (!isPreview) log.info('stock imported', { accepted, changed, rejected: rejected.length });
  const { ignoredColumns } = file;
  return jsonReply({ accepted, changed, rejected, ignoredColumns, ...(isPreview && { preview: true }) });
});
