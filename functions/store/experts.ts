import {
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { Expert } from '../domain/expert.ts';
import type { Instant } from '../domain/primitives.ts';
import { getItems, inParallel, putAll, readItem, readWholeTable } from './batches.ts';
import { getItem, lostCondition } from './items.ts';

/** The index by telephone number; its key is `phone.number` copied to the top of the item. */
const BY_PHONE = 'ExpertsByPhone';

/** Conditional writes of one import that are under way at a time. */
const WRITES_AT_A_TIME = 32;

/** The roster: the only place that reads and writes the Experts table, holds included. */
export type ExpertStore = ReturnType<typeof createExpertStore>;

/** Opens the Experts table. Holds are taken and given back only here, each by one conditional write. */
export const createExpertStore = (tables: DynamoDBDocumentClient, table: string) => {
  const read = (item: Record<string, unknown>): Expert =>
    readItem(Expert, { ...item, hold: item.hold ?? null }, `${table} ${String(item.expertId)}`);

  const get = async (expertId: string): Promise<Expert | null> => {
    const found = await getItem(tables, table, { expertId });
    return found ? read(found) : null;
  };

  /** One conditional update; false when its condition did not hold. */
  const update = async (
    expertId: string,
    change: Omit<UpdateCommandInput, 'TableName' | 'Key'>,
  ): Promise<boolean> => {
    try {
      await tables.send(new UpdateCommand({ TableName: table, Key: { expertId }, ...change }));
      return true;
    } catch (error) {
      if (lostCondition(error)) return false;
      throw error;
    }
  };

  /** Writes the whole record where hold and missions still are what it says; false when they are not. */
  const putUnchanged = async (person: Expert): Promise<boolean> => {
    const { hold, missions } = person;
    const isSameHold = hold
      ? '#hold.deploymentId = :holder AND #hold.#until = :until'
      : 'attribute_not_exists(#hold) OR #hold = :nobody';
    try {
      await tables.send(
        new PutCommand({
          TableName: table,
          Item: { ...person, ...phoneNumberOf(person) },
          ConditionExpression: `(${isSameHold}) AND (attribute_not_exists(missions) OR missions <= :missions)`,
          ExpressionAttributeNames: { '#hold': 'hold', ...(hold && { '#until': 'until' }) },
          ExpressionAttributeValues: {
            ':missions': missions,
            ...(hold ? { ':holder': hold.deploymentId, ':until': hold.until } : { ':nobody': null }),
          },
        }),
      );
      return true;
    } catch (error) {
      if (lostCondition(error)) return false;
      throw error;
    }
  };

  return {
    /** One person, or null when nobody has this id. */
    get,

    /** The people of these ids by id; unknown ids are left out. */
    async getMany(expertIds: Iterable<string>): Promise<Map<string, Expert>> {
      const keys = [...new Set(expertIds)].map(expertId => ({ expertId }));
      const people = (await getItems(tables, table, keys)).map(read);
      return new Map(people.map(person => [person.expertId, person]));
    },

    /**
     * Everybody, ordered by id. A scan of the whole table: right for a roster of some thousand people (1,600 are
     * about 1.2 MB, two pages). Above some 20,000 an index by role and place takes its place, with the same answer.
     */
    async readRoster(): Promise<Expert[]> {
      const people = (await readWholeTable(tables, table)).map(read);
      return people.sort((a, b) => (a.expertId < b.expertId ? -1 : 1));
    },

    /** Everybody whose SMS come from this number (E.164): usually one, nobody for an unknown number. */
    async findByPhone(number: string): Promise<Expert[]> {
      const answer = await tables.send(
        new QueryCommand({
          TableName: table,
          IndexName: BY_PHONE,
          KeyConditionExpression: 'phoneNumber = :number',
          ExpressionAttributeValues: { ':number': number },
        }),
      );
      const keys = (answer.Items ?? []).map(item => ({ expertId: String(item.expertId) }));
      const people = (await getItems(tables, table, keys)).map(read);
      // The index follows the table a moment later: only people who have the number now are meant.
      return people
        .filter(person => person.phone?.number === number)
        .sort((a, b) => (a.expertId < b.expertId ? -1 : 1));
    },

    /**
     * Creates or changes people. Never touches a hold, whatever the given records say about it, and never counts back
     * the missions of somebody who came home since the record was read.
     */
    async saveMany(people: Expert[]): Promise<void> {
      await inParallel(people, WRITES_AT_A_TIME, async person => {
        if (await putUnchanged(person)) return;
        // Somebody was held, released or came home meanwhile: what the desk did stands, the rest is written around it.
        const { expertId, hold: _hold, missions, lastMissionEndedAt, ...others } = person;
        const item = { ...others, ...phoneNumberOf(person) };
        const remove = person.phone ? [] : ['phoneNumber'];
        const saved = await update(expertId, {
          ...setAll({ ...item, missions, lastMissionEndedAt }, remove),
          ConditionExpression: 'attribute_not_exists(#missions) OR #missions <= :missions',
        });
        if (!saved) await update(expertId, setAll(item, remove));
      });
    },

    /** Fills a table that nobody works on yet: whole items, 25 a request, holds as given. */
    async fill(people: Expert[]): Promise<void> {
      await putAll(
        tables,
        table,
        people.map(person => ({ ...person, ...phoneNumberOf(person) })),
      );
    },

    /**
     * Claims a person for a deployment until a moment. True when the person is held for this deployment afterwards,
     * at least until then: a claim repeated never shortens one that was extended. False when another deployment
     * holds the person, or nobody has this id.
     */
    async hold(expertId: string, deploymentId: string, until: Instant, now: Instant): Promise<boolean> {
      const taken = await update(expertId, {
        UpdateExpression: 'SET #hold = :hold',
        ConditionExpression:
          'attribute_exists(expertId) AND (attribute_not_exists(#hold) OR #hold = :nobody OR #hold.#until <= :now' +
          ' OR (#hold.deploymentId = :me AND #hold.#until <= :until))',
        ExpressionAttributeNames: { '#hold': 'hold', '#until': 'until' },
        ExpressionAttributeValues: {
          ':hold': { deploymentId, until: sortable(until) },
          ':nobody': null,
          ':me': deploymentId,
          ':now': sortable(now),
          ':until': sortable(until),
        },
      });
      // A lost condition does not bring the old item with it on every DynamoDB: read who has the person.
      return taken || (await get(expertId))?.hold?.deploymentId === deploymentId;
    },

    /** Lengthens the deployment's own hold. False when it has none any more; a shorter time changes nothing. */
    async extend(expertId: string, deploymentId: string, until: Instant): Promise<boolean> {
      const extended = await update(expertId, {
        UpdateExpression: 'SET #hold.#until = :until',
        ConditionExpression: '#hold.deploymentId = :me AND #hold.#until <= :until',
        ExpressionAttributeNames: { '#hold': 'hold', '#until': 'until' },
        ExpressionAttributeValues: { ':me': deploymentId, ':until': sortable(until) },
      });
      return extended || (await get(expertId))?.hold?.deploymentId === deploymentId;
    },

    /** Frees the person if this deployment holds them; else nothing changes. Safe to repeat. */
    async release(expertId: string, deploymentId: string): Promise<void> {
      await update(expertId, {
        UpdateExpression: 'SET #hold = :nobody',
        ConditionExpression: '#hold.deploymentId = :me',
        ExpressionAttributeNames: { '#hold': 'hold' },
        ExpressionAttributeValues: { ':nobody': null, ':me': deploymentId },
      });
    },

    /**
     * Somebody came home: the mission is counted, the rest begins, and the hold ends, in one write, so that a
     * repeated step counts once. False when the deployment does not hold the person (any more).
     */
    async endMission(expertId: string, deploymentId: string, endedAt: Instant): Promise<boolean> {
      return update(expertId, {
        UpdateExpression: 'SET #hold = :nobody, lastMissionEndedAt = :endedAt, missions = missions + :one',
        ConditionExpression: '#hold.deploymentId = :me',
        ExpressionAttributeNames: { '#hold': 'hold' },
        ExpressionAttributeValues: {
          ':nobody': null,
          ':me': deploymentId,
          ':endedAt': sortable(endedAt),
          ':one': 1,
        },
      });
    },
  };
};

/** Conditions compare times as text, which is right only when all carry milliseconds. */
const sortable = (at: Instant): Instant => new Date(at).toISOString();

/** An update that sets these attributes and removes those. */
const setAll = (item: Record<string, unknown>, remove: string[]) => {
  const names = Object.keys(item);
  const set = `SET ${names.map(name => `#${name} = :${name}`).join(', ')}`;
  return {
    UpdateExpression: remove.length > 0 ? `${set} REMOVE ${remove.join(', ')}` : set,
    ExpressionAttributeNames: Object.fromEntries(names.map(name => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(names.map(name => [`:${name}`, item[name]])),
  };
};

const phoneNumberOf = (person: Expert): { phoneNumber?: string } =>
  person.phone ? { phoneNumber: person.phone.number } : {};
