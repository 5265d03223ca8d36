import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../infra/local/workflow/clock.ts';
import { aRequest, type Desk, type DeskOptions, openDesk, SECOND } from '../support/mission.ts';
import { aRoster, aStockLine, standing } from '../support/roster.ts';

let desk: Desk;
const open = async (options: DeskOptions = {}) => {
  desk = await openDesk(options);
  return desk;
};
afterEach(async () => {
  const violations = await desk.violations();
  await desk.close();
  expect(violations).toEqual([]);
});

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'relief-desk-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const small = () => aRoster({ L: 2, A: 4, C: 2 }, standing);
const shelter = (tents: number) => [
  aStockLine('tent', tents),
  aStockLine('plastic-sheet', 5000),
  aStockLine('sleeping-pad', 5000),
  aStockLine('blanket', 5000),
];

describe('the gate', () => {
  it('lets nobody be asked without a request', async () => {
    await open({ people: small() });
    const mission = await desk.open();
    const refused = await mission.act('approve');
    expect(refused).toMatchObject({ status: 409, body: { rule: 'GATE-REQUEST' } });
    expect(desk.system.outbox.sms).toEqual([]);
    expect(await desk.holds()).toEqual({});
  });

  it('refuses for good what armed conflict has caused', async () => {
    await open({ people: small() });
    const mission = await desk.open();
    const request = aRequest(desk.clock.now(), { conflictCaused: true });
    const reply = await mission.act('approve', { request });
    expect(reply).toMatchObject({
      status: 200,
      body: { state: 'Refused', what: expect.stringContaining('GATE-CONFLICT') },
    });
    await desk.advance(1);
    expect(await mission.act('approve')).toMatchObject({ status: 409 });
    expect(desk.system.outbox.sms).toEqual([]);
  });

  it('wants a second person above twenty seats', async () => {
    await open({ people: small() });
    const mission = await desk.open({ teams: ['rescue'] });
    expect((await mission.approve()).body.state).toBe('Waits for second approval');
    expect(await mission.act('approve')).toMatchObject({ status: 403, body: { rule: 'SECOND-PERSON' } });
    expect(await desk.holds()).toEqual({});
    expect((await mission.act('approve', {}, SECOND)).body.state).toBe('Filling seats');
  });

  it('lets only approvers approve', async () => {
    await open({ people: small() });
    const mission = await desk.open();
    await mission.act('record-request', { request: aRequest(desk.clock.now()) });
    const viewer = { name: 'Abe', 'cognito:groups': ['desk'] };
    expect(await mission.act('approve', {}, viewer)).toMatchObject({ status: 403, body: { rule: 'ROLE' } });
  });

  it('opens after a preparation, which holds nobody and tells whom to ask first', async () => {
    await open({ people: small() });
    const mission = await desk.open();
    expect((await mission.act('prepare')).body.state).toBe('Prepared (no request)');
    expect(await desk.holds()).toEqual({});
    expect(await mission.told('A1')).toEqual(['availability']);
    await mission.answer('A1', 'no');
    await mission.answer('A2', 'yes');
    await mission.answer('L1', 'yes');
    expect(await desk.holds()).toEqual({});
    expect((await mission.head()).state).toBe('Prepared (no request)');
    await desk.advance(600);
    expect((await mission.approve()).body.state).toBe('Filling seats');
    // A1 said that it is not possible; A2 comes first now.
    expect(await mission.seated('assessment-expert')).toEqual(['A2 Asked', 'A3 Asked', 'A4 Asked']);
    expect(await mission.seated('team-leader')).toEqual(['L1 Asked']);
    await mission.everybodyAgrees();
    await mission.report('assembled', 'departed', 'arrived', 'operating', 'demobilised', 'home');
    expect((await mission.head()).state).toBe('Closed');
    // Who was only sounded out hears that it is over.
    expect((await mission.told('A1')).at(-1)).toBe('stand down');
  });

  it('closed by a rejection gives those who were sounded out a last word', async () => {
    await open({ people: small() });
    const mission = await desk.open();
    await mission.act('prepare');
    await mission.act('reject', { reason: 'not needed' });
    expect((await mission.head()).state).toBe('Refused');
    expect(await mission.told('A1')).toEqual(['availability', 'stand down']);
  });
});

describe('a full team', () => {
  it('is told to go when the last consent is there, not before; the surplus stands by, then down', async () => {
    await open({ stock: shelter(300) });
    const mission = await desk.open({ consignments: ['shelter-small'] });
    await mission.approve();
    for (const expertId of ['L1', 'A1', 'A2', 'A3', 'C1']) {
      await mission.answer(expertId, 'yes');
      if (expertId !== 'C1') await mission.answer(expertId, 'yes', { from: 'employer' });
      for (const each of ['L1', 'A1', 'A2', 'A3', 'C1'])
        expect(await mission.told(each), each).not.toContain('deploy');
    }
    await mission.answer('A4', 'yes');
    await mission.answer('A4', 'yes', { from: 'employer' });
    await mission.answer('C1', 'yes', { from: 'employer' });
    for (const each of ['L1', 'A1', 'A2', 'A3', 'C1']) {
      expect((await mission.told(each)).at(-1), each).toBe('deploy');
      expect((await mission.told(each, 'employer')).at(-1), each).toBe('deploy');
    }
    expect(await mission.told('A4')).toEqual(['standby offer', 'answer recorded', 'standby']);
    // L2 and C2 never answered.
    expect(await mission.told('L2')).toEqual(['standby offer', 'stand down']);
    const whole = await mission.whole();
    expect(new Set(whole.goods.map(({ state }) => state))).toEqual(new Set(['Loading']));
    expect(desk.deskWasTold()).toContain(`${mission.deploymentId}: order the goods out`);
    await mission.report('assembled', 'departed');
    expect((await mission.told('A4')).at(-1)).toBe('stand down');
    await mission.report('arrived', 'operating', 'demobilised', 'home');
    expect((await mission.head()).state).toBe('Closed');
    expect((await mission.told('A1')).at(-1)).toBe('home');
    expect(await desk.holds()).toEqual({});
    expect((await desk.stock()).map(({ item, available }) => [item, available])).toEqual([
      ['blanket', 3000],
      ['plastic-sheet', 4500],
      ['sleeping-pad', 4200],
      ['tent', 100],
    ]);
  });

  it('gives back the goods and everybody when it is called off in the middle', async () => {
    await open({ people: small(), stock: shelter(300) });
    const mission = await desk.open({ consignments: ['shelter-small'] });
    await mission.approve();
    await mission.answer('L1', 'yes');
    await mission.answer('A4', 'yes');
    expect((await desk.stock()).find(({ item }) => item === 'tent')).toMatchObject({ available: 100 });
    await mission.act('stand-down', { reason: 'the state withdrew its request' });
    expect((await mission.head()).state).toBe('Closed');
    for (const each of ['L1', 'L2', 'A1', 'A4']) expect((await mission.told(each)).at(-1)).toBe('stand down');
    expect(await desk.holds()).toEqual({});
    expect((await desk.stock()).find(({ item }) => item === 'tent')).toMatchObject({ available: 300 });
    await mission.answer('A1', 'yes');
    expect((await mission.offerTo('A1')).member).toBeNull();
  });

  it('finds somebody for a person who drops out after the deploy notice', async () => {
    await open({ people: aRoster({ L: 3, A: 4, C: 2 }, standing) });
    const mission = await desk.open();
    await mission.approve();
    await mission.answer('L2', 'yes');
    await mission.everybodyAgrees();
    expect((await mission.head()).state).toBe('Assembling');
    const reply = await mission.act('replace-person', {
      seatId: 'expert/team-leader/01',
      reason: 'broken leg',
    });
    expect(reply.status).toBe(200);
    expect((await mission.told('L1')).at(-1)).toBe('stand down');
    // L2 stood by with both consents: no question, the deploy notice at once.
    expect(await mission.seated('team-leader')).toEqual(['L2 Confirmed']);
    expect(await mission.told('L2')).toEqual(['standby offer', 'answer recorded', 'standby', 'deploy']);
    expect(Object.keys(await desk.holds())).not.toContain('L1');
    expect((await mission.head()).state).toBe('Assembling');
  });

  it('that goes short looks for the one who drops out, not for the seats that it left empty', async () => {
    await open({ people: aRoster({ L: 1, A: 4, C: 0 }, standing) });
    const mission = await desk.open();
    await mission.approve();
    for (const each of ['L1', 'A1', 'A2', 'A3']) await mission.answer(each, 'yes');
    await mission.act('record-answer', {
      offerId: (await mission.offerTo('A4')).offerId,
      from: 'member',
      answer: 'no',
    });
    await mission.act('go-short');
    expect((await mission.head()).state).toBe('Assembling');
    await mission.act('replace-person', { seatId: 'expert/assessment-expert/02', reason: 'ill' });
    expect(await mission.seated('assessment-expert')).toEqual([
      'A1 Confirmed',
      '- No candidate',
      'A3 Confirmed',
    ]);
    expect(await mission.seated('coordinator')).toEqual(['- No candidate']);
    expect((await mission.head()).state).toBe('Assembling');
  });
});

describe('two deployments at once', () => {
  it('never get the same person', async () => {
    await open({ people: aRoster({ L: 2, A: 6, C: 2 }, standing) });
    const first = await desk.open();
    const second = await desk.open({ disaster: { country: 'SYR' } });
    expect(second.deploymentId).not.toBe(first.deploymentId);
    await Promise.all([first.approve(), second.approve()]);
    const held = [...(await first.seats()), ...(await second.seats())].flatMap(seat => seat.expertId ?? []);
    expect(held).toHaveLength(10);
    expect(new Set(held).size).toBe(10);
    await first.everybodyAgrees();
    await second.everybodyAgrees();
    expect((await first.head()).state).toBe('Assembling');
    expect((await second.head()).state).toBe('Assembling');
  });

  it('race for the last tents: one has them all, the other none', async () => {
    await open({ people: small(), stock: shelter(200) });
    const body = { teams: [], consignments: ['shelter-small'] };
    const first = await desk.open(body);
    const second = await desk.open({ ...body, disaster: { country: 'SYR' } });
    await Promise.all([first.approve(), second.approve()]);
    const tents = async (mission: typeof first) =>
      (await mission.whole()).goods
        .filter(({ item }) => item === 'tent')
        .reduce((sum, line) => sum + line.quantity, 0);
    expect([await tents(first), await tents(second)].sort()).toEqual([0, 200]);
    expect((await desk.stock()).find(({ item }) => item === 'tent')).toMatchObject({ available: 0 });
  });

  it('let somebody on stand-by of one go for the other, and the first finds another', async () => {
    await open({ people: aRoster({ L: 2, A: 7, C: 2 }, standing) });
    const first = await desk.open();
    await first.approve();
    await first.answer('L2', 'yes');
    const second = await desk.open({ disaster: { country: 'SYR' } });
    await second.approve();
    expect(await second.seated('team-leader')).toEqual(['L2 Asked']);
    await first.answer('L1', 'no');
    // L2 stands by for the first, and belongs to the second.
    expect(await first.seated('team-leader')).toEqual(['- No candidate']);
    expect(await desk.holds()).toMatchObject({ L2: second.deploymentId });
  });
});

describe('who does not answer is asked again', () => {
  it('the desk, every four hours, until the proposal lapses after a week', async () => {
    await open({ people: small() });
    const mission = await desk.open();
    const asked = () => desk.deskWasTold().filter(line => line.endsWith('waits for your decision')).length;
    expect(asked()).toBe(1);
    await desk.advance(239);
    expect(asked()).toBe(1);
    await desk.advance(1);
    expect(asked()).toBe(2);
    await desk.advance(7 * 24 * 60);
    expect(await mission.head()).toMatchObject({ state: 'Closed', standDown: { by: 'system' } });
  });

  it('the mission coordinator, when a stage is overdue', async () => {
    await open({ people: small() });
    const mission = await desk.open();
    await mission.approve();
    await mission.everybodyAgrees();
    const overdue = () => desk.deskWasTold().filter(line => line.endsWith('stage overdue')).length;
    await desk.advance(23 * 60);
    expect(overdue()).toBe(0);
    await desk.advance(60);
    expect(overdue()).toBe(1);
    await mission.report('assembled');
    await desk.advance(12 * 60);
    expect(overdue()).toBe(2);
    expect(await mission.act('report-stage', { stage: 'home' })).toMatchObject({
      status: 409,
      body: { rule: 'STAGE-ORDER' },
    });
  });
});

describe('a system that stops', () => {
  it('goes on where the tables stand', async () => {
    await open({ people: small() });
    const mission = await desk.open();
    await desk.restart();
    await mission.approve();
    await desk.restart();
    await mission.answer('L1', 'yes');
    await desk.restart();
    await mission.everybodyAgrees();
    await desk.restart();
    await mission.report('assembled', 'departed', 'arrived');
    await desk.restart();
    await mission.report('operating', 'demobilised', 'home');
    expect((await mission.head()).state).toBe('Closed');
    expect((await mission.told('A1')).filter(kind => kind === 'deploy')).toHaveLength(1);
  });

  it('finds everything in its data folder, deadlines that passed meanwhile included', async () => {
    const dataDir = newFolder();
    const people = small();
    await open({ people, boot: { dataDir } });
    const { deploymentId } = await desk.open();
    await desk.mission(deploymentId).approve();
    await desk.mission(deploymentId).answer('L1', 'yes');
    await desk.close();
    const clock = createVirtualClock(desk.clock.now() + 3 * 3_600_000);
    await open({ people, filled: true, boot: { dataDir, clock } });
    await desk.settle();
    const mission = desk.mission(deploymentId);
    expect(await mission.seated('team-leader')).toEqual(['L1 Both consents']);
    expect(await mission.told('A1')).toEqual(['offer', 'window ended']);
    expect(await desk.holds()).toMatchObject({ L1: deploymentId });
  });
});
