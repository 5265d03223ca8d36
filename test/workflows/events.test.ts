import { afterEach, describe, expect, it } from 'vitest';
import { gdacsItem, gdacsRss } from '../alerts/messages.ts';
import { type Desk, openDesk, SECOND } from '../support/mission.ts';
import { aRoster, aStockLine, standing } from '../support/roster.ts';

let desk: Desk;
afterEach(async () => {
  const violations = await desk.violations();
  await desk.close();
  expect(violations).toEqual([]);
});

const open = async () => {
  desk = await openDesk({
    people: aRoster({ L: 3, A: 6, C: 3 }, standing),
    stock: ['tent', 'plastic-sheet', 'sleeping-pad', 'blanket', 'jerry-can', 'water-purifier'].map(item =>
      aStockLine(item, 9000),
    ),
  });
  return desk;
};

/** Hands a feed to the API as the desk does; `drillAsOf` makes exercises of its alerts. */
async function receive(items: Parameters<typeof gdacsItem>[0][], drillAsOf?: string): Promise<void> {
  const token = await desk.system.token({ name: 'Ito', groups: ['desk'] });
  const made = new Date(desk.clock.now()).toUTCString();
  const { statusCode } = await desk.system.http({
    method: 'POST',
    path: '/api/alerts',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/rss+xml',
      ...(drillAsOf && { 'x-relief-drill-as-of': drillAsOf }),
    },
    body: gdacsRss(
      items.map(item => gdacsItem({ from: 'Sun, 01 Mar 2026 20:00:00 GMT', ...item })),
      made,
    ),
  });
  expect(statusCode).toBe(202);
  await desk.settle();
}

const opened = async (): Promise<string[]> =>
  (await desk.evidence()).wholes.map(({ deployment }) => deployment.deploymentId);

/** An orange flood in Kenya calls for the expert team, a shelter and a water consignment. */
const flood = {
  type: 'FL',
  id: '1',
  level: 'Orange',
  iso3: 'KEN',
  country: 'Kenya',
  latitude: '-1',
  longitude: '37',
};

describe('an alert', () => {
  it('opens one proposal, which asks the desk and nobody else', async () => {
    await open();
    await receive([flood]);
    const [id] = await opened();
    expect(await desk.mission(id as string).head()).toMatchObject({ state: 'Proposed', drill: false });
    expect(desk.deskWasTold()).toEqual([`${id}: waits for your decision`]);
    expect(desk.system.outbox.sms).toEqual([]);
    await receive([{ ...flood, modified: 'Mon, 02 Mar 2026 00:00:00 GMT' }]);
    expect(await opened()).toEqual([id]);
  });

  it.each([
    [
      'in the own country',
      { type: 'EQ', id: '2', iso3: 'JPN', country: 'Japan', latitude: '38', longitude: '142' },
    ],
    [
      'of a drought that has not come to the worst',
      { type: 'DR', id: '3', level: 'Orange', iso3: 'KEN', country: 'Kenya' },
    ],
    ['of no great matter', { ...flood, id: '4', level: 'Green' }],
  ])('%s opens nothing', async (_where, item) => {
    await open();
    await receive([item]);
    const { events } = await desk.evidence();
    expect(events).toHaveLength(1);
    expect(await opened()).toEqual([]);
  });

  it('that is an exercise opens a drill and nothing else, and never meets the real thing', async () => {
    await open();
    await receive([flood], '2026-03-02T00:00:00.000Z');
    const drills = await opened();
    expect(drills).toEqual([expect.stringMatching(/^DR-/)]);
    expect(await desk.mission(drills[0] as string).head()).toMatchObject({ drill: true });
    await receive([{ ...flood, modified: 'Mon, 02 Mar 2026 00:30:00 GMT' }]);
    const both = await opened();
    expect(both).toHaveLength(2);
    for (const id of both) expect((await desk.mission(id).head()).drill, id).toBe(id.startsWith('DR-'));
  });
});

describe('a further event of the same emergency', () => {
  const landslide = { ...flood, type: 'LS', id: '9', latitude: '-1.2', longitude: '37.1' };

  it('raises a proposal at once', async () => {
    await open();
    await receive([{ ...landslide, id: '8' }]);
    const [id] = (await opened()) as [string];
    const before = await desk.mission(id).head();
    expect(before.goods.map(({ item }) => item)).not.toContain('jerry-can');
    await receive([flood]);
    expect(await opened()).toEqual([id]);
    const after = await desk.mission(id).head();
    expect(after.goods.map(({ item }) => item)).toContain('jerry-can');
    expect(after).toMatchObject({ state: 'Proposed', increase: null });
    expect(after.furtherEventIds).toHaveLength(1);
  });

  it('waits for the desk once people are on their way; approved, its seats are planned', async () => {
    await open();
    const mission = await desk.open({
      teams: ['expert'],
      disaster: { hazard: 'FL', country: 'KEN', position: { latitude: -1, longitude: 37 } },
    });
    await mission.approve();
    await mission.everybodyAgrees();
    await mission.report('assembled', 'departed');
    const seats = (await mission.seats()).length;
    // A red flood calls for the medical team and goods beside the experts.
    await receive([{ ...flood, level: 'Red' }]);
    expect(await opened()).toEqual([mission.deploymentId]);
    const waiting = await mission.head();
    expect(waiting.increase?.teams.map(({ teamType }) => teamType)).toEqual(['medical-1']);
    expect(await mission.seats()).toHaveLength(seats);
    expect((await mission.whole()).goods).toEqual([]);
    expect(desk.deskWasTold()).toContain(`${mission.deploymentId}: further need`);
    // 41 seats more are above what one person may approve.
    expect((await mission.act('approve-increase')).status).toBe(200);
    expect(await mission.seats()).toHaveLength(seats);
    expect((await mission.act('approve-increase', {}, SECOND)).status).toBe(200);
    const planned = await mission.seats();
    expect(planned).toHaveLength(seats + 41);
    expect(planned.filter(seat => seat.state === 'Open')).toEqual([]);
    expect((await mission.whole()).goods.length).toBeGreaterThan(0);
  });
});
