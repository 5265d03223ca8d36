import type { System } from '../surface.ts';
import type { Clock, Lease } from '../workflow/clock.ts';

/** What somebody outside does to the system; true when the system has heard it and it need not be said again. */
type Deed = (system: System) => Promise<void>;

/**
 * The world outside the system: people, employers, the desk. It lives on the same clock and outlives a crash: what the
 * system has not acknowledged is said again to the next one, as a phone network and an impatient finger do.
 */
export interface World {
  /** Somebody does this at that moment (epoch ms). */
  at(dueMs: number, deed: Deed, what: string): void;
  now(): number;
  /** The system that hears from now on. */
  attach(system: System): void;
}

/** A world on the clock, without a system yet. */
export function createWorld(clock: Clock): World {
  const lease: Lease = clock.lease('world');
  let system: System | undefined;
  const unheard = new Set<Deed>();

  const say = async (deed: Deed): Promise<void> => {
    if (!system) return;
    const hears = system;
    unheard.add(deed);
    // A system that dies never answers: the deed stays unheard, and the clock must not wait for it.
    await Promise.race([deed(hears).then(() => unheard.delete(deed)), hears.crashed]);
  };

  return {
    now: () => lease.now(),
    at: (dueMs, deed, what) => {
      lease.at(dueMs, () => say(deed), what);
    },
    attach(next) {
      system = next;
      for (const deed of [...unheard]) lease.at(lease.now(), () => say(deed), 'said again');
    },
  };
}
