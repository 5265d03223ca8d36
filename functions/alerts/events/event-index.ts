import type { DisasterEvent } from '../../domain/event.ts';
import type { CandidateSearch } from './correlation.ts';
import { type Family, familyOf } from './families.ts';

const within = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
};

/** Events in memory, found as the stored ones are: by id, and by family and time. */
export const createEventIndex = () => {
  const events = new Map<string, DisasterEvent>();
  const byId = new Map<string, Set<string>>();
  /** By family and day of beginning, then by the source that alone speaks of them, "" for several. */
  const byDay = new Map<Family, Map<number, Map<string, Set<string>>>>();
  const dayOf = (instant: string) => Math.floor(Date.parse(instant) / 86_400_000);
  const soleSourceOf = (event: DisasterEvent) => {
    const [first, ...others] = event.accounts;
    return first && others.every(account => account.source === first.source) ? first.source : '';
  };
  const inDay = (event: DisasterEvent): Set<string> => {
    const days = within(byDay, familyOf(event.hazard), () => new Map());
    const sources = within(days, dayOf(event.occurredAt), () => new Map());
    return within(sources, soleSourceOf(event), () => new Set());
  };
  return {
    save: (event: DisasterEvent): void => {
      const before = events.get(event.eventId);
      if (before) inDay(before).delete(event.eventId);
      events.set(event.eventId, event);
      for (const id of event.strongIds) within(byId, id, () => new Set()).add(event.eventId);
      inDay(event).add(event.eventId);
    },
    find: ({ strongIds, windows }: CandidateSearch): DisasterEvent[] => {
      const ids = new Set<string>(strongIds.flatMap(id => [...(byId.get(id) ?? [])]));
      for (const { family, fromAt, toAt, besides } of windows) {
        const days = byDay.get(family);
        if (!days) continue;
        for (let day = dayOf(fromAt); day <= dayOf(toAt); day += 1)
          for (const [source, found] of days.get(day) ?? [])
            if (source === '' || source !== besides)
              for (const id of found) {
                const { occurredAt } = events.get(id)!;
                if (occurredAt >= fromAt && occurredAt <= toAt) ids.add(id);
              }
      }
      return [...ids].map(id => events.get(id)!);
    },
    all: (): DisasterEvent[] => [...events.values()],
  };
};

export type EventIndex = ReturnType<typeof createEventIndex>;
