import type { Alert } from '../../domain/alert.ts';
import type { Account, Replacement, Voice } from '../../domain/event.ts';
import { placeIn } from '../documents/place.ts';
import { coarser } from '../geography/geometry.ts';
import { contentDigestOf, eventIdOf, isChainId, isIncidentNumber, isLooseId, keyOf } from './identity.ts';

/**
 * What an event holds of a message stays far below the 400 KB of an item, however large the message: 44 areas of one
 * warning were seen, and 200 points are enough to draw and to compare one.
 */
const kept = { points: 200, areas: 40, codes: 10, titles: 8, remarks: 10 };

const union = <T>(known: readonly T[], added: readonly T[], idOf: (item: T) => string): T[] =>
  [...new Map([...known, ...added].map(item => [idOf(item), item])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);

const words = (known: readonly string[], added: readonly string[]) => union(known, added, word => word);

/** A message that ends something and tells of nothing new: alone it is no event. */
const isCancel = (alert: Alert) => alert.messageType === 'Cancel';

/** A message that withdraws its own event (USGS status "deleted"), unlike a CAP Cancel, which names others. */
const withdrawsItself = (alert: Alert) => isCancel(alert) && alert.references.includes(keyOf(alert));

/** Whether the message only ends what others said, and has nothing to say itself. */
export const isBareCancel = (alert: Alert) => isCancel(alert) && !withdrawsItself(alert);

const voiceOf = (alert: Alert, receivedAt: string): Voice => {
  const { references: _references, format: _format, ...said } = alert;
  return {
    ...said,
    titles: Object.fromEntries(Object.entries(alert.titles).slice(0, kept.titles)),
    footprint: alert.footprint && coarser(alert.footprint, kept.points),
    areas: alert.areas
      .slice(0, kept.areas)
      .map(area =>
        area.codes.length > kept.codes ? { ...area, codes: area.codes.slice(0, kept.codes) } : area,
      ),
    ownIds: [],
    remarks: alert.remarks.slice(0, kept.remarks),
    receivedAt,
    contentDigest: contentDigestOf(alert),
    cancelled: withdrawsItself(alert),
    judged: judgementOf(alert),
  };
};

/** A sender speaks for its own messages only, so of all references just those under its own name have an effect. */
const replacementsBy = (alert: Alert): Replacement[] => {
  if (alert.messageType === 'Alert' || withdrawsItself(alert)) return [];
  const { alertId: by, messageType: kind, sentAt } = alert;
  const named = alert.references.filter(key => key.startsWith(`${alert.source}:`) && key !== keyOf(alert));
  // An Update speaks for its whole incident, also for bulletins that its references spell otherwise.
  const incidents = kind === 'Update' ? alert.strongIds.filter(isIncidentNumber) : [];
  return [...named, ...incidents].map(key => ({ key, by, kind, sentAt }));
};

const isLater = (a: Voice, b: Voice): boolean => {
  for (const field of ['revision', 'sentAt', 'receivedAt', 'contentDigest'] as const)
    if (a[field] !== b[field]) return a[field] > b[field];
  return true;
};

/** A format without any measure of need takes nothing back that the source said in another: QuakeML has no PAGER. */
const saysNoLevel = (alert: Alert) => alert.levelRule === 'no-impact-scale';

const judgementOf = (alert: Alert): Voice['judged'] => {
  const { level, levelRule, sourceLevel, revision, alertId, rawDigest, rawPlace, places } = alert;
  if (saysNoLevel(alert)) return null;
  return {
    level,
    levelRule,
    sourceLevel,
    revision,
    alertId,
    rawDigest,
    place: placeIn(rawPlace, places.level),
  };
};

/** The later of two voices, with the level of the later one that gave any. */
const later = (a: Voice, b: Voice): Voice => {
  const [newer, older] = isLater(a, b) ? [a, b] : [b, a];
  const judged = [newer.judged, older.judged].reduce((latest, next) =>
    latest === null || (next !== null && next.revision > latest.revision) ? next : latest,
  );
  if (judged === null || judged === newer.judged) return newer;
  const { level, levelRule, sourceLevel } = judged;
  return { ...newer, level, levelRule, sourceLevel, judged };
};

/** One bulletin under a VTEC number comes in up to 44 parts, one for each group of zones; the next one repeats them all. */
const dropEarlierParts = (voices: Map<string, Voice>): void => {
  const sent = new Map<string, string>();
  for (const { sourceId, sentAt } of voices.values())
    if (sentAt > (sent.get(sourceId) ?? '')) sent.set(sourceId, sentAt);
  for (const [key, { sourceId, sentAt }] of voices) if (sentAt !== sent.get(sourceId)) voices.delete(key);
};

/**
 * The voices that still speak. Most sources revise one statement, and the newest revision is it; CAP sends statements that
 * stand beside each other until an Update replaces or a Cancel ends them.
 */
const speaking = (
  ownIds: readonly string[],
  voices: readonly Voice[],
  replacements: readonly Replacement[],
): Voice[] => {
  const isChain = ownIds.some(isChainId);
  const hasParts = ownIds.some(id => id.startsWith('vtec:'));
  const newest = new Map<string, Voice>();
  for (const voice of voices) {
    const key = hasParts ? voice.alertId : isChain ? voice.sourceId : '';
    const known = newest.get(key);
    newest.set(key, known ? later(known, voice) : voice);
  }
  if (hasParts) dropEarlierParts(newest);
  if (replacements.length === 0) return [...newest.values()].sort(byAlertId);
  const replaced = new Set(replacements.filter(r => r.kind === 'Update').map(r => r.key));
  const cancelled = new Set(replacements.filter(r => r.kind === 'Cancel').map(r => r.key));
  const incidents = replacements.filter(r => r.key.startsWith('incident:'));
  const isOutdated = (voice: Voice) =>
    incidents.some(({ key, sentAt }) => voice.sentAt < sentAt && voice.strongIds.includes(key));
  return [...newest.values()]
    .filter(voice => !replaced.has(keyOf(voice)) && !isOutdated(voice))
    .map(voice => (cancelled.has(keyOf(voice)) && !voice.cancelled ? { ...voice, cancelled: true } : voice))
    .sort(byAlertId);
};

const byAlertId = (a: Voice, b: Voice) => (a.alertId < b.alertId ? -1 : 1);

type Opening = Account['opened'];

/** The earliest message that says something speaks first; a cancel that came before what it cancels names no event. */
const earlier = (a: Opening, b: Opening): Opening => {
  if (a.isCancel !== b.isCancel) return a.isCancel ? b : a;
  if (a.sentAt !== b.sentAt) return a.sentAt < b.sentAt ? a : b;
  return a.alertId <= b.alertId ? a : b;
};

const accountIdIn = (opened: Opening, one: Account, other: Account): string =>
  opened.alertId === one.opened.alertId ? one.accountId : other.accountId;

/** The account that a message makes alone. */
export const accountOf = (alert: Alert, receivedAt: string): Account => {
  const replacements = replacementsBy(alert);
  const eventId = eventIdOf(alert);
  return {
    accountId: keyOf(alert),
    source: alert.source,
    exercise: alert.status !== 'Actual',
    ownIds: words([], alert.ownIds),
    strongIds: words([], alert.strongIds),
    voices: isBareCancel(alert) ? [] : speaking(alert.ownIds, [voiceOf(alert, receivedAt)], replacements),
    replacements: union([], replacements, replacementId),
    opened: { isCancel: isCancel(alert), sentAt: alert.sentAt, alertId: alert.alertId, eventId },
    beganAt: alert.occurredAt,
    homes: [],
  };
};

const replacementId = (r: Replacement) => `${r.key}|${r.kind}|${r.by}`;

/** Both accounts as one: commutative, associative, and without effect when repeated. */
export const mergeAccounts = (a: Account, b: Account): Account => {
  const opened = earlier(a.opened, b.opened);
  const ownIds = words(a.ownIds, b.ownIds);
  const replacements = union(a.replacements, b.replacements, replacementId);
  return {
    accountId: accountIdIn(opened, a, b),
    source: a.source,
    exercise: a.exercise,
    ownIds,
    strongIds: words(a.strongIds, b.strongIds),
    voices: speaking(ownIds, [...a.voices, ...b.voices], replacements),
    replacements,
    opened,
    beganAt: a.beganAt < b.beganAt ? a.beganAt : b.beganAt,
    homes: words(a.homes, b.homes),
  };
};

/** Whether both are about the same event in the books of one source (USGS renames events and lists the old ids). */
export const isSameAccount = (a: Account, b: Account): boolean =>
  a.source === b.source &&
  a.exercise === b.exercise &&
  a.ownIds.some(id => !isLooseId(id) && b.ownIds.includes(id));

/** Accounts in which those of one source that share an own id are one, in the order of their ids. */
export const unified = (accounts: readonly Account[]): Account[] => {
  const result: Account[] = [];
  for (const account of accounts) {
    let merged = account;
    for (let index = result.findIndex(other => isSameAccount(other, merged)); index >= 0; ) {
      merged = mergeAccounts(result.splice(index, 1)[0]!, merged);
      index = result.findIndex(other => isSameAccount(other, merged));
    }
    result.push(merged);
  }
  return result.sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
};
