import type { Account, DisasterEvent, MergeDecision } from '../../domain/event.ts';
import type { Hazard } from '../../domain/primitives.ts';
import { secondsBetween, shifted } from '../documents/times.ts';
import { distanceKm } from '../geography/geography.ts';
import { isSameAccount, unified } from './account.ts';
import { type Family, familyOf } from './families.ts';
import { areRelated } from './partition.ts';
import { observedUntil, rules } from './resemblance.ts';

const day = 24 * 3600;

/** A quake and the tsunami that it made: origins this near to each other. */
const tsunamiOfQuake = { seconds: 600, km: 200 };

/** Droughts and long floods begin long before the message that another feed makes of them. */
const longestSpanSeconds: Partial<Record<Family, number>> = {
  drought: 730 * day,
  flood: 180 * day,
  volcano: 365 * day,
  wildfire: 120 * day,
  cyclone: 45 * day,
};

type Window = {
  family: Family;
  fromAt: string;
  toAt: string;
  /** Events of this source alone are not meant: a source keeps its own events apart. */
  besides: string | null;
};

/** What has to be looked up before accounts can be sorted into events: those with such an id, and those that began in these windows. */
export type CandidateSearch = { strongIds: string[]; windows: Window[] };

/** How many times the reach of a rule is searched at once: enough that what is found needs no search of its own. */
const reachesAtOnce = 2;

const windowsOf = (account: Account, reaches: number): Window[] =>
  account.voices.flatMap(voice => {
    const family = familyOf(voice.hazard);
    const rule = rules[family];
    const windows: Window[] = [];
    if (rule) {
      const seconds = (rule.doubtfulSeconds ?? rule.seconds) * reaches;
      const back = seconds + (longestSpanSeconds[family] ?? 0);
      windows.push({
        family,
        fromAt: shifted(voice.occurredAt, -back),
        toAt: shifted(observedUntil(voice), seconds),
        besides: account.source,
      });
    }
    const related: Family | undefined =
      family === 'tsunami' ? 'earthquake' : family === 'earthquake' ? 'tsunami' : undefined;
    if (related) {
      const seconds = tsunamiOfQuake.seconds * reaches;
      const { occurredAt } = voice;
      windows.push({
        family: related,
        fromAt: shifted(occurredAt, -seconds),
        toAt: shifted(occurredAt, seconds),
        besides: null,
      });
    }
    return windows;
  });

const isWithin = (window: Window, searched: readonly Window[]) =>
  searched.some(
    ({ family, fromAt, toAt, besides }) =>
      family === window.family &&
      besides === window.besides &&
      fromAt <= window.fromAt &&
      toAt >= window.toAt,
  );

/** Windows that overlap, as one: a warning of forty parts is looked for once. */
const spanned = (windows: readonly Window[]): Window[] => {
  const result: Window[] = [];
  for (const window of [...windows].sort((a, b) => (a.fromAt < b.fromAt ? -1 : 1))) {
    const open = result.find(
      other =>
        other.family === window.family && other.besides === window.besides && window.fromAt <= other.toAt,
    );
    if (!open) result.push({ ...window });
    else if (window.toAt > open.toAt) open.toAt = window.toAt;
  }
  return result;
};

/** Whether an event has anything that a search besides one source is for. */
export const isBeside = (event: DisasterEvent, besides: string | null): boolean =>
  besides === null || event.accounts.some(account => account.source !== besides);

/** Whether the search would have found that event; the in-memory twin of the store's queries. */
export const isCandidate = (search: CandidateSearch, event: DisasterEvent): boolean =>
  event.strongIds.some(id => search.strongIds.includes(id)) ||
  search.windows.some(
    window =>
      familyOf(event.hazard) === window.family &&
      isBeside(event, window.besides) &&
      event.occurredAt >= window.fromAt &&
      event.occurredAt <= window.toAt,
  );

/** Links are followed this many times: two feeds in doubt about one event are two steps, longer chains were never seen. */
const longestChain = 6;

/** No more events than these are sorted anew for one message; real ones have three or four in reach. */
const mostEvents = 24;

/** The events that have to be looked at together, and those near by, of which a quake may be a parent. */
export type Neighbourhood = { events: DisasterEvent[]; nearby: DisasterEvent[] };

/**
 * All events that accounts could belong to, and all that those could: what is not found here has no link to them, so
 * that what becomes of these does not depend on the rest of the world. Pass what a decision names as `known`.
 * Yields each search and takes what was found, so that rules need not know where events are kept.
 */
export function* neighbourhoodOf(
  accounts: readonly Account[],
  known: readonly DisasterEvent[] = [],
): Generator<CandidateSearch, Neighbourhood, DisasterEvent[]> {
  const found = new Map<string, DisasterEvent>(known.map(event => [event.eventId, event]));
  const inside = new Map<string, DisasterEvent>(known.map(event => [event.eventId, event]));
  const searched = { strongIds: new Set<string>(), windows: [] as Window[] };
  let frontier: Account[] = [...accounts, ...known.flatMap(event => event.accounts)];
  for (let step = 0; step < longestChain && frontier.length > 0; step += 1) {
    const strongIds = [...new Set(frontier.flatMap(account => account.strongIds))].filter(
      id => !searched.strongIds.has(id),
    );
    const windows = spanned(
      frontier
        .filter(account => windowsOf(account, 1).some(window => !isWithin(window, searched.windows)))
        .flatMap(account => windowsOf(account, reachesAtOnce)),
    );
    if (strongIds.length > 0 || windows.length > 0)
      for (const event of yield { strongIds, windows })
        if (!event.mergedInto && !found.has(event.eventId)) found.set(event.eventId, event);
    for (const id of strongIds) searched.strongIds.add(id);
    searched.windows.push(...windows);

    const decisions: MergeDecision[] = [...inside.values()].flatMap(event => event.decisions);
    const next: Account[] = [];
    for (const event of found.values())
      if (!inside.has(event.eventId) && inside.size < mostEvents) {
        const all = [...decisions, ...event.decisions];
        const isLinked = event.accounts.some(account =>
          frontier.some(other => isSameAccount(account, other) || areRelated(account, other, all)),
        );
        if (!isLinked) continue;
        inside.set(event.eventId, event);
        next.push(...event.accounts);
      }
    frontier = next;
  }
  const byId = (a: DisasterEvent, b: DisasterEvent) => (a.eventId < b.eventId ? -1 : 1);
  return {
    events: [...inside.values()].sort(byId),
    nearby: [...found.values()].filter(event => !inside.has(event.eventId)).sort(byId),
  };
}

/** The accounts of some events, each once, also when a crash left one in two. */
export const accountsIn = (events: readonly DisasterEvent[]): Account[] =>
  unified(events.flatMap(event => event.accounts));

type Origin = Pick<
  DisasterEvent,
  'eventId' | 'hazard' | 'occurredAt' | 'position' | 'exercise' | 'mergedInto'
>;

const isOf = (event: Origin, hazard: Hazard) => event.hazard === hazard;

const nearness = (a: Origin, b: Origin): number | undefined => {
  if (!a.position || !b.position || a.mergedInto || b.mergedInto || a.exercise !== b.exercise)
    return undefined;
  const seconds = secondsBetween(a.occurredAt, b.occurredAt);
  const km = distanceKm(a.position, b.position);
  if (seconds > tsunamiOfQuake.seconds || km > tsunamiOfQuake.km) return undefined;
  return seconds / tsunamiOfQuake.seconds + km / tsunamiOfQuake.km;
};

/** The quake that made a tsunami, if it is among the events: the nearest in time and place. */
export const parentOf = (tsunami: Origin, events: readonly DisasterEvent[]): DisasterEvent | undefined => {
  if (!isOf(tsunami, 'TS')) return undefined;
  const near = events.flatMap(event => {
    const score = isOf(event, 'EQ') ? nearness(tsunami, event) : undefined;
    return score === undefined ? [] : [{ event, score }];
  });
  return near.sort((a, b) => a.score - b.score || (a.event.eventId < b.event.eventId ? -1 : 1))[0]?.event;
};
