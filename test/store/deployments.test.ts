import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timelineEntry } from '../../functions/deployments/timeline.ts';
import type { Notice } from '../../functions/domain/deployment.ts';
import { createDeploymentStore, heardAs } from '../../functions/store/deployments.ts';
import { aDeployment, anOffer, NOW } from '../notices/samples.ts';
import { openTables, TABLES } from '../support/tables.ts';

let opened: Awaited<ReturnType<typeof openTables>>;
/** As each function has one of its own, which remembers what it has read. */
const aStore = () => createDeploymentStore(opened.tables, TABLES.deployments);
let store: ReturnType<typeof aStore>;
let made = 0;

beforeAll(async () => {
  opened = await openTables();
  store = aStore();
});
afterAll(() => opened.close());

/** A deployment of its own for a test; its offers are to people of its own. */
async function aStored(change: Parameters<typeof aDeployment>[0] = {}): Promise<string> {
  const deploymentId = `D-${++made}`;
  await store.create(aDeployment({ deploymentId, ...change }));
  return deploymentId;
}
const offerIn = (deploymentId: string, change: Parameters<typeof anOffer>[0] = {}) =>
  anOffer({ deploymentId, link: `link${deploymentId}`, expertId: `E-${deploymentId}`, ...change });

describe('the head', () => {
  it('is proposed once', async () => {
    const deploymentId = await aStored();
    expect(await store.create(aDeployment({ deploymentId, createdBy: 'another' }))).toBe(false);
    expect((await store.read(deploymentId))?.createdBy).toBe('triage');
  });

  it('gets a new version by what the desk decides by, and by nothing else', async () => {
    const deploymentId = await aStored({ version: 3 });
    const version = async () => (await store.read(deploymentId))?.version;
    await store.hear(deploymentId);
    await store.change(deploymentId, d => ({ ...d, heard: d.heard + 1, updatedAt: NOW, heardOf: [] }));
    await store.change(deploymentId, () => undefined);
    expect(await version()).toBe(3);
    await store.change(deploymentId, d => ({ ...d, state: 'Full' }));
    expect(await version()).toBe(4);
  });

  it('hears every one of many answers that come at once, and loses no change between them', async () => {
    const deploymentId = await aStored({ heard: 0 });
    await Promise.all([
      ...Array.from({ length: 20 }, (_, index) =>
        aStore().hear(deploymentId, { offerId: `O-${index}`, answers: 1 }),
      ),
      aStore().change(deploymentId, d => ({ ...d, state: 'Full' })),
    ]);
    const head = await store.read(deploymentId);
    expect(head).toMatchObject({ heard: 20, state: 'Full' });
    expect(head?.heardOf.sort()).toEqual(
      Array.from({ length: 20 }, (_, index) => heardAs({ offerId: `O-${index}`, answers: 1 })).sort(),
    );
  });

  it('cannot be heard of or changed when there is none', async () => {
    await expect(store.hear('D-none')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await expect(store.change('D-none', d => d)).rejects.toThrow('deployment D-none does not exist');
    expect(await store.read('D-none')).toBeUndefined();
  });
});

describe('offers', () => {
  it('keep the first code and link when they are written again', async () => {
    const deploymentId = await aStored();
    expect(await store.createOffer(offerIn(deploymentId))).toBe(true);
    expect(await store.createOffer(offerIn(deploymentId, { code: 'B2-333', link: 'other' }))).toBe(false);
    expect(await store.offer(deploymentId, 'O-1')).toEqual(offerIn(deploymentId));
  });

  it('are found by their link, by the person and by the employer', async () => {
    const [here, there] = [await aStored(), await aStored()];
    const who = { expertId: `E-${here}`, employerId: `EMP-${here}` };
    await store.createOffer(offerIn(here, { ...who, offerId: 'O-1' }));
    await store.createOffer(offerIn(there, { ...who, offerId: 'O-2' }));
    await store.createOffer(offerIn(there, { offerId: 'O-3', link: 'third' }));
    expect((await store.offerByLink(`link${there}`))?.offerId).toBe('O-2');
    expect(await store.offerByLink('nobodys')).toBeUndefined();
    expect((await store.offersTo(who.expertId)).map(({ offerId }) => offerId).sort()).toEqual(['O-1', 'O-2']);
    expect((await store.offersOfEmployer(who.employerId)).map(({ offerId }) => offerId).sort()).toEqual([
      'O-1',
      'O-2',
    ]);
  });

  it('are read in part: what may still change, and what somebody must be told of', async () => {
    const deploymentId = await aStored();
    const over = { word: 'declined', at: NOW } as const;
    const offers = {
      waits: {},
      told: { finalWord: over, noticesDue: false },
      'to tell': { finalWord: over, noticesDue: true },
      'to review': { finalWord: over, noticesDue: false, reviewed: false },
      'waits, all sent': { noticesDue: false },
    };
    for (const [offerId, change] of Object.entries(offers))
      await store.createOffer(offerIn(deploymentId, { offerId, ...change }));
    const ids = async (filter?: 'live' | 'notices due') =>
      (await store.offers(deploymentId, filter)).map(({ offerId }) => offerId).sort();
    expect(await ids()).toEqual(Object.keys(offers).sort());
    expect(await ids('live')).toEqual(['to review', 'to tell', 'waits', 'waits, all sent']);
    expect(await ids('notices due')).toEqual(['to tell', 'waits']);
    expect(
      (await store.someOffers(deploymentId, ['waits', 'told', 'waits', 'none'])).map(o => o.offerId),
    ).toEqual(['told', 'waits']);
  });

  it('lose no change to another function that has read them before', async () => {
    const deploymentId = await aStored();
    await store.createOffer(offerIn(deploymentId));
    const [first, second] = [aStore(), aStore()];
    await first.offers(deploymentId);
    await second.offers(deploymentId);
    await first.changeOffer(deploymentId, 'O-1', o => ({
      ...o,
      notes: [...o.notes, { at: NOW, text: 'a' }],
    }));
    await second.changeOffer(deploymentId, 'O-1', o => ({
      ...o,
      notes: [...o.notes, { at: NOW, text: 'b' }],
    }));
    await first.changeOffer(deploymentId, 'O-1', o =>
      o.notes.length === 2 ? { ...o, state: 'Yes' } : undefined,
    );
    expect(await store.offer(deploymentId, 'O-1')).toMatchObject({
      state: 'Yes',
      notes: [{ text: 'a' }, { text: 'b' }],
    });
  });

  it('move in the index with the person they are to', async () => {
    const deploymentId = await aStored();
    await store.createOffer(offerIn(deploymentId));
    await store.changeOffer(deploymentId, 'O-1', o => ({ ...o, expertId: 'E-moved' }));
    expect((await store.offersTo('E-moved')).map(o => o.deploymentId)).toEqual([deploymentId]);
    expect(await store.offersTo(`E-${deploymentId}`)).toEqual([]);
  });
});

describe('a notice', () => {
  const aNotice = (deploymentId: string, change: Partial<Notice> = {}): Notice => ({
    deploymentId,
    noticeId: 'O-1/offer/sms/1',
    offerId: 'O-1',
    kind: 'offer',
    to: 'member',
    channel: 'sms',
    language: 'en',
    state: 'Sending',
    segments: 1,
    messageId: null,
    failure: null,
    createdAt: NOW,
    sentAt: null,
    ...change,
  });

  it.each([
    ['Sending', true],
    ['Failed for now', true],
    ['Sent', false],
    ['Delivered', false],
    ['Failed for good', false],
  ] as const)('recorded as %s may be sent again: %s', async (state, mayBeSent) => {
    const deploymentId = await aStored();
    expect(await store.claimNotice(aNotice(deploymentId))).toBe(true);
    await store.recordNotice(aNotice(deploymentId, { state, messageId: 'm-1' }));
    expect(await store.claimNotice(aNotice(deploymentId))).toBe(mayBeSent);
    const [after] = await store.notices(deploymentId, 'O-1');
    expect(after?.messageId).toBe(mayBeSent ? null : 'm-1');
  });

  it('is listed with the offer that it is of, and not with one whose id begins alike', async () => {
    const deploymentId = await aStored();
    await store.claimNotice(aNotice(deploymentId));
    await store.claimNotice(aNotice(deploymentId, { offerId: 'O-10', noticeId: 'O-10/offer/sms/1' }));
    expect((await store.notices(deploymentId, 'O-1')).map(n => n.noticeId)).toEqual(['O-1/offer/sms/1']);
    expect(await store.notices(deploymentId)).toHaveLength(2);
  });
});

describe('what belongs to one deployment', () => {
  it('is kept apart by its kind, and from every other deployment', async () => {
    const [deploymentId, other] = [await aStored(), await aStored()];
    const waiting = {
      deploymentId,
      state: 'Await answers',
      taskToken: 'token',
      since: NOW,
      until: NOW,
      whoIsTold: 'the desk',
    } as const;
    const line = {
      deploymentId,
      item: 'tent',
      warehouseId: 'dubai',
      quantity: 10,
      arrivesAt: NOW,
      reason: { en: 'nearest', ja: '最も近い' },
      state: 'Reserved',
    } as const;
    await store.putWaiting(waiting);
    await store.putGoods(line);
    await store.putGoods({ ...line, quantity: 12 });
    const entry = timelineEntry(deploymentId, NOW, 'answer', 'O-1/member', 'yes', 'E-1');
    await store.append(entry);
    await store.append(entry);
    await store.append({ ...entry, at: '2023-02-06T05:45:00.000Z' });
    expect(await store.waiting(deploymentId)).toEqual(waiting);
    expect(await store.goods(deploymentId)).toEqual([{ ...line, quantity: 12 }]);
    expect((await store.timeline(deploymentId)).map(({ at }) => at)).toEqual([
      '2023-02-06T05:45:00.000Z',
      NOW,
    ]);
    expect([await store.offers(deploymentId), await store.seats(deploymentId)]).toEqual([[], []]);
    expect([await store.waiting(other), await store.goods(other), await store.timeline(other)]).toEqual([
      undefined,
      [],
      [],
    ]);
    await store.dropGoods(line);
    expect(await store.goods(deploymentId)).toEqual([]);
  });

  it('is left out of the list of deployments, newest first', async () => {
    const newest = await aStored({ createdAt: '2031-01-01T00:00:00.000Z' });
    await store.createOffer(offerIn(newest));
    const listed = await store.list();
    expect(listed[0]?.deploymentId).toBe(newest);
    expect(listed).toHaveLength(made);
  });
});
