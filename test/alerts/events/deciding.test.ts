import { describe, expect, it } from 'vitest';
import { foldInto } from '../../../functions/alerts/events/batch.ts';
import { type Neighbourhood, neighbourhoodOf } from '../../../functions/alerts/events/correlation.ts';
import { joined, keptApart, separated } from '../../../functions/alerts/events/deciding.ts';
import { createEventIndex } from '../../../functions/alerts/events/event-index.ts';
import { decide } from '../../../functions/alerts/events/fold.ts';
import type { Alert } from '../../../functions/domain/alert.ts';
import type { DisasterEvent } from '../../../functions/domain/event.ts';
import { alertsOf, gdacsItem, gdacsRss, usgsFeature } from '../messages.ts';

const NOW = '2023-02-07T00:00:00.000Z';
const LATER = '2023-02-07T01:00:00.000Z';
const who = { by: 'Ito', at: NOW, reason: 'the seismologists say so' };

/** Events in memory to which a person's decisions are applied as triage-alert applies them. */
const desk = (alerts: readonly Alert[]) => {
  const index = createEventIndex();
  for (const alert of alerts) foldInto(index, alert, NOW);
  const live = () => index.all().filter(event => !event.mergedInto);
  const around = (known: DisasterEvent[]): Neighbourhood => {
    const steps = neighbourhoodOf([], known);
    let step = steps.next();
    while (!step.done) step = steps.next(index.find(step.value));
    return step.value;
  };
  return {
    live,
    named: (part: string) => live().find(event => event.eventId.includes(part))!,
    tell: (alert: Alert) => foldInto(index, alert, LATER),
    apply: (decision: ReturnType<typeof joined>, at = LATER) => {
      if ('refused' in decision) throw new Error(decision.refused);
      const known = live().filter(event => decision.eventIds.includes(event.eventId));
      for (const event of decide(decision.decisions, around(known), at).changes) index.save(event);
    },
  };
};

const picture = (events: readonly DisasterEvent[]) =>
  events
    .map(event => [event.eventId, event.accounts.map(account => account.accountId), event.doubts.length])
    .sort();

describe('what a person decides about the sources of an event', () => {
  const merged = () =>
    alertsOf(usgsFeature(), gdacsRss([gdacsItem({ modified: 'Mon, 06 Feb 2023 02:00:00 GMT' })]));

  it('takes a merge apart, and no later message puts it together again', async () => {
    const at = desk(await merged());
    expect(picture(at.live())).toEqual([
      ['EQ-20230206-us6000jllz', ['GDACS:EQ1355000', 'USGS:us6000jllz'], 0],
    ]);
    at.apply(separated(at.live()[0]!, 'GDACS:EQ1355000', who));
    const apart = [
      ['EQ-20230206-gdacs1355000', ['GDACS:EQ1355000'], 0],
      ['EQ-20230206-us6000jllz', ['USGS:us6000jllz'], 0],
    ];
    expect(picture(at.live())).toEqual(apart);
    for (const alert of await alertsOf(
      usgsFeature({ updated: '2023-02-06T05:00:00Z', mag: 7.7 }),
      gdacsRss([gdacsItem({ modified: 'Mon, 06 Feb 2023 05:00:00 GMT' })]),
    ))
      at.tell(alert);
    expect(picture(at.live())).toEqual(apart);
    expect(at.named('us6000jllz').decisions).toMatchObject([{ kind: 'apart', by: 'Ito' }]);
  });

  it('puts together again what was taken apart: the latest decision counts', async () => {
    const at = desk(await merged());
    at.apply(separated(at.live()[0]!, 'GDACS:EQ1355000', who));
    at.apply(joined(at.named('gdacs1355000'), at.named('us6000jllz'), { ...who, at: LATER }));
    expect(picture(at.live())).toEqual([
      ['EQ-20230206-us6000jllz', ['GDACS:EQ1355000', 'USGS:us6000jllz'], 0],
    ]);
    expect(at.live()[0]!.joins).toMatchObject([{ kind: 'desk', reason: 'Ito: the seismologists say so' }]);
    at.apply(separated(at.live()[0]!, 'GDACS:EQ1355000', { ...who, at: '2023-02-07T02:00:00.000Z' }));
    // The event that GDACS had before gets its name back.
    expect(picture(at.live()).map(([eventId]) => eventId)).toEqual([
      'EQ-20230206-gdacs1355000',
      'EQ-20230206-us6000jllz',
    ]);
  });

  it('joins all sources of both, also those that were kept apart before one by one', async () => {
    const emsc = {
      ...(await merged())[0]!,
      alertId: 'EMSC:1:1',
      source: 'EMSC',
      sourceId: '1',
      ownIds: ['EMSC:1'],
      strongIds: ['emsc:1'],
    };
    const at = desk([...(await merged()), emsc]);
    expect(at.live().map(({ accounts }) => accounts.length)).toEqual([3]);
    at.apply(separated(at.live()[0]!, 'EMSC:1', who));
    expect(
      at
        .live()
        .map(({ accounts }) => accounts.length)
        .sort(),
    ).toEqual([1, 2]);
    at.apply(joined(at.named('us6000jllz'), at.named('-1-'), { ...who, at: LATER }));
    expect(at.live().map(({ accounts }) => accounts.length)).toEqual([3]);
  });

  it('ends a doubt either way', async () => {
    const doubtful = await alertsOf(
      usgsFeature(),
      gdacsRss([gdacsItem({ from: 'Mon, 06 Feb 2023 01:19:00 GMT' })]),
    );
    for (const [how, events] of [
      [joined, 1],
      [keptApart, 2],
    ] as const) {
      const at = desk(doubtful);
      expect(picture(at.live()).map(([, , doubts]) => doubts)).toEqual([1, 1]);
      at.apply(how(at.named('gdacs'), at.named('us6000jllz'), who));
      expect(picture(at.live()).map(([, , doubts]) => doubts)).toEqual(Array(events).fill(0));
      for (const alert of doubtful)
        expect(at.tell(alert)).toMatchObject({ decision: 'duplicate', changed: false });
      expect(at.live()).toHaveLength(events);
    }
  });

  it('lets the message of an event that was split revise the right part', async () => {
    const at = desk(await merged());
    at.apply(separated(at.live()[0]!, 'GDACS:EQ1355000', who));
    const [green] = await alertsOf(
      gdacsRss([gdacsItem({ level: 'Green', modified: 'Mon, 06 Feb 2023 06:00:00 GMT' })]),
    );
    expect(at.tell(green!)).toMatchObject({
      decision: 'revised',
      event: { eventId: 'EQ-20230206-gdacs1355000' },
    });
    expect([at.named('gdacs').level, at.named('us6000jllz').level]).toEqual(['Green', 'Red']);
  });

  it('refuses what cannot be, in words', async () => {
    const at = desk(await merged());
    const [event] = at.live();
    const exercise = { ...event!, eventId: 'EXERCISE-1', exercise: true };
    expect(joined(event!, event!, who)).toEqual({ refused: 'an event cannot be compared with itself' });
    expect(joined(event!, exercise, who)).toEqual({
      refused: 'an exercise and a real event never become one',
    });
    expect(separated(event!, 'EMSC:1', who)).toEqual({
      refused: 'EMSC:1 is none of the sources of this event',
    });
    const alone = { ...event!, accounts: event!.accounts.slice(0, 1) };
    expect(separated(alone, alone.accounts[0]!.accountId, who)).toEqual({
      refused: 'the event has no other source to be separated from',
    });
  });
});
