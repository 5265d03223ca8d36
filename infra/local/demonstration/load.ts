import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../../functions/domain/primitives.ts';
import { createEmployerStore } from '../../../functions/store/employers.ts';
import { createExpertStore } from '../../../functions/store/experts.ts';
import { createStockStore } from '../../../functions/store/stock.ts';
import { generateRoster } from './roster.ts';
import { generateStock } from './stock.ts';

/** Where the demonstration is loaded, and as of which moment. */
export type Demonstration = {
  tables: DynamoDBDocumentClient;
  names: { experts: string; employers: string; stock: string };
  seed: number;
  /** Certificates, leave and missions lie around this moment. */
  now: Instant;
  /** What stands before the name in the ARN of a topic ("arn:aws:sns:ap-northeast-1:000000000000:"). */
  topicArnPrefix?: string;
  /** Told of each person's topic, so that mails to it arrive; pending ones are to be confirmed by the person. */
  subscribe?: (topic: { topicArn: string; address: string; state: 'confirmed' | 'pending' }) => void;
  /** Told what has been loaded, one line at a time. */
  progress?: (line: string) => void;
};

/** Loads the demonstration roster and stock into empty tables: some 1,700 people in about a second. */
export const loadDemonstration = async ({
  tables,
  names,
  seed,
  now,
  topicArnPrefix,
  subscribe,
  progress,
}: Demonstration): Promise<{ experts: number; employers: number; stockLines: number }> => {
  const { experts, employers } = generateRoster(seed, now, topicArnPrefix);
  const stock = generateStock(seed, now);
  for (const { email } of [...experts, ...employers])
    if (subscribe && email?.topicArn && email.state !== 'lost')
      subscribe({ topicArn: email.topicArn, address: email.address, state: email.state });
  // Employers first: nobody is on the roster whose employer is not.
  await createEmployerStore(tables, names.employers).saveMany(employers);
  progress?.(`${employers.length} employers`);
  await createExpertStore(tables, names.experts, () => now).fill(experts);
  progress?.(`${experts.length} experts`);
  await createStockStore(tables, names.stock).fill(stock);
  progress?.(
    `${stock.length} lines of stock in ${new Set(stock.map(line => line.warehouseId)).size} warehouses`,
  );
  return { experts: experts.length, employers: employers.length, stockLines: stock.length };
};
