import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, type Mission, openDesk, SECOND } from '../support/mission.ts';
import { aRoster } from '../support/roster.ts';

const VIEWER = { name: 'Abe', 'cognito:groups': ['viewer'] };
const DESK = { name: 'Ueno', 'cognito:groups': ['desk'] };

let desk: Desk;
let mission: Mission;
beforeAll(async () => {
  desk = await openDesk({ people: aRoster({ L: 3, A: 6, C: 3 }) });
  mission = await desk.open();
  await mission.approve();
  await mission.answer('A1', 'yes');
  await mission.answer('A2', 'yes', { via: 'sms' });
});
afterAll(() => desk.close());

const call = async (method: 'GET' | 'POST', path: string, who: object | undefined, body?: unknown) => {
  const reply = await desk.system.http({
    method,
    path,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(who && { claims: who as Record<string, unknown> }),
  });
  await desk.settle();
  return { status: reply.statusCode, body: JSON.parse(reply.body || 'null'), text: reply.body };
};
const show = (who: object = VIEWER) => call('GET', `/api/deployments/${mission.deploymentId}`, who);

describe('GET /api/deployments/{id}', () => {
  it('shows the desk everything but what lets somebody answer for somebody else, or reach them', async () => {
    const { status, body, text } = await show();
    expect(status).toBe(200);
    expect(body.offers.length).toBeGreaterThan(5);
    expect(body).toMatchObject({
      deploymentId: mission.deploymentId,
      state: 'Filling seats',
      waitsFor: { state: 'Await answers' },
    });
    for (const key of ['timeline', 'notices', 'seats', 'goodsLines']) expect(body).toHaveProperty(key);
    const { offers } = await mission.whole();
    for (const offer of offers)
      for (const secret of [offer.link, offer.memberKey, offer.employerKey])
        expect(text).not.toContain(secret);
    for (const { phone } of [...desk.people.experts, ...desk.people.employers])
      expect(text).not.toContain(phone?.number);
    expect(text).not.toMatch(/"(link|memberKey|employerKey|taskToken|phone\w*|email\w*|address)":/i);
    expect(text).not.toMatch(/@|\+44/);
  });

  it('is read by every role, and by nobody without one', async () => {
    for (const role of ['viewer', 'desk', 'approver', 'roster-admin', 'auditor'])
      for (const path of ['/api/deployments', `/api/deployments/${mission.deploymentId}`, '/api/events'])
        expect((await call('GET', path, { 'cognito:groups': [role] })).status).toBe(200);
    expect((await show({ 'cognito:groups': [] })).status).toBe(403);
    expect((await call('GET', '/api/deployments', undefined)).status).toBe(401);
  });

  it('knows that there is none', async () => {
    const reply = await call('GET', '/api/deployments/none', VIEWER);
    expect([reply.status, reply.body.detail]).toEqual([404, 'There is no deployment none.']);
  });

  it('is one of the list', async () => {
    const { body, text } = await call('GET', '/api/deployments', VIEWER);
    expect(body.deployments.map((each: { deploymentId: string }) => each.deploymentId)).toEqual([
      mission.deploymentId,
    ]);
    expect(text).not.toMatch(/link|Key"|taskToken|\+44/);
  });
});

describe('POST /api/deployments/{id}/{action}', () => {
  const act = (action: string, body: unknown, who: object = DESK) =>
    call('POST', `/api/deployments/${mission.deploymentId}/${action}`, who, body);

  it('is nothing for those who only read', async () => {
    const before = await show();
    for (const [action, body] of Object.entries({
      'stand-down': { reason: 'x' },
      widen: {},
      approve: {},
      'record-answer': { offerId: before.body.offers[0].offerId, from: 'member', answer: 'no' },
    })) {
      const reply = await act(action, body, VIEWER);
      expect([reply.status, reply.body.rule]).toEqual([403, 'ROLE']);
    }
    expect((await show()).text).toBe(before.text);
  });

  it.each(['approve', 'reject', 'approve-increase'])('leaves %s to the approver', async action => {
    const reply = await act(action, { reason: 'x' });
    expect([reply.status, reply.body.detail]).toEqual([403, 'This needs the role approver.']);
  });

  it.each<[string, string, (body: { offers: { offerId: string }[]; seats: { seatId: string }[] }) => object]>(
    [
      ['a decision', 'stand-down', () => ({ reason: 'x' })],
      [
        'an answer that came by voice',
        'record-answer',
        ({ offers }) => ({ offerId: offers[0]?.offerId, from: 'member', answer: 'no' }),
      ],
      ['a replacement', 'replace-person', ({ seats }) => ({ seatId: seats[0]?.seatId, reason: 'x' })],
    ],
  )('refuses %s on what has changed since it was read', async (_what, action, bodyOf) => {
    const { body, text } = await show();
    const reply = await act(action, { ...bodyOf(body), version: body.version - 1 });
    expect([reply.status, reply.body.rule]).toEqual([409, 'STALE']);
    expect(reply.body.detail).toContain(`Version ${body.version} is "Filling seats"`);
    expect((await show()).text).toBe(text);
  });

  it('writes down an answer that came by voice on the version that was read', async () => {
    const { body } = await show();
    const { offerId } = await mission.offerTo('A3');
    const reply = await act('record-answer', {
      offerId,
      from: 'member',
      answer: 'yes',
      version: body.version,
    });
    expect([reply.status, reply.body.what]).toEqual([200, `Ueno recorded a yes of the member on ${offerId}`]);
    expect((await mission.offerTo('A3')).member).toMatchObject({ answer: 'yes', via: 'desk', by: 'Ueno' });
  });

  it.each([
    ['an action that is none', 'fly', {}, 404, 'There is no action "fly".'],
    ['the name of something else', 'constructor', {}, 404, 'There is no action "constructor".'],
    ['no reason', 'stand-down', {}, 422, 'reason: '],
    ['an empty reason', 'stand-down', { reason: ' ' }, 422, 'reason: '],
    ['a version that is none', 'stand-down', { reason: 'x', version: '3' }, 422, 'version: '],
    [
      'an offer that is none',
      'record-answer',
      { offerId: 'O', from: 'member', answer: 'yes' },
      404,
      'no offer O',
    ],
    ['a seat that is none', 'replace-person', { seatId: 'S', reason: 'x' }, 409, 'Nobody holds the seat S.'],
  ])('refuses %s', async (_what, action, body, status, detail) => {
    const reply = await act(action, body);
    expect(reply.status).toBe(status);
    expect(reply.body.detail).toContain(detail);
  });

  it('knows that there is no such deployment', async () => {
    for (const [action, body] of Object.entries({
      widen: {},
      'replace-person': { seatId: 'S', reason: 'x' },
      'record-answer': { offerId: 'O', from: 'member', answer: 'yes' },
    }))
      expect((await call('POST', `/api/deployments/none/${action}`, DESK, body)).status).toBe(404);
  });

  it('lets one of two decide who have read the same', async () => {
    const { body } = await show();
    const replies = await Promise.all([
      act('stand-down', { reason: 'first', version: body.version }),
      act('stand-down', { reason: 'second', version: body.version }, SECOND),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(replies.find(({ status }) => status === 409)?.body.rule).toBe('STALE');
  });
});

describe('POST /api/deployments', () => {
  const start = (body: unknown, who: object = DESK) => call('POST', '/api/deployments', who, body);
  const disaster = {
    title: 'Cyclone in Mozambique',
    hazard: 'TC',
    occurredAt: '2026-03-01T00:00:00.000Z',
    country: 'MOZ',
  };

  it.each([
    ['neither an event nor a disaster', { teams: ['expert'] }, 422, 'give either eventId or disaster'],
    ['both', { teams: ['expert'], eventId: 'E', disaster }, 422, 'give either eventId or disaster'],
    ['no team and no goods', { disaster }, 422, 'choose at least one team or consignment'],
    [
      'a consignment that is none',
      { disaster, consignments: ['gold'] },
      422,
      'no consignment is called "gold"',
    ],
    ['an event that is none', { eventId: 'E-0', teams: ['expert'] }, 404, 'There is no event E-0.'],
    [
      'a country that is none',
      { disaster: { ...disaster, country: 'Mz' }, teams: ['expert'] },
      422,
      'country',
    ],
  ])('refuses %s', async (_what, body, status, detail) => {
    const reply = await start(body);
    expect(reply.status).toBe(status);
    expect(reply.body.detail).toContain(detail);
  });

  it('is the desk’s', async () => {
    expect((await start({ disaster, teams: ['expert'] }, VIEWER)).status).toBe(403);
  });

  it('proposes, numbers a second one for the same disaster, and asks nobody', async () => {
    const sent = desk.system.outbox.sms.length;
    const [first, second] = [
      await start({ disaster, teams: ['expert'] }),
      await start({ disaster, teams: ['expert'] }),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.deploymentId).not.toBe(second.body.deploymentId);
    expect(desk.system.outbox.sms.length).toBe(sent);
  });
});
