import { beforeAll, describe, expect, it } from 'vitest';
import { readBlueprint } from '../../infra/local/blueprint.ts';
import { runDrill } from '../../infra/local/drill/drill.ts';
import type { DrillReport } from '../../infra/local/drill/report.ts';
import { gdacsItem, gdacsRss } from '../alerts/messages.ts';

/** An Orange cyclone, which calls for an expert team of five, shelter goods and water. */
const cyclone = gdacsRss(
  [
    gdacsItem({
      type: 'TC',
      id: '1000999',
      level: 'Orange',
      from: 'Sun, 01 Mar 2026 00:00:00 GMT',
      to: 'Mon, 02 Mar 2026 00:00:00 GMT',
      modified: 'Mon, 02 Mar 2026 01:00:00 GMT',
      latitude: '14.1',
      longitude: '122.9',
      severity: '<gdacs:severity unit="km/h" value="180">Category 2 (180 km/h)</gdacs:severity>',
      iso3: 'PHL',
      country: 'Philippines',
      extra: '<gdacs:eventname>EXAMPLE-26</gdacs:eventname>',
    }),
  ],
  'Mon, 02 Mar 2026 02:00:00 GMT',
);

/** What every drill's report says under these names; more may stand beside them. */
const SURFACE = {
  report: ['seed', 'events', 'deployments', 'bill', 'violations'],
  event: ['eventId', 'hazard', 'level', 'title', 'state', 'occurredAt', 'countries', 'position', 'alerts'],
  deployment: ['deploymentId', 'eventId', 'state', 'teams', 'people', 'notices', 'goods', 'timeline'],
  team: ['type', 'required', 'filled', 'standby', 'deadlineAt', 'filledAt', 'deadlineMet'],
  people: ['asked', 'accepted', 'declined', 'silent'],
  notices: ['sms', 'email'],
  goods: ['item', 'quantity', 'warehouse', 'arrivesAt'],
  timeline: ['at', 'what', 'who'],
};

const expectKeys = (things: object[], names: string[]) => {
  expect(things.length).toBeGreaterThan(0);
  for (const thing of things) expect(Object.keys(thing)).toEqual(expect.arrayContaining(names));
};

describe('a drill on one message', () => {
  let first: DrillReport;
  let again: DrillReport;
  let other: DrillReport;

  beforeAll(async () => {
    const blueprint = await readBlueprint();
    const drill = (seed: number) =>
      runDrill({
        messages: [{ name: 'cyclone.xml', bytes: new TextEncoder().encode(cyclone) }],
        seed,
        people: 'typical',
        blueprint,
      });
    first = await drill(1);
    again = await drill(1);
    other = await drill(2);
  });

  it('says the same with the same seed, to the letter', () => {
    expect(again).toEqual(first);
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  });

  it('has other people, and so another course, with another seed', () => {
    expect(other.seed).toBe(2);
    expect(other.deployments.map(({ timeline }) => timeline)).not.toEqual(
      first.deployments.map(({ timeline }) => timeline),
    );
  });

  it('breaks no rule, and nothing that its desk does is refused', () => {
    for (const report of [first, other])
      expect({ violations: report.violations, complaints: report.complaints }).toEqual({
        violations: [],
        complaints: [],
      });
  });

  it('makes of the message an exercise, and of what follows a drill', () => {
    expect(first.events.map(({ hazard, level, exercise }) => ({ hazard, level, exercise }))).toEqual([
      { hazard: 'TC', level: 'Orange', exercise: true },
    ]);
    expect(first.deployments).toHaveLength(1);
    for (const { deploymentId, eventId } of first.deployments) {
      expect(deploymentId).toMatch(/^DR-/);
      expect(first.events.map(event => event.eventId)).toContain(eventId);
    }
  });

  it('goes the whole way: the team is full, its people come home, the goods arrive', () => {
    const [deployment] = first.deployments;
    expect(deployment?.state).toBe('Closed');
    const [team] = deployment?.teams ?? [];
    expect(team).toMatchObject({ type: 'expert', required: 5, filled: 5 });
    expect(deployment?.people.accepted).toBeGreaterThanOrEqual(5);
    expect(deployment?.people.asked).toBeGreaterThanOrEqual(deployment?.people.accepted ?? Infinity);
    // The small shelter set and water, of whichever warehouses.
    const units: Record<string, number> = {};
    for (const { item, quantity } of deployment?.goods ?? []) units[item] = (units[item] ?? 0) + quantity;
    expect(units).toEqual({
      tent: 200,
      'plastic-sheet': 500,
      'sleeping-pad': 800,
      blanket: 2000,
      'jerry-can': 1500,
      'water-purifier': 20,
    });
    expect(new Set(deployment?.goods.map(({ state }) => state))).toEqual(new Set(['Arrived']));
  });

  it('counts what was sent as the bill does', () => {
    const [deployment] = first.deployments;
    const bill = first.bill as Record<string, number>;
    expect(deployment?.notices.sms).toBeGreaterThan(0);
    expect(bill.sms).toBe(deployment?.notices.sms);
    expect(bill.smsSegments).toBe(deployment?.notices.smsSegments);
    expect(bill.emails).toBe(deployment?.notices.email);
  });

  it('tells what happened in the order of time', () => {
    for (const { timeline } of first.deployments) {
      const times = timeline.map(({ at }) => at);
      expect(times).toEqual([...times].sort());
    }
  });

  it('has the names that readers of its JSON rely on', () => {
    const { deployments } = first;
    expectKeys([first], SURFACE.report);
    expectKeys(first.events, SURFACE.event);
    expectKeys(deployments, SURFACE.deployment);
    expectKeys(
      deployments.flatMap(({ teams }) => teams),
      SURFACE.team,
    );
    expectKeys(
      deployments.map(({ people }) => people),
      SURFACE.people,
    );
    expectKeys(
      deployments.map(({ notices }) => notices),
      SURFACE.notices,
    );
    expectKeys(
      deployments.flatMap(({ goods }) => goods),
      SURFACE.goods,
    );
    expectKeys(
      deployments.flatMap(({ timeline }) => timeline),
      SURFACE.timeline,
    );
  });
});
