import type { Alert } from '../../../functions/domain/alert.ts';
import type { DisasterEvent } from '../../../functions/domain/event.ts';

/** How well events fit a truth that is known by other means. */
export type Score = {
  /** Pairs of messages of one true event. */
  truePairs: number;
  /** Of these, in one event. */
  found: number;
  /** Pairs of messages that are in one event and should not be. */
  wrong: number;
  /** Of the pairs that are missed, those that a person is asked about. */
  doubted: number;
  precision: number;
  recall: number;
};

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);

/** Scores events against the true event of each message, which `truthOf` names; messages it does not name are left out. */
export const scoreOf = (
  alerts: readonly Alert[],
  events: readonly DisasterEvent[],
  truthOf: (alert: Alert) => string | undefined,
): Score => {
  const eventOf = new Map(
    events.flatMap(event => event.alerts.map(entry => [entry.alertId, event.eventId] as const)),
  );
  const doubts = new Set(
    events.flatMap(event => event.doubts.map(doubt => `${event.eventId}|${doubt.eventId}`)),
  );
  const named = [...new Map(alerts.map(alert => [alert.alertId, alert])).values()].flatMap(alert => {
    const truth = truthOf(alert);
    const eventId = eventOf.get(alert.alertId);
    return truth === undefined || eventId === undefined ? [] : [{ truth, eventId }];
  });
  const count = { truePairs: 0, found: 0, wrong: 0, doubted: 0 };
  named.forEach((one, index) => {
    for (const other of named.slice(index + 1)) {
      const isTrue = one.truth === other.truth;
      const isFound = one.eventId === other.eventId;
      if (isTrue) count.truePairs += 1;
      if (isTrue && isFound) count.found += 1;
      if (!isTrue && isFound) count.wrong += 1;
      if (isTrue && !isFound && doubts.has(`${one.eventId}|${other.eventId}`)) count.doubted += 1;
    }
  });
  return {
    ...count,
    precision: share(count.found, count.found + count.wrong),
    recall: share(count.found, count.truePairs),
  };
};
