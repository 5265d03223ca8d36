import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBlueprint } from '../../infra/local/blueprint.ts';
import { boot, type System } from '../../infra/local/system.ts';
import { createVirtualClock } from '../../infra/local/workflow/clock.ts';

const blueprint = await readBlueprint();
let system: System;

beforeAll(async () => {
  const clock = createVirtualClock(Date.parse('2026-01-01T00:00:00Z'));
  // Whoever polls without being asked must fail here, not fetch.
  const fetch = async () => Promise.reject(new Error('no network'));
  system = await boot({ clock, dataDir: 'memory', seed: 1, blueprint, fetch });
});
afterAll(() => system.close());

describe('the app on one machine', () => {
  it('has what its template describes', () => {
    expect(blueprint.tables.map(({ KeySchema }) => KeySchema[0]!.AttributeName).sort()).toEqual([
      'deploymentId',
      'employerId',
      'eventId',
      'expertId',
      'warehouseId',
    ]);
    expect(blueprint.machines.map(({ name }) => name).sort()).toEqual(['deploy-team', 'triage-alert']);
    expect(blueprint.secrets.map(({ file }) => file)).toEqual(['webhook-secret']);
    expect(blueprint.deskTopicArn).not.toBeNull();
    expect(blueprint.inboundTopicArn).not.toBeNull();
  });

  it('knows no sender of the webhook before somebody puts one into the secret', () => {
    const secret = system.disk.secret('webhook-secret', () => 'none');
    expect(JSON.parse(secret)).toEqual({ senders: {}, spare: expect.stringMatching(/^[\w-]{43}$/) });
  });

  it.each(blueprint.functions.map(({ entry }) => entry))(
    'starts %s with everything it needs',
    async entry => {
      // An empty event is mostly refused; a variable that is missing would be refused before it.
      const outcome = await system.invoke(entry, {}).catch((error: Error) => error);
      expect(outcome instanceof Error ? outcome.message : '').not.toMatch(/^environment: /);
    },
  );

  it('answers the API to the desk and to nobody else', async () => {
    const get = (headers: Record<string, string>) =>
      system.http({ method: 'GET', path: '/api/deployments', headers });
    expect((await get({})).statusCode).toBe(401);
    const token = await system.token({ name: 'Aiko', groups: ['viewer'] });
    const { statusCode, body } = await get({ authorization: `Bearer ${token}` });
    expect([statusCode, JSON.parse(body)]).toEqual([200, { deployments: [] }]);
    const open = await system.http({ method: 'GET', path: '/openapi.json' });
    expect(JSON.parse(open.body)).toMatchObject({ openapi: expect.any(String) });
  });
});
