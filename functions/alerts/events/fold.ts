import type { Alert } from '../../domain/alert.ts';
import type { Account, DisasterEvent, EventAlert, MergeDecision } from '../../domain/event.ts';
import { shifted } from '../documents/times.ts';
import { accountOf, isBareCancel, isSameAccount, unified } from './account.ts';
import { isKnown, isSilent, rearrange } from './arrangement.ts';
import { accountsIn, type Neighbourhood } from './correlation.ts';
import { contentDigestOf, keyOf } from './identity.ts';

/** What became of a message. */
export type Correlation = {
  decision: 'opened' | 'joined' | 'revised' | 'cancelled' | 'stale' | 'duplicate' | 'held';
  /** The event that holds the message; null for a message from ahead of the clock. */
  event: DisasterEvent | null;
  changed: boolean;
  /** The rule in words. */
  reason: string;
  /** All events that were looked at, as they stand now. */
  after: DisasterEvent[];
  /** The events to write, this one and others that gained or lost accounts or found their quake, in the order of writing. */
  changes: DisasterEvent[];
};

/** Clocks differ by minutes; a message from further ahead waits until its time has come. */
const clockToleranceSeconds = 600;

const entryOf = (alert: Alert, receivedAt: string): EventAlert => ({
  alertId: alert.alertId,
  source: alert.source,
  sourceId: alert.sourceId,
  revision: alert.revision,
  status: alert.status,
  messageType: alert.messageType,
  level: alert.level,
  sentAt: alert.sentAt,
  receivedAt,
  contentDigest: contentDigestOf(alert),
  rawDigest: alert.rawDigest,
  rawPlace: alert.rawPlace,
  channelId: alert.channelId,
});

const whyOf = (event: DisasterEvent, account: Account): string => {
  const reasons = event.joins
    .filter(join => join.accounts.includes(account.accountId))
    .map(join => join.reason);
  if (reasons.length > 0) return reasons.join('; ');
  return event.accounts.length > 1
    ? 'joined through another account'
    : `an account of ${account.source} alone`;
};

/**
 * Folds one message into the events around it (`neighbourhoodOf` finds them): joins, revises, cancels, opens, or leaves all
 * as it is. Pure; repeating it with the result changes nothing, and the order of messages makes no difference in the end.
 */
export const correlate = (
  alert: Alert,
  around: Neighbourhood,
  now: string,
  receivedAt: string = now,
): Correlation => {
  if (alert.sentAt > shifted(now, clockToleranceSeconds)) {
    const reason = `sent at ${alert.sentAt}, more than ${clockToleranceSeconds / 60} min ahead of the clock`;
    return { decision: 'held', event: null, changed: false, reason, after: [], changes: [] };
  }
  const before = accountsIn(around.events);
  const said = accountOf(alert, receivedAt);
  const known = before.filter(account => isSameAccount(account, said));
  const entry = entryOf(alert, receivedAt);
  const isRepeat = around.events.some(event =>
    event.alerts.some(
      each =>
        each.alertId === entry.alertId &&
        each.contentDigest === entry.contentDigest &&
        each.status === entry.status,
    ),
  );
  const accounts = isRepeat ? before : unified([...before, said]);
  const { after, changes } = rearrange(
    accounts,
    around,
    { entries: isRepeat ? [] : [entry], decisions: [], alert },
    now,
  );
  const account = accounts.find(each => isSameAccount(each, said))!;
  const event = after.find(each => each.accounts.some(other => other.accountId === account.accountId))!;
  const outcome = isRepeat
    ? { decision: 'duplicate' as const }
    : outcomeOf(alert, account, {
        isNew: known.length === 0,
        opened: !isKnown(event.eventId, around.events),
      });
  return {
    decision: outcome.decision,
    event,
    changed: changes.length > 0,
    reason: 'note' in outcome ? `${whyOf(event, account)}; ${outcome.note}` : whyOf(event, account),
    after: after.filter(each => !each.mergedInto && !isSilent(each)),
    changes,
  };
};

const outcomeOf = (
  alert: Alert,
  account: Account,
  { isNew, opened }: { isNew: boolean; opened: boolean },
): { decision: Correlation['decision']; note?: string } => {
  if (isBareCancel(alert)) {
    const took = account.voices.some(voice => voice.cancelled && alert.references.includes(keyOf(voice)));
    if (took) return { decision: 'cancelled' };
    return {
      decision: 'held',
      note: 'a cancel of messages of its sender that are not known here; it waits for them',
    };
  }
  const voice = account.voices.find(spoken => spoken.alertId === alert.alertId);
  if (!voice) return { decision: 'stale', note: 'a newer message of the same source already speaks' };
  if (voice.cancelled) return { decision: 'cancelled' };
  if (opened) return { decision: 'opened' };
  return { decision: isNew ? 'joined' : 'revised' };
};

/** Applies what a person decided about accounts: they and all that hangs on them are sorted anew. */
export const decide = (
  decisions: readonly MergeDecision[],
  around: Neighbourhood,
  now: string,
): { after: DisasterEvent[]; changes: DisasterEvent[] } => {
  const extra = { entries: [], decisions: [...decisions] };
  return rearrange(accountsIn(around.events), around, extra, now);
};
