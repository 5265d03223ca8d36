import type { Blueprint } from './blueprint.ts';
import type { Lease } from './workflow/clock.ts';

const unitMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** A schedule that the local system cannot keep. */
class ScheduleRefused extends Error {
  override name = 'ScheduleRefused';
}

/** The interval of "rate(5 minutes)" in milliseconds. Throws {@link ScheduleRefused} for every other expression. */
export function intervalMs(expression: string): number {
  const [, count, unit] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!count || !unit) throw new ScheduleRefused(`the schedule '${expression}' is not a rate`);
  return Number(count) * unitMs[unit]!;
}

/** Calls each schedule's function at once, and then at its rate, for as long as the lease lasts. */
export function startSchedules(
  schedules: Blueprint['schedules'],
  lease: Lease,
  call: (schedule: Blueprint['schedules'][number]) => void,
): void {
  for (const schedule of schedules) {
    const everyMs = intervalMs(schedule.expression);
    const turn = (dueMs: number) =>
      lease.at(
        dueMs,
        () => {
          // A laptop that slept does not catch up: the next poll brings what the missed ones would have brought.
          turn(Math.max(dueMs + everyMs, lease.now() + 1));
          call(schedule);
        },
        `schedule ${schedule.name}`,
      );
    turn(lease.now());
  }
}
