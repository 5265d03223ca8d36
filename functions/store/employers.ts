import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Employer } from '../domain/expert.ts';
import { getItems, putAll, readItem, readWholeTable } from './batches.ts';
import { getItem } from './items.ts';

/** The index by telephone number; its key is `phone.number` copied to the top of the item. */
const BY_PHONE = 'EmployersByPhone';

/** Employers of the roster's people: the only place that reads and writes the Employers table. */
export type EmployerStore = ReturnType<typeof createEmployerStore>;

/** Opens the Employers table. An employer is never claimed, so whole items are written without a condition. */
export const createEmployerStore = (tables: DynamoDBDocumentClient, table: string) => {
  const read = (item: Record<string, unknown>): Employer =>
    readItem(Employer, item, `${table} ${String(item.employerId)}`);

  const getMany = async (employerIds: Iterable<string>): Promise<Map<string, Employer>> => {
    const keys = [...new Set(employerIds)].map(employerId => ({ employerId }));
    const employers = (await getItems(tables, table, keys)).map(read);
    return new Map(employers.map(employer => [employer.employerId, employer]));
  };

  return {
    /** One employer, or null when none has this id. */
    async get(employerId: string): Promise<Employer | null> {
      const found = await getItem(tables, table, { employerId });
      return found ? read(found) : null;
    },

    /** The employers of these ids by id; unknown ids are left out. */
    getMany,

    /** All employers, ordered by id. */
    async readAll(): Promise<Employer[]> {
      const employers = (await readWholeTable(tables, table)).map(read);
      return employers.sort((a, b) => (a.employerId < b.employerId ? -1 : 1));
    },

    /** Everybody whose SMS come from this number (E.164): an office may answer for several employers. */
    async findByPhone(number: string): Promise<Employer[]> {
      const answer = await tables.send(
        new QueryCommand({
          TableName: table,
          IndexName: BY_PHONE,
          KeyConditionExpression: 'phoneNumber = :number',
          ExpressionAttributeValues: { ':number': number },
        }),
      );
      const found = await getMany((answer.Items ?? []).map(item => String(item.employerId)));
      return [...found.values()]
        .filter(employer => employer.phone?.number === number)
        .sort((a, b) => (a.employerId < b.employerId ? -1 : 1));
    },

    /** Creates or replaces employers. */
    async saveMany(employers: Employer[]): Promise<void> {
      await putAll(
        tables,
        table,
        employers.map(employer => ({
          ...employer,
          ...(employer.phone && { phoneNumber: employer.phone.number }),
        })),
      );
    },
  };
};
