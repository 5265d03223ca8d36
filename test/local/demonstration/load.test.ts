import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEmployerStore } from '../../../functions/store/employers.ts';
import { createExpertStore } from '../../../functions/store/experts.ts';
import { createStockStore } from '../../../functions/store/stock.ts';
import { loadDemonstration } from '../../../infra/local/demonstration/load.ts';
import { generateRoster } from '../../../infra/local/demonstration/roster.ts';
import { generateStock } from '../../../infra/local/demonstration/stock.ts';
import { openTables, TABLES } from '../../support/tables.ts';

const NOW = '2023-02-06T02:00:00.000Z';
let opened: Awaited<ReturnType<typeof openTables>>;
beforeAll(async () => {
  opened = await openTables();
});
afterAll(() => opened.close());

it('loads everybody and everything, and tells who gets mail by which topic', async () => {
  const { tables } = opened;
  const lines: string[] = [];
  const topics = new Map<string, string>();
  const loaded = await loadDemonstration({
    tables,
    names: TABLES,
    seed: 3,
    now: NOW,
    subscribe: ({ topicArn, address }) => topics.set(topicArn, address),
    progress: line => lines.push(line),
  });
  const { experts, employers } = generateRoster(3, NOW);
  const roster = await createExpertStore(tables, TABLES.experts).readRoster();
  expect(roster).toEqual(experts);
  expect(await createEmployerStore(tables, TABLES.employers).readAll()).toEqual(employers);
  const stock = await createStockStore(tables, TABLES.stock).readAll();
  expect(stock).toHaveLength(generateStock(3, NOW).length);
  expect(loaded).toEqual({ experts: experts.length, employers: employers.length, stockLines: stock.length });
  expect(lines).toHaveLength(3);
  for (const { email } of roster)
    if (email && email.state !== 'lost') expect(topics.get(email.topicArn ?? '')).toBe(email.address);
  const [first] = experts;
  const found = await createExpertStore(tables, TABLES.experts).findByPhone(first!.phone!.number);
  expect(found.map(({ expertId }) => expertId)).toEqual([first!.expertId]);
});
