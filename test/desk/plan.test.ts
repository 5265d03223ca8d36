import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlanView } from '../../functions/desk/plan-view.ts';
import { PlanMade } from '../../functions/domain/deployment.ts';
import { type Desk, type Mission, openDesk } from '../support/mission.ts';
import { aRoster, aStockLine, standing } from '../support/roster.ts';

const VIEWER = { name: 'Abe', 'cognito:groups': ['viewer'] };

let desk: Desk;
let mission: Mission;
beforeAll(async () => {
  const stock = ['tent', 'plastic-sheet', 'sleeping-pad', 'blanket'].map(item => aStockLine(item, 5000));
  desk = await openDesk({ people: aRoster({ L: 3, A: 6, C: 0 }, standing), stock });
  mission = await desk.open({ teams: ['expert'], consignments: ['shelter-small'] });
});
afterAll(() => desk.close());

const look = async (query = '', who: object | null = VIEWER) => {
  const reply = await desk.system.http({
    method: 'GET',
    path: `/api/deployments/${mission.deploymentId}/plan${query}`,
    headers: {},
    ...(who && { claims: who as Record<string, unknown> }),
  });
  await desk.settle();
  return { status: reply.statusCode, body: JSON.parse(reply.body), text: reply.body };
};

/** Whoever and whatever is held, and all that is kept of the deployment. */
const everything = async () =>
  JSON.stringify([await desk.holds(), await desk.stock(), await mission.whole(), desk.smsTo('A1')]);

describe('GET /api/deployments/{id}/plan', () => {
  it('shows people and goods together before approval, and then approval does just that', async () => {
    const before = await everything();
    const { status, body, text } = await look();
    expect(status).toBe(200);
    const plan = PlanView.parse(body);
    expect(await everything()).toBe(before);
    expect(plan.teams).toMatchObject([
      { teamType: 'expert', filled: 0, asked: 0, empty: 1, deadlineAt: null },
    ]);
    expect(plan.people).toMatchObject({ from: 'whole roster', certificate: { trouble: null } });
    expect(plan.people?.stages.every(({ value, bound }) => value === bound)).toBe(true);
    const picks = plan.people?.picks ?? [];
    expect(picks.length).toBe(plan.teams[0]?.picked);
    expect(picks.every(({ reasons }) => reasons.length > 1 && reasons.every(({ ja }) => ja !== ''))).toBe(
      true,
    );
    expect(plan.people?.empty).toMatchObject([
      { seatId: 'expert/coordinator/01', reason: { en: expect.stringContaining('coordinator') } },
    ]);
    expect(plan.goods?.lines.map(({ item }) => item)).toContain('tent');
    expect(text).not.toMatch(/Mori|\+44|@/);

    await mission.approve();
    const seats = (await mission.seats()).filter(seat => seat.expertId !== null);
    expect(seats.map(({ seatId, expertId }) => [seatId, expertId])).toEqual(
      picks.map(({ seatId, expertId }) => [seatId, expertId]).sort(),
    );
    const { goods } = await mission.whole();
    expect(goods.map(({ item, quantity }) => [item, quantity]).sort()).toEqual(
      plan.goods?.lines.map(({ item, quantity }) => [item, quantity]).sort(),
    );
  });

  it('shows a plan that was made, with the proof that it was made on', async () => {
    const { status, body } = await look('?number=1');
    expect(status).toBe(200);
    const made = PlanMade.parse(body);
    const { certificate } = made;
    expect(made).toMatchObject({ number: 1, from: 'whole roster', empty: ['expert/coordinator/01'] });
    expect(
      createHash('sha256')
        .update(certificate.text ?? '')
        .digest('hex'),
    ).toBe(certificate.sha256);
    expect(JSON.parse(certificate.text ?? '').stages).toHaveLength(made.stages.length);
    for (const number of ['2', '0', 'x', '1e3']) {
      const none = await look(`?number=${number}`);
      expect([none.status, none.body.detail]).toEqual([
        404,
        `There is no plan ${number}: they are numbered 1 to 1.`,
      ]);
    }
  });

  it('has nobody to choose where no seat is open, and is nothing once all is over', async () => {
    await mission.answer('A2', 'yes');
    const { body } = await look('?why=A1');
    expect(body).toMatchObject({ people: null, why: { expertId: 'A1', answers: [] } });
    expect(body.teams).toMatchObject([{ filled: 1, picked: 0, empty: 1 }]);
    await mission.act('stand-down', { reason: 'test' });
    const over = await look();
    expect([over.status, over.body.rule]).toEqual([409, 'STATE']);
  });

  it('is there for those who may read, of a deployment that exists', async () => {
    expect((await look('', { 'cognito:groups': [] })).status).toBe(403);
    expect((await look('', null)).status).toBe(401);
    const there = mission;
    mission = desk.mission('D-none');
    const { status, body } = await look();
    mission = there;
    expect([status, body.detail]).toEqual([404, 'There is no deployment D-none.']);
  });
});

describe('why somebody is in a plan or not', () => {
  it('is answered for each role that they hold', async () => {
    const other = await desk.open({ disaster: { title: 'Another', country: 'NPL' } });
    mission = other;
    const why = async (expertId: string) => {
      const { body } = await look(`?why=${expertId}`);
      return (PlanView.parse(body).why?.answers ?? []).map(
        ({ role, reasons }) => `${role}: ${reasons.map(({ en }) => en).join(' ')}`,
      );
    };
    expect(await why('A1')).toEqual([expect.stringMatching(/^assessment-expert: .*A1/)]);
    expect(await why('A6')).toEqual([expect.stringMatching(/^assessment-expert: .*A6/)]);
    expect((await why('nobody')).join()).toContain('nobody');
  });
});
