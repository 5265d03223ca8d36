import { afterEach, describe, expect, it } from 'vitest';
import { type Desk, type DeskOptions, openDesk, SECOND } from '../support/mission.ts';
import { aRoster, standing } from '../support/roster.ts';

let desk: Desk;
const open = async (options: DeskOptions = {}) => {
  desk = await openDesk(options);
  return desk;
};
afterEach(async () => {
  // Whatever a scenario shows, it breaks nothing that the system must never do.
  const violations = await desk.violations();
  await desk.close();
  expect(violations).toEqual([]);
});

const employerYes = { from: 'employer' } as const;

describe('who is silent', () => {
  it('is followed by the next, until nobody is left and the desk is asked about the gap', async () => {
    await open({ people: aRoster({ L: 2, A: 4, C: 2 }, standing) });
    const mission = await desk.open();
    await mission.approve();
    expect(await mission.seated('team-leader')).toEqual(['L1 Asked']);
    await desk.advance(119);
    expect(await mission.seated('team-leader')).toEqual(['L1 Asked']);
    expect(desk.deskWasTold()).toEqual([`${mission.deploymentId}: waits for your decision`]);
    await desk.advance(1);
    // L2 was asked to stand by, and was as silent.
    expect(await mission.told('L1')).toEqual(['offer', 'window ended']);
    expect(await mission.told('L2')).toEqual(['standby offer', 'window ended']);
    expect(await mission.seated('team-leader')).toEqual(['- No candidate']);
    await desk.advance(120);
    expect((await mission.head()).gaps).toMatchObject({
      'expert/team-leader/01': { en: expect.stringContaining('all of them asked before') },
    });
    expect(desk.deskWasTold()).toContain(`${mission.deploymentId}: no candidate left`);
    expect(await desk.holds()).toEqual({});
  });

  it('leaves the team short when the desk says so, and only then is it told to go', async () => {
    await open({ people: aRoster({ L: 1, A: 4, C: 0 }, standing) });
    const mission = await desk.open();
    await mission.approve();
    await mission.everybodyAgrees();
    expect(await mission.told('A1')).not.toContain('deploy');
    expect((await mission.act('go-short')).status).toBe(200);
    expect((await mission.head()).state).toBe('Assembling');
    expect(await mission.told('A1')).toContain('deploy');
    expect(await mission.seated('coordinator')).toEqual(['- No candidate']);
  });

  it('makes the desk widen the search: who was too far down the list is asked now', async () => {
    const basic = {
      qualifications: [{ role: 'team-leader', validUntil: '2030-01-01T00:00:00.000Z', proficiency: 1 }],
    };
    await open({
      people: aRoster({ L: 1, A: 4, C: 2 }, e => ({ ...standing(), ...(e.expertId === 'L1' && basic) })),
    });
    const mission = await desk.open();
    await mission.approve();
    await mission.everybodyAgrees();
    expect((await mission.head()).gaps).toEqual({
      'expert/team-leader/01': {
        en: 'Only 1 person holds the role team leader: below the proficiency asked for.',
        ja: expect.stringContaining('1'),
      },
    });
    expect((await mission.act('widen')).status).toBe(200);
    expect(await mission.seated('team-leader')).toEqual(['L1 Asked']);
    // The same said again is the same; from another it is a second time.
    expect((await mission.act('widen')).status).toBe(200);
    expect((await mission.act('widen', {}, SECOND)).body).toMatchObject({ status: 409 });
    await mission.everybodyAgrees();
    expect((await mission.head()).state).toBe('Assembling');
  });

  it('asks the desk again after an hour without a choice, and a wider search that finds nobody asks once more', async () => {
    await open({ people: aRoster({ L: 0, A: 4, C: 2 }, standing) });
    const mission = await desk.open();
    await mission.approve();
    await mission.everybodyAgrees();
    const asked = () => desk.deskWasTold().filter(line => line.endsWith('no candidate left')).length;
    const first = asked();
    expect(first).toBeGreaterThan(0);
    await desk.advance(61);
    expect(asked()).toBe(first + 1);
    await mission.act('widen');
    expect(asked()).toBe(first + 2);
    expect(await mission.seated('team-leader')).toEqual(['- No candidate']);
    await mission.act('stand-down', { reason: 'no leader' });
    expect((await mission.head()).state).toBe('Closed');
    expect(await mission.told('A1')).toContain('stand down');
  });
});

describe('a refusal', () => {
  it('brings in the next of the stand-by order, without a look at the whole roster', async () => {
    await open();
    const mission = await desk.open();
    await mission.approve();
    const inOrder = (await mission.head()).standby.find(
      ({ role }) => role === 'assessment-expert',
    )?.expertIds;
    await mission.answer('A1', 'no');
    expect(await mission.told('A1')).toEqual(['offer', 'declined']);
    // A4 is asked to stand by; the seat goes to the first of those kept in reserve.
    expect(inOrder?.slice(0, 2)).toEqual(['A4', 'A5']);
    expect(await mission.seated('assessment-expert')).toEqual(['A5 Asked', 'A2 Asked', 'A3 Asked']);
    expect(await desk.holds()).not.toHaveProperty('A1');
    expect(await desk.holds()).toHaveProperty('A5');
  });

  it('moves somebody on stand-by with both consents up, who is not asked again', async () => {
    await open({ people: aRoster({ L: 2, A: 4, C: 2 }, standing) });
    const mission = await desk.open();
    await mission.approve();
    await mission.answer('A4', 'yes');
    expect(await desk.holds()).not.toHaveProperty('A4');
    await mission.answer('A2', 'no', { via: 'sms' });
    expect(await mission.seated('assessment-expert')).toEqual(['A1 Asked', 'A4 Both consents', 'A3 Asked']);
    expect(await mission.told('A4')).toEqual(['standby offer', 'answer recorded']);
    expect(await desk.holds()).toMatchObject({ A4: mission.deploymentId });
  });

  it('of somebody who had said yes, within the window, gives the seat up', async () => {
    await open({ people: aRoster({ L: 2, A: 5, C: 2 }, standing) });
    const mission = await desk.open();
    await mission.approve();
    await mission.answer('A1', 'yes');
    expect(await mission.seated('assessment-expert')).toContain('A1 Both consents');
    await mission.answer('A1', 'no');
    expect(await mission.seated('assessment-expert')).toEqual(['A5 Asked', 'A2 Asked', 'A3 Asked']);
  });
});

describe('the employer', () => {
  it('is asked after the yes, and a no gives the seat to the next', async () => {
    await open();
    const mission = await desk.open();
    await mission.approve();
    await mission.answer('L1', 'yes');
    expect(await mission.seated('team-leader')).toEqual(['L1 Employer to agree']);
    expect(await mission.told('L1', 'employer')).toEqual(['employer request']);
    await mission.answer('L1', 'no', employerYes);
    expect(await mission.seated('team-leader')).toEqual(['L3 Asked']);
    expect(await mission.told('L1')).toEqual(['offer', 'answer recorded', 'stand down']);
    // Who said no has had the last word.
    expect(await mission.told('L1', 'employer')).toEqual(['employer request']);
  });

  it('who is silent loses the seat for the member when the window ends', async () => {
    await open();
    const mission = await desk.open();
    await mission.approve();
    await desk.advance(30);
    await mission.answer('L1', 'yes');
    await desk.advance(119);
    expect(await mission.seated('team-leader')).toEqual(['L1 Employer to agree']);
    await desk.advance(1);
    expect(await mission.seated('team-leader')).not.toEqual(['L1 Employer to agree']);
    expect((await mission.offerTo('L1')).finalWord).toMatchObject({ word: 'stand down' });
    expect(await mission.told('L1', 'employer')).toEqual(['employer request', 'stand down']);
  });

  it('with a standing consent is not asked: the yes fills the seat at once', async () => {
    await open({ people: aRoster({ L: 2, A: 4, C: 2 }, standing) });
    const mission = await desk.open();
    await mission.approve();
    await mission.answer('L1', 'yes');
    expect(await mission.seated('team-leader')).toEqual(['L1 Both consents']);
    expect(await mission.told('L1', 'employer')).toEqual([]);
    expect((await mission.offerTo('L1')).employer).toMatchObject({ via: 'standing consent' });
  });

  it('may answer by the desk, and by SMS', async () => {
    await open();
    const mission = await desk.open();
    await mission.approve();
    await mission.answer('L1', 'yes');
    const { offerId } = await mission.offerTo('L1');
    await mission.act('record-answer', { offerId, from: 'employer', answer: 'yes', note: 'by telephone' });
    expect(await mission.seated('team-leader')).toEqual(['L1 Both consents']);
    await mission.answer('C1', 'yes', { via: 'sms' });
    await mission.answer('C1', 'yes', { via: 'sms', from: 'employer' });
    expect(await mission.seated('coordinator')).toEqual(['C1 Both consents']);
    expect((await mission.offerTo('C1')).employer).toMatchObject({ via: 'sms', by: 'EMP-C1' });
  });
});

describe('an answer', () => {
  it('after the window joins the stand-by list and takes no seat', async () => {
    await open({ people: aRoster({ L: 3, A: 4, C: 2 }, standing) });
    const mission = await desk.open();
    await mission.approve();
    await desk.advance(120);
    expect(await mission.seated('team-leader')).toEqual(['L3 Asked']);
    await mission.answer('L1', 'yes');
    expect(await mission.seated('team-leader')).toEqual(['L3 Asked']);
    expect((await mission.offers('L1')).map(({ kind, seatId }) => [kind, seatId])).toEqual([
      ['standby', null],
    ]);
    expect(await desk.holds()).not.toHaveProperty('L1');
    // Who stands by takes the seat when it falls free.
    await mission.answer('L3', 'no');
    expect(await mission.seated('team-leader')).toEqual(['L1 Both consents']);
  });

  it('at the very end of the window, before anybody saw it, frees the seat as well', async () => {
    await open({ people: aRoster({ L: 3, A: 4, C: 2 }) });
    const mission = await desk.open();
    // Due at the same moment as the window's timer and registered before it, so that it is heard first.
    const end = desk.clock.now() + 120 * 60_000;
    let wasAsked = '';
    desk.clock.lease('an impatient finger').at(end, async () => {
      const { state, link, memberKey } = await mission.offerTo('L1');
      wasAsked = state;
      await desk.system.http({
        method: 'POST',
        path: `/a/${link}${memberKey}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'answer=yes',
      });
    });
    await mission.approve();
    expect((await mission.offerTo('L1')).answerBy).toBe(new Date(end).toISOString());
    await desk.clock.advanceTo(end);
    expect(wasAsked).toBe('Sent');
    const [offer] = await mission.offers('L1');
    expect(offer).toMatchObject({ kind: 'standby', seatId: null, state: 'Yes' });
    expect(await mission.seated('team-leader')).toEqual(['L3 Asked']);
    expect(Object.keys(await desk.holds())).not.toContain('L1');
  });

  it('without the code answers nothing, though one offer alone is open', async () => {
    await open();
    const mission = await desk.open();
    await mission.approve();
    await desk.sms(desk.phoneOf('L1'), 'YES');
    expect((await mission.offerTo('L1')).member).toBeNull();
    expect(await mission.seated('team-leader')).toEqual(['L1 Asked']);
    expect(desk.smsTo('L1').at(-1)).toMatch(/code/i);
    expect((await mission.offerTo('L1')).notes).toMatchObject([{ text: 'YES' }]);
  });

  it('with the code of somebody else is not taken', async () => {
    await open();
    const mission = await desk.open();
    await mission.approve();
    const { code } = await mission.offerTo('A1');
    await desk.sms(desk.phoneOf('L1'), `${code} YES`);
    expect((await mission.offerTo('A1')).member).toBeNull();
    expect((await mission.offerTo('L1')).member).toBeNull();
    expect(desk.smsTo('L1')).toHaveLength(2);
  });

  it('that is neither yes nor no is shown, and the window runs on', async () => {
    await open();
    const mission = await desk.open();
    await mission.approve();
    const { code } = await mission.offerTo('L1');
    await desk.sms(desk.phoneOf('L1'), `${code} yes if I am back by Friday`);
    expect(await mission.seated('team-leader')).toEqual(['L1 Unclear answer']);
    expect(await mission.told('L1')).toEqual(['offer', 'answer unclear']);
    await mission.answer('L1', 'yes', { via: 'sms' });
    expect(await mission.seated('team-leader')).toEqual(['L1 Employer to agree']);
  });
});
