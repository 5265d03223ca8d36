import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExpertStore } from '../../functions/store/experts.ts';
import { readBlueprint } from '../../infra/local/blueprint.ts';
import { boot, type System } from '../../infra/local/system.ts';
import { createVirtualClock } from '../../infra/local/workflow/clock.ts';
import { anExpert } from '../support/people.ts';

const START = Date.parse('2026-03-02T06:00:00.000Z');
const clock = createVirtualClock(START);
let system: System;
let refresh: (input: object) => Promise<unknown>;

beforeAll(async () => {
  system = await boot({ clock, dataDir: 'memory', seed: 1, blueprint: await readBlueprint() });
  const { name } = system.blueprint.functions.find(({ entry }) => entry === 'roster/refresh-roster')!;
  refresh = input => system.invoke(name, input);
});
afterAll(() => system.close());

describe('refresh-roster, in the system as the templates describe it', () => {
  it('keeps the roster, then what has changed of it, and everything anew when asked to', async () => {
    const now = () => new Date(clock.now()).toISOString();
    const experts = createExpertStore(system.tables, system.variable('EXPERTS_TABLE'), now);
    expect(await refresh({})).toMatchObject({ put: 'nothing', people: 0 });
    await experts.fill(['A', 'B'].map(expertId => anExpert({ expertId })));
    await clock.advanceTo(START + 1_800_000);
    expect(await refresh({})).toMatchObject({ put: 'whole', people: 2 });
    await clock.advanceTo(START + 3_600_000);
    expect(await refresh({})).toMatchObject({ put: 'nothing', people: 2 });
    await experts.hold('A', 'D-1', '2026-03-20T00:00:00.000Z', now());
    expect(await refresh({})).toMatchObject({ put: 'changes', people: 2, changed: 1 });
    expect(await refresh({ whole: true })).toMatchObject({ put: 'whole', people: 2 });
    await expect(refresh({ whole: 'yes' })).rejects.toThrow(/whole/);
  });
});
