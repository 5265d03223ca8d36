import { gunzipSync, gzipSync } from 'node:zlib';
import { S3Client } from '@aws-sdk/client-s3';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Expert } from '../../functions/domain/expert.ts';
import type { RosterColumns } from '../../functions/roster/columns.ts';
import { columnsOf } from '../../functions/roster/columns-of.ts';
import { idOf, placeOf } from '../../functions/roster/reading.ts';
import { decodeColumns, ROSTER_KEY } from '../../functions/roster/snapshot-file.ts';
import { createExpertStore, type ExpertStore } from '../../functions/store/experts.ts';
import { createRosterStore, type RosterStore } from '../../functions/store/roster.ts';
import { type BodyStore, createS3Endpoint, openBodies } from '../../infra/local/endpoints/s3.ts';
import { requestHandler } from '../../infra/local/transport.ts';
import type { Wire } from '../../infra/local/wire.ts';
import { anExpert } from '../support/people.ts';
import { openTables, TABLES } from '../support/tables.ts';

const MORNING = Date.parse('2026-03-02T06:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const UNTIL = '2026-03-20T00:00:00.000Z';

let clock: number;
const now = () => new Date(clock).toISOString();
const later = (milliseconds: number) => {
  clock += milliseconds;
};

let opened: Awaited<ReturnType<typeof openTables>>;
let experts: ExpertStore;
let files: BodyStore;
/** What was asked of S3, and how many people and pages were read, since the last look. */
let asked: string[];
let read: { byId: number; pages: number };
/** What happens between the answer of S3 and the next step, once. */
let meanwhile: (() => Promise<void>) | null;

beforeAll(async () => {
  opened = await openTables();
});
afterAll(() => opened.close());

beforeEach(async () => {
  clock = MORNING;
  const table = createExpertStore(opened.tables, TABLES.experts, now);
  for await (const page of table.rosterPages())
    for (const { expertId } of page)
      await opened.tables.send(new DeleteCommand({ TableName: TABLES.experts, Key: { expertId } }));
  read = { byId: 0, pages: 0 };
  experts = {
    ...table,
    getMany: async ids => {
      const people = await table.getMany(ids);
      read.byId += people.size;
      return people;
    },
    async *rosterPages() {
      for await (const page of table.rosterPages()) {
        read.pages += 1;
        yield page;
      }
    },
  };
  files = openBodies(null);
  asked = [];
  meanwhile = null;
});

/** A function of its own: it remembers nothing of what others read. */
const aFunction = (options: { mayKeep?: boolean } = {}): RosterStore => {
  const endpoint = createS3Endpoint(['roster'], files);
  const bodies = new S3Client({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    requestHandler: requestHandler(async (request: Wire) => {
      const reply = await endpoint(request);
      asked.push(`${request.method} ${reply.status}`);
      const then = meanwhile;
      meanwhile = null;
      await then?.();
      return reply;
    }),
  });
  return createRosterStore({ bodies, bucket: 'roster', experts, now, ...options });
};

/** What happened since the last look. */
const sinceThen = () => {
  const seen = { s3: asked.splice(0), ...read };
  read.byId = 0;
  read.pages = 0;
  return seen;
};

const peopleOf = (ids: string[], change: Partial<Expert> = {}) =>
  ids.map(expertId => anExpert({ expertId, ...change }));
const idsOf = (columns: RosterColumns) => Array.from({ length: columns.count }, (_, i) => idOf(columns, i));
const holderOf = (columns: RosterColumns, expertId: string): string | null => {
  const held = columns.heldBy[placeOf(columns, expertId)]!;
  return held === 0 ? null : columns.words.deployments[held - 1]!;
};
const snapshot = async () => (await files.get('roster', ROSTER_KEY))!;
const inFile = async () => decodeColumns(gunzipSync((await snapshot()).bytes));
const everybody = async () => columnsOf(await experts.readRoster());

describe('the roster as it is now', () => {
  it('is read whole once, kept, and asked for with its tag from then on', async () => {
    await experts.fill(peopleOf(['A', 'B', 'C']));
    later(HOUR);
    const store = aFunction();
    const first = await store.current();
    expect(idsOf(first)).toEqual(['A', 'B', 'C']);
    expect(sinceThen()).toEqual({ s3: ['GET 404', 'PUT 200'], byId: 0, pages: 1 });

    expect(await store.current()).toBe(first);
    expect(sinceThen()).toEqual({ s3: ['GET 304'], byId: 0, pages: 0 });

    expect(await aFunction().current()).toEqual(first);
    expect(sinceThen()).toEqual({ s3: ['GET 200'], byId: 0, pages: 0 });
  });

  it('has everybody who changed since the snapshot, each read by id, and only those', async () => {
    await experts.fill(peopleOf(['A', 'B', 'C', 'D']));
    later(HOUR);
    const warm = aFunction();
    await warm.current();
    later(HOUR);
    await experts.hold('B', 'D-1', UNTIL, now());
    await experts.saveMany(peopleOf(['BB', 'D'], { noticeToMoveMinutes: 7 }));
    sinceThen();

    const after = await warm.current();
    expect(idsOf(after)).toEqual(['A', 'B', 'BB', 'C', 'D']);
    expect(holderOf(after, 'B')).toBe('D-1');
    expect(after).toEqual(await everybody());
    expect(await aFunction().current()).toEqual(after);

    // A quarter of an hour later nothing of it can be another write of the same moment: it is not read again.
    later(15 * MINUTE);
    await warm.current();
    sinceThen();
    const same = await warm.current();
    expect(sinceThen()).toEqual({ s3: ['GET 304'], byId: 0, pages: 0 });
    expect(await warm.current()).toBe(same);
  });

  it('sees the second of two writes of one moment', async () => {
    await experts.fill(peopleOf(['A', 'B']));
    const store = aFunction();
    await store.current();
    await experts.hold('A', 'D-1', UNTIL, now());
    expect(holderOf(await store.current(), 'A')).toBe('D-1');
    await experts.release('A', 'D-1');
    expect(holderOf(await store.current(), 'A')).toBeNull();
  });

  it('finds a write that a slow clock or index dates before the snapshot', async () => {
    await experts.fill(peopleOf(['A', 'B']));
    later(HOUR);
    const store = aFunction();
    await store.current();
    later(-2 * MINUTE);
    await experts.hold('A', 'D-1', UNTIL, now());
    later(2 * MINUTE);
    expect(holderOf(await store.current(), 'A')).toBe('D-1');
  });

  it('scans instead of reading by id when most of a large roster is new', async () => {
    await experts.fill(peopleOf(['A']));
    later(HOUR);
    const store = aFunction();
    await store.current();
    later(HOUR);
    await experts.saveMany(peopleOf(['B']));
    const changed = (count: number) =>
      vi
        .spyOn(experts, 'changedSince')
        .mockResolvedValueOnce(new Map(Array.from({ length: count }, (_, i) => [`N-${i}`, now()])));
    sinceThen();
    changed(1001);
    expect(idsOf(await store.current())).toEqual(['A', 'B']);
    expect(sinceThen()).toEqual({ byId: 0, pages: 1, s3: ['GET 304', 'PUT 200'] });
    expect(idsOf(await inFile())).toEqual(['A', 'B']);
    changed(1000);
    await store.current();
    expect(sinceThen()).toMatchObject({ pages: 0, s3: ['GET 304'] });
  });

  it('is nobody as long as there is nobody, and keeps no file of that', async () => {
    const store = aFunction();
    expect((await store.current()).count).toBe(0);
    expect(await files.get('roster', ROSTER_KEY)).toBeUndefined();
    await experts.fill(peopleOf(['A']));
    expect((await store.current()).count).toBe(1);
  });

  it('is read and not written by who may only read', async () => {
    await experts.fill(peopleOf(['A']));
    const reader = aFunction({ mayKeep: false });
    expect((await reader.current()).count).toBe(1);
    expect(sinceThen().s3).toEqual(['GET 404']);
  });

  it.each([
    ['no gzip', Buffer.from('a letter')],
    ['of another program', gzipSync('a letter')],
    ['empty', Buffer.alloc(0)],
  ])('is made anew where the file is %s', async (_what, bytes) => {
    await experts.fill(peopleOf(['A', 'B']));
    await files.put('roster', ROSTER_KEY, {
      bytes,
      headers: { 'x-amz-meta-as-of': now(), 'x-amz-meta-whole-at': now() },
    });
    expect(idsOf(await aFunction().current())).toEqual(['A', 'B']);
    expect(idsOf(await inFile())).toEqual(['A', 'B']);
  });

  it('is made anew where the file does not say of when it is', async () => {
    await experts.fill(peopleOf(['A', 'B']));
    await aFunction().current();
    await files.put('roster', ROSTER_KEY, { bytes: (await snapshot()).bytes, headers: {} });
    expect(idsOf(await aFunction().current())).toEqual(['A', 'B']);
    expect((await snapshot()).headers).toHaveProperty('x-amz-meta-as-of');
  });

  it('leaves the file of whoever was faster', async () => {
    await experts.fill(peopleOf(['A']));
    const [slow, fast] = [aFunction(), aFunction()];
    meanwhile = async () => {
      await fast.current();
      asked.length = 0;
    };
    expect((await slow.current()).count).toBe(1);
    expect(sinceThen().s3).toEqual(['PUT 412']);
    expect((await slow.current()).count).toBe(1);
    expect(sinceThen().s3).toEqual(['GET 200']);
  });

  it('passes on what S3 refuses for another reason', async () => {
    const store = createRosterStore({
      bodies: new S3Client({
        region: 'eu-central-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        maxAttempts: 1,
        requestHandler: requestHandler(async () => ({
          status: 403,
          headers: { 'content-type': 'text/xml' },
          body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>',
        })),
      }),
      bucket: 'roster',
      experts,
      now,
    });
    await expect(store.current()).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('a stale row', () => {
  it('costs a lost hold and one more look, never a person in two places', async () => {
    await experts.fill(peopleOf(['A', 'B']));
    later(HOUR);
    const store = aFunction();
    const stale = await store.current();
    await experts.hold('A', 'D-1', UNTIL, now());
    expect(holderOf(stale, 'A')).toBeNull();
    // Another deployment picks A by the stale roster: the item decides, the next look knows, B is there.
    expect(await experts.hold('A', 'D-2', UNTIL, now())).toBe(false);
    const fresh = await store.current();
    expect(holderOf(fresh, 'A')).toBe('D-1');
    expect(holderOf(fresh, 'B')).toBeNull();
    expect(await experts.hold('B', 'D-2', UNTIL, now())).toBe(true);
    expect((await experts.get('A'))?.hold?.deploymentId).toBe('D-1');
  });
});

describe('a refresh', () => {
  it('folds the changes into a new file, so that nobody reads them by id any more', async () => {
    await experts.fill(peopleOf(['A', 'B', 'C']));
    later(HOUR);
    const refreshing = aFunction();
    expect(await refreshing.refresh()).toMatchObject({ put: 'whole', people: 3 });
    later(HOUR);
    expect(await refreshing.refresh()).toMatchObject({ put: 'nothing', bytes: 0 });
    await experts.hold('B', 'D-1', UNTIL, now());
    await experts.saveMany(peopleOf(['D']));
    later(10 * MINUTE);
    expect(await refreshing.refresh()).toMatchObject({ put: 'changes', people: 4, changed: 2 });
    expect(await inFile()).toEqual(await everybody());
    sinceThen();
    later(10 * MINUTE);
    expect(await aFunction().current()).toEqual(await everybody());
    expect(sinceThen()).toMatchObject({ s3: ['GET 200'], byId: 0 });
  });

  it('is taken over by a function that is warm with the file before', async () => {
    await experts.fill(peopleOf(['A', 'B']));
    later(HOUR);
    const warm = aFunction();
    await warm.current();
    await experts.hold('A', 'D-1', UNTIL, now());
    await warm.current();
    later(HOUR);
    await aFunction().refresh();
    await experts.hold('B', 'D-2', UNTIL, now());
    sinceThen();
    expect(await warm.current()).toEqual(await everybody());
    expect(sinceThen()).toMatchObject({ s3: ['GET 200'], byId: 1 });
  });

  it('reads the table whole once a day, so that who was deleted by hand leaves the file', async () => {
    await experts.fill(peopleOf(['A', 'B']));
    later(HOUR);
    await aFunction().refresh();
    await opened.tables.send(new DeleteCommand({ TableName: TABLES.experts, Key: { expertId: 'A' } }));
    later(12 * HOUR);
    expect(await aFunction().refresh()).toMatchObject({ put: 'nothing' });
    expect(idsOf(await inFile())).toEqual(['A', 'B']);
    // A file that a refresh only changed was not read whole: the day goes on.
    await experts.hold('B', 'D-1', UNTIL, now());
    later(10 * HOUR);
    expect(await aFunction().refresh()).toMatchObject({ put: 'changes' });
    later(HOUR);
    expect(await aFunction().refresh()).toMatchObject({ put: 'whole', people: 1 });
    expect(idsOf(await inFile())).toEqual(['B']);
  });

  it('reads the table whole when it is asked to', async () => {
    await experts.fill(peopleOf(['A', 'B']));
    later(HOUR);
    const warm = aFunction();
    await warm.current();
    await opened.tables.send(new DeleteCommand({ TableName: TABLES.experts, Key: { expertId: 'A' } }));
    expect(await aFunction().refresh({ whole: true })).toMatchObject({ put: 'whole', people: 1 });
    expect(idsOf(await warm.current())).toEqual(['B']);
  });

  it('leaves the file of a refresh at the same moment', async () => {
    await experts.fill(peopleOf(['A', 'B']));
    later(HOUR);
    await aFunction().refresh();
    later(HOUR);
    await experts.hold('A', 'D-1', UNTIL, now());
    const [slow, fast] = [aFunction(), aFunction()];
    meanwhile = async () => void (await fast.refresh());
    expect(await slow.refresh()).toMatchObject({ put: 'nothing', changed: 1 });
    expect(holderOf(await inFile(), 'A')).toBe('D-1');
  });
});
