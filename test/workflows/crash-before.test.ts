import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEEDS, disturb, type Undisturbed, undisturbed } from '../support/sweep.ts';

let calm: Undisturbed;
beforeAll(async () => {
  calm = await undisturbed();
});
afterAll(() => calm.disk.close());

/**
 * Before a later call of the same invocation the disk is as it was when the call before it had taken effect, which
 * crash-after.test.ts shows. RELIEF_SWEEP=every dies there too.
 */
const isFirst = ({ ordinal }: { ordinal: number }) => ordinal === 1 || process.env.RELIEF_SWEEP === 'every';

describe('a system that dies before a call took effect', () => {
  it.each(DEEDS.map(({ what }, deed) => [what, deed] as const))(
    'between any two invocations after "%s" comes to the same end',
    { timeout: 600_000 },
    async (_what, deed) => {
      for (const { k, functionName, operation } of calm.calls[deed]!.filter(isFirst)) {
        const faults = await disturb(calm, deed, call => (call.k === k ? 'crash-before' : undefined), {
          times: true,
        });
        expect(faults, `call ${k}: ${functionName} ${operation}`).toEqual([]);
      }
    },
  );
});
