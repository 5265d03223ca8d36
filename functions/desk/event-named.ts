import type { DisasterEvent } from '../domain/event.ts';
import { Problem } from '../runtime/errors.ts';
import type { AlertStore } from '../store/alerts.ts';

/** Merges are followed this far: two were never seen in a row, and a circle must not hang a request. */
const LONGEST_CHAIN = 8;

/** The event of that id, or the one that took it over. 404 when there is none. */
export async function eventNamed(store: AlertStore, eventId: string): Promise<DisasterEvent> {
  let event = await store.read(eventId);
  for (let step = 0; event?.mergedInto && step < LONGEST_CHAIN; step += 1)
    event = await store.read(event.mergedInto);
  if (!event || event.mergedInto)
    throw new Problem(404, 'No such event', `There is no event ${eventId.slice(0, 80)}.`);
  return event;
}
