import type { Alert } from '../../domain/alert.ts';
import type { Account, DisasterEvent, EventAlert, MergeDecision } from '../../domain/event.ts';
import { isSameAccount } from './account.ts';
import { type Neighbourhood, parentOf } from './correlation.ts';
import { keyOf } from './identity.ts';
import { settle } from './lifecycle.ts';
import { type Partition, partition } from './partition.ts';

/** Enough for the history of any event seen (a drought has 43 episodes) at some 400 bytes each. */
const longestHistory = 200;

const entryKey = (entry: EventAlert) => `${entry.sentAt}|${entry.alertId}|${entry.contentDigest}`;

const inOrder = (entries: readonly EventAlert[]): EventAlert[] =>
  [...new Map(entries.map(entry => [entryKey(entry), entry])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => entry)
    .slice(-longestHistory);

/** What one arrangement of accounts makes of the events that held them. */
type Arrangement = {
  groups: Account[][];
  parts: Partition;
  entries: EventAlert[];
  decisions: MergeDecision[];
};

const emptyEvent = (
  eventId: string,
  account: Account,
  alert: Alert | undefined,
  now: string,
): DisasterEvent => ({
  eventId,
  hazard: alert?.hazard ?? 'OT',
  level: alert?.level ?? 'Unknown',
  levelRule: alert?.levelRule ?? 'nothing-said',
  sourceLevels: [],
  title: alert?.title ?? '',
  titles: alert?.titles ?? {},
  state: 'closed',
  exercise: account.exercise,
  occurredAt: alert?.occurredAt ?? account.beganAt,
  endedAt: null,
  countries: [],
  position: null,
  footprint: null,
  areas: [],
  measures: [],
  strongIds: [],
  alerts: [],
  parentEventId: null,
  openedAt: now,
  updatedAt: now,
  provenance: {},
  joins: [],
  doubts: [],
  decisions: [],
  accounts: [],
});

const oldestFirst = (a: DisasterEvent, b: DisasterEvent) => {
  const [from, to] = [a.openedAt ?? a.occurredAt, b.openedAt ?? b.occurredAt];
  if (from !== to) return from < to ? -1 : 1;
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
  return a.eventId < b.eventId ? -1 : 1;
};

/** The events of a group: the oldest that was opened for one of its accounts keeps its name, the others end in it. */
const heirsOf = (group: readonly Account[], events: readonly DisasterEvent[]): DisasterEvent[] =>
  events.filter(event => group.some(account => account.homes.includes(event.eventId))).sort(oldestFirst);

/** What is left of an event whose messages moved to another: closed, silent, and pointing there. */
const mergedAway = (event: DisasterEvent, into: string, now: string): DisasterEvent => ({
  ...event,
  state: 'closed',
  mergedInto: into,
  strongIds: [],
  joins: [],
  doubts: [],
  decisions: [],
  accounts: [],
  updatedAt: now,
});

/** People know a quake by its number at the USGS, all else by that of GDACS. */
const fame = ({ source }: Account): number => (source === 'USGS' ? 0 : source === 'GDACS' ? 1 : 2);

/** The account that gives an event its name: the best known, then the first to be told. */
const firstOf = (group: readonly Account[]): Account =>
  [...group].sort((a, b) => {
    const [one, other] = [a.opened, b.opened];
    if (one.isCancel !== other.isCancel) return one.isCancel ? 1 : -1;
    if (fame(a) !== fame(b)) return fame(a) - fame(b);
    if (one.sentAt !== other.sentAt) return one.sentAt < other.sentAt ? -1 : 1;
    return one.alertId < other.alertId ? -1 : 1;
  })[0]!;

/** The id that an event would have if all its messages had come at once, whatever the order in which they did. */
export const canonicalEventId = (event: DisasterEvent): string =>
  event.accounts.length === 0 ? event.eventId : firstOf(event.accounts).opened.eventId;

const isAbout = (decision: MergeDecision, group: readonly Account[]) =>
  group.some(account => decision.ids.some(id => account.ownIds.includes(id)));

const arranged = (
  { groups, parts, entries, decisions }: Arrangement,
  known: readonly DisasterEvent[],
  alert: Alert | undefined,
  now: string,
): DisasterEvent[] => {
  const named = groups.map(group => {
    const [heir] = heirsOf(group, known);
    const first = firstOf(group);
    // A group that a person took out of an event gets the name back that its first account once had.
    const eventId = heir?.eventId ?? first.homes[0] ?? first.opened.eventId;
    return { group, eventId, heir, first };
  });
  const eventOfAccount = new Map(
    named.flatMap(({ group, eventId }) => group.map(account => [account.accountId, eventId] as const)),
  );
  const made = named.map(({ group, eventId, heir, first }) => {
    const own = group.map(account =>
      !heir && account === first && account.homes.length === 0 ? { ...account, homes: [eventId] } : account,
    );
    const ids = new Set(own.map(account => account.accountId));
    const keys = new Set(own.flatMap(account => account.ownIds));
    const base = heir ?? emptyEvent(eventId, own[0]!, alert, now);
    return settle(
      {
        ...base,
        mergedInto: null,
        accounts: own,
        alerts: inOrder(
          entries.filter(entry => keys.has(keyOf(entry)) && (entry.status !== 'Actual') === base.exercise),
        ),
        strongIds: [...new Set(own.flatMap(account => account.strongIds))].sort(),
        joins: parts.joins.filter(join => ids.has(join.accounts[0])),
        doubts: parts.doubts.flatMap(({ accounts: [one, other], reason }) =>
          ids.has(one)
            ? [{ accounts: [one, other] as [string, string], eventId: eventOfAccount.get(other)!, reason }]
            : ids.has(other)
              ? [{ accounts: [other, one] as [string, string], eventId: eventOfAccount.get(one)!, reason }]
              : [],
        ),
        decisions: decisions.filter(decision => isAbout(decision, own)),
        updatedAt: now,
      },
      now,
    );
  });
  const alive = new Set(made.map(event => event.eventId));
  const ended = known
    .filter(event => !alive.has(event.eventId))
    .map(event => {
      const account = event.accounts.find(each => each.homes.includes(event.eventId)) ?? event.accounts[0];
      const heir = named.find(({ group }) =>
        group.some(each => (account ? isSameAccount(each, account) : false)),
      );
      return mergedAway(event, heir?.eventId ?? event.eventId, now);
    });
  return [...made, ...ended];
};

const unchangedBut = (event: DisasterEvent) => {
  const { updatedAt: _updatedAt, openedAt: _openedAt, ...rest } = event;
  return JSON.stringify(
    Object.entries({ ...rest, mergedInto: rest.mergedInto ?? null }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

/** Tsunamis find the nearest quake again whenever one of either kind moves. */
const withParents = (events: readonly DisasterEvent[], nearby: readonly DisasterEvent[], now: string) => {
  const all = [...events, ...nearby];
  return all.map(event => {
    if (event.hazard !== 'TS' || event.mergedInto) return event;
    const parent =
      parentOf(event, all)?.eventId ?? (isKnown(event.parentEventId, all) ? null : event.parentEventId);
    return parent === event.parentEventId ? event : { ...event, parentEventId: parent, updatedAt: now };
  });
};

export const isKnown = (eventId: string | null, events: readonly DisasterEvent[]) =>
  events.some(event => event.eventId === eventId);

/** The events that differ from what is stored: those that gain accounts first, so that a crash in between loses none. */
const changesOf = (after: readonly DisasterEvent[], before: readonly DisasterEvent[]): DisasterEvent[] => {
  const stored = new Map(before.map(event => [event.eventId, event]));
  const lost = (event: DisasterEvent) =>
    stored
      .get(event.eventId)
      ?.accounts.some(known => !event.accounts.some(account => isSameAccount(account, known))) ?? false;
  return after
    .filter(event => {
      const known = stored.get(event.eventId);
      return !known || (known !== event && unchangedBut(known) !== unchangedBut(event));
    })
    .sort((a, b) => Number(lost(a)) - Number(lost(b)) || (a.eventId < b.eventId ? -1 : 1));
};

/**
 * Sorts accounts into events anew, and names those that changed in the order in which they are to be written. `extra` is what
 * is new beside the accounts: entries of the history, decisions, and the message that a new event would begin with.
 */
export const rearrange = (
  accounts: readonly Account[],
  { events, nearby }: Neighbourhood,
  extra: { entries: EventAlert[]; decisions: MergeDecision[]; alert?: Alert },
  now: string,
) => {
  const decisions = [
    ...new Map(
      [...events.flatMap(event => event.decisions), ...extra.decisions].map(each => [
        JSON.stringify(each),
        each,
      ]),
    ).values(),
  ].sort((a, b) => (a.at === b.at ? (a.ids.join() < b.ids.join() ? -1 : 1) : a.at < b.at ? -1 : 1));
  const parts = partition(accounts, decisions);
  const entries = [...events.flatMap(event => event.alerts), ...extra.entries];
  const made = arranged({ groups: parts.groups, parts, entries, decisions }, events, extra.alert, now);
  const after = withParents(made, nearby, now);
  const changes = changesOf(after, [...events, ...nearby]);
  // Neighbours count only when they changed: a tsunami that found its quake.
  const own = new Set([...made, ...changes].map(event => event.eventId));
  return { after: after.filter(event => own.has(event.eventId)), changes };
};

/** An event of nothing but cancels that wait for what they cancel: nobody has said yet what happened. */
export const isSilent = (event: DisasterEvent): boolean =>
  event.accounts.every(account => account.opened.isCancel);
