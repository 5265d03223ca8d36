import type { Alert } from '../functions/domain/alert.ts';
import type { Account, DisasterEvent, Doubt, Join, MergeDecision, Voice } from '../functions/domain/event.ts';
import { count, masked } from './words.ts';

/** An event as GET /api/events lists it. */
export type ListedEvent = Omit<DisasterEvent, 'accounts' | 'footprint' | 'provenance' | 'areas'> & {
  sources: Pick<Account, 'accountId' | 'source'>[];
};

/** What one source says about an event. */
export type EventSource = Pick<Account, 'accountId' | 'source'> & { ids: string[]; says: Voice[] };

/** A message with what became of it. */
export type EventMessage = Alert & { decision: string; reason: string };

/** An event as GET /api/events/{id} answers. */
export type WholeEvent = Omit<DisasterEvent, 'accounts'> & {
  sources: EventSource[];
  messages: EventMessage[];
};

const KINDS: Record<Join['kind'], string> = {
  desk: 'decided by',
  id: '',
  number: '',
  likeness: 'alike:',
};

/** Why a source is in the event, one line for each link it has; a source without a link is the only one. */
export function whyJoined(event: Pick<WholeEvent, 'joins' | 'sources'>, accountId: string): string[] {
  const links = event.joins.filter(join => join.accounts.includes(accountId));
  if (links.length === 0) return [event.sources.length > 1 ? 'Through another source.' : 'The only source.'];
  return links.map(({ accounts, kind, reason }) => {
    const other = accounts.find(each => each !== accountId) ?? accountId;
    return `With ${other}: ${[KINDS[kind], masked(reason)].filter(Boolean).join(' ')}`;
  });
}

/** The source that opened the event: the event's id, and what hangs on it, stay with it. Undefined when it cannot be told. */
export function openerOf(event: WholeEvent): string | undefined {
  const first = event.alerts.filter(entry => entry.receivedAt === event.openedAt);
  const found = event.sources.filter(({ ids }) =>
    first.some(entry => ids.includes(`${entry.source}:${entry.sourceId}`)),
  );
  return found.length === 1 ? found[0]?.accountId : undefined;
}

/** The doubts of an event, one for each event that it may be the same as, with every reason. */
export function doubtsByEvent(doubts: Doubt[]): { eventId: string; reasons: string[] }[] {
  const byEvent = new Map<string, string[]>();
  for (const { eventId, reason } of doubts) byEvent.set(eventId, [...(byEvent.get(eventId) ?? []), reason]);
  return [...byEvent].map(([eventId, reasons]) => ({ eventId, reasons: [...new Set(reasons)] }));
}

const keyOf = ({ kind, ids, at }: MergeDecision): string => `${kind} ${ids.join(' ')} ${at}`;

/** Decisions that an event knows. */
export const knows = (event: Pick<DisasterEvent, 'decisions'>, decisions: MergeDecision[]): boolean => {
  const known = new Set(event.decisions.map(keyOf));
  return decisions.some(each => known.has(keyOf(each)));
};

/** A decision about many pairs at once, as one line. */
export type DecisionLine = Omit<MergeDecision, 'ids'> & { pairs: MergeDecision['ids'][] };

/** The decisions of the desk, newest first: what was said once about many pairs is one line. */
export function decisionLines(decisions: MergeDecision[]): DecisionLine[] {
  const lines = new Map<string, DecisionLine>();
  for (const { ids, ...said } of decisions) {
    const key = JSON.stringify([said.kind, said.by, said.at, said.reason]);
    const line = lines.get(key) ?? { ...said, pairs: [] };
    line.pairs.push(ids);
    lines.set(key, line);
  }
  return [...lines.values()].sort((a, b) => b.at.localeCompare(a.at));
}

const decisionWords = ({ by, kind, reason }: DecisionLine): string =>
  `${by} decided: ${kind === 'apart' ? 'not the same' : 'the same'}. ${masked(reason)}`;

/** What a decision about an event may hang on that is different from what somebody saw, in words. */
export function eventChanges(before: WholeEvent, after: WholeEvent): string[] {
  const seen = new Set(before.alerts.map(entry => `${entry.alertId} ${entry.contentDigest}`));
  const news = after.alerts.filter(entry => !seen.has(`${entry.alertId} ${entry.contentDigest}`));
  const ids = (event: WholeEvent) => event.sources.map(({ accountId }) => accountId);
  const came = ids(after).filter(id => !ids(before).includes(id));
  const left = ids(before).filter(id => !ids(after).includes(id));
  const others = (event: WholeEvent) => doubtsByEvent(event.doubts).map(({ eventId }) => eventId);
  const known = new Set(decisionLines(before.decisions).map(line => JSON.stringify([line.by, line.at])));
  return [
    ...(before.eventId === after.eventId ? [] : [`It is now part of ${after.eventId}.`]),
    ...[...new Set(news.map(entry => entry.source))].map(
      source => `${count(news.filter(entry => entry.source === source).length, 'new message')} of ${source}.`,
    ),
    ...came.map(id => `${id} has joined it.`),
    ...left.map(id => `${id} has left it.`),
    ...(before.level === after.level ? [] : [`Level ${before.level}, now ${after.level}.`]),
    ...(before.state === after.state ? [] : [`It was ${before.state} and is now ${after.state}.`]),
    ...others(after)
      .filter(id => !others(before).includes(id))
      .map(id => `It is perhaps the same as ${id}.`),
    ...others(before)
      .filter(id => !others(after).includes(id) && id !== after.eventId)
      .map(id => `The doubt about ${id} has ended.`),
    ...decisionLines(after.decisions)
      .filter(line => !known.has(JSON.stringify([line.by, line.at])))
      .map(decisionWords),
  ];
}

const UNIT_WORDS = ['km', 'kmh', 'km2', 'hpa', 'm', 'c', 'mm'];

/** The name of a measure as words: "depthKm" in km is "depth", "maximumMmi" in MMI is "maximum MMI". */
export function measureName(name: string, unit: string): string {
  const parts = name.split(/(?=[A-Z])/);
  const last = parts.at(-1)?.toLowerCase() ?? '';
  if (parts.length > 1 && UNIT_WORDS.includes(last)) parts.pop();
  return parts.map(each => (each.toUpperCase() === unit ? unit : each.toLowerCase())).join(' ');
}
