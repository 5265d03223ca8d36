import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalEvents } from '../../../functions/alerts/events/batch.ts';
import { correlate } from '../../../functions/alerts/events/fold.ts';
import { settle } from '../../../functions/alerts/events/lifecycle.ts';
import type { DisasterEvent } from '../../../functions/domain/event.ts';
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

const sender = 'met@agency.example';
const at = (hour: number) => `2026-03-01T0${hour}:00:00+00:00`;
const ref = (identifier: string, hour: number, by = sender) => `${by},${identifier},${at(hour)}`;
/** The events of a set of messages, without when and in which order they came. */
const pictureOf = (events: readonly DisasterEvent[]) =>
  JSON.parse(
    JSON.stringify(canonicalEvents(events, '2026-03-01T06:00:00.000Z'), (key, value) =>
      ['receivedAt', 'homes', 'openedAt', 'updatedAt'].includes(key) ? undefined : value,
    ),
  );

const fresh = { ...{ expires: '2026-03-05T00:00:00Z' } };

describe('one source', () => {
  it('opens one event for a message and repeats nothing', async () => {
    const alerts = await alertsOf(usgsFeature(), usgsFeature());
    const { events, results } = foldAll(alerts);
    expect(results.map(({ decision, changed }) => [decision, changed])).toEqual([
      ['opened', true],
      ['duplicate', false],
    ]);
    expect(events).toMatchObject([{ eventId: 'EQ-20230206-us6000jllz', level: 'Red', state: 'open' }]);
  });

  it('lets a newer revision speak: a lower level is a downgrade, not a cancel', async () => {
    const alerts = await alertsOf(
      usgsFeature({ alert: 'red', updated: '2023-02-06T02:00:00Z' }),
      usgsFeature({ alert: 'green', updated: '2023-02-06T03:00:00Z' }),
    );
    const { events, decisions } = foldAll(alerts);
    expect(decisions).toEqual(['opened', 'revised']);
    expect(events).toMatchObject([{ level: 'Green', state: 'open' }]);
  });

  it('records an older revision that comes late, and lets it change nothing', async () => {
    const [older, newer] = await alertsOf(
      usgsFeature({ alert: 'green', updated: '2023-02-06T02:00:00Z', mag: 7.3 }),
      usgsFeature({ alert: 'red', updated: '2023-02-06T03:00:00Z' }),
    );
    const { events, decisions } = foldAll([newer!, older!, older!]);
    expect(decisions).toEqual(['opened', 'stale', 'duplicate']);
    expect(events).toMatchObject([{ level: 'Red', measures: [{ name: 'depthKm' }, { value: 7.8 }] }]);
    expect(events[0]!.alerts).toHaveLength(2);
  });

  it('takes another text under the same revision for a correction', async () => {
    const alerts = await alertsOf(usgsFeature({ alert: 'orange' }), usgsFeature({ alert: 'red' }));
    const { events, decisions } = foldAll(alerts);
    expect(decisions).toEqual(['opened', 'revised']);
    expect(events[0]).toMatchObject({ level: 'Red', alerts: [{}, {}] });
  });

  it('gives the same event for the revisions in any order', async () => {
    const revisions = await alertsOf(
      ...['green', 'yellow', 'orange', 'red', 'orange'].map((alert, index) =>
        usgsFeature({ alert, updated: `2023-02-06T0${index + 2}:00:00Z`, mag: 7 + index / 10 }),
      ),
      gdacsRss([gdacsItem({ level: 'Orange', modified: 'Mon, 06 Feb 2023 02:30:00 GMT' })]),
      gdacsRss([gdacsItem({ level: 'Red', modified: 'Mon, 06 Feb 2023 04:30:00 GMT' })]),
    );
    const picture = ({ events }: ReturnType<typeof foldAll>) => pictureOf(events);
    const expected = picture(foldAll(revisions));
    expect(expected).toMatchObject([{ level: 'Red', state: 'open' }]);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(revisions, { minLength: revisions.length }),
        fc.array(fc.constantFrom(...revisions), { maxLength: 4 }),
        (order, repeats) => {
          expect(picture(foldAll([...order, ...repeats]))).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('closes an event that its source deleted, and opens it again when the source takes that back', async () => {
    const alerts = await alertsOf(
      usgsFeature(),
      usgsFeature({ status: 'deleted', updated: '2023-02-06T03:00:00Z' }),
      usgsFeature({ status: 'reviewed', updated: '2023-02-06T04:00:00Z' }),
    );
    expect(foldAll(alerts.slice(0, 2))).toMatchObject({
      decisions: ['opened', 'cancelled'],
      events: [{ state: 'closed' }],
    });
    expect(foldAll(alerts).events).toMatchObject([{ state: 'open' }]);
  });

  it('makes one of two events when the source lists both ids', async () => {
    const alerts = await alertsOf(
      usgsFeature({ id: 'ak0219', at: '2021-07-29T06:15:47Z', mag: 8 }),
      usgsFeature({ id: 'us6000f0', at: '2021-07-29T06:15:49Z', mag: 8.2 }),
      usgsFeature({
        id: 'us6000f0',
        ids: ',us6000f0,ak0219,',
        at: '2021-07-29T06:15:49Z',
        updated: '2021-07-29T08:00:00Z',
        mag: 8.2,
      }),
    );
    expect(foldAll(alerts.slice(0, 2)).events).toHaveLength(2);
    const { events, stored, results } = foldAll(alerts);
    expect(events).toMatchObject([{ alerts: [{}, {}, {}], state: 'open' }]);
    expect(results.at(-1)!.changes).toMatchObject([
      { eventId: events[0]!.eventId },
      { mergedInto: events[0]!.eventId, state: 'closed' },
    ]);
    expect(stored.size).toBe(2);
    expect(foldAll([...alerts, alerts[0]!]).decisions.at(-1)).toBe('duplicate');
  });
});

describe('across sources', () => {
  it('joins USGS and GDACS by the id that both name, and takes the gravest level', async () => {
    const alerts = await alertsOf(
      gdacsRss([
        gdacsItem({ level: 'Orange', extra: '<gdacs:sourceid>us6000jllz</gdacs:sourceid>', latitude: '39' }),
      ]),
      usgsFeature(),
    );
    const { events, results } = foldAll(alerts);
    expect(results[1]).toMatchObject({ decision: 'joined', reason: 'common id usgs:us6000jllz' });
    expect(events).toMatchObject([
      { level: 'Red', position: { latitude: 37.226 }, alerts: [{ source: 'USGS' }, { source: 'GDACS' }] },
    ]);
  });

  it.each([
    [55, 0, 7.8, 1],
    [0, 0.8, 7.8, 1],
    [0, 0, 6.9, 1],
    [70, 0, 7.8, 2],
    [0, 1.2, 7.8, 2],
    [0, 0, 6.7, 2],
  ])(
    '%i s, %d degrees and M %d from the other source give %i event(s)',
    async (seconds, degrees, mag, count) => {
      const from = new Date(Date.parse('2023-02-06T01:17:34Z') + seconds * 1000).toUTCString();
      const severity = `<gdacs:severity unit="M" value="${mag}">M</gdacs:severity>`;
      const alerts = await alertsOf(
        usgsFeature(),
        gdacsRss([gdacsItem({ from, severity, latitude: String(37.226 + degrees), longitude: '37.014' })]),
      );
      const { events, results } = foldAll(alerts);
      expect(events).toHaveLength(count);
      expect(results[1]!.event!.doubts).toHaveLength(count - 1);
    },
  );

  it('leaves small quakes apart: too many of them are alike', async () => {
    const severity = '<gdacs:severity unit="M" value="4.2">M</gdacs:severity>';
    const alerts = await alertsOf(
      usgsFeature({ mag: 4.2, alert: null }),
      gdacsRss([gdacsItem({ severity })]),
    );
    expect(foldAll(alerts).events).toHaveLength(2);
  });

  it('never joins two events that one source keeps apart (Herat 2023)', async () => {
    const herat = { mag: 6.3, longitude: 61.9, alert: 'orange' };
    const alerts = await alertsOf(
      usgsFeed([
        usgsFeature({ ...herat, id: 'us6000ldpg', at: '2023-10-07T06:41:03Z', latitude: 34.61 }),
        usgsFeature({ ...herat, id: 'us6000ldpm', at: '2023-10-07T07:12:49Z', latitude: 34.57 }),
      ]),
      gdacsRss(
        [
          gdacsItem({
            from: 'Sat, 07 Oct 2023 07:12:50 GMT',
            severity: '<gdacs:severity unit="M" value="6.3">M</gdacs:severity>',
            latitude: '34.57',
            longitude: '61.9',
          }),
        ],
        'Sun, 08 Oct 2023 00:00:00 GMT',
      ),
    );
    const { events } = foldAll(alerts);
    expect(events.map(event => event.alerts.map(alert => alert.source))).toEqual([
      ['USGS'],
      ['USGS', 'GDACS'],
    ]);
  });

  it('does not let a GLIDE number, given to a quake and its aftershock, join the two', async () => {
    const glide = '<gdacs:glide>EQ-2023-000015-TUR</gdacs:glide>';
    const alerts = await alertsOf(
      gdacsRss([
        gdacsItem({ id: '1', extra: glide }),
        gdacsItem({ id: '2', extra: glide, from: 'Mon, 06 Feb 2023 10:24:49 GMT' }),
      ]),
    );
    expect(foldAll(alerts).events).toHaveLength(2);
  });

  it('tells a person when two events are equally near', async () => {
    const twin = (id: string) => usgsFeature({ id, ids: `,${id},` });
    const { events, results } = foldAll(
      await alertsOf(usgsFeed([twin('us1a'), twin('us2b')]), gdacsRss([gdacsItem()])),
    );
    expect(events).toHaveLength(3);
    expect(results[2]!.event!.doubts.map(doubt => doubt.eventId)).toEqual([
      'EQ-20230206-us1a',
      'EQ-20230206-us2b',
    ]);
  });

  it('links a tsunami to its quake, whichever is told first', async () => {
    const parameter = (name: string, value: string) =>
      `<parameter><valueName>${name}</valueName><value>${value}</value></parameter>`;
    const tsunami = capMessage({
      sender: 'ntwc@noaa.gov',
      sent: '2023-02-06T01:25:00Z',
      infos: [
        capInfo({
          event: 'Tsunami Warning',
          severity: 'Extreme',
          more:
            parameter('EventOriginTime', '2023-02-06T01:17:30-00:00') +
            parameter('EventLatLon', '37.2,37.1 0'),
        }),
      ],
    });
    const alerts = await alertsOf(usgsFeature(), tsunami);
    for (const order of [alerts, [...alerts].reverse()]) {
      const { events } = foldAll(order);
      expect(events).toHaveLength(2);
      expect(events.find(event => event.hazard === 'TS')!.parentEventId).toBe('EQ-20230206-us6000jllz');
      expect(events.find(event => event.hazard === 'EQ')!.parentEventId).toBeNull();
    }
  });

  it('joins floods of two sources within 50 km and three days in one country only', async () => {
    const flood = (latitude: string, iso3: string, country: string) =>
      gdacsRss(
        [
          gdacsItem({
            type: 'FL',
            id: '7',
            from: 'Sun, 01 Mar 2026 00:00:00 GMT',
            latitude,
            longitude: '20.5',
            iso3,
            country,
            severity: '',
          }),
        ],
        'Sun, 01 Mar 2026 01:00:00 GMT',
      );
    const area = capInfo({
      ...fresh,
      area: '<area><areaDesc>x</areaDesc><circle>10.5,20.5 5</circle><geocode><valueName>EMMA_ID</valueName><value>TD001</value></geocode></area>',
    });
    const message = capMessage({ infos: [area] });
    const count = async (body: string) => foldAll(await alertsOf(message, body)).events.length;
    expect(await count(flood('10.6', 'TCD', 'Chad'))).toBe(1);
    expect(await count(flood('11.5', 'TCD', 'Chad'))).toBe(2);
    expect(await count(flood('10.6', 'CMR', 'Cameroon'))).toBe(2);
  });

  it('is over when those who follow it say so, though a register of disasters still lists it', async () => {
    const drought = gdacsItem({
      type: 'DR',
      id: '5',
      severity: '',
      to: 'Tue, 01 Nov 2022 00:00:00 GMT',
      extra: '<gdacs:iscurrent>false</gdacs:iscurrent><gdacs:glide>DR-2022-000100-KEN</gdacs:glide>',
    });
    const [over] = await alertsOf(gdacsRss([drought]));
    const listed = {
      ...over!,
      alertId: 'GLIDE:DR-2022-000100-KEN:1',
      source: 'GLIDE',
      sourceId: 'DR-2022-000100-KEN',
      ownIds: ['GLIDE:DR-2022-000100-KEN'],
      strongIds: ['glide:DR-2022-000100-KEN'],
      level: 'Unknown' as const,
      endedAt: null,
    };
    expect(foldAll([over!, listed]).events).toMatchObject([{ state: 'closed', level: 'Red' }]);
    expect(foldAll([listed]).events).toMatchObject([{ state: 'open' }]);
  });

  it('joins a cyclone by its name in that season', async () => {
    const storm = gdacsRss([
      gdacsItem({ type: 'TC', id: '9', severity: '', extra: '<gdacs:eventname>FREDDY-23</gdacs:eventname>' }),
    ]);
    const [one] = await alertsOf(storm);
    const other = {
      ...one!,
      alertId: 'x:1:1',
      source: 'x',
      sourceId: '1',
      ownIds: ['x:1'],
      strongIds: ['x:1', 'storm:freddy-2023'],
    };
    const count = (latitude: number) =>
      foldAll([one!, { ...other, position: { latitude, longitude: 40 } }]).events.length;
    expect(count(28)).toBe(1);
    // Another ocean may have a storm of the same name.
    expect(count(-20)).toBe(2);
  });
});

describe('updates and cancels', () => {
  const warning = capMessage({ infos: [capInfo(fresh)] });
  const update = capMessage({
    identifier: 'A2',
    sent: at(1),
    msgType: 'Update',
    references: ref('A1', 0),
    infos: [capInfo({ ...fresh, severity: 'Extreme' })],
  });
  const cancel = capMessage({
    identifier: 'A3',
    sent: at(2),
    msgType: 'Cancel',
    references: `${ref('A1', 0)} ${ref('A2', 1)}`,
    infos: [],
  });

  it('follows the references, whatever the offset in which they tell the time', async () => {
    const alerts = await alertsOf(warning, update, cancel.replaceAll('+00:00', '-00:00'));
    expect(foldAll(alerts.slice(0, 2))).toMatchObject({
      decisions: ['opened', 'revised'],
      events: [{ level: 'Red', state: 'open', accounts: [{ voices: [{ sourceId: 'A2' }] }] }],
    });
    const { events, decisions } = foldAll(alerts);
    expect(decisions).toEqual(['opened', 'revised', 'cancelled']);
    expect(events).toMatchObject([{ state: 'closed', alerts: [{}, {}, {}] }]);
  });

  it('ends in the same state in whatever order they arrive', async () => {
    const alerts = await alertsOf(warning, update, cancel);
    fc.assert(
      fc.property(fc.shuffledSubarray(alerts, { minLength: 3 }), order => {
        const { events } = foldAll(order);
        expect(events).toHaveLength(1);
        expect(events[0]).toMatchObject({ state: 'closed', hazard: 'FL', level: 'Red' });
      }),
    );
  });

  it('keeps a cancel of a message that it never saw, until that message comes', async () => {
    const alerts = await alertsOf(cancel, warning);
    const { results, events } = foldAll(alerts);
    expect(results[0]).toMatchObject({ decision: 'held', changed: true, event: { state: 'closed' } });
    expect(results[1]).toMatchObject({ decision: 'cancelled', event: { state: 'closed' } });
    expect(events).toHaveLength(1);
  });

  it('does not let one sender cancel the message of another', async () => {
    const forged = capMessage({
      identifier: 'Z',
      sender: 'stranger@elsewhere.example',
      sent: at(3),
      msgType: 'Cancel',
      references: ref('A1', 0),
      infos: [],
    });
    const { results, events } = foldAll(await alertsOf(warning, forged));
    expect(results[1]).toMatchObject({
      decision: 'held',
      reason: expect.stringMatching(/it waits for them/),
    });
    const open = canonicalEvents(events, '2026-03-01T04:00:00.000Z');
    expect(open).toMatchObject([{ state: 'open', alerts: [{}], accounts: [{}] }]);
  });

  it('stays open while one of two updates of the same warning is active', async () => {
    const north = capMessage({
      identifier: 'N',
      sent: at(1),
      msgType: 'Update',
      references: ref('A1', 0),
      infos: [capInfo(fresh)],
    });
    const south = capMessage({
      identifier: 'S',
      sent: at(2),
      msgType: 'Update',
      references: ref('A1', 0),
      infos: [capInfo({ ...fresh, more: '<responseType>AllClear</responseType>' })],
    });
    expect(foldAll(await alertsOf(warning, north, south)).events).toMatchObject([{ state: 'open' }]);
  });

  it('follows an incident where the reference spells the sender otherwise', async () => {
    const first = capMessage({ incidents: 'q1', infos: [capInfo(fresh)] });
    const next = capMessage({
      identifier: 'B',
      sent: at(1),
      msgType: 'Update',
      incidents: 'q1',
      references: ref('A1', 0, 'MET'),
      infos: [capInfo({ ...fresh, more: '<responseType>AllClear</responseType>' })],
    });
    const alerts = await alertsOf(first, next);
    for (const order of [alerts, [...alerts].reverse()])
      expect(foldAll(order).events).toMatchObject([
        { state: 'closed', accounts: [{ voices: [{ sourceId: 'B' }] }] },
      ]);
  });

  it('closes at the expiry, judged by the clock that it is given', async () => {
    const [alert] = await alertsOf(capMessage({}));
    const { events } = foldAll([alert!]);
    expect(events[0]!.state).toBe('open');
    expect(settle(events[0]!, '2026-03-01T23:59:59.000Z').state).toBe('open');
    expect(settle(events[0]!, '2026-03-02T00:00:00.000Z')).toMatchObject({
      state: 'closed',
      endedAt: '2026-03-02T00:00:00.000Z',
    });
  });

  it('does not reopen a closed event by an old message', async () => {
    const replay = capMessage({ infos: [capInfo({ ...fresh, severity: 'Minor' })] });
    const alerts = await alertsOf(warning, update, cancel, replay);
    const { events } = foldAll(alerts);
    expect(events).toMatchObject([{ state: 'closed' }]);
  });
});

describe('exercises', () => {
  it('never touch a real event, nor make one', async () => {
    const real = capMessage({ infos: [capInfo(fresh)] });
    const drill = capMessage({
      identifier: 'X',
      sent: at(1),
      status: 'Exercise',
      msgType: 'Cancel',
      references: ref('A1', 0),
      infos: [capInfo(fresh)],
    });
    const { events } = foldAll(await alertsOf(real, drill));
    expect(events).toMatchObject([
      { exercise: false, state: 'open', alerts: [{ status: 'Actual' }] },
      { exercise: true, state: 'closed', alerts: [{ status: 'Exercise' }] },
    ]);
    expect(events[1]!.eventId).toMatch(/^EXERCISE-/);
  });

  it('and a real message never joins an exercise', async () => {
    const scenario = usgsFeature({ products: { shakemap: [{ properties: { 'event-type': 'SCENARIO' } }] } });
    const { events } = foldAll(await alertsOf(scenario, usgsFeature({ updated: '2023-02-06T03:00:00Z' })));
    expect(events.map(event => event.exercise)).toEqual([true, false]);
  });
});

describe('the clock', () => {
  it('holds a message from more than ten minutes ahead and stores nothing of it', async () => {
    const [alert] = await alertsOf(usgsFeature({ updated: '2023-02-06T03:00:00Z' }));
    expect(correlate(alert!, { events: [], nearby: [] }, '2023-02-06T02:49:59.000Z')).toMatchObject({
      decision: 'held',
      changed: false,
    });
    expect(correlate(alert!, { events: [], nearby: [] }, '2023-02-06T02:50:00.000Z').decision).toBe('opened');
  });
});
