import { describe, expect, it } from 'vitest';
import { intervalMs, startSchedules } from '../../infra/local/schedules.ts';
import { createVirtualClock } from '../../infra/local/workflow/clock.ts';

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
  ])('reads %s', (expression, expected) => {
    expect(intervalMs(expression)).toBe(expected);
  });

  it.each(['cron(0 12 * * ? *)', 'rate(0 minutes)', 'rate(5 weeks)', 'at(2026-01-01T00:00:00)'])(
    'refuses %s by name',
    expression => {
      expect(() => intervalMs(expression)).toThrow(`the schedule '${expression}' is not a rate`);
    },
  );

  it('calls at once and at its rate, until its lease ends', async () => {
    const clock = createVirtualClock(0);
    const lease = clock.lease();
    const at: number[] = [];
    const schedule = { name: 'poll', expression: 'rate(10 minutes)', functionName: 'poll', input: {} };
    startSchedules([schedule], lease, () => at.push(clock.now()));
    await clock.advanceTo(25 * 60_000);
    expect(at).toEqual([0, 600_000, 1_200_000]);
    lease.dispose();
    await clock.settled();
    expect(at).toHaveLength(3);
  });
});
