import type { EventSource, ListedEvent, WholeEvent } from '../../console/whole-event.ts';
import type { EventAlert } from '../../functions/domain/event.ts';

const at = '2026-07-20T07:00:00Z';

/** A message of a source about an event, as an event keeps it. */
export const entry = (source: string, sourceId: string, over: Partial<EventAlert> = {}): EventAlert => ({
  alertId: `${source}:${sourceId}:1`,
  source,
  sourceId,
  revision: '1',
  status: 'Actual',
  messageType: 'Alert',
  level: 'Green',
  sentAt: at,
  receivedAt: at,
  contentDigest: 'c',
  rawDigest: 'd',
  rawPlace: 'features[0]',
  channelId: null,
  ...over,
});

/** A source by the id of its account ("USGS:us1"). */
export const source = (accountId: string): EventSource => ({
  accountId,
  source: accountId.split(':')[0]!,
  ids: [accountId],
  says: [],
});

/** A Green earthquake of GDACS and USGS, opened by GDACS, as the API shows it whole. */
export const wholeEvent = (over: Partial<WholeEvent> = {}): WholeEvent => ({
  eventId: 'EQ-1',
  hazard: 'EQ',
  level: 'Green',
  levelRule: 'pager-green',
  sourceLevels: [],
  title: 'M 5.6',
  titles: { en: 'M 5.6' },
  state: 'open',
  exercise: false,
  occurredAt: '2026-07-20T06:41:30Z',
  endedAt: null,
  countries: ['CAN'],
  position: null,
  footprint: null,
  areas: [],
  measures: [],
  strongIds: [],
  alerts: [entry('GDACS', 'EQ1'), entry('USGS', 'us1', { receivedAt: '2026-07-20T07:05:00Z' })],
  parentEventId: null,
  openedAt: at,
  updatedAt: '2026-07-20T07:05:00Z',
  provenance: {},
  joins: [{ accounts: ['GDACS:EQ1', 'USGS:us1'], kind: 'id', reason: 'common id usgs:us1' }],
  doubts: [],
  decisions: [],
  mergedInto: null,
  sources: [source('GDACS:EQ1'), source('USGS:us1')],
  messages: [],
  ...over,
});

/** The same as lists show it. */
export const listedEvent = (over: Partial<WholeEvent> = {}): ListedEvent => {
  const { footprint: _, areas: _a, provenance: _p, messages: _m, ...rest } = wholeEvent(over);
  return rest;
};
