import type { DisasterEvent } from '../domain/event.ts';
import type { CandidateSearch } from './correlation.ts';
import { familyOf } from './families.ts';

/** Events in memory, found as the stored ones are: by id, and by family and time. */
export const createEventIndex = () => {
  const events = new Map<string, DisasterEvent>();
  const byId = new Map<string, Set<string>>();
  /** By family and day of beginning, then by the source that alone speaks of them, "" for several. */
  const byDay = new Map<string, Map<string, Set<string>>>();
  const dayOf = (event: DisasterEvent) => `${familyOf(event.hazard)}/${event.occurredAt.slice(0, 10)}`;
  const soleSourceOf = (event: DisasterEvent) => {
    const [first, ...others] = event.accounts;
    return first && others.every(account => account.source === first.source) ? first.source : '';
  };
  const inDay = (event: DisasterEvent): Set<string> => {
    const bySource = byDay.get(dayOf(event)) ?? new Map<string, Set<string>>();
    byDay.set(dayOf(event), bySource);
    const source = soleSourceOf(event);
    const ids = bySource.get(source) ?? new Set<string>();
    bySource.set(source, ids);
    return ids;
  };
  const daysBetween = (fromAt: string, toAt: string): string[] => {
    const days: string[] = [];
    for (let at = Date.parse(`${fromAt.slice(0, 10)}T00:00:00Z`); at <= Date.parse(toAt); at += 86_400_000)
      days.push(new Date(at).toISOString().slice(0, 10));
    return days;
  };
  return {
    save: (event: DisasterEvent): void => {
      const before = events.get(event.eventId);
      if (before) inDay(before).delete(event.eventId);
      events.set(event.eventId, event);
      for (const id of event.strongIds) byId.set(id, (byId.get(id) ?? new Set()).add(event.eventId));
      inDay(event).add(event.eventId);
    },
    find: ({ strongIds, windows }: CandidateSearch): DisasterEvent[] => {
      const ids = new Set<string>(strongIds.flatMap(id => [...(byId.get(id) ?? [])]));
      for (const { family, fromAt, toAt, besides } of windows)
        for (const day of daysBetween(fromAt, toAt))
          for (const [source, found] of byDay.get(`${family}/${day}`) ?? [])
            if (source === '' || source !== besides)
              for (const id of found) {
                const { occurredAt } = events.get(id)!;
                if (occurredAt >= fromAt && occurredAt <= toAt) ids.add(id);
              }
      return [...ids].map(id => events.get(id)!);
    },
    all: (): DisasterEvent[] => [...events.values()],
  };
};

export type EventIndex = ReturnType<typeof createEventIndex>;
