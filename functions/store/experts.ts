import {
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { Expert } from '../domain/expert.ts';
import type { Instant } from '../domain/primitives.ts';
import { DAY } from '../domain/time.ts';
import { now as presentMoment } from '../runtime/clock.ts';
import { getItems, inParallel, putAll, readItem, tablePages } from './batches.ts';
import { Contended, getItem, lostCondition, queryAll } from './items.ts';

/** The index by telephone number; its key is `phone.number` copied to the top of the item. */
const BY_PHONE = 'ExpertsByPhone';

/** The index by the moment of the last write, in shards: one alone would take a thousand writes a second. */
const BY_CHANGE = 'ExpertsByChange';
const SHARDS = 8;

/** How long a mission stays on a person's record: fatigue and fairness look at one year, and at no more than two. */
const MISSIONS_KEPT = 2 * 365 * DAY;

/** Other writers that may be faster than the end of a mission. */
const TRIES = 10;

/** Conditional writes of one import that are under way at a time. */
const WRITES_AT_A_TIME = 32;

/** The roster: the only place that reads and writes the Experts table, holds included. */
export type ExpertStore = ReturnType<typeof createExpertStore>;

/**
 * Opens the Experts table. Holds are taken and given back only here, each by one conditional write. Every write says in
 * the item when it was made, by `now`, so that the roster's snapshot can be brought up to date.
 */
export const createExpertStore = (
  tables: DynamoDBDocumentClient,
  table: string,
  now: () => Instant = presentMoment,
) => {
  /** What every write sets: the person stands in the index by change from then on. */
  const changeOf = (expertId: string) => ({ changedAt: sortable(now()), changeShard: shardOf(expertId) });

  const read = (item: Record<string, unknown>): Expert =>
    readItem(Expert, { ...item, hold: item.hold ?? null }, `${table} ${String(item.expertId)}`);

  const get = async (expertId: string): Promise<Expert | null> => {
    const found = await getItem(tables, table, { expertId });
    return found ? read(found) : null;
  };

  async function* rosterPages(): AsyncGenerator<Expert[]> {
    for await (const page of tablePages(tables, table)) yield page.map(read);
  }

  /** One conditional update of an expression that begins with SET; false when its condition did not hold. */
  const update = async (expertId: string, { set, ...change }: Update): Promise<boolean> => {
    const { changedAt, changeShard } = changeOf(expertId);
    try {
      await tables.send(
        new UpdateCommand({
          TableName: table,
          Key: { expertId },
          ...change,
          UpdateExpression: `SET changedAt = :changedAt, changeShard = :changeShard, ${set}`,
          ExpressionAttributeValues: {
            ...change.ExpressionAttributeValues,
            ':changedAt': changedAt,
            ':changeShard': changeShard,
          },
        }),
      );
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
          Item: { ...person, ...phoneNumberOf(person), ...changeOf(person.expertId) },
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
     * Everybody, page by page, as they stand when the page is read: a scan of the whole table. Plans never need it: the
     * roster's snapshot (store/roster.ts) is made of it when there is none, and once a day.
     */
    rosterPages,

    /** Everybody at once, ordered by id: for an import, which compares a file with all there is. */
    async readRoster(): Promise<Expert[]> {
      const people: Expert[] = [];
      for await (const page of rosterPages()) people.push(...page);
      return people.sort((a, b) => (a.expertId < b.expertId ? -1 : 1));
    },

    /**
     * Who was written at this moment or later, and when, by id. From an index, which follows the table within seconds:
     * who asks looks back further than that.
     */
    async changedSince(from: Instant): Promise<Map<string, Instant>> {
      const shards = await Promise.all(
        Array.from({ length: SHARDS }, (_, shard) =>
          queryAll(tables, {
            TableName: table,
            IndexName: BY_CHANGE,
            KeyConditionExpression: 'changeShard = :shard AND changedAt >= :from',
            ExpressionAttributeValues: { ':shard': String(shard), ':from': sortable(from) },
          }),
        ),
      );
      return new Map(shards.flat().map(item => [String(item.expertId), String(item.changedAt)]));
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
        const { expertId, hold: _hold, missions, lastMissionEndedAt, pastMissions, ...others } = person;
        const item = { ...others, ...phoneNumberOf(person) };
        const remove = person.phone ? [] : ['phoneNumber'];
        const saved = await update(expertId, {
          ...setAll({ ...item, missions, lastMissionEndedAt, pastMissions }, remove),
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
        people.map(person => ({ ...person, ...phoneNumberOf(person), ...changeOf(person.expertId) })),
      );
    },

    /**
     * Claims a person for a deployment until a moment. True when the person is held for this deployment afterwards,
     * at least until then: a claim repeated never shortens one that was extended. False when another deployment
     * holds the person, or nobody has this id.
     */
    async hold(expertId: string, deploymentId: string, until: Instant, now: Instant): Promise<boolean> {
      const taken = await update(expertId, {
        set: '#hold = :hold',
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
        set: '#hold.#until = :until',
        ConditionExpression: '#hold.deploymentId = :me AND #hold.#until <= :until',
        ExpressionAttributeNames: { '#hold': 'hold', '#until': 'until' },
        ExpressionAttributeValues: { ':me': deploymentId, ':until': sortable(until) },
      });
      return extended || (await get(expertId))?.hold?.deploymentId === deploymentId;
    },

    /** Frees the person if this deployment holds them; else nothing changes. Safe to repeat. */
    async release(expertId: string, deploymentId: string): Promise<void> {
      await update(expertId, {
        set: '#hold = :nobody',
        ConditionExpression: '#hold.deploymentId = :me',
        ExpressionAttributeNames: { '#hold': 'hold' },
        ExpressionAttributeValues: { ':nobody': null, ':me': deploymentId },
      });
    },

    /**
     * Somebody came home from a mission that began at `from`: it is counted and put on record, the rest begins, and the
     * hold ends, in one write, so that a repeated step counts once. Missions that ended two years ago leave the record.
     * False when the deployment does not hold the person (any more).
     */
    async endMission(
      expertId: string,
      deploymentId: string,
      endedAt: Instant,
      from: Instant,
    ): Promise<boolean> {
      const forgotten = Date.parse(endedAt) - MISSIONS_KEPT;
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const person = await get(expertId);
        if (person?.hold?.deploymentId !== deploymentId) return false;
        const { missions, pastMissions } = person;
        const recent = pastMissions.filter(({ to }) => Date.parse(to) > forgotten);
        const ended = await update(expertId, {
          set: '#hold = :nobody, lastMissionEndedAt = :endedAt, missions = :one, pastMissions = :past',
          // Nobody may have counted a mission since the record was read, or its list would be lost.
          ConditionExpression: '#hold.deploymentId = :me AND missions = :missions',
          ExpressionAttributeNames: { '#hold': 'hold' },
          ExpressionAttributeValues: {
            ':nobody': null,
            ':me': deploymentId,
            ':endedAt': sortable(endedAt),
            ':missions': missions,
            ':one': missions + 1,
            ':past': [...recent, { from: sortable(from), to: sortable(endedAt) }],
          },
        });
        if (ended) return true;
      }
      throw new Contended(`${table} ${expertId}: ${TRIES} other writers were faster`);
    },
  };
};

/** What an update sets, as the part of an expression after SET, which may go on with REMOVE. */
type Update = Omit<UpdateCommandInput, 'TableName' | 'Key' | 'UpdateExpression'> & { set: string };

/** Which part of the index a person is in, for good: FNV-1a of the id. */
const shardOf = (expertId: string): string => {
  let hash = 0x811c9dc5;
  for (let letter = 0; letter < expertId.length; letter++)
    hash = Math.imul(hash ^ expertId.charCodeAt(letter), 0x01000193);
  return String((hash >>> 0) % SHARDS);
};

/** Conditions compare times as text, which is right only when all carry milliseconds. */
const sortable = (at: Instant): Instant => new Date(at).toISOString();

/** An update that sets these attributes and removes those. */
const setAll = (item: Record<string, unknown>, remove: string[]) => {
  const names = Object.keys(item);
  const set = `${names.map(name => `#${name} = :${name}`).join(', ')}`;
  return {
    set: remove.length > 0 ? `${set} REMOVE ${remove.join(', ')}` : set,
    ExpressionAttributeNames: Object.fromEntries(names.map(name => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(names.map(name => [`:${name}`, item[name]])),
  };
};

const phoneNumberOf = (person: Expert): { phoneNumber?: string } =>
  person.phone ? { phoneNumber: person.phone.number } : {};
