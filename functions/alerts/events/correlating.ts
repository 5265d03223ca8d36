import type { Alert } from '../../domain/alert.ts';
import type { Account, DisasterEvent, MergeDecision } from '../../domain/event.ts';
import type { Instant } from '../../domain/primitives.ts';
import type { AlertStore } from '../../store/alerts.ts';
import { accountOf } from './account.ts';
import { isSilent } from './arrangement.ts';
import { type Neighbourhood, neighbourhoodOf } from './correlation.ts';
import { type Correlation, correlate, decide } from './fold.ts';

/** What has to be looked at together, from the tables. */
const aroundIn = async (
  store: AlertStore,
  accounts: readonly Account[],
  known: readonly DisasterEvent[] = [],
): Promise<Neighbourhood> => {
  const steps = neighbourhoodOf(accounts, known);
  let step = steps.next();
  while (!step.done) step = steps.next(await store.candidates(step.value));
  return step.value;
};

/** Folds a message into the stored events as of `at`, and writes what changed. Only under the fence. */
export const correlateStored = async (store: AlertStore, alert: Alert, at: Instant): Promise<Correlation> => {
  const around = await aroundIn(store, [accountOf(alert, at)]);
  const found = correlate(alert, around, at);
  if (!found.event || !found.changed) return found;
  // As soon as the event knows the message, a repeat takes the message for a duplicate: it is kept before.
  if (found.decision !== 'duplicate')
    await store.keepAlert(found.event.eventId, alert, found.decision, found.reason);
  await store.saveChanged(found.changes, [...around.events, ...around.nearby]);
  return found;
};

/** Sorts the accounts of some stored events anew after a person's decisions, and names the events that are left. Only under the fence. */
export const decideStored = async (
  store: AlertStore,
  eventIds: readonly string[],
  decisions: readonly MergeDecision[],
  at: Instant,
): Promise<DisasterEvent[]> => {
  const named = await Promise.all(eventIds.map(eventId => store.read(eventId)));
  const known = named.filter(event => event !== undefined && !event.mergedInto) as DisasterEvent[];
  const around = await aroundIn(store, [], known);
  const { changes, after } = decide(decisions, around, at);
  await store.saveChanged(changes, [...around.events, ...around.nearby]);
  return after.filter(event => !event.mergedInto && !isSilent(event));
};
