import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  Deployment,
  GoodsLine,
  Notice,
  Offer,
  PlanMade,
  Reserve,
  Seat,
  TimelineEntry,
  Waiting,
} from '../domain/deployment.ts';
import { getItems } from './batches.ts';
import { changeItem, getItem, lostCondition, putNew, queryAll, scanAll } from './items.ts';

/** What of a deployment's offers a step needs; the rest stays in the table. */
type OfferFilter = 'all' | 'live' | 'notices due';

const FILTERS: Record<OfferFilter, { expression?: string; values?: Record<string, unknown> }> = {
  all: {},
  // Whatever may still change: no last word yet, or one that is not told, or an answer that is not reviewed.
  live: {
    expression: 'finalWord = :none OR noticesDue = :yes OR reviewed = :no',
    values: { ':none': null, ':yes': true, ':no': false },
  },
  'notices due': { expression: 'noticesDue = :t', values: { ':t': true } },
};

const seatRecord = (seatId: string) => `seat#${seatId}`;
const planRecord = (number: number) => `plan#${String(number).padStart(4, '0')}`;
/** How the head notes an answer: which offer, and how many answers it had then. */
export const heardAs = ({ offerId, answers }: Pick<Offer, 'offerId' | 'answers'>): string =>
  `${offerId}#${answers}`;

/** What the desk decides by, as one text: only a change of it makes a decision stale, not each answer that comes in. */
const seenByDesk = ({ heard, heardOf, plans, standby, updatedAt, version, ...seen }: Deployment): string =>
  JSON.stringify(seen);

const offerRecord = (offerId: string) => `offer#${offerId}`;

/**
 * The table Deployments: one item collection a deployment (head, seats, offers, notices, goods lines, timeline, and who
 * waits). Every write is one item, conditional or idempotent, so that each step may be repeated after a crash.
 */
export function createDeploymentStore(tables: DynamoDBDocumentClient, table: string) {
  /** What this store has read or written, by record, so that a change need not read it again. */
  const known = new Map<string, Record<string, unknown>>();
  const keep = <T extends Record<string, unknown> | undefined>(item: T): T => {
    if (item) known.set(`${item.deploymentId} ${item.record}`, item);
    return item;
  };
  const change = async (
    deploymentId: string,
    record: string,
    by: (item: Record<string, unknown>) => Record<string, unknown> | undefined,
  ) =>
    keep(
      await changeItem(tables, table, { deploymentId, record }, by, known.get(`${deploymentId} ${record}`)),
    );
  const collection = async (
    deploymentId: string,
    prefix: string,
    extra: Record<string, unknown> = {},
    values: Record<string, unknown> = {},
  ) =>
    queryAll(tables, {
      TableName: table,
      KeyConditionExpression: 'deploymentId = :d AND begins_with(#r, :p)',
      ExpressionAttributeNames: { '#r': 'record' },
      ExpressionAttributeValues: { ':d': deploymentId, ':p': prefix, ...values },
      ConsistentRead: true,
      ...extra,
    });
  const put = (item: Record<string, unknown>) =>
    tables.send(new PutCommand({ TableName: table, Item: item }));
  const byKeys = async (index: string, attribute: string, value: string) => {
    const keys = await queryAll(tables, {
      TableName: table,
      IndexName: index,
      KeyConditionExpression: '#a = :v',
      ExpressionAttributeNames: { '#a': attribute },
      ExpressionAttributeValues: { ':v': value },
    });
    const items = await getItems(
      tables,
      table,
      keys.map(({ deploymentId, record }) => ({ deploymentId, record })),
    );
    return items.map(item => Offer.parse(keep(item)));
  };

  return {
    /** False when there is one already: proposing twice proposes once. */
    create: (deployment: Deployment): Promise<boolean> =>
      putNew(tables, table, { ...deployment, record: 'deployment' }, 'deploymentId'),

    read: async (deploymentId: string): Promise<Deployment | undefined> => {
      const item = keep(await getItem(tables, table, { deploymentId, record: 'deployment' }));
      return item && Deployment.parse(item);
    },

    /** Changes the head; `by` may return undefined to leave it. Throws when the deployment does not exist. */
    change: async (
      deploymentId: string,
      by: (deployment: Deployment) => Deployment | undefined,
    ): Promise<Deployment> => {
      const item = await change(deploymentId, 'deployment', raw => {
        const before = Deployment.parse(raw);
        const after = by(before);
        return (
          after && { ...after, version: before.version + (seenByDesk(before) === seenByDesk(after) ? 0 : 1) }
        );
      });
      if (!item) throw new Error(`deployment ${deploymentId} does not exist`);
      return Deployment.parse(item);
    },

    /** Says on the head that something was heard, after it was written and before somebody is woken. */
    hear: async (deploymentId: string, answer?: Pick<Offer, 'offerId' | 'answers'>): Promise<void> => {
      await tables.send(
        new UpdateCommand({
          TableName: table,
          Key: { deploymentId, record: 'deployment' },
          UpdateExpression: `${answer ? 'SET heardOf = list_append(heardOf, :answer) ' : ''}ADD heard :one, writes :one`,
          ConditionExpression: 'attribute_exists(deploymentId)',
          ExpressionAttributeValues: {
            ':one': 1,
            ...(answer && { ':answer': [heardAs(answer)] }),
          },
        }),
      );
    },

    /** Every deployment, newest first. */
    list: async (): Promise<Deployment[]> =>
      (await scanAll(tables, table, 'DeploymentsByEvent'))
        .map(item => Deployment.parse(item))
        .sort(
          (a, b) => b.createdAt.localeCompare(a.createdAt) || a.deploymentId.localeCompare(b.deploymentId),
        ),

    createSeat: (seat: Seat): Promise<boolean> =>
      putNew(tables, table, { ...seat, record: seatRecord(seat.seatId) }, 'deploymentId'),

    seats: async (deploymentId: string): Promise<Seat[]> =>
      (await collection(deploymentId, 'seat#')).map(item => Seat.parse(keep(item))),

    changeSeat: async (
      deploymentId: string,
      seatId: string,
      by: (seat: Seat) => Seat | undefined,
    ): Promise<Seat> => {
      const item = await change(deploymentId, seatRecord(seatId), raw => by(Seat.parse(raw)));
      if (!item) throw new Error(`seat ${seatId} of ${deploymentId} does not exist`);
      return Seat.parse(item);
    },

    /** Writes an offer once; a repeat leaves the first, with its code and link. */
    createOffer: (offer: Offer): Promise<boolean> =>
      putNew(
        tables,
        table,
        { ...offer, record: offerRecord(offer.offerId), offeredTo: offer.expertId },
        'deploymentId',
      ),

    offers: async (deploymentId: string, filter: OfferFilter = 'all'): Promise<Offer[]> => {
      const { expression, values } = FILTERS[filter];
      const items = await collection(
        deploymentId,
        'offer#',
        expression ? { FilterExpression: expression } : {},
        values,
      );
      return items.map(item => Offer.parse(keep(item)));
    },

    /** Those of the offers that exist. */
    someOffers: async (deploymentId: string, offerIds: string[]): Promise<Offer[]> => {
      const keys = [...new Set(offerIds)].map(offerId => ({ deploymentId, record: offerRecord(offerId) }));
      const items = await getItems(tables, table, keys);
      return items.map(item => Offer.parse(keep(item))).sort((a, b) => (a.offerId < b.offerId ? -1 : 1));
    },

    offer: async (deploymentId: string, offerId: string): Promise<Offer | undefined> => {
      const item = keep(await getItem(tables, table, { deploymentId, record: offerRecord(offerId) }));
      return item && Offer.parse(item);
    },

    changeOffer: async (
      deploymentId: string,
      offerId: string,
      by: (offer: Offer) => Offer | undefined,
    ): Promise<Offer> => {
      const item = await change(deploymentId, offerRecord(offerId), raw => {
        const after = by(Offer.parse(raw));
        return after && { ...after, offeredTo: after.expertId };
      });
      if (!item) throw new Error(`offer ${offerId} of ${deploymentId} does not exist`);
      return Offer.parse(item);
    },

    /** The offer that an answer page's locator names. */
    offerByLink: async (link: string): Promise<Offer | undefined> =>
      (await byKeys('OffersByLink', 'link', link))[0],

    /** Every offer ever made to a person. */
    offersTo: (expertId: string): Promise<Offer[]> => byKeys('OffersByExpert', 'offeredTo', expertId),

    /** Every offer to somebody of an employer. */
    offersOfEmployer: (employerId: string): Promise<Offer[]> =>
      byKeys('OffersByEmployer', 'employerId', employerId),

    notices: async (deploymentId: string, offerId?: string): Promise<Notice[]> =>
      (await collection(deploymentId, offerId ? `notice#${offerId}/` : 'notice#')).map(item =>
        Notice.parse(item),
      ),

    /** Records that a notice is about to be sent; false when it is already recorded as sent or failed for good. */
    claimNotice: async (notice: Notice): Promise<boolean> => {
      try {
        await tables.send(
          new PutCommand({
            TableName: table,
            Item: { ...notice, record: `notice#${notice.noticeId}` },
            ConditionExpression: 'attribute_not_exists(deploymentId) OR #s IN (:sending, :later)',
            ExpressionAttributeNames: { '#s': 'state' },
            ExpressionAttributeValues: { ':sending': 'Sending', ':later': 'Failed for now' },
          }),
        );
        return true;
      } catch (error) {
        if (lostCondition(error)) return false;
        throw error;
      }
    },

    recordNotice: (notice: Notice) => put({ ...notice, record: `notice#${notice.noticeId}` }),

    /** Writes a plan with its proof; a step that is repeated before the head counts it writes the same number again. */
    putPlan: (plan: PlanMade) => put({ ...plan, record: planRecord(plan.number) }),

    /** A plan that was made, by its number. */
    plan: async (deploymentId: string, number: number): Promise<PlanMade | undefined> => {
      const item = await getItem(tables, table, { deploymentId, record: planRecord(number) });
      return item && PlanMade.parse(item);
    },

    /** Puts a reserve in the place of the one before. */
    putReserve: (reserve: Reserve) => put({ ...reserve, record: 'reserve' }),

    reserve: async (deploymentId: string): Promise<Reserve | undefined> => {
      const item = await getItem(tables, table, { deploymentId, record: 'reserve' });
      return item && Reserve.parse(item);
    },

    goods: async (deploymentId: string): Promise<GoodsLine[]> =>
      (await collection(deploymentId, 'goods#')).map(item => GoodsLine.parse(item)),

    putGoods: (line: GoodsLine) => put({ ...line, record: `goods#${line.item}#${line.warehouseId}` }),

    dropGoods: (line: GoodsLine) =>
      tables.send(
        new DeleteCommand({
          TableName: table,
          Key: { deploymentId: line.deploymentId, record: `goods#${line.item}#${line.warehouseId}` },
        }),
      ),

    /** Append-only: the same entry written again is the same item. */
    append: (entry: TimelineEntry) => put({ ...entry, record: `log#${entry.at}#${entry.entryId}` }),

    timeline: async (deploymentId: string): Promise<TimelineEntry[]> =>
      (await collection(deploymentId, 'log#')).map(item => TimelineEntry.parse(item)),

    /** Written before unread answers are looked for; an answer is written before the token is looked for. */
    putWaiting: (waiting: Waiting) => put({ ...waiting, record: 'waiting' }),

    waiting: async (deploymentId: string): Promise<Waiting | undefined> => {
      const item = await getItem(tables, table, { deploymentId, record: 'waiting' });
      return item && Waiting.parse(item);
    },
  };
}

export type DeploymentStore = ReturnType<typeof createDeploymentStore>;
