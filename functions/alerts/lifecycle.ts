import type { Alert } from '../domain/alert.ts';
import type { DisasterEvent, EventAlert, Replacement, Voice } from '../domain/event.ts';
import type { Hazard, Level } from '../domain/primitives.ts';
import { eventIdOf, isSameSourceEvent, keyOf } from './identity.ts';
import { latestOf } from './times.ts';

/** What one message did to its event. */
export type Effect = {
  outcome: 'opened' | 'joined' | 'revised' | 'cancelled' | 'stale' | 'duplicate' | 'held';
  event: DisasterEvent;
  /** Set when the outcome needs more words than the rule that joined the message. */
  note?: string;
};

/** Enough for the history of any event seen (a drought has 43 episodes) at some 300 bytes each. */
const longestHistory = 200;

const ranks: Record<Level, number> = { Unknown: 0, Green: 1, Orange: 2, Red: 3 };

/** Whose position, time and numbers count: the network that locates quakes, then the desk that combines sources. */
const authority = (voice: Voice): number => {
  if (voice.hazard === 'EQ' && voice.source === 'USGS') return 2;
  return voice.source === 'GDACS' ? 1 : 0;
};

const newestFirst = (a: Voice, b: Voice) =>
  a.sentAt === b.sentAt ? (a.alertId < b.alertId ? -1 : 1) : a.sentAt > b.sentAt ? -1 : 1;

const isActive = (voice: Voice, now: string): boolean =>
  !voice.cancelled &&
  (voice.endedAt === null || voice.endedAt > now) &&
  (voice.expiresAt === null || voice.expiresAt > now);

/** Hazards of a moment have the origin time of the best source; those that last begin with the first report. */
const isMomentary = (hazard: Hazard) => hazard === 'EQ' || hazard === 'TS';

const measuresOf = (voices: readonly Voice[]) => {
  const byName = new Map(
    voices
      .flatMap(voice => voice.measures)
      .reverse()
      .map(measure => [measure.name, measure]),
  );
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
};

/**
 * What the event says as of `now`, from its voices: the gravest level of those still active, or the last words when none
 * is. A lower level keeps the event open; only a cancel, an end or an expiry of every voice closes it.
 */
export const settle = (event: DisasterEvent, now: string): DisasterEvent => {
  const voices = event.voices ?? [];
  if (event.mergedInto || voices.length === 0) return event;
  const active = voices.filter(voice => isActive(voice, now));
  const basis = active.length > 0 ? active : voices;
  const facts = [...basis].sort((a, b) => authority(b) - authority(a) || newestFirst(a, b));
  const lead = [...basis].sort(
    (a, b) => ranks[b.level] - ranks[a.level] || authority(b) - authority(a) || newestFirst(a, b),
  )[0]!;
  const starts = [event.occurredAt, ...facts.map(voice => voice.occurredAt)].sort();
  return {
    ...event,
    hazard: lead.hazard,
    level: lead.level,
    levelRule: lead.levelRule,
    title: lead.title,
    state: active.length > 0 ? 'open' : 'closed',
    occurredAt: isMomentary(lead.hazard) ? facts[0]!.occurredAt : starts[0]!,
    endedAt:
      active.length > 0
        ? null
        : (latestOf(
            voices.map(voice => (voice.cancelled ? voice.sentAt : (voice.endedAt ?? voice.expiresAt))),
          ) ?? null),
    countries: [...new Set(facts.flatMap(voice => voice.countries))],
    position: facts.find(voice => voice.position !== null)?.position ?? null,
    measures: measuresOf(facts),
  };
};

const entryOf = (alert: Alert, reason: string): EventAlert => ({
  alertId: alert.alertId,
  source: alert.source,
  sourceId: alert.sourceId,
  revision: alert.revision,
  status: alert.status,
  level: alert.level,
  sentAt: alert.sentAt,
  reason,
  ...(alert.contentDigest === undefined ? {} : { contentDigest: alert.contentDigest }),
});

const voiceOf = (alert: Alert, cancelled: boolean): Voice => {
  const { references: _references, rawDigest: _digest, rawPlace: _place, format: _format, ...said } = alert;
  return { ...said, cancelled };
};

const inOrder = (alerts: readonly EventAlert[]): EventAlert[] =>
  [...alerts]
    .sort((a, b) => (a.sentAt === b.sentAt ? (a.alertId < b.alertId ? -1 : 1) : a.sentAt < b.sentAt ? -1 : 1))
    .slice(-longestHistory);

const emptyEvent = (alert: Alert, now: string): DisasterEvent => ({
  eventId: eventIdOf(alert),
  hazard: alert.hazard,
  level: alert.level,
  levelRule: alert.levelRule,
  title: alert.title,
  state: 'closed',
  exercise: alert.status !== 'Actual',
  occurredAt: alert.occurredAt,
  endedAt: null,
  countries: alert.countries,
  position: alert.position,
  measures: alert.measures,
  strongIds: [],
  alerts: [],
  parentEventId: null,
  updatedAt: now,
  voices: [],
  replacements: [],
});

/** A message that withdraws itself (USGS status "deleted"), unlike a CAP Cancel, which names others. */
const cancelsItself = (alert: Alert) =>
  alert.messageType === 'Cancel' && alert.references.includes(keyOf(alert));

/** A sender speaks for its own messages only, so of all references just those under its own name have an effect. */
const replacementsBy = (alert: Alert): Replacement[] => {
  if (alert.messageType === 'Alert' || cancelsItself(alert)) return [];
  const kind = alert.messageType;
  return alert.references
    .filter(key => key.startsWith(`${alert.source}:`) && key !== keyOf(alert))
    .map(key => ({ key, by: alert.alertId, kind }));
};

const union = <T>(known: readonly T[], added: readonly T[], idOf: (item: T) => string): T[] =>
  [...new Map([...known, ...added].map(item => [idOf(item), item])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);

const sharesIncident = (a: Pick<Voice, 'strongIds'>, b: Pick<Voice, 'strongIds'>) =>
  a.strongIds.some(id => id.startsWith('incident:') && b.strongIds.includes(id));

/** An Update speaks for its whole incident, also for bulletins that its references spell otherwise. */
const outdatedBy = (later: Voice, earlier: Voice): boolean =>
  later.messageType === 'Update' &&
  later.source === earlier.source &&
  later.sentAt > earlier.sentAt &&
  sharesIncident(later, earlier);

/** Voices that still speak: the newest of each source event, none that an Update replaced, cancelled ones marked. */
const prunedVoices = (voices: readonly Voice[], replacements: readonly Replacement[]): Voice[] => {
  const updated = new Set(replacements.filter(r => r.kind === 'Update').map(r => r.key));
  const cancelled = new Set(replacements.filter(r => r.kind === 'Cancel').map(r => r.key));
  return voices
    .filter(voice => !updated.has(keyOf(voice)) && !voices.some(other => outdatedBy(other, voice)))
    .map(voice => (cancelled.has(keyOf(voice)) ? { ...voice, cancelled: true } : voice))
    .sort((a, b) => (a.alertId < b.alertId ? -1 : 1));
};

const knows = (event: DisasterEvent, keys: readonly string[], bySource: (source: string) => boolean) =>
  event.alerts.some(known => bySource(known.source) && keys.includes(keyOf(known)));

/**
 * Applies a message to its event, or opens one. The newest revision of a source event speaks; an older one that comes late
 * is only recorded. A Cancel that comes before its message is kept and takes effect when that message arrives.
 */
export const applyMessage = (
  known: DisasterEvent | undefined,
  alert: Alert,
  reason: string,
  now: string,
): Effect => {
  const event = known ?? emptyEvent(alert, now);
  const seen = event.alerts.find(entry => entry.alertId === alert.alertId);
  if (seen && (seen.contentDigest === undefined || seen.contentDigest === alert.contentDigest))
    return { outcome: 'duplicate', event };

  const isCancel = alert.messageType === 'Cancel' && !cancelsItself(alert);
  const foreign =
    isCancel &&
    knows(event, alert.references, source => source !== alert.source) &&
    !knows(event, alert.references, source => source === alert.source);
  if (foreign)
    return { outcome: 'held', event, note: `${alert.source} may not cancel the message of another sender` };

  const replacements = union(
    event.replacements ?? [],
    replacementsBy(alert),
    r => `${r.key}|${r.kind}|${r.by}`,
  );
  const voices = event.voices ?? [];
  const rivals = voices.filter(voice => isSameSourceEvent(voice, alert));
  const late = rivals.some(voice => voice.revision > alert.revision);
  const spoken =
    isCancel || late
      ? voices
      : [...voices.filter(v => !rivals.includes(v)), voiceOf(alert, cancelsItself(alert))];
  const pruned = prunedVoices(spoken, replacements);

  const next = settle(
    {
      ...event,
      alerts: inOrder([...event.alerts.filter(entry => entry !== seen), entryOf(alert, reason)]),
      strongIds: [...new Set([...event.strongIds, ...alert.strongIds])].sort(),
      replacements,
      voices: pruned,
      updatedAt: now,
    },
    now,
  );
  return { event: next, ...outcomeOf(known, next, alert, { isCancel, rivals: rivals.length }) };
};

const outcomeOf = (
  known: DisasterEvent | undefined,
  next: DisasterEvent,
  alert: Alert,
  { isCancel, rivals }: { isCancel: boolean; rivals: number },
): Pick<Effect, 'outcome' | 'note'> => {
  if (isCancel) {
    const took = next.voices?.some(
      voice => voice.cancelled && alert.references.includes(keyOf(voice)) && voice.source === alert.source,
    );
    if (took) return { outcome: 'cancelled' };
    return { outcome: 'held', note: 'a cancel of messages that are not known here; it waits for them' };
  }
  const voice = next.voices?.find(spoken => spoken.alertId === alert.alertId);
  if (!voice) return { outcome: 'stale', note: 'a newer message of the same source already speaks' };
  if (voice.cancelled) return { outcome: 'cancelled' };
  if (!known) return { outcome: 'opened' };
  const replaced = rivals > 0 || alert.messageType === 'Update';
  return { outcome: replaced ? 'revised' : 'joined' };
};

/** Moves everything of `other` into `event`: a message showed that both are one. */
export const mergeEvents = (event: DisasterEvent, other: DisasterEvent, now: string): DisasterEvent => {
  const replacements = union(
    event.replacements ?? [],
    other.replacements ?? [],
    r => `${r.key}|${r.kind}|${r.by}`,
  );
  const voices = [...(event.voices ?? []), ...(other.voices ?? [])].sort((a, b) =>
    a.revision === b.revision ? newestFirst(a, b) : a.revision > b.revision ? -1 : 1,
  );
  const newest = voices.filter(
    (voice, index) => !voices.slice(0, index).some(newer => isSameSourceEvent(newer, voice)),
  );
  return settle(
    {
      ...event,
      occurredAt: [event.occurredAt, other.occurredAt].sort()[0]!,
      alerts: inOrder(union(event.alerts, other.alerts, entry => entry.alertId)),
      strongIds: [...new Set([...event.strongIds, ...other.strongIds])].sort(),
      parentEventId: event.parentEventId ?? other.parentEventId,
      replacements,
      voices: prunedVoices(newest, replacements),
      updatedAt: now,
    },
    now,
  );
};

/** What is left of an event whose messages moved to another: closed, silent, and pointing there. */
export const mergedAway = (event: DisasterEvent, into: string, now: string): DisasterEvent => ({
  ...event,
  state: 'closed',
  mergedInto: into,
  strongIds: [],
  voices: [],
  replacements: [],
  updatedAt: now,
});
