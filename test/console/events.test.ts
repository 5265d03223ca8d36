import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageIn, pageOf, pageOfEvent } from '../../console/address.ts';
import { doubtfulMerges } from '../../console/doubts.ts';
import { goneTo, isAbout, progressOf, sortingOf } from '../../console/sorting.ts';
import {
  decisionLines,
  doubtsByEvent,
  eventChanges,
  measureName,
  openerOf,
  whyJoined,
} from '../../console/whole-event.ts';
import type { MergeDecision } from '../../functions/domain/event.ts';
import { a } from './deployments.ts';
import { entry, listedEvent, source, wholeEvent } from './events.ts';

const apart = (one: string, other: string): MergeDecision => ({
  kind: 'apart',
  ids: [one, other],
  by: 'Shiba N.',
  at: '2026-07-20T08:00:00Z',
  reason: 'two shocks',
});

describe('the address', () => {
  it('leads back to the same page, whatever the id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), id => {
        expect(pageIn(pageOfEvent(id).slice(1))).toEqual({ kind: 'event', id });
        expect(pageIn(pageOf(id).slice(1))).toEqual({ kind: 'deployment', id });
      }),
    );
  });

  it.each(['', '#/situation', '#/events/', '#/events/%', '#/roster/1'])('takes "%s" for Situation', hash =>
    expect(pageIn(hash)).toEqual({ kind: 'situation' }),
  );
});

describe('why a source is in an event', () => {
  it('names the other source and the rule, or who decided', () => {
    const event = wholeEvent({
      sources: [source('GDACS:EQ1'), source('USGS:us1'), source('EMSC:e1'), source('JMA:j1')],
      joins: [
        { accounts: ['GDACS:EQ1', 'USGS:us1'], kind: 'id', reason: 'common id usgs:us1' },
        { accounts: ['EMSC:e1', 'USGS:us1'], kind: 'likeness', reason: '12 s and 20 km apart' },
        { accounts: ['EMSC:e1', 'GDACS:EQ1'], kind: 'desk', reason: 'Shiba N.: call +81312345678' },
      ],
    });
    expect(whyJoined(event, 'GDACS:EQ1')).toEqual([
      'With USGS:us1: common id usgs:us1',
      'With EMSC:e1: decided by Shiba N.: call (number)',
    ]);
    expect(whyJoined(event, 'EMSC:e1')[0]).toBe('With USGS:us1: alike: 12 s and 20 km apart');
    expect(whyJoined(event, 'JMA:j1')).toEqual(['Through another source.']);
    expect(whyJoined(wholeEvent({ sources: [source('JMA:j1')], joins: [] }), 'JMA:j1')).toEqual([
      'The only source.',
    ]);
  });

  it('knows who opened it: the id and its deployment stay there', () => {
    expect(openerOf(wholeEvent())).toBe('GDACS:EQ1');
    const both = [entry('GDACS', 'EQ1'), entry('USGS', 'us1')];
    expect(openerOf(wholeEvent({ alerts: both }))).toBeUndefined();
  });
});

describe('doubtful merges', () => {
  const doubt = (one: string, other: string, eventId: string, reason = '80 s and 111 km apart') => ({
    accounts: [one, other] as [string, string],
    eventId,
    reason,
  });
  const first = listedEvent({ doubts: [doubt('GDACS:EQ1', 'EMSC:e1', 'EQ-2')] });
  const second = listedEvent({
    eventId: 'EQ-2',
    title: 'M 5.5',
    openedAt: '2026-07-20T07:30:00Z',
    sources: [source('EMSC:e1')],
    doubts: [doubt('EMSC:e1', 'GDACS:EQ1', 'EQ-1')],
  });

  it('wait once a pair, with both titles and why', () => {
    expect(doubtfulMerges([first, second], [])).toEqual([
      {
        eventId: 'EQ-1',
        priority: 'When you can',
        what: 'Perhaps one event: “M 5.6” and “M 5.5”',
        consequence: '80 s and 111 km apart. They stay two events until you decide.',
        verb: 'Compare and decide',
        decideBy: null,
        since: '2026-07-20T07:30:00Z',
      },
    ]);
  });

  it('wait soon where help may be needed or a deployment hangs on either', () => {
    const priority = (events: (typeof first)[], deployments = [a({ eventId: 'other' })]) =>
      doubtfulMerges(events, deployments)[0]?.priority;
    expect(priority([first, { ...second, level: 'Orange' }])).toBe('Soon');
    expect(priority([first, second], [a({ eventId: 'EQ-2' })])).toBe('Soon');
    expect(priority([first, second], [a({ furtherEventIds: ['EQ-1'] })])).toBe('Soon');
    expect(priority([first, second])).toBe('When you can');
  });

  it('of exercises are in a list of their own, and an event that is not open is named by its id', () => {
    const drill = { ...first, exercise: true };
    expect(doubtfulMerges([drill], [])).toEqual([]);
    expect(doubtfulMerges([drill], [], true)[0]?.what).toBe('Perhaps one event: “M 5.6” and EQ-2');
  });

  it('about one event are one, with every reason once', () => {
    const doubts = [doubt('A:1', 'B:1', 'EQ-2'), doubt('A:1', 'B:2', 'EQ-2', 'M 5 and M 7')];
    expect(doubtsByEvent([...doubts, doubts[0]!])).toEqual([
      { eventId: 'EQ-2', reasons: ['80 s and 111 km apart', 'M 5 and M 7'] },
    ]);
  });
});

describe('a decision about an event', () => {
  it('is told what changed since it was looked at, and nothing when only the time did', () => {
    const before = wholeEvent({
      doubts: [{ accounts: ['USGS:us1', 'X:1'], eventId: 'EQ-9', reason: 'near' }],
    });
    expect(eventChanges(before, { ...before, updatedAt: '2026-07-20T09:00:00Z' })).toEqual([]);
    const after = wholeEvent({
      eventId: 'EQ-0',
      level: 'Orange',
      state: 'closed',
      alerts: [...before.alerts, entry('USGS', 'us1', { alertId: 'USGS:us1:2' }), entry('EMSC', 'e1')],
      sources: [source('USGS:us1'), source('EMSC:e1')],
      doubts: [{ accounts: ['USGS:us1', 'Y:1'], eventId: 'EQ-8', reason: 'near' }],
      decisions: [apart('GDACS:EQ1', 'USGS:us1')],
    });
    expect(eventChanges(before, after)).toEqual([
      'It is now part of EQ-0.',
      '1 new message of USGS.',
      '1 new message of EMSC.',
      'EMSC:e1 has joined it.',
      'GDACS:EQ1 has left it.',
      'Level Green, now Orange.',
      'It was open and is now closed.',
      'It is perhaps the same as EQ-8.',
      'The doubt about EQ-9 has ended.',
      'Shiba N. decided: not the same. two shocks',
    ]);
  });

  it('about many pairs is one line, newest first', () => {
    const later: MergeDecision = { ...apart('A', 'B'), kind: 'together', at: '2026-07-20T09:00:00Z' };
    const lines = decisionLines([apart('A', 'B'), apart('A', 'C'), later]);
    expect(lines.map(({ kind, pairs }) => [kind, pairs])).toEqual([
      ['together', [['A', 'B']]],
      [
        'apart',
        [
          ['A', 'B'],
          ['A', 'C'],
        ],
      ],
    ]);
  });

  it('is done when the event knows it, and says after a minute that it takes long', () => {
    const seen = wholeEvent();
    const decisions = [apart('GDACS:EQ1', 'USGS:us1')];
    const sorting = sortingOf(seen, decisions, [], 1_000);
    expect(progressOf(sorting, seen, 2_000)).toBe('waits');
    expect(progressOf(sorting, seen, 62_000)).toBe('long');
    // New messages alone are no sign that it was carried out.
    expect(progressOf(sorting, { ...seen, updatedAt: '2026-07-20T09:00:00Z' }, 2_000)).toBe('waits');
    const after = wholeEvent({ decisions, sources: [source('GDACS:EQ1')] });
    expect(progressOf(sorting, after, 62_000)).toBe('done');
    const there = listedEvent({ eventId: 'EQ-2', sources: [source('USGS:us1')] });
    expect(goneTo(sorting, after, [listedEvent(), there])).toEqual([
      { accountId: 'USGS:us1', eventId: 'EQ-2' },
    ]);
    expect(goneTo(sorting, after, [])).toEqual([{ accountId: 'USGS:us1', eventId: undefined }]);
    expect(isAbout(sorting, wholeEvent({ eventId: 'EQ-2', sources: [source('USGS:us1')] }))).toBe(true);
    expect(isAbout(sorting, wholeEvent({ eventId: 'EQ-3', sources: [source('X:1')] }))).toBe(false);
  });

  it('that joins two events accounts for the sources of both', () => {
    const seen = wholeEvent({ eventId: 'EQ-2', sources: [source('EMSC:e1')] });
    const together: MergeDecision = { ...apart('EMSC:e1', 'GDACS:EQ1'), kind: 'together' };
    const sorting = sortingOf(seen, [together], [listedEvent()], 0);
    const after = wholeEvent({ sources: [source('EMSC:e1'), source('GDACS:EQ1')] });
    const split = listedEvent({ eventId: 'EQ-3', sources: [source('USGS:us1')] });
    expect(goneTo(sorting, after, [split])).toEqual([{ accountId: 'USGS:us1', eventId: 'EQ-3' }]);
  });
});

it.each([
  ['depthKm', 'km', 'depth'],
  ['windKmh', 'km/h', 'wind'],
  ['areaKm2', 'km2', 'area'],
  ['maximumMmi', 'MMI', 'maximum MMI'],
  ['magnitude', 'M', 'magnitude'],
  ['population', 'people in MMI VII', 'population'],
])('calls the measure %s in %s "%s"', (name, unit, words) => expect(measureName(name, unit)).toBe(words));
