import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEEDS, disturb, type Undisturbed, undisturbed } from '../support/sweep.ts';

let calm: Undisturbed;
beforeAll(async () => {
  calm = await undisturbed();
});
afterAll(() => calm.disk.close());

describe('a system that dies after a call took effect, before it heard so', () => {
  it('undisturbed, breaks nothing', async () => {
    expect(await calm.violations([])).toEqual([]);
    expect(calm.stands.at(-1)?.outbox.sms.length).toBeGreaterThan(20);
  });

  it.each(DEEDS.map(({ what }, deed) => [what, deed] as const))(
    'at any call after "%s" comes to the same end',
    { timeout: 600_000 },
    async (_what, deed) => {
      for (const { k, functionName, operation } of calm.calls[deed]!) {
        const faults = await disturb(calm, deed, call => (call.k === k ? 'crash-after' : undefined), {
          times: true,
        });
        expect(faults, `call ${k}: ${functionName} ${operation}`).toEqual([]);
      }
    },
  );
});
