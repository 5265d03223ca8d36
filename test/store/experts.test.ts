import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExpertStore } from '../../functions/store/experts.ts';
import { anExpert } from '../support/people.ts';
import { openTables, TABLES } from '../support/tables.ts';

const NOW = '2023-02-06T02:00:00.000Z';
const LATER = '2023-02-06T06:00:00.000Z';
const MUCH_LATER = '2023-02-20T00:00:00.000Z';

let opened: Awaited<ReturnType<typeof openTables>>;
let experts: ReturnType<typeof createExpertStore>;
let made = 0;

/** A person of their own for each test, saved. */
const somebody = async (change: Parameters<typeof anExpert>[0] = {}): Promise<string> => {
  const expert = anExpert({ expertId: `T-${++made}`, ...change });
  await experts.fill([expert]);
  return expert.expertId;
};

beforeAll(async () => {
  opened = await openTables();
  experts = createExpertStore(opened.tables, TABLES.experts);
});
afterAll(() => opened.close());

describe('holding a person', () => {
  it('claims somebody who is free and answers the same when repeated', async () => {
    const id = await somebody();
    expect(await experts.hold(id, 'D-1', LATER, NOW)).toBe(true);
    expect(await experts.hold(id, 'D-1', LATER, NOW)).toBe(true);
    expect((await experts.get(id))?.hold).toEqual({ deploymentId: 'D-1', until: LATER });
  });

  it('refuses somebody whom another deployment holds, and nobody at all', async () => {
    const id = await somebody({ hold: { deploymentId: 'D-1', until: LATER } });
    expect(await experts.hold(id, 'D-2', LATER, NOW)).toBe(false);
    expect((await experts.get(id))?.hold?.deploymentId).toBe('D-1');
    expect(await experts.hold('nobody', 'D-2', LATER, NOW)).toBe(false);
    expect(await experts.get('nobody')).toBeNull();
  });

  it.each([
    ['a millisecond before the end', '2023-02-06T05:59:59.999Z', false],
    ['at the end', LATER, true],
    ['at the end, written without milliseconds', '2023-02-06T06:00:00Z', true],
  ])('takes over another hold %s: %s', async (_when, now, taken) => {
    const id = await somebody({ hold: { deploymentId: 'D-1', until: LATER } });
    expect(await experts.hold(id, 'D-2', MUCH_LATER, now)).toBe(taken);
  });

  it('never shortens its own longer hold when a step is repeated', async () => {
    const id = await somebody();
    await experts.hold(id, 'D-1', LATER, NOW);
    expect(await experts.extend(id, 'D-1', MUCH_LATER)).toBe(true);
    expect(await experts.hold(id, 'D-1', LATER, NOW)).toBe(true);
    expect(await experts.extend(id, 'D-1', LATER)).toBe(true);
    expect((await experts.get(id))?.hold?.until).toBe(MUCH_LATER);
  });

  it('extends and releases only its own hold', async () => {
    const id = await somebody({ hold: { deploymentId: 'D-1', until: LATER } });
    expect(await experts.extend(id, 'D-2', MUCH_LATER)).toBe(false);
    await experts.release(id, 'D-2');
    expect((await experts.get(id))?.hold).toEqual({ deploymentId: 'D-1', until: LATER });
    await experts.release(id, 'D-1');
    await experts.release(id, 'D-1');
    expect((await experts.get(id))?.hold).toBeNull();
    expect(await experts.extend(id, 'D-1', MUCH_LATER)).toBe(false);
  });

  it('takes an item without a hold attribute as free', async () => {
    const { hold: _hold, ...rest } = anExpert({ expertId: 'T-bare' });
    await experts.fill([rest as ReturnType<typeof anExpert>]);
    expect((await experts.get('T-bare'))?.hold).toBeNull();
    expect(await experts.hold('T-bare', 'D-1', LATER, NOW)).toBe(true);
  });

  it('counts a mission once and puts it on record, however often its end is reported', async () => {
    const id = await somebody({
      missions: 2,
      hold: { deploymentId: 'D-1', until: MUCH_LATER },
      pastMissions: [
        { from: '2020-12-01T00:00:00.000Z', to: '2021-01-01T00:00:00.000Z' },
        { from: '2021-06-01T00:00:00.000Z', to: '2021-06-20T00:00:00.000Z' },
      ],
    });
    expect(await experts.endMission(id, 'D-2', LATER, NOW)).toBe(false);
    expect(await experts.endMission(id, 'D-1', LATER, NOW)).toBe(true);
    expect(await experts.endMission(id, 'D-1', LATER, NOW)).toBe(false);
    // The mission that ended more than two years before has left the record; it is still counted.
    expect(await experts.get(id)).toMatchObject({
      missions: 3,
      lastMissionEndedAt: LATER,
      pastMissions: [
        { from: '2021-06-01T00:00:00.000Z', to: '2021-06-20T00:00:00.000Z' },
        { from: NOW, to: LATER },
      ],
      hold: null,
    });
  });

  it('loses no mission when the end is reported twice at the same moment', async () => {
    const id = await somebody({ missions: 0, hold: { deploymentId: 'D-1', until: MUCH_LATER } });
    const answers = await Promise.all([1, 2, 3].map(() => experts.endMission(id, 'D-1', LATER, NOW)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await experts.get(id)).toMatchObject({ missions: 1, pastMissions: [{ from: NOW, to: LATER }] });
  });

  it('gives every person to exactly one of the deployments that race for them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.record({ person: fc.nat(5), deployment: fc.nat(4) }), { minLength: 2, maxLength: 40 }),
        async (people, claims) => {
          const ids = await Promise.all(Array.from({ length: people }, () => somebody()));
          const answers = await Promise.all(
            claims.map(async ({ person, deployment }) => {
              const id = ids[person % people]!;
              return { id, deployment, taken: await experts.hold(id, `D-${deployment}`, LATER, NOW) };
            }),
          );
          for (const id of ids) {
            const asked = answers.filter(answer => answer.id === id);
            const winners = new Set(asked.filter(answer => answer.taken).map(answer => answer.deployment));
            expect(winners.size).toBe(asked.length > 0 ? 1 : 0);
            for (const answer of asked) expect(answer.taken).toBe(winners.has(answer.deployment));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is never in two places, whatever order of claims, extensions and releases', async () => {
    const step = fc.record({
      what: fc.constantFrom('hold', 'extend', 'release'),
      deployment: fc.nat(2),
      now: fc.nat(10),
      length: fc.nat(6),
    });
    const at = (hour: number) => new Date(Date.UTC(2023, 1, 6, hour)).toISOString();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async steps => {
        const id = await somebody();
        // The rule in words: whoever holds the person keeps them until released or until the time is over.
        let holder = null as { deployment: number; until: number } | null;
        for (const { what, deployment, now, length } of steps) {
          const name = `D-${deployment}`;
          const until: number = now + length;
          const mine: boolean = holder?.deployment === deployment;
          if (what === 'hold') {
            const free: boolean = holder === null || mine || holder.until <= now;
            expect(await experts.hold(id, name, at(until), at(now))).toBe(free);
            if (free) {
              const kept: number = mine && holder && holder.until > now ? holder.until : until;
              holder = { deployment, until: mine ? Math.max(kept, until) : until };
            }
          } else if (what === 'extend') {
            expect(await experts.extend(id, name, at(until))).toBe(mine);
            if (mine && holder) holder = { deployment, until: Math.max(holder.until, until) };
          } else {
            await experts.release(id, name);
            if (mine) holder = null;
          }
          const hold = (await experts.get(id))?.hold ?? null;
          expect(hold).toEqual(holder && { deploymentId: `D-${holder.deployment}`, until: at(holder.until) });
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('reading and saving people', () => {
  it('keeps a hold when the person is saved again', async () => {
    const id = await somebody({ hold: { deploymentId: 'D-1', until: LATER } });
    const pastMissions = [{ from: NOW, to: LATER }];
    await experts.saveMany([anExpert({ expertId: id, missions: 9, pastMissions, hold: null })]);
    expect(await experts.get(id)).toMatchObject({
      missions: 9,
      pastMissions,
      hold: { deploymentId: 'D-1', until: LATER },
    });
  });

  it('keeps every hold that is taken while the roster is being saved', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, () => somebody()));
    const [holds] = await Promise.all([
      Promise.all(ids.map(id => experts.hold(id, 'D-race', LATER, NOW))),
      experts.saveMany(ids.map(id => anExpert({ expertId: id, missions: 1 }))),
    ]);
    expect(holds).not.toContain(false);
    const people = await experts.getMany(ids);
    for (const id of ids)
      expect(people.get(id)).toMatchObject({ missions: 1, hold: { deploymentId: 'D-race' } });
  });

  it('does not count back a mission that ended while the roster was read', async () => {
    const pastMissions = [{ from: NOW, to: LATER }];
    const id = await somebody({ missions: 4, lastMissionEndedAt: LATER, pastMissions });
    await experts.saveMany([
      anExpert({ expertId: id, missions: 3, lastMissionEndedAt: null, noticeToMoveMinutes: 7 }),
    ]);
    expect(await experts.get(id)).toMatchObject({
      missions: 4,
      lastMissionEndedAt: LATER,
      pastMissions,
      noticeToMoveMinutes: 7,
    });
  });

  it('creates people who were not there, free', async () => {
    await experts.saveMany([anExpert({ expertId: 'T-new', hold: { deploymentId: 'D-1', until: LATER } })]);
    expect(await experts.get('T-new')).toEqual(anExpert({ expertId: 'T-new', hold: null }));
  });

  it('finds people by the number that they have now', async () => {
    const number = '+447700900991';
    const id = await somebody({ phone: { number, state: 'confirmed' } });
    expect((await experts.findByPhone(number)).map(person => person.expertId)).toEqual([id]);
    await experts.saveMany([anExpert({ expertId: id, phone: null })]);
    expect(await experts.findByPhone(number)).toEqual([]);
    expect(await experts.findByPhone('+447700900992')).toEqual([]);
  });

  it('reads many pages in the order of ids and leaves unknown ids out', async () => {
    const own = await openTables();
    const store = createExpertStore(own.tables, TABLES.experts);
    const reason = 'r'.repeat(900);
    const people = Array.from({ length: 1500 }, (_, index) =>
      anExpert({
        expertId: `P-${String(index).padStart(4, '0')}`,
        unavailability: [{ from: NOW, to: LATER, reason }],
      }),
    );
    await store.fill(people);
    const roster = await store.readRoster();
    expect(roster.map(person => person.expertId)).toEqual(people.map(person => person.expertId));
    expect((await store.getMany([...roster.map(person => person.expertId), 'nobody'])).size).toBe(1500);
    await own.close();
  });

  it('says of every write when it was, and of nothing else', async () => {
    const own = await openTables();
    let at = NOW;
    const store = createExpertStore(own.tables, TABLES.experts, () => at);
    const changed = async (from: string) => Object.fromEntries(await store.changedSince(from));
    await store.fill(['a', 'b', 'c', 'd'].map(expertId => anExpert({ expertId, missions: 5 })));
    expect(await changed(NOW)).toEqual({ a: NOW, b: NOW, c: NOW, d: NOW });
    const writes: [string, (expertId: string) => Promise<unknown>][] = [
      ['a', id => store.saveMany([anExpert({ expertId: id, noticeToMoveMinutes: 9 })])],
      ['b', id => store.hold(id, 'D-1', MUCH_LATER, NOW)],
      ['b', id => store.extend(id, 'D-1', MUCH_LATER)],
      ['b', id => store.endMission(id, 'D-1', LATER, NOW)],
      ['c', id => store.hold(id, 'D-1', MUCH_LATER, NOW)],
      ['c', id => store.release(id, 'D-1')],
      ['c', id => store.saveMany([anExpert({ expertId: id, missions: 3 })])],
    ];
    for (const [number, [id, write]] of writes.entries()) {
      at = new Date(Date.parse(NOW) + number + 1).toISOString();
      await write(id);
      expect(await changed(at)).toEqual({ [id]: at });
    }
    // Who holds nobody releases nobody: nothing was written.
    at = LATER;
    await store.release('a', 'D-2');
    expect(await changed(LATER)).toEqual({});
    expect(Object.keys(await changed('2023-02-06T02:00:00.001Z')).sort()).toEqual(['a', 'b', 'c']);
    await own.close();
  });

  it('names the table, the id and the field of an item that cannot be read, not its content', async () => {
    await experts.fill([{ ...anExpert({ expertId: 'T-odd' }), missions: 'many' as never }]);
    await expect(experts.get('T-odd')).rejects.toThrow(
      'Experts T-odd: not readable at missions (invalid_type)',
    );
  });
});
