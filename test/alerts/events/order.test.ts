import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountOf, mergeAccounts } from '../../../functions/alerts/events/account.ts';
import { canonicalEvents } from '../../../functions/alerts/events/batch.ts';
import { readBody } from '../../../functions/alerts/intake.ts';
import type { Alert } from '../../../functions/domain/alert.ts';
import {
  alertsOf,
  capInfo,
  capMessage,
  foldAll,
  gdacsItem,
  gdacsRss,
  usgsFeature,
  usgsFeed,
} from '../messages.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const captures = '../shared/captures';

/** When and in which order something came, and under which name it was opened then: all else must be the same. */
const ofArrival = new Set(['receivedAt', 'openedAt', 'updatedAt', 'homes']);

const picture = (order: readonly Alert[]) =>
  canonicalEvents(foldAll(order, NOW).events, NOW)
    .sort((a, b) => (a.eventId < b.eventId ? -1 : 1))
    .map(event =>
      JSON.parse(JSON.stringify(event, (key, value) => (ofArrival.has(key) ? undefined : value))),
    );

const sender = 'met@agency.example';
const at = (hour: number) => `2026-03-01T0${hour}:00:00+00:00`;
const ref = (identifier: string, hour: number) => `${sender},${identifier},${at(hour)}`;
const lasting = { expires: '2026-03-05T00:00:00Z' };
const over = { ...lasting, more: '<responseType>AllClear</responseType>' };

/** A warning of two areas: one is updated twice and cancelled, one goes on; a stranger tries to cancel that. */
const capChain = () =>
  alertsOf(
    capMessage({ infos: [capInfo(lasting)] }),
    capMessage({
      identifier: 'A2',
      sent: at(1),
      msgType: 'Update',
      references: ref('A1', 0),
      infos: [capInfo(lasting)],
    }),
    capMessage({
      identifier: 'A3',
      sent: at(2),
      msgType: 'Update',
      references: `${ref('A1', 0)} ${ref('A2', 1)}`,
      infos: [capInfo({ ...lasting, severity: 'Extreme' }), capInfo(over)],
    }),
    capMessage({
      identifier: 'B1',
      sent: at(1),
      msgType: 'Update',
      references: ref('A1', 0),
      infos: [capInfo(lasting)],
    }),
    capMessage({
      identifier: 'A4',
      sent: at(3),
      msgType: 'Cancel',
      references: `${ref('A3', 2)} ${ref('A1', 0)}`,
      infos: [],
    }),
    capMessage({
      identifier: 'Z',
      sender: 'stranger@elsewhere.example',
      sent: at(4),
      msgType: 'Cancel',
      references: ref('B1', 1),
      infos: [],
    }),
  );

/** A quake that changes its id and its level, is deleted and comes back, in GDACS too; a second one a minute later. */
const quakes = () =>
  alertsOf(
    usgsFeature({ id: 'ak1', alert: null, mag: 7.3 }),
    usgsFeature({ id: 'us2', ids: ',ak1,us2,', alert: 'orange', updated: '2023-02-06T01:40:00Z' }),
    usgsFeature({ id: 'us2', ids: ',us2,', alert: 'red', updated: '2023-02-06T02:00:00Z' }),
    usgsFeature({ id: 'us2', ids: ',us2,', status: 'deleted', updated: '2023-02-06T03:00:00Z' }),
    usgsFeature({ id: 'us2', ids: ',us2,', alert: 'red', updated: '2023-02-06T04:00:00Z', mag: 7.8 }),
    usgsFeature({ id: 'us3', ids: ',us3,', alert: 'green', mag: 6.7, at: '2023-02-06T01:18:30.000Z' }),
    gdacsRss([gdacsItem({ level: 'Orange', modified: 'Mon, 06 Feb 2023 02:30:00 GMT' })]),
    gdacsRss([gdacsItem({ level: 'Red', modified: 'Mon, 06 Feb 2023 04:30:00 GMT' })]),
    gdacsRss([gdacsItem({ type: 'TS', id: '77', modified: 'Mon, 06 Feb 2023 02:10:00 GMT' })]),
  );

/** Two quakes of one network so near to each other that no rule can say which of them GDACS means. */
const twins = () =>
  alertsOf(
    usgsFeed([
      usgsFeature({ id: 'us1a', ids: ',us1a,' }),
      usgsFeature({ id: 'us1b', ids: ',us1b,', latitude: 37.23 }),
    ]),
    gdacsRss([gdacsItem()]),
    gdacsRss([gdacsItem({ id: '1355001', latitude: '37.6' })]),
  );

/** A GLIDE number that two floods of GDACS have, and a third source that has only the number. */
const sharedNumber = async () => {
  const flood = (id: string, latitude: string) =>
    gdacsItem({
      type: 'FL',
      id,
      latitude,
      severity: '',
      modified: 'Mon, 06 Feb 2023 02:30:00 GMT',
      extra: '<gdacs:glide>FL-2023-000015-TUR</gdacs:glide>',
    });
  const [one, two] = await alertsOf(gdacsRss([flood('11', '37'), flood('12', '39')]));
  const glide = {
    ...one!,
    alertId: 'GLIDE:FL-2023-000015-TUR:1',
    source: 'GLIDE',
    sourceId: 'FL-2023-000015-TUR',
    ownIds: ['GLIDE:FL-2023-000015-TUR'],
    strongIds: ['glide:FL-2023-000015-TUR'],
    position: null,
  };
  return [one!, two!, glide];
};

const everyOrder = (alerts: readonly Alert[], runs: number) => {
  const expected = picture(alerts);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...alerts], { minLength: alerts.length }),
      fc.array(fc.constantFrom(...alerts), { maxLength: 3 }),
      (order, repeats) => {
        expect(picture([...order, ...repeats])).toEqual(expected);
      },
    ),
    { numRuns: runs },
  );
  return expected;
};

describe('the events do not depend on the order in which messages arrive', () => {
  it('of a chain of CAP with two ends, one of them cancelled', async () => {
    const [event, ...others] = everyOrder(await capChain(), 60);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ state: 'open', hazard: 'FL' });
    expect(event.accounts.map((account: { source: string }) => account.source)).toEqual([sender]);
  });

  it('of a quake in two catalogues that is renamed, deleted and comes back, with a tsunami and an aftershock', async () => {
    const events = everyOrder(await quakes(), 50);
    expect(
      events.map(({ eventId, level, state, parentEventId }) => [eventId, level, state, parentEventId]),
    ).toEqual([
      ['EQ-20230206-ak1', 'Red', 'open', null],
      ['EQ-20230206-us3', 'Green', 'open', null],
      ['TS-20230206-gdacs77', 'Red', 'open', 'EQ-20230206-ak1'],
    ]);
  });

  it('of pairs that a person has to decide', async () => {
    const events = everyOrder(await twins(), 30);
    expect(events.flatMap(event => event.doubts).length).toBeGreaterThan(0);
    const floods = everyOrder(await sharedNumber(), 20);
    expect(floods).toHaveLength(3);
    expect(floods.map(event => [event.doubts.length, event.accounts[0].source]).sort()).toEqual([
      [1, 'GDACS'],
      [1, 'GDACS'],
      [2, 'GLIDE'],
    ]);
  });

  it('of chains of different sources all at once', async () => {
    everyOrder([...(await capChain()), ...(await quakes()), ...(await sharedNumber())], 15);
  });

  it.skipIf(!existsSync(captures))(
    'of captured chains: JMA, a drought of GDACS, two polls of NWS',
    async () => {
      const files = [
        'jma-xml/20210217190009_0_VXSE51_010000.xml',
        'jma-xml/20210217190122_0_VXSE52_010000.xml',
        'jma-xml/20210217190220_0_VXSE53_010000.xml',
        'jma-xml/20231009064018_06274659_VTSE41.xml',
        'jma-xml/20231009072652_07314633_VTSE41.xml',
        'jma-xml/20231009120003_08446949_VTSE41.xml',
        'gdacs-api/dr-1016449-ep1-event.json',
        'gdacs-api/dr-1016449-ep7-event.json',
        'gdacs-api/fl-1102983-ep1-event.json',
        'gdacs-api/fl-1102983-ep2-event.json',
        'glide/spain-flood.json',
      ];
      const readings = await Promise.all(files.map(file => readBody(readFileSync(join(captures, file)))));
      everyOrder(
        readings.flatMap(reading => reading.accepted),
        25,
      );
    },
  );
});

describe('an account', () => {
  it('is made by unions: merging is commutative, associative, and without effect when repeated', async () => {
    const accounts = (await capChain()).slice(0, 5).map(alert => accountOf(alert, NOW));
    const some = fc.array(fc.constantFrom(...accounts), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const [x, y, z] = [a, b, c].map(list => list.reduce(mergeAccounts)) as [
          (typeof accounts)[0],
          (typeof accounts)[0],
          (typeof accounts)[0],
        ];
        expect(mergeAccounts(x, y)).toEqual(mergeAccounts(y, x));
        expect(mergeAccounts(mergeAccounts(x, y), z)).toEqual(mergeAccounts(x, mergeAccounts(y, z)));
        expect(mergeAccounts(x, x)).toEqual(x);
      }),
      { numRuns: 200 },
    );
  });
});
