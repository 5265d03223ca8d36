import type { Alert } from '../domain/alert.ts';
import type { DisasterEvent, Voice } from '../domain/event.ts';
import type { Hazard } from '../domain/primitives.ts';
import { type Family, familyOf } from './families.ts';
import { distanceKm } from './geography.ts';
import { isLooseId, isSameSourceEvent } from './identity.ts';
import { type Report, type Resemblance, resemblanceOf, rules } from './resemblance.ts';
import { secondsBetween, shifted } from './times.ts';

const day = 24 * 3600;

/** A quake and the tsunami that it made: origins this near to each other. */
const tsunamiOfQuake = { seconds: 600, km: 200 };

/** A loose id joins only while the spans are no further apart: quakes are minutes, all else is over within a month. */
const looseIdSeconds = (family: Family) => (family === 'earthquake' || family === 'tsunami' ? 600 : 30 * day);

/** Droughts and long floods begin long before the message that another feed makes of them. */
const longestSpanSeconds: Partial<Record<Family, number>> = {
  drought: 730 * day,
  flood: 180 * day,
  volcano: 365 * day,
  wildfire: 120 * day,
  cyclone: 45 * day,
};

/** What a store has to look up before a message can be correlated: events with such an id, and events in these windows. */
export type CandidateSearch = {
  strongIds: string[];
  windows: { family: Family; fromAt: string; toAt: string }[];
};

const isExercise = (alert: Pick<Alert, 'status'>) => alert.status !== 'Actual';

/** Where a message's events can be: by id wherever they are, by likeness where `occurredAt` is in a window of the family. */
export const candidateSearchOf = (alert: Alert): CandidateSearch => {
  const family = familyOf(alert.hazard);
  const reach = rules[family];
  const windows: CandidateSearch['windows'] = [];
  if (reach) {
    const seconds = reach.doubtfulSeconds ?? reach.seconds;
    const back = seconds + (longestSpanSeconds[family] ?? 0);
    const until = alert.observedUntilAt ?? alert.occurredAt;
    windows.push({ family, fromAt: shifted(alert.occurredAt, -back), toAt: shifted(until, seconds) });
  }
  const related: Family | undefined =
    family === 'tsunami' ? 'earthquake' : family === 'earthquake' ? 'tsunami' : undefined;
  if (related) {
    const { seconds } = tsunamiOfQuake;
    windows.push({
      family: related,
      fromAt: shifted(alert.occurredAt, -seconds),
      toAt: shifted(alert.occurredAt, seconds),
    });
  }
  return { strongIds: alert.strongIds, windows };
};

/** Whether the search would have found that event; the in-memory twin of the store's queries. */
export const isCandidate = (search: CandidateSearch, event: DisasterEvent): boolean =>
  event.strongIds.some(id => search.strongIds.includes(id)) ||
  search.windows.some(
    window =>
      familyOf(event.hazard) === window.family &&
      event.occurredAt >= window.fromAt &&
      event.occurredAt <= window.toAt,
  );

/** The events that a message belongs to, and why; `doubtful` ones are kept apart for a person to decide. */
export type Match = {
  /** More than one when the message shows that events opened apart are one. */
  events: DisasterEvent[];
  reason: string;
  doubtful: { eventId: string; reason: string }[];
};

type Said = Pick<Voice, 'occurredAt' | 'position' | 'countries' | 'measures' | 'observedUntilAt'>;

const reportOf = (said: Said): Report => ({
  occurredAt: said.occurredAt,
  observedUntilAt:
    said.observedUntilAt && said.observedUntilAt > said.occurredAt ? said.observedUntilAt : said.occurredAt,
  position: said.position,
  countries: said.countries,
  measures: said.measures,
});

const reportsOf = (event: DisasterEvent): Report[] =>
  event.voices && event.voices.length > 0 ? event.voices.map(reportOf) : [reportOf(event)];

const firmLink = (alert: Alert, event: DisasterEvent): string | undefined => {
  const sameFamily = familyOf(alert.hazard) === familyOf(event.hazard);
  const id = alert.strongIds.find(
    strongId =>
      !isLooseId(strongId) &&
      (sameFamily || strongId.startsWith('cap:')) &&
      event.strongIds.includes(strongId),
  );
  if (id !== undefined) return `common id ${id}`;
  const voice = event.voices?.find(spoken => isSameSourceEvent(spoken, alert));
  return voice ? `same event of ${alert.source}` : undefined;
};

/** A source that keeps two ids for two events knows better than any likeness or number given per disaster. */
const holdsOtherOfSource = (alert: Alert, event: DisasterEvent): boolean =>
  event.alerts.some(known => known.source === alert.source);

const looseLink = (alert: Alert, event: DisasterEvent): string | undefined => {
  const family = familyOf(alert.hazard);
  if (family !== familyOf(event.hazard)) return undefined;
  const id = alert.strongIds.find(strongId => isLooseId(strongId) && event.strongIds.includes(strongId));
  if (id === undefined) return undefined;
  if (!id.startsWith('incident:') && holdsOtherOfSource(alert, event)) return undefined;
  const limit = id.startsWith('incident:') ? 30 * day : looseIdSeconds(family);
  const own = reportOf(alert);
  const near = reportsOf(event).some(
    report =>
      Math.min(
        secondsBetween(own.occurredAt, report.observedUntilAt),
        secondsBetween(report.occurredAt, own.observedUntilAt),
        secondsBetween(own.occurredAt, report.occurredAt),
      ) <= limit,
  );
  return near ? `common id ${id}` : undefined;
};

const closest = (alert: Alert, event: DisasterEvent): Resemblance =>
  reportsOf(event)
    .map(report => resemblanceOf(familyOf(alert.hazard), reportOf(alert), report))
    .reduce((best, next) => (next.score < best.score ? next : best));

/** Scores nearer to each other than this cannot be told apart; then a person decides. */
const tie = 0.1;

const likeness = (alert: Alert, events: readonly DisasterEvent[]): Match => {
  const compared = events
    .filter(event => familyOf(event.hazard) === familyOf(alert.hazard) && !holdsOtherOfSource(alert, event))
    .map(event => ({ event, ...closest(alert, event) }))
    .filter(pair => pair.verdict !== 'apart')
    .sort((a, b) => a.score - b.score || (a.event.eventId < b.event.eventId ? -1 : 1));
  const same = compared.filter(pair => pair.verdict === 'same');
  const [best, second] = same;
  const tied = best !== undefined && second !== undefined && second.score - best.score < tie;
  const chosen = best !== undefined && !tied ? best : undefined;
  const doubtful = compared
    .filter(pair => pair !== chosen)
    .map(pair => ({
      eventId: pair.event.eventId,
      reason: tied && pair.verdict === 'same' ? `${pair.reason}, as near as another event` : pair.reason,
    }));
  if (chosen) return { events: [chosen.event], reason: `likeness: ${chosen.reason}`, doubtful };
  return { events: [], reason: 'no event is like it', doubtful };
};

/** Finds where a message belongs: ids of its own source or of another first, then numbers given per disaster, then likeness. */
export const matchOf = (alert: Alert, candidates: readonly DisasterEvent[]): Match => {
  const open = candidates.filter(event => !event.mergedInto && event.exercise === isExercise(alert));
  const linked = open.flatMap(event => {
    const reason = firmLink(alert, event);
    return reason === undefined ? [] : [{ event, reason }];
  });
  if (linked.length > 0)
    return { events: linked.map(link => link.event), reason: linked[0]!.reason, doubtful: [] };
  const loose = open.flatMap(event => {
    const reason = looseLink(alert, event);
    return reason === undefined ? [] : [{ event, reason }];
  });
  if (loose.length === 1) return { events: [loose[0]!.event], reason: loose[0]!.reason, doubtful: [] };
  if (loose.length > 1) {
    const doubtful = loose.map(({ event, reason }) => ({ eventId: event.eventId, reason }));
    return { events: [], reason: 'several events share its number', doubtful };
  }
  return likeness(alert, open);
};

type Origin = Pick<
  DisasterEvent,
  'eventId' | 'hazard' | 'occurredAt' | 'position' | 'exercise' | 'mergedInto'
>;

const nearness = (a: Origin, b: Origin): number | undefined => {
  if (!a.position || !b.position || a.mergedInto || b.mergedInto || a.exercise !== b.exercise)
    return undefined;
  const seconds = secondsBetween(a.occurredAt, b.occurredAt);
  const km = distanceKm(a.position, b.position);
  if (seconds > tsunamiOfQuake.seconds || km > tsunamiOfQuake.km) return undefined;
  return seconds / tsunamiOfQuake.seconds + km / tsunamiOfQuake.km;
};

const isOf = (event: Origin, hazard: Hazard) => event.hazard === hazard;

/** The quake that made a tsunami, if it is among the candidates. */
export const parentOf = (
  tsunami: Origin,
  candidates: readonly DisasterEvent[],
): DisasterEvent | undefined => {
  if (!isOf(tsunami, 'TS')) return undefined;
  const near = candidates.flatMap(event => {
    const score = isOf(event, 'EQ') ? nearness(tsunami, event) : undefined;
    return score === undefined ? [] : [{ event, score }];
  });
  return near.sort((a, b) => a.score - b.score)[0]?.event;
};

/** Tsunamis without a parent that this quake made: the tsunami centre is often faster than the seismologists. */
export const childrenOf = (quake: Origin, candidates: readonly DisasterEvent[]): DisasterEvent[] =>
  isOf(quake, 'EQ')
    ? candidates.filter(
        event => isOf(event, 'TS') && event.parentEventId === null && nearness(event, quake) !== undefined,
      )
    : [];
