import type { Journal } from './journal.ts';
import type { Lease } from './workflow/clock.ts';

/** An invocation that nobody waits for. It stays until the function has done it or has failed at it for the last time. */
export interface Delivery {
  id: string;
  functionName: string;
  payload: unknown;
  /** Tries that have failed. */
  failed: number;
  /** When to try next (epoch ms). */
  dueAt: number;
}

export type DeliveryEntry =
  | { open: Delivery }
  | { done: string }
  /** Given up: on AWS it would lie in the function's dead letter queue. */
  | { dead: Delivery; errorType: string };

/** How long Lambda waits before its first and its second repetition. */
const pausesMs = [60_000, 120_000];

/** Deliveries to functions that survive a crash, with Lambda's own repetitions. */
export interface Deliveries {
  enqueue(id: string, functionName: string, payload: unknown): void;
  /** Arms again what an earlier generation has left open. */
  resume(): void;
  open(): Delivery[];
  dead(): Delivery[];
}

/** What of a journal still matters: what is open, and what was given up. */
export function keepDeliveries(entries: DeliveryEntry[]): DeliveryEntry[] {
  const { open, dead } = standOf(entries);
  return [...dead, ...[...open.values()].map(delivery => ({ open: delivery }))];
}

type Dead = Extract<DeliveryEntry, { dead: Delivery }>;

function standOf(entries: DeliveryEntry[]): { open: Map<string, Delivery>; dead: Dead[] } {
  const open = new Map<string, Delivery>();
  const dead: Dead[] = [];
  for (const entry of entries) {
    if ('open' in entry) open.set(entry.open.id, entry.open);
    else if ('done' in entry) open.delete(entry.done);
    else {
      open.delete(entry.dead.id);
      dead.push(entry);
    }
  }
  return { open, dead };
}

export function createDeliveries(
  journal: Journal<DeliveryEntry>,
  lease: Lease,
  invoke: (functionName: string, payload: unknown) => Promise<unknown>,
  retriesOf: (functionName: string) => number,
): Deliveries {
  function arm(delivery: Delivery): void {
    lease.at(
      Math.max(delivery.dueAt, lease.now()),
      () => attempt(delivery),
      `delivery to ${delivery.functionName}`,
    );
  }

  async function attempt(delivery: Delivery): Promise<void> {
    try {
      await invoke(delivery.functionName, delivery.payload);
      journal.append({ done: delivery.id });
    } catch (error) {
      const failed = delivery.failed + 1;
      if (failed > retriesOf(delivery.functionName)) {
        journal.append({ dead: { ...delivery, failed }, errorType: (error as Error).name });
        return;
      }
      const dueAt = lease.now() + (pausesMs[failed - 1] ?? pausesMs.at(-1)!);
      const next = { ...delivery, failed, dueAt };
      journal.append({ open: next });
      arm(next);
    }
  }

  return {
    enqueue(id, functionName, payload) {
      const delivery = { id, functionName, payload, failed: 0, dueAt: lease.now() };
      journal.append({ open: delivery });
      arm(delivery);
    },
    resume() {
      for (const delivery of standOf(journal.entries).open.values()) arm(delivery);
    },
    open: () => [...standOf(journal.entries).open.values()],
    dead: () => standOf(journal.entries).dead.map(({ dead }) => dead),
  };
}
