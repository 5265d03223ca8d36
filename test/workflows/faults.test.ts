import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEEDS, disturb, type Undisturbed, undisturbed } from '../support/sweep.ts';

let calm: Undisturbed;
beforeAll(async () => {
  calm = await undisturbed();
});
afterAll(() => calm.disk.close());

describe('a service that is throttled or fails for a moment, and an SDK that does not try again', () => {
  it.each(DEEDS.map(({ what }, deed) => [what, deed] as const))(
    'at any call after "%s" changes nothing in the end',
    { timeout: 600_000 },
    async (_what, deed) => {
      for (const { k, functionName, operation } of calm.calls[deed]!) {
        const fault = k % 2 === 0 ? 'throttle' : 'error-500';
        // The same step is tried again some seconds later.
        const faults = await disturb(calm, deed, call => (call.k === k ? fault : undefined), {
          times: false,
        });
        expect(faults, `${fault} at call ${k}: ${functionName} ${operation}`).toEqual([]);
      }
    },
  );
});
